"""
Glossary: every term a reader meets, in plain words and with its source. Part of the public surface.
"""

from __future__ import annotations

from collections.abc import Mapping

GLOSSARY: Mapping[str, str] = {
    "Individual efficacy": ("How sure members are of what they can do in their own work (“I can …”). Bandura (1997)."),
    "Collective efficacy": (
        "How sure members are of what the team can do together (“our team can …”): a belief about the group, "
        "not the sum of beliefs about oneself. Bandura (1997)."
    ),
    "Compounding": (
        "An individual gain that counts, with at least the stated share of it shown again as a gain in collective efficacy."
    ),
    "Points (POMP)": "Percent of the maximum possible: 0 is the lowest answer on every item, 100 the highest.",
    "Gain": (
        "The change of a team from the first to the last period of the window, without who came and went, without how "
        "leniently people answer, and without the mood of the day."
    ),
    "Probability": (
        "How likely it is, given these answers, that the individual gain is real and is not compounding. "
        "It is about this team in this window, never about a person."
    ),
    "Flag": ("The most probable teams, so many that at most the stated share of them is expected to be a false alarm."),
    "Watch list": "Teams where not compounding is more likely than not, without being sure enough for a flag.",
    "Expected false alarms": "The sum of one minus the probability over all flagged teams.",
    "Missed cases": (
        "Judged teams whose gains are not compounding and that get no flag. How many there are is expected from the "
        "probabilities: their sum over the judged teams without a flag. Which ones they are nobody knows."
    ),
    "Window": "The periods a verdict looks at: all up to the latest eight.",
    "Interval": ("The range that is plausible given how many answered: 95% for a team's mean, about 90% for a gain."),
    "Shrunken mean": (
        "A team's mean drawn towards the organisation's as far as few answers make it uncertain. Raudenbush & Bryk (2002)."
    ),
    "Agreement (AD)": (
        "By how many answer categories members differ from the team's mean, on average over items. Burke & Dunlap (2002)."
    ),
    "Agreement (r_WG)": (
        "How much less members' answers scatter than if they had answered at random; shown as a range over two ideas of "
        "random. James, Demaree & Wolf (1984)."
    ),
    "Percentile of agreement": (
        "Of 100 random groups of the same size, put together from everyone who answered in that period: how many are less "
        "alike than this team. About 50 where nothing of the team is in the answers. A comparison by chance, not a target."
    ),
    "Shape of answers": (
        "Two camps: a gap of at least a quarter of the scale between people's scores, with three or more on either side. "
        "Close: answers lie within a sixth of the options from their mean, on average. Spread: neither."
    ),
    "Collective surplus": (
        "Belief in the team over and above what its members' reported self-efficacy predicts, of each person and of the "
        "team as a whole. Drawn towards 0 as far as few answers make it uncertain. A random intercept, REML; Raudenbush & Bryk (2002)."
    ),
    "Level gap": (
        "Collective minus individual level of the people who answered both. Read only where the collective items are the "
        "individual ones with “we” for “I”, and against the gap of the whole organisation."
    ),
    "HTMT": (
        "How much alike two scales are: the correlations between their items, set against those inside each. Near 1 they "
        "measure one thing; from .85 on nothing is said that needs two. Henseler, Ringle & Sarstedt (2015)."
    ),
    "Item drift": (
        "How far the mean of an item moved away from the mean of its scale since the first period. From a quarter of a point "
        "on, the item may no longer mean what it meant."
    ),
    "Item-rest correlation": "How an item goes together with the other items of its scale.",
    "Permutation p": (
        "How often people dealt to the teams at random, 1,000 times, would differ between teams as much as they do. "
        "It says whether there is anything of the team in the answers, not how much."
    ),
    "Within and between": (
        "Two figures of the same people can go together inside teams, between team means, or both; the two are told apart. "
        "Dansereau, Alutto & Yammarino (1984)."
    ),
    "Gate": (
        "What a claim needs, and whether these data have it: carried, with caution, or not carried. What is not carried "
        "stands on no screen, in no table and in no file."
    ),
    "Response rate": "Those who answered, of the head count in the roster; unknown without one.",
    "ICC(1)": "The share of the differences in answers that lies between teams. Bliese (2000).",
    "ICC(2)": "How reliable the team means are.",
    "Alpha": "How consistently the items of a scale measure one thing. Cronbach (1951), interval after Feldt (1965).",
    "Omega": "Reliability of a scale with one factor, items allowed to weigh differently. McDonald (1999).",
    "Stayers, joiners, leavers": (
        "Who answered in both periods, only in the later, only in the earlier one. A team's mean can change because people "
        "changed their mind or because the people changed."
    ),
    "Smallest detectable gain": (
        "The smallest individual gain, with collective efficacy flat, that would be found in four of five teams of this size."
    ),
    "End of the scale": "Where answers are so high that a rise could hardly show; such a team is not judged.",
    "Withheld": (
        "Fewer people answered than the minimum group, or showing the figure would give such a group away. "
        "There is no figure anywhere, not just none on screen."
    ),
    "Average precision": (
        "How well a rule sorts real cases before others, over all lengths of the list: 1 is perfect, the share of real cases "
        "is chance."
    ),
    "Goes with": (
        "Two figures that are high together and low together. Why is not said: nothing here is an experiment."
    ),
    "Slope": (
        "How much higher one figure is where another is one higher, the others in the model equal. In standard deviations, "
        "so that slopes of different figures can be set side by side; errors know that periods of a team belong together "
        "(CR2). Pustejovsky & Tipton (2018)."
    ),
    "Dominance": (
        "Which part of what several figures reproduce together belongs to each: what it adds to every set of the others, on "
        "average. Azen & Budescu (2003)."
    ),
    "Reliability of a mean": (
        "The share of the differences between teams’ means that is not due to who happened to answer. A figure held equal but "
        "measured with error is not held equal. Westfall & Yarkoni (2016)."
    ),
    "Out of sample": ("Said of a prediction that was made for teams whose figures were not used to make it."),
    "Shared mastery": (
        "Something a team tried together that was hard enough to need everyone, and succeeded. Bandura (1997)."
    ),
}
