"""
The data screen with real bytes: what a file was taken for, corrections, problems; nothing entered is ever lost.
"""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from dashboard.intake import ColumnRole, inspect
from dashboard.screens.data import corrected, first_answers
from dashboard.terms import Problem, Severity
from dashboard.wording import data_words
from tests.screens.driving import opened, words

HEADER = "respondent_id,team_id,quarter,se_1,se_2,ce_1,ce_2\n"


def survey(periods: tuple[str, ...] = ("2026-Q1", "2026-Q2"), teams: int = 3, members: int = 6) -> str:
    """A well-formed survey: answers follow from the numbers of team, member and period."""
    rows = [
        f"p{team}-{member},Team {team},{period},{1 + (team + member) % 5},{1 + (team + member + at) % 5},"
        f"{1 + (team + 2 * member) % 5},{1 + (member + at) % 5}"
        for at, period in enumerate(periods)
        for team in range(teams)
        for member in range(members)
    ]
    return HEADER + "\n".join(rows) + "\n"


PERFORMANCE = "team_id,quarter,metric,value\nTeam 0,2026-Q1,deployments,12\nTeam 0,2026-Q2,deployments,14\n"


def dropped(*files: tuple[str, str]) -> AppTest:
    """The data screen after files were dropped on it."""
    at = opened("data")
    for name, content in files:
        at.file_uploader[0].upload(name, content.encode())
    return at.run()


def used(at: AppTest) -> AppTest:
    """After pressing "Use these files"."""
    return at.button(key="use").click().run()


def test_a_dropped_file_gets_a_card_that_says_what_it_is_and_why() -> None:
    text = words(dropped(("pulse.csv", survey()))).replace("\\", "")
    assert "pulse.csv" in text
    assert "Survey, because it has rating questions" in text
    assert "36 rows · 18 people · 3 teams · 2 periods, 2026-Q1 to 2026-Q2 · 4 questions" in text  # 3 × 6 × 2


def test_several_files_at_once_each_have_their_kind() -> None:
    at = dropped(("pulse.csv", survey()), ("kpi.csv", PERFORMANCE))
    kinds = [box.value for box in at.selectbox if box.label == data_words.KIND]
    assert kinds == ["survey", "performance"]


def test_the_same_content_is_kept_once() -> None:
    at = dropped(("a.csv", survey()), ("b.csv", survey()))
    assert len([box for box in at.selectbox if box.label == data_words.KIND]) == 1


def test_nothing_is_in_use_before_the_button_is_pressed() -> None:
    at = dropped(("pulse.csv", survey()))
    assert "brought" not in at.session_state


def test_using_the_files_opens_the_overview() -> None:
    at = used(dropped(("pulse.csv", survey()), ("kpi.csv", PERFORMANCE)))
    assert not at.exception
    assert "brought" in at.session_state
    assert at.session_state["brought"].names == ("pulse.csv", "kpi.csv")
    assert "3 teams" in words(at)


def test_dropped_files_survive_a_visit_to_another_page() -> None:
    at = dropped(("pulse.csv", survey()))
    at.switch_page("method.py").run()
    at.switch_page("data.py").run()
    assert "pulse\\.csv" in words(at)


def test_a_file_can_be_removed() -> None:
    at = dropped(("pulse.csv", survey()))
    next(button for button in at.button if button.label == data_words.REMOVE).click().run()
    assert "pulse" not in words(at)


def without_period(period: str) -> str:
    """The survey of one period that does not name it."""
    lines = survey((period,)).replace("p0-0,Team 0", f"p0-0 {period},Team 0").splitlines()
    return "\n".join(",".join(cell for place, cell in enumerate(line.split(",")) if place != 2) for line in lines)


def periods_of(at: AppTest) -> list[TextInput]:
    """The fields in which files are given their periods, in the order of the cards."""
    return [field for field in at.text_input if field.key and field.key.startswith("period-")]


def test_every_file_without_a_period_is_given_its_own() -> None:
    kpi = "team_id,metric,value\nTeam 0,deployments,12\nTeam 1,deployments,14\n"
    at = dropped(("export.csv", without_period("2026-Q1")), ("kpi.csv", kpi))
    at.file_uploader[0].upload("export.csv", without_period("2026-Q2").encode())  # called the same, as exports are
    at.run()
    for place, period in enumerate(("2026-Q1", "2026-Q2", "2026-Q2")):
        periods_of(at)[place].set_value(period).run()
    at = used(at)
    assert not at.exception
    assert at.session_state["brought"].period == {
        "export.csv": "2026-Q1", "kpi.csv": "2026-Q2", "export (2).csv": "2026-Q2",
    }  # fmt: skip
    assert "3 teams" in words(at)


