"""
The app on a workspace: what is kept and said, what a colleague sees, what changed since last time, and the way back.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import intake
from dashboard.__main__ import main
from dashboard.history import Records, Workspace
from dashboard.screens import kept
from dashboard.screens.data import preview
from dashboard.wording import app_words, workspace_words
from tests.screens.driving import opened, words
from tests.screens.test_data_screen import PERFORMANCE, dropped, survey, used

FIRST, SECOND, THIRD = "2026-Q1", "2026-Q2", "2026-Q3"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the workspace that the app is started on."""
    place = tmp_path / "workspace"
    monkeypatch.setenv(kept.VARIABLE, str(place))
    return place


def brought(folder: Path, *periods: str, content: str = "", who: str = "Ada") -> Workspace:
    """The workspace after a survey was brought into it, as if by somebody else."""
    workspace = Workspace(folder)
    text = content or survey(periods)
    found = intake.read_survey(intake.NamedBytes("earlier.csv", text.encode()))
    columns = tuple(text.splitlines()[0].split(","))
    workspace.add(Records(survey=found), who=who, remember={columns: found.instrument})
    return workspace


def said(at: AppTest) -> str:
    """What is written on the page, as it is read."""
    told = "\n".join(str(one.value) for one in at.success)
    return f"{words(at)}\n{told}".replace("\\", "")


def questions(at: AppTest) -> list[str]:
    return [one.label.replace("\\", "") for one in at.radio if one.key and one.key.startswith("renamed")]


def answered(at: AppTest, answer: str) -> AppTest:
    """After every question since last time got this answer."""
    for one in at.radio:
        if one.key and one.key.startswith("renamed"):
            one.set_value(answer)
    return at.run()


# ── 1: the last state, and each other's imports ──────────────────────────────────────────────────


