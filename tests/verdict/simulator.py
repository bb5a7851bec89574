"""
A simulator of surveys whose truth is known: an organisation of teams, their members, and what they answer.

Written for the tests alone, without a glance at how the verdict models anything: members come and go, some do not
answer, everyone has a leniency that lifts both scales and a mood on the day, and answers are whole numbers from 1 to 5.
Spreads are those of published surveys: ICC(1) about .09 individual and .21 collective, alpha about .84.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtri

from dashboard.diagnosis.compounding import Responses

ITEMS, OPTIONS = 5, 5
KINDS = ("not compounding", "compounding", "collective-led", "steady", "eroding")

# Mean (individual, collective) gain of each kind in POMP; teams vary around it.
KIND_MEANS = np.array([[11.0, 0.5], [10.0, 10.0], [1.0, 9.0], [0.0, 0.0], [-7.0, -8.0]])
KIND_SPREAD = 3.0


@dataclass(frozen=True, kw_only=True)
class World:
    """
    What is true of an organisation, in POMP. `shares` of the five KINDS; `gain` fixes the mean gain of every team
    instead, and `shape` says how teams are spread around it. `first_shock` lifts or lowers every team's first
    period by chance (SD): those that begin low come back. `catching_up` is what a team gains more for every point
    that it begins below the others: a true gain, and less than none where it is negative. `careless` is the share
    of answers that are the same whole number throughout, drawn at random. Members may gain more or less than their
    team (SD `personal_gain`), and of the third that gains least a share `dropout` is gone in the last period; the
    team's own gain is that of all its seats, so what dropout adds to the means is no gain.
    """

    teams: int = 100
    members: int = 8
    periods: int = 4
    shares: tuple[float, ...] = (0.2, 0.25, 0.1, 0.35, 0.1)
    gain: tuple[float, float] | None = None
    gain_spread: float = KIND_SPREAD
    shape: str = "normal"
    level: tuple[float, float] = (62.0, 60.0)
    level_spread: tuple[float, float] = (4.3, 7.0)
    leniency: float = 9.5
    own_stable: tuple[float, float] = (8.0, 5.0)
    mood: float = 5.0
    own_mood: tuple[float, float] = (5.0, 4.0)
    item_noise: float = 12.5
    shock: float = 2.0
    shock_correlation: float = 0.4
    first_shock: float = 0.0
    catching_up: float = 0.0
    careless: float = 0.0
    drift: float = 1.0
    organization_mood: float = 1.0
    personal_gain: float = 0.0
    dropout: float = 0.0
    turnover: float = 0.08
    response: float = 0.75
    anonymous: bool = False


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """The survey as the verdict gets it, with the true gains (T, 2)."""

    responses: Responses
    gain: np.ndarray
    answers: np.ndarray = field(repr=False)

    def affected(self, counts: float = 5.0, share: float = 0.5) -> np.ndarray:
        """(T,) whether the individual gain is real and not compounding."""
        return (self.gain[:, 0] >= counts) & (self.gain[:, 1] <= share * self.gain[:, 0])


def simulate(world: World, seed: int) -> Simulated:
    """One organisation and its survey."""
    random = np.random.default_rng(seed)
    gain = _gains(world, random)
    path, gain = _paths(world, gain, random)
    team, person, period = _attendance(world, random)
    personal = np.zeros((1, 2))
    if world.personal_gain:
        (team, person, period), personal = _stayed(world, team, person, period, np.random.default_rng((seed, 1)))
    latent = path[team, period] + personal + _people(world, person, period, random)
    answers = _answers(latent, world, random)
    return Simulated(responses=_responses(world, team, person, period, answers), gain=gain, answers=answers)


def _gains(world: World, random: np.random.Generator) -> np.ndarray:
    if world.gain is not None:
        return world.gain + world.gain_spread * SHAPES[world.shape](random, world.teams)
    kind = random.choice(len(KINDS), world.teams, p=world.shares)
    return KIND_MEANS[kind] + world.gain_spread * random.standard_normal((world.teams, 2))


def _heavy_tails(random: np.random.Generator, teams: int) -> np.ndarray:
    """Student's t with 3 degrees of freedom, both scales wild in the same teams, SD 1."""
    wild = np.sqrt(random.chisquare(3, (teams, 1)) / 3)
    return random.standard_normal((teams, 2)) / wild / np.sqrt(3)


