"""
The example organisation: an engineering company whose truth is known, because it was put in.

In the second of six quarters everybody received an AI assistant. Some teams were given subscriptions and nothing else:
their members trust themselves with more, their belief in the team stands still. Others designed projects that needed
everyone: both beliefs rise. Answers are then made the way surveys go: people join and leave, some do not answer,
everyone has a leniency that lifts both scales alike and a mood on the day, and what is felt is answered in whole
numbers.

Gains are larger than most organisations see, so that the example is legible. `README.md` beside this file explains
every column. A seed always gives the same bytes: nothing is drawn but `random()` and `standard_normal()`, the steadiest
of numpy's streams, and every file and quarter has a stream of its own.

    python data/samples/generate.py                                           the example, beside this script
    python data/samples/generate.py --teams 80 --people 700 --out DIR         an organisation that is drawn
    python data/samples/generate.py --teams 12500 --people 250000 --periods 4 --survey-only --out DIR
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Row = tuple[Any, ...]
Table = tuple[Row, list[Row]]  # the names of the columns, then the rows

SEED = 85
FIRST_YEAR = 2025
OUTAGE = 3  # the quarter of the disruption, counted from 0
COUNTS, SHARE = 5.0, 0.5  # a gain counts from 5 points; half of an individual gain is expected of the team

# ── who works here ────────────────────────────────────────────────────────────────────────────────

SUBSCRIPTIONS, PROJECTS, OWN_PRACTICE = "subscriptions_only", "shared_projects", "own_shared_practice"
UNUSED, LOST, MIXED, REHEARSED = "hardly_used", "lost_structures", "mixed", "long_rehearsed"
SITES = ("Ghent", "Porto", "Remote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """
    One team: its `start` and its `gain` from the first to the last quarter, each (individual, collective) in POMP
    points; what was `done` with the assistant. `renamed` is its name in the second half of the quarters, `hit`
    whether the outage reached it.
    """

    name: str
    department: str
    people: int
    done: str
    start: tuple[float, float]
    gain: tuple[float, float]
    note: str = ""
    renamed: str = ""
    hit: bool = False


def _team(name: str, department: str, people: int, done: str, *figures: float, **more: Any) -> Team:
    individual, collective, individual_gain, collective_gain = figures
    start, gain = (individual, collective), (individual_gain, collective_gain)
    return Team(name=name, department=department, people=people, done=done, start=start, gain=gain, **more)


# name, department, people, what was done, individual and collective start, individual and collective gain
CAST = (
    _team("Checkout", "Product", 12, SUBSCRIPTIONS, 48, 57, 22, 0, note="outage: slow to recover", hit=True),
    _team("Search", "Product", 10, SUBSCRIPTIONS, 56, 61, 20, 1),
    _team("Mobile Apps", "Product", 10, SUBSCRIPTIONS, 45, 52, 22, 2),
    _team("Billing", "Product", 12, SUBSCRIPTIONS, 55, 62, 19, -1),
    _team("Firmware", "Embedded", 11, SUBSCRIPTIONS, 50, 55, 20, 0, note="outage: slow to recover", hit=True),
    _team("Test Automation", "Platform", 8, SUBSCRIPTIONS, 57, 58, 15, 1, note="a smaller gain in a small team"),
    _team("Power Electronics", "Embedded", 7, SUBSCRIPTIONS, 60, 64, 13, 3, note="a smaller gain in a small team"),
    _team("Customer Portal", "Product", 6, SUBSCRIPTIONS, 60, 60, 11, 3, note="true, but six people hardly show it"),
    _team("Observability", "Platform", 8, MIXED, 53, 60, 11, 5, note="just not compounding: close to the line"),
    _team("Edge Gateway", "Embedded", 8, MIXED, 48, 55, 11, 7, note="just compounding: close to the line"),
    _team("Localisation", "Product", 6, MIXED, 63, 57, 4, 1, note="a gain that hardly counts"),
    _team("Build Systems", "Platform", 11, PROJECTS, 57, 53, 17, 20, note="outage: quick to recover", hit=True),
    _team("Identity", "Platform", 9, PROJECTS, 61, 56, 17, 18),
    _team("Data Pipelines", "Data", 10, PROJECTS, 49, 50, 16, 21),
    _team("Motion Control", "Embedded", 10, PROJECTS, 52, 58, 17, 17, note="outage: quick to recover", hit=True),
    _team("Forecasting", "Data", 9, PROJECTS, 59, 54, 14, 17),
    _team("Incident Response", "Platform", 9, OWN_PRACTICE, 66, 51, 0, 16, note="began rehearsing together by itself"),
    _team("Regulatory", "Quality", 10, UNUSED, 63, 62, 0, 0),
    _team("Design System", "Product", 8, UNUSED, 67, 60, 1, -1),
    _team("Release Quality", "Quality", 12, UNUSED, 61, 61, 1, 1),
    _team("Calibration", "Quality", 6, UNUSED, 57, 65, 1, 2),
    _team("Legacy Services", "Platform", 9, LOST, 62, 66, -2, -20, note="guild and rota ended 2025-Q3", hit=True),
    _team("Site Reliability", "Platform", 11, REHEARSED, 70, 126, 2, 1, note="at the upper end of the scale"),
    _team("Hardware Security", "Embedded", 3, SUBSCRIPTIONS, 60, 58, 15, 1, note="three people: never shown"),
    _team("Web Experience", "Product", 9, PROJECTS, 56, 55, 14, 14, renamed="Experience Lab"),
)  # fmt: skip


def drawn(teams: int, people: int, random: np.random.Generator) -> tuple[Team, ...]:
    """An organisation of any size; what was done and how much it brought is drawn."""
    if not 1 <= 3 * teams <= people:
        raise SystemExit(f"{people} people cannot form {teams} teams of at least three people.")
    kinds = (SUBSCRIPTIONS, PROJECTS, OWN_PRACTICE, UNUSED, LOST)
    middle = np.array([[11.0, 0.5], [10.0, 10.0], [1.0, 9.0], [0.0, 0.0], [-6.0, -8.0]])
    kind = np.searchsorted([0.25, 0.5, 0.6, 0.9], random.random(teams), side="right")
    gain = np.round(middle[kind] + 3 * random.standard_normal((teams, 2)), 1).tolist()
    start = np.round(np.array([56.0, 58.0]) + _alike(random, (teams,), 0.5) * (5.2, 7.2), 1).tolist()
    sizes = _sizes(teams, people, random).tolist()
    width, hit = len(str(teams)), (random.random(teams) < 0.2).tolist()
    departments = ("Product", "Platform", "Embedded", "Data", "Quality")
    return tuple(
        _team(f"Team {n + 1:0{width}d}", departments[n % 5], sizes[n], kinds[k], *start[n], *gain[n], hit=hit[n])
        for n, k in enumerate(kind.tolist())
    )


def _sizes(teams: int, people: int, random: np.random.Generator) -> Whole:
    """(T,) at least three people each and `people` in all; some teams are about three times as large as others."""
    weight = 0.5 + random.random(teams)
    ends = np.rint(np.cumsum(weight) / weight.sum() * (people - 3 * teams)).astype(np.int64)
    return 3 + np.diff(ends, prepend=0)


# ── what is true of a team ────────────────────────────────────────────────────────────────────────


class Organization(NamedTuple):
    """`path` (T, Q, 2): what is true of every team and quarter, in POMP; without chance."""

    teams: tuple[Team, ...]
    quarters: tuple[str, ...]
    path: Array

    def name(self, team: int, quarter: int) -> str:
        """What a team is called in a quarter."""
        one = self.teams[team]
        return one.renamed if one.renamed and quarter >= self.renaming else one.name

    @property
    def renaming(self) -> int:
        """The quarter from which on a new name is used."""
        return (len(self.quarters) + 1) // 2


def organization(teams: tuple[Team, ...], periods: int) -> Organization:
    """The individual gain sets in with the assistant and levels off; a collective one takes its time."""
    quarters = tuple(f"{FIRST_YEAR + n // 4}-Q{n % 4 + 1}" for n in range(periods))
    time = np.linspace(0, 1, periods)
    progress = np.stack([time * (2 - time), time**2 * (3 - 2 * time)], axis=1)
    start, gain = np.array([team.start for team in teams]), np.array([team.gain for team in teams])
    return Organization(teams, quarters, start[:, None] + gain[:, None] * progress)


def state(individual: float, collective: float) -> str:
    """
    What a team is called whose true gains are these.

    >>> state(20, 1), state(20, 11), state(1, 9), state(4, -4), state(0, -9)
    ('not compounding', 'compounding', 'collective-led', 'steady', 'eroding')
    """
    if individual >= COUNTS:
        return "compounding" if collective > SHARE * individual else "not compounding"
    if collective >= COUNTS:
        return "collective-led"
    return "eroding" if min(individual, collective) <= -COUNTS else "steady"


# ── who answers ───────────────────────────────────────────────────────────────────────────────────


class People(NamedTuple):
    """
    Seats S over quarters Q. `holder` (S, Q) is the number of the person on the seat, `present` (S, Q) whether anybody
    is, `answers` (S, Q) whether they answer the survey; `stable` (persons, 2) is what a person adds to both scales.
    """

    team: Whole
    holder: Whole
    present: Mask
    answers: Mask
    stable: Array
    site: Whole
    key: Whole


def people(company: Organization, random: np.random.Generator, *, everyone: bool) -> People:
    """Everybody who ever works here. With `everyone` all seats are filled and all answer: a file of a known length."""
    sizes = [team.people for team in company.teams]
    team = np.repeat(np.arange(len(sizes)), sizes)
    shape = (len(team), len(company.quarters))
    begins = random.random(shape) < 0.05
    vacant = begins & (random.random(shape) < 0.35)  # the new holder arrives a quarter late
    begins[:, 0], vacant[:, 0] = True, False
    holder = np.cumsum(begins).reshape(shape) - 1
    persons = int(holder[-1, -1]) + 1
    willing = np.clip(0.82 + 0.10 * random.standard_normal(persons), 0.45, 0.98)
    answers = random.random(shape) < willing[holder]
    return People(
        team=team,
        holder=holder,
        present=~vacant | everyone,
        answers=(answers & ~vacant) | everyone,
        stable=_stable(persons, random),
        site=np.searchsorted([0.5, 0.8], random.random(persons), side="right"),
        key=10 ** max(3, len(str(persons))) + np.argsort(random.random(persons)),
    )


def _stable(persons: int, random: np.random.Generator) -> Array:
    """Leniency lifts both scales alike (SD 9.5 points); the rest is the person's own (8.9 and 5.5)."""
    leniency = 9.5 * random.standard_normal((persons, 1))
    return leniency + np.array([8.9, 5.5]) * random.standard_normal((persons, 2))


