"""A file beside what is kept: what is known of it, what is odd about it, and what is said with an import."""

from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.history import Clashed, Records, Rename, Workspace, in_order_said
from dashboard.intake import inspect, read_survey
from dashboard.terms import Settings, Severity
from tests.history import made

COLUMNS = tuple(made.HEADER.split(","))
TEXTS = {"se_1": "I can solve hard problems", "se_2": "I finish what I start", "ce_3": "We learn fast from mistakes"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The first quarter of 2025 in it, as it was confirmed."""
    workspace = Workspace(tmp_path / "workspace")
    brought = made.survey("2025-Q1")
    assert brought.survey is not None
    workspace.add(brought, who="Ada", remember={COLUMNS: brought.survey.instrument}, texts=TEXTS)
    return workspace


def without_rows(content: bytes, *ids: str) -> bytes:
    return b"\n".join(
        line for line in content.split(b"\n") if not line.startswith(tuple(f"{i},".encode() for i in ids))
    )


def remarks(workspace: Workspace, content: bytes) -> list[str]:
    found = workspace.remarks(Records(survey=read_survey(content)), [inspect(content)])
    assert all(problem.severity is Severity.WARNING for problem in found)
    return [str(problem) for problem in found]


# ── brought before ───────────────────────────────────────────────────────────────────────────────


def test_a_new_quarter_of_the_same_survey_has_nothing_odd(workspace: Workspace) -> None:
    assert remarks(workspace, made.csv("2025-Q2")) == []


def test_persons_who_are_no_longer_there_are_counted_and_never_named(workspace: Workspace) -> None:
    fewer = without_rows(made.csv("2025-Q1"), "har-0", "mea-3", "orc-1")
    (told,) = remarks(workspace, fewer)
    assert "3 persons who answered then are no longer there" in told
    assert not any(name in told for name in ("har-0", "mea-3", "orc-1", "Harbour", "Meadow", "Orchard"))
    with pytest.raises(Clashed, match="3 persons who answered then are no longer there"):
        workspace.add(Records(survey=read_survey(fewer)), who="Ben")


def test_persons_without_ids_are_counted_by_their_rows(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "nameless")
    content = b"\n".join(line.partition(b",")[2] for line in made.csv("2025-Q1").split(b"\n"))
    workspace.add(made.read(content), who="Ada")
    fewer = made.read(b"\n".join(content.split(b"\n")[:-2]))
    assert [clash.fewer for clash in workspace.clashes(fewer)] == [2]


def test_other_persons_in_the_place_of_some_are_not_taken_for_them(workspace: Workspace) -> None:
    (clash,) = workspace.clashes(made.read(made.csv("2025-Q1").replace(b"har-", b"new-")))
    assert clash.fewer == 4  # all of Harbour; as many are new


def test_without_the_key_nobody_is_counted_and_the_rest_is_told(workspace: Workspace) -> None:
    (workspace.folder / "respondents.key").unlink()
    (clash,) = workspace.clashes(made.survey("2025-Q1", members=2))
    assert (clash.fewer, clash.period) == (0, "2025-Q1")


# ── questions ────────────────────────────────────────────────────────────────────────────────────


def test_questions_that_are_missing_are_told_by_their_names(workspace: Workspace) -> None:
    lines = made.csv("2025-Q2").split(b"\n")
    told = remarks(workspace, b"\n".join(line.rpartition(b",")[0].rpartition(b",")[0] for line in lines))
    assert told == [
        "input.csv: ce_2, ce_3 are missing and were asked last time. The score is not comparable with last quarter: "
        "bring an export with them, or say which questions stand for them now."
    ]


def test_items_are_missing_too_where_no_instrument_was_confirmed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.add(made.survey("2025-Q1"), who="Ada")
    lines = made.csv("2025-Q2").split(b"\n")
    (told,) = remarks(workspace, b"\n".join(line.rpartition(b",")[0] for line in lines))
    assert "ce_3 is missing and was asked last time" in told


def test_what_items_asked_is_recalled_with_them(workspace: Workspace) -> None:
    found = workspace.recall(COLUMNS)
    assert found is not None
    assert found.texts == TEXTS


def test_an_item_with_another_question_under_its_name_is_told(workspace: Workspace) -> None:
    header, *lines = made.csv("2025-Q2").decode().split("\n")
    asked = {**TEXTS, "se_2": "I sing in a choir on most evenings"}
    labels = ",".join(asked.get(name, name) for name in COLUMNS)
    ids = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in COLUMNS)
    (told,) = remarks(workspace, "\n".join([header, labels, ids, *lines]).encode())
    assert "column se_2: the question is worded otherwise than last time" in told
    assert "“I sing in a choir on most evenings”, then “I finish what I start”" in told


# ── said with an import ──────────────────────────────────────────────────────────────────────────

MOVED = [Rename(what="team", old="Harbour", new="Port", until="2025-Q1")]


def test_renamings_and_settings_are_there_with_the_import_or_not_at_all(workspace: Workspace) -> None:
    said = {"renamed": MOVED, "settings": Settings(noun="crew")}
    with pytest.raises(Clashed):
        workspace.add(made.survey("2025-Q1"), who="Ben", **said)  # type: ignore[arg-type]
    assert (workspace.renames(), workspace.settings().noun) == ((), "team")
    workspace.add(made.survey("2025-Q2"), who="Ben", **said)  # type: ignore[arg-type]
    assert (list(workspace.renames()), workspace.settings().noun) == (MOVED, "crew")


def test_what_was_said_with_an_import_is_taken_back_with_it(workspace: Workspace) -> None:
    workspace.rename(MOVED)
    workspace.add(made.survey("2025-Q2"), who="Ben", renamed=MOVED, settings=Settings(noun="crew"))
    workspace.undo(who="Ben", renamed=MOVED, settings=Settings())
    assert list(workspace.renames()) == MOVED  # as it was said before
    assert workspace.settings().noun == "team"


def test_items_that_changed_places_keep_their_answers(workspace: Workspace) -> None:
    before = workspace.records().survey
    assert before is not None
    swapped = [Rename(what="item", old=one, new=other) for one, other in (("ce_1", "ce_2"), ("ce_2", "ce_1"))]
    workspace.rename(in_order_said(swapped))
    after = workspace.records().survey
    assert after is not None
    assert after.instrument.collective.items == ("ce_2", "ce_1", "ce_3")
    assert (after.answers["collective_efficacy"] == before.answers["collective_efficacy"]).all()


# ── on the command line ──────────────────────────────────────────────────────────────────────────


def test_inspect_tells_what_a_workspace_knows_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, version = tmp_path / "again.csv", workspace.version()
    file.write_bytes(without_rows(made.csv("2025-Q1"), "har-0"))
    assert main(["inspect", str(file), "--workspace", str(workspace.folder)]) == 0
    told = capsys.readouterr().out
    assert "survey, can be used, with warnings" in told
    assert "1 person who answered then is no longer there" in told
    assert workspace.version() == version


def test_an_import_tells_what_is_not_comparable_and_keeps_it(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "next.csv"
    file.write_bytes(b"\n".join(line.rpartition(b",")[0] for line in made.csv("2025-Q2").split(b"\n")))
    assert main(["history", "import", str(file), "--workspace", str(workspace.folder)]) == 0
    assert "next.csv: ce_3 is missing and was asked last time" in capsys.readouterr().err
    assert len(workspace.imports()) == 2
