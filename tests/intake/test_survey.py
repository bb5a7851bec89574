"""Reading surveys: who answered what, when and where."""

import numpy as np
import pytest

from dashboard.intake import NamedBytes, read_instrument, read_survey
from dashboard.terms import InputRefused, Instrument, Scale, Settings, Survey
from tests.intake.made import HEADER, rows, survey, text


def told(found: Survey) -> str:
    return "\n".join(map(str, found.problems))


def refusal(*arguments: object, **how: object) -> str:
    with pytest.raises(InputRefused) as refused:
        read_survey(*arguments, **how)  # type: ignore[arg-type]
    return str(refused.value)


def with_rows(*more: str, of: list[list[str]] | None = None, header: tuple[str, ...] = HEADER) -> bytes:
    return text([*(rows() if of is None else of), *(line.split(",") for line in more)], header).encode()


# ── the well-formed survey ────────────────────────────────────────────────────────────────────────


def test_a_survey_is_read_without_being_told_anything() -> None:
    found = read_survey(survey())
    assert found.teams == ("Team 1", "Team 2", "Team 3")
    assert [str(period) for period in found.periods] == ["2026-Q1", "2026-Q2"]
    assert found.responses == 3 * 6 * 2
    assert len(found.respondents) == 18
    assert found.instrument.individual.items == ("se_1", "se_2", "se_3")
    assert found.instrument.collective.items == ("ce_1", "ce_2", "ce_3")
    assert found.instrument.individual.bounds == (1, 5)
    assert found.problems == ()


def test_answers_stand_where_their_person_period_and_item_say() -> None:
    found = read_survey(survey())
    written = {(row[0], row[2]): [float(cell) for cell in row[3:]] for row in rows()}
    for place in range(found.responses):
        person = str(found.respondents[found.respondent[place]])
        period = str(found.periods[found.period[place]])
        answers = np.concatenate([found.answers[scale][place] for scale in found.answers])
        assert answers.tolist() == written[person, period]


def test_rows_stand_in_order_whatever_the_order_of_the_file() -> None:
    made = rows()
    straight, shuffled = read_survey(text(made).encode()), read_survey(text(made[::-1]).encode())
    assert (straight.period * 100 + straight.team == np.sort(straight.period * 100 + straight.team)).all()
    for scale in straight.answers:
        np.testing.assert_array_equal(straight.answers[scale], shuffled.answers[scale])
    np.testing.assert_array_equal(straight.respondent, shuffled.respondent)


def test_persons_without_an_id_are_ordered_by_their_answers() -> None:
    made = [row[1:] for row in rows()]
    straight, shuffled = (
        read_survey(text(made, HEADER[1:]).encode()),
        read_survey(text(made[::-1], HEADER[1:]).encode()),
    )
    assert not straight.identified
    assert (straight.respondent == -1).all()
    for scale in straight.answers:
        np.testing.assert_array_equal(straight.answers[scale], shuffled.answers[scale])


def test_whole_answers_are_small_floats_in_columns_and_decimals_are_kept() -> None:
    whole = read_survey(survey()).answers["individual_efficacy"]
    assert whole.dtype == np.float32
    assert whole.flags.f_contiguous
    decimal = read_survey(survey().replace(b",4,", b",3.5,")).answers["individual_efficacy"]
    assert decimal.dtype == np.float64
    assert 3.5 in decimal


def test_several_files_become_one_survey() -> None:
    parts = [survey(quarters=[quarter]) for quarter in ("2026-Q2", "2026-Q1")]
    together, one = read_survey(parts), read_survey(survey())
    assert together.responses == one.responses
    for scale in one.answers:
        np.testing.assert_array_equal(together.answers[scale], one.answers[scale])
    assert [file.rows for file in together.files] == [18, 18]


