"""
However a survey is written down, the same survey is read; however it is cut, ordered or turned, the same is diagnosed.
"""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import diagnose
from dashboard.intake import NamedBytes, read_survey
from dashboard.reports import tables
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Instrument, Scale, Survey
from tests.intake.made import HEADER, rows
from tests.intake.made import survey as well_formed

NAMES = ("Zoë", "Ops & Co", "x, y; z")
TEXTS = ("Who", "Team", "Quarter", "I can plan my work", "I can solve hard problems", "I finish what I start",
         "We can plan our work", "We can solve hard problems", "We finish what we start")  # fmt: skip
IMPORT = tuple(f'{{"ImportId":"QID{n}"}}' for n in range(len(HEADER)))
INSTRUMENT = Instrument(
    team=("team_id",), period="quarter", respondent="respondent_id",
    scales={
        name: Scale(name=name, items=items, minimum=1, maximum=5)
        for name, items in ((INDIVIDUAL, HEADER[3:6]), (COLLECTIVE, HEADER[6:9]))
    },
)  # fmt: skip
HEADERS = {
    "names": [HEADER],
    "qualtrics": [HEADER, TEXTS, IMPORT],
    "codes over questions": [HEADER, TEXTS],
    "a title above": [("Pulse 2026",), (), HEADER],
}


def made() -> list[list[str]]:
    return [[row[0], NAMES[int(row[1][-1]) - 1], *row[2:]] for row in rows()]


def written(records: Sequence[Sequence[str]], delimiter: str, newline: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(records)  # type: ignore[arg-type]
    return out.getvalue()


def assert_same_answers(one: Survey, other: Survey) -> None:
    assert (one.teams, one.periods) == (other.teams, other.periods)
    assert one.respondents.tolist() == other.respondents.tolist()
    for codes in ("team", "period", "respondent"):
        np.testing.assert_array_equal(getattr(one, codes), getattr(other, codes))
    for scale in (INDIVIDUAL, COLLECTIVE):
        assert one.instrument.scales[scale].bounds == other.instrument.scales[scale].bounds
        np.testing.assert_array_equal(one.answers[scale], other.answers[scale])


PLAIN = read_survey(written([HEADER, *made()], ",", "\n", csv.QUOTE_MINIMAL).encode())


@settings(max_examples=40, deadline=None)
@given(
    delimiter=st.sampled_from(",;\t|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    header=st.sampled_from(sorted(HEADERS)),
    separator=st.booleans(),
    chance=st.randoms(use_true_random=False),
)
def test_the_same_survey_is_read_however_it_is_written(
    delimiter: str, newline: str, encoding: str, quoting: int, header: str, separator: bool, chance: random.Random
) -> None:
    responses = made()
    chance.shuffle(responses)
    text = written([*HEADERS[header], *responses], delimiter, newline, quoting)
    text = f"sep={delimiter}{newline}{text}" if separator else text
    assert_same_answers(read_survey(text.encode(encoding)), PLAIN)


# ── metamorphic: what must not matter to a diagnosis ──────────────────────────────────────────────

TABLES = ("teams.csv", "verdicts.csv", "scales.csv")
BEFORE = ("2026-Q1", "2026-Q2")


def many() -> list[list[str]]:
    """Enough teams and noise for a diagnosis that has figures."""
    chance = np.random.default_rng(11)
    found = []
    for period, quarter in enumerate(BEFORE):
        for team in range(9):
            for member in range(7):
                own = np.clip(chance.normal(3 + 0.4 * period + team % 3 * 0.3, 1, 3).round(), 1, 5)
                shared = np.clip(chance.normal(3 + team % 2 * 0.5, 0.8, 3).round(), 1, 5)
                answers = [str(int(answer)) for answer in (*own, *shared)]
                found.append([f"p{team}{member}", f"Team {team}", quarter, *answers])
    return found


MANY = many()


def content(records: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    return written([header, *records], ",", "\n", csv.QUOTE_MINIMAL).encode()


def diagnosed(*files: bytes, instrument: Instrument | None = INSTRUMENT) -> dict[str, bytes]:
    found = read_survey([NamedBytes("pulse.csv", one) for one in files], instrument=instrument)
    written_tables = tables(diagnose(found))
    return {name: written_tables[name] for name in TABLES}


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return diagnosed(content(MANY))


def test_the_order_of_rows_changes_no_byte_of_a_diagnosis(whole: dict[str, bytes]) -> None:
    assert diagnosed(content(random.Random(5).sample(MANY, len(MANY)))) == whole  # noqa: S311


def test_the_order_of_columns_changes_no_byte_of_a_diagnosis(whole: dict[str, bytes]) -> None:
    order = [8, 3, 1, 6, 0, 5, 4, 2, 7]
    turned = [[row[place] for place in order] for row in MANY]
    assert diagnosed(content(turned, [HEADER[place] for place in order])) == whole


def test_a_survey_split_over_files_is_the_same_survey(whole: dict[str, bytes]) -> None:
    by_quarter = [content([row for row in MANY if row[2] == quarter]) for quarter in BEFORE]
    assert diagnosed(*by_quarter[::-1]) == whole
    assert diagnosed(content(MANY[::2]), content(MANY[1::2])) == whole


def test_other_names_of_teams_change_nothing_but_the_names(whole: dict[str, bytes]) -> None:
    named = {f"Team {n}": f"Crew {n}" for n in range(9)}  # in the same order: draws follow the order of names
    again = diagnosed(content([[row[0], named[row[1]], *row[2:]] for row in MANY]))
    for name in ("teams.csv", "verdicts.csv"):
        assert again[name].replace(b"Crew", b"Team") == whole[name]
    assert again["scales.csv"] == whole["scales.csv"]


def test_a_scale_turned_round_and_said_to_be_is_the_same_scale(whole: dict[str, bytes]) -> None:
    turned = [[*row[:4], str(6 - int(row[4])), *row[5:]] for row in MANY]
    individual = replace(INSTRUMENT.individual, reversed=("se_2",))
    instrument = replace(INSTRUMENT, scales={**INSTRUMENT.scales, INDIVIDUAL: individual})
    again = diagnosed(content(turned), instrument=instrument)
    for name in TABLES:
        one, other = (pd.read_csv(io.BytesIO(found[name])) for found in (again, whole))
        pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-6, atol=1e-9)


def test_an_excel_date_for_a_period_is_its_quarter() -> None:
    dated = well_formed().replace(b"2026-Q1", b"2026-02-11").replace(b"2026-Q2", b"2026-05-02")
    assert_same_answers(read_survey(dated), read_survey(well_formed()))