def _alike(random: np.random.Generator, shape: tuple[int, ...], correlation: float) -> Array:
    """Pairs of standard normal figures that go together."""
    both = random.standard_normal((*shape, 2))
    both[..., 1] = correlation * both[..., 0] + (1 - correlation**2) ** 0.5 * both[..., 1]
    return both


# ── the survey ────────────────────────────────────────────────────────────────────────────────────

ITEMS = (
    "work out why a build fails that {we} have not seen before",
    "get a change into production without breaking anything that works",
    "find a way forward when a specification turns out to be wrong",
    "judge whether a solution that the assistant proposes is sound",
    "keep a promise about delivery when something unexpected happens",
)
HARD = np.array([-4.0, 2.0, 0.0, -3.0, 5.0])  # points by which an item is easier to agree with
INDIVIDUAL = tuple(f"se_{n}" for n in range(1, 6))
COLLECTIVE = tuple(f"ce_{n}" for n in range(1, 6))
ATTRIBUTION = ("att_coord", "att_hero", "att_luck", "att_help")
ANSWERS = (*INDIVIDUAL, *COLLECTIVE, "mastery_1", *ATTRIBUTION)
SURVEY = ("respondent_id", "team_id", "quarter", "department", "site", *ANSWERS, "comment")
REMARKS = (
    "The assistant saves me the boring half of the day.",
    "More time for reviews, please.",
    "Good quarter.",
    "We should talk about the hand-over to operations.",
    "I learn faster alone now, but I ask my colleagues less.",
    "The joint debugging afternoon was worth it.",
    "Too many channels, too few decisions.",
    "Would like to see what other teams do with their prompts.",
    'What does "done" mean for generated code?',
    "Everyone has their own way of prompting; we never compare notes.",
    "Build times are better, thank you.",
    "Planning felt rushed, the rest was fine.",
    "Nothing to add.",
    "Please keep the rota, it helps newcomers.",
    "The outage showed who knows what, and who does not.",
    "Short survey, good.",
)


