"""
Words of the story that no screen has: titles a leader could repeat, short lines for a slide, and what connects them.

Everything else on a slide is said by the same function as on screen. Plain text; each drawing makes it harmless.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.disclosure.released import Released
from dashboard.terms import Settings
from dashboard.wording import chart_words, error_rates
from dashboard.wording.alike_words import TITLE
from dashboard.wording.error_rates import METHOD
from dashboard.wording.numbers import about, articled, counted, expected, plural, probability, share

_APART = re.compile(r"(?<=[.!?]) (?=[A-Z“])")
_TAG = re.compile(r"<[^<>]+>")

ITEMS = (
    "“I can …”: how sure people are of their own work.",
    "“Our {noun} can …”: how sure they are of what they can do together.",
)
POINTS = "Both in points of 100: 0 is the lowest answer to every question, 100 the highest."
FLAG = "A flag: the individual gain is probably real, and less than {part} of it is shared."
NO_VERDICT = "These data carry no verdict: no {noun} is flagged, and none is cleared."
LEVELS_ONLY = "One survey shows levels, not changes: no {noun} is flagged, and none is cleared."
TOO_FEW = "With fewer than {fewest} judged {nouns} none is flagged; who is worth a conversation is named."
NOT_WORKED_OUT = "Which {noun} would be worth watching is not worked out"
WITHHELD = "Fewer than {minimum} answers are never shown, nor anything they could be worked out from."
EVIDENCE, CAVEAT = "Evidence: {text}", "Caveat: {text}"
LINES = (
    "Lines: means drawn towards all as far as few answers make them uncertain. Bars: the 95% interval of the plain mean. A "
    "missing period is left open."
)
MOST_PROBABLE = "The {shown} most probable have a slide each, in alphabetical order; {more} more {are} {named} as well."
NAMED = {True: "flagged", False: "worth a conversation"}
FOLLOW = "The {shown} {named} have a slide each, in alphabetical order."
NONE_NAMED = "No {noun} is named here. That does not mean that all is well"
ASK_ALL = "What to ask every {noun}"
QUESTIONS = (
    "Does what the figures suggest match what you see?",
    "Which piece of work next quarter could only succeed together?",
    "What has one of you learned this year that the others could use tomorrow?",
)
ALIKE_COLUMNS = (
    "{Noun}",
    "Answers differ by",
    "Random groups less alike",
    "Shape",
    "Stayed, joined, left",
    "From those who stayed",
)
ALIKE_NOTE = (
    "Differ: in categories of the answer scale. Random groups: of the same size. From those who stayed: their part of the change "
    "of the plain mean, {individual} / {collective}, in points of 100."
)
SHAPES = {"two camps": "two camps", "close": "close together", "spread": "spread"}
SHAPE_COLUMNS = ("Answers about the {noun}", "{Nouns}")
NOT_SHOWN, NOT_KNOWN, OF_HUNDRED = "not shown", "not known", "{number} of 100"
ALIKE_UNKNOWN = "How alike members answer is not available"
GOES_ROWS = "Slope of collective efficacy, in standard deviations for each standard deviation"
BEYOND = "Over and above members’ reported self-efficacy and performance in the period before."
SMALLEST = "Smallest gain that shows"
SMALLEST_NOTE = "for a flag, with {size} people answering each time"
MISSED = "Missed cases"
MISSED_NOTE = "expected among the {judged} judged"
OPTIONS = "To talk about, never a prescription; what came of it is for the next survey to say."
TRY_ANY = "Any {noun} can take up work that can only succeed together"
TRY_ANY_COLUMNS = ("Design", "What it is", "When it fits")
NO_EVIDENCE = "No {noun} is named, so nothing specific is offered; these two fit any {noun}."
OF_THEM = "{number} of {all}"
CELL = 60  # letters of names in a cell
METHOD_COLUMNS = ("What", "In short", "Source")
WRITTEN_DOWN = "Formulas, thresholds and what these data can carry stand on the dashboard’s page “Method”."
RIGHT_WHEN_NAMED = "Where the truth was simulated, {right} of flags named a {noun} that is affected"
METHOD_TITLE = "Each figure has a formula, a source and an interval"
# Figure of the method screen → what it is, short enough for a slide.
JUDGED_IN_SHORT = {
    "Gain": "Change over the window, without who came and went and the mood of the day",
    "Probability that a gain is not compounding": "That the individual gain is real and less than {part} of it is shared",
    "Flag": "The most probable {nouns}; at most {wrong} of flags are expected to be wrong",
}
IN_SHORT = {
    "Points of 100": "0 is the lowest answer to every question, 100 the highest",
    "Mean of a {noun} and its interval": "The plain mean; its interval from the spread inside all {nouns}",
    "Agreement": "By how many categories answers differ from the mean",
}
WATCHED_IN_SHORT = {
    "Worth watching (one period)": "Belief in the {noun} beyond what belief in oneself predicts",
}
SCALE_IN_SHORT = {
    "Alpha and its interval": "How consistently the questions of a scale measure one thing",
}
GOES_IN_SHORT = {
    "1 · What goes with performance in the next period": "Slope over and above self-efficacy and past performance",
}


def said(text: str, settings: Settings, **more: object) -> str:
    """A sentence with this organisation's noun for a group and what was agreed on."""
    noun, nouns = settings.noun, plural(settings.noun)
    words = {"noun": noun, "nouns": nouns, "Noun": noun.capitalize(), "Nouns": nouns.capitalize()}
    agreed = {
        "part": chart_words.part_of(settings.compounding_share),
        "wrong": share(settings.false_flag_share),
        "minimum": settings.minimum_group,
        "fewest": settings.fewest_teams,
    }
    return articled(text, noun).format(**words, **agreed, **more)


