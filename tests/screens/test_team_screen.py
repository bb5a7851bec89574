"""What the page of one team says of agreement, of what goes beyond its members, and of who answered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.disclosure import Released
from dashboard.wording import alike_words, beyond_words, team_words
from tests.screens import made
from tests.screens.driving import Show, words


def with_figures(**figures: object) -> Released:
    """The made diagnosis with some figures of every row of the teams table changed."""
    whole = made.released()
    return replace(whole, teams=whole.teams.assign(**figures))


def closed(need: str, short: str, value: float) -> Released:
    """The made diagnosis with one gate closed."""
    shut = Gate(need=need, state=GateState.CLOSED, found={short: value}, short=(short,))
    others = tuple(gate for gate in made.open_gates() if gate.need != need)
    return replace(made.released(), gates=(*others, shut))


def told(show: Show, whole: Released, team: str = "Atlas") -> str:
    return words(show("team", whole, team=team)).replace("\\", "").replace("\u00a0", " ")


def test_agreement_is_set_beside_random_groups_of_the_same_size(show: Show) -> None:
    text = told(show, made.released())
    assert "More alike than 82 of 100 random groups of the same size" in text  # made: .82


@pytest.mark.parametrize("shape", list(alike_words.SHAPES))
def test_the_shape_of_answers_is_said(show: Show, shape: str) -> None:
    assert alike_words.SHAPES[shape] in told(show, with_figures(shape=shape))


def test_identical_answers_carry_a_note_on_copying_and_the_end_of_the_scale(show: Show) -> None:
    text = told(show, with_figures(agreement_ad=0.0, rwg_uniform=1.0, rwg_skew=1.0, shape="close"))
    assert "Everyone gave the same answers about the team" in text
    assert alike_words.IDENTICAL in text


def test_a_surplus_has_its_interval_in_points_of_a_hundred(show: Show) -> None:
    text = told(show, with_figures(surplus=0.24, surplus_low=0.04, surplus_high=0.44))  # on 1–5: a point is 25
    assert "belief in the team lies 6 points above what its members’ belief in themselves predicts [1, 11]." in text
    assert "The interval holds 0" not in text


def test_an_interval_that_holds_nought_is_said_to(show: Show) -> None:
    assert "The interval holds 0" in told(show, with_figures(surplus=-0.08, surplus_low=-0.28, surplus_high=0.12))


def test_a_closed_gate_takes_the_surplus_off_and_says_why(show: Show) -> None:
    text = told(show, closed("surplus", "htmt", 0.93))
    assert "Not shown: the two sets of items measure nearly the same thing (HTMT .93, needed below .85)." in text
    assert "Over and above members’ reported self-efficacy" not in text


def test_the_level_gap_stands_only_where_its_gate_is_open(show: Show) -> None:
    whole = made.released()
    rows = [(team, period.label, 12.0, -0.2, -0.32, -0.08) for team in made.TEAMS for period in made.PERIODS]
    gaps = pd.DataFrame(rows, columns="team_id period respondents gap gap_low gap_high".split())
    quality = pd.DataFrame({"period": [period.label for period in made.PERIODS], "level_gap": -0.04})
    text = told(show, replace(whole, gaps=gaps, quality=quality))
    assert "belief in the team lies 5 points below its members’ belief in themselves [−8, −2]" in text
    assert "over the whole organisation it lies 1 point below it" in text
    shut = closed("level_gap", "mirrored", 0.0)
    assert beyond_words.GAP not in told(show, replace(shut, gaps=gaps, quality=quality))


@pytest.mark.parametrize(
    ("headcount", "sentence"),
    [
        (16.0, "14 of 16 answered in 2026-Q2 (88%)."),
        (22.0, f"14 of 22 answered in 2026-Q2 (64%). {team_words.SOME_ANSWERED}"),
        (40.0, f"14 of 40 answered in 2026-Q2 (35%). {team_words.FEW_ANSWERED.format(noun='team', nouns='teams')}"),
        (np.nan, "14 people answered in 2026-Q2; response rate unknown."),
    ],
)
def test_the_response_rate_is_read_with_caution_as_it_falls(show: Show, headcount: float, sentence: str) -> None:
    rate = 14 / headcount
    assert sentence in told(show, with_figures(headcount=headcount, response_rate=rate))


def test_without_verdicts_no_place_on_the_map_is_claimed(show: Show) -> None:
    assert "Not compounding with probability" in told(show, made.released())
    assert "Not compounding with probability" not in told(show, closed("verdicts", "htmt", 0.93))


def test_where_the_mean_is_members_views_it_is_called_so(show: Show) -> None:
    text = told(show, closed("collective_mean", "icc1_low", -0.02))
    assert "members’ views of their team hardly moved" in text
    assert "ollective efficacy rose" not in text
