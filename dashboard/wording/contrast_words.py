"""
Words of the contrast: both levels beside each other, per team and per unit above the teams.

Plain text; the screen escapes what goes through Markdown, and what charts read is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.gates import gate
from dashboard.disclosure import Withholding
from dashboard.disclosure.released import Released
from dashboard.terms import Settings
from dashboard.wording import escape, gates_words
from dashboard.wording.app_words import named
from dashboard.wording.contrast_view import Level, Measure, Order, drawn
from dashboard.wording.numbers import articled, counted, expected, interval, plural, points, signed
from dashboard.wording.units import in_pomp

LEVEL = "Points of 100"
WITHHELD, WITHHELD_SIGN = "withheld", "×"
ROLL_UP, SORT, MEASURE = "Show", "Order of the rows", "What the cells show"
TABLE, CELLS_TABLE = "These figures as a table", "These cells as a table"
TAKE, TAKE_CELLS = "Take these figures along", "Take these cells along"
HOW_TO_READ = (
    "One line is one {noun}: how sure its members are of their own work, and of what they can do together. {dots} Every "
    "line has the same axis."
)
DRAWN = (
    "Filled dots are means drawn towards all {nouns} as far as few answers make them uncertain; hollow ones are the means "
    "as answered, with their 95% interval."
)
AS_ANSWERED = "Dots are the means as answered, with their 95% interval."
NOT_LEVELS = "The distance between the two dots of a line is no finding of its own."
UNITS_NOTE = (
    "Individual figures are means over people, collective ones are means of the {nouns}’ means, as each {noun} holds one "
    "belief about itself. {Nouns} too small to be shown count in their {parent}; a {parent} is withheld where its figure "
    "would give such a {noun} away. Intervals hold how few answered in each {noun}."
)
NO_UNITS = "No unit above the {nouns} is known. A roster with a column “parent”, or a segment that every {noun} lies in whole, adds one."
STRONGER = "The stronger the colour, the higher; every period and every {noun} has the same scale. {slots}"
SURPLUS_COLOURS = (
    "Green: the {noun} believes more of what it can do together than its members’ belief in themselves predicts. Purple: "
    "less. Pale: as predicted. {slots}"
)
SLOTS = "A grey slot is withheld; a gap means that nobody answered."
SURPLUS = "Collective surplus"
GOVERNED = {"level_gap": "How far the two levels lie apart", "surplus": SURPLUS}


def title(released: Released) -> str:
    """What happened to both levels in the whole organisation, over the window."""
    table = in_pomp(released.organization.by_period, released.instrument).set_index("period")
    since, until = released.window[0].label, released.window[-1].label
    names = gates_words.names(released)
    individual, collective = (
        table[scale].reindex([since, until]).to_numpy(float) for scale in ("individual", "collective")
    )
    if since == until:
        if not np.isfinite([individual[1], collective[1]]).all():
            return f"{names.individual} and {names.within().collective}, side by side"
        return (
            f"In {named(until)} {names.within().individual} stands at {points(individual[1])} points of 100, "
            f"{names.within().collective} at {points(collective[1])}"
        )
    changes = individual[1] - individual[0], collective[1] - collective[0]
    if not np.isfinite(changes).all():
        return f"{names.individual} and {names.within().collective}, side by side"
    inside = names.within()
    first, second = (_moved(change) for change in changes)
    if first.split(" by ")[0] == second.split(" by ")[0]:
        second = second.removeprefix(first.split(" by ")[0]).strip() or second
    return f"From {named(since)} to {named(until)} {inside.individual} {first}, {inside.collective} {second}"


def _moved(change: float) -> str:
    """
    A change of a level in words.

    >>> _moved(8.2), _moved(-1.1), _moved(0.3)
    ('rose by 8 points', 'fell by 1 point', 'hardly moved')
    """
    if abs(change) < 0.5:
        return "hardly moved"
    size = points(abs(change))
    return f"{'rose' if change > 0 else 'fell'} by {size} point{'s' * (size != '1')}"


def levels_note(released: Released) -> str:
    """Both levels of the organisation at both ends of the window, with their intervals."""
    table = in_pomp(released.organization.by_period, released.instrument).set_index("period")
    labels = list(dict.fromkeys([released.window[0].label, released.window[-1].label]))
    names = gates_words.names(released)
    told = []
    for scale, name in (("individual", names.individual), ("collective", names.within().collective)):
        rows = table.reindex(labels)
        levels = " → ".join(_level(row, scale) for _, row in rows.iterrows())
        told.append(f"{name} {levels}")
    noun = released.settings.noun
    means = f"the first a mean over people, the second a mean of {plural(noun)}’ means"
    return f"Whole organisation: {'; '.join(told)}. With 95% intervals; {means}."


def _level(row: pd.Series, scale: str) -> str:
    if not np.isfinite([row[f"{scale}_low"], row[f"{scale}_high"]]).all():
        return points(row[scale])
    return f"{points(row[scale])} {interval(row[f'{scale}_low'], row[f'{scale}_high'])}"


def noun_of(settings: Settings, level: Level) -> str:
    """What one row is."""
    return settings.parent_noun if level is Level.UNITS else settings.noun


def dumbbell_title(rows: pd.DataFrame, released: Released, level: Level) -> str:
    """How far the rows lie apart on both levels, in the latest period of the window."""
    noun, period = noun_of(released.settings, level), named(released.window[-1].label)
    names = gates_words.names(released).within()
    spans = [_span(rows, scale) for scale in ("individual", "collective")]
    shown = int(np.isfinite(rows[["individual", "collective"]].to_numpy(float)).any(axis=1).sum())
    if not shown:
        return f"No {noun} can be shown in {period}"
    who = f"the one {noun} that can be shown" if shown == 1 else f"{counted(shown, noun)}"
    told = [f"{name} {span}" for name, span in zip(names, spans, strict=True) if span]
    return f"In {period}, over {who}: {', '.join(told)} points"


def _span(rows: pd.DataFrame, scale: str) -> str:
    values = drawn(rows, scale)
    values = values[np.isfinite(values)]
    if not values.size:
        return ""
    low, high = points(values.min()), points(values.max())
    return f"{low}" if low == high else f"{low} to {high}"


def dumbbell_alt(rows: pd.DataFrame, released: Released, level: Level, order: Order) -> str:
    """The chart of both levels for those who cannot see it."""
    noun = noun_of(released.settings, level)
    return (
        f"Two dots on one line for each {noun}, in the order of {order_label(order, released).lower()}. "
        f"{dumbbell_title(rows, released, level)}. The table below holds the same figures."
    )


def how_to_read(rows: pd.DataFrame, released: Released, level: Level) -> str:
    """What a line is, and what its dots are."""
    noun = noun_of(released.settings, level)
    shrunken = "individual_shrunken" in rows and np.isfinite(rows["individual_shrunken"].astype(float)).any()
    dots = (DRAWN if shrunken else AS_ANSWERED).format(nouns=plural(noun))
    return HOW_TO_READ.format(noun=noun, dots=dots)


def governed(released: Released, need: str) -> str:
    """Why a claim of this page is not carried, or with caution only, by its name; empty where it is carried."""
    reason = gates_words.why(gate(released, need), released.settings) if released.gates else ""
    claim = GOVERNED[need]
    if reason.startswith("Not shown: "):
        return f"{claim} is not shown: {reason.removeprefix('Not shown: ')}"
    return f"{claim}: {reason[:1].lower()}{reason[1:]}" if reason else ""


def gap_told(rows: pd.DataFrame, released: Released) -> str:
    """How many gaps between the levels lie clear of the organisation's mean gap, and how many would by chance."""
    quality, period = released.quality, released.window[-1].label
    if "gap" not in rows or quality.empty:
        return ""
    bottom, top = released.instrument.individual.bounds
    overall = 100 * quality.set_index("period")["level_gap"].reindex([period]).to_numpy(float)[0] / (top - bottom)
    known = np.isfinite(rows[["gap_low", "gap_high"]].astype(float)).all(axis=1)
    if not np.isfinite(overall) or not known.any():
        return ""
    below, above = int((rows["gap_high"] < overall).sum()), int((rows["gap_low"] > overall).sum())
    noun, total = released.settings.noun, int(known.sum())
    return (
        f"Collective less individual is {signed(overall)} points in the whole organisation. Of {counted(total, noun)}, the 95% "
        f"interval of {below or 'none'} lies wholly below that and of {above or 'none'} wholly above; by chance alone about "
        f"{expected(0.05 * total)} would in all."
    )


