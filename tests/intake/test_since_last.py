"""What changed since a survey was brought the last time: proposed with a reason, decided by the user."""

from dashboard.intake import (
    Remembered,
    SinceLast,
    carried_over,
    inspect,
    read_survey,
    remember,
    renamed_teams,
    since_last,
)
from dashboard.terms import Survey
from tests.intake.made import HEADER, rows, survey, text


def people(found: Survey) -> dict[str, frozenset[str]]:
    return dict(remember(found).people)


BEFORE = remember(read_survey(survey(quarters=["2026-Q1"])))
NEXT = rows(quarters=["2026-Q2"])


def test_the_same_survey_again_has_changed_in_nothing() -> None:
    assert since_last(BEFORE, inspect(text(NEXT).encode())).nothing


def test_an_item_and_a_team_renamed_are_found_and_the_file_is_read_under_the_old_roles() -> None:
    header = tuple("se_3_new" if name == "se_3" else name for name in HEADER)
    made = [[row[0], row[1].replace("Team 2", "Team 2 Nord"), *row[2:]] for row in NEXT]
    content = text(made, header).encode()
    found = since_last(BEFORE, inspect(content))
    assert [(pair.before, pair.now, pair.reason) for pair in found.items_renamed] == [
        ("se_3", "se_3_new", "the names are alike")
    ]
    assert [(pair.before, pair.now) for pair in found.teams_renamed] == [("Team 2", "Team 2 Nord")]
    assert (found.items_added, found.items_gone, found.teams_new, found.teams_gone) == ((), (), (), ())
    again = read_survey(content, instrument=carried_over(BEFORE.instrument, found))
    assert again.instrument.individual.items == ("se_1", "se_2", "se_3_new")


SOLVE, FINISH, PLAN, LEARN = (
    "I can solve hard problems", "I finish what I start", "Our team plans its work well", "We learn fast from mistakes",
)  # fmt: skip


def export(asked: dict[str, str], quarter: str = "2026-Q2") -> bytes:
    """A Qualtrics export of some questions by their columns."""
    places = ("id", "team", "quarter")
    ids = [f'"{{""ImportId"":""{name}""}}"' for name in (*places, *asked)]
    made = [row[: 3 + len(asked)] for row in rows(quarters=[quarter])]
    return text([[*places, *asked.values()], ids, *made], (*places, *asked)).encode()


def after(asked: dict[str, str]) -> SinceLast:
    """What changed since four questions Q1 to Q4 were asked."""
    first = export({"Q1": SOLVE, "Q2": FINISH, "Q3": PLAN, "Q4": LEARN}, "2026-Q1")
    texts = {item.column: item.text for item in inspect(first).items}
    return since_last(remember(read_survey(first), texts), inspect(export(asked)))


def test_a_question_under_another_code_is_the_same_question() -> None:
    renamed = after({"Q1": SOLVE, "Q9": f"{FINISH}.", "Q3": PLAN, "Q4": LEARN}).items_renamed
    assert [(pair.before, pair.now, pair.reason) for pair in renamed] == [("Q2", "Q9", "the question is the same")]


def test_questions_that_were_numbered_anew_are_known_by_what_they_ask() -> None:
    """One question was put in before the others: every old name is there and means something else."""
    found = after({"Q1": "I can use new tools well", "Q2": SOLVE, "Q3": FINISH, "Q4": PLAN, "Q5": LEARN})
    assert [(pair.before, pair.now) for pair in found.items_renamed] == [
        ("Q1", "Q2"), ("Q2", "Q3"), ("Q3", "Q4"), ("Q4", "Q5"),
    ]  # fmt: skip
    assert (found.items_added, found.items_gone, found.items_reworded) == (("Q1",), (), ())


def test_a_question_with_other_words_under_its_old_name_is_said() -> None:
    other = "My boss is a great singer at parties"
    found = after({"Q1": SOLVE, "Q2": other, "Q3": PLAN.upper(), "Q4": f"{LEARN}."})
    assert found.items_reworded == (("Q2", FINISH, other),)  # case and the last sign are no other words
    assert (found.items_added, found.items_gone, found.items_renamed) == ((), (), ())


def test_a_question_without_a_text_is_not_said_to_have_changed() -> None:
    plain = remember(read_survey(survey(quarters=["2026-Q1"])), {"se_1": "I can solve hard problems"})
    assert since_last(plain, inspect(text(NEXT).encode())).nothing


def narrower(share: float) -> SinceLast:
    """What changed after answers of 5 made up some share, and now lie on 1–4."""
    shares = {"individual_efficacy": {1.0: 1 - share, 5.0: share}}
    before = Remembered(instrument=BEFORE.instrument, shares=shares, teams=BEFORE.teams)
    made = [[*row[:3], *(str(min(int(cell), 4)) for cell in row[3:6]), *row[6:]] for row in rows(quarters=["2026-Q2"])]
    return since_last(before, inspect(text(made).encode()))


def test_a_narrower_range_is_said_only_where_it_is_no_chance() -> None:
    # 18 persons: of 60 % none is left by chance once in 15 million times, of 2 % seven times in ten
    assert [(change.scale, change.reason) for change in narrower(0.6).scales_changed] == [
        ("individual_efficacy", "60% of the answers lay beyond that, and none does now")
    ]
    assert narrower(0.02).scales_changed == ()


def test_an_item_more_an_item_less_and_another_scale_are_said() -> None:
    header = (*HEADER[:3], "se_1", "se_2", "mood_9", *HEADER[6:])
    made = [[*row[:6], *(str(int(cell) * 2) for cell in row[6:])] for row in NEXT]
    found = since_last(BEFORE, inspect(text(made, header).encode()))
    assert (found.items_gone, found.items_added) == (("se_3",), ("mood_9",))
    assert [(change.scale, change.before, change.now) for change in found.scales_changed] == [
        ("collective_efficacy", (1, 5), (1, 10))
    ]


def test_persons_who_moved_along_show_a_renamed_team_and_others_show_none() -> None:
    made = [[row[0], row[1].replace("Team 2", "Platform"), *row[2:]] for row in NEXT]
    content = text(made).encode()
    found = since_last(BEFORE, inspect(content), people=people(read_survey(content)))
    assert [pair.reason for pair in found.teams_renamed] == ["6 of its 6 persons answered in Platform"]
    unknown = since_last(BEFORE, inspect(content))
    assert (unknown.teams_renamed, unknown.teams_new, unknown.teams_gone) == ((), ("Platform",), ("Team 2",))


def test_other_persons_under_a_name_alike_are_another_team() -> None:
    assert renamed_teams(
        {"Alpha": 5}, {"Alpha 2": 5, "Alphas": 5},
        before_people={"Alpha": frozenset("abcde")}, now_people={"Alphas": frozenset("vwxyz")},
    ) == ()  # fmt: skip


def test_numbered_teams_are_never_taken_for_one_another() -> None:
    assert renamed_teams({"Team 11": 8, "Team 12": 8}, {"Team 13": 8, "Team 14": 8}) == ()


def test_a_column_that_is_gone_is_said() -> None:
    header = tuple("crew" if name == "team_id" else name for name in HEADER)
    found = since_last(BEFORE, inspect(text(NEXT, header).encode()))
    assert found.columns_gone == ("team_id",)
    assert carried_over(BEFORE.instrument, found).team == ()
