"""
A small story by hand: one slide of each kind, with a name that tries to be code and one of 60 letters.
"""

from __future__ import annotations

from math import nan

from dashboard.storyline import Deck, Figure, Line, Lines, Map, Marks, Row, Rows, Slide, Table

HOSTILE = "![x](https://h.example/p.png)<b onmouseover=alert(1)>#panic()"
LONG = "Department of Very Long Names and Even Longer Reporting Line"  # 60 letters

GAINS = Map(
    marks=(
        Marks(name="No flag", role="quiet", x=(2, 8, 14), y=(3, 9, 8), size=(12, 25, 40), called=("Ada", "Bly", "Cay")),
        Marks(name="Flagged", role="flagged", x=(18, 12), y=(-2, 1), size=(16, 9), names=("Atlas", HOSTILE)),
        Marks(name="Watched", role="watched", x=(9,), y=(1.5,), size=(11,), names=(LONG,)),
        Marks(name="Too few answers", role="unjudged", x=(-3,), y=(-4,), size=(6,), called=("Dee",)),
    ),
    x_title="Gain in individual efficacy (points of 100)",
    y_title="Gain in collective efficacy (points of 100)",
    alt="Seven teams. Two lie in the region where gains are not compounding: Atlas and one more.",
    gain=5,
    share=0.5,
    line="compounding line: half is shared",
    region="Not compounding: members gained 5 or more, the team less than half of it",
)
LEVELS = Lines(
    periods=("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"),
    lines=(
        Line(
            name="Individual efficacy",
            role="individual",
            value=(52, 58, nan, 70),
            low=(46, 52, nan, 63),
            high=(58, 64, nan, 77),
        ),
        Line(
            name="Collective efficacy",
            role="collective",
            value=(51, 50, nan, 49),
            low=(44, 43, nan, 42),
            high=(58, 57, nan, 56),
        ),
    ),
    y_title="Points of 100",
    levels=(40, 80),
    alt="Atlas: individual efficacy rose from 52 to 70, collective efficacy went from 51 to 49.",
    events=(("2025-Q2", "Assistant for everyone"), ("2025-Q4", "Prompting course")),
)
SLOPES = Rows(
    rows=(
        Row(name="Collective efficacy", role="collective", value=0.28, low=-0.03, high=0.6),
        Row(name="Individual efficacy", role="individual", value=0.1, low=-0.2, high=0.4),
        Row(name=LONG, role="quiet", value=nan),
    ),
    x_title="Standard deviations for each standard deviation",
    alt="Collective efficacy: 0.28, interval from −0.03 to 0.60.",
    absent="too few answered",
)
NOTES = (
    "Evidence: members gained 18 points [11, 25], the team −2 [−9, 5]; probability of not compounding .97.",
    "Caveat: what the survey says is what members report. We expect 0.4 of these 5 to be false alarms.",
)


def deck() -> Deck:
    """Five slides."""
    slides = (
        Slide(
            key="headline",
            title="In 2 of 7 teams people grew more confident in their own work while belief in the team stood still",
            lead=("We expect 0.1 of these 2 to be false alarms.",),
            figures=(
                Figure(label="Individual efficacy", value="63", change="+9", note="[61, 65]", role="individual"),
                Figure(label="Collective efficacy", value="55", change="+2", note="[53, 57]", role="collective"),
                Figure(label="Not compounding", value="2 of 7", note="1 on watch", role="flagged"),
                Figure(label="Expected false alarms", value="0.1", note="of 2 flags"),
            ),
            source="2025-Q1 to 2025-Q4; 412 answers of 7 teams",
            notes=NOTES,
        ),
        Slide(
            key="map",
            title="Two teams gained on their own and not together",
            plot=GAINS,
            points_title="Flagged",
            points=("Atlas: 18 for members, −2 for the team", f"{HOSTILE}: 12 for members, 1 for the team"),
            source="2025-Q1 to 2025-Q4",
            notes=NOTES,
        ),
        Slide(
            key="team:Atlas",
            title="Atlas: members grew more confident, belief in the team stood still",
            lead=("Members gained 18 points [11, 25], the team −2 [−9, 5].",),
            plot=LEVELS,
            points_title="Ask the team",
            points=("What did you last master together?", "What made it work?"),
            source="16 answered in 2025-Q4",
            notes=NOTES,
        ),
        Slide(
            key="goes",
            title="These data do not show whether collective efficacy goes with delivery",
            plot=SLOPES,
            notes=NOTES,
        ),
        Slide(
            key="alike",
            title=f"How alike members answer, {HOSTILE}",
            table=Table(
                headings=("Team", "Answered", "Deviation", "Stayed"),
                rows=(("Atlas", "16", "0.61", "12"), (HOSTILE, "9", "0.44", "withheld"), (LONG, "11", "0.58", "7")),
                note="Average deviation in points of the scale.",
            ),
            notes=NOTES,
        ),
    )
    return Deck(title="Team pulse 2026", scope="7 teams, 2025-Q1 to 2025-Q4", slides=slides)