def test_a_period_that_was_named_stays_while_other_pages_are_visited() -> None:
    at = dropped(("pulse.csv", without_period("2026-Q1")))
    periods_of(at)[0].set_value("2026-Q3").run()
    at.switch_page("method.py").run()
    at.switch_page("data.py").run()
    assert periods_of(at)[0].value == "2026-Q3"


def test_the_period_is_asked_for_where_a_survey_names_none() -> None:
    at = dropped(("pulse.csv", without_period("2026-Q1")))
    assert periods_of(at)[0].label == data_words.PERIOD
    refused = used(at)
    assert data_words.REFUSED in words(refused)
    assert "brought" not in refused.session_state
    periods_of(refused)[0].set_value("2026-Q3").run()
    at = used(refused)
    assert at.session_state["brought"].period == {"pulse.csv": "2026-Q3"}
    assert "One period only" in words(at)


def test_a_file_that_cannot_be_read_says_where_and_what_to_do_and_stays() -> None:
    broken = HEADER + 'p1,"Team 1,2026-Q1,4,4,4,4\n' + "p2,Team 1,2026-Q1,4,4,4,4\n" * 3
    at = dropped(("broken.csv", broken))
    text = words(at).replace("\\", "")
    assert data_words.SEVERITIES[Severity.ERROR] in text
    assert "broken.csv, line 2" in text
    assert not at.exception


def test_after_a_refusal_everything_entered_is_still_there() -> None:
    at = dropped(("pulse.csv", survey()), ("kpi.csv", PERFORMANCE.replace("Team 0", "Nobody")))
    at = used(at)
    text = words(at).replace("\\", "")
    assert data_words.REFUSED in text
    assert "pulse.csv" in text
    assert "kpi.csv" in text
    assert "no team of this file is in the survey" in text.casefold()


BROKEN = ("kpi.csv", 'team_id,quarter,metric,value\n"Team 0,2026-Q1,deployments,12\n')


def test_a_broken_file_beside_a_good_one_is_never_left_out_in_silence() -> None:
    at = used(dropped(("pulse.csv", survey()), BROKEN))
    text = words(at).replace("\\", "")
    assert "brought" not in at.session_state
    assert data_words.REFUSED in text
    assert "kpi.csv, line 2" in text


def test_a_broken_file_can_be_set_aside() -> None:
    at = dropped(("pulse.csv", survey()), BROKEN)
    next(box for box in at.selectbox if box.value != "survey").select("performance").run()
    next(box for box in at.selectbox if box.value == "performance").select("unknown").run()
    assert used(at).session_state["brought"].names == ("pulse.csv",)


def test_the_other_files_can_be_used_without_the_broken_one() -> None:
    at = used(dropped(("pulse.csv", survey()), BROKEN))
    assert "kpi.csv" in words(at).replace("\\", "")
    at = at.button(key="use-others").click().run()
    assert at.session_state["brought"].names == ("pulse.csv",)


def test_of_many_files_with_a_choice_only_the_first_is_open() -> None:
    odd = survey().replace("se_1", "q1").replace("se_2", "q2").replace("ce_1", "q3").replace("ce_2", "q4")
    at = dropped(*((f"pulse-{at}.csv", odd.replace("2026-Q1", f"202{at}-Q1")) for at in (3, 4, 5)))
    tables = [box.proto.expanded for box in at.expander if box.label == data_words.ROLES]
    assert tables == [True, False, False]


def test_a_remedy_names_the_fields_of_the_screen_and_no_option_of_the_command_line() -> None:
    problem = Problem(
        file="s.csv", found="no period column was found", remedy="Name the period with --period",
        severity=Severity.CHOICE,
    )  # fmt: skip
    (group,) = data_words.grouped([problem])
    assert "--period" not in group.remedy
    assert data_words.PERIOD in group.remedy


def test_without_a_survey_there_is_nothing_to_use() -> None:
    at = used(dropped(("kpi.csv", PERFORMANCE)))
    assert at.info[0].value == data_words.SURVEY_MISSING
    assert "brought" not in at.session_state


def test_personal_columns_are_shown_as_dropped() -> None:
    lines = survey().splitlines()
    with_mail = [f"{lines[0]},email", *(f"{line},person{n}@example.org" for n, line in enumerate(lines[1:]))]
    at = dropped(("pulse.csv", "\n".join(with_mail)))
    assert "Dropped: email." in words(at).replace("\\", "")
    assert not any("example.org" in str(frame.value) for frame in at.dataframe)