def test_an_item_that_one_quarter_does_not_ask_is_missing_there() -> None:
    less = [[cell for place, cell in enumerate(row) if place != 5] for row in rows(quarters=["2026-Q2"])]
    header = tuple(name for name in HEADER if name != "se_3")
    found = read_survey([survey(quarters=["2026-Q1"]), text(less, header).encode()])
    answers = found.answers["individual_efficacy"]
    assert found.instrument.individual.items == ("se_1", "se_2", "se_3")
    assert np.isnan(answers[found.period == 1, 2]).all()
    assert not np.isnan(answers[found.period == 0]).any()
    assert "se_3" in told(found)


def test_segments_become_categories() -> None:
    made = [[*row, "North" if row[1] == "Team 1" else "South"] for row in rows()]
    found = read_survey(text(made, (*HEADER, "site")).encode())
    assert found.segments["site"].cat.categories.tolist() == ["North", "South"]
    assert (found.segments["site"] == "North").sum() == 12
    assert found.instrument.segments == ("site",)


# ── names and periods ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("names", [("NA", "null", "None"), ("01", "1", "1.0"), ("=1+1", "<b>", "../x")])
def test_team_names_are_text_whatever_they_look_like(names: tuple[str, ...]) -> None:
    made = [[row[0], names[int(row[1][-1]) - 1], *row[2:]] for row in rows()]
    assert read_survey(text(made).encode()).teams == tuple(sorted(names))


def test_spellings_of_a_team_are_merged_into_the_most_frequent_and_said() -> None:
    made = rows()
    made[0][1], made[1][1] = "TEAM 1", "Team  1"
    found = read_survey(text(made).encode())
    assert found.teams == ("Team 1", "Team 2", "Team 3")
    assert '"Team 1" is written in 3 spellings' in told(found)


def test_two_spellings_of_a_period_are_one_period() -> None:
    made = rows()
    for row in made[::2]:
        row[2] = row[2].replace("2026-Q1", "Q1 2026").replace("2026-Q2", "2. Quartal 2026")
    found = read_survey(text(made).encode())
    assert [str(period) for period in found.periods] == ["2026-Q1", "2026-Q2"]
    assert "2 spellings of 2026-Q1" in told(found)


def test_waves_are_ordered_as_people_count() -> None:
    found = read_survey(survey(quarters=["wave 10", "wave 2", "T0_pre"]))
    assert [str(period) for period in found.periods] == ["T0_pre", "wave 2", "wave 10"]


def test_a_file_without_a_period_needs_one_to_be_named() -> None:
    made = [[*row[:2], *row[3:]] for row in rows(quarters=["2026-Q1"])]
    bare = text(made, (*HEADER[:2], *HEADER[3:])).encode()
    assert "no period column was found. Name the period with --period" in refusal(bare)
    assert str(read_survey(bare, period="Q1 2026").periods[0]) == "2026-Q1"


def test_a_year_and_a_quarter_in_two_columns_are_one_period() -> None:
    made = [[row[0], row[1], "2026", row[2][-1], *row[3:]] for row in rows()]
    found = read_survey(text(made, (*HEADER[:2], "Year", "Quarter", *HEADER[3:])).encode())
    assert [str(period) for period in found.periods] == ["2026-Q1", "2026-Q2"]
    assert found.instrument.period == "Year + Quarter"
    again = read_survey(text(made, (*HEADER[:2], "Year", "Quarter", *HEADER[3:])).encode(), instrument=found.instrument)
    assert again.periods == found.periods


@pytest.mark.parametrize("month", ["03", "3", "March", "März"])
def test_a_year_and_a_month_in_two_columns_are_one_period(month: str) -> None:
    made = [[row[0], row[1], "2026", month, *row[3:]] for row in rows(quarters=["2026-Q1"])]
    found = read_survey(text(made, (*HEADER[:2], "Jahr", "Monat", *HEADER[3:])).encode())
    assert [str(period) for period in found.periods] == ["2026-03"]


