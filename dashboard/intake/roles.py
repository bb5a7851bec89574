"""
Roles: what each column is, with the reason, so that a person can confirm or correct it.

Names decide first, question texts second ("I can …" against "our team can …"), contents last. An instrument that
was given decides for the columns it names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.intake import questions, vocabulary
from dashboard.intake.cells import damaged_id, no_answer, number
from dashboard.intake.labels import label_of
from dashboard.intake.periods import is_dated
from dashboard.intake.ranges import range_of
from dashboard.intake.table import Column, Table
from dashboard.terms import COLLECTIVE, INDIVIDUAL, KNOWN_SCALES, Instrument, Scale

Role = Literal["team", "period", "respondent", "segment", "item", "personal", "time", "comment", "ignored"]
SAMPLE = 1000  # rows whose contents are looked at
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
_IP = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_PHONE = re.compile(r"^\+?[\d(][\d\s()/.-]{7,}\d$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRole:
    """
    One row of the role table.

    `scale`: of an item, `None` while it is still to be chosen; `reversed`: a high answer means little of it;
    `reason`: why, as a sentence part a reader can check.
    """

    column: str
    text: str = ""
    role: Role
    scale: str | None = None
    reversed: bool = False
    reason: str = ""


def assign_roles(table: Table, instrument: Instrument | None = None) -> tuple[ColumnRole, ...]:
    """
    The role of every column of a survey.

    Parameters
    ----------
    table : the file; only its first 1,000 rows are looked at.
    instrument : decides for the columns it names; what it leaves open is found.
    """
    sample = table.head(SAMPLE)
    given = {} if instrument is None else _given(sample, instrument)
    roles = dict(given)
    for find in (_find_team, _find_period, _find_respondent):
        found = find(sample, roles)
        if found is not None:
            roles[found.column] = found
    open_items = instrument is None or not instrument.scales
    rated = _rated(sample, roles) if open_items else {}
    for column in sample.columns:
        if column.name not in roles:
            roles[column.name] = rated.get(column.name) or _other(column, instrument)
    return with_mirrors([replace(roles[column.name], text=column.text) for column in table.columns])


def _given(table: Table, instrument: Instrument) -> dict[str, ColumnRole]:
    wanted: list[tuple[str, Role, str | None, bool]] = [(name, "team", None, False) for name in instrument.team]
    wanted += [(name, "period", None, False) for name in [instrument.period] if name]
    wanted += [(name, "respondent", None, False) for name in [instrument.respondent] if name]
    wanted += [(name, "segment", None, False) for name in instrument.segments]
    for scale in instrument.scales.values():
        wanted += [(item, "item", scale.name, item in scale.reversed) for item in scale.items]
    roles = {}
    for name, role, of_scale, turned in wanted:
        if (column := table.named_alike(name)) is not None:
            roles[column] = ColumnRole(
                column=column, role=role, scale=of_scale, reversed=turned, reason="named in the instrument"
            )
    return roles


# ── team, period, respondent ──────────────────────────────────────────────────────────────────────


def _taken(roles: Mapping[str, ColumnRole], role: Role) -> bool:
    return any(given.role == role for given in roles.values())


def _by_name(table: Table, roles: Mapping[str, ColumnRole], words: Sequence[str]) -> Iterable[Column]:
    """Free columns whose name or text is one of some words, the most telling word first."""
    named: dict[str, list[Column]] = defaultdict(list)
    for column in table.columns:
        if column.name not in roles:
            for word in {vocabulary.key(column.name), vocabulary.key(column.text)}:
                named[word].append(column)
    return (column for word in words for column in named.get(word, ()))


def _find_team(table: Table, roles: Mapping[str, ColumnRole]) -> ColumnRole | None:
    if _taken(roles, "team"):
        return None
    for column in _by_name(table, roles, vocabulary.TEAM):
        return ColumnRole(column=column.name, role="team", reason="its name says team or unit")
    for column in table.columns:
        asks = re.search(
            r"\b(?:which|your|name of|welche\w*|ihr\w*|dein\w*)\b.*\bteam\b", column.question, re.IGNORECASE
        )
        if column.name not in roles and asks and not _rated_share(column) and 1 < len(column.values) <= table.rows:
            return ColumnRole(column=column.name, role="team", reason="the question asks for the team")
    return None


def _find_period(table: Table, roles: Mapping[str, ColumnRole]) -> ColumnRole | None:
    if _taken(roles, "period"):
        return None
    last = table.columns[-1]
    if last.place > table.width:
        return ColumnRole(column=last.name, role="period", reason="a year and a part of it stand in two columns")
    for column in _by_name(table, roles, vocabulary.PERIOD):
        word = vocabulary.key(column.name)
        values = [value for value in column.values if value]
        if not values or (word in vocabulary.DATE_PERIOD and not all(map(is_dated, values))):
            continue
        if len(values) <= max(60, table.rows // 2) or all(map(is_dated, values)):
            return ColumnRole(
                column=column.name, role="period", reason="its name says period, and its contents name periods"
            )
    return None


def _find_respondent(table: Table, roles: Mapping[str, ColumnRole]) -> ColumnRole | None:
    if _taken(roles, "respondent"):
        return None
    for column in _by_name(table, roles, vocabulary.RESPONDENT):
        values = [value for value in column.values if value]
        if len(values) > 1 or table.rows < 3 or any(map(damaged_id, values)):
            return ColumnRole(
                column=column.name, role="respondent", reason="its name says respondent, person or response id"
            )
    return None


# ── items ─────────────────────────────────────────────────────────────────────────────────────────


def _rated(table: Table, roles: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Items: columns named like a scale, and columns that hold ratings or labels."""
    free = [column for column in table.columns if column.name not in roles]
    found = {column.name: role for column in free if (role := _named_item(column)) is not None}
    blocks: dict[str, list[Column]] = defaultdict(list)
    for column in free:
        if column.name not in found and _may_be_item(column):
            blocks[stem(column.name)].append(column)
    for columns in blocks.values():
        for column in _rated_block(columns):
            found[column.name] = _item_by_content(column)
    return found | _unanswered_siblings(free, found)