def test_first_answers_stand_beside_each_column_but_for_ids_and_personal_data() -> None:
    lines = survey().splitlines()
    with_mail = [f"{lines[0]},email", *(f"{line},person{n}@example.org" for n, line in enumerate(lines[1:]))]
    inspection = inspect("\n".join(with_mail).encode())
    columns = [role.column for role in inspection.roles]
    found = dict(zip(columns, first_answers(inspection, columns), strict=True))
    assert found["team_id"] == "Team 0"
    assert found["se_1"] == "1 · 2 · 3 · 4 · 5"  # (team + member) % 5 + 1 of the first five members
    assert (found["email"], found["respondent_id"]) == ("", "")


def test_a_hostile_file_name_is_letters_only() -> None:
    at = dropped(("![x](https---example.org).csv", survey()))
    assert "![x]" not in words(at)


def test_hostile_teams_are_letters_only_on_the_way_in_and_out() -> None:
    content = survey().replace("Team 1", "<img src=x onerror=alert(1)>").replace("Team 2", ":red[x] $x$")
    at = used(dropped(("pulse.csv", content)))
    assert not at.exception
    assert "<img" not in words(at)
    assert ":red[x]" not in words(at)


def test_a_corrected_kind_is_kept() -> None:
    at = dropped(("kpi.csv", PERFORMANCE))
    box = next(box for box in at.selectbox if box.label == data_words.KIND)
    box.select("unknown").run()
    assert next(box for box in at.selectbox if box.label == data_words.KIND).value == "unknown"


def test_what_a_group_is_called_and_the_smallest_group_are_settings() -> None:
    at = dropped(("pulse.csv", survey(members=4)))
    at.text_input(key="noun").set_value("classroom").run()
    at.number_input(key="minimum").set_value(3).run()
    at = used(at)
    assert at.session_state["brought"].settings.minimum_group == 3
    assert "classroom" in at.title[0].value


def test_an_instrument_among_the_files_decides_the_columns() -> None:
    instrument = (
        'team = "team_id"\nperiod = "quarter"\n'
        '[scales.individual_efficacy]\nitems = ["se_1"]\nminimum = 1\nmaximum = 7\n'
        '[scales.collective_efficacy]\nitems = ["ce_1"]\nminimum = 1\nmaximum = 7\n'
    )
    at = used(dropped(("pulse.csv", survey()), ("instrument.toml", instrument)))
    brought = at.session_state["brought"]
    assert brought.instrument is not None
    assert brought.instrument.individual.items == ("se_1",)
    assert brought.instrument.individual.bounds == (1, 7)


@pytest.fixture
def roles() -> tuple[ColumnRole, ...]:
    return (
        ColumnRole(column="squad", role="team", reason="its name says team or unit"),
        ColumnRole(column="Q1", role="item", scale=None, reason="it holds ratings; its scale is to be chosen"),
        ColumnRole(column="Q2", role="ignored"),
    )


def edited(roles: tuple[ColumnRole, ...], **changed: dict[int, object]) -> pd.DataFrame:
    table = pd.DataFrame({name: [getattr(role, name) for role in roles] for name in data_words.ROLE_NAMES})
    for name, values in changed.items():
        table[name] = table[name].astype(object)
        for row, value in values.items():
            table.loc[row, name] = value
    return table


def test_a_role_table_left_as_it_is_changes_nothing(roles: tuple[ColumnRole, ...]) -> None:
    assert corrected(edited(roles), roles) == roles


def test_a_column_that_is_given_a_scale_is_an_item(roles: tuple[ColumnRole, ...]) -> None:
    found = corrected(edited(roles, scale={1: "individual_efficacy", 2: "collective_efficacy"}), roles)
    assert [(role.role, role.scale) for role in found[1:]] == [
        ("item", "individual_efficacy"),
        ("item", "collective_efficacy"),
    ]
    assert found[2].reason == data_words.CHOSEN
    assert found[0] == roles[0]


def test_a_column_that_is_no_item_any_more_has_no_scale(roles: tuple[ColumnRole, ...]) -> None:
    chosen = corrected(edited(roles, scale={1: "individual_efficacy"}), roles)
    found = corrected(edited(chosen, role={1: "ignored"}), chosen)
    assert (found[1].role, found[1].scale) == ("ignored", None)


def test_problems_that_differ_in_figures_and_names_only_stand_together() -> None:
    def problem(line: int, answer: int) -> Problem:
        return Problem(
            file="s.csv", line=line, column="se_1", found=f"the answer {answer} lies outside 1–5",
            remedy="Correct it", severity=Severity.WARNING,
        )  # fmt: skip

    error = Problem(file="s.csv", found="it is empty", remedy="Export it again", severity=Severity.ERROR)
    groups = data_words.grouped([problem(3, 9), problem(8, 7), error])
    assert [len(group.places) for group in groups] == [1, 2]  # the gravest first
    assert data_words.places(groups[1]) == "s.csv, line 3, column se_1; s.csv, line 8, column se_1"
