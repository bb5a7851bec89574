"""The trade between false alarms and missed cases, by hand and by its own sums."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.diagnosis.trade import SHARES, trade
from dashboard.terms import Settings

PROBABILITIES = st.lists(st.integers(0, 100).map(lambda p: p / 100), min_size=1, max_size=50)


def judged(probability: list[float], verdict: str = "unclear") -> pd.DataFrame:
    return pd.DataFrame({"probability": probability, "verdict": verdict})


def test_more_wrong_flags_agreed_on_means_fewer_missed_cases() -> None:
    table = trade(judged([0.97, 0.9, 0.8, 0.7, 0.55] + [0.1] * 20), Settings(), [0.05, 0.15, 0.3])
    # mean of 1 − p: .03; then (.03 + .10 + .20) / 3 = .11, with .7 it is .1575; with all five
    # (.03 + .1 + .2 + .3 + .45) / 5 = .216
    assert table["flagged"].tolist() == [1, 3, 5]
    assert table["expected_false"].tolist() == pytest.approx([0.03, 0.33, 1.08])
    assert table["expected_missed"].tolist() == pytest.approx([0.9 + 0.8 + 0.7 + 0.55 + 2, 0.7 + 0.55 + 2, 2])
    assert table["expected_watched"].tolist() == pytest.approx([0.9 + 0.8 + 0.7 + 0.55, 0.7 + 0.55, 0])


def test_two_teams_fit_where_a_third_would_be_one_wrong_too_many() -> None:
    table = trade(judged([0.97, 0.93, 0.6] + [0.1] * 20), Settings(), [0.05])
    assert table["flagged"].tolist() == [2]  # (.03 + .07) / 2 = .05


@given(PROBABILITIES)
def test_found_and_missed_together_are_all_cases_whatever_is_agreed_on(probability: list[float]) -> None:
    table = trade(judged(probability), Settings(), SHARES)
    together = (table["expected_found"] + table["expected_missed"]).to_numpy()
    assert together == pytest.approx(np.full(len(SHARES), sum(probability)))
    assert (np.diff(table["flagged"]) >= 0).all()
    assert (table["expected_watched"] <= table["expected_missed"] + 1e-12).all()


def test_teams_that_could_not_be_judged_are_neither_found_nor_missed() -> None:
    some = judged([0.95] * 20)
    others = judged([0.99, np.nan], verdict="insufficient")
    table = trade(pd.concat([some, others]), Settings(), [0.1])
    assert table["flagged"].tolist() == [20]
    assert table["expected_missed"].tolist() == [0]


def test_the_agreed_share_gives_the_flags_of_the_verdicts() -> None:
    probability = [0.99, 0.95, 0.88, 0.7, 0.6, 0.4] * 5
    table = trade(judged(probability), Settings(), [Settings().false_flag_share])
    assert table["flagged"].tolist() == [15]  # (.01 + .05 + .12) / 3 = .06; with the five of .7: .12


def test_with_few_teams_no_share_gives_a_flag() -> None:
    assert trade(judged([0.99] * 7), Settings())["flagged"].tolist() == [0] * len(SHARES)