def stem(name: str) -> str:
    """
    What the names of items of one block share.

    >>> stem("Q2_1"), stem("Q12"), stem("se_03"), stem("Staff morale")
    ('q2_', 'q', 'se_', 'staff morale')
    """
    match = re.match(r"^(.*?)\d+[a-z]?$", name.strip().casefold())
    return match[1] if match else name.strip().casefold()


def _named_item(column: Column) -> ColumnRole | None:
    name = vocabulary.key(column.name)
    for scale, pattern in vocabulary.SCALE_NAMES:
        if pattern.match(name) and (not column.filled or _rated_share(column) > 0.5):
            turned = bool(vocabulary.REVERSED_NAME.search(name)) and scale in (INDIVIDUAL, COLLECTIVE)
            reason = f"its name says {scale.replace('_', ' ')}"
            if turned:
                reason += ", and that it is reversed"
            return ColumnRole(column=column.name, role="item", scale=scale, reversed=turned, reason=reason)
    return None


def _may_be_item(column: Column) -> bool:
    name = vocabulary.key(column.name)
    known = vocabulary.METADATA | vocabulary.PERSONAL | vocabulary.SEGMENT | vocabulary.TIME
    if any(label_of(value) is not None for value in column.values):
        return _rated_share(column) > 0.5  # answers in words tell more than the name
    if name in known or vocabulary.key(column.text) in known or vocabulary.NOT_RATED.search(column.question):
        return False
    return column.filled > 0 and _rated_share(column) > 0.5


def _rated_share(column: Column) -> float:
    """The share of given answers that are small numbers or labels."""
    given = [(v, int(n)) for v, n in zip(column.values, column.counts, strict=True) if n and not no_answer(v)]
    total = sum(count for _, count in given)
    rated = sum(count for value, count in given if _is_rating(value))
    return rated / total if total else 0.0