def test_spellings_of_a_wave_are_one_wave_also_over_files() -> None:
    made = rows(quarters=["Wave 1"])
    made[0][2] = "wave 1"
    found = read_survey([text(made).encode(), survey(quarters=["WAVE_1", "Wave 2"])])
    assert [str(period) for period in found.periods] == ["Wave 1", "Wave 2"]
    assert "3 spellings of Wave 1 (WAVE_1, Wave 1 and wave 1)" in told(found)


def test_waves_that_only_the_alphabet_orders_are_warned_of() -> None:
    assert "nothing says which comes first of the periods autumn and spring" in told(
        read_survey(survey(quarters=["spring", "autumn"]))
    )
    assert "nothing says which comes first of the periods kick-off" in told(
        read_survey(survey(quarters=["kick-off", "2026-Q1"]))
    )
    assert "nothing says" not in told(read_survey(survey(quarters=["pre", "wave 1", "wave 2", "post"])))


def test_each_file_can_have_a_period_of_its_own() -> None:
    header = (*HEADER[:2], *HEADER[3:])
    files = [
        NamedBytes(f"{quarter}.csv", text([[*r[:2], *r[3:]] for r in rows(quarters=[quarter])], header).encode())
        for quarter in ("2026-Q1", "2026-Q2")
    ]
    found = read_survey(files, period={"2026-Q1.csv": "2025-Q4", "2026-Q2.csv": "Q1 2026"})
    assert [str(period) for period in found.periods] == ["2025-Q4", "2026-Q1"]
    assert "no period column was found" in refusal(files, period={"2026-Q1.csv": "2025-Q4"})


def test_a_short_row_whose_cells_moved_to_the_left_is_set_aside() -> None:
    made = [[*row, "fine"] for row in rows(teams=4)]
    made[7] = [made[7][0], made[7][1] + made[7][2], *made[7][3:]]
    found = read_survey(text(made, (*HEADER, "comment")).encode())
    assert (found.responses, len(found.teams), len(found.periods)) == (47, 4, 2)
    assert "line 9: cells of this short row have moved to the left" in told(found)


@pytest.mark.parametrize(
    ("name", "why", "severity"),
    [
        ("T\u0435am 1", "look the same, and one has letters of another script", "warning"),
        ("Téam 1", "differ in an accent only", "choice"),
        ("Team-1", "differ in signs between words only", "choice"),
    ],
)
def test_teams_that_look_alike_are_asked_about_and_never_joined(name: str, why: str, severity: str) -> None:
    made = rows()
    for row in made[:6]:
        row[1] = name
    found = read_survey(text(made).encode())
    assert len(found.teams) == 4
    assert any(why in problem.found and problem.severity == severity for problem in found.problems)


# ── one response per person and period ────────────────────────────────────────────────────────────


def test_a_response_given_twice_counts_once() -> None:
    found = read_survey(with_rows(",".join(rows()[0])))
    assert found.responses == 36
    assert "1 response was left out, as the same person gave them before" in told(found)


def test_two_different_responses_of_a_person_in_a_period_are_both_set_aside() -> None:
    found = read_survey(with_rows("p000,Team 1,2026-Q1,1,1,2,2,3,3"))
    assert found.responses == 35
    assert "rows 2 and 38 are the same respondent twice in one period" in told(found)


def test_a_person_in_two_teams_in_a_period_is_set_aside_too() -> None:
    first = rows()[0]
    found = read_survey(with_rows(",".join([first[0], "Team 2", *first[2:]])))
    assert found.responses == 35


def test_the_latest_response_is_kept_where_the_file_says_when() -> None:
    made = [[*row, "2026-03-01 09:00"] for row in rows()]
    made.append(["p000", "Team 1", "2026-Q1", "1", "1", "2", "2", "3", "3", "2026-03-01 17:30"])
    found = read_survey(text(made, (*HEADER, "submitted_at")).encode())
    assert found.responses == 36
    of_person = (found.respondents[found.respondent] == "p000") & (found.period == 0)
    assert found.answers["individual_efficacy"][of_person].tolist() == [[1, 1, 2]]
    assert "answered again later" in told(found)


