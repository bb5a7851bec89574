"""
Headline: the one sentence a reader could repeat, and the expectation that belongs to it.
"""

from __future__ import annotations

from dashboard.diagnosis.diagnosis import Reason
from dashboard.diagnosis.gates import carried, gate, one_period_carried
from dashboard.disclosure.released import Released
from dashboard.wording.gates_words import why
from dashboard.wording.numbers import about, counted, expected, plural, probability


def headline(released: Released) -> str:
    """The finding of the whole window in one or two sentences; plain text."""
    organization, noun = released.organization, released.settings.noun
    if len(released.periods) < 2:
        first = f"One period only: no change can be judged yet, and no {noun} is called not compounding."
        return f"{first} {_watching(released)}"
    if not carried(released, "verdicts"):
        return f"{why(gate(released, 'verdicts'), released.settings)} That says nothing, good or bad, about any {noun}."
    if organization.teams_tested < released.settings.fewest_teams:
        return _too_few(released)
    if not organization.flagged:
        return _none_flagged(released)
    where = f"In {organization.flagged} of {counted(organization.teams_tested, noun)} judged"
    return f"{where}, people grew more confident in their own work while belief in the {noun} did not keep up. {_wrong(released)}"


def _watching(released: Released) -> str:
    """Where to look until the next survey, or why nowhere."""
    surplus = gate(released, "surplus")
    if not one_period_carried(surplus):
        return f"What would be worth watching is not worked out. {why(surplus, released.settings)}"
    return "What is worth watching until the next survey is listed by itself."


def _wrong(released: Released) -> str:
    flagged, wrong = released.organization.flagged, released.organization.expected_false_flags
    if flagged == 1:
        return f"The probability that this is a false alarm is {probability(wrong)}."
    return f"We expect {expected(wrong)} of these {flagged} to be false alarms."


def _none_flagged(released: Released) -> str:
    organization, noun = released.organization, released.settings.noun
    return (
        f"None of {counted(organization.teams_tested, noun)} judged can be flagged with at most "
        f"{released.settings.false_flag_share:.0%} of flags wrong. That does not mean that all is well: "
        f"{about(organization.expected_affected)} {plural(noun)} are probably affected, "
        f"and {organization.watched or 'none'} {'are' if organization.watched > 1 else 'is'} worth a conversation now."
    )


def _too_few(released: Released) -> str:
    organization, settings = released.organization, released.settings
    few = f"Only {counted(organization.teams_tested, settings.noun)} can be judged"
    if not organization.teams_tested:
        return f"No {settings.noun} can be judged over this window: {_why_nobody(released)}. That says nothing, good or bad."
    return (
        f"{few}; with fewer than {settings.fewest_teams} {plural(settings.noun)} none is flagged. "
        f"{organization.watched or 'None'} {'are' if organization.watched > 1 else 'is'} worth a conversation."
    )


def _why_nobody(released: Released) -> str:
    """The reason that keeps most teams from judgement."""
    reason = released.verdicts["reason"].mode()
    if len(reason) and reason.iloc[0] == Reason.MINIMUM_GROUP:
        return f"in hardly any did {released.settings.minimum_group} people answer in both halves of it"
    return "the answers do not suffice, for the reasons that stand beside each"
