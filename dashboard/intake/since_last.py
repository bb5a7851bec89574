"""
Since last time: what changed between a remembered survey and a new file of it.

Items renamed, added, gone or worded otherwise; scales answered on another range; teams new, gone or renamed. All of it
is proposed with its reason; the user decides, and nothing is joined because two names look alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.intake import vocabulary
from dashboard.intake.cells import spelling
from dashboard.intake.questions import likeness
from dashboard.terms import Instrument, Scale, Survey

if TYPE_CHECKING:
    from dashboard.intake.inspection import Inspection

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_ALIKE = 0.75  # likeness of names or questions, from which a renaming is proposed
_SAME_PEOPLE = 0.5  # share of the smaller team's persons who stand in both, from which a renaming is proposed
_FEWEST = 3  # persons in both, at least, before their share says something
_CHANCE = 0.001  # that nobody gave an answer any more which some gave before, from which a narrower range is chance


class Renamed(NamedTuple):
    """A name that is gone and the one that seems to stand for it now; `likeness` 0–1 orders the proposals."""

    before: str
    now: str
    likeness: float
    reason: str


class Rescaled(NamedTuple):
    """A scale whose answers lie on another range than before."""

    scale: str
    before: tuple[float, float]
    now: tuple[float, float]
    reason: str


class Reworded(NamedTuple):
    """An item that asks something else under its old name; `before` and `now` are the questions."""

    item: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """
    What is kept of a survey to know it again.

    `texts`: item → question; `shares`: scale → answer → its share of the answers; `teams`: team → respondents;
    `people`: team → ids (or pseudonyms made alike), where known.
    """

    instrument: Instrument
    texts: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, Mapping[float, float]] = field(default_factory=dict)
    teams: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLast:
    """What changed; the empty tuples mean that nothing did."""

    items_renamed: tuple[Renamed, ...] = ()
    items_added: tuple[str, ...] = ()
    items_gone: tuple[str, ...] = ()
    items_reworded: tuple[Reworded, ...] = ()
    columns_gone: tuple[str, ...] = ()
    scales_changed: tuple[Rescaled, ...] = ()
    teams_renamed: tuple[Renamed, ...] = ()
    teams_new: tuple[str, ...] = ()
    teams_gone: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the file can be read with the remembered instrument as it is."""
        return not any(getattr(self, name) for name in self.__slots__)


def remember(survey: Survey, texts: Mapping[str, str] | None = None) -> Remembered:
    """What is kept of a survey: its instrument, and what was answered and who answered where in its latest period."""
    latest = survey.period == len(survey.periods) - 1
    people = {
        team: frozenset(map(str, survey.respondents[ids[ids >= 0]].tolist()))
        for place, team in enumerate(survey.teams)
        for ids in [survey.respondent[latest & (survey.team == place)]]
    }
    sizes = np.bincount(survey.team[latest], minlength=len(survey.teams)).tolist()
    teams = {team: size for team, size in zip(survey.teams, sizes, strict=True) if size}
    return Remembered(
        instrument=survey.instrument,
        texts=texts or {},
        shares={name: _shares(answers[latest]) for name, answers in survey.answers.items()},
        teams=teams,
        people={team: people[team] for team in teams},
    )


def _shares(answers: npt.NDArray[np.floating]) -> dict[float, float]:
    """Each answer's share of those that were given."""
    values, counts = np.unique(answers[~np.isnan(answers)], return_counts=True)
    return dict(zip(values.tolist(), (counts / max(counts.sum(), 1)).tolist(), strict=True))


