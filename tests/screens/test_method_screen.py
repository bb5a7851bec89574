"""The method screen: figures, gates with what they govern, scales, measured error rates, settings and terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.disclosure import Released
from dashboard.screens import session
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings
from dashboard.wording import GLOSSARY, error_rates, figures_words, method_words, settings_words
from tests.screens import made
from tests.screens.driving import Show, words

FIGURES, CARRIED, SCALES, WRONG, SETTINGS, NOT_SAID, TERMS = method_words.SECTIONS


def tables(at: AppTest) -> list[pd.DataFrame]:
    """Every table on the page as it is read."""
    return [
        table.value.rename(columns=lambda name: name.replace("\\", "")).map(lambda cell: cell.replace("\\", ""))
        for table in at.table
    ]


def with_column(at: AppTest, name: str) -> pd.DataFrame:
    return next(table for table in tables(at) if name in table.columns)


def with_scales() -> Released:
    """The made diagnosis with figures of both scales together and of their items."""
    whole = made.released()
    labels = [period.label for period in made.PERIODS]
    quality = pd.DataFrame(
        {"period": labels, "respondents": 230.0, "htmt": 0.61, "correlation": 0.52, "correlation_between": 0.63,
         "correlation_within": 0.44, "level_gap": -0.1}
    )  # fmt: skip
    items = [
        {"scale": scale, "item": item, "period": label, "mean": 3.4, "offset": 0.1 + drift, "drift": drift,
         "drift_error": 0.05, "item_rest": 0.62}
        for scale in (INDIVIDUAL, COLLECTIVE)
        for item in made.INSTRUMENT.scales[scale].items
        for label in labels
        for drift in [0.31 if item == "ce_2" and label == labels[-1] else 0.02]
    ]  # fmt: skip
    whole = replace(whole, quality=quality, items=pd.DataFrame(items))
    return replace(whole, organization=replace(whole.organization, distinctness=0.58))


def test_every_figure_has_plain_words_a_formula_and_a_source(show: Show) -> None:
    at = show("method")
    figures = [figure for _, group in figures_words.groups(Settings()) for figure in group]
    first = figures_words.groups(Settings())[0][1]
    assert [header.value.replace("\\", "") for header in at.header] == [figure.name for figure in first]
    assert len(at.latex) == len(first)  # the other groups are made when they are opened
    assert all(figure.plain and figure.formula and figure.source for figure in figures)
    names = [figure.name for figure in figures]
    for wanted in ("Percentile of agreement", "Shape of answers", "Collective surplus", "HTMT", "Item drift", "Omega"):
        assert wanted in names
    assert len([name for name in names if name[:1].isdigit()]) == 7  # the seven parts of what goes with performance


def test_the_gates_say_what_they_need_what_was_found_and_what_they_govern(show: Show) -> None:
    shut = Gate(need="surplus", state=GateState.CLOSED, found={"teams": 24.0, "htmt": 0.93}, short=("htmt",))
    whole = made.released()
    at = show(
        "method",
        replace(whole, gates=tuple(shut if gate.need == "surplus" else gate for gate in whole.gates)),
        section=CARRIED,
    )
    gates = with_column(at, "It governs").set_index("Claim")
    assert gates.loc["Verdicts", "These data"] == "● carried"
    row = gates.loc["What goes beyond members’ belief in themselves"]
    assert row["These data"] == "○ not carried"
    assert row["Found"] == "teams 24; HTMT .93"
    assert "HTMT below .85" in row["It needs"]
    assert "the two sets of items measure nearly the same thing" in words(at)


def test_the_scales_are_shown_with_intervals_and_shuffles(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    found = pd.DataFrame({"scale": [INDIVIDUAL, COLLECTIVE], "p": [0.031, np.nan], "shuffles": [1000, 1000]})
    monkeypatch.setattr(session, "by_chance", lambda *_: found)
    scales = with_column(show("method", with_scales(), section=SCALES), "Figure").set_index("Figure")
    assert scales.loc["Alpha", "Individual efficacy"] == ".84 [.80, .87]"  # made so
    assert scales.loc["ICC(1)", "Collective efficacy"] == ".19 [.09, .33]"
    assert scales.loc["Permutation p"].tolist() == [".031 (1,000 shuffles)", "–"]


def test_an_item_that_moved_is_listed_first(show: Show) -> None:
    at = show("method", with_scales(), section=SCALES)
    items = with_column(at, "Item-rest")
    assert items.iloc[0][["Item", "Moved", "Listed"]].tolist() == ["ce_2", "+0.31 [0.21, 0.41]", "moved"]
    assert items["Listed"].tolist().count("moved") == 1
    assert "1 item of 6 moved by more than 0.25 of a point" in words(at).replace("\\", "")


def test_how_the_scales_go_together_is_told_within_and_between(show: Show) -> None:
    at = show("method", with_scales(), section=SCALES)
    assert with_column(at, "HTMT").iloc[0].tolist() == ["2025-Q1", "230", ".61", ".52", ".44", ".63"]
    assert "HTMT over the window is .58: the two scales measure two things" in words(at).replace("\\", "")


def test_a_negative_icc_is_shown_and_said(show: Show) -> None:
    whole = made.released()
    at = show("method", replace(whole, scales=whole.scales.assign(icc1=-0.04, icc1_low=-0.09)), section=SCALES)
    assert "No detectable signal of the team in the individual items" in words(at).replace("\\", "")


def test_error_rates_are_those_of_the_committed_table(show: Show) -> None:
    rules = with_column(show("method", section=WRONG), "Rule").set_index("Rule")
    expected = error_rates.compared(Settings()).set_index("Rule")
    assert rules.equals(expected)
    assert len(rules) == 8  # this method three ways, and five simpler rules


def test_the_rows_nearest_to_this_organisation_stand_beside(show: Show) -> None:
    at = show("method", section=WRONG)
    assert len([table for table in tables(at) if "Rule" in table.columns]) == 2
    assert "Yours: 26 teams" in words(at).replace("\\", "")


def test_what_is_missed_here_is_said(show: Show) -> None:
    text = words(show("method", section=WRONG)).replace("\\", "")
    assert "With at most 10% of flags wrong, 3 teams would be flagged" in text
    assert "of ten real cases about" in text


def test_every_setting_has_its_default_and_what_changing_it_does(show: Show) -> None:
    settings = with_column(show("method", section=SETTINGS), "What changing it does")
    assert len(settings) == len(Settings().describe())
    assert settings["What changing it does"].str.len().min() > 20
    row = settings.set_index("Setting").loc["false flag share"]
    assert row["Here"] == row["Default"] == "0.1 (share)"


def test_no_setting_is_without_its_effect_and_no_effect_without_its_setting() -> None:
    assert set(settings_words.EFFECTS) == {setting.name for setting in Settings().describe()}


def test_the_glossary_has_every_term_that_a_heading_opens(show: Show) -> None:
    assert {"HTMT", "Item drift", "Missed cases", "Collective surplus", "Level gap", "Gate"} <= set(GLOSSARY)
    assert "**Collective surplus" in words(show("method", section=TERMS))


def test_the_method_works_without_data(empty: Show) -> None:
    sections = {name: empty("method", section=name) for name in method_words.SECTIONS}
    assert not any(at.exception for at in sections.values())
    assert sections[FIGURES].latex
    assert all(method_words.NO_DATA in words(sections[name]) for name in (CARRIED, SCALES))
    assert len([table for table in tables(sections[WRONG]) if "Rule" in table.columns]) == 1
    assert len(sections[NOT_SAID].table) == 1
