"""
Doing: designs in which the team attempts something together that is hard for it.

Enactive mastery is the first source of efficacy beliefs, for groups as for persons (Bandura 1997): what was easy, or
was done by one member, tells a team little about what it can do together.
"""

from dashboard.designs import sources
from dashboard.designs.design import Design

JOINT_TASK = Design(
    key="joint-task",
    name="One task that needs everyone",
    idea="A piece of work, hard for this team, that no member or pair could finish alone.",
    fits="Members grew surer of their own work and belief in the team did not keep up.",
    steps=(
        "Week 1: choose together one outcome that could be missed and takes at least three kinds of skill.",
        "Split it so that each part waits for another; nobody holds two parts alone.",
        "Meet twice a week for 15 minutes on what waits for whom, not on status.",
        "Show the whole of it, together, to somebody who needs it, before the quarter ends.",
        "Close with an hour: what did we do that worked, and what did each part owe to another?",
    ),
    watch=(
        "Whether collective efficacy moves in the next survey, read with its interval.",
        "Whether members put the success down to working together or to one or two people.",
        "How many members held a part that others waited for.",
    ),
    refuted=(
        "The task was finished, and collective efficacy stayed where it was or members put the success down to one or "
        "two people: in their eyes it was no joint success."
    ),
    sources=(sources.BANDURA, sources.WAGEMAN, sources.GULLY),
)

SWARM = Design(
    key="swarm",
    name="Everyone on one hard problem",
    idea="For two days the whole team works on one stuck problem, in one room, on one screen.",
    fits="A first joint success within days is wanted, before a whole quarter is planned around one.",
    steps=(
        "Pick one problem that has been stuck for weeks and that several of you have given up on.",
        "Clear two days for everyone; write down what solved, or understood, would look like.",
        "One keyboard, one screen: who types changes every 15 minutes; who knows the way talks and does not type.",
        "After each half day write down what was tried and what was learned.",
        "Do it twice more in the quarter, each time with another problem.",
    ),
    watch=(
        "Whether collective efficacy moves in the next survey, read with its interval.",
        "Whether those who seldom typed say afterwards what the team found out.",
        "Whether the next stuck problem is brought to the team sooner.",
    ),
    refuted=(
        "After three times hard problems still go to the same one or two people, and answers about the team stand "
        "where they stood."
    ),
    sources=(sources.BANDURA, sources.TASA, sources.HANNAY),
)

ROTATING_LEAD = Design(
    key="rotating-lead",
    name="A lead that goes round",
    idea="For each piece of work another member leads, with somebody who led before at hand.",
    fits="Members attribute successes to one or two people at least as much as to working together.",
    steps=(
        "List the next quarter’s pieces of work and what leading each of them means: who decides what.",
        "Give each to another member; those who usually lead take none, and are asked for advice.",
        "Hand over in writing: goal, risks, who can do what, what would make us stop.",
        "Every two weeks the lead, not the manager, tells the team where it stands and what is needed.",
        "At the end each lead says what the others did that the work could not have done without.",
    ),
    watch=(
        "Whether members put successes less down to one or two people in the next survey.",
        "How many different members led something to its end.",
        "Whether decisions wait for those who used to lead.",
    ),
    refuted=(
        "Decisions still wait for the same one or two people, or members put the quarter’s successes down to them as "
        "before."
    ),
    sources=(sources.CARSON, sources.WANG, sources.BANDURA),
)

PAIRING = Design(
    key="pairing",
    name="Pairs across skills",
    idea="Two people who can do different things take a real piece of work to its end together.",
    fits="Answers form two camps, many members are new, or one or two people hold what the team can do.",
    steps=(
        "Each writes down two things others come to them for, and two they would like to be able to do.",
        "Pair by what differs (skill, time in the team, side of the table), not by who gets along.",
        "Each pair takes one real piece of work for two weeks, from the beginning to the end.",
        "Change pairs every two weeks, until everyone has worked with at least four others.",
        "In the last week each shows the team one thing that they could not do before.",
    ),
    watch=(
        "Whether answers about the team lie closer together in the next survey, and at which level.",
        "How many kinds of work only one member can do, at the beginning and at the end.",
        "Whether newer members answer about the team as the others do.",
    ),
    refuted=(
        "The list of what only one member can do is as long as before, or answers still form two camps after a quarter."
    ),
    sources=(sources.MARKS_CROSSING, sources.LEWIS, sources.HANNAY),
)

REHEARSAL = Design(
    key="rehearsal",
    name="Disruption rehearsal",
    idea="On a planned day something the team leans on is taken away, and all bring the work back.",
    fits="Answers lie near the end of the scale, or a disruption is on record: does the belief hold when it is hard?",
    steps=(
        "Choose one thing the team leans on (a system, a person, a supplier) and a safe way to take it away.",
        "Say when and what for, agree who may stop it, and write down how you think it will go.",
        "Take it away for half a day, without the member who would usually mend it.",
        "Bring the work back together, then sit down at once: what did we count on that was not there?",
        "Mend one thing, and rehearse again with another loss before the quarter ends.",
    ),
    watch=(
        "How long it took until work went on, the first and the second time.",
        "How many members had a part in bringing it back.",
        "Whether collective efficacy holds in the next survey; after a hard rehearsal it can first go down.",
    ),
    refuted=(
        "The second rehearsal went as the first, with the same people waiting for the same person, or nothing was "
        "mended."
    ),
    sources=(sources.GORMAN, sources.MARKS_ADAPTING, sources.SALAS),
)
