"""
Evidence: what the released diagnosis says of one team, as far as it bears on what could be tried; with the sentence
that says it, and the designs it speaks for, the most fitting first.

Each rule looks at one thing and is silent where that is not shown. Figures in the sentences are those of the screen,
written as there. Nothing here is a claim that a design will work: it says why it is worth talking about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.designs.design import Design
from dashboard.designs.doing import JOINT_TASK, PAIRING, REHEARSAL, ROTATING_LEAD, SWARM
from dashboard.designs.keeping import LESSONS, RUNBOOK
from dashboard.designs.learning import PREMORTEM, REVIEW, VISIT
from dashboard.designs.library import GENERAL, named
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.diagnosis.gates import carried, gate
from dashboard.disclosure import Released
from dashboard.terms import ATTRIBUTIONS, Period
from dashboard.wording import design_words, gates_words, team_words

FEWEST_JOINERS = 3  # fewer are not told
MANY_JOINERS = 1 / 3  # of those who answered in the last period
ATTRIBUTED_MORE = 1 / 12  # of the scale's length: half a point on 1–7

BY_STATE = {
    Verdict.NOT_COMPOUNDING: (JOINT_TASK, LESSONS, SWARM),
    Verdict.WATCH: (SWARM, LESSONS, JOINT_TASK),
    Verdict.COMPOUNDING: (VISIT, RUNBOOK, REHEARSAL),
    Verdict.COLLECTIVE_LED: (RUNBOOK, ROTATING_LEAD, VISIT),
    Verdict.STEADY: (JOINT_TASK, VISIT, SWARM),
    Verdict.ERODING: (REVIEW, PREMORTEM, SWARM),
    Verdict.UNCLEAR: (REVIEW, LESSONS),
}
BY_ATTRIBUTION = {
    "heroics": (ROTATING_LEAD, PAIRING),
    "luck": (PREMORTEM, REVIEW),
    "coordination": (VISIT, RUNBOOK),
}
WHERE_IT_WORKS = (Verdict.COMPOUNDING, Verdict.COLLECTIVE_LED, Verdict.STEADY)
"""States in which what members did together is something to keep and to show; elsewhere it is not what to try."""
BY_SHAPE = {"two camps": (PAIRING, REVIEW), "spread": (REVIEW, SWARM)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence, and the designs it speaks for; `begun`: the period in which the team took the first of them up."""

    sentence: str
    designs: tuple[Design, ...]
    begun: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One team in a released diagnosis."""

    released: Released
    team: str

    @cached_property
    def verdict(self) -> dict[str, Any]:
        """
        The team's row.

        Raises
        ------
        ValueError : for a team that is not there.
        """
        rows = self.released.verdicts[self.released.verdicts["team_id"] == self.team]
        if rows.empty:
            raise ValueError(f"there is no {self.released.settings.noun} called {self.team!r} in this diagnosis")
        return rows.iloc[0].to_dict()

    @cached_property
    def teams(self) -> pd.DataFrame:
        """Its rows of the teams table in the window."""
        table = self.released.teams
        inside = table["period"].isin([period.label for period in self.released.window])
        return table[(table["team_id"] == self.team) & inside]

    def latest(self, *columns: str) -> dict[str, Any] | None:
        """The last row of the window in which all of these are shown; `None` where there is none."""
        if not set(columns) <= set(self.teams.columns):
            return None
        shown = self.teams[np.isfinite(self.teams[list(columns)].to_numpy(float)).all(axis=1)]
        return shown.iloc[-1].to_dict() if len(shown) else None

    @cached_property
    def has_figures(self) -> bool:
        """Whether anything at all of the team is shown, as its page has it."""
        own = self.released.teams[self.released.teams["team_id"] == self.team]
        return bool(np.isfinite(own[["individual", "collective"]].to_numpy(float)).any())

    @cached_property
    def events(self) -> pd.DataFrame:
        """Events of the team or of everyone since the window began, in order; also those after the last survey."""
        events = self.released.events
        own = events[events["team_id"].isin(["", self.team])]
        since = self.released.window[0]
        at = [Period.parse(str(label)) for label in own["period"]]
        told = own[["date", "kind", "name"]].to_numpy().astype(str).tolist()
        order = sorted((place for place, period in enumerate(at) if period >= since), key=lambda p: (at[p], told[p]))
        return own.iloc[order]


def evidence(case: Case) -> Iterator[Evidence]:
    """All that speaks for something, what weighs most first; a team without figures has what stands in events alone."""
    rules = RULES if case.has_figures else (_begun, _without_figures)
    return (found for rule in rules if (found := rule(case)) is not None)


def _without_figures(case: Case) -> Evidence | None:
    _ = case.verdict  # a name that is not there is refused
    return Evidence(sentence=design_words.no_figures(case.released.settings), designs=GENERAL)


def _begun(case: Case) -> Evidence | None:
    """Shared mastery that is there already is carried on, or looked back on, before anything is started."""
    mastery = case.events[case.events["kind"] == "shared_mastery"]
    if mastery.empty:
        return None
    last = mastery.iloc[-1]
    known = named(str(last["name"]))
    sentence = design_words.already_there(str(last["name"]), str(last["period"]), carry_on=known is not None)
    return Evidence(sentence=sentence, designs=(known or REVIEW,), begun=str(last["period"]) if known else "")


def _state(case: Case) -> Evidence | None:
    """The verdict; where it is not carried or the team is not judged, why, and what fits any team."""
    reason, settings = case.verdict["reason"], case.released.settings
    if not carried(case.released, "verdicts") and reason != Reason.ONE_PERIOD:
        return Evidence(sentence=gates_words.why(gate(case.released, "verdicts"), settings), designs=GENERAL)
    if reason == Reason.CEILING:
        return Evidence(sentence=design_words.CEILING, designs=(REHEARSAL, VISIT))
    if case.verdict["verdict"] == Verdict.INSUFFICIENT:
        return Evidence(sentence=design_words.not_judged(reason, settings), designs=GENERAL)
    told = design_words.state(case.verdict, settings, gates_words.names(case.released))
    return Evidence(sentence=told, designs=BY_STATE[case.verdict["verdict"]])


def _attribution(case: Case) -> Evidence | None:
    """What members put joint successes down to, where one thing stands out and enough of them were asked."""
    columns = {each.removeprefix("attribution_"): each for each in ATTRIBUTIONS if each in case.teams.columns}
    columns = {name: column for name, column in columns.items() if name in BY_ATTRIBUTION}
    row = case.latest(*columns.values()) if len(columns) == len(BY_ATTRIBUTION) else None
    if row is None:
        return None
    low, high = case.released.instrument.scales["attribution_coordination"].bounds
    said = {name: float(row[column]) for name, column in columns.items()}
    most = max(BY_ATTRIBUTION, key=lambda name: said[name])
    next_most = max(value for name, value in said.items() if name != most)
    stands_out = said[most] - next_most >= ATTRIBUTED_MORE * (high - low)
    if not stands_out or (most == "coordination" and case.verdict["verdict"] not in WHERE_IT_WORKS):
        return None
    sentence = design_words.attributed(most, said, row, (low, high))
    return Evidence(sentence=sentence, designs=BY_ATTRIBUTION[most])


def _shape(case: Case) -> Evidence | None:
    """Answers in two camps, or spread."""
    row = case.latest("agreement_ad")
    if row is None or row.get("shape") not in BY_SHAPE:
        return None
    sentence = design_words.shape(str(row["shape"]), str(row["period"]), case.released.settings)
    return Evidence(sentence=sentence, designs=BY_SHAPE[row["shape"]])


def _joiners(case: Case) -> Evidence | None:
    """Many who answered in the last period were not there in the first."""
    changes = case.released.changes
    own = changes[changes["team_id"] == case.team] if len(changes) else changes
    if own.empty or not case.released.identified:
        return None
    own = team_words.as_judged(own, case.verdict)
    joined, stayed = float(own.iloc[0]["joiners"]), float(own.iloc[0]["stayers"])
    if not (joined >= FEWEST_JOINERS and joined >= MANY_JOINERS * (joined + stayed)):
        return None
    return Evidence(sentence=design_words.joined(own), designs=(PAIRING, RUNBOOK))


def _tools_alone(case: Case) -> Evidence | None:
    """Training of single members or a tool for everyone, and nothing that was done together."""
    kinds = case.events["kind"]
    tools = case.events[kinds.isin(["individual_training", "ai_rollout"])]
    if tools.empty or (kinds == "shared_mastery").any():
        return None
    told = [(str(row["kind"]), str(row["name"]), str(row["period"])) for row in tools.to_dict(orient="records")]
    return Evidence(sentence=design_words.tools_alone(told), designs=(RUNBOOK, LESSONS))


def _disrupted(case: Case) -> Evidence | None:
    disruptions = case.events[case.events["kind"] == "disruption"]
    if disruptions.empty:
        return None
    last = disruptions.iloc[-1]
    sentence = design_words.disrupted(str(last["name"]), str(last["period"]))
    return Evidence(sentence=sentence, designs=(REHEARSAL, PREMORTEM))


def _performance(case: Case) -> Evidence | None:
    """Members’ own metrics ahead of the team’s, where not compounding is the question."""
    if case.verdict["performance"] != "agrees" or not carried(case.released, "verdicts"):
        return None
    sentence = design_words.performance(case.verdict, case.released.settings)
    return Evidence(sentence=sentence, designs=(JOINT_TASK, SWARM)) if sentence else None


def _few_answered(case: Case) -> Evidence | None:
    """Those who did not answer may see it differently: hear them first."""
    row, settings = case.latest("collective", "response_rate"), case.released.settings
    if row is None or not row["response_rate"] < settings.cautious_response_rate:
        return None
    return Evidence(sentence=design_words.few_answered(row), designs=(REVIEW,))


RULES: tuple[Callable[[Case], Evidence | None], ...] = (
    _begun,
    _state,
    _attribution,
    _shape,
    _joiners,
    _tools_alone,
    _disrupted,
    _performance,
    _few_answered,
)
