from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import dashboard
from dashboard import diagnosis
from dashboard.disclosure import Withholding, release, withholding


def table(sizes: list[int], collective: list[int] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team_id": [f"team {at:02d}" for at in range(len(sizes))],
            "period": "2026-Q1",
            "scored_individual": sizes,
            "scored_collective": sizes if collective is None else collective,
        }
    )


def test_groups_of_the_minimum_are_shown() -> None:
    assert list(withholding(table([5, 6, 20]), 5)) == ["", "", ""]


def test_one_small_team_takes_the_next_smallest_with_it() -> None:
    # Otherwise the organisation's mean less the two that are shown would be the mean of the four.
    assert list(withholding(table([4, 9, 7, 20]), 5)) == [
        Withholding.BELOW_MINIMUM,
        Withholding.SHOWN,
        Withholding.PROTECTS_ANOTHER,
        Withholding.SHOWN,
    ]


def test_small_teams_that_hide_each_other_need_no_other() -> None:
    assert list(withholding(table([4, 3, 9]), 5)) == [Withholding.BELOW_MINIMUM, Withholding.BELOW_MINIMUM, ""]


def test_small_teams_that_together_are_below_the_minimum_need_another() -> None:
    assert list(withholding(table([1, 2, 9, 8]), 5))[2:] == [Withholding.SHOWN, Withholding.PROTECTS_ANOTHER]


def test_a_team_nobody_answered_for_hides_nobody() -> None:
    assert list(withholding(table([0, 4, 9]), 5)) == [
        Withholding.NOBODY,
        Withholding.BELOW_MINIMUM,
        Withholding.PROTECTS_ANOTHER,
    ]


def test_the_smaller_of_both_scales_counts() -> None:
    assert withholding(table([6, 9, 9], [4, 9, 9]), 5)[0] == Withholding.BELOW_MINIMUM
    assert withholding(table([6, 9, 9], [0, 9, 9]), 5)[0] == Withholding.SHOWN


def test_a_team_without_answers_on_a_scale_protects_nobody_on_it() -> None:
    # The second has no score on the collective scale: the first's mean there would be the total less the shown ones.
    reasons = withholding(table([3, 6, 9, 12], [3, 0, 9, 12]), 5)
    assert list(reasons) == [
        Withholding.BELOW_MINIMUM,
        Withholding.PROTECTS_ANOTHER,
        Withholding.PROTECTS_ANOTHER,
        Withholding.SHOWN,
    ]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12), st.integers(3, 8))
def test_what_is_withheld_cannot_be_worked_out_from_the_whole(sizes: list[int], minimum: int) -> None:
    reasons = withholding(table(sizes), minimum)
    size = np.array(sizes)
    hidden = (reasons != "") & (size > 0)
    assert not (size[reasons == ""] < minimum).any()
    if hidden.any() and (reasons == "").any():
        assert hidden.sum() >= 2
        assert size[hidden].sum() >= minimum


def test_an_attribution_that_few_answered_cannot_be_worked_out_from_the_whole() -> None:
    rows = ["who,team,quarter,se_1,se_2,ce_1,ce_2,att_coord"]
    for team, answering in enumerate((2, 6, 7, 8)):
        for who in range(8):
            rows.extend(
                f"p{team}{who},Team {team},{quarter},4,3,{2 + who % 3},3,{1 + who % 5 if who < answering else ''}"
                for quarter in ("2026-Q1", "2026-Q2")
            )
    released = dashboard.diagnose(dashboard.read_survey("\n".join(rows).encode()))
    first = released.teams[released.teams["period"] == "2026-Q1"].set_index("team_id")
    assert first["collective"].notna().all()
    assert list(first["attribution_coordination"].notna()) == [False, False, True, True]


ENDS = [f"{name}{end}" for name in ("individual", "collective") for end in ("", "_low", "_high", "_shrunken")]
FIGURES = {"attribution_coordination": np.nan, "scored_attribution": 0, **dict.fromkeys(ENDS, 3.0)}


def gaps_of(sizes: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team_id": [f"team {at:02d}" for at in range(len(sizes))],
            "period": "2026-Q1",
            "respondents": sizes,
            "gap": 0.5,
            "gap_low": 0.1,
            "gap_high": 0.9,
        }
    )


def test_a_gap_on_few_persons_is_hidden_and_hides_another() -> None:
    whole = dashboard.read_survey(dashboard.samples.folder() / "survey.csv")
    found = diagnosis.diagnose(whole, settings=dashboard.Settings())
    teams = table([9, 8, 7]).assign(**FIGURES)
    made = replace(found, teams=teams, gaps=gaps_of([9, 4, 7]), verdicts=found.verdicts[:0], changes=found.changes[:0])
    shown = release(made).gaps
    assert list(shown["gap"].notna()) == [True, False, False]  # the mean gap less the first would be the other two's
    assert list(shown["respondents"].notna()) == [True, False, False]


def test_no_gap_of_a_withheld_team_is_shown() -> None:
    found = diagnosis.diagnose(
        dashboard.read_survey(dashboard.samples.folder() / "survey.csv"), settings=dashboard.Settings()
    )
    teams = table([9, 4, 3, 7]).assign(**FIGURES)
    made = replace(
        found, teams=teams, gaps=gaps_of([9, 4, 3, 7]), verdicts=found.verdicts[:0], changes=found.changes[:0]
    )
    assert list(release(made).gaps["gap"].notna()) == [True, False, False, True]


def test_a_mean_over_everybody_on_fewer_persons_than_the_minimum_is_not_shown() -> None:
    # ten people answer the individual items, three of them the collective ones too
    rows = ["who,team,quarter,se_1,se_2,ce_1,ce_2"]
    for who in range(10):
        rows.append(f"p{who},T{who % 2},2026-Q1,{1 + who % 5},3,{'4,2' if who < 3 else ','}")
    shown = dashboard.diagnose(dashboard.read_survey("\n".join(rows).encode())).organization.by_period
    assert shown["individual"].notna().all()
    assert shown[["collective", "collective_low", "collective_high"]].isna().all(axis=None)
