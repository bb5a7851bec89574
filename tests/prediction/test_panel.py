"""The panel: only what was before an outcome may predict it, and nobody can ask for more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.diagnosis.prediction.panel import (
    COLLECTIVE,
    INDIVIDUAL,
    LAGGED,
    PERFORMANCE,
    Leak,
    Panel,
    in_deviations,
    lagged_panel,
    reverse_panel,
)

TEAMS, PERIODS = 4, 5


def tables(seed: int = 3) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    names = ("performance", "individual", "collective")
    scored = {name: np.full((TEAMS, PERIODS), 6.0) for name in ("scored_individual", "scored_collective")}
    return {name: random.standard_normal((TEAMS, PERIODS)) for name in names} | scored


def test_every_predictor_stands_one_period_before_its_outcome() -> None:
    given = tables()
    panel = lagged_panel(**given)
    assert panel.rows == TEAMS * (PERIODS - 1)
    for row in range(panel.rows):
        team, period = panel.team[row], panel.period[row]
        assert panel.performance[row] == given["performance"][team, period]
        assert panel.lagged[PERFORMANCE][row] == given["performance"][team, period - 1]
        assert panel.lagged[INDIVIDUAL][row] == given["individual"][team, period - 1]
        assert panel.lagged[COLLECTIVE][row] == given["collective"][team, period - 1]


def test_a_future_value_planted_anywhere_reaches_no_predictor_of_its_own_or_an_earlier_outcome() -> None:
    clean, planted = tables(), tables()
    for name in ("performance", "individual", "collective"):
        planted[name][:, 3:] = 1e6  # what will be known from the fourth period on
    before, after = lagged_panel(**clean), lagged_panel(**planted)
    early = before.period <= 3
    assert (before.design().matrix[early] == after.design().matrix[early]).all()
    assert (before.design().matrix[~early] != after.design().matrix[~early]).any()  # the plant is there to be found


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_panel_of_predictors_from_the_same_or_a_later_period_is_refused(ahead: int) -> None:
    panel = lagged_panel(**tables())
    with pytest.raises(Leak, match="right before its outcome"):
        replace(panel, before=panel.period + ahead)


def test_the_outcomes_own_period_cannot_be_asked_for() -> None:
    panel = lagged_panel(**tables())
    for name in ("collective", "performance"):
        with pytest.raises(Leak, match="no predictor"):
            panel.design([name])


def test_a_column_that_is_no_lag_cannot_be_put_in() -> None:
    panel = lagged_panel(**tables())
    with pytest.raises(Leak, match="collective_now"):
        replace(panel, lagged={**panel.lagged, "collective_now": panel.collective})


def test_a_missing_period_breaks_the_chain_and_is_not_bridged() -> None:
    given = tables()
    given["collective"][1, 2] = np.nan
    panel = lagged_panel(**given)
    # Team 1 has no beliefs in the third period: no outcome in the fourth; its outcome in the third stays.
    assert list(panel.period[panel.team == 1]) == [1, 2, 4]
    given["performance"][2, 2] = np.nan
    # Without the metric in the third period there is neither an outcome there nor a past for the fourth.
    assert list(lagged_panel(**given).period[lagged_panel(**given).team == 2]) == [1, 4]


def test_means_of_two_persons_predict_nothing() -> None:
    given = tables()
    given["scored_individual"][0, 1], given["scored_collective"][3, 0] = 2, 2
    panel = lagged_panel(**given)
    assert list(panel.period[panel.team == 0]) == [1, 3, 4]
    assert list(panel.period[panel.team == 3]) == [2, 3, 4]


def test_team_periods_that_are_left_out_predict_nothing() -> None:
    few = np.zeros((TEAMS, PERIODS), dtype=bool)
    few[0] = True
    assert set(lagged_panel(**tables(), left_out=few).team) == {1, 2, 3}


def test_the_reverse_keeps_only_rows_whose_outcome_is_known() -> None:
    given = tables()
    given["scored_collective"][0, 4] = 2
    panel = lagged_panel(**given)
    turned = reverse_panel(panel)
    assert (panel.rows, turned.rows) == (16, 15)
    assert np.isfinite(turned.collective).all()


def test_rows_of_a_team_must_stand_together() -> None:
    panel = lagged_panel(**tables())
    with pytest.raises(ValueError, match="stand together"):
        replace(panel, team=panel.team[::-1])


def test_a_change_of_unit_is_nothing_else() -> None:
    panel = lagged_panel(**tables())
    scaled, spread = in_deviations(panel)
    for name in (INDIVIDUAL, COLLECTIVE):
        assert scaled.lagged[name] * spread[name] == pytest.approx(panel.lagged[name])
    again, units = in_deviations(scaled)
    assert units == pytest.approx({INDIVIDUAL: 1.0, COLLECTIVE: 1.0})
    assert (again.lagged[PERFORMANCE] == panel.lagged[PERFORMANCE]).all()


def test_a_score_that_does_not_vary_has_no_unit() -> None:
    given = tables()
    given["collective"][:] = 70.0
    scaled, spread = in_deviations(lagged_panel(**given))
    assert spread[COLLECTIVE] == 0
    assert (scaled.lagged[COLLECTIVE] == 70.0).all()


def test_the_design_has_an_intercept_the_predictors_and_the_periods(made_panel) -> None:
    panel: Panel = made_panel(5, periods=4)
    design = panel.design()
    assert design.names == ("intercept", *LAGGED, "period 2", "period 3")
    assert design.matrix.shape == (15, 6)