def _is_rating(value: str) -> bool:
    found = number(value)
    return label_of(value) is not None if found is None else -100 <= found <= 100


def _rated_block(columns: Sequence[Column]) -> list[Column]:
    """Those columns of one stem that hold answers on a scale: labels, or whole numbers of few options."""
    labelled = [column for column in columns if any(label_of(value) is not None for value in column.values)]
    rest = [column for column in columns if column not in labelled and _asks(column)]
    counts: Counter[float] = Counter()
    for column in rest:
        counts.update(_numbers(column))
    found = range_of(counts)
    if found.low is None or found.high is None or found.high - found.low > 10:
        fitting = [column for column in rest if _fits_alone(column)] if len(rest) > 1 else []
        return labelled + fitting
    answers = [value for value in counts if found.low <= value <= found.high]
    return labelled + (rest if len(answers) > 2 else [])


def _asks(column: Column) -> bool:
    """Whether a column of numbers may be a question: a numbered name, or a question of several words."""
    numbered = vocabulary.NUMBERED.match(vocabulary.key(column.name))
    return bool(numbered) or len(column.question.split()) > 3


def _fits_alone(column: Column) -> bool:
    counts = _numbers(column)
    found = range_of(counts)
    return found.low is not None and found.high is not None and found.high - found.low <= 10 and len(counts) > 2


def _numbers(column: Column) -> dict[float, int]:
    read = ((number(value), int(count)) for value, count in zip(column.values, column.counts, strict=True))
    return {value: count for value, count in read if value is not None and count}


def _item_by_content(column: Column) -> ColumnRole:
    scale, reason = questions.scale_of(column.question)
    return ColumnRole(column=column.name, role="item", scale=scale, reason=reason)


