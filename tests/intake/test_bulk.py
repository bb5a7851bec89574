"""The fast way and the careful way end in the same survey, or the fast way stands back."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.intake import bulk, read_survey
from dashboard.terms import Survey
from tests.intake.made import HEADER, rows, text


@pytest.fixture(autouse=True)
def small_files_are_read_fast_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FROM", 0)


def carefully(content: bytes) -> Survey:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bulk, "FROM", len(content) + 1)
        return read_survey(content)


def assert_same(one: Survey, other: Survey) -> None:
    assert (one.instrument, one.teams, one.periods, one.problems) == (
        other.instrument, other.teams, other.periods, other.problems,
    )  # fmt: skip
    assert one.respondents.tolist() == other.respondents.tolist()
    for codes in ("team", "period", "respondent"):
        np.testing.assert_array_equal(getattr(one, codes), getattr(other, codes))
        assert getattr(one, codes).dtype == np.int32
    for scale in one.answers:
        np.testing.assert_array_equal(one.answers[scale], other.answers[scale])
        assert one.answers[scale].dtype == other.answers[scale].dtype
    pd.testing.assert_frame_equal(one.segments, other.segments)


MANY = rows(teams=6, members=9)


def test_a_well_formed_file_is_read_fast() -> None:
    content = text(MANY).encode()
    assert bulk.read(content, None) is not None
    assert_same(read_survey(content), carefully(content))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    delimiter=st.sampled_from(",;\t|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    quoted=st.sampled_from(["none", "texts", "all"]),
    names=st.lists(st.sampled_from(["Zoë", "Alpha", " Beta", "Q&A (3)", "Ärzte \"A\"", "x, y; z"]),
                   min_size=6, max_size=6),
    order=st.randoms(use_true_random=False),
    missing=st.integers(0, 30),
    ids=st.sampled_from(["p0", "person-", "é", ""]),
)  # fmt: skip
def test_both_ways_agree_however_a_file_is_written(
    delimiter: str, newline: str, encoding: str, quoted: str, names: list[str], order: object, missing: int, ids: str
) -> None:
    made = [[ids + row[0][1:], names[int(row[1][-1]) - 1], *row[2:]] for row in MANY]
    for place in range(missing):
        made[place][3 + place % 6] = ""
    order.shuffle(made)  # type: ignore[attr-defined]
    content = written([list(HEADER), *made], delimiter, newline, quoted).encode(encoding)
    assert_same(read_survey(content), carefully(content))


def written(records: Sequence[Sequence[str]], delimiter: str, newline: str, quoted: str) -> str:
    def cell(value: str) -> str:
        special = any(sign in value for sign in (delimiter, '"', "\n"))
        if quoted == "all" or special or (quoted == "texts" and not value.isdigit()):
            return '"' + value.replace('"', '""') + '"'
        return value

    return newline.join(delimiter.join(map(cell, record)) for record in records) + newline


ODD = {
    "a blank line": lambda lines: lines.insert(30, ""),
    "a short row": lambda lines: lines.__setitem__(30, lines[30].rsplit(",", 2)[0]),
    "a word among the answers": lambda lines: lines.__setitem__(40, lines[40].rsplit(",", 1)[0] + ",N/A"),
    "a decimal among the answers": lambda lines: lines.__setitem__(40, lines[40].rsplit(",", 1)[0] + ",3.5"),
    "an answer of three digits": lambda lines: lines.__setitem__(40, lines[40].rsplit(",", 1)[0] + ",999"),
    "a hidden character in a name": lambda lines: lines.__setitem__(20, lines[20].replace("Team", "Te\u200bam")),
    "a team in capitals": lambda lines: lines.__setitem__(20, lines[20].replace("Team", "TEAM")),
    "an empty team": lambda lines: lines.__setitem__(20, lines[20].replace("Team", "").replace(" 1", "")),
    "an empty id": lambda lines: lines.__setitem__(20, "," + lines[20].split(",", 1)[1]),
    "a total at the end": lambda lines: lines.append("Total,,,3,3,3,3,3,3"),
    "a header in the midst": lambda lines: lines.insert(50, lines[0]),
    "a stray quote": lambda lines: lines.__setitem__(20, lines[20].replace("Team", 'Te"am')),
    "a quote closed too early": lambda lines: lines.__setitem__(20, '"p' + lines[20][1:].replace(",", '"x,', 1)),
    "a repeated response": lambda lines: lines.append(lines[7]),
    "a contradicting response": lambda lines: lines.append(lines[7][:-1] + str(6 - int(lines[7][-1]))),
    "ids of many lengths": lambda lines: lines.__setitem__(
        slice(1, None), [f"{n}{line[line.index(','):]}" for n, line in enumerate(lines[1:])]
    ),
    "another period": lambda lines: lines.__setitem__(20, lines[20].replace("2026-Q1", "Q1 2026")),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_first_thing_that_does_not_fit_changes_nothing(
    what: str, newline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "SAMPLE", 5)  # so that the oddity stands below what is looked at first
    monkeypatch.setattr("dashboard.intake.reading.SAMPLE", 5)
    lines = text(MANY).splitlines()
    ODD[what](lines)
    content = (newline.join(lines) + newline).encode()
    assert_same(read_survey(content), carefully(content))


def test_an_unclosed_quote_far_down_is_refused_as_carefully() -> None:
    lines = text(MANY).splitlines()
    lines[80] = lines[80].replace("Team", '"Team', 1)
    content = "\n".join(lines).encode()
    assert bulk.read(content, None) is None
