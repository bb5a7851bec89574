"""
Words of the overview: what is in view, what the map shows, what is not on it, and the four figures.

Plain text; the screen escapes what goes through Markdown.
"""

from __future__ import annotations

import numpy as np

from dashboard.diagnosis.diagnosis import Reason
from dashboard.diagnosis.gates import carried, gate
from dashboard.disclosure.released import Released
from dashboard.wording import gates_words
from dashboard.wording.numbers import about, articled, counted, expected, plural, points

HOW_TO_READ = (
    "To the right: members became more sure of their own work. Upwards: they became more sure of what they can do "
    "together. Both in points of 100, so the dashed line is where {part} of the individual gain is shared. A mark is as "
    "large as the number who answered. Filled: flagged. Ring: worth a conversation. Grey: neither; a grey ring could not "
    "be judged."
)
TO_DISCUSS = "{Nouns} to discuss"
ON_WATCH = "Worth a conversation"
ALPHABETICAL = "In alphabetical order; there are no ranks here."
ASK = "What to ask"
WATCHING = "Worth watching"
NOT_ALL_WELL = "A {noun} without a flag is not therefore well: in small {nouns} most real cases stay unflagged."
MOVED_TOGETHER = (
    "Nearly all {nouns} moved alike on both scales. That can be a mood of the whole organisation, a new wording or a new "
    "survey tool; read the gains with care."
)
NONE_TO_DISCUSS = "No {noun} is flagged in this window. {not_well}"
NONE_WATCHED = "No {noun} is on the watch list in this window."
DOWNLOADS = "Take the tables along"
ALL = "All {nouns} as a table"
FEW_LEFT = "{more} more; open the table of all {nouns} below."


def said(text: str, released: Released) -> str:
    """A sentence with this organisation's noun for a group."""
    noun = released.settings.noun
    nouns = plural(noun)
    not_well = articled(NOT_ALL_WELL, noun).format(noun=noun, nouns=nouns)
    units = plural(released.settings.parent_noun).capitalize()
    words = {"noun": noun, "nouns": nouns, "Nouns": nouns.capitalize(), "Units": units, "not_well": not_well}
    return articled(text, noun).format(**words, more="{more}", part="{part}")


def scope(released: Released) -> str:
    """Whose answers, from when to when."""
    since, until = released.window[0].label, released.window[-1].label
    when = since if since == until else f"{since} to {until}"
    title = released.instrument.title or "Survey"
    answered = released.organization.by_period.set_index("period")["respondents"].get(until, np.nan)
    who = f", {counted(int(answered), 'person')} answered in {until}" if answered >= 0 else ""
    return f"{title} · {counted(released.organization.teams, released.settings.noun)} · {when}{who}"


def map_title(released: Released) -> str:
    """What the map shows, as a finding."""
    whole, noun = released.organization, released.settings.noun
    if not whole.teams_tested:
        return f"No {noun} can be judged over this window"
    if not whole.flagged:
        return f"No {noun} can be flagged in this window"
    are = "is" if whole.flagged == 1 else "are"
    return f"{counted(whole.flagged, noun).capitalize()} {are} flagged as not yet compounding"


def map_alt(released: Released) -> str:
    """The map for those who cannot see it."""
    whole, noun = released.organization, released.settings.noun
    called = gates_words.names(released).within()
    return (
        f"Map of {plural(noun)}: gain in {called.individual} across, gain in {called.collective} up. {map_title(released)}; "
        f"{whole.watched} more are worth a conversation. The table below holds the same figures."
    )


def not_drawn(released: Released) -> str:
    """How many teams have no mark on the chart and why; empty when all have one."""
    watching, settings = released.worth_watching, released.settings
    figures = released.verdicts["individual_gain"] if watching is None else watching["gap"]
    absent = int((~np.isfinite(figures.astype(float))).sum())
    if not absent:
        return ""
    first = f"{counted(absent, settings.noun)} {'is' if absent == 1 else 'are'} not on the chart"
    withheld = int((released.verdicts["reason"] == Reason.MINIMUM_GROUP).sum())
    if watching is None and withheld == absent:
        return f"{first}: fewer than {settings.minimum_group} people answered in one half of the window. {_PROTECTED}"
    return f"{first}: too few people answered, or their figures would give a smaller {settings.noun} away. {_PROTECTED}"