class Answers(NamedTuple):
    """One quarter's survey: `seat` (n,) who answered, `values` (n, 15) as in `ANSWERS`, 0 where there is no answer."""

    seat: Whole
    values: npt.NDArray[np.int8]


def answers(company: Organization, staff: People, quarter: int, random: np.random.Generator) -> Answers:
    """
    What the members answer in one quarter.

    Moments: a shock of the team (SD 2 points), a mood that touches both scales (5), one's own (5.2 and 3.5), and a
    noise of every item (13.7). An item is answered with the nearest of the five options, 1 and 5 taking the rest.
    """
    seat = np.flatnonzero(staff.answers[:, quarter])
    shock = 2.0 * _alike(random, (len(company.teams),), 0.4)
    truth = company.path[:, quarter]
    felt = (truth + shock)[staff.team[seat]] + staff.stable[staff.holder[seat, quarter]]
    felt += 5.0 * random.standard_normal((len(seat), 1)) + np.array([5.2, 3.5]) * random.standard_normal(felt.shape)
    noisy = felt[:, :, None] + HARD + 13.7 * random.standard_normal((len(seat), 2, 5))
    efficacy = np.clip(np.rint(noisy / 25), 0, 4) + 1
    success = _success(company, staff.team[seat], quarter, felt[:, 1], random)
    values = np.concatenate([efficacy.reshape(len(seat), 10), success], axis=1).astype(np.int8)
    return Answers(seat, _left_out(values, random))


