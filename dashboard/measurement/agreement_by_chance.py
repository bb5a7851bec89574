"""
Agreement by chance: is a team more alike than so many persons of the organisation, put together at random?

A small average deviation alone says little: where everyone answers 4 or 5, any five persons agree. So each team is set
beside 2,000 random groups of its own size, drawn from all respondents of the period, each group without repeating a
person. The groups of one period are drawn once, as long as its largest team; its first n persons are the random group
of size n. So teams of one size share one reference, and work does not grow with the number of teams.

Persons are drawn in the order of their answers, not of their rows, so shuffled rows give the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt

from dashboard.measurement.agreement import average_deviations
from dashboard.measurement.groups import Flags, Indices
from dashboard.measurement.scoring import Answers
from dashboard.measurement.sums import MOST_AT_ONCE, SurveySums, Wave, waves
from dashboard.terms import COLLECTIVE, Scale, Settings, Survey

Values = npt.NDArray[np.float64]
Patterns = npt.NDArray[np.uint64]  # (persons, words) eight answers to a word, a byte each: 0 none, 1 the lowest level

RANDOM_GROUPS = 2000
FEWEST_OUTSIDE = 30  # respondents beside the team, to draw other groups from
LARGEST_DRAWN = 200  # members; what larger groups would show is worked out from these
FINEST = 63  # levels of an answer that are told apart in the reference
_SAME = 1e-9  # points


def agreement_percentiles(survey: Survey, settings: Settings, sums: SurveySums) -> list[Values]:
    """
    Per period (G,) the share of random groups of a team's size that are *less* alike than it, ties by half.

    Returns
    -------
    0 (all random groups are more alike) … 1 (none is); about ½ where nothing of the team is in the answers. By the
    average deviation of the collective scale, as in `agreement.average_deviation`. `nan` for a team without one, and
    with fewer than 30 respondents outside it.

    Notes
    -----
    Drawn with `settings.seed` and the name of the period. Groups above 200 members are not drawn: their deviations
    are taken to lie around that of everybody as those of 200 do, narrowed by √(200/n · (N − n)/(N − 200)). Answers
    with decimals or of more than 63 options are rounded in the reference, to a 30th of the range or finer, which
    changes a deviation by about a thousandth.
    """
    deviations = [average_deviations(found) for found in sums.of_scale(COLLECTIVE)]
    seeds = [[settings.seed, zlib.crc32(period.label.encode())] for period in survey.periods]
    with ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        return list(threads.map(partial(_of_period, survey), waves(survey), deviations, seeds))


def references(
    persons: Patterns, items: int, sizes: Indices, points: Values, random: np.random.Generator
) -> Iterator[tuple[int, Values]]:
    """
    For each of the sorted sizes, the sorted average deviations of random groups of so many of these persons.

    Parameters
    ----------
    persons : patterns of their answers.
    points : (levels,) what each level stands for.
    """
    drawn = np.minimum(sizes, LARGEST_DRAWN)
    counts = _counts(persons, items, drawn, len(points), random)
    found = {size: np.sort(_deviations(count, points, items)) for size, count in counts}
    everybody = _of_everybody(persons, items, points) if sizes[-1] > LARGEST_DRAWN else np.nan
    for size, nearest in zip(sizes.tolist(), drawn.tolist(), strict=True):
        narrowed = np.sqrt(nearest / size * (len(persons) - size) / (len(persons) - nearest))
        reference = found[nearest]
        yield size, reference if size == nearest else everybody + narrowed * (reference - everybody)


def patterns(answers: Answers, scale: Scale, levels: int) -> Patterns:
    """The pattern of each person's answers; the answers at their places between the ends of the scale, in levels."""
    low, high = scale.bounds
    persons, items = answers.shape
    bytes_ = np.zeros((persons, -(-items // 8) * 8), dtype=np.uint8)
    for item, name in enumerate(scale.items):
        column = answers[:, item]
        above = high - column if name in scale.reversed else column - low
        level = np.clip(np.rint(above * ((levels - 1) / (high - low))) + 1, 1, levels)
        bytes_[:, item] = np.fmax(level, 0)  # 0 where there is none
    return bytes_.view("<u8")


def draw(random: np.random.Generator, population: int, members: int) -> Indices:
    """
    (groups, members) persons, each group without a repetition, all ordered groups being equally likely.

    Who is drawn twice is drawn anew: that treats all persons alike, so no group comes up more often than another.
    """
    if 4 * members > population:
        everyone = np.tile(np.arange(population), (RANDOM_GROUPS, 1))
        return random.permuted(everyone, axis=1)[:, :members]
    drawn = random.integers(population, size=(RANDOM_GROUPS, members))
    rows = np.arange(RANDOM_GROUPS)
    while len(rows):
        ordered = np.sort(drawn[rows], axis=1)
        rows = rows[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        row, place = _repeated(drawn[rows])
        drawn[rows[row], place] = random.integers(population, size=len(row))
    return drawn


def _of_period(survey: Survey, wave: Wave, deviations: Values, seed: list[int]) -> Values:
    scale, answers = survey.instrument.collective, survey.answers[COLLECTIVE][wave.rows]
    levels = _levels(answers, scale)
    everyone = patterns(answers, scale, levels)
    answered: Flags = np.asarray(everyone.any(axis=1))
    sizes = wave.groups.count(answered).astype(np.intp)
    persons = _ordered(everyone[answered])
    found = np.full(len(sizes), np.nan)
    asked = np.isfinite(deviations) & (len(persons) - sizes >= FEWEST_OUTSIDE)
    if asked.any():
        low, high = scale.bounds
        points, random = np.linspace(0, high - low, levels), np.random.default_rng(seed)
        for size, reference in references(persons, len(scale.items), np.unique(sizes[asked]), points, random):
            teams = asked & (sizes == size)
            found[teams] = _share_above(reference, deviations[teams])
    return found


def _levels(answers: Answers, scale: Scale) -> int:
    """How many levels the reference tells apart: all options if it can; with decimals, levels between them as well."""
    steps = scale.options - 1
    decimals = answers.dtype != np.float32  # a survey keeps whole numbers so
    if not decimals and scale.options <= FINEST:
        return scale.options
    return steps * ((FINEST - 1) // steps) + 1 if steps < FINEST else FINEST


def _ordered(persons: Patterns) -> Patterns:
    if persons.shape[1] == 1:
        return np.sort(persons, axis=0)
    return persons[np.lexsort(persons.T)]


def _counts(
    persons: Patterns, items: int, sizes: Indices, levels: int, random: np.random.Generator
) -> Iterator[tuple[int, Values]]:
    """
    For each of the sorted sizes (levels, items · groups) how often each answer was given in the random groups.

    One member after the other joins all groups; the array is the same one every time.
    """
    drawn = draw(random, len(persons), int(sizes[-1]))
    members = persons[drawn.T].view(np.uint8)[:, :, :items].transpose(0, 2, 1)
    counts = np.zeros((levels + 1, items * RANDOM_GROUPS))
    cells, columns = counts.reshape(-1), np.arange(counts.shape[1])
    wanted = set(sizes.tolist())
    for size, member in enumerate(members, start=1):
        cells[np.multiply(member.reshape(-1), len(columns), dtype=np.intp) + columns] += 1
        if size in wanted:
            yield size, counts[1:]


def _deviations(counts: Values, points: Values, items: int) -> Values:
    """Average deviation of each group, from (levels, items · groups) counts; groups without any are left out."""
    number = counts.sum(axis=0)
    divisor = np.maximum(number, 1)
    mean = points @ counts / divisor
    distance = np.zeros_like(mean)
    for point, count in zip(points, counts, strict=True):
        distance += count * np.abs(mean - point)
    entering = (number >= 2).reshape(items, -1).sum(axis=0)
    of_items = (distance / divisor).reshape(items, -1).sum(axis=0)  # 0 of an item with a single answer
    return (of_items / np.maximum(entering, 1))[entering > 0]


def _of_everybody(persons: Patterns, items: int, points: Values) -> float:
    answers = persons.view(np.uint8)[:, :items].T
    counts = np.array([np.bincount(item, minlength=len(points) + 1)[1:] for item in answers], dtype=float)
    return float(_deviations(counts.T, points, items)[0])


def _repeated(drawn: Indices) -> tuple[Indices, Indices]:
    """Row and place of everyone who stands in a row a second time."""
    order = np.argsort(drawn, axis=1, kind="stable")
    ordered = np.take_along_axis(drawn, order, axis=1)
    row, place = np.nonzero(ordered[:, 1:] == ordered[:, :-1])
    return row, order[row, place + 1]


def _share_above(reference: Values, deviations: Values) -> Values:
    """Share of the sorted reference above each deviation, ties by half; `nan` without any reference."""
    if not len(reference):
        return np.full(len(deviations), np.nan)
    above = len(reference) - np.searchsorted(reference, deviations + _SAME, side="right")
    at_least = len(reference) - np.searchsorted(reference, deviations - _SAME, side="left")
    return (above + at_least) / (2 * len(reference))
