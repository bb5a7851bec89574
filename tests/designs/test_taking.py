"""A design that is taken up is an event like those of a file, in a workspace a part of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import intake
from dashboard.designs import BY_KEY, LIBRARY
from dashboard.designs.library import named
from dashboard.designs.taking import FILE, harmless, row, rows, written
from dashboard.history import Clashed, Records, Workspace
from dashboard.intake import NamedBytes
from dashboard.terms import Events

HOSTILE = ("![x](https://h/p.png)", "<b>Atlas</b>", "=cmd|' /C calc'!A0", 'a "quoted", one', "Ümläut & Söhne", "-")
FROM_A_FILE = "team,period,kind,name\nAtlas,2026-Q3,individual_training,Course\nBridge,2026-Q3,disruption,Outage\n"


def events(content: bytes) -> Events:
    return intake.read_events(NamedBytes(FILE, content))


def taken(key: str, team: str = "Atlas", period: str = "2026-Q3", own: str = "") -> Records:
    return Records(events=events(written([row(BY_KEY[key], team, period, own)])))


@pytest.mark.parametrize("design", LIBRARY, ids=lambda design: design.key)
def test_what_is_written_is_read_as_a_shared_mastery_event_of_that_design(design) -> None:  # type: ignore[no-untyped-def]
    found = events(written([row(design, "Atlas", "2026-Q3", "spring, release")])).events.iloc[0]
    assert (found["team"], found["period"], found["kind"]) == ("Atlas", "2026-Q3", "shared_mastery")
    assert named(found["name"]) is design


@pytest.mark.parametrize("team", HOSTILE)
def test_a_team_of_any_name_keeps_it(team: str) -> None:
    content = written([row(BY_KEY["swarm"], team, "wave 4")])
    assert rows(content)[0][1] == team
    assert events(content).events.iloc[0]["team"] == team


def test_a_file_that_leaves_the_app_holds_no_formula() -> None:
    assert harmless(row(BY_KEY["swarm"], "=1+1", "2026-Q3"))[1] == "'=1+1"


def in_use(workspace: Workspace) -> list[str]:
    found = workspace.records().events
    return [] if found is None else sorted(found.events["name"])


def test_one_taken_up_stands_beside_the_events_of_files_and_is_undone_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.add(Records(events=events(FROM_A_FILE.encode())), who="Ada")
    first = workspace.add(taken("swarm"), who="Ben")
    workspace.add(taken("review"), who="Ben")
    assert in_use(workspace) == ["After-action review", "Course", "Everyone on one hard problem", "Outage"]
    workspace.undo(first.number, who="Ben")
    assert in_use(workspace) == ["After-action review", "Course", "Outage"]


def test_the_very_same_one_twice_is_asked_about(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.add(taken("swarm"), who="Ben")
    with pytest.raises(Clashed):
        workspace.add(taken("swarm"), who="Ada")
    workspace.add(taken("swarm", team="Bridge"), who="Ada")
    assert len(in_use(workspace)) == 2


def test_a_file_of_the_same_period_brought_later_leaves_it_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.add(taken("swarm"), who="Ben")
    workspace.add(Records(events=events(FROM_A_FILE.encode())), who="Ada")
    assert in_use(workspace) == ["Course", "Everyone on one hard problem", "Outage"]


def test_erasing_its_period_erases_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.add(taken("swarm", period="2026-Q4"), who="Ben")
    workspace.add(taken("swarm"), who="Ben")
    workspace.erase_period("2026-Q4")
    assert list(workspace.records().events.events["period"]) == ["2026-Q3"]  # type: ignore[union-attr]