def _success(company: Organization, team: Whole, quarter: int, belief: Array, random: np.random.Generator) -> Array:
    """(n, 5) did the team succeed at something hard, and if so: coordination, one or two people, luck, help (1–7)."""
    risen = company.path[team, quarter] - company.path[team, 0]
    alone = np.maximum(risen[:, 0] - risen[:, 1], 0)
    mastery = 4.3 + 0.05 * (belief - 60) + 1.2 * random.standard_normal(len(team))
    coordination = 4.2 + 0.045 * (belief - 60) - 0.03 * alone
    heroes, even = 3.5 + 0.07 * alone, np.zeros(len(team))
    why = np.stack([coordination, heroes, even + 3.0, even + 3.3], axis=1) + 1.4 * random.standard_normal(
        (len(team), 4)
    )
    scaled = np.clip(np.rint(np.concatenate([mastery[:, None], why], axis=1)), 1, 7)
    scaled[scaled[:, 0] < 3, 1:] = 0  # no success, no question what it is put down to
    return scaled


def _left_out(values: npt.NDArray[np.int8], random: np.random.Generator) -> npt.NDArray[np.int8]:
    """One answer in eighty is skipped, and one person in sixty stops after the questions about themselves."""
    values[random.random(values.shape) < 1 / 80] = 0
    values[random.random(len(values)) < 1 / 60, 5:] = 0
    return values


