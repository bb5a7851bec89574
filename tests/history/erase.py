"""
`python -m tests.history.erase`: planted values, erased, are found in no byte of the workspace's folder.

Twenty values are planted in files: names and ids of persons, personal columns, a comment, teams, segments, items,
names of files, metrics, units, structures, events, the title of the instrument. Searched for as UTF-8 and UTF-16, in
the bytes as they lie and in every table unpacked; a control shows, before the erasure, that the search finds what is
there. As tables are compressed, their own bytes are searched for as well: no window of 24 bytes of an erased table,
nor its mark (PAR1), may be left anywhere.
"""

import contextlib
import sqlite3
import tempfile
from pathlib import Path

from dashboard import intake
from dashboard.history import Records, Rename, Workspace, packing
from tests.history import made

KEPT = {  # what a workspace keeps, of necessity or so that it can be told
    "team": "Zephyrwerft", "renamed": "Quittenhof", "segment": "Xanadustrasse", "period": "Wintersonnenwende",
    "metric": "Yakbutterumsatz", "unit": "Kilojodel", "structure": "Dammgilde", "structure name": "Gilde-der-Biber",
    "event": "Walpurgisflug", "outcome": "Heiterkeitsgewinn", "parent": "Oberbiberamt", "title": "Pulsmessung-Uhu",
    "item": "se_Mondfahrt", "file": "Geheimakte-Ulm.csv", "who": "Brunhilde-Krottenkopf",
}  # fmt: skip
NEVER = {  # what never reaches it
    "id": "pers-7741-quux", "name": "Waltraud Zwirbel", "e-mail": "w.zwirbel@hexenhaus.example",
    "ip": "203.0.113.77", "comment": "Der-Chef-isst-meinen-Joghurt",
}  # fmt: skip
PLANTED = KEPT | NEVER
FOLLOWED = 4  # quarters beside the one with planted values


def brought() -> Records:
    """A survey and everything beside it that hold all planted values."""
    p = PLANTED
    header = f"respondent_id,name,email,ip_address,team,quarter,site,{p['item']},se_2,ce_1,ce_2,comments"
    person = f"{p['id']},{p['name']},{p['e-mail']},{p['ip']},{p['team']},{p['period']},{p['segment']}"
    lines = [header, f"{person},1,2,3,4,{p['comment']}"]
    lines += [
        f"x{n},N N,n{n}@example.org,192.0.2.{n},{p['team']},{p['period']},Nord,{n % 5 + 1},2,{n % 4 + 1},5,gut-schön"
        for n in range(20)
    ]
    instrument = intake.read_instrument(
        f'title = "{p["title"]}"\n[scales.individual_efficacy]\nitems = ["{p["item"]}", "se_2"]\nminimum = 1\n'
        'maximum = 5\n[scales.collective_efficacy]\nitems = ["ce_1", "ce_2"]\nminimum = 1\nmaximum = 5\n'.encode()
    )
    beside = {
        "performance": "team,period,metric,value,unit,respondent_id\n"
        f"{p['team']},{p['period']},{p['metric']},7,{p['unit']},{p['id']}",
        "events": f"team,period,kind,name,outcome\n{p['team']},{p['period']},other,{p['event']},{p['outcome']}",
        "structures": "structure,team,period,health,name\n"
        f"{p['structure']},{p['team']},{p['period']},50,{p['structure name']}",
        "roster": f"team,period,headcount,parent\n{p['team']},{p['period']},23,{p['parent']}",
    }
    named = {kind: intake.NamedBytes(f"{kind}.csv", text.encode()) for kind, text in beside.items()}
    survey = intake.read_survey(intake.NamedBytes(p["file"], "\n".join(lines).encode()), instrument=instrument)
    return Records(survey=survey, **{kind: getattr(intake, f"read_{kind}")(file) for kind, file in named.items()})


def filled(folder: Path) -> Workspace:
    """A workspace that holds the planted values in force, replaced and undone."""
    workspace, records = Workspace(folder), brought()
    survey = records.survey
    assert survey is not None
    workspace.add(records, who=KEPT["who"], remember={(KEPT["item"], "se_2"): survey.instrument})
    workspace.add(records, who=KEPT["who"], replacing=workspace.clashes(records))
    workspace.undo(who=KEPT["who"])
    workspace.rename([Rename(what="team", old=KEPT["team"], new=KEPT["renamed"])])
    for number in range(FOLLOWED):
        workspace.add(made.survey(made.quarter(number)), who="Ada")
    return workspace


def tables(folder: Path) -> list[bytes]:
    """The kept tables as they lie."""
    with contextlib.closing(sqlite3.connect(folder / "workspace.sqlite")) as file:
        return [row[0] for row in file.execute("SELECT content FROM uploads")]


def found(folder: Path) -> list[str]:
    """The planted values that are somewhere: in the bytes of a file, or in a table unpacked."""
    held = made.content(folder)
    unpacked = " ".join(str(packing.from_bytes(table).to_pydict()) for table in tables(folder))
    return [
        what
        for what, text in PLANTED.items()
        if text.encode() in held or text.encode("utf-16-le") in held or text in unpacked
    ]


def remnants(folder: Path, erased: list[bytes], step: int = 8, width: int = 24) -> int:
    """How many windows of tables that were erased are left in the bytes of the folder."""
    held, still = made.content(folder), b"".join(tables(folder))
    windows = {table[at : at + width] for table in erased for at in range(0, len(table) - width, step)}
    return sum(window in held and window not in still for window in windows)


def run(folder: Path) -> list[str]:
    """The whole run in an empty folder; what it found out, a sentence each. Fails where anything is left."""
    workspace = filled(folder)
    control = found(folder)
    assert sorted(control) == sorted(KEPT), set(KEPT) ^ set(control)
    before = f"before: {len(control)} of {len(KEPT)} values that are kept are found, {len(NEVER)} never reach the disk"
    return [before, _respondent(workspace), _period(workspace), _everything(workspace)]


def _respondent(workspace: Workspace) -> str:
    folder = workspace.folder
    before, pseudonym = tables(folder), workspace._key(create=False).of_entered(NEVER["id"]).encode()
    assert pseudonym in made.content(folder)
    workspace.erase_respondent(NEVER["id"])
    changed = [table for table in before if table not in tables(folder)]
    assert len(changed) == 4  # survey and performance, in force and undone
    assert remnants(folder, changed) == 0
    assert pseudonym not in made.content(folder)
    return f"a respondent: {len(changed)} tables written anew; pseudonym in no byte, no remnant of the old tables"


def _period(workspace: Workspace) -> str:
    before = tables(workspace.folder)
    workspace.erase_period(PLANTED["period"])
    survivors = set(found(workspace.folder))
    assert survivors <= {"item", "title"}, survivors  # the remembered instrument: of nobody and no period
    assert remnants(workspace.folder, before) == 0
    return f"a period: {len(PLANTED) - len(survivors)} of {len(PLANTED)} values gone; left: {sorted(survivors)}"


def _everything(workspace: Workspace) -> str:
    folder, before = workspace.folder, tables(workspace.folder)
    workspace.erase_everything()
    held = made.content(folder)
    assert found(folder) == []
    assert remnants(folder, before) == 0
    assert b"PAR1" not in held
    assert [path.name for path in folder.iterdir()] == ["workspace.sqlite"]
    return f"everything: 0 of {len(PLANTED)} values found in {len(held):,} bytes; no table, no remnant, no key"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print("\n".join(run(Path(place) / "workspace")))
