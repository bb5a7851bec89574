"""
Judge: are individual gains compounding? The composition of the rooms' steps, from answers to verdicts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from dashboard.diagnosis.compounding import gains, hierarchy, sufficiency
from dashboard.diagnosis.compounding.flags import cut_off, flags
from dashboard.diagnosis.compounding.information import Information, information
from dashboard.diagnosis.compounding.judgement import Judgement, Model
from dashboard.diagnosis.compounding.moved_together import moved_together
from dashboard.diagnosis.compounding.own_gains import OwnGains, own_gains
from dashboard.diagnosis.compounding.person_covariance import person_covariance
from dashboard.diagnosis.compounding.persons import Persons, persons_of, share_followed, stayers
from dashboard.diagnosis.compounding.posterior import Posterior, posterior
from dashboard.diagnosis.compounding.responses import Responses
from dashboard.diagnosis.compounding.states import States, states
from dashboard.diagnosis.compounding.verdicts import verdicts
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Objects = npt.NDArray[np.object_]
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class _Changes(NamedTuple):
    """Own gains with room on the scale, level and room of every team, and why it cannot be judged."""

    own: OwnGains
    level: Array
    room: Array
    reason: Objects


def judge(responses: Responses, settings: Settings) -> Judgement:
    """
    The verdict on every team: gains, probabilities, flags and states.

    With nothing to compare (one period, or answers to both scales in one only) every verdict is `insufficient`.
    The order of the rows changes nothing.
    """
    with threadpool_limits(limits=1, user_api="blas"):  # more threads are many times slower on these small matrices
        persons = persons_of(responses)
        in_model = _in_model(persons, responses, settings)
        periods = np.flatnonzero(persons.cells.count[in_model].any(axis=0))
        if len(periods) < 2:
            return _nothing_to_judge(persons, responses)
        return _judged(persons, in_model, periods, responses, settings)


def _judged(
    persons: Persons, in_model: Indices, periods: Indices, responses: Responses, settings: Settings
) -> Judgement:
    covariance = person_covariance(persons)
    answers = information(persons, covariance).at(periods)
    paths = hierarchy.fit(answers, in_model, len(periods), settings)
    changes = _changes(answers, paths, responses, settings)
    judged = changes.reason == Reason.NONE
    spread = gains.fit(changes.own.of(judged if judged.any() else in_model), settings)
    known = posterior(changes.own, spread)
    found = states(known, settings)
    model = Model(
        persons=covariance,
        share_followed=share_followed(persons),
        hierarchy=paths,
        gains=spread,
        flag_cut_off=cut_off(found.not_compounding, judged, settings),
    )
    return _judgement(changes, known, found, model, stayers(persons.followed), settings)


def _in_model(persons: Persons, responses: Responses, settings: Settings) -> Indices:
    """Teams that the organisation's figures are learnt from: those that answered, but for a response too low."""
    answered = persons.cells.count.any(axis=1)
    enough = answered & ~sufficiency.few_answered(responses, settings)
    return np.flatnonzero(enough if enough.any() else answered)


def _changes(answers: Information, paths: hierarchy.Hierarchy, responses: Responses, settings: Settings) -> _Changes:
    known = hierarchy.posterior(answers, paths)
    own = own_gains(known, paths)
    room = sufficiency.team_sensitivity(known.middle, responses, settings)
    reason = sufficiency.reasons(responses, own, room, settings)
    return _Changes(own.at_sensitivity(room), known.middle, room, reason)


def _judgement(
    changes: _Changes, known: Posterior, found: States, model: Model, staying: Counts, settings: Settings
) -> Judgement:
    """All figures, but those of withheld teams."""
    judged = changes.reason == Reason.NONE
    flagged = flags(found.not_compounding, judged, settings)
    figures = _figures(changes, known, found, settings)
    states_of_teams = dict(zip(States._fields, found, strict=True))
    withheld = changes.reason == Reason.MINIMUM_GROUP
    shown = {name: _blank(values, withheld) for name, values in figures.items()}
    return Judgement(
        **shown,
        states={
            name: _blank(values, withheld) for name, values in states_of_teams.items() if name != "not_compounding"
        },
        verdict=verdicts(found, flagged, changes.reason, settings),
        reason=changes.reason,
        flagged=flagged,
        stayers=staying,
        model=model,
        teams_tested=int(judged.sum()),
        expected_false_flags=float((1 - found.not_compounding[flagged]).sum()),
        expected_affected=float(found.not_compounding[~withheld].sum()),
        moved_together=moved_together(model.gains, settings),
    )


def _figures(changes: _Changes, known: Posterior, found: States, settings: Settings) -> dict[str, Array]:
    """Everything that is a number per team."""
    directions = np.array([[1.0, 0.0], [0.0, 1.0], [settings.compounding_share, -1.0]])
    ends = [known.interval(direction, settings.gain_interval) for direction in directions]
    low, high = np.array(ends).transpose(1, 2, 0)
    return {
        "gain": known.mean,
        "gain_low": low[:, :2],
        "gain_high": high[:, :2],
        "gain_covariance": known.total_covariance,
        "shortfall": known.mean @ directions[2],
        "shortfall_low": low[:, 2],
        "shortfall_high": high[:, 2],
        "standard_error": changes.own.shortfall_error(settings.compounding_share),
        "probability": found.not_compounding,
        "sensitivity": changes.room,
        "level": changes.level,
    }


def _nothing_to_judge(persons: Persons, responses: Responses) -> Judgement:
    """No figures at all: one period, or nobody with both scores in a second one."""
    reason = Reason.ONE_PERIOD if responses.periods == 1 else Reason.MINIMUM_GROUP
    teams = responses.teams
    single, pair = np.full(teams, np.nan), np.full((teams, 2), np.nan)
    return Judgement(
        **dict.fromkeys(("gain", "gain_low", "gain_high", "sensitivity", "level"), pair),
        **dict.fromkeys(("shortfall", "shortfall_low", "shortfall_high", "standard_error", "probability"), single),
        gain_covariance=np.full((teams, 2, 2), np.nan),
        states=dict.fromkeys(States._fields[1:], single),
        verdict=np.full(teams, Verdict.INSUFFICIENT, dtype=object),
        reason=np.full(teams, reason, dtype=object),
        flagged=np.zeros(teams, dtype=bool),
        stayers=stayers(persons.followed),
        model=None,
        teams_tested=0,
        expected_false_flags=0.0,
        expected_affected=0.0,
        moved_together=False,
    )


def _blank(values: Array, rows: Mask) -> Array:
    """A copy without figures in some rows."""
    found = values.copy()
    found[rows] = np.nan
    return found