def test_previews_and_unfinished_responses_are_left_out() -> None:
    made = [[*row, "Survey Preview" if place == 3 else "IP Address"] for place, row in enumerate(rows())]
    found = read_survey(text(made, (*HEADER, "Status")).encode())
    assert found.responses == 35
    assert "1 preview or test response is among the rows" in told(found)


def test_leaving_out_unfinished_responses_never_empties_a_file() -> None:
    made = [[*row, "False"] for row in rows()]
    assert read_survey(text(made, (*HEADER, "Finished")).encode()).responses == 36


def test_a_team_may_be_called_like_a_total() -> None:
    made = [[str(n), "Total" if row[1] == "Team 1" else row[1], "2026", *row[3:]] for n, row in enumerate(rows())]
    made[0][4] = made[5][4] = ""
    assert read_survey(text(made).encode()).responses == 36


def test_totals_and_footnotes_are_no_responses() -> None:
    found = read_survey(with_rows("Total,,,99,99,99,99,99,99", "Source: HR,,,,,,,,"))
    assert found.responses == 36
    assert "rows 38 and 39 hold totals or footnotes" in told(found)


# ── answers ───────────────────────────────────────────────────────────────────────────────────────


def test_a_slip_off_the_scale_is_missing_and_its_cell_is_named() -> None:
    made = rows(teams=10)
    made[3][4] = "6"
    found = read_survey(text(made).encode())
    assert found.instrument.individual.bounds == (1, 5)
    assert "line 5, column se_2: 6 lies outside 1–5" in told(found)


def test_the_range_is_the_smallest_common_one_over_all_files() -> None:
    wide = survey(quarters=["2026-Q2"]).replace(b",5", b",7")
    assert read_survey(survey(quarters=["2026-Q1"])).instrument.individual.bounds == (1, 5)
    assert read_survey([survey(quarters=["2026-Q1"]), wide]).instrument.individual.bounds == (1, 7)


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"), "English"),
        (("Trifft gar nicht zu", "Trifft eher nicht zu", "Teils/teils", "Trifft eher zu", "Trifft voll zu"), "German"),
        (("nie", "selten", "manchmal", "oft", "immer"), "German"),
        (("Not at all confident", "Slightly confident", "Moderately confident", "Very confident",
          "Extremely confident"), "English"),
        (("Pas du tout d’accord", "Plutôt pas d'accord", "Ni d'accord ni pas d'accord", "Plutôt d'accord",
          "Tout à fait d'accord"), "French"),
        (("jamais", "rarement", "parfois", "souvent", "toujours"), "French"),
        (("Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo",
          "Totalmente de acuerdo"), "Spanish"),
        (("nunca", "rara vez", "a veces", "a menudo", "siempre"), "Spanish"),
    ],
)  # fmt: skip
def test_labels_are_read_as_their_place_on_the_ladder(labels: tuple[str, ...], language: str) -> None:
    made = [[*row[:3], *(labels[int(cell) - 1] for cell in row[3:])] for row in rows()]
    found, numbers = read_survey(text(made).encode()), read_survey(survey())
    for scale in numbers.answers:
        np.testing.assert_array_equal(found.answers[scale], numbers.answers[scale])
    assert found.instrument.individual.bounds == (1, 5), language


def test_percents_are_answers_where_each_row_is_a_persons_and_a_summary_where_not() -> None:
    made = [[*row[:3], *(f"{(int(cell) - 1) * 25}%" for cell in row[3:])] for row in rows()]
    found = read_survey(text(made).encode())
    assert found.instrument.individual.bounds == (0, 100)
    assert found.answers["individual_efficacy"].max() == 100
    summary = text([row[1:] for row in made], HEADER[1:]).encode()
    assert "this is a summary in percent, not a table of responses" in refusal(summary)


