"""What presenters changed in the storyline is kept with the workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.history import Rename, Workspace
from dashboard.storyline import Edits
from tests.history import made

EDITS = Edits(
    titles={"map": "Harbour asked us to wait"},
    order=("headline", "team:Harbour", "team:Gone", "map"),
    hidden=frozenset({"method", "team:Gone"}),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = Workspace(tmp_path / "w")
    found.add(made.survey("2025-Q1", "2025-Q2"), who="Ada")
    return found


def test_edits_come_back_for_whoever_opens_the_workspace_with_when_they_were_made(workspace: Workspace) -> None:
    assert workspace.story() is None
    before = datetime.now(UTC).isoformat(timespec="seconds")
    workspace.keep_story(EDITS.to_json())
    found = Workspace(workspace.folder).story()
    assert found is not None
    assert Edits.from_json(found.edits) == EDITS
    assert found.at >= before


def test_the_last_who_writes_decides_and_edits_can_be_taken_back(workspace: Workspace) -> None:
    other = Workspace(workspace.folder)
    workspace.keep_story(EDITS.to_json())
    other.keep_story(Edits().to_json())
    assert workspace.story().edits == Edits().to_json()  # type: ignore[union-attr]
    other.keep_story(None)
    assert workspace.story() is None


def test_edits_make_nothing_to_be_worked_out_anew(workspace: Workspace) -> None:
    version = workspace.version()
    workspace.keep_story(EDITS.to_json())
    assert workspace.version() == version
    assert workspace.check() == ()


def test_an_erasure_takes_titles_and_the_names_of_teams_that_are_gone_with_it(workspace: Workspace) -> None:
    workspace.rename([Rename(what="team", old="Meadow", new="Field")])
    more = Edits(order=(*EDITS.order, "team:Field"), hidden=EDITS.hidden, titles=EDITS.titles)
    workspace.keep_story(more.to_json())
    workspace.erase_period("2025-Q1")
    kept = Edits.from_json(workspace.story().edits)  # type: ignore[union-attr]
    assert kept == Edits(order=("headline", "team:Harbour", "map", "team:Field"), hidden=frozenset({"method"}))
    assert b"asked us to wait" not in made.content(workspace.folder)
    workspace.erase_everything()
    assert workspace.story() is None


@pytest.mark.parametrize("text", ['["Harbour"]', "Harbour"])
def test_an_erasure_forgets_edits_that_are_no_edits(workspace: Workspace, text: str) -> None:
    workspace.keep_story(text)
    workspace.erase_period("2025-Q1")
    assert "Harbour" not in workspace.story().edits  # type: ignore[union-attr]


def test_a_backup_has_the_edits_too(workspace: Workspace, tmp_path: Path) -> None:
    workspace.keep_story(EDITS.to_json())
    workspace.backup(tmp_path / "backup.db")
    workspace.keep_story(None)
    workspace.restore(tmp_path / "backup.db")
    assert workspace.story().edits == EDITS.to_json()  # type: ignore[union-attr]