def _skewed(random: np.random.Generator, teams: int) -> np.ndarray:
    """Most gain little and a few much: exponential, mean 0, SD 1, the collective gain half in common."""
    first, second = random.standard_exponential((2, teams)) - 1
    return np.stack([first, 0.5 * first + np.sqrt(0.75) * second], axis=1)


def _share_passed_on(random: np.random.Generator, teams: int) -> np.ndarray:
    """Every team passes on some share of its gain, from none to all; there are no kinds of teams."""
    individual = random.standard_normal(teams)
    return np.stack([individual, random.random(teams) * (individual + 1) - 0.5], axis=1)


SHAPES = {
    "normal": lambda random, teams: random.standard_normal((teams, 2)),
    "heavy tails": _heavy_tails,
    "skewed": _skewed,
    "a share passed on": _share_passed_on,
}


def _paths(world: World, gain: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(T, Q, 2) true means with shocks, and the gains that they hold without them."""
    level = world.level + _correlated(random, world.teams, 0.6) * world.level_spread
    gain = gain - world.catching_up * (level - world.level)
    smooth = np.linspace(0, 1, world.periods)[None, :, None] * gain[:, None, :]
    if world.periods > 2 and world.drift:
        steps = world.drift * random.standard_normal((world.teams, world.periods - 1, 2))
        smooth[:, 1:] += np.cumsum(steps, axis=1)
    shock = world.shock * _correlated(random, (world.teams, world.periods), world.shock_correlation)
    shock[:, 0] += world.first_shock * _correlated(random, world.teams, world.shock_correlation)
    everyone = world.organization_mood * random.standard_normal((world.periods, 1))
    return level[:, None] + smooth + shock + everyone, smooth[:, -1] - smooth[:, 0]


def _correlated(random: np.random.Generator, shape: int | tuple[int, ...], correlation: float) -> np.ndarray:
    both = random.standard_normal((*np.atleast_1d(shape), 2))
    both[..., 1] = correlation * both[..., 0] + np.sqrt(1 - correlation**2) * both[..., 1]
    return both


def _attendance(world: World, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Team, person and period of every answer. A seat passes to a new person at each turnover."""
    sizes = np.clip(random.poisson(world.members, world.teams), 3, None)
    seat_team = np.repeat(np.arange(world.teams), sizes)
    leaves = random.random((len(seat_team), world.periods)) < world.turnover
    leaves[:, 0] = False
    holder = np.cumsum(leaves, axis=1) + np.arange(len(seat_team))[:, None] * world.periods
    seat, period = np.nonzero(random.random(holder.shape) < world.response)
    return seat_team[seat], holder[seat, period], period


def _stayed(world: World, team, person, period, random: np.random.Generator) -> tuple[tuple, np.ndarray]:
    """The answers of those who did not drop out, and (n, 2) what each has gained by then beyond the team."""
    gain = world.personal_gain * _correlated(random, person.max(initial=0) + 1, 0.5)
    least = gain[:, 0] < world.personal_gain * ndtri(1 / 3)
    gone = least & (random.random(len(gain)) < world.dropout)
    stayed = ~(gone[person] & (period == world.periods - 1))
    team, person, period = team[stayed], person[stayed], period[stayed]
    return (team, person, period), gain[person] * (period / max(world.periods - 1, 1))[:, None]


def _people(world: World, person: np.ndarray, period: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """(n, 2) what a person adds to the mean of the team: stable leniency and own part, and mood on the day."""
    people = person.max(initial=0) + 1
    own = world.own_stable * random.standard_normal((people, 2))
    stable = world.leniency * random.standard_normal((people, 1)) + own
    rows = len(person)
    mood = world.mood * random.standard_normal((rows, 1)) + world.own_mood * random.standard_normal((rows, 2))
    return stable[person] + mood


def _answers(latent: np.ndarray, world: World, random: np.random.Generator) -> np.ndarray:
    """(n, 2, items) whole answers 1 … 5; some items are harder to agree with than others."""
    hard = np.linspace(-5, 5, ITEMS)
    noisy = latent[:, :, None] + hard + world.item_noise * random.standard_normal((*latent.shape, ITEMS))
    answers = np.clip(np.rint(noisy / 100 * (OPTIONS - 1)), 0, OPTIONS - 1) + 1
    careless = random.random(len(latent)) < world.careless
    answers[careless] = random.integers(1, OPTIONS + 1, careless.sum())[:, None, None]
    return answers


def _responses(world: World, team, person, period, answers) -> Responses:
    pomp = (answers - 1) / (OPTIONS - 1) * 100
    score = pomp.mean(axis=2)
    cell = team * world.periods + period
    counts = np.bincount(cell, minlength=world.teams * world.periods)
    means = np.stack([[np.bincount(cell, pomp[:, s, i], len(counts)) for i in range(ITEMS)] for s in (0, 1)])
    inside = pomp - np.moveaxis(means[:, :, cell] / counts[cell], 2, 0)
    freedom = ITEMS * np.maximum(counts - 1, 0).sum()
    return Responses(
        team=team,
        period=period,
        respondent=np.full(len(team), -1) if world.anonymous else person,
        individual=score[:, 0],
        collective=score[:, 1],
        teams=world.teams,
        periods=world.periods,
        answer_spread=np.sqrt((inside**2).sum(axis=(0, 2)) / max(freedom, 1)),
        answer_mean=pomp.mean(axis=(0, 2)),
        response_rate=np.full((world.teams, 2), np.nan),
        respondents=counts.reshape(world.teams, world.periods),
    )


SCENARIOS = {
    "mixed": World(),
    "all stuck": World(gain=(12.0, 0.0), gain_spread=2.0),
    "rare": World(shares=(0.07, 0.33, 0.1, 0.4, 0.1)),
    "anonymous": World(anonymous=True),
    "strong shocks": World(shock=4.0),
    "leniency": World(leniency=16.0, mood=8.0),
    "high levels": World(level=(78.0, 76.0)),
    "selective dropout": World(personal_gain=8.0, dropout=0.6),
    "high turnover": World(turnover=0.25),
    "careless answers": World(careless=0.05),
    "one normal": World(gain=(4.0, 3.0), gain_spread=6.0),
}

# Worlds that no default of the method was chosen in: for comparing other methods with it, not in the table.
OTHERS = {
    "heavy tails": World(gain=(5.0, 3.0), gain_spread=7.0, shape="heavy tails"),
    "skewed": World(gain=(5.0, 2.0), gain_spread=6.0, shape="skewed"),
    "a share passed on": World(gain=(7.0, 3.5), gain_spread=7.0, shape="a share passed on"),
    "few stuck, others still": World(shares=(0.15, 0.0, 0.0, 0.85, 0.0), gain_spread=1.5),
    "no shocks": World(shock=0.0, drift=0.0),
    "wide levels": World(level=(66.0, 70.0), level_spread=(8.0, 12.0), leniency=6.0, own_stable=(6.0, 8.0)),
}

# Worlds in which gains do have to do with where a team began; the raising of shocks supposes that they have not.
DEPENDENT = {
    "catching up": World(catching_up=0.3),
    "drawing apart": World(catching_up=-0.3),
    "drawing apart, strong shocks": World(catching_up=-0.3, shock=4.0),
}

NULLS = {
    "nothing moves": World(gain=(0.0, 0.0), gain_spread=0.0, drift=0.0),
    "all compound": World(gain=(10.0, 10.0), gain_spread=0.0, drift=0.0),
    "leniency and mood": World(
        gain=(0.0, 0.0), gain_spread=0.0, drift=0.0, leniency=16.0, mood=10.0, turnover=0.25, organization_mood=6.0
    ),
    "regression": World(gain=(0.0, 0.0), gain_spread=0.0, drift=0.0, first_shock=6.0),
    "apart": World(gain=(0.0, 0.0), gain_spread=0.0, drift=0.0, first_shock=5.0, shock_correlation=0.0),
    "ceiling": World(gain=(10.0, 10.0), gain_spread=0.0, drift=0.0, level=(68.0, 88.0)),
    "small teams": World(gain=(0.0, 0.0), gain_spread=0.0, drift=0.0, members=4),
    "selective dropout while nothing moves": World(
        gain=(0.0, 0.0), gain_spread=0.0, drift=0.0, personal_gain=8.0, dropout=0.6
    ),
}