def test_an_item_on_another_scale_is_not_averaged_with_the_others() -> None:
    made = rows(teams=6)
    for place, row in enumerate(made):
        row[5] = str(place % 10 + 1)
    found = read_survey(text(made).encode())
    assert found.instrument.individual.items == ("se_1", "se_2")
    assert "column se_3: its answers lie on another scale (1–10)" in told(found)


def test_a_scale_that_changed_between_periods_is_said() -> None:
    before = rows(teams=6, quarters=["2026-Q1"])
    after = [[*row[:3], *(str(2 * int(cell)) for cell in row[3:])] for row in rows(teams=6, quarters=["2026-Q2"])]
    found = read_survey(text([*before, *after]).encode())
    assert "answers of se_1, se_2 and se_3 lie on 1–5 in 2026-Q1 and on 1–10 in 2026-Q2" in told(found)
    assert "lie on" not in told(read_survey(survey(teams=6)))


def test_as_many_items_as_one_likes_can_have_the_same_answer_throughout() -> None:
    header = (*HEADER[:3], *(f"se_{n}" for n in range(150)), *(f"ce_{n}" for n in range(150)))
    made = [[*row[:3], *(["3"] * 300 if place == 0 else row[3:] * 50)] for place, row in enumerate(rows())]
    assert "1 response gave the same answer throughout" in told(read_survey(text(made, header).encode()))


def test_a_questions_words_tell_whom_it_is_about() -> None:
    header = (
        "Participant", "Which team are you in?", "Quarter", "I can work out why a build fails",
        "I am sure of my own judgement", "I finish what I start", "Our team can work out why a build fails",
        "We are sure of our judgement", "My team finishes what it starts",
    )  # fmt: skip
    found = read_survey(text(rows(), header).encode())
    assert found.instrument.individual.items == header[3:6]
    assert found.instrument.collective.items == header[6:]


# ── instruments ───────────────────────────────────────────────────────────────────────────────────

UNITS = b"""
team = ["BTN", "COMPANY"]
period = "TIME"
respondent = "SUBNUM"
[scales.individual_efficacy]
items = ["JSAT"]
minimum = 1
maximum = 5
[scales.collective_efficacy]
items = ["READY"]
minimum = 1
maximum = 5
"""


def unit_rows() -> bytes:
    """A table with two scale scores per person and wave, as of the army study `univbct`; all values made."""
    made = [
        [
            btn,
            company,
            str(1 + (person * 7 + wave) % 5 * 0.666667),
            str(wave),
            str(2.25 + wave / 4),
            f"{btn}{company}{person}",
        ]
        for btn in ("1022", "4")
        for company in ("HHC", "A")
        for person in range(6)
        for wave in range(3)
    ]
    return text(made, ("BTN", "COMPANY", "JSAT", "TIME", "READY", "SUBNUM")).encode()


def test_columns_can_name_a_team_together_and_scores_keep_their_decimals() -> None:
    found = read_survey(unit_rows(), instrument=read_instrument(UNITS))
    assert found.teams == ("1022 A", "1022 HHC", "4 A", "4 HHC")
    assert [str(period) for period in found.periods] == ["0", "1", "2"]
    assert found.answers["collective_efficacy"][:, 0].tolist() == [2.25] * 24 + [2.5] * 24 + [2.75] * 24
    assert found.answers["individual_efficacy"].dtype == np.float64


def test_items_of_any_name_are_read_by_their_instrument() -> None:
    header = ("SUB", "COMPID", "WAVE", *(f"LEAD{n:02d}" for n in (1, 2, 3)), *(f"TSIG{n:02d}" for n in (1, 2, 3)))
    instrument = Instrument(
        team=("COMPID",),
        scales={
            "individual_efficacy": Scale(name="individual_efficacy", items=header[6:], minimum=1, maximum=5),
            "collective_efficacy": Scale(name="collective_efficacy", items=header[3:6], minimum=1, maximum=5),
        },
    )
    found = read_survey(text(rows(quarters=["1"]), header).encode(), instrument=instrument)
    assert found.instrument.collective.items == ("LEAD01", "LEAD02", "LEAD03")
    assert found.instrument.team == ("COMPID",)
    assert found.responses == 18


