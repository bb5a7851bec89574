"""What is said of performance: every sentence for every state, each figure as computed, and no word too many."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.prediction import Extent, MetricFindings, Model, UnseenTeams
from dashboard.diagnosis.prediction.difference import Difference
from dashboard.diagnosis.prediction.findings import POINT_COLUMNS, SLOPE_COLUMNS, scatter_of
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, LAGGED, PERFORMANCE
from dashboard.disclosure import GoesWithReleased
from dashboard.terms import Estimate, Settings
from dashboard.wording import goes_words
from tests.screens import made

# Section 12 of the method: what may not be said, in any sentence of this page.
FORBIDDEN = re.compile(
    r"\b(caus\w*|driv(e|es|ing|en)|ensur\w*|fail(s|ed|ing)?|rank\w*|significant\w*|consensus|healthy|effect\w*|leads? to|"
    r"independent of competence|proves?|impact\w*|explain\w*|R²|R2)\b",
    re.IGNORECASE,
)
SETTINGS = Settings()
RELEASED = made.released()
OPEN = Gate(need="prediction", state=GateState.OPEN, found={}, short=())


def metric(
    slope: tuple[float, float, float] = (0.28, 0.05, 0.51),
    reverse: tuple[float, float, float] = (0.09, -0.06, 0.24),
    p: float = 0.004,
    q2: tuple[float, float] = (0.36, 0.41),
    gained: tuple[float, float, float] = (0.05, 0.01, 0.09),
    **changed: object,
) -> MetricFindings:
    """Findings of 34 teams, made by hand."""
    wide = (-0.1, -0.3, 0.1)
    rows = [
        *((Model.AHEAD, term, *figures) for term, figures in ((PERFORMANCE, (0.4, 0.2, 0.6)), (INDIVIDUAL, wide))),
        (Model.AHEAD, COLLECTIVE, *slope),
        *((model, term, *wide) for model in (Model.WITHIN, Model.BETWEEN) for term in (INDIVIDUAL, COLLECTIVE)),
        (Model.REVERSE, PERFORMANCE, *reverse),
    ]
    table = [(str(model), term, *figures, 0.1, 11.2, 0.03, 34, 102) for model, term, *figures in rows]
    whole = MetricFindings(
        metric="delivered_value",
        unit="points",
        higher_is_better=True,
        extent=Extent.FULL,
        teams=34,
        rows=102,
        periods=3,
        smallest_r=0.4652,
        spread_individual=8.0,
        spread_collective=11.0,
        slopes=pd.DataFrame(table, columns=SLOPE_COLUMNS),
        p=p,
        p_adjusted=p * 3,
        permutations=1999,
        movable=34,
        unseen=UnseenTeams(
            without=q2[0],
            with_collective=q2[1],
            increment=Estimate(value=gained[0], low=gained[1], high=gained[2]),
            press_without=60.0,
            press_with=55.0,
            left_out=34,
        ),
        dominance=pd.DataFrame(
            {"term": list(LAGGED), "share": [0.7, 0.05, 0.25], "low": [0.5, 0.01, 0.1], "high": [0.8, 0.1, 0.4]}
        ),
        reliability=0.77,
        sensitivity=pd.DataFrame(
            {
                "reliability": [1.0, 0.8, 0.77, 0.5],
                "estimated": [False, False, True, False],
                "slope": [0.28, 0.26, 0.25, np.nan],
                "low": [0.05, 0.02, -0.01, np.nan],
                "high": [0.51, 0.5, 0.5, np.nan],
            }
        ),
        halves=pd.DataFrame({"half": [], "slope": [], "low": [], "high": [], "teams": [], "rows": []}),
        between_halves=None,
        points=pd.DataFrame([("Atlas", "2025-Q1", "2025-Q2", 61.2, -0.4)], columns=POINT_COLUMNS),
    )
    return replace(whole, **changed)


def result(*metrics: MetricFindings, tests: int = 3) -> GoesWithReleased:
    return GoesWithReleased(metrics=metrics, tests=tests, gate=OPEN)


def test_the_headline_carries_the_slope_with_its_interval_and_what_was_held_equal() -> None:
    assert goes_words.headline(metric(), "delivered value", SETTINGS) == (
        "Over and above members’ reported self-efficacy and performance in the period before, teams with higher collective "
        "efficacy did better on delivered value in the next period, by 0.28 [0.05, 0.51] standard deviations for each standard "
        "deviation of collective efficacy."
    )
    worse = metric(slope=(-0.28, -0.51, -0.05))
    assert "did worse on delivered value" in goes_words.headline(worse, "delivered value", SETTINGS)


def test_an_interval_that_includes_zero_is_no_finding() -> None:
    said = goes_words.headline(metric(slope=(0.28, -0.03, 0.6)), "delivered value", SETTINGS)
    assert said.startswith("These data do not show whether collective efficacy goes with delivered value")
    assert said.endswith("the slope is 0.28 standard deviations, and its 95% interval [−0.03, 0.60] includes zero.")


def test_what_chance_gives_too_often_is_no_finding_either() -> None:
    said = goes_words.headline(metric(p=0.04), "delivered value", SETTINGS)  # .12 when adjusted for three
    assert said.startswith("These data do not show")
    assert said.endswith("but chance alone gives as much too often (p = .12).")


@pytest.mark.parametrize(("q2", "gained"), [((-0.1, -0.05), (0.05, 0.01, 0.1)), ((0.4, 0.38), (-0.02, -0.06, 0.01))])
def test_a_finding_that_does_not_hold_for_unseen_teams_says_so_in_the_headline(q2, gained) -> None:
    said = goes_words.headline(metric(q2=q2, gained=gained), "delivered value", SETTINGS)
    assert said.endswith("But it does not predict teams it has not seen.")


@pytest.mark.parametrize(
    ("q2", "gained", "sentence"),
    [
        ((-0.1, -0.05), (0.05, 0.01, 0.1), "The model does not predict teams it has not seen (Q² −0.05 with it"),
        (
            (0.4, 0.38),
            (-0.02, -0.06, 0.01),
            "Collective efficacy does not predict teams it has not seen: predictions were no better with it "
            "(Q² 0.38 with it, 0.40 without; difference −0.020 [−0.060, 0.010]).",
        ),
        ((0.36, 0.38), (0.02, -0.01, 0.05), "slightly better with collective efficacy, within what chance can do"),
        (
            (0.36, 0.41),
            (0.05, 0.004, 0.09),
            "were better with collective efficacy (Q² 0.41 with it, 0.36 without; difference 0.050 [0.004",
        ),
    ],
)
def test_what_is_said_of_teams_left_out(q2, gained, sentence) -> None:
    assert sentence in goes_words.unseen_said(metric(q2=q2, gained=gained), SETTINGS)


def test_the_number_of_tests_is_said_with_the_p() -> None:
    said = goes_words.chance_said(metric(), result(metric()), SETTINGS)
    assert said.startswith("3 tests were made, one for each metric. ")
    assert "1,999 times, the slope of collective efficacy has p = .004; adjusted" in said
    assert "%" not in said  # (1 + b) / (1 + B) is no share of the permutations
    assert said.endswith("adjusted for 3 tests (Benjamini–Hochberg) p = .012.")
    assert goes_words.chance_said(metric(), result(metric(), tests=1), SETTINGS).startswith("One test was made. ")


def test_the_reverse_is_always_said() -> None:
    assert goes_words.reverse(metric()).startswith("The other way round")
    both = goes_words.reverse(metric(reverse=(0.2, 0.1, 0.3)))
    assert both == (
        "It goes the other way as well: performance in one period goes with collective efficacy in the next (0.20 [0.10, "
        "0.30]). Which comes first cannot be told here."
    )


def test_few_teams_are_called_a_first_look_with_what_they_can_show() -> None:
    few = metric(extent=Extent.EXPLORATORY, teams=16, smallest_r=0.6503)
    assert goes_words.power(few, SETTINGS) == (
        "Exploratory: with 16 teams, only a correlation between teams of .65 or more would be found four times in five. Read it "
        "as a first look."
    )


def test_a_scatter_says_how_many_are_needed() -> None:
    scatter = scatter_of(replace(metric(), teams=9))
    assert goes_words.headline(scatter, "delivered value", SETTINGS).startswith("Too few teams to say")
    assert goes_words.too_few(scatter, SETTINGS).startswith("9 teams with this metric")
    assert "at least 12" in goes_words.too_few(scatter, SETTINGS)


def test_a_metric_that_repeats_has_a_sentence_of_its_own() -> None:
    same = replace(scatter_of(metric()), repeats=True)
    assert goes_words.headline(same, "customer score", SETTINGS) == (
        "Customer score hardly changes from one period to the next, so nothing is left for beliefs to go with"
    )
    assert "rounding errors" in goes_words.too_few(same, SETTINGS)
    assert "12 are needed" not in goes_words.too_few(same, SETTINGS)


def test_shares_and_sensitivity_state_their_finding() -> None:
    assert goes_words.dominance_title(metric()) == (
        "Of what the three reproduce together, 25% [10%, 40%] is collective efficacy’s"
    )
    assert goes_words.sensitivity_title(metric()) == (
        "Were self-efficacy measured without error, the slope would be 0.25 [−0.01, 0.50] instead of 0.28, which may as well be "
        "nothing"
    )
    assert list(goes_words.sensitivity_rows(metric())["label"]) == ["1, as measured", ".80", ".77, estimated"]
    assert "little to share out" in goes_words.dominance_note(metric(q2=(-0.2, -0.1)), SETTINGS)


def test_the_noun_for_a_group_is_a_setting() -> None:
    stores = Settings(noun="store")
    assert "stores with higher collective efficacy" in goes_words.headline(metric(), "sales", stores)
    assert "34 stores · 102 store-periods" in goes_words.scope(metric(), stores)
    assert "team" not in goes_words.unseen_said(metric(), stores)


def test_two_units_of_one_metric_are_told_apart() -> None:
    both = [metric(), metric(unit="EUR")]
    assert [goes_words.metric_name(each, both) for each in both] == [
        "delivered value (points)",
        "delivered value (EUR)",
    ]
    assert goes_words.metric_name(both[0], both[:1]) == "delivered value"


def test_every_slope_is_in_the_text_of_the_chart_and_in_the_table() -> None:
    released = RELEASED
    alt = goes_words.slopes_alt(metric(), "delivered value", released)
    assert alt.count("[") == 2 + 8  # the title's two, and three ahead, two between, two within, the reverse
    table = goes_words.slope_table(metric(), "delivered value", released)
    assert len(table) == 8
    assert "[0.05, 0.51]" in set(table["Interval"])


def states() -> list[MetricFindings]:
    """What the data may say of slope, chance and unseen teams in every combination, and each other state once."""
    nothing = (float("nan"),) * 3
    slopes = ((0.28, 0.05, 0.51), (-0.28, -0.5, -0.1), (0.1, -0.1, 0.3), nothing)
    seen = (
        ((-0.1, -0.2), (-0.1, -0.2, 0.0)),
        ((0.4, 0.38), (-0.02, -0.06, 0.01)),
        ((0.3, 0.4), (0.1, -0.1, 0.2)),
        ((0.3, 0.4), (0.1, 0.05, 0.2)),
    )
    halves = pd.DataFrame(
        {
            "half": ["higher", "lower"],
            "slope": [0.3, 0.1],
            "low": [0.1, -0.1],
            "high": [0.5, 0.3],
            "teams": [30, 30],
            "rows": [90, 90],
        }
    )
    split = {"halves": halves, "between_halves": Difference(0.2, 0.1, 40.0, 2.0, 0.05)}
    met = [
        metric(slope=slope, p=p, q2=q2, gained=gained)
        for slope, p, (q2, gained) in product(slopes, (0.0005, 0.04, float("nan")), seen)
    ]
    other = {"extent": Extent.EXPLORATORY, "higher_is_better": False}
    found = [replace(each, **other) if at % 2 else each for at, each in enumerate(met)]
    found += [metric(reverse=back) for back in ((0.2, 0.1, 0.3), (-0.2, -0.3, -0.1), nothing)]
    return [*found, scatter_of(metric()), metric(**split)]


def sentences(found: MetricFindings) -> list[str]:
    name, released = "delivered value", RELEASED
    said = [
        goes_words.headline(found, name, SETTINGS),
        goes_words.too_few(found, SETTINGS),
        goes_words.scope(found, SETTINGS),
        goes_words.reverse(found),
        goes_words.unseen_said(found, SETTINGS),
        goes_words.q2_said(found, SETTINGS),
        goes_words.chance_said(found, result(found), SETTINGS),
        goes_words.interdependence_said(found, SETTINGS),
        goes_words.slopes_title(found),
        goes_words.scatter_title(name, released),
        goes_words.scatter_note(found, SETTINGS),
        *goes_words.scatter_axes(found, name, released),
    ]
    if found.extent is not Extent.SCATTER:
        said += [
            goes_words.power(found, SETTINGS),
            goes_words.dominance_title(found),
            goes_words.sensitivity_title(found),
        ]
        said += [goes_words.dominance_note(found, SETTINGS)]
    return said


def test_no_sentence_of_any_state_says_what_may_not_be_said() -> None:
    constants = [
        text
        for text in vars(goes_words).values()
        if isinstance(text, str) and " " in text and text != goes_words.__doc__
    ]
    constants += [*goes_words.CANNOT_TELL, *goes_words.MODELS.values()]
    every = [*constants, *(sentence for found in states() for sentence in sentences(found))]
    assert len(set(every)) > 60
    for sentence in set(every):
        assert not FORBIDDEN.search(sentence), sentence
        assert not re.search(r"\bnan\b", sentence)
        assert "{" not in sentence or sentence in constants
