"""From files to what is said of a metric: sizes, gates, who is in, what leaves the floor of disclosure."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pandas as pd
import pytest

import dashboard
from dashboard import reports
from dashboard.diagnosis.gate import GateState
from dashboard.diagnosis.prediction import Extent, Model
from dashboard.diagnosis.prediction.claims import Claim, Unseen, claim, slope_of, unseen
from dashboard.diagnosis.prediction.goes_with import goes_with
from dashboard.diagnosis.prediction.panel import COLLECTIVE
from dashboard.diagnosis.prediction.standardised import metrics
from dashboard.disclosure import release_goes_with
from dashboard.terms import Performance, Settings
from tests.prediction.organizations import Made, found, organization


@pytest.fixture(scope="module")
def large() -> Made:
    return organization(34, metrics=("delivered_value", "lead_time", "noise"))


@pytest.fixture(scope="module")
def shown(large: Made) -> tuple[dashboard.Released, dashboard.GoesWithReleased]:
    return found(large)


@pytest.fixture(scope="module")
def exploratory() -> tuple[dashboard.Released, dashboard.GoesWithReleased]:
    return found(organization(16, small=2, metrics=("delivered_value",)))


@pytest.fixture(scope="module")
def closed() -> tuple[dashboard.Released, dashboard.GoesWithReleased]:
    return found(organization(11, small=2))


def test_with_thirty_teams_or_more_all_parts_are_there(shown) -> None:
    for metric in shown[1].metrics:
        assert metric.extent is Extent.FULL
        assert set(metric.slopes["model"]) == set(map(str, Model))
        assert metric.unseen is not None
        assert metric.unseen.left_out == 34
        assert metric.dominance["share"].sum() == pytest.approx(1, abs=1e-3)
        assert 0 < metric.reliability < 1
        assert metric.permutations == 1999
        assert metric.smallest_r == 0.4646  # tanh((1.95996 + .84162) / √31) by hand


def test_with_twelve_to_twenty_nine_teams_it_is_a_first_look(exploratory) -> None:
    metric = exploratory[1].metrics[0]
    assert metric.extent is Extent.EXPLORATORY
    assert len(metric.slopes) == 10
    assert metric.dominance.empty
    assert metric.sensitivity.empty


def figures(thing: object) -> list[float]:
    """Every finite number anywhere in a result, the marks of the scatter and plain counts aside."""
    if is_dataclass(thing):
        counts = {"points", "gate", "teams", "rows", "periods", "permutations", "movable", "tests"}
        return [x for each in fields(thing) if each.name not in counts for x in figures(getattr(thing, each.name))]
    if isinstance(thing, pd.DataFrame):
        return [x for x in thing.select_dtypes("number").to_numpy(float).ravel() if np.isfinite(x)]
    if isinstance(thing, tuple):
        return [x for each in thing for x in figures(each)]
    return [thing] if isinstance(thing, float) and np.isfinite(thing) else []


def test_with_fewer_than_twelve_teams_there_is_a_scatter_and_no_number_anywhere(closed) -> None:
    result = closed[1]
    assert result.gate.state is GateState.CLOSED
    assert "lagged" in result.gate.short
    assert figures(result) == []
    assert result.tests == 0
    assert len(result.metrics[0].points) > 0
    assert figures(closed[1]) != figures(found(organization(16))[1])  # the reader of figures does read


def test_a_closed_gate_takes_every_number_even_where_there_are_many_teams(large: Made, shown) -> None:
    diagnosis, _ = shown
    shut = tuple(
        replace(gate, state=GateState.CLOSED, short=("htmt",)) if gate.need == "prediction" else gate
        for gate in diagnosis.gates
    )
    result = dashboard.goes_with_performance(*large, diagnosis=replace(diagnosis, gates=shut))
    assert figures(result) == []
    assert len(result.metrics) == 3


def test_only_released_team_periods_are_drawn(exploratory) -> None:
    diagnosis, result = exploratory
    points = result.metrics[0].points
    teams = diagnosis.teams.set_index(["team_id", "period"])
    assert len(points) < result.metrics[0].rows  # the two teams of four are in the model and not in the picture
    for _, row in points.iterrows():
        released = teams.loc[(row["team_id"], row["before"])]
        assert released["withheld"] == ""
        assert row["collective"] == pytest.approx(100 * (released["collective"] - 1) / 6)
    assert not {"Team 00", "Team 01"} & set(points["team_id"])


def test_what_leaves_has_four_places(shown) -> None:
    for metric in shown[1].metrics:
        slopes = metric.slopes["slope"].to_numpy()
        assert (slopes == slopes.round(4)).all()
        assert metric.unseen.increment.low == round(metric.unseen.increment.low, 4)


def test_a_metric_that_follows_beliefs_is_found_and_one_that_does_not_is_left_open(shown) -> None:
    settings = Settings()
    value, lead, noise = (shown[1].metrics[at] for at in (0, 1, 2))
    assert [value.metric, lead.metric, noise.metric] == ["delivered_value", "lead_time", "noise"]
    assert claim(value, settings) is Claim.BETTER
    assert claim(lead, settings) is Claim.BETTER  # less is better, and is drawn so
    assert not lead.higher_is_better
    assert unseen(value) is Unseen.BETTER
    assert slope_of(value, Model.AHEAD, COLLECTIVE).low > 0


def test_nothing_is_found_where_nothing_was_put_in() -> None:
    claims = [claim(found(organization(14, slope=0.0, seed=seed))[1].metrics[0], Settings()) for seed in range(5)]
    assert claims.count(Claim.OPEN) >= 4


def test_several_metrics_are_adjusted_for_each_other_and_never_pooled(shown) -> None:
    result = shown[1]
    assert result.tests == 3
    p = sorted(metric.p for metric in result.metrics)
    for metric in result.metrics:
        assert metric.p_adjusted == pytest.approx(
            min(3 * each / (p.index(each) + 1) for each in p if each >= metric.p), abs=2e-4
        )
        assert metric.rows == 34 * 3


def test_values_of_single_members_and_other_units_are_other_things() -> None:
    survey, performance = organization(16)
    values = performance.values
    mine = values.assign(respondent_id="p1-1", value=values["value"] * 100)
    euros = values.assign(unit="EUR", value=values["value"] ** 2)
    mixed = Performance(values=pd.concat([values, mine, euros]), periods=performance.periods)
    names = [(metric.name, metric.unit) for metric in metrics(mixed, survey.teams, survey.periods)]
    assert names == [("delivered_value", ""), ("delivered_value", "EUR")]
    own = next(metrics(mixed, survey.teams, survey.periods)).standard
    assert own == pytest.approx(next(metrics(performance, survey.teams, survey.periods)).standard)


def test_the_order_of_rows_changes_nothing() -> None:
    survey, performance = organization(16, slope=0.4)
    turned = Performance(values=performance.values.iloc[::-1], periods=performance.periods)
    one, other = (goes_with(survey, each, settings=Settings()) for each in (performance, turned))
    assert one.metrics[0].slopes.equals(other.metrics[0].slopes)
    assert one.metrics[0].p == other.metrics[0].p


def test_the_unit_and_the_direction_of_a_metric_change_nothing_but_the_sign() -> None:
    survey, performance = organization(16, slope=0.4)
    turned = performance.values.assign(value=-1000 * performance.values["value"], higher_is_better=False)
    one = goes_with(survey, performance, settings=Settings()).metrics[0]
    other = goes_with(survey, Performance(values=turned, periods=performance.periods), settings=Settings()).metrics[0]
    assert other.slopes["slope"].to_numpy() == pytest.approx(one.slopes["slope"].to_numpy())


def test_few_answers_of_the_head_count_enter_no_model() -> None:
    survey, performance = organization(16)
    rows = "".join(f"Team {team:02d},2024-Q{q},{20 if team < 3 else 8}\n" for team in range(16) for q in (1, 2, 3, 4))
    roster = dashboard.read_roster(f"team,quarter,headcount\n{rows}".encode())
    found = goes_with(survey, performance, roster=roster, settings=Settings()).metrics[0]
    assert found.teams == 13  # 7 of 20 answered in three teams, 7 of 8 in the others


def test_teams_are_split_by_interdependence_from_sixty_on() -> None:
    small, large = (goes_with(*organization(teams), settings=Settings()).metrics[0] for teams in (34, 60))
    assert small.halves.empty
    assert list(large.halves["half"]) == ["higher", "lower"]
    assert list(large.halves["teams"]) == [30, 30]
    assert large.between_halves is not None
    higher, lower = large.halves["slope"]
    assert large.between_halves.value == pytest.approx(higher - lower)


def test_performance_of_other_periods_gives_no_row_and_no_number() -> None:
    survey, performance = organization(16)
    once = performance.values[performance.values["period"] == "2024-Q2"]
    found = goes_with(survey, Performance(values=once, periods=performance.periods), settings=Settings())
    assert found.metrics[0].extent is Extent.SCATTER
    assert found.metrics[0].rows == 0


def test_beliefs_that_do_not_differ_say_nothing_instead_of_something() -> None:
    survey, performance = organization(16)
    same = replace(
        survey,
        answers={**survey.answers, "collective_efficacy": np.full_like(survey.answers["collective_efficacy"], 4)},
    )
    metric = goes_with(same, performance, settings=Settings()).metrics[0]
    assert claim(metric, Settings()) is Claim.UNKNOWN
    assert np.isnan(metric.p)


def test_the_organisation_file_holds_the_section_and_null_without_performance(shown) -> None:
    diagnosis, result = shown
    whole = json.loads(reports.tables(diagnosis, result)["organization.json"])
    section = whole["goes_with_performance"]
    assert (section["gate"], section["tests"]) == (str(result.gate.state), 3)
    metric = section["metrics"][0]
    own = next(row for row in metric["slopes"] if row["model"] == "ahead" and row["term"] == COLLECTIVE)
    assert own["slope"] == slope_of(result.metrics[0], Model.AHEAD, COLLECTIVE).value
    assert metric["unseen_teams"]["increment"]["value"] == result.metrics[0].unseen.increment.value
    assert json.loads(reports.tables(diagnosis)["organization.json"])["goes_with_performance"] is None


def test_a_closed_gate_leaves_counts_in_the_file(closed) -> None:
    diagnosis, result = closed
    section = reports.goes_with.section(result, diagnosis.settings)
    assert section["why"].startswith("Not shown: ")
    assert "11 teams" in section["why"]
    assert set(section["metrics"][0]) == {
        "metric", "unit", "higher_is_better", "extent", "teams", "team_periods", "periods",
    }  # fmt: skip


def test_the_released_result_is_made_from_the_diagnosis_alone(large: Made, shown) -> None:
    diagnosis, result = shown
    again = release_goes_with(goes_with(*large, settings=Settings()), diagnosis)
    assert reports.slopes_table(again).equals(reports.slopes_table(result))


def test_a_metric_that_merely_repeats_is_no_finding() -> None:
    survey, performance = organization(34, metrics=("delivered_value", "lead_time"))
    first = performance.values[performance.values["period"] == "2024-Q1"].set_index(["team", "metric"])["value"]
    values = performance.values.set_index(["team", "metric"], drop=False)
    yearly = values["metric"] == "delivered_value"
    values = values.assign(value=values["value"].where(~yearly, first.reindex(values.index))).reset_index(drop=True)
    diagnosis, result = found((survey, Performance(values=values, periods=performance.periods)))
    same, other = result.metrics
    assert (same.metric, same.repeats, claim(same, Settings())) == ("delivered_value", True, Claim.REPEATS)
    assert same.extent is Extent.SCATTER
    assert figures(same) == []
    assert len(same.points) == 34 * 3
    assert not other.repeats
    assert result.tests == 1  # a metric that was not tested is not adjusted for
    assert "delivered_value" in str(reports.goes_with.section(result, diagnosis.settings))


def test_a_metric_that_changes_a_little_is_not_taken_for_one_that_repeats() -> None:
    survey, performance = organization(16, slope=0.4)
    values = performance.values
    first = values.groupby("team")["value"].transform("first")
    nearly = values.assign(value=first + 1e-4 * (values["value"] - first))
    metric = goes_with(survey, Performance(values=nearly, periods=performance.periods), settings=Settings()).metrics[0]
    assert not metric.repeats
    assert not metric.slopes.empty