def since_last(
    previous: Remembered, now: Inspection, *, people: Mapping[str, frozenset[str]] | None = None
) -> SinceLast:
    """
    What changed since a survey was brought the last time.

    Parameters
    ----------
    now : the new file, inspected without the remembered instrument.
    people : team → ids of the new file, where they may be compared with the remembered ones.
    """
    columns = {vocabulary.key(role.column) for role in now.roles}
    items = [item for scale in previous.instrument.scales.values() for item in scale.items]
    texts = {row.column: row.text or row.column for row in now.roles if row.role == "item"}
    reworded = _reworded(items, previous.texts, texts)
    another = {one.item for one in reworded if _as_questions(one.before, one.now) < _ALIKE}
    gone = [item for item in items if vocabulary.key(item) not in columns or item in another]
    known = {vocabulary.key(item) for item in items if item not in another}
    added = [column for column in texts if vocabulary.key(column) not in known]
    moved = renamed_items({item: previous.texts.get(item) or item for item in gone}, {c: texts[c] for c in added})
    left, come = {pair.before for pair in moved}, {pair.now for pair in moved}
    stayed = another - left - come  # asks something else, and what it asked is nowhere: it may be the same, mended
    teams = {team: now.team_sizes.get(team, 0) for team in now.teams}
    renamed = renamed_teams(previous.teams, teams, before_people=previous.people, now_people=people or {})
    return SinceLast(
        items_renamed=moved,
        items_added=_without(added, come | stayed),
        items_gone=_without(gone, left | stayed),
        items_reworded=tuple(one for one in reworded if one.item not in left | come),
        columns_gone=tuple(name for name in _places(previous.instrument) if vocabulary.key(name) not in columns),
        scales_changed=tuple(_rescaled(previous, now, {pair.before: pair.now for pair in moved})),
        teams_renamed=renamed,
        teams_new=_without(_absent(teams, previous.teams), (pair.now for pair in renamed)),
        teams_gone=_without(_absent(previous.teams, teams), (pair.before for pair in renamed)),
    )


def carried_over(instrument: Instrument, changes: SinceLast) -> Instrument:
    """
    The remembered instrument for a new file: items under their new names, without those that are gone.

    Give only the changes that the user agreed to.
    """
    now = {pair.before: pair.now for pair in changes.items_renamed}
    gone = set(changes.items_gone)
    scales: dict[str, Scale] = {}
    for name, scale in instrument.scales.items():
        items = tuple(now.get(item, item) for item in scale.items if item not in gone)
        turned = tuple(now.get(item, item) for item in scale.reversed if item not in gone)
        if items:
            scales[name] = replace(scale, items=items, reversed=turned)
    for change in changes.scales_changed:
        if change.scale in scales:
            scales[change.scale] = replace(scales[change.scale], minimum=change.now[0], maximum=change.now[1])
    absent = set(changes.columns_gone)
    return replace(
        instrument,
        team=tuple(name for name in instrument.team if name not in absent),
        period=None if instrument.period in absent else instrument.period,
        respondent=None if instrument.respondent in absent else instrument.respondent,
        segments=tuple(name for name in instrument.segments if name not in absent),
        scales=scales,
    )


def _places(instrument: Instrument) -> list[str]:
    """Columns other than items that an instrument names."""
    named = [*instrument.team, instrument.period, instrument.respondent, *instrument.segments]
    return [name for name in named if name]


def _absent(names: Iterable[str], others: Iterable[str]) -> list[str]:
    there = set(others)
    return [name for name in names if name not in there]


def _without(names: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    gone = set(taken)
    return tuple(name for name in names if name not in gone)


# ── items ─────────────────────────────────────────────────────────────────────────────────────────


def _reworded(items: Iterable[str], before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Reworded, ...]:
    """Items that are there under their old names with another question; case and the last sign do not count."""
    return tuple(
        Reworded(item, before[item], now[item])
        for item in items
        if item in before and now.get(item, item) != item and not _same_question(before[item], now[item])
    )


def _same_question(one: str, other: str) -> bool:
    return spelling(one).rstrip(" .!?:") == spelling(other).rstrip(" .!?:")


def _as_questions(one: str, other: str) -> float:
    return max(likeness(one, other), _as_written(one, other) - 0.05)


def renamed_items(gone: Mapping[str, str], added: Mapping[str, str]) -> tuple[Renamed, ...]:
    """
    Items that seem to go on under another name.

    Parameters
    ----------
    gone, added : column → question text, or the name again where there is none.

    >>> renamed_items({"Q5": "I can solve hard problems"}, {"Q7": "I can solve hard problems."})
    (Renamed(before='Q5', now='Q7', likeness=1.0, reason='the question is the same'),)
    >>> renamed_items({"se_3": "se_3"}, {"se3_new": "se3_new"})[0].reason
    'the names are alike'
    """

    def like(before: str, now: str) -> tuple[float, str]:
        if all(" " in question for question in (gone[before], added[now])):
            if _same_question(gone[before], added[now]):
                return 1.0, "the question is the same"
            return _as_questions(gone[before], added[now]), "the questions are nearly the same"
        return _names_alike(before, now), "the names are alike"

    return _matched(gone, added, like)


def _as_written(one: str, other: str) -> float:
    return SequenceMatcher(None, vocabulary.key(one), vocabulary.key(other), autojunk=False).ratio()


def _matched(
    before: Iterable[str], now: Iterable[str], like: Callable[[str, str], tuple[float, str]]
) -> tuple[Renamed, ...]:
    """The likeliest pairs, each name once."""
    later = list(now)
    pairs = [Renamed(one, other, *like(one, other)) for one in before for other in later]
    taken: list[Renamed] = []
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness, pair.before, pair.now)):
        used = any(pair.before == other.before or pair.now == other.now for other in taken)
        if pair.likeness >= _ALIKE and not used:
            taken.append(pair._replace(likeness=round(pair.likeness, 3)))
    return tuple(taken)


