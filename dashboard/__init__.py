"""
Collective Efficacy Dashboard: do individual gains compound into shared capability?

>>> import dashboard
>>> example = dashboard.samples.folder()
>>> survey = dashboard.read_survey(example / "survey.csv")
>>> diagnosis = dashboard.diagnose(survey, performance=dashboard.read_performance(example / "performance.csv"))
>>> list(diagnosis.verdicts.columns[:3])
['team_id', 'since', 'until']
"""

from __future__ import annotations

from dataclasses import replace

from dashboard import charts, designs, diagnosis, disclosure, intake, measurement, reports, samples, terms, wording
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.intake import (
    inspect,
    read_events,
    read_instrument,
    read_performance,
    read_roster,
    read_structures,
    read_survey,
)
from dashboard.terms import (
    Events,
    InputRefused,
    Instrument,
    Performance,
    Roster,
    Settings,
    Structures,
    Survey,
)
from dashboard.wording import GLOSSARY


def diagnose(
    survey: Survey,
    *,
    performance: Performance | None = None,
    events: Events | None = None,
    structures: Structures | None = None,
    roster: Roster | None = None,
    settings: Settings | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Released:
    """
    The diagnosis of a survey as it may be shown: small groups are withheld.

    Parameters
    ----------
    survey : from `read_survey`, any number of periods.
    performance, events, structures, roster : set beside the verdicts; only the roster's response rates govern them.
    settings : thresholds; the defaults of the method when not given.
    since, until : labels of the first and last period of the window; the latest eight periods when not given.

    Returns
    -------
    Its tables `verdicts`, `teams`, `scales` have the columns of `diagnose`'s files. Gains in percent of the maximum
    possible (POMP) with about 90 % intervals, means in points of the scale with 95 % intervals.

    Raises
    ------
    InputRefused : when files do not belong together (no team in common), or the window names no surveyed period.
    """
    found = diagnosis.diagnose(
        survey,
        performance=performance,
        events=events,
        structures=structures,
        roster=roster,
        settings=settings or Settings(),
        since=since,
        until=until,
    )
    released = disclosure.release(found)
    return replace(released, verdicts=wording.with_evidence(released))


def goes_with_performance(
    survey: Survey,
    performance: Performance,
    *,
    settings: Settings | None = None,
    diagnosis: Released | None = None,
    roster: Roster | None = None,
) -> GoesWithReleased:
    """
    Whether collective efficacy goes with the performance of the next period, here and for unseen teams.

    Parameters
    ----------
    survey, performance : of at least twelve teams and two successive periods; less gives a scatter and no number.
    settings : those of the diagnosis when not given.
    diagnosis : of this survey and performance; made anew when not given. Its gate and its withholding govern.
    roster : head counts; team-periods in which too few of them answered enter no model.

    Returns
    -------
    Every metric: slopes in standard deviations with 95 % intervals, the reverse beside them, predictions for unseen
    teams, a permutation test of whole teams, and with 30 teams or more dominance and sensitivity.

    Raises
    ------
    InputRefused : when the files have no team in common.
    """
    from dashboard.diagnosis.prediction.goes_with import goes_with  # here, so that nothing else loads scikit-learn

    known = diagnosis or diagnose(survey, performance=performance, roster=roster, settings=settings)
    found = goes_with(survey, performance, roster=roster, settings=settings or known.settings)
    return disclosure.release_goes_with(found, known)


__all__ = [
    "GLOSSARY",
    "Events",
    "GoesWithReleased",
    "InputRefused",
    "Instrument",
    "Performance",
    "Released",
    "Roster",
    "Settings",
    "Structures",
    "Survey",
    "charts",
    "designs",
    "diagnose",
    "diagnosis",
    "disclosure",
    "goes_with_performance",
    "inspect",
    "intake",
    "measurement",
    "read_events",
    "read_instrument",
    "read_performance",
    "read_roster",
    "read_structures",
    "read_survey",
    "reports",
    "samples",
    "terms",
    "wording",
]
