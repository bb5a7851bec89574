"""The page "What goes with it", without a browser: each state, and every number as it was computed."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard import intake, samples
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.intake import NamedBytes
from dashboard.screens import overview, session
from dashboard.wording import app_words, goes_words
from tests.prediction.organizations import found, organization
from tests.screens.driving import Show, opened, words

Found = tuple[Released, GoesWithReleased | None]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Show:
    """The page over what was found."""

    def over(given: Found, **query: str) -> AppTest:
        brought = session.Brought(files={"survey": (NamedBytes("survey.csv", b"made"),)})
        monkeypatch.setattr(session, "brought", lambda: brought)
        monkeypatch.setattr(session, "released", lambda *_: given[0])
        monkeypatch.setattr(session, "goes_with", lambda *_: given[1])
        return opened("goes", **query)

    return over


@pytest.fixture(scope="module")
def full() -> Found:
    return found(organization(34, metrics=("delivered_value", "lead_time", "noise")))


@pytest.fixture(scope="module")
def exploratory() -> Found:
    return found(organization(16))


@pytest.fixture(scope="module")
def closed() -> Found:
    return found(organization(11))


def plain(at: AppTest) -> str:
    return words(at).replace("\\", "").replace("\u00a0", " ")


def test_the_downloaded_organisation_holds_what_the_page_shows() -> None:
    files = session.Brought(files=_example("survey", "performance", "roster"))
    survey = intake.read_survey(files.files["survey"])
    performance, roster = (session.READERS[kind](files.files[kind]) for kind in ("performance", "roster"))
    diagnosis = dashboard.diagnose(survey, performance=performance, roster=roster)
    shown = dashboard.goes_with_performance(survey, performance, diagnosis=diagnosis, roster=roster)
    taken = json.loads(overview._table(diagnosis, files, "organization.json"))["goes_with_performance"]
    assert [metric["permutation"]["p"] for metric in taken["metrics"]] == [metric.p for metric in shown.metrics]
    without = session.Brought(files=_example("survey"))
    assert json.loads(overview._table(diagnosis, without, "organization.json"))["goes_with_performance"] is None


def _example(*kinds: str) -> dict[str, tuple[NamedBytes, ...]]:
    paths = {kind: samples.folder() / f"{kind}.csv" for kind in kinds}
    return {kind: (NamedBytes(path.name, path.read_bytes()),) for kind, path in paths.items()}


def test_with_nothing_open_the_two_ways_are_offered(empty: Show) -> None:
    assert empty("goes").title[0].value == app_words.NOTHING_OPEN


def test_without_performance_the_page_says_what_to_bring(page: Show, full: Found) -> None:
    at = page((full[0], None))
    assert at.title[0].value == goes_words.NO_PERFORMANCE
    assert "at least 12 teams" in plain(at)
    assert [button.label for button in at.button] == [goes_words.TO_DATA]
    assert not at.get("plotly_chart")


def test_the_headline_and_all_parts_carry_the_computed_numbers(page: Show, full: Found) -> None:
    at = page(full)
    metric = full[1].metrics[0]
    text = plain(at)
    own = metric.slopes[(metric.slopes["model"] == "ahead") & (metric.slopes["term"] == "collective_before")].iloc[0]
    assert f"by {own['slope']:.2f} [{own['low']:.2f}, {own['high']:.2f}] standard deviations" in text
    unseen = metric.unseen
    assert f"(Q² {unseen.with_collective:.2f} with it, {unseen.without:.2f} without" in text
    assert "3 tests were made" in text
    share = metric.dominance.set_index("term").loc["collective_before"]
    assert f"{100 * share['share']:.0f}% [{100 * share['low']:.0f}%, {100 * share['high']:.0f}%]" in text
    estimated = metric.sensitivity[metric.sensitivity["estimated"]].iloc[0]
    assert f"the slope would be {estimated['slope']:.2f} [{estimated['low']:.2f}, {estimated['high']:.2f}]" in text
    assert "only a correlation between teams of .46 or more" in text  # .4646, see tests of sizes
    assert len(at.get("plotly_chart")) == 4
    assert len(at.get("download_button")) == 1


def test_the_table_holds_every_slope(page: Show, full: Found) -> None:
    table, slopes = page(full).dataframe[0].value, full[1].metrics[0].slopes
    assert len(table) == len(slopes)
    first = slopes.iloc[0]
    assert table["Interval"].iloc[0] == f"[{first['low']:.2f}, {first['high']:.2f}]".replace("-", "−")


def test_another_metric_is_a_choice_and_stands_in_the_address(page: Show, full: Found) -> None:
    at = page(full)
    assert at.selectbox(key="metric").options == ["delivered value", "lead time", "noise"]
    at.selectbox(key="metric").select("lead time").run()
    assert "lead time in the next period" in plain(at)
    assert page(full, metric="noise").selectbox(key="metric").value == "noise"
    assert page(full, metric="no such thing").selectbox(key="metric").value == "delivered value"


def test_few_teams_get_a_first_look_without_shares(page: Show, exploratory: Found) -> None:
    at = page(exploratory)
    assert "Exploratory: with 16 teams" in plain(at)
    assert len(at.get("plotly_chart")) == 2
    assert "reproduce together" not in plain(at)


def test_a_closed_gate_shows_its_reason_and_a_scatter_and_no_figure(page: Show, closed: Found) -> None:
    at = page(closed)
    assert at.title[0].value == goes_words.NOT_CARRIED
    assert "is there for 11 teams, needed 12" in plain(at)
    assert len(at.get("plotly_chart")) == 1
    assert not at.dataframe
    assert "Q²" not in plain(at)
    assert "slope" not in plain(at)


def test_metrics_that_belong_to_no_team_have_a_page_of_their_own(page: Show, full: Found) -> None:
    nothing = GoesWithReleased(metrics=(), tests=0, gate=full[1].gate)
    assert (
        page((full[0], nothing)).title[0].value.startswith("These files hold no metric of a surveyed team as a whole")
    )


def test_a_metric_with_a_hostile_name_is_shown_as_it_is_written(page: Show) -> None:
    name = "![x](https://example.org/p.png)"
    at = page(found(organization(16, metrics=(name,))))
    assert "\\!\\[x\\]" in at.title[0].value
    assert "](https" not in words(at)
