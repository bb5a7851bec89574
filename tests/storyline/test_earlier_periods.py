"""Figures of an earlier period than the others' say so; the method tells of what is shown; what comes first stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.storyline import Slide, storyline
from dashboard.wording import team_words
from tests.storyline.made import deck, released


def slide(key: str, slides: tuple[Slide, ...]) -> Slide:
    return next(each for each in slides if each.key == key)


def test_how_alike_members_answered_in_an_earlier_period_carries_that_period() -> None:
    whole = released("made")  # to 2026-Q2
    figures = whole.teams.columns.difference(["team_id", "period", "withheld"])
    hidden = (whole.teams["team_id"] == "Bridge") & (whole.teams["period"] == "2026-Q2")
    teams = whole.teams.astype(dict.fromkeys(["respondents", "headcount"], float))
    teams.loc[hidden, figures] = np.nan
    told = slide("alike", storyline(replace(whole, teams=teams)).slides)
    assert told.table is not None
    names = [row[0] for row in told.table.rows]
    assert [name for name in names if name.startswith("Bridge")] == ["Bridge (2026-Q1)"]
    assert [name for name in names if "(" in name] == ["Bridge (2026-Q1)"]
    assert any("Bridge (2026-Q1): Answers about the team differ by" in note for note in told.notes)


def test_a_team_without_any_figures_has_no_period_that_could_be_theirs() -> None:
    whole = released("made")
    figures = whole.teams.columns.difference(["team_id", "period", "withheld"])
    teams = whole.teams.astype(dict.fromkeys(["respondents", "headcount"], float))
    teams.loc[teams["team_id"] == "Bridge", figures] = np.nan
    told = slide("alike", storyline(replace(whole, teams=teams, window=whole.periods[:4])).slides)
    assert told.table is not None
    assert "Bridge" in [row[0] for row in told.table.rows]


def test_what_is_worth_watching_is_explained_where_it_is_shown() -> None:
    def explained(situation: str) -> list[str]:
        table = slide("method", deck(situation).slides).table
        assert table is not None
        return [row[0] for row in table.rows if row[0].startswith(("Worth watching", "Alpha"))]

    assert explained("one period") == ["Alpha and its interval", "Worth watching (one period)"]
    assert explained("closed gates") == ["Alpha and its interval"]  # several periods, and nobody is judged
    assert explained("made") == []


def test_that_it_is_not_for_appraisal_is_said_first() -> None:
    assert slide("sure", deck("made").slides).points == team_words.CANNOT_TELL
    assert team_words.CANNOT_TELL[0] == "Anything about one person. It is not for appraisal."
    assert any("not for appraisal" in note for note in slide("team:Bridge", deck("made").slides).notes)
