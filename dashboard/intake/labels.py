"""
Labels: answers in words, as numbers.

A label means a place on its own ladder ("agree" is 4 of 5, "eher selten" 2 of 5); a column is read by the ladder
that holds all of its labels. Letters (SA, A, N, D, SD) and labels that carry their number ("Agree (4)",
"5 - Strongly agree") are read as well; where word and number contradict within one column, nothing can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NUMBERED = re.compile(
    r"^(?P<a>\d{1,2})\s*(?:[-–=:.)]|\s)\s*(?P<label>[^\d\s].*)$|^(?P<label2>.*\S)\s*[(\[](?P<b>\d{1,2})[)\]]$"
)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Labels from least to most; rungs hold several wordings of one answer."""

    name: str
    language: str
    rungs: tuple[tuple[str, ...], ...]


def _ladder(name: str, language: str, text: str) -> Ladder:
    rungs = tuple(tuple(label.strip() for label in rung.split("|")) for rung in text.split("/ "))
    return Ladder(name, language, rungs)


LADDERS = (
    _ladder(
        "agreement", "English",
        "strongly disagree|disagree strongly|completely disagree|totally disagree|fully disagree|sd/ "
        "disagree|d/ neither agree nor disagree|neutral|neither|undecided|n|neither disagree nor agree/ agree|a/ "
        "strongly agree|agree strongly|completely agree|totally agree|fully agree|sa",
    ),
    _ladder(
        "agreement", "English",
        "strongly disagree|completely disagree/ disagree/ somewhat disagree|slightly disagree|rather disagree/ "
        "neither agree nor disagree|neutral|neither/ somewhat agree|slightly agree|rather agree/ agree/ "
        "strongly agree|completely agree",
    ),
    _ladder(
        "agreement", "English",
        "strongly disagree|completely disagree/ somewhat disagree|slightly disagree|rather disagree|tend to disagree/ "
        "neither agree nor disagree|neutral|neither/ somewhat agree|slightly agree|rather agree|tend to agree/ "
        "strongly agree|completely agree",
    ),
    _ladder(
        "agreement", "English", "strongly disagree/ disagree/ agree/ strongly agree",
    ),
    _ladder(
        "agreement", "English",
        "strongly disagree/ disagree/ slightly disagree|somewhat disagree/ slightly agree|somewhat agree/ agree/ "
        "strongly agree",
    ),
    _ladder(
        "agreement", "German",
        "stimme gar nicht zu|stimme überhaupt nicht zu|stimme nicht zu|trifft gar nicht zu|trifft überhaupt nicht zu|"
        "trifft nicht zu|lehne stark ab|stimme absolut nicht zu/ "
        "stimme eher nicht zu|trifft eher nicht zu|trifft wenig zu|lehne eher ab/ "
        "teils/teils|teils, teils|teils teils|teils-teils|weder noch|unentschieden|neutral|trifft teilweise zu|"
        "stimme teilweise zu|weder/noch/ stimme eher zu|trifft eher zu|trifft ziemlich zu/ "
        "stimme voll zu|stimme vollständig zu|stimme voll und ganz zu|stimme völlig zu|stimme zu|trifft voll zu|"
        "trifft völlig zu|trifft voll und ganz zu|trifft zu|trifft sehr zu|stimme absolut zu",
    ),
    _ladder(
        "agreement", "German",
        "stimme gar nicht zu|stimme überhaupt nicht zu|trifft gar nicht zu|trifft überhaupt nicht zu|stimme nicht zu|"
        "trifft nicht zu/ stimme eher nicht zu|trifft eher nicht zu/ stimme eher zu|trifft eher zu/ "
        "stimme voll zu|stimme vollständig zu|stimme voll und ganz zu|stimme völlig zu|trifft voll zu|trifft völlig zu|"
        "trifft voll und ganz zu|stimme zu|trifft zu",
    ),
    _ladder(
        "frequency", "English", "never/ rarely|seldom/ sometimes|occasionally/ often|frequently/ always|very often",
    ),
    _ladder("frequency", "English", "never/ almost never/ rarely|seldom/ sometimes/ often/ very often/ always"),
    _ladder(
        "frequency", "German",
        "nie|gar nicht|niemals/ selten|sehr selten/ manchmal|gelegentlich|eher selten/ oft|häufig|eher häufig/ "
        "immer|sehr oft|sehr häufig",
    ),
    _ladder(
        "confidence", "English",
        "not at all confident|not confident at all|not at all/ "
        "slightly confident|a little confident|a little|slightly/ "
        "somewhat confident|moderately confident|moderately|somewhat/ very confident|quite confident|quite a bit|very/ "
        "extremely confident|completely confident|totally confident|extremely|completely",
    ),
    _ladder(
        "confidence", "English",
        "not at all confident|cannot do at all|not at all certain/ not very confident|slightly confident/ "
        "fairly confident|moderately confident/ very confident|highly confident|highly certain can do",
    ),
    _ladder(
        "confidence", "German",
        "gar nicht zuversichtlich|überhaupt nicht zuversichtlich|gar nicht sicher|überhaupt nicht sicher/ "
        "wenig zuversichtlich|eher nicht zuversichtlich|wenig sicher|eher unsicher/ "
        "mäßig zuversichtlich|teilweise zuversichtlich|mittelmäßig sicher|teils sicher/ "
        "ziemlich zuversichtlich|eher zuversichtlich|ziemlich sicher|eher sicher/ "
        "sehr zuversichtlich|äußerst zuversichtlich|völlig sicher|sehr sicher",
    ),
    _ladder(
        "agreement", "French",
        "pas du tout d'accord|tout à fait en désaccord|fortement en désaccord|totalement en désaccord/ "
        "pas d'accord|plutôt pas d'accord|plutôt en désaccord|en désaccord|peu d'accord/ "
        "ni d'accord ni pas d'accord|ni en accord ni en désaccord|neutre|sans avis|ni d'accord, ni pas d'accord/ "
        "d'accord|plutôt d'accord|assez d'accord|en accord/ "
        "tout à fait d'accord|entièrement d'accord|totalement d'accord|fortement d'accord|complètement d'accord",
    ),
    _ladder(
        "agreement", "French",
        "pas du tout d'accord/ plutôt pas d'accord|pas d'accord/ plutôt d'accord|d'accord/ tout à fait d'accord",
    ),
    _ladder(
        "frequency", "French",
        "jamais/ rarement/ parfois|quelquefois|de temps en temps/ souvent/ toujours|très souvent",
    ),
    _ladder(
        "confidence", "French",
        "pas du tout confiant|pas du tout confiante|pas du tout sûr|pas du tout/ "
        "peu confiant|peu confiante|un peu|peu sûr/ "
        "moyennement confiant|moyennement confiante|moyennement/ confiant|confiante|plutôt confiant|plutôt confiante|"
        "assez confiant|plutôt sûr/ très confiant|très confiante|tout à fait confiant|très sûr|tout à fait",
    ),
    _ladder(
        "agreement", "Spanish",
        "totalmente en desacuerdo|muy en desacuerdo|completamente en desacuerdo/ "
        "en desacuerdo|algo en desacuerdo|parcialmente en desacuerdo/ "
        "ni de acuerdo ni en desacuerdo|ni en acuerdo ni en desacuerdo|neutral|neutro|indiferente/ "
        "de acuerdo|algo de acuerdo|parcialmente de acuerdo/ "
        "totalmente de acuerdo|muy de acuerdo|completamente de acuerdo",
    ),
    _ladder(
        "agreement", "Spanish",
        "totalmente en desacuerdo|muy en desacuerdo/ en desacuerdo/ de acuerdo/ totalmente de acuerdo|muy de acuerdo",
    ),
    _ladder(
        "frequency", "Spanish",
        "nunca/ rara vez|casi nunca|raramente/ a veces|algunas veces/ "
        "a menudo|casi siempre|frecuentemente|con frecuencia/ siempre|muy a menudo",
    ),
    _ladder(
        "confidence", "Spanish",
        "nada seguro|nada segura|nada de confianza|nada/ poco seguro|poco segura|poco/ "
        "algo seguro|algo segura|moderadamente seguro|algo/ "
        "bastante seguro|bastante segura|bastante|seguro|segura/ muy seguro|muy segura|totalmente seguro|mucho",
    ),
    _ladder(
        "favourability", "English",
        "very unfavorably|very unfavourably|very unfavorable|very unfavourable/ "
        "somewhat unfavorably|somewhat unfavourably|unfavorable|unfavourable/ "
        "neither favorably nor unfavorably (neutral)|neither favorably nor unfavorably|neutral/ "
        "somewhat favorably|somewhat favourably|favorable|favourable/ very favorably|very favourably|very favorable",
    ),
    _ladder(
        "satisfaction", "English",
        "very dissatisfied|very unsatisfied/ dissatisfied|somewhat dissatisfied|unsatisfied/ "
        "neither satisfied nor dissatisfied|neutral/ satisfied|somewhat satisfied/ very satisfied",
    ),
    _ladder("quality", "English", "very poor/ poor/ fair|average|acceptable/ good/ very good|excellent"),
    _ladder(
        "likelihood", "English",
        "very unlikely|extremely unlikely/ unlikely/ neutral|neither/ likely/ very likely|extremely likely",
    ),
    _ladder("truth", "English", "not at all true/ hardly true/ moderately true/ exactly true"),
    _ladder("truth", "German", "stimmt nicht/ stimmt kaum/ stimmt eher/ stimmt genau"),
)  # fmt: skip
_WORDS = frozenset(label for ladder in LADDERS for rung in ladder.rungs for label in rung)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How a column's labels are read.

    `numbers`: label as written → number; `languages`: those of the ladders used; `rungs`: their length, 0 where the
    labels carry their numbers; `contradictions`: labels whose number differs from one cell to the next.
    """

    numbers: Mapping[str, float]
    languages: tuple[str, ...]
    rungs: int = 0
    contradictions: tuple[str, ...] = ()


def label_of(cell: str) -> str | None:
    """
    The label in a cell, without case and number; `None` when it is none.

    >>> label_of("Strongly  agree"), label_of("Strongly agree (5)"), label_of("2 - Disagree"), label_of("Alpha")
    ('strongly agree', 'strongly agree', 'disagree', None)
    """
    label, _ = _parted(cell)
    return label if label in _WORDS else None


def read_labels(cells: Iterable[str], *, enough: bool = False) -> Reading | None:
    """
    The numbers of a scale's labels; `None` when no ladder holds all labels that any ladder knows.

    Parameters
    ----------
    cells : distinct answers; those that are no labels are passed over.
    enough : whether so many answers were given that a ladder with a middle would have shown it.

    >>> read_labels(["Agree", "Neutral", "Strongly agree"]).numbers
    {'Agree': 4.0, 'Neutral': 3.0, 'Strongly agree': 5.0}
    >>> read_labels(["Agree (4)", "Agree (2)"]).contradictions
    ('agree',)
    >>> sorted(read_labels(["Agree", "Stimme eher zu", "Disagree"]).languages)
    ['English', 'German']
    """
    parted = {cell: _parted(cell) for cell in cells}
    known = {cell: part for cell, part in parted.items() if part[0] in _WORDS}
    if not known:
        return None
    if any(stated is not None for _, stated in known.values()):
        return _stated(known)
    labels = {label for label, _ in known.values()}
    chosen = _ladders_for(labels, enough)
    if chosen is None:
        return None
    numbers = {label: n for ladder in chosen for n, rung in enumerate(ladder.rungs, start=1) for label in rung}
    return Reading(
        {cell: float(numbers[label]) for cell, (label, _) in known.items()},
        tuple(sorted({ladder.language for ladder in chosen})),
        len(chosen[0].rungs),
    )


def _stated(known: Mapping[str, tuple[str, float | None]]) -> Reading:
    """Labels that carry their number: the number counts."""
    said: dict[str, set[float]] = {}
    for label, stated in known.values():
        if stated is not None:
            said.setdefault(label, set()).add(stated)
    languages = {ladder.language for ladder in LADDERS if any(label in rung for rung in ladder.rungs for label in said)}
    return Reading(
        {
            cell: min(said[label]) if stated is None else stated
            for cell, (label, stated) in known.items()
            if label in said
        },
        tuple(sorted(languages))[:1],
        contradictions=tuple(sorted(label for label, numbers in said.items() if len(numbers) > 1)),
    )


def _ladders_for(labels: set[str], enough: bool) -> tuple[Ladder, ...] | None:
    """
    The first ladder that holds all labels, else two of one length and two languages that do together.

    Ladders without a middle come last, or first where many answers and every rung but a middle one were given.
    """
    ladders = sorted(LADDERS, key=lambda ladder: (len(ladder.rungs) % 2 == 0) != enough)
    holding = {ladder: {label for rung in ladder.rungs for label in rung} & labels for ladder in ladders}
    if enough:
        holding = {
            ladder: held for ladder, held in holding.items() if len(ladder.rungs) % 2 or _all_rungs(ladder, held)
        }
    for ladder, held in holding.items():
        if held == labels:
            return (ladder,)
    for one, held in holding.items():
        for other, also in holding.items():
            if one.language < other.language and len(one.rungs) == len(other.rungs) and held | also == labels:
                return (one, other)
    return None


def _all_rungs(ladder: Ladder, labels: set[str]) -> bool:
    return all(any(label in labels for label in rung) for rung in ladder.rungs)


def _parted(cell: str) -> tuple[str, float | None]:
    """A cell as (label in small letters, the number it carries)."""
    text = " ".join(cell.replace("’", "'").split())
    if match := _NUMBERED.match(text):
        label, stated = match["label"] or match["label2"], match["a"] or match["b"]
        if label.casefold() in _WORDS:
            return label.casefold(), float(stated)
    return text.casefold(), None