def apart(text: str) -> tuple[str, ...]:
    """
    The sentences of a text; joined by spaces they are the text again.

    >>> apart("Not shown (alpha .65, needed .70). That says nothing.")
    ('Not shown (alpha .65, needed .70).', 'That says nothing.')
    """
    return tuple(_APART.split(text))


def untagged(text: str) -> str:
    """
    A text that was written for a chart, without its marks and with its signs as they are.

    >>> untagged("<b>Not compounding</b><br>members gained &lt; 5")
    'Not compounding: members gained < 5'
    """
    return html.unescape(_TAG.sub("", text.replace("</b><br>", ": ").replace("<br>", " ")))


def reading_title(released: Released, flags: bool) -> str:
    """What is set beside each other, as a sentence that can be repeated."""
    noun = released.settings.noun
    if not flags:
        return f"Two beliefs, side by side: what people can do, and what the {noun} can do together"
    return f"A flag says: people grew more confident in their own work, and belief in the {noun} did not keep up"


def wrong_here(settings: Settings) -> str:
    """The error rate that was agreed on, and the one that was measured."""
    return (
        f"At most {share(settings.false_flag_share)} of flags are expected to be wrong; where the truth was simulated, "
        f"{_measured(settings)[0]} were."
    )


@lru_cache(maxsize=8)
def _measured(settings: Settings) -> tuple[str, str]:
    """(wrong among the flags, real cases found), as the method screen has them; read once, as a room waits for it."""
    own = error_rates.compared(settings).iloc[0]
    return str(own["Wrong among them"]), str(own["Real cases found"])


def found_there(settings: Settings) -> str:
    """How many real cases a flag found where the truth was known."""
    return f"A flag found {_measured(settings)[1]} of real cases there: in small {plural(settings.noun)} most get none."


def map_alt(released: Released, title: str) -> str:
    """The map for those who cannot see it."""
    whole, noun = released.organization, released.settings.noun
    are = "is" if whole.watched == 1 else "are"
    return (
        f"Map of {plural(noun)}: individual gain across, collective gain up. {title}; {whole.watched or 'none'} more {are} worth a "
        f"conversation."
    )


def to_the_nearest(name: str) -> str:
    """Marks of so many teams that one stands for all at the same whole points."""
    return f"{name}, to the nearest point"


def follow(shown: int, more: int, flagged: bool, settings: Settings) -> str:
    """Which of them have a slide of their own."""
    named = NAMED[flagged]
    if not more:
        return FOLLOW.format(shown=shown, named=named) if shown > 1 else ""
    return said(MOST_PROBABLE, settings, shown=shown, more=more, are="is" if more == 1 else "are", named=named)


def team_title(name: str, lines: str, flagged: bool) -> str:
    """
    What happened in one team, and where it is not flagged that it is not.

    >>> team_title("Atlas", "Individual efficacy rose by about 8, collective efficacy hardly moved", flagged=False)
    'Atlas, worth a conversation: individual efficacy rose by about 8, collective efficacy hardly moved'
    """
    called = name if flagged else f"{name}, {NAMED[False]}"
    return f"{called}: {lines[:1].lower()}{lines[1:]}"


def chance(value: float) -> str:
    """How probable it is that a team is not compounding."""
    return f"The probability of not compounding is {probability(value)}."


def watching_drawn(drawn: int, all_of_them: int, settings: Settings) -> str:
    """Which teams have a row; empty when all have one."""
    if drawn == all_of_them:
        return ""
    return f"Drawn are the {drawn} most probable of {counted(all_of_them, settings.noun)} with figures, in alphabetical order."


def watching_lead(settings: Settings) -> str:
    """What a row is, short enough for a slide."""
    noun = settings.noun
    return (
        f"A row is one {noun}: how far its belief in itself lies from what its members’ belief in themselves predicts."
    )


def alike_title(shapes: Sequence[str], settings: Settings) -> str:
    """In how many of the teams answers form two camps, are spread or close."""
    known = [shape for shape in shapes if shape in SHAPES]
    if not known:
        return ALIKE_UNKNOWN if NOT_SHOWN in shapes else TITLE
    for shape, told in (("two camps", "form two camps"), ("spread", "are spread, which a mean hides")):
        if number := known.count(shape):
            return f"Answers {told} in {_part(number, len(shapes), settings)}"
    return f"Answers lie close together in {_part(len(known), len(shapes), settings)}"