def survey(company: Organization, staff: People, seed: int) -> Table:
    """One row per person and quarter."""
    return SURVEY, [row for q in range(len(company.quarters)) for row in _survey_rows(company, staff, q, seed)]


def _survey_rows(company: Organization, staff: People, quarter: int, seed: int) -> Iterator[Row]:
    given = answers(company, staff, quarter, _stream(seed, 1, quarter))
    remarks = _remarks(len(given.seat), _stream(seed, 2, quarter))
    for seat, values, remark in zip(given.seat.tolist(), given.values.tolist(), remarks, strict=True):
        person, team = staff.holder[seat, quarter], int(staff.team[seat])
        whose = (company.name(team, quarter), company.quarters[quarter], company.teams[team].department)
        yield (f"p{staff.key[person]}", *whose, SITES[staff.site[person]], *(value or "" for value in values), remark)


def _remarks(count: int, random: np.random.Generator) -> list[str]:
    spoken, which = random.random(count) < 0.06, (random.random(count) * len(REMARKS)).astype(int)
    return [REMARKS[n] if says else "" for says, n in zip(spoken.tolist(), which.tolist(), strict=True)]


# ── what stands beside the survey ─────────────────────────────────────────────────────────────────

PERFORMANCE = ("team_id", "quarter", "respondent_id", "metric", "value", "higher_is_better", "unit")


def performance(company: Organization, staff: People, seed: int) -> Table:
    """Team figures follow the collective belief of the quarter before, those of members their individual one."""
    rows = [*_team_metrics(company, _stream(seed, 3)), *_member_metrics(company, staff, _stream(seed, 4))]
    return PERFORMANCE, rows


def damage(company: Organization) -> Array:
    """(T, Q) the part of its delivery a team misses through the outage; it heals faster the stronger the belief."""
    lost = np.zeros((len(company.teams), len(company.quarters)))
    heals = np.clip((company.path[:, :, 1] - 40) / 40, 0.1, 0.95)
    for quarter in range(OUTAGE, len(company.quarters)):
        before = lost[:, quarter - 1] * (1 - heals[:, quarter])
        lost[:, quarter] = before if quarter > OUTAGE else [0.35 * team.hit for team in company.teams]
    return lost


def _team_metrics(company: Organization, random: np.random.Generator) -> Iterator[Row]:
    teams, quarters = company.path.shape[:2]
    before = np.minimum(company.path[:, np.maximum(np.arange(quarters) - 1, 0), 1], 100)
    belief, lost = (before - 60) / 10, damage(company)
    own, noise = random.standard_normal((teams, 1, 3)), random.standard_normal((teams, quarters, 3))
    value = (100 + 12 * own[..., 0] + 10 * belief + 9 * noise[..., 0]) * (1 - lost)
    days = np.maximum((9 + 1.6 * own[..., 1] - 1.3 * belief + 1.2 * noise[..., 1]) * (1 + lost), 0.5)
    failed = np.maximum(14 + 3.0 * own[..., 2] - 2.2 * belief + 2.6 * noise[..., 2] + 20 * lost, 0)
    for team, quarter in np.ndindex(teams, quarters):
        place = (company.name(team, quarter), company.quarters[quarter], "")
        yield (*place, "delivered_value", f"{value[team, quarter]:.1f}", "true", "points")
        yield (*place, "lead_time_days", f"{days[team, quarter]:.1f}", "false", "days")
        yield (*place, "change_failure_rate", f"{failed[team, quarter]:.1f}", "false", "percent")