def absent(rows: pd.DataFrame, released: Released, level: Level) -> str:
    """How many rows have no figures, and why; empty when all have some."""
    noun = noun_of(released.settings, level)
    withheld = int(is_withheld(rows["withheld"]).sum())
    nobody = int((rows["withheld"] == Withholding.NOBODY).sum())
    told = []
    if withheld:
        told.append(
            f"{counted(withheld, noun)} {'is' if withheld == 1 else 'are'} withheld: fewer than {released.settings.minimum_group} "
            f"people answered, or the figure would give a smaller {released.settings.noun} away"
        )
    if nobody:
        told.append(f"nobody answered in {counted(nobody, noun)}")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def in_no_unit(released: Released) -> str:
    """How many teams with a figure or without lie in no unit, in the latest period; empty where all lie in one."""
    period, settings = released.window[-1].label, released.settings
    rows = released.teams[(released.teams["period"] == period) & (released.teams["withheld"] != Withholding.NOBODY)]
    parents = released.parents[released.parents["period"] == period]
    outside = int((~rows["team_id"].isin(parents["team_id"])).sum())
    if not outside:
        return ""
    lies = "lies" if outside == 1 else "lie"
    return f"{counted(outside, settings.noun)} {lies} in no {settings.parent_noun} and {'is' if outside == 1 else 'are'} counted in none."