def test_an_instruments_range_sets_what_is_off_the_scale() -> None:
    scales = {
        name: Scale(name=name, items=tuple(f"{short}_{n}" for n in (1, 2, 3)), minimum=1, maximum=4)
        for name, short in (("individual_efficacy", "se"), ("collective_efficacy", "ce"))
    }
    found = read_survey(survey(), instrument=Instrument(scales=scales))
    fives = sum(row[3:6].count("5") for row in rows())
    assert np.isnan(found.answers["individual_efficacy"]).sum() == fives
    assert "outside 1–4" in told(found)


def test_reversed_items_are_named_by_their_names_and_answers_stay_as_given() -> None:
    header = tuple("se_3_r" if name == "se_3" else name for name in HEADER)
    found = read_survey(text(rows(), header).encode())
    assert found.instrument.individual.reversed == ("se_3_r",)
    np.testing.assert_array_equal(
        found.answers["individual_efficacy"], read_survey(survey()).answers["individual_efficacy"]
    )


def test_an_instrument_that_names_what_is_not_there_is_refused() -> None:
    scales = {"individual_efficacy": Scale(name="individual_efficacy", items=("se_1", "se_9"))}
    assert "the instrument names columns that are not there: se_9" in refusal(
        survey(), instrument=Instrument(scales=scales)
    )


def test_a_broken_instrument_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputRefused, match="scales must be tables"):
        read_instrument(b"scales = 3")


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────


def test_every_problem_of_every_file_is_told_at_once(tmp_path: object) -> None:
    complaint = refusal([NamedBytes("one.csv", b""), NamedBytes("two.csv", b"%PDF-1.7"), "nowhere/three.csv"])
    assert "one.csv: the file is empty" in complaint
    assert "two.csv: the file is a PDF document" in complaint
    assert "three.csv: it cannot be opened" in complaint


def test_a_survey_without_a_team_or_items_is_refused_with_what_to_do() -> None:
    made = [[row[0], *row[2:]] for row in rows()]
    assert "no team column was found among respondent_id" in refusal(text(made, (HEADER[0], *HEADER[2:])).encode())
    no_items = text([row[:3] for row in rows()], HEADER[:3]).encode()
    assert 'no items about the person ("I can …") and none about the team' in refusal(no_items)


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: object) -> None:
    complaint = refusal(survey(), settings=Settings(file_bytes=100))
    assert "at most 0 MB are read" in complaint


@pytest.mark.parametrize("label", ["wave ²", "٣", "9" * 5000])
def test_a_period_may_be_called_anything(label: str) -> None:
    assert [str(period) for period in read_survey(survey(quarters=[label])).periods] == [label]


def test_ranges_that_a_spreadsheet_took_for_dates_are_told_with_the_remedy() -> None:
    header = (*HEADER, "tenure")
    bands = ("5-Jan", "6-10", "Nov-20", "20+")
    made = [[*row, bands[place % 4]] for place, row in enumerate(rows())]
    found = next(p for p in read_survey(text(made, header).encode()).problems if "a day and a month" in p.found)
    assert (found.column, found.line) == ("tenure", 2)
    assert found.found == (
        "18 cells hold a day and a month where a range was probably meant (5-Jan for 1-5 and Nov-20 for 11-20)"
    )
    assert "format the column as text" in found.remedy


def test_days_without_a_year_are_no_ranges_where_nothing_says_so() -> None:
    made = [[*row, f"{place % 28 + 1}-May"] for place, row in enumerate(rows())]
    problems = read_survey(text(made, (*HEADER, "last_meeting")).encode()).problems
    assert not any("a day and a month" in problem.found for problem in problems)