def _part(number: int, all_of_them: int, settings: Settings) -> str:
    """
    >>> _part(1, 1, Settings()), _part(2, 5, Settings()), _part(5, 5, Settings())
    ('this team', '2 of these 5 teams', 'all of these 5 teams')
    """
    if all_of_them == 1:
        return f"this {settings.noun}"
    return f"{'all' if number == all_of_them else number} of these {counted(all_of_them, settings.noun)}"


def all_alike_title(counts: Mapping[str, int], settings: Settings) -> str:
    """The same for the whole organisation."""
    known = sum(counts.values())
    if not known:
        return ALIKE_UNKNOWN
    camps = counts.get("two camps", 0)
    if known == 1:
        return f"In the one {settings.noun} with figures answers {'form' if camps else 'do not form'} two camps"
    where = f"In {camps or 'none'} of {counted(known, settings.noun)} with figures do answers form two camps"
    return where if camps != known else f"Answers form two camps in all {counted(known, settings.noun)} with figures"


def goes_title(better: Sequence[str], worse: Sequence[str], metrics: int, settings: Settings) -> str:
    """What collective efficacy goes with, of several metrics."""
    if not better and not worse:
        return (
            f"These data do not show whether collective efficacy goes with any of {metrics} metrics in the next period"
        )
    parts = [f"{did} {_listed(names)}" for did, names in (("better", better), ("worse", worse)) if names]
    return f"{plural(settings.noun).capitalize()} with higher collective efficacy did {' and '.join(parts)} in the next period"


def _listed(names: Sequence[str]) -> str:
    return f"on {names[0]}" if len(names) == 1 else f"on {', '.join(names[:-1])} and {names[-1]}"


def cannot_tell(limits: Sequence[str]) -> str:
    """Limits in one paragraph of what a speaker says."""
    return f"What this cannot tell: {' '.join(limits)}"


def goes_number(number: int, metrics: int) -> str:
    """Of how many metrics a number can be given."""
    return (
        ""
        if number == metrics
        else f"{number} of {metrics} metrics {'has' if number == 1 else 'have'} enough for a number."
    )


def try_title(design: str, number: int, all_of_them: int, settings: Settings) -> str:
    """Which design fits most of the named teams."""
    return f"“{design}” is an option that fits what is known of {_part(number, all_of_them, settings)}"


def try_columns(settings: Settings) -> tuple[str, str, str]:
    """Headings of the table of designs."""
    return "Design", "What it is", f"Fits which {plural(settings.noun)}"


def offered(team: str, because: Sequence[tuple[str, Sequence[str]]]) -> str:
    """What one team could try, each design with its evidence where it was not said before."""
    parts = (f"{design}: {' '.join(why)}" if why else f"{design}, for the same reasons." for design, why in because)
    return f"{team}. {' '.join(parts)}"


def watch(design: str, what: Sequence[str]) -> str:
    """What to look at while a design is tried."""
    return f"What to watch with “{design}”: {' '.join(what)}"


def refuted(design: str, shown: str) -> str:
    """What would show that a design did not work."""
    return f"What would show that “{design}” did not work: {shown}"


def not_carried(claims: Sequence[tuple[str, bool]]) -> str:
    """
    Which claims these data do not carry (true), and which only with caution; empty where all are carried.

    >>> not_carried([("Verdicts", True), ("A mean of individual efficacy", False)])
    'Not carried by these data: verdicts. With caution: a mean of individual efficacy.'
    """
    told = (
        (first, [claim[:1].lower() + claim[1:] for claim, closed in claims if closed is state])
        for first, state in (("Not carried by these data", True), ("With caution", False))
    )
    return " ".join(f"{first}: {'; '.join(names)}." for first, names in told if names)


def sure_title(released: Released, row: Mapping[str, float]) -> str:
    """
    How many flags are expected to be wrong, and how many real cases to have none.

    Parameters
    ----------
    row : of `diagnosis.trade.trade`, at the share that was agreed on.
    """
    whole, missed = released.organization, about(row["expected_missed"])
    noun = released.settings.noun
    if not whole.flagged:
        judged = counted(whole.teams_tested, noun)
        return f"No {noun} is flagged, and {missed} real cases are expected among the {judged} judged"
    if whole.flagged == 1:
        return f"The one flag is false with probability {probability(whole.expected_false_flags)}; {missed} real cases get none"
    return f"We expect {expected(whole.expected_false_flags)} of {whole.flagged} flags to be false alarms, and {missed} real cases to get none"


def unsure_title(released: Released, judged: bool) -> str:
    """The same where nobody can be flagged."""
    noun, fewest = released.settings.noun, released.settings.fewest_teams
    if len(released.periods) < 2:
        return "One survey shows no change, and there is more that it cannot tell"
    if judged:
        return f"With fewer than {fewest} judged {plural(noun)} none is flagged, and there is more that a survey cannot tell"
    return "These data carry no verdict, and there is more that a survey cannot tell"


def method_title(settings: Settings, flags: bool) -> str:
    """How often the method is wrong where the truth is known."""
    if not flags:
        return METHOD_TITLE
    right = error_rates.right_when_named()[METHOD]
    return said(RIGHT_WHEN_NAMED, settings, right=right)
