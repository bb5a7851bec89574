"""
Keeping: designs in which what one member can do becomes something that the team has.

Individual gains compound only when they get out of the head they were made in: into what others can use, find and
change. What a team keeps also outlasts who comes and goes.
"""

from dashboard.designs import sources
from dashboard.designs.design import Design

RUNBOOK = Design(
    key="runbook",
    name="A runbook the team keeps",
    idea="One living text or prompt library of how this team does its hard things, changed by all.",
    fits="A tool or a training came to members one by one, or many members are new.",
    steps=(
        "Choose the three hard things that come back every quarter; begin with one page for each.",
        "Write each page in twos: one who knows it, one who is to do it next time.",
        "Keep prompts, checks and wrong turns as well, with the day on which they last worked.",
        "Whoever uses a page changes it the same day; whoever is lost says so on the page.",
        "Once a month somebody who never did it does it by the page alone, with the team looking on.",
    ),
    watch=(
        "How many members changed a page in the quarter; it should not be one or two.",
        "Whether somebody new could do it by the page alone.",
        "Whether the structure’s health holds, and collective efficacy moves in the next survey.",
    ),
    refuted=(
        "One or two members wrote nearly all of it, pages were not used when it mattered, or they are out of date."
    ),
    sources=(sources.LEWIS, sources.ARGOTE, sources.BANDURA_GROUPS),
)

LESSONS = Design(
    key="lessons",
    name="Lessons kept together",
    idea="Each week one thing that one member learned is made usable by all on the next day.",
    fits="Individual gains are there and may stay with those who made them.",
    steps=(
        "Fix 20 minutes a week; another member brings something each time, however small.",
        "Shown on real work: what I can do now, how, and where it does not work.",
        "Two others try it at once, with their own work, and say what they had to change.",
        "Keep it where all look anyway: an example, a check, a prompt; one line on when to use it.",
        "At the end of the quarter: which of these did we use together on something hard?",
    ),
    watch=(
        "How many lessons were used by members who did not bring them.",
        "Whether every member brought one.",
        "Whether collective efficacy follows individual efficacy in the next survey, read with both intervals.",
    ),
    refuted=(
        "Lessons are brought and nobody but who brought them uses them, or individual efficacy goes on rising alone."
    ),
    sources=(sources.MESMER_MAGNUS, sources.EDMONDSON, sources.BANDURA),
)