def _member_metrics(company: Organization, staff: People, random: np.random.Generator) -> Iterator[Row]:
    shape = staff.holder.shape
    believed = company.path[staff.team, :, 0] + staff.stable[staff.holder, 0]
    own = random.standard_normal(len(staff.key))[staff.holder]
    closed = np.maximum(np.rint(24 + 0.20 * (believed - 60) + 4.5 * own + 3.0 * random.standard_normal(shape)), 0)
    for seat, quarter in np.argwhere(staff.present).tolist():
        place = (company.name(int(staff.team[seat]), quarter), company.quarters[quarter])
        person = f"p{staff.key[staff.holder[seat, quarter]]}"
        yield (*place, person, "tasks_closed", int(closed[seat, quarter]), "true", "tasks")


EVENTS = ("date", "team_id", "kind", "name", "outcome", "participants")
SHARED = (
    ("Joint migration sprint", "finished together"),
    ("Failure rehearsal", "found a weak spot"),
    ("Shared prompt review", "kept in the library"),
)


def events(company: Organization) -> Table:
    """What happened when: the roll-out for everyone, the outage where it hit, and what teams did or were sent to."""
    rows: list[Row] = [(_day(company, 1, 12), "", "ai_rollout", "AI assistant for everyone", "", "")]
    for number, team in enumerate(company.teams):
        rows += _own_events(company, number, team)
    return EVENTS, sorted(row for row in rows if row[0])


def _own_events(company: Organization, number: int, team: Team) -> Iterator[Row]:
    for quarter, day, kind, what, outcome, participants in _happenings(team, 3 + number % 25):
        yield (_day(company, quarter, day), company.name(number, quarter), kind, what, outcome, participants)


