"""What a workspace keeps, gives back, replaces, takes back and translates."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import dashboard
from dashboard import intake, reports, samples
from dashboard.history import Clashed, Records, Rename, State, Workspace, for_columns
from dashboard.terms import Instrument, Settings
from tests.history import made

KINDS = ("performance", "events", "structures", "roster")
TABLES = ("teams.csv", "verdicts.csv", "scales.csv")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture(scope="module")
def example() -> Records:
    files = samples.folder()
    beside = {kind: getattr(intake, f"read_{kind}")(files / f"{kind}.csv") for kind in KINDS}
    instrument = intake.read_instrument(files / "instrument.toml")
    return Records(survey=intake.read_survey(files / "survey.csv", instrument=instrument), **beside)


@pytest.fixture(scope="module")
def expected(example: Records) -> dict[str, bytes]:
    return tables(example)


def tables(records: Records) -> dict[str, bytes]:
    return reports.tables(dashboard.diagnose(**records.as_arguments()))  # type: ignore[arg-type]


def responses(workspace: Workspace) -> int:
    survey = workspace.records().survey
    return 0 if survey is None else survey.responses


# ── what comes back ───────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_gives_the_same_bytes_as_the_files(
    workspace: Workspace, example: Records, expected: dict[str, bytes]
) -> None:
    workspace.add(example, who="Ada")
    assert tables(workspace.records()) == expected  # organization.json and problems.csv as well


def test_quarter_by_quarter_gives_the_same_bytes_as_all_at_once(
    workspace: Workspace, example: Records, expected: dict[str, bytes]
) -> None:
    assert example.survey is not None
    rows = pd.read_csv(samples.folder() / "survey.csv", dtype=str, keep_default_na=False)
    for _, quarter in rows.groupby("quarter"):
        content = quarter.to_csv(index=False).encode()
        survey = intake.read_survey(content, instrument=example.survey.instrument)
        workspace.add(Records(survey=survey), who="Ada")
    workspace.add(replace(example, survey=None), who="Ben")
    found = tables(workspace.records())
    for name in TABLES:
        assert found[name] == expected[name], name


def test_the_survey_comes_back_but_for_the_ids(workspace: Workspace) -> None:
    brought = made.survey("2025-Q1", "2025-Q2").survey
    workspace.add(Records(survey=brought), who="Ada")
    kept = workspace.records().survey
    assert brought is not None
    assert kept is not None
    assert (kept.teams, kept.periods, kept.instrument) == (brought.teams, brought.periods, brought.instrument)
    for name in ("team", "period", "respondent"):
        np.testing.assert_array_equal(getattr(kept, name), getattr(brought, name))
    for scale, answers in brought.answers.items():
        np.testing.assert_array_equal(kept.answers[scale], answers)
        assert kept.answers[scale].dtype == answers.dtype
    pd.testing.assert_frame_equal(kept.segments, brought.segments)
    assert set(map(len, kept.respondents)) == {32}
    assert (kept.problems, kept.files) == (brought.problems, brought.files)


def test_persons_without_ids_come_back_too(workspace: Workspace) -> None:
    content = made.csv("2025-Q1", "2025-Q2").replace(b"har-1,", b",").replace(b"mea-2,", b",")
    brought = made.read(content)
    workspace.add(brought, who="Ada")
    kept = workspace.records().survey
    assert brought.survey is not None
    assert kept is not None
    np.testing.assert_array_equal(kept.respondent, brought.survey.respondent)
    np.testing.assert_array_equal(kept.answers["collective_efficacy"], brought.survey.answers["collective_efficacy"])


def test_persons_can_be_followed_across_imports_and_into_performance(workspace: Workspace) -> None:
    for period in ("2025-Q1", "2025-Q2"):
        workspace.add(made.both(period), who="Ada")
    records = workspace.records()
    assert records.survey is not None
    assert records.performance is not None
    assert len(records.survey.respondents) == 12
    assert records.survey.responses == 24
    assert set(records.performance.values["respondent_id"]) - {""} <= set(records.survey.respondents)


def test_ids_of_a_file_at_hand_can_be_matched_with_what_is_kept(workspace: Workspace) -> None:
    assert workspace.pseudonyms({"Harbour": ["har-0"]}) == {}
    workspace.add(made.survey("2025-Q1"), who="Ada")
    survey = workspace.records().survey
    assert survey is not None
    assert workspace.pseudonyms({"Harbour": ["har-0"]})["Harbour"] <= set(survey.respondents)
    assert not workspace.pseudonyms({"Harbour": ["nobody"]})["Harbour"] & set(survey.respondents)


def test_an_empty_workspace_gives_nothing(workspace: Workspace) -> None:
    assert workspace.records().as_arguments() == dict.fromkeys(("survey", *KINDS))
    assert workspace.imports() == ()


def test_no_id_and_no_personal_column_reaches_the_folder(workspace: Workspace) -> None:
    content = b"\n".join(
        line + (b",email" if n == 0 else f",person{n}@example.org".encode())
        for n, line in enumerate(made.csv("2025-Q1").replace(b"har-1,", b"har\x07-1,").splitlines())
    )
    workspace.add(made.read(content), who="Ada")
    (upload,) = workspace.imports()[0].uploads
    assert upload.rows == 12
    assert workspace.records().survey.problems  # type: ignore[union-attr]
    for planted in (b"har-1", b"person3@", b"@example.org"):
        assert planted not in made.content(workspace.folder)
    assert (workspace.folder / "respondents.key").stat().st_mode & 0o077 == 0
    assert (workspace.folder / "workspace.sqlite").stat().st_mode & 0o077 == 0


# ── the same again ────────────────────────────────────────────────────────────────────────────────


def test_the_same_quarter_again_is_told_before_anything_is_kept(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1", "2025-Q2"), who="Ada")
    again, before = made.survey("2025-Q2", "2025-Q3", seed=5, teams=("Harbour", "Meadow")), workspace.version()
    (clash,) = workspace.clashes(again)
    assert (clash.kind, clash.period, clash.import_number, clash.who) == ("survey", "2025-Q2", 1, "Ada")
    assert (clash.same_file, clash.lost) == (False, ("Orchard",))
    with pytest.raises(Clashed, match=r"survey of 2025-Q2 was brought before, in survey\.csv: import 1 of 20"):
        workspace.add(again, who="Ben")
    assert workspace.version() == before
    assert responses(workspace) == 24


def test_the_very_same_file_is_known(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1"), who="Ada")
    again = made.survey("2025-Q1")
    (clash,) = workspace.clashes(again)
    assert clash.same_file
    assert "from a file of the very same content" in str(clash.problem())
    assert again.survey is not None
    digest = again.survey.files[0].digest
    assert workspace.brought_before([digest, "0" * 64])[digest].number == 1


def test_both_versions_never_stand_side_by_side_and_undo_brings_the_first_back(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1", "2025-Q2"), who="Ada")
    first = tables_of_answers(workspace)
    again = made.survey("2025-Q2", seed=5, members=3)
    workspace.add(again, who="Ben", replacing=workspace.clashes(again))
    assert responses(workspace) == 12 + 9
    assert [one.uploads[0].state for one in workspace.imports()] == [State.PARTLY, State.IN_USE]
    undone = workspace.undo(who="Cem")
    assert (undone.number, undone.undone_by, undone.uploads[0].state) == (2, "Cem", State.UNDONE)
    assert tables_of_answers(workspace) == first
    workspace.redo(2)
    assert responses(workspace) == 21


def tables_of_answers(workspace: Workspace) -> list[list[float]]:
    survey = workspace.records().survey
    assert survey is not None
    columns = [survey.period, survey.team, survey.respondent, *survey.answers.values()]
    cells: list[list[float]] = np.column_stack(columns).tolist()
    return cells


def test_what_somebody_else_brought_meanwhile_is_not_replaced_unseen(workspace: Workspace) -> None:
    mine = made.survey("2025-Q1", seed=5)
    agreed = workspace.clashes(mine)
    assert agreed == ()
    Workspace(workspace.folder).add(made.survey("2025-Q1"), who="Ben")
    with pytest.raises(Clashed):
        workspace.add(mine, who="Ada", replacing=agreed)


def test_any_import_can_be_undone_and_none_twice(workspace: Workspace) -> None:
    for period in ("2025-Q1", "2025-Q2", "2025-Q3"):
        workspace.add(made.survey(period), who="Ada")
    workspace.undo(2, who="Ada")
    survey = workspace.records().survey
    assert survey is not None
    assert [period.label for period in survey.periods] == ["2025-Q1", "2025-Q3"]
    with pytest.raises(dashboard.InputRefused, match="no import in force with this number"):
        workspace.undo(2, who="Ada")


def test_another_metric_of_the_same_quarter_stands_beside_the_first(workspace: Workspace) -> None:
    workspace.add(made.performance("2025-Q1", metric="sales"), who="Ada")
    more = made.performance("2025-Q1", metric="returns")
    assert workspace.clashes(more) == ()
    workspace.add(more, who="Ada")
    (clash,) = workspace.clashes(made.performance("2025-Q1", metric="sales", value=9))
    assert clash.parts == ("sales",)
    performance = workspace.records().performance
    assert performance is not None
    assert set(performance.values["metric"]) == {"sales", "returns"}


def test_nothing_to_keep_is_refused(workspace: Workspace) -> None:
    with pytest.raises(dashboard.InputRefused, match="nothing to keep"):
        workspace.add(Records(), who="Ada")


def test_every_change_makes_the_version_grow(workspace: Workspace) -> None:
    versions = [workspace.version()]
    for change in (
        lambda: workspace.add(made.survey("2025-Q1"), who="Ada"),
        lambda: workspace.undo(who="Ada"),
        lambda: workspace.redo(1),
        lambda: workspace.rename([Rename(what="team", old="Harbour", new="Port")]),
        lambda: workspace.keep_settings(Settings(noun="squad")),
        lambda: workspace.erase_respondent("har-1"),
        workspace.erase_everything,
    ):
        change()
        versions.append(workspace.version())
    assert versions == sorted(set(versions))


# ── names ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_renamed_team_is_one_team(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1"), who="Ada")
    workspace.add(made.survey("2025-Q2", teams=("Port", "Meadow", "Orchard")), who="Ada")
    workspace.add(made.performance("2025-Q1"), who="Ada")
    workspace.rename([Rename(what="team", old="Harbour", new="Port")])
    records = workspace.records()
    assert records.survey is not None
    assert records.performance is not None
    assert records.survey.teams == ("Meadow", "Orchard", "Port")
    assert set(records.performance.values["team"]) == {"Meadow", "Orchard", "Port"}
    workspace.take_back_rename("team", "Harbour")
    assert workspace.records().survey.teams == ("Harbour", "Meadow", "Orchard", "Port")  # type: ignore[union-attr]


def test_an_old_name_can_be_given_to_another_team(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1", "2025-Q2"), who="Ada")
    workspace.rename([Rename(what="team", old="Harbour", new="Port", until="2025-Q1")])
    survey = workspace.records().survey
    assert survey is not None
    places = {(survey.teams[t], survey.periods[p].label) for t, p in zip(survey.team, survey.period, strict=True)}
    assert {("Port", "2025-Q1"), ("Harbour", "2025-Q2")} <= places
    assert not {("Harbour", "2025-Q1"), ("Port", "2025-Q2")} & places


def test_head_counts_of_teams_that_became_one_are_added_up(workspace: Workspace) -> None:
    roster = intake.read_roster(b"team,period,headcount,parent\nHarbour,2025-Q1,4,Sea\nMeadow,2025-Q1,6,Land\n")
    workspace.add(Records(roster=roster), who="Ada")
    workspace.rename([Rename(what="team", old="Harbour", new="Meadow")])
    kept = workspace.records().roster
    assert kept is not None
    assert kept.headcounts[["team", "headcount"]].to_numpy().tolist() == [["Meadow", 10.0]]


def test_a_renamed_item_is_one_item(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1"), who="Ada")
    workspace.add(made.read(made.csv("2025-Q2").replace(b"ce_3", b"ce_9")), who="Ada")
    apart = workspace.records().survey
    assert apart is not None
    assert apart.instrument.collective.items == ("ce_1", "ce_2", "ce_3", "ce_9")
    found = [problem.found for problem in apart.problems if problem.file == "history"]
    assert "ce_9 is missing in 2025-Q1 and asked in 2025-Q2" in found
    workspace.rename([Rename(what="item", old="ce_3", new="ce_9")])
    together = workspace.records().survey
    assert together is not None
    assert together.instrument.collective.items == ("ce_1", "ce_2", "ce_9")
    assert not np.isnan(together.answers["collective_efficacy"]).any()


# ── what changed between quarters ─────────────────────────────────────────────────────────────────


def test_a_range_that_grew_is_that_of_all_quarters(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1", top=4), who="Ada")
    workspace.add(made.survey("2025-Q2", members=9), who="Ada")
    survey = workspace.records().survey
    assert survey is not None
    assert survey.instrument.collective.bounds == (1, 5)
    assert "answers of collective efficacy lie on" not in " ".join(problem.found for problem in survey.problems)


def test_a_scale_that_was_changed_is_told(workspace: Workspace) -> None:
    workspace.add(made.survey("2025-Q1"), who="Ada")
    workspace.add(made.survey("2025-Q2", top=7, members=9), who="Ada")
    survey = workspace.records().survey
    assert survey is not None
    found = {problem.found for problem in survey.problems}
    assert "answers of collective efficacy lie on 1–5 in 2025-Q1 and on 1–7 in 2025-Q2" in found


def test_an_item_reversed_in_one_quarter_only_is_scored_as_confirmed(workspace: Workspace) -> None:
    first, second = made.survey("2025-Q1").survey, made.survey("2025-Q2").survey
    assert first is not None
    assert second is not None
    scale = first.instrument.collective
    turned = replace(
        first.instrument, scales={**first.instrument.scales, scale.name: replace(scale, reversed=("ce_1",))}
    )
    workspace.add(Records(survey=replace(first, instrument=turned)), who="Ada")
    workspace.add(Records(survey=second), who="Ada")
    kept = workspace.records().survey
    assert kept is not None
    assert kept.instrument.collective.reversed == ()
    np.testing.assert_array_equal(kept.answers[scale.name][:12, 0], 6 - first.answers[scale.name][:, 0])
    assert "ce_1 is reversed in 2025-Q1 and not in 2025-Q2" in {problem.found for problem in kept.problems}


# ── what is remembered ────────────────────────────────────────────────────────────────────────────


def test_an_instrument_is_proposed_again_for_a_file_of_the_same_shape(workspace: Workspace) -> None:
    instrument = Instrument.from_toml('[scales.collective_efficacy]\nitems = ["b"]')
    workspace.remember(("a", "b", "c"), instrument)
    same = workspace.recall(("c", "b", "a"))
    assert same is not None
    assert same.same_shape
    assert same.instrument == instrument
    alike = workspace.recall(("a", "b", "d"))
    assert alike is not None
    assert (alike.gone, alike.new) == (("c",), ("d",))
    assert workspace.recall(("x", "y")) is None


def test_a_range_found_in_answers_is_not_remembered_as_stated() -> None:
    survey = made.survey("2025-Q1", top=4).survey
    assert survey is not None
    assert survey.instrument.collective.bounds == (1, 4)
    remembered = for_columns(survey.instrument, ["se_1", "ce_1", "ce_2"])
    assert remembered.collective.minimum is None
    assert remembered.collective.items == ("ce_1", "ce_2")
    assert for_columns(survey.instrument, ["ce_1"], survey.instrument).collective.bounds == (1, 4)


def test_settings_are_kept(workspace: Workspace) -> None:
    assert workspace.settings() == Settings()
    workspace.keep_settings(Settings(noun="squad", minimum_group=7))
    assert Workspace(workspace.folder).settings() == Settings(noun="squad", minimum_group=7)
