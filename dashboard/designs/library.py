"""
Library: every design there is, in the order in which they are listed. Small on purpose: a team can read all of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.designs.design import Design
from dashboard.designs.doing import JOINT_TASK, PAIRING, REHEARSAL, ROTATING_LEAD, SWARM
from dashboard.designs.keeping import LESSONS, RUNBOOK
from dashboard.designs.learning import PREMORTEM, REVIEW, VISIT

LIBRARY: tuple[Design, ...] = (
    JOINT_TASK,
    SWARM,
    ROTATING_LEAD,
    PAIRING,
    REVIEW,
    PREMORTEM,
    RUNBOOK,
    LESSONS,
    VISIT,
    REHEARSAL,
)
BY_KEY: Mapping[str, Design] = {design.key: design for design in LIBRARY}
GENERAL = (REVIEW, JOINT_TASK)
"""What any team can take up without a survey that says anything about it."""


def named(event: str) -> Design | None:
    """
    The design that an event of this name took up; `None` where it was something else.

    >>> named("Pre-mortem: spring release").key
    'pre-mortem'
    """
    called = event.casefold()
    of_name = [
        each for each in LIBRARY if called == each.name.casefold() or called.startswith(f"{each.name.casefold()}:")
    ]
    return of_name[0] if of_name else None