def _happenings(team: Team, day: int) -> Iterator[Row]:
    """Quarter, day, kind, name, outcome and participants of what one team went through."""
    if team.hit:
        yield (OUTAGE, 18, "disruption", "Package registry outage", "delivery stopped for days", "")
    if team.done == REHEARSED:
        yield from ((quarter, day, "shared_mastery", *SHARED[1], team.people) for quarter in range(6))
    if team.done in (PROJECTS, OWN_PRACTICE):
        yield from ((turn + 2, day, "shared_mastery", *what, team.people) for turn, what in enumerate(SHARED))
    if team.done == SUBSCRIPTIONS:
        yield (2, day, "individual_training", "Prompting course", "certificates", max(team.people * 3 // 4, 1))
    if team.done == LOST:
        yield (2, day, "other", "Guild and review rota ended", "", "")


def _day(company: Organization, quarter: int, day: int) -> str:
    """A working day of the middle month of a quarter; "" after the last quarter."""
    if quarter >= len(company.quarters):
        return ""
    day_or_weekend = f"{FIRST_YEAR + quarter // 4}-{quarter % 4 * 3 + 2:02d}-{day:02d}"
    return str(np.busday_offset(day_or_weekend, 0, roll="forward"))


STRUCTURES = ("structure", "team_id", "quarter", "health", "name", "adopted")


class Structure(NamedTuple):
    """A shared structure: the quarter in which teams of some kinds adopted it."""

    code: str
    name: str
    adopted: int
    kinds: tuple[str, ...]


SHARED_STRUCTURES = (
    Structure("guild", "Engineering guild", 0, (PROJECTS, OWN_PRACTICE, REHEARSED, LOST, UNUSED)),
    Structure("review_rota", "Review rota", 0, (PROJECTS, REHEARSED, SUBSCRIPTIONS, LOST, MIXED)),
    Structure("prompt_library", "Shared prompt library", 2, (PROJECTS, SUBSCRIPTIONS)),
)


def structures(company: Organization, seed: int) -> Table:
    """Health of 0 to 100: what nobody believes in together wears out, what a team believes in is kept up."""
    random = _stream(seed, 5)
    rows: list[Row] = []
    noise = random.standard_normal((len(company.teams), len(SHARED_STRUCTURES), len(company.quarters)))
    for number, team in enumerate(company.teams):
        for place, structure in enumerate(SHARED_STRUCTURES):
            if team.done in structure.kinds:
                rows += _states(company, number, structure, noise[number, place])
    return STRUCTURES, rows


def _states(company: Organization, number: int, structure: Structure, noise: Array) -> Iterator[Row]:
    health, team = 70.0 + 5 * noise[0], company.teams[number]
    for quarter in range(structure.adopted, len(company.quarters)):
        if quarter > structure.adopted:
            health += 0.5 * (company.path[number, quarter, 1] - 62) + 2 * noise[quarter]
        if team.done == LOST and quarter > 2:
            health -= 15
        health = min(max(health, 0.0), 100.0)
        name, label = company.name(number, quarter), company.quarters[quarter]
        yield (structure.code, name, label, round(health), structure.name, company.quarters[structure.adopted])


ROSTER = ("team_id", "quarter", "headcount", "parent")


def roster(company: Organization, staff: People) -> Table:
    """How many people a team has in a quarter, and its department."""
    rows: list[Row] = []
    for quarter, label in enumerate(company.quarters):
        heads = np.bincount(staff.team[staff.present[:, quarter]], minlength=len(company.teams)).tolist()
        for number, team in enumerate(company.teams):
            rows.append((company.name(number, quarter), label, heads[number], team.department))
    return ROSTER, rows


GAINS = ("individual_gain", "collective_gain", "individual_start", "collective_start")
TRUTH = ("team_id", *GAINS, "done", "state", "note")


def truth(company: Organization) -> Table:
    """What was put in, one row per name of a team; of a name that ends or begins, over the quarters it has."""
    half, last = company.renaming, len(company.quarters) - 1
    rows: list[Row] = []
    for team, path in zip(company.teams, company.path, strict=True):
        if not team.renamed or half > last:
            rows.append(_truth_row(team.name, team, path[0], path[last], team.note))
            continue
        ends = f"called {team.renamed} from {company.quarters[half]} on: two teams to the survey"
        begins = f"called {team.name} before {company.quarters[half]}: two teams to the survey"
        rows.append(_truth_row(team.name, team, path[0], path[half - 1], ends))
        rows.append(_truth_row(team.renamed, team, path[half], path[last], begins))
    return TRUTH, rows


def _truth_row(name: str, team: Team, first: Array, last: Array, note: str) -> Row:
    gain = np.round(last - first, 1).tolist()
    return (name, *gain, *np.round(first, 1).tolist(), team.done, state(*gain), note)


def instrument() -> str:
    """Which column belongs to which scale, with the questions as comments."""
    lines = [
        "# The survey of the example organisation. The questions stand beside their columns.",
        'title = "Team pulse of an engineering company (invented)"',
        'team = "team_id"',
        'period = "quarter"',
        'respondent = "respondent_id"',
        'segments = ["department", "site"]',
        "mirrored = true             # the collective items are the individual ones with the referent shifted",
    ]
    return "\n".join([*lines, *_efficacy_scales(), *_success_scales(), ""])


def question(item: int, collective: bool) -> str:
    """
    The wording of an item.

    >>> question(0, True)
    'Our team can work out why a build fails that we have not seen before.'
    """
    who, we = ("Our team", "we") if collective else ("I", "I")
    return f"{who} can {ITEMS[item].format(we=we)}."


def _efficacy_scales() -> list[str]:
    lines = []
    for scale, items in (("individual_efficacy", INDIVIDUAL), ("collective_efficacy", COLLECTIVE)):
        lines += ["", f"[scales.{scale}]         # 1 not at all … 5 certainly"]
        lines += [f"# {item}: {question(n, items is COLLECTIVE)}" for n, item in enumerate(items)]
        lines += [f"items = {json.dumps(items)}", "minimum = 1", "maximum = 5"]
    return lines


SUCCESS = (
    ("shared_mastery", "mastery_1", "This quarter our team succeeded at something that was difficult for us."),
    ("attribution_coordination", "att_coord", "We succeeded because we worked together well."),
    ("attribution_heroics", "att_hero", "We succeeded because one or two people pulled it off."),
    ("attribution_luck", "att_luck", "We succeeded because we were lucky."),
    ("attribution_help", "att_help", "We succeeded because we had help from outside the team."),
)


def _success_scales() -> list[str]:
    lines = ["", "# The four attributions are asked of those who answer mastery_1 with 3 or more."]
    for scale, item, text in SUCCESS:
        lines += ["", f"[scales.{scale}]         # 1 does not apply … 7 applies fully", f"# {item}: {text}"]
        lines += [f'items = ["{item}"]', "minimum = 1", "maximum = 7"]
    return lines


# ── writing ───────────────────────────────────────────────────────────────────────────────────────


def _stream(seed: int, *place: int) -> np.random.Generator:
    """A stream of random figures of its own for every file and quarter."""
    return np.random.default_rng([seed, *place])


def write_all(company: Organization, seed: int, folder: Path) -> None:
    """Every file of the organisation."""
    staff = people(company, _stream(seed, 0), everyone=False)
    tables = {
        "survey": survey(company, staff, seed),
        "performance": performance(company, staff, seed),
        "events": events(company),
        "structures": structures(company, seed),
        "roster": roster(company, staff),
        "truth": truth(company),
    }
    for name, (header, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    (folder / "instrument.toml").write_text(instrument(), encoding="utf-8", newline="\n")


def write_survey_only(company: Organization, seed: int, path: Path) -> None:
    """
    A survey alone in which everyone answers: people × quarters rows, written a quarter at a time by pyarrow.

    The columns are those of the example but for the remarks.
    """
    import pyarrow as pa  # only here: the example itself needs numpy alone
    import pyarrow.compute
    import pyarrow.csv

    staff = people(company, _stream(seed, 0), everyone=True)
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((",".join(SURVEY[:-1]) + "\n").encode())
        for quarter in range(len(company.quarters)):
            given = answers(company, staff, quarter, _stream(seed, 1, quarter))
            table = pa.table(_quarter_columns(pa, company, staff, quarter, given), names=list(SURVEY[:-1]))
            pyarrow.csv.write_csv(table, file, options)


def _quarter_columns(pa: Any, company: Organization, staff: People, quarter: int, given: Answers) -> list[Any]:
    person, team = staff.holder[given.seat, quarter], staff.team[given.seat]
    names = [company.name(number, quarter) for number in range(len(company.teams))]
    keys = pa.compute.binary_join_element_wise("p", pa.array(staff.key[person]).cast(pa.string()), "")
    texts = [
        pa.array(names).take(team),
        pa.array([company.quarters[quarter]]).take(np.zeros(len(team), dtype=np.int64)),
        pa.array([one.department for one in company.teams]).take(team),
        pa.array(SITES).take(staff.site[person]),
    ]
    return [keys, *texts, *(pa.array(column, mask=column == 0) for column in given.values.T)]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the example organisation, or a drawn one of any size.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR", help="beside this script")
    parser.add_argument("--teams", type=int, metavar="N", help="draw an organisation of so many teams")
    parser.add_argument("--people", type=int, metavar="N", help="of so many people; eight a team when not given")
    parser.add_argument("--periods", type=int, default=6, metavar="Q", help="quarters (6)")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed, the same bytes")
    parser.add_argument(
        "--survey-only", action="store_true", help="survey.csv alone, everyone answering; needs pyarrow"
    )
    options = parser.parse_args(arguments)
    company = organization(_teams(options), max(options.periods, 1))
    options.out.mkdir(parents=True, exist_ok=True)
    if options.survey_only:
        write_survey_only(company, options.seed, options.out / "survey.csv")
    else:
        write_all(company, options.seed, options.out)


def _teams(options: argparse.Namespace) -> tuple[Team, ...]:
    """The example's cast, or as many teams as were asked for."""
    if options.teams is None and options.people is None:
        return CAST
    teams = options.teams or max(options.people // 8, 1)
    return drawn(teams, options.people or 8 * teams, _stream(options.seed, 9))


if __name__ == "__main__":
    main()