# ── scales ────────────────────────────────────────────────────────────────────────────────────────


def _rescaled(previous: Remembered, now: Inspection, renamed: Mapping[str, str]) -> Iterable[Rescaled]:
    """
    Scales answered on another range. A wider one is seen at once; a narrower one only where it is no chance that nobody
    gave the answers any more that some gave before, each person counted once.
    """
    found = {vocabulary.key(item.column): item for item in now.items}
    for name, scale in previous.instrument.scales.items():
        if scale.minimum is None or scale.maximum is None:
            continue
        there = [found[key] for item in scale.items if (key := vocabulary.key(renamed.get(item, item))) in found]
        lows = [item.minimum for item in there if item.minimum is not None]
        highs = [item.maximum for item in there if item.maximum is not None]
        if not lows or (ends := (min(lows), max(highs))) == (scale.minimum, scale.maximum):
            continue
        if ends[0] < scale.minimum or ends[1] > scale.maximum:
            yield Rescaled(name, (scale.minimum, scale.maximum), ends, "answers lie beyond the range")
            continue
        share = sum(part for answer, part in previous.shares.get(name, {}).items() if not ends[0] <= answer <= ends[1])
        if (1 - share) ** max(item.answered for item in there) < _CHANCE:
            why = f"{share:.0%} of the answers lay beyond that, and none does now"
            yield Rescaled(name, (scale.minimum, scale.maximum), ends, why)


# ── teams ─────────────────────────────────────────────────────────────────────────────────────────


def renamed_teams(
    before: Mapping[str, int],
    now: Mapping[str, int],
    *,
    before_people: Mapping[str, frozenset[str]] | None = None,
    now_people: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Renamed, ...]:
    """
    Teams that disappeared while similar ones appeared.

    Parameters
    ----------
    before, now : team → number of respondents, 0 where unknown.
    before_people, now_people : team → ids, where persons can be followed.

    >>> renamed_teams({"Alpha": 9, "Beta": 7}, {"Alpha Platform": 8, "Beta": 7})
    (Renamed(before='Alpha', now='Alpha Platform', likeness=0.8,
             reason='the names are alike, and 8 answered where 9 did'),)
    >>> renamed_teams({"Red": 4}, {"Ops": 4}, before_people={"Red": frozenset("abcd")},
    ...               now_people={"Ops": frozenset("abcx")})[0].reason
    '3 of its 4 persons answered in Ops'
    """
    gone, new = _absent(before, now), _absent(now, before)
    earlier, later = before_people or {}, now_people or {}

    def like(one: str, other: str) -> tuple[float, str]:
        there, here = earlier.get(one, frozenset()), later.get(other, frozenset())
        both = len(there & here)
        share = both / min(len(there), len(here)) if both >= _FEWEST else 0.0
        if share >= _SAME_PEOPLE:
            return max(_ALIKE, share), f"{both} of its {len(there)} persons answered in {other}"
        if there and here and min(len(there), len(here)) >= _FEWEST:
            return 0.0, "other persons"  # a name alone is no reason where the persons are known to be others
        return _names_alike(one, other), _why_alike(before[one], now[other])

    return _matched(gone, new, like)


def _names_alike(one: str, other: str) -> float:
    """Likeness of two names: as written, or 0.8 where all words of one stand in the other; numbers must agree."""
    ours, theirs = (set(_WORDS.findall(vocabulary.key(name))) for name in (one, other))
    if {word for word in ours if word.isdigit()} != {word for word in theirs if word.isdigit()}:
        return 0.0
    written = _as_written(one, other)
    return max(written, 0.8) if ours and theirs and (ours <= theirs or theirs <= ours) else written


def _why_alike(before: int, now: int) -> str:
    return f"the names are alike, and {now} answered where {before} did" if before and now else "the names are alike"