def test_the_app_opens_on_what_the_workspace_keeps(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = opened("overview")
    assert not at.exception
    assert "3 teams" in words(at)  # of the survey that was brought before the app was opened
    assert "brought" not in at.session_state


def test_an_empty_workspace_says_that_nothing_is_kept_yet(folder: Path) -> None:
    assert workspace_words.NOTHING_KEPT in words(opened("overview"))


def test_what_a_colleague_brings_shows_at_the_next_click(folder: Path) -> None:
    workspace = brought(folder, FIRST, SECOND)
    mine = opened("data")
    assert "2026-Q1 to 2026-Q2, brought last by Ada" in said(mine)
    later = intake.read_survey(intake.NamedBytes("later.csv", survey((THIRD,)).encode()))
    workspace.add(Records(survey=later), who="Ben")
    assert "2026-Q1 to 2026-Q3, brought last by Ben" in said(mine.run())


def test_two_who_bring_at_the_same_time_lose_nothing(folder: Path) -> None:
    mine, theirs = (dropped((f"{period}.csv", survey((period,)))) for period in (FIRST, SECOND))
    used(mine)
    used(theirs)
    kept_now = Workspace(folder).records().survey
    assert kept_now is not None
    assert [period.label for period in kept_now.periods] == [FIRST, SECOND]


def test_what_is_dropped_and_not_used_yet_is_seen_by_nobody_else(folder: Path) -> None:
    brought(folder, FIRST)
    version = Workspace(folder).version()
    dropped(("secret.csv", survey((SECOND,)).replace("Team 1", "Skunkworks")))
    theirs = opened("data")
    assert Workspace(folder).version() == version
    assert "Skunkworks" not in said(theirs)
    assert "secret.csv" not in said(theirs)


def test_the_example_can_be_left_for_the_workspace(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = opened("data", data="example")
    at = at.button(key="back-to-workspace").click().run()
    assert "brought last by Ada" in said(at)
    assert "data" not in at.query_params


def test_the_command_line_refuses_a_folder_that_is_no_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "workspace.sqlite").write_bytes(NO_DATABASE)
    assert main(["--no-browser", "--workspace", str(tmp_path)]) == 2
    assert "is no workspace of this dashboard" in capsys.readouterr().err


# ── 2: keeping ───────────────────────────────────────────────────────────────────────────────────


def test_what_will_be_kept_is_said_and_only_that_is_kept(folder: Path) -> None:
    lines = survey().splitlines()
    mails = [f"{lines[0]},email", *(f"{line},person{n}@example.org" for n, line in enumerate(lines[1:]))]
    at = dropped(("pulse.csv", "\n".join(mails)))
    assert "pseudonyms" in said(at)
    assert not (folder / "workspace.sqlite").is_file() or not Workspace(folder).imports()
    at.text_input(key="who").set_value("Grace").run()
    at = used(at)
    assert not at.exception
    assert "3 teams" in words(at)
    (one,) = Workspace(folder).imports()
    assert (one.who, [file.name for file in one.files]) == ("Grace", ["pulse.csv"])
    found = Workspace(folder).records().survey
    assert found is not None
    assert len(found.respondents) == 18  # 3 teams × 6 members, by names of 32 hexadecimal digits
    assert {len(name) for name in found.respondents} == {32}
    assert all(b"example.org" not in path.read_bytes() for path in folder.iterdir())


def test_several_files_are_one_import(folder: Path) -> None:
    used(dropped(("pulse.csv", survey()), ("kpi.csv", PERFORMANCE)))
    (one,) = Workspace(folder).imports()
    assert [(upload.kind, upload.rows) for upload in one.uploads] == [("survey", 36), ("performance", 2)]


def test_the_same_quarter_again_is_asked_and_can_be_cancelled(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = used(dropped(("again.csv", survey((SECOND,), teams=2))))
    assert workspace_words.TWICE in said(at)
    assert "Survey of 2026-Q2 was brought by Ada" in said(at)
    assert "Not in the new file: Team 2" in said(at)
    at = at.button(key="cancel").click().run()
    assert workspace_words.TWICE not in said(at)
    assert "again.csv" in said(at)
    assert len(Workspace(folder).imports()) == 1


def test_the_same_quarter_again_is_replaced_when_the_person_says_so(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = used(dropped(("again.csv", survey((SECOND,), teams=2))))
    at = at.button(key="replace").click().run()
    assert not at.exception
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.responses == 18 + 12  # three teams of six in the first quarter, two of them in the second


def test_the_same_quarter_again_is_told_as_soon_as_it_is_dropped(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    lines = survey((SECOND,)).splitlines()
    at = dropped(("again.csv", "\n".join(line for line in lines if not line.startswith("p1-3,")) + "\n"))
    text = said(at)
    assert "Survey of 2026-Q2 was brought before, in earlier.csv" in text
    assert "1 person who answered then is no longer there" in text
    assert "Replace it or cancel, as you are asked after “Use these files”" in text
    assert "p1-3" not in text
    at = used(at)
    assert "1 person who answered then is no longer there" in said(at).split(workspace_words.TWICE)[1]
    assert len(Workspace(folder).imports()) == 1


def test_a_quarter_with_fewer_questions_is_told_with_the_remedy_and_can_be_kept(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", "\n".join(line.rpartition(",")[0] for line in survey((SECOND,)).splitlines())))
    text = said(at)
    assert "Ce_2 is missing and was asked last time" in text
    assert "The score is not comparable with last quarter" in text
    used(at)
    found = Workspace(folder).records().survey
    assert found is not None
    assert [period.label for period in found.periods] == [FIRST, SECOND]


def test_performance_alone_can_follow_a_survey_that_is_kept(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    used(dropped(("kpi.csv", PERFORMANCE)))
    assert Workspace(folder).records().performance is not None


def test_what_does_not_fit_what_is_kept_is_taken_back(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = used(dropped(("kpi.csv", PERFORMANCE.replace("Team 0", "Nobody"))))
    assert "no team of this file is in the survey" in said(at).casefold()
    assert "kpi.csv" in said(at)
    assert Workspace(folder).records().performance is None


def test_settings_that_came_with_files_that_do_not_fit_are_taken_back_with_them(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = dropped(("kpi.csv", PERFORMANCE.replace("Team 0", "Nobody")))
    at.text_input(key="noun").set_value("classroom").run()
    used(at)
    assert Workspace(folder).settings().noun == "team"


def test_settings_are_kept_with_the_workspace(folder: Path) -> None:
    at = dropped(("pulse.csv", survey()))
    at.text_input(key="noun").set_value("classroom").run()
    used(at)
    assert Workspace(folder).settings().noun == "classroom"
    assert "classroom" in opened("overview").title[0].value


# ── 3: next quarter ──────────────────────────────────────────────────────────────────────────────

ODD = {"se_1": "q1", "se_2": "q2", "ce_1": "q3", "ce_2": "q4"}


def odd(periods: tuple[str, ...]) -> str:
    """A survey whose questions nobody can tell apart by their names."""
    text = survey(periods)
    for name, plain in ODD.items():
        text = text.replace(name, plain)
    return text


def test_next_quarter_is_read_as_it_was_confirmed(folder: Path) -> None:
    instrument = (
        'team = "team_id"\nperiod = "quarter"\nrespondent = "respondent_id"\n'
        '[scales.individual_efficacy]\nitems = ["q1", "q2"]\n[scales.collective_efficacy]\nitems = ["q3", "q4"]\n'
    )
    used(dropped(("pulse.csv", odd((FIRST,))), ("instrument.toml", instrument)))
    at = dropped(("next.csv", odd((SECOND,))))
    assert "Columns as they were confirmed on" in said(at)
    assert workspace_words.SAME.format(noun="team") in said(at)
    used(at)  # one drop, one click
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.instrument.individual.items == ("q1", "q2")
    assert [period.label for period in found.periods] == [FIRST, SECOND]


def test_a_team_renamed_is_asked_and_goes_on_under_its_new_name(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", survey((SECOND,)).replace("Team 1", "Harbour")))
    assert questions(at) == ["Is it the same team under a new name?"]
    assert "6 of its 6 persons answered in Harbour" in said(at)  # by their pseudonyms: the names are not alike
    at = used(at)
    assert workspace_words.SINCE in said(at)
    assert "not said yet" in said(at)
    assert len(Workspace(folder).imports()) == 1
    used(answered(at, workspace_words.YES))
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.teams == ("Harbour", "Team 0", "Team 2")


def test_a_team_that_is_another_one_stays_apart(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", survey((SECOND,)).replace("Team 1", "Harbour")))
    used(answered(at, workspace_words.NO))
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.teams == ("Harbour", "Team 0", "Team 1", "Team 2")


def test_a_question_renamed_is_asked_and_goes_on_under_its_new_name(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", survey((SECOND,)).replace("ce_2", "ce_2b")))
    assert questions(at) == ["Is it the same question under a new name?"]
    assert "“ce_2” is not in the new file, and “ce_2b” is new" in said(at)
    used(answered(at, workspace_words.YES))
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.instrument.collective.items == ("ce_1", "ce_2b")


def asked(periods: tuple[str, ...], columns: dict[str, str]) -> str:
    """The survey as a Qualtrics export: each item under a column of its own, with its question."""
    header, *rows = survey(periods).splitlines()
    names = [*header.split(",")[:3], *columns]
    ids = [f'"{{""ImportId"":""{name}""}}"' for name in names]
    return "\n".join([",".join(names), ",".join([*names[:3], *columns.values()]), ",".join(ids), *rows]) + "\n"


SOLVE, FINISH = "I can solve hard problems at work", "I finish the work that I start"
PLAN, LEARN = "Our team plans its work well together", "Our team learns fast from its mistakes"


def test_a_question_under_a_wholly_new_column_is_asked_as_the_same_question(folder: Path) -> None:
    used(dropped(("pulse.csv", asked((FIRST,), {"Q1": SOLVE, "Q2": FINISH, "Q3": PLAN, "Q4": LEARN}))))
    at = dropped(("next.csv", asked((SECOND,), {"Q1": SOLVE, "Q2": FINISH, "Q3": PLAN, "pulse_17x": f"{LEARN}."})))
    assert questions(at) == ["Is it the same question under a new name?"]
    assert "“Q4” is not in the new file, and “pulse_17x” is new: the question is the same" in said(at)
    used(answered(at, workspace_words.YES))
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.instrument.collective.items == ("Q3", "pulse_17x")


def test_another_question_under_an_old_name_is_said_to_have_changed(folder: Path) -> None:
    used(dropped(("pulse.csv", asked((FIRST,), {"Q1": SOLVE, "Q2": FINISH, "Q3": PLAN, "Q4": LEARN}))))
    other = "Our team sings a song every Friday"
    at = dropped(("next.csv", asked((SECOND,), {"Q1": SOLVE, "Q2": FINISH, "Q3": PLAN, "Q4": other})))
    assert f"Asked in other words under the same name, Q4: “{other}”, last time “{LEARN}”" in said(at)
    assert "its scores are not comparable with last quarter" in said(at)


def test_a_scale_that_changed_is_said_plainly(folder: Path) -> None:
    brought(folder, FIRST)
    header, *rows = survey((SECOND,)).splitlines()
    cells = [row.split(",") for row in rows]
    wider = [",".join([*row[:3], str(int(row[3]) + 2), *row[4:]]) for row in cells]  # se_1 on 3–7, se_2 on 1–5
    at = dropped(("next.csv", "\n".join([header, *wider])))
    assert "Answers of individual efficacy lie on 1–7, last time on 1–5" in said(at)


def test_new_and_absent_teams_are_said_plainly(folder: Path) -> None:
    brought(folder, FIRST)
    text = survey((SECOND,), teams=4).replace("Team 0", "Quarry")
    at = dropped(("next.csv", "\n".join(line for line in text.splitlines() if not line.startswith("p0")) + "\n"))
    assert "New since last time (1 team): “Team 3”" in said(at)
    assert "Not in this file (1 team): “Team 0”" in said(at)


# ── 4: history ───────────────────────────────────────────────────────────────────────────────────


def test_the_history_says_what_was_brought_by_whom_for_which_periods(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    text = said(opened("data"))
    assert "UTC, Ada" in text
    assert "Survey, 2026-Q1 to 2026-Q2, 36 rows from earlier.csv: in use" in text


def test_an_import_can_be_undone_and_used_again(folder: Path) -> None:
    brought(folder, FIRST)
    brought(folder, SECOND, who="Ben")
    at = opened("data").button(key="undo-2").click().run()
    assert workspace_words.UNDONE.format(number=2) in said(at)
    assert Workspace(folder).imports()[1].undone
    at.button(key="undo-2").click().run()
    assert not Workspace(folder).imports()[1].undone


def deleted(at: AppTest, what: str, typed: str) -> AppTest:
    at.radio(key="erase-what").set_value(what).run()
    at.text_input(key="erase-typed").set_value(typed)
    return next(one for one in at.button if one.label == workspace_words.ERASE).click().run()


def test_a_person_is_deleted_by_their_id(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = deleted(opened("data"), workspace_words.PERSON, "p1-3")
    assert "2 rows of 1 table deleted" in said(at)  # one row in each quarter
    found = Workspace(folder).records().survey
    assert found is not None
    assert found.responses == 34


def test_an_id_that_nobody_has_is_told_with_a_remedy(folder: Path) -> None:
    brought(folder, FIRST)
    at = deleted(opened("data"), workspace_words.PERSON, "nobody")
    assert not at.exception
    assert "no row has this id" in said(at).casefold()
    assert "Nothing was changed" in said(at)


def test_a_period_is_deleted(folder: Path) -> None:
    brought(folder, FIRST, SECOND)
    at = deleted(opened("data"), workspace_words.PERIOD, "2026 Q2")
    assert "18 rows of 1 table deleted" in said(at)
    assert "In use: what this workspace keeps, 2026-Q1, " in said(at)


def test_everything_is_deleted_only_when_that_is_typed(folder: Path) -> None:
    brought(folder, FIRST)
    at = deleted(opened("data"), workspace_words.EVERYTHING, "yes")
    assert workspace_words.NOT_CONFIRMED in said(at)
    assert len(Workspace(folder).imports()) == 1
    at = deleted(at, workspace_words.EVERYTHING, workspace_words.CONFIRMATION)
    assert "18 rows of 1 table deleted" in said(at)
    assert Workspace(folder).imports() == ()
    assert workspace_words.NOTHING_KEPT in words(opened("overview"))


def test_a_rename_can_be_taken_back(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", survey((SECOND,)).replace("Team 1", "Harbour")))
    used(answered(at, workspace_words.YES))
    at = opened("data")
    next(one for one in at.button if one.label == workspace_words.TAKE_BACK).click().run()
    assert Workspace(folder).renames() == ()
    at.button(key="undo-2").click().run()
    assert workspace_words.NAMES_STAY not in said(at)


NO_DATABASE = b"this is no database, and it is long enough to be looked at" * 40


def test_a_damaged_workspace_crashes_no_page(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.sqlite").write_bytes(NO_DATABASE)
    at = opened("start")
    for page in ("data", "overview", "contrast", "team", "goes", "method"):
        at.switch_page(f"{page}.py").run()
        assert not at.exception
        text = said(at)
        assert app_words.FAILED not in text
        assert page == "method" or workspace_words.TROUBLE in text
        assert page == "method" or "workspace.sqlite" in text
        assert page == "method" or "Nothing was changed" in text


def test_a_workspace_of_a_newer_version_is_told_with_what_to_do(folder: Path) -> None:
    brought(folder, FIRST)
    with contextlib.closing(sqlite3.connect(folder / "workspace.sqlite")) as database:
        database.execute("PRAGMA user_version = 999")
    at = opened("data")
    assert not at.exception
    assert workspace_words.TROUBLE in said(at)
    assert "newer" in said(at)


def test_when_the_workspace_is_damaged_meanwhile_everything_entered_stays(folder: Path) -> None:
    brought(folder, FIRST)
    at = dropped(("next.csv", survey((SECOND,))))
    for path in folder.glob("workspace.sqlite*"):
        path.write_bytes(NO_DATABASE)
    at = used(at)
    assert not at.exception
    assert "next.csv" in said(at)
    assert "workspace.sqlite" in said(at)


def test_hostile_names_are_letters_only_in_the_history(folder: Path) -> None:
    brought(folder, FIRST, who="<img src=x> ![x](https://example.org/p.png)")
    text = words(opened("data"))
    assert text.count("<img") == text.count("\\<img") == 2  # in use, and in the history
    assert text.count("![x]") == 0


# ── 5 ────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_of_respondents_do_not_show_in_the_preview() -> None:
    found = intake.inspect(intake.NamedBytes("pulse.csv", survey().encode()))
    assert "respondent_id" in found.preview.columns
    assert list(preview(found).columns) == ["team_id", "quarter", "se_1", "se_2", "ce_1", "ce_2"]