def said(text: str, released: Released, **more: str) -> str:
    """A sentence with this organisation's nouns."""
    noun, parent = released.settings.noun, released.settings.parent_noun
    nouns = plural(noun)
    words = {"noun": noun, "nouns": nouns, "Nouns": nouns.capitalize(), "parent": parent, "parents": plural(parent)}
    return articled(text, noun).format(**words, **more)


def order_label(order: Order, released: Released) -> str:
    """An order as a reader chooses it."""
    names = gates_words.names(released)
    match order:
        case Order.NAME:
            return "Name"
        case Order.INDIVIDUAL:
            return names.individual
        case Order.COLLECTIVE:
            return names.collective
        case Order.GAP:
            return "Collective less individual"
        case Order.INDIVIDUAL_GAIN:
            return f"Gain in {names.within().individual}"
        case Order.COLLECTIVE_GAIN:
            return f"Gain in {names.within().collective}"
        case Order.UNIT:
            return released.settings.parent_noun.capitalize()
    return "Number who answered"


def measure_label(measure: Measure, released: Released) -> str:
    """What the cells show, as a reader chooses it."""
    names = gates_words.names(released)
    return {Measure.INDIVIDUAL: names.individual, Measure.COLLECTIVE: names.collective}.get(measure, SURPLUS)


def level_label(level: Level, released: Released) -> str:
    """Teams, or the units above them, as a reader chooses."""
    return plural(noun_of(released.settings, level)).capitalize()


def page_label(first: int, last: int, total: int, noun: str) -> str:
    """
    Which rows are on the page.

    >>> page_label(31, 60, 500, "team")
    'Teams 31 to 60 of 500'
    """
    return f"{plural(noun).capitalize()} {first:,} to {last:,} of {total:,}"


def heat_title(cells: pd.DataFrame, released: Released, measure: Measure, level: Level) -> str:
    """What happened to one measure over the window, as a count of rows."""
    noun, since, until = noun_of(released.settings, level), released.window[0].label, released.window[-1].label
    name = measure_label(measure, released)
    last = cells[(cells["period"] == until) & np.isfinite(cells["value"])]
    if last.empty:
        return f"{name}: no {noun} can be shown in {named(until)}"
    if measure is Measure.SURPLUS:
        clear = int(((last["low"] > 0) | (last["high"] < 0)).sum())
        return (
            f"In {named(until)} the collective surplus of {_part(clear, len(last), noun)} lies clear of zero; by "
            f"chance alone no more than about {expected(0.05 * len(last))} would"
        )
    wide = cells.pivot_table(index="name", columns="period", values="value", aggfunc="first", dropna=False)
    if since == until or since not in wide:
        return f"{name} in {named(until)}: {_span(last.rename(columns={'value': 'v'}), 'v')} points of 100"
    both = wide[[since, until]].dropna()
    if both.empty:
        return f"{name}: no {noun} has figures in both {named(since)} and {named(until)}"
    higher = int((both[until] > both[since]).sum())
    return f"{name} {_lie(name)} higher in {named(until)} than in {named(since)} in {_part(higher, len(both), noun)}"


