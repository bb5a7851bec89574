"""Every record of `incremental.json`, and of `change.json` those on several tests and on two groups, against R."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.prediction import within_between
from dashboard.diagnosis.prediction.benjamini_hochberg import adjusted
from dashboard.diagnosis.prediction.cr2 import clustered
from dashboard.diagnosis.prediction.difference import difference
from dashboard.diagnosis.prediction.goes_with import believed
from dashboard.diagnosis.prediction.least_squares import classical, fit
from dashboard.diagnosis.prediction.panel import INDIVIDUAL, LAGGED, PERFORMANCE, Panel, lagged_panel
from dashboard.diagnosis.prediction.sizes import smallest_detectable_r, teams_needed
from dashboard.diagnosis.prediction.team_intercept import team_intercept
from dashboard.diagnosis.prediction.unseen_teams import unseen_teams
from dashboard.terms import Settings
from tests.prediction.conftest import FILES, records

CHECKED = {
    "power.n_for_r",
    "power.min_detectable",
    "panel.lag.counts",
    "panel.ols",
    "panel.CR1",
    "panel.CR1S",
    "panel.CR2",
    "panel.lmer",
    "panel.increment",
    "panel.leave_one_team_out",
    "panel.within_between",
}
REFERENCE = records("incremental")


def test_every_record_is_checked_here() -> None:
    assert set(REFERENCE) == CHECKED


def value(identity: str):
    return REFERENCE[identity]["value"]


def close(found, expected, identity: str) -> None:
    assert found == pytest.approx(np.asarray(expected, float), abs=REFERENCE[identity]["tol"])


def test_how_many_teams_find_a_correlation() -> None:
    table = pd.DataFrame(value("power.n_for_r")).set_index("row").T.astype(float)
    assert [teams_needed(r) for r in table["r"]] == list(table["n"])


def test_which_correlation_so_many_teams_find() -> None:
    table = pd.DataFrame(value("power.min_detectable")).set_index("row").T.astype(float)
    close([smallest_detectable_r(int(n)) for n in table["n"]], table["r"], "power.min_detectable")


def test_the_rows_of_the_panel_are_those_of_r(synth) -> None:
    survey, performance = synth
    felt = believed(survey, None, Settings())
    wide = performance.values.pivot_table(index="team", columns="period", values="value")
    kpi = wide.reindex(index=list(survey.teams), columns=[period.label for period in survey.periods]).to_numpy(float)
    panel = lagged_panel(
        performance=kpi,
        individual=felt.individual,
        collective=felt.collective,
        scored_individual=felt.scored_individual,
        scored_collective=felt.scored_collective,
    )
    assert {"rows": panel.rows, "teams": panel.teams} == value("panel.lag.counts")
    expected = pd.read_csv(FILES / "synth_lagged_analysis_set.csv").sort_values(["team_id", "quarter"])
    in_points = 1 + panel.lagged[INDIVIDUAL] / 25  # POMP of a scale from 1 to 5
    assert in_points == pytest.approx(expected["SE_lag"].to_numpy(float), abs=1e-8)
    assert panel.lagged[PERFORMANCE] == pytest.approx(expected["kpi_lag"].to_numpy(float))


def test_least_squares_are_those_of_r(raw_panel: Panel) -> None:
    table = pd.DataFrame(value("panel.ols"))
    found = classical(fit(raw_panel.performance, raw_panel.design()))
    for part, column in (("estimates", "Estimate"), ("errors", "Std. Error"), ("t", "t value"), ("p", "Pr(>|t|)")):
        close(getattr(found, part), table[column], "panel.ols")


@pytest.mark.parametrize("kind, df, p", [("CR1", "df_t", "p_t"), ("CR1S", "df_t", "p_t"), ("CR2", "df_Satt", "p_Satt")])
def test_errors_that_know_of_teams_are_those_of_clubsandwich(raw_panel: Panel, kind, df, p) -> None:
    table = pd.DataFrame(value(f"panel.{kind}"))
    found = clustered(fit(raw_panel.performance, raw_panel.design()), raw_panel.team, kind)
    for part, column in (("estimates", "beta"), ("errors", "SE"), ("t", "tstat"), ("df", df), ("p", p)):
        close(getattr(found, part), table[column], f"panel.{kind}")


@pytest.mark.parametrize("identity", ["panel.lmer", "panel.within_between"])
def test_an_intercept_for_each_team_is_that_of_lme4(raw_panel: Panel, identity: str) -> None:
    split = identity == "panel.within_between"
    design = raw_panel.design()
    model = within_between.fitted(raw_panel) if split else team_intercept(raw_panel.performance, design, raw_panel.team)
    expected = value(identity)
    close(model.estimates, list(expected["fixef"].values()), identity)
    close(model.errors, list(expected["se"].values()), identity)
    close([model.tau2, model.sigma2], [expected["tau2"], expected["sigma2"]], identity)


def test_what_collective_efficacy_adds_in_the_rows_themselves(raw_panel: Panel) -> None:
    without = fit(raw_panel.performance, raw_panel.design(LAGGED[:2])).explained
    with_it = fit(raw_panel.performance, raw_panel.design()).explained
    expected = value("panel.increment")
    close([without, with_it, with_it - without], list(expected.values()), "panel.increment")


def test_predictions_for_teams_left_out(raw_panel: Panel) -> None:
    found, expected = unseen_teams(raw_panel), value("panel.leave_one_team_out")
    identity = "panel.leave_one_team_out"
    close([found.without, found.with_collective], [expected["base"]["q2"], expected["full"]["q2"]], identity)
    close([found.press_without, found.press_with], [expected["base"]["press"], expected["full"]["press"]], identity)
    assert found.left_out == 23


def test_p_values_of_several_tests_are_adjusted_as_in_r() -> None:
    record = records("change")["bh.adjust"]
    p = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216])
    assert adjusted(p) == pytest.approx(np.array(record["value"]), abs=record["tol"])


def test_two_groups_differ_as_in_welchs_test_of_r() -> None:
    record = records("change")["welch"]
    groups = [np.array([3.2, 3.6, 4.1, 3.9, 2.8]), np.array([3.9, 4.2, 4.4, 3.7])]
    means = [(float(g.mean()), float(g.std(ddof=1) / np.sqrt(len(g))), len(g) - 1.0) for g in groups]
    found = difference(*means)
    assert (found.t, found.df, found.p) == pytest.approx(tuple(record["value"].values()), abs=record["tol"])