_PROTECTED = "Their figures are nowhere here, so that nobody can be recognised."


def false_alarms(released: Released) -> tuple[str, str]:
    """Expected false alarms, and among how many flags."""
    whole = released.organization
    return expected(whole.expected_false_flags), f"of {counted(whole.flagged, 'flag')}"


def affected(released: Released) -> str:
    """How many teams are probably affected in all, named or not."""
    whole, settings = released.organization, released.settings
    if not carried(released, "verdicts"):
        return gates_words.why(gate(released, "verdicts"), settings)
    if whole.teams_tested < settings.fewest_teams:
        return (
            f"With fewer than {settings.fewest_teams} {plural(settings.noun)} nobody can check how often a flag would be wrong, "
            f"so none is flagged; the probabilities lean on general assumptions."
        )
    probable = int(np.isfinite(released.verdicts["probability"].astype(float)).sum())
    more = f"{whole.watched} more {'is' if whole.watched == 1 else 'are'}" if whole.watched else "none is"
    return (
        f"{about(whole.expected_affected).capitalize()} of the {counted(probable, settings.noun)} with figures are probably "
        f"affected. {_named(whole.flagged, settings.false_flag_share)}, {more} worth a conversation."
    )


def _named(flagged: int, wrong: float) -> str:
    if not flagged:
        return f"None can be named with at most {wrong:.0%} of the names wrong"
    return f"{flagged} can be named with at most {wrong:.0%} of the names wrong"


def watching_lead(released: Released) -> str:
    """What one period can tell, and what it cannot."""
    noun = released.settings.noun
    return (
        f"With one period there is a level, not a change. Each row is one {noun}: how far its belief in what it can do "
        f"together lies from what its members’ belief in themselves predicts, with the interval around it. In the accent "
        f"colour: {plural(noun)} whose members probably believe in themselves at least as much as members elsewhere, while the gap "
        f"is {points(released.settings.gain)} points or more below zero. They are worth watching, not called not compounding."
    )


def watching_title(released: Released) -> str:
    """The finding of one period."""
    table = released.worth_watching
    noun = released.settings.noun
    likely = 0 if table is None else int((table["probability"] >= released.settings.watch_probability).sum())
    if not likely:
        return f"No {noun} stands out with a probability of one half or more"
    are = "is" if likely == 1 else "are"
    return f"{counted(likely, noun).capitalize()} {are} worth watching: strong belief in oneself, less in the {noun} than it predicts"


FIND = "Find a {noun}"
PROBABILITY = "not compounding: {probability}"
FIGURES = ("Where gains compound", "Expected false alarms")
HELP = (
    "How sure people are of their own work, mean over persons, in points of 100.",
    "How sure people are of what their {noun} can do together, mean over {nouns}, in points of 100.",
    "{Nouns} in which gains compound, in which they do not (flagged), and in which the data cannot tell.",
    "How many of the flagged {nouns} are expected to be flagged wrongly.",
)
TABLE = {
    "team_id": "{Noun}",
    "label": "Verdict",
    "probability": "Probability",
    "individual_gain": "Individual gain",
    "individual_interval": "Individual: about 90%",
    "collective_gain": "Collective gain",
    "collective_interval": "Collective: about 90%",
    "respondents_until": "Answered last",
}
TABLES = {
    "teams.csv": "{Nouns} and periods",
    "verdicts.csv": "Verdicts",
    "scales.csv": "Scales",
    "units.csv": "{Units} and periods",
    "organization.json": "Organisation (JSON)",
    "problems.csv": "Problems of the files",
}