def _lie(name: str) -> str:
    """
    The verb of a name: members' views are several.

    >>> _lie("Collective efficacy"), _lie("Members’ views of their team")
    ('lies', 'lie')
    """
    return "lie" if "views" in name else "lies"


def _part(number: int, total: int, noun: str) -> str:
    """
    So many of all.

    >>> _part(0, 5, "team"), _part(2, 5, "team"), _part(5, 5, "team")
    ('none of 5 teams', '2 of 5 teams', 'all 5 teams')
    """
    if number == total > 1:
        return f"all {counted(total, noun)}"
    return f"{number or 'none'} of {counted(total, noun)}"


def heat_alt(cells: pd.DataFrame, released: Released, measure: Measure, level: Level) -> str:
    """The heat map for those who cannot see it."""
    nouns = plural(noun_of(released.settings, level)).capitalize()
    return f"{nouns} by period, a figure in each cell. {heat_title(cells, released, measure, level)}. The table below holds the same figures."


def heat_note(released: Released, measure: Measure, level: Level) -> str:
    """What the colours and the slots mean."""
    text = SURPLUS_COLOURS if measure is Measure.SURPLUS else STRONGER
    return text.format(noun=noun_of(released.settings, level), slots=SLOTS)


def point(row: Mapping[str, Any], column: str, name: str) -> str:
    """What appears under the pointer on a dot; a row in POMP."""
    if not np.isfinite(row[column]):
        return ""
    shrunken = row.get(f"{column}_shrunken", np.nan)
    towards = f", drawn towards all: {points(shrunken)}" if np.isfinite(shrunken) else ""
    return (
        f"<b>{escape.html(row['name'])}</b><br>{escape.html(name)}<br>"
        f"mean {points(row[column])} {interval(row[f'{column}_low'], row[f'{column}_high'])}{towards}<br>"
        f"{_answered(row['respondents'])}"
    )


def cell(row: Mapping[str, Any], measure: str) -> str:
    """What appears under the pointer on a cell; a row of `contrast_view.cells`."""
    head = f"<b>{escape.html(row['name'])}</b> · {escape.html(row['period'])}<br>"
    value = row["value"]
    if not isinstance(value, float) or not np.isfinite(value):
        return f"{head}{escape.html(empty(row['withheld']))}"
    towards = f", drawn towards all: {points(value)}" if value != row["raw"] else ""
    ends = interval(row["low"], row["high"])
    return f"{head}{escape.html(measure)} {points(row['raw'])} {ends}{towards}<br>{_answered(row['respondents'])}"


def _answered(respondents: float) -> str:
    return f"{counted(int(respondents), 'person')} answered" if np.isfinite(respondents) else ""


def figure(value: float, signed: bool = False) -> str:
    """
    What is written in a cell.

    >>> figure(61.7), figure(-3.2, signed=True), figure(float("nan"))
    ('62', '−3', '')
    """
    if not np.isfinite(value):
        return ""
    text = points(value)
    return f"+{text}" if signed and value > 0 and text != "0" else text


def empty(withheld: object) -> str:
    """Why there is no figure, in a word or two."""
    if not isinstance(withheld, str) or withheld in (Withholding.SHOWN, Withholding.NOBODY):
        return str(Withholding.NOBODY) if withheld == Withholding.NOBODY else "no figure"
    return WITHHELD


def is_withheld(reasons: pd.Series) -> npt.NDArray[np.bool_]:
    """(rows,) whether people answered and the figure may not be shown."""
    found: npt.NDArray[np.bool_] = (~reasons.isin([str(Withholding.SHOWN), str(Withholding.NOBODY)])).to_numpy(bool)
    return found