def _unanswered_siblings(free: Sequence[Column], found: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Empty columns named like items: questions that nobody answered."""
    stems = {stem(name): role for name, role in found.items()}
    empty = [column.name for column in free if column.name not in found and not column.filled]
    return {
        name: ColumnRole(
            column=name, role="item", scale=stems[stem(name)].scale, reason="named like its neighbours; nobody answered"
        )
        for name in empty
        if stem(name) in stems and re.search(r"\d", name)
    }


# ── the rest ──────────────────────────────────────────────────────────────────────────────────────


def _other(column: Column, instrument: Instrument | None) -> ColumnRole:
    role, reason = _kind_of_column(column)
    if role == "segment" and instrument is not None and instrument.segments:
        role, reason = "ignored", "the instrument does not name it"
    return ColumnRole(column=column.name, role=role, reason=reason)


def _kind_of_column(column: Column) -> tuple[Role, str]:
    names = {vocabulary.key(column.name), vocabulary.key(column.text)}
    if names & vocabulary.PERSONAL:
        return "personal", "its name says personal data; dropped"
    if why := _personal_content(column):
        return "personal", f"it holds {why}; dropped"
    if names & vocabulary.TIME:
        return "time", "its name says when the response was given"
    if names & vocabulary.COMMENT:
        return "comment", "free text; not used"
    if names & vocabulary.SEGMENT and len(column.values) <= 200:
        return "segment", "its name says a segment of the organisation"
    if vocabulary.ASKS_SEGMENT.search(column.text) and 1 < len(set(column.values) - {""}) <= min(
        30, column.filled // 5
    ):
        return "segment", "the question asks for a segment of the organisation"
    if _is_prose(column):
        return "comment", "it holds long texts; not used"
    return "ignored", "not needed for the diagnosis"


def _personal_content(column: Column) -> str:
    values = [value for value in column.values if value][:200]
    calls = re.search(r"tel|phone|mobil|handy|fax", column.question, re.IGNORECASE)
    sorts = [("e-mail addresses", _EMAIL), ("IP addresses", _IP), *([("telephone numbers", _PHONE)] if calls else [])]
    for what, pattern in sorts:
        alike = sum(bool(pattern.match(value)) and not is_dated(value) for value in values)
        if values and alike > 0.6 * len(values):
            return what
    return ""


def _is_prose(column: Column) -> bool:
    values = [value for value in column.values if value][:200]
    return bool(values) and sum(len(value.split()) for value in values) > 4 * len(values)


# ── mirrored pairs ────────────────────────────────────────────────────────────────────────────────


def mirrors(roles: Sequence[ColumnRole]) -> tuple[questions.Pair, ...]:
    """Pairs of items that ask the same of the person and of the team; nothing unless every item has a partner."""
    by_scale: dict[str | None, dict[str, str]] = defaultdict(dict)
    for row in roles:
        if row.role == "item":
            by_scale[row.scale][row.column] = row.text or row.column
    return questions.mirrored(by_scale[INDIVIDUAL], by_scale[COLLECTIVE])


def with_mirrors(roles: Sequence[ColumnRole]) -> tuple[ColumnRole, ...]:
    """Roles whose reasons name the partner of each item of a mirrored pair."""
    pairs = mirrors(roles)
    partner = {pair.individual: pair.collective for pair in pairs} | {
        pair.collective: pair.individual for pair in pairs
    }
    return tuple(
        replace(row, reason=f"{row.reason}; mirrors {partner[row.column]}") if row.column in partner else row
        for row in roles
    )


# ── from roles to an instrument ───────────────────────────────────────────────────────────────────


def instrument_from_roles(roles: Sequence[ColumnRole], base: Instrument | None = None) -> Instrument:
    """
    The instrument that a role table says, as proposed or as a person corrected it.

    Parameters
    ----------
    roles : one row per column; items whose scale is still to be chosen are left out.
    base : keeps its title, the ranges of scales that keep their name and, with the same items, whether it is mirrored.

    >>> rows = [ColumnRole(column="squad", role="team"),
    ...         ColumnRole(column="a", role="item", scale="individual_efficacy", reversed=True)]
    >>> instrument_from_roles(rows).scales["individual_efficacy"].reversed
    ('a',)
    """
    named: dict[str, list[ColumnRole]] = defaultdict(list)
    for row in roles:
        named[row.role].append(row)
    items: dict[str, list[ColumnRole]] = defaultdict(list)
    for row in named["item"]:
        if row.scale:
            items[row.scale].append(row)
    first = {role: next((row.column for row in named[role]), None) for role in ("period", "respondent")}
    scales = {scale: _scale(scale, rows, base) for scale, rows in _in_known_order(items)}
    return Instrument(
        title=base.title if base else "",
        team=tuple(row.column for row in named["team"]),
        period=first["period"],
        respondent=first["respondent"],
        segments=tuple(row.column for row in named["segment"]),
        mirrored=_is_mirrored(roles, scales, base),
        scales=scales,
    )


def _is_mirrored(roles: Sequence[ColumnRole], scales: Mapping[str, Scale], base: Instrument | None) -> bool:
    """As the base says where it has these very items; else as the questions say."""
    if base is not None and all(
        name in base.scales and name in scales and set(base.scales[name].items) == set(scales[name].items)
        for name in (INDIVIDUAL, COLLECTIVE)
    ):
        return base.mirrored
    return bool(mirrors(roles))


def _in_known_order(items: Mapping[str, list[ColumnRole]]) -> list[tuple[str, list[ColumnRole]]]:
    place = {scale: n for n, scale in enumerate(KNOWN_SCALES)}
    return sorted(items.items(), key=lambda item: (place.get(item[0], len(place)), item[0]))


def _scale(name: str, rows: Sequence[ColumnRole], base: Instrument | None) -> Scale:
    before = base.scales.get(name) if base else None
    return Scale(
        name=name,
        items=tuple(row.column for row in rows),
        minimum=before.minimum if before else None,
        maximum=before.maximum if before else None,
        reversed=tuple(row.column for row in rows if row.reversed),
    )
