"""
Two hidden teams, and a reader who has every released table, this code and time: what can be worked out of them?

Made are fourteen teams over two quarters. In the second, two of them have three and four respondents. Each attack has
to succeed on the figures before release, so that its failure on the released ones says something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import special

import dashboard
from dashboard import diagnosis
from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.disclosure import Withholding, release
from dashboard.disclosure.coarsening import OF_BOTH, OF_TEAMS
from dashboard.terms import COLLECTIVE, INDIVIDUAL

BEFORE, AFTER = "2026-Q1", "2026-Q2"
HIDDEN = (3, 4)
SEEDS = range(20)
SHORT = {INDIVIDUAL: "individual", COLLECTIVE: "collective"}
OPEN = 0.1  # points by which hidden means must stay open
MOST = 0.85  # of made organisations: a guess may come near by chance, and some answers leave less open


def made(seed: int) -> pd.DataFrame:
    """Fourteen teams of three items per scale on 1–5; teams 13 and 14 shrink from 6 and 7 to 3 and 4."""
    random = np.random.default_rng(seed)
    sizes = [*random.integers(6, 13, 12), 6, 7]
    rows = []
    for team, size in enumerate(sizes):
        level, persons = random.normal(3.3, 0.5, 2), random.normal(0, 0.6, (size, 2))
        for at, quarter in enumerate((BEFORE, AFTER)):
            answering = HIDDEN[team - 12] if at and team >= 12 else size
            drawn = (level + persons)[:answering].repeat(3, axis=1) + random.normal(0, 0.5, (answering, 6))
            answers = np.clip(np.round(drawn), 1, 5).astype(int)
            rows += [(f"p{team}.{who}", f"Team {team + 1:02d}", quarter, *one) for who, one in enumerate(answers)]
    return pd.DataFrame(rows, columns="who team quarter se_1 se_2 se_3 ce_1 ce_2 ce_3".split())


@cache
def surveyed(seed: int) -> dashboard.Survey:
    return dashboard.read_survey(made(seed).to_csv(index=False).encode())


@cache
def found(seed: int) -> Diagnosis:
    return diagnosis.diagnose(surveyed(seed), settings=dashboard.Settings())


@dataclass(frozen=True)
class Seen:
    """What a reader sees of one scale: figures of the twelve shown teams and of everybody."""

    scale: str
    whole: pd.Series
    sizes: np.ndarray
    means: np.ndarray
    shrunken: np.ndarray
    within: float  # mean square, from the width of an interval
    level: float  # of the items, over persons
    ends: tuple[float, float]  # of the interval of everybody's mean

    @property
    def weights(self) -> np.ndarray:
        """What the shown teams and the two hidden ones weigh in the published mean."""
        every = np.append(self.sizes, HIDDEN)
        return every if self.scale == INDIVIDUAL else np.ones(len(every))

    @property
    def hidden_total(self) -> float:
        """The one equation a reader has: the weighted sum of the two hidden means."""
        return float(self.weights.sum() * self.whole["mean"] - (self.weights[:-2] * self.means).sum())


def seen(of: Diagnosis, scale: str, hidden: np.ndarray) -> Seen:
    name = SHORT[scale]
    teams = of.teams[(of.teams["period"] == AFTER).to_numpy() & ~hidden]
    whole = of.scales[(of.scales["period"] == AFTER) & (of.scales["scale"] == scale)].iloc[0]
    items = of.items[(of.items["period"] == AFTER) & (of.items["scale"] == scale)]
    everybody = of.organization.by_period.set_index("period").loc[AFTER]
    sizes = teams[f"scored_{name}"].to_numpy(float)
    half = (teams[f"{name}_high"] - teams[name]).iloc[0]
    t = special.stdtrit(whole["respondents"] - whole["teams"], 0.975)
    return Seen(
        scale=scale,
        whole=whole,
        sizes=sizes,
        means=teams[name].to_numpy(float),
        shrunken=teams[f"{name}_shrunken"].to_numpy(float),
        within=float((half / t) ** 2 * sizes[0]),
        level=float(items["mean"].mean()),
        ends=(float(everybody[f"{name}_low"]), float(everybody[f"{name}_high"])),
    )


def both(seed: int, scale: str) -> tuple[Seen, Seen, np.ndarray]:
    """What is seen before and after release, and the two hidden means."""
    shown = release(found(seed))
    hidden = (shown.teams["withheld"] != Withholding.SHOWN).to_numpy()
    truth = found(seed).teams.loc[hidden, SHORT[scale]].to_numpy(float)
    assert len(truth) == 2
    after = seen(shown, scale, hidden)
    # Items are the rounded level and their own distance from it, rounded again: their mean gives the level back.
    return seen(found(seed), scale, hidden), replace(after, level=round(after.level, 1)), truth


def by_shrunken_means(of: Seen) -> np.ndarray:
    """The two hidden means from the mean that shrunken means are drawn towards, a weighted one of all teams."""
    if of.whole["icc1_reml"] == 0:
        return np.full(2, np.inf)  # rounded to where it says nothing of how far means are drawn
    ratio = (1 - of.whole["icc1_reml"]) / of.whole["icc1_reml"]
    trust, hidden = of.sizes / (of.sizes + ratio), np.array(HIDDEN) / (np.array(HIDDEN) + ratio)
    mean = float(np.mean((of.shrunken - trust * of.means) / (1 - trust)))
    right = [of.hidden_total, hidden.sum() * mean - (trust * (of.means - mean)).sum()]
    return np.linalg.solve(np.array([of.weights[-2:], hidden]), right)


def by_spread(of: Seen, figure: str) -> np.ndarray:
    """(2,) what the first hidden mean may be, from the spread of persons, of the individual scale."""
    persons, teams = of.whole["respondents"], of.whole["teams"]
    between = {
        "sd": of.whole["sd"] ** 2 * (persons - 1) - of.within * (persons - teams),
        "icc2": of.within * (teams - 1) / (1 - of.whole["icc2"]),
    }[figure]
    squares = between + persons * of.whole["mean"] ** 2 - (of.sizes * of.means**2).sum()
    (one, other), total = HIDDEN, of.hidden_total
    return np.roots([one + one**2 / other, -2 * one * total / other, total**2 / other - squares])


@pytest.mark.parametrize("scale", SHORT)
def test_shrunken_means_of_all_teams_would_give_hidden_teams_away(scale: str) -> None:
    for seed in SEEDS:
        before, _, truth = both(seed, scale)
        if before.whole["icc1_reml"] > 1e-9:
            assert by_shrunken_means(before) == pytest.approx(truth, abs=0.01)


@pytest.mark.parametrize("figure", ["sd", "icc2"])
def test_the_spread_of_all_persons_would_give_hidden_teams_away(figure: str) -> None:
    for seed in SEEDS:
        before, _, truth = both(seed, INDIVIDUAL)
        assert np.abs(by_spread(before, figure) - truth[0]).min() < 0.01


def shifted(seed: int, by: int) -> Diagnosis:
    """As made, but with two hidden teams of four; all their answers go up and down `by`, which their sum keeps."""
    table = made(seed)
    hidden = table["quarter"].eq(AFTER) & table["team"].isin(["Team 13", "Team 14"])
    more = table[hidden & table["team"].eq("Team 13")].iloc[[0]].assign(who="p12.new")
    table = pd.concat([table, more])
    items = [column for column in table if column[:2] in ("se", "ce")]
    for team, sign in (("Team 13", 1), ("Team 14", -1)):
        at = table["quarter"].eq(AFTER) & table["team"].eq(team)
        table.loc[at, items] = table.loc[at, items].clip(2, 4) + sign * by
    return diagnosis.diagnose(dashboard.read_survey(table.to_csv(index=False).encode()), settings=dashboard.Settings())


@pytest.mark.parametrize("seed", range(3))
def test_where_hidden_teams_lie_changes_no_figure_of_differences_between_teams(seed: int) -> None:
    near, far = (release(shifted(seed, by)) for by in (0, 1))
    assert far.teams["withheld"].ne("").sum() == 2
    columns = [f"{name}{end}" for name in SHORT.values() for end in ("", "_low", "_high", "_shrunken")]
    pd.testing.assert_frame_equal(near.teams[columns], far.teams[columns])
    rows = near.scales["scale"].isin(list(SHORT))
    spread = ["mean", "sd", "icc1", "icc1_low", "icc1_high", "icc2", "icc1_reml"]
    assert near.scales.loc[rows, spread].notna().all(axis=None)
    pd.testing.assert_frame_equal(near.scales.loc[rows, spread], far.scales.loc[rows, spread])


def test_figures_among_the_shown_are_those_of_a_survey_without_the_hidden() -> None:
    alone = made(0)
    alone = alone[~(alone["quarter"].eq(AFTER) & alone["team"].isin(["Team 13", "Team 14"]))]
    without = diagnosis.diagnose(
        dashboard.read_survey(alone.to_csv(index=False).encode()), settings=dashboard.Settings()
    )
    shown = release(found(0)).scales
    at = without.scales["period"].eq(AFTER) & without.scales["scale"].isin(list(SHORT))
    # the spread inside is that of all teams together, hence near and not equal
    np.testing.assert_allclose(shown.loc[at, "sd"], without.scales.loc[at, "sd"], atol=0.03)
    np.testing.assert_allclose(shown.loc[at, "icc1"], without.scales.loc[at, "icc1"], atol=0.05)


def test_the_level_of_collective_items_does_not_give_hidden_teams_away() -> None:
    # It is over persons, the published mean over teams: two equations of teams of 3 and 4.
    off = []
    for seed in SEEDS:
        before, after, truth = both(seed, COLLECTIVE)
        assert by_items(before) == pytest.approx(truth, abs=0.01)
        off.append(np.abs(by_items(after) - truth).max())
    assert np.mean(np.array(off) > OPEN) >= MOST


def by_items(of: Seen) -> np.ndarray:
    persons = of.level * of.whole["respondents"] - (of.sizes * of.means).sum()
    return np.linalg.solve(np.array([[1, 1], HIDDEN]), [of.hidden_total, persons])


def test_periods_without_hidden_teams_keep_all_digits() -> None:
    whole, shown = found(0), release(found(0))
    for table in ("teams", "scales", "quality", "items"):
        before, after = (getattr(each, table) for each in (whole, shown))
        at = (before["period"] == BEFORE).to_numpy()
        blank = ["withheld", "scored_attribution"]  # there is no attribution
        before, after = (each.drop(columns=blank, errors="ignore") for each in (before, after))
        pd.testing.assert_frame_equal(before[at], after[at])
    first = [each.organization.by_period.iloc[[0]] for each in (whole, shown)]
    pd.testing.assert_frame_equal(*first)


def test_figures_of_periods_with_hidden_teams_have_fewer_digits() -> None:
    shown = release(found(0))
    for table, columns, places in (
        (shown.teams, OF_TEAMS, 1),
        (shown.quality, OF_BOTH, 2),
    ):
        values = table.loc[table["period"] == AFTER, columns].to_numpy(float)
        assert np.isfinite(values).any()
        np.testing.assert_array_equal(values, values.round(places))


def test_means_of_everybody_and_of_shown_teams_keep_all_digits() -> None:
    whole, shown = found(0), release(found(0))
    pd.testing.assert_series_equal(shown.scales["mean"], whole.scales["mean"])
    kept = (shown.teams["withheld"] == Withholding.SHOWN).to_numpy()
    columns = [f"{name}{end}" for name in SHORT.values() for end in ("", "_low", "_high")]
    pd.testing.assert_frame_equal(shown.teams.loc[kept, columns], whole.teams.loc[kept, columns])


def test_an_interval_of_everybody_still_holds_their_mean_and_is_no_narrower() -> None:
    whole, shown = (each.organization.by_period.iloc[1] for each in (found(0), release(found(0))))
    for name in SHORT.values():
        assert shown[f"{name}_low"] <= whole[f"{name}_low"] < shown[name] < whole[f"{name}_high"]
        assert whole[f"{name}_high"] <= shown[f"{name}_high"] < whole[f"{name}_high"] + 0.1


def test_figures_gates_were_decided_on_are_no_finer_than_where_they_stand() -> None:
    shown = release(found(0))
    figures_found = {name: value for gate in shown.gates for name, value in gate.found.items()}
    assert figures_found["icc1_low"] == round(figures_found["icc1_low"], 1)
    assert figures_found["htmt"] == shown.organization.distinctness == round(found(0).organization.distinctness, 2)
    assert [gate.state for gate in shown.gates] == [gate.state for gate in found(0).gates]


def test_the_order_of_rows_changes_nothing() -> None:
    mixed = made(0).sample(frac=1, random_state=1).to_csv(index=False).encode()
    other = dashboard.diagnose(dashboard.read_survey(mixed))
    for table in ("teams", "scales", "quality", "items"):
        pd.testing.assert_frame_equal(getattr(release(found(0)), table), getattr(other, table))
