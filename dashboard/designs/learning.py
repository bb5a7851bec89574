"""
Learning: designs in which the team makes what happened, or what others did, its own.

A success builds belief in the team only as far as members put it down to what they did together, and a setback takes
less of it where the team has understood it together. Seeing others like oneself succeed, vicarious experience, is the
second source of efficacy beliefs (Bandura 1997).
"""

from dashboard.designs import sources
from dashboard.designs.design import Design

REVIEW = Design(
    key="review",
    name="After-action review",
    idea="An hour after each delivery: what was meant to happen, what did, what we did about it.",
    fits="Answers lie far apart, levels may have gone down, or the survey alone cannot tell what happened.",
    steps=(
        "Fix the hour before the work begins, for every delivery and every setback of the quarter.",
        "Whoever is newest in the matter speaks first; the lead speaks last.",
        "Four questions: what was meant to happen, what happened, why, what do we do otherwise next time?",
        "Name what the team did, not who it was; write down one change with a date.",
        "Begin the next review with that change: was it made, and what came of it?",
    ),
    watch=(
        "How many of the changes agreed on were made by their date.",
        "Whether what went wrong is brought up by members before somebody asks.",
        "Whether members put successes down to working together in the next survey, and how alike they answer.",
    ),
    refuted=(
        "After four reviews the same things go wrong in the same way, or fewer than half of the agreed changes were "
        "made."
    ),
    sources=(sources.TANNENBAUM, sources.EDMONDSON, sources.TASA),
)

PREMORTEM = Design(
    key="pre-mortem",
    name="Pre-mortem",
    idea="Before a hard delivery: imagine it went wrong, write down why, guard against it together.",
    fits="Members put successes down to luck as much as to working together, or a hard delivery lies ahead.",
    steps=(
        "Two weeks into the work, meet for an hour: it is the end of the quarter, and this went badly.",
        "Each writes alone for five minutes why it did; then one reason each, round and round, until none is left.",
        "Choose the three that several of you named, and give each a guard that takes two members to keep.",
        "Look at the guards every two weeks: which one was needed, which reason nobody had seen?",
        "After the delivery hold the list against what happened, together.",
    ),
    watch=(
        "How many of the reasons came up in the quarter, and how many of these were guarded against.",
        "Whether members put the result less down to luck in the next survey.",
        "Whether those who are usually quiet named reasons.",
    ),
    refuted=(
        "What went wrong stood on nobody’s list, or stood on it and was not guarded against, and luck is named as "
        "before."
    ),
    sources=(sources.KLEIN, sources.MITCHELL, sources.BANDURA),
)

VISIT = Design(
    key="visit",
    name="Visit and be visited",
    idea="A day with a team whose work is alike: as guests where it is hard, as hosts where it works.",
    fits="Belief in the team rose here and others could see how; or nothing moved and another team could show a way.",
    steps=(
        "Find two teams with work alike: one that managed something hard together, one that is about to try.",
        "The guests come with three questions, the hosts with one real piece of work that is not finished.",
        "Spend the day on that work together; no slides, and the stumbles are shown too.",
        "The guests write down the same evening what they could do on Monday, and hold their own review of it.",
        "Change sides after six weeks: the hosts visit the guests.",
    ),
    watch=(
        "How many of the things written down were tried within a month.",
        "Whether the guests’ collective efficacy moves in the next survey, and the hosts’ holds.",
        "Whether the hosts could say what they do; telling it is a test of knowing it.",
    ),
    refuted=(
        "Nothing of what the guests wrote down was tried within six weeks, or they hold that the hosts’ way is nothing "
        "for them."
    ),
    sources=(sources.BANDURA, sources.BRESMAN, sources.GODDARD),
)
