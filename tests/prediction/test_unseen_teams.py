"""Predictions for teams that were left out, and the leak of a team in both halves."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold, KFold, LeaveOneGroupOut, ShuffleSplit

from dashboard.diagnosis.prediction.cross_products import redrawn
from dashboard.diagnosis.prediction.panel import COLLECTIVE, Leak
from dashboard.diagnosis.prediction.unseen_teams import apart, unseen_teams, usual_splitter


class OfRows:
    """A splitter that looks at rows only."""

    def __init__(self, splitter: object) -> None:
        self.splitter = splitter

    def split(self, rows: np.ndarray, groups: np.ndarray):
        return self.splitter.split(rows)


@pytest.mark.parametrize("splitter", [KFold(5, shuffle=True, random_state=1), ShuffleSplit(3, random_state=1)])
def test_a_team_in_both_halves_of_a_split_is_a_leak(made_panel, splitter) -> None:
    with pytest.raises(Leak, match="both halves"):
        unseen_teams(made_panel(20), splitter=OfRows(splitter))


def test_no_usual_split_has_a_team_in_both_halves(made_panel) -> None:
    for teams in (12, 130):
        panel = made_panel(teams, periods=3)
        for training, held_out in apart(panel.team, usual_splitter(teams)):
            assert not set(panel.team[training]) & set(panel.team[held_out])
            assert len(training) + len(held_out) == panel.rows


def test_every_team_is_left_out_once_and_with_very_many_teams_in_groups(made_panel) -> None:
    assert isinstance(usual_splitter(30), LeaveOneGroupOut)
    assert isinstance(usual_splitter(1000), GroupKFold)
    assert unseen_teams(made_panel(30, periods=3)).left_out == 30
    assert unseen_teams(made_panel(300, periods=3)).left_out == 40


def test_a_belief_that_counts_makes_predictions_better(made_panel) -> None:
    panel = made_panel(80, slope=0.5)
    found = unseen_teams(panel, redrawn(80, seed=1))
    assert found.with_collective > found.without + 0.05
    assert found.increment.value == pytest.approx(found.with_collective - found.without)
    assert 0 < found.increment.low < found.increment.value < found.increment.high


def test_a_belief_of_pure_chance_makes_predictions_worse_on_average(made_panel) -> None:
    # What fits the rows of other teams by chance costs outside them: an explained share could not go down.
    added = [unseen_teams(made_panel(15, periods=3, seed=seed)).increment.value for seed in range(24)]
    assert np.mean(added) < 0
    assert min(added) < -0.02


def test_a_future_value_among_the_predictors_would_be_seen_at_once(made_panel) -> None:
    # Planted by force into the column of the past: it predicts what nothing honest can. `panel` refuses to do this.
    panel = made_panel(40)
    panel.lagged[COLLECTIVE][:] = panel.performance
    assert unseen_teams(panel).with_collective > 0.999


def test_what_is_done_to_all_teams_alike_does_not_count_as_foreseen(made_panel) -> None:
    panel = made_panel(40, slope=0.3)
    plain = unseen_teams(panel)
    panel.performance[:] = 3 * panel.performance + 7
    shifted = unseen_teams(panel)
    assert shifted.with_collective == pytest.approx(plain.with_collective)
    assert shifted.increment.value == pytest.approx(plain.increment.value)
