"""
Words of the method screen: what each figure is, with formula and source; what was measured about the verdict's errors;
and what may not be said.

Formulas are TeX. The figures of `ERRORS`, `SIMULATED` and `DETECTABLE` were measured in simulations of surveys whose truth
was known (3 to 15 members per team, response 75%, alpha .84, turnover, leniency, mood, ends of the scale).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.terms import Settings
from dashboard.wording.numbers import MISSING, plural, points

TITLE = "How it is worked out"
LEAD = (
    "Every figure in plain words, with its formula and where it comes from; every threshold with its default; how often the "
    "verdict is wrong; and what may not be claimed."
)
SECTIONS = (
    "Figures",
    "What these data can carry",
    "How often it is wrong",
    "Settings",
    "What may not be said",
    "Glossary",
)


class Figure(NamedTuple):
    """A figure: its name, what it is in plain words, its formula in TeX, and where it comes from."""

    name: str
    plain: str
    formula: str
    source: str


def under(*lines: str) -> str:
    """Formulas under one another, so that they fit a narrow page."""
    return r"\begin{gathered}" + r"\\[0.6em]".join(lines) + r"\end{gathered}"


FIGURES = (
    Figure(
        "Points of 100",
        "Percent of the maximum possible (POMP): 0 is the lowest answer on every item, 100 the highest. One point on a 1–5 "
        "scale is 25 of these.",
        r"\mathrm{POMP} = 100\,\frac{x - L}{H - L}",
        "Cohen, Cohen, Aiken & West (1999)",
    ),
    Figure(
        "Person score",
        "The mean of the items a person answered, if they answered two thirds of them and at least two. Nothing is filled in for "
        "missing answers. No person’s score is ever shown.",
        under(r"\bar{x}_i = \frac{1}{|A_i|}\sum_{j \in A_i} x_{ij}", r"|A_i| \ge \max(\lceil 2J/3\rceil,\, 2)"),
        "A rule of this dashboard",
    ),
    Figure(
        "Team mean and its interval",
        "The plain mean of the scores, with an interval from the spread inside all teams together: a small team’s own spread is "
        "too uncertain to use.",
        r"m \pm t_{.975,\,N-T}\,\sqrt{\mathrm{MSW}/n}",
        "Snijders & Bosker (2012)",
    ),
    Figure(
        "Shrunken mean",
        "The mean drawn towards the mean of all teams as far as few answers make it uncertain. It is what the filled dots show; "
        "the hollow dots are the plain means.",
        under(r"\mu + \lambda\,(m - \mu)", r"\lambda = \frac{\tau^2}{\tau^2 + \sigma^2/n}"),
        "Raudenbush & Bryk (2002); REML random intercept, the figures of R’s lme4",
    ),
    Figure(
        "Agreement",
        "By how much of an answer category members’ answers about the team differ from its mean. Low agreement is a finding: no "
        "team is dropped for it.",
        under(
            r"\mathrm{AD} = \frac{1}{J}\sum_j \frac{1}{n_j}\sum_i |x_{ij} - \bar{x}_j|",
            r"\text{close: } \mathrm{AD} \le A/6",
        ),
        "Burke & Dunlap (2002); r_WG(J) beside it after James, Demaree & Wolf (1984)",
    ),
    Figure(
        "ICC(1) and ICC(2)",
        "How much of the differences in answers lies between teams, and how reliable the team means are.",
        under(
            r"\mathrm{ICC}(1) = \frac{\mathrm{MSB} - \mathrm{MSW}}{\mathrm{MSB} + (n_0 - 1)\,\mathrm{MSW}}",
            r"\mathrm{ICC}(2) = \frac{\mathrm{MSB} - \mathrm{MSW}}{\mathrm{MSB}}",
        ),
        "Bliese (2000); F interval after Shrout & Fleiss (1979)",
    ),
    Figure(
        "Reliability",
        "How consistently the items of a scale measure one thing: alpha with its interval, omega where items weigh differently.",
        r"\alpha = \frac{J}{J-1}\left(1 - \frac{\sum_j s_j^2}{s_{\mathrm{sum}}^2}\right)",
        "Cronbach (1951), Feldt (1965), McDonald (1999)",
    ),
    Figure(
        "Who changed",
        "The change of a team’s plain mean is exactly what those who stayed gained, plus what joiners brought, minus what leavers "
        "took along. Shown only where each group is nobody or at least three people.",
        r"d = (s_2 - s_1) + \frac{n_J}{n_2}(j_2 - s_2) - \frac{n_L}{n_1}(l_1 - s_1)",
        "An identity",
    ),
    Figure(
        "Gain",
        "The change from the first to the last period of the window, without who came and went, without how leniently people "
        "answer, and without the mood of the day. People who answered twice are compared with themselves; all teams together "
        "say how large gains usually are.",
        under(
            r"y_{it} = \theta_{jt} + u_i + e_{it}",
            r"\theta_{jt} = m_t + \text{level}_j + x_t\,\text{trend}_j",
            r"{} + \text{drift}_{jt} + \text{shock}_{jt}",
        ),
        "Bivariate hierarchical model, empirical Bayes; Raudenbush & Bryk (2002), Bovy, Hogg & Roweis (2011)",
    ),
    Figure(
        "Probability that a gain is not compounding",
        "How likely it is, given these answers, that the individual gain a counts and that the collective gain c is less than the "
        "stated share of it.",
        r"p = P\,(a \ge \delta \ \text{ and } \ c \le \rho\,a)",
        "Bivariate normal orthants by Owen’s T (1956)",
    ),
    Figure(
        "Flag",
        "The longest list of most probable teams of which at most the stated share is expected to be wrong. No team below .50 is on "
        "it; in small organisations none below .90; with fewer than eight judged teams there are no flags.",
        r"\frac{1}{|F|}\sum_{j \in F}(1 - p_j) \le q",
        "Bayesian false discovery rate; Müller, Parmigiani & Rice (2007)",
    ),
    Figure(
        "Worth watching (one period)",
        "With one period there is no change. The gap is how far belief in the team lies from what its members’ belief in themselves "
        "predicts across teams; never a verdict.",
        under(r"e = (C - m_C) - b\,(S - m_S)", r"b = \Sigma_{SC}/\Sigma_{SS}"),
        "A rule of this dashboard; what it misses was measured in simulation",
    ),
)

GATES = {
    "individual_mean": ("The mean of individual efficacy", "reliability at least .70"),
    "collective_mean": (
        "The mean of collective efficacy as a figure of the {noun}",
        "reliability at least .70, and ICC(1) surely above 0 or members more alike than three of four random groups",
    ),
    "surplus": ("What the {noun} believes beyond its members", "ten {nouns} and two distinct scales (HTMT below .85)"),
    "level_gap": ("Comparing the two levels", "collective items that are the individual ones with “we” for “I”"),
    "verdicts": ("The verdicts", "two periods, items that do not drift, two distinct scales (HTMT below .85)"),
    "prediction": ("What goes with performance", "twelve {nouns}, performance from records, two distinct scales"),
}
GATE_STATES = {GateState.OPEN: "carried", GateState.CAUTION: "with caution", GateState.CLOSED: "not carried"}
FOUND = {
    "alpha_individual": "alpha of the individual scale",
    "alpha_collective": "alpha of the collective scale",
    "icc1_low": "ICC(1), lower end",
    "percentile": "median percentile of agreement",
    "teams": "{nouns}",
    "mirrored": "mirrored items",
    "periods": "periods",
    "htmt": "HTMT",
    "degrees": "people beyond one for each {noun}",
    "drifting": "items that drift",
    "lagged": "{nouns} with performance in two successive periods",
}
GATES_NOTE = (
    "With caution: a figure is below what is needed while its interval reaches it, or cannot be worked out. Not carried: the claim "
    "stands on no screen, in no table and in no file."
)
NO_DATA = "Nothing is open; with a survey this place says what its data can carry."

ERRORS_NOTE = (
    "Measured on one simulator whose truth is known, in 27 settings (20, 100 and 1,000 teams of 4, 8 and 12 members over 2, 4 and "
    "8 periods), pooled. Its price is power: in small teams most real cases stay unflagged. Under misspecification (skew, ceilings, "
    "leniency, careless answers, dropout, turnover, an organisation-wide mood) 7.8% of flags were wrong, 12–15% in the worst "
    "settings, and the 90% intervals covered 67–81%; they are therefore called approximate."
)
ERRORS_COLUMNS = (
    "Rule",
    "Wrong flags",
    "Real cases found",
    "Average precision",
    "False flags per 100 teams, nothing real",
)
ERRORS = (
    ("Differences of team means against thresholds", "45%", "50%", ".58", "12–23"),
    ("“Individual significant, collective not” (Welch)", "49%", "17%", ".58", "1–8"),
    ("The same with matched pairs", "54%", "19%", ".52", "2–11"),
    ("Matched contrast at 5%", "35%", "16%", ".52", "1–7"),
    ("Bootstrap share at least .9", "22%", "15%", ".60", "1–5"),
    ("Normal empirical Bayes, two periods", "8%", "3%", ".60", "0–.03"),
    ("This method, flag (q = .10)", "8%", "13%", ".71", "0–.01"),
    ("This method, flag (q = .20)", "18%", "25%", ".71", "0–.07"),
    ("This method, watch list", "27%", "42%", ".71", ".1–1.4"),
)
STATES_COLUMNS = ("State", "Right when named")
STATES = (
    ("Not yet compounding (flag)", "92%"),
    ("Worth a conversation, with the flags", "73%"),
    ("Compounding", "73%"),
    ("Collective-led", "68%"),
    ("Steady", "63%"),
    ("Possibly eroding", "42%"),
)
DETECTABLE_NOTE = (
    "The smallest individual gain, with collective efficacy flat, that is found in four of five cases, in points of 100: for a flag, "
    "and for the watch list. Simulated for typical organisations; “Yours” is worked out for the window that is open."
)
DETECTABLE_COLUMNS = ("Members", "2 periods", "4 periods", "8 periods")
DETECTABLE = (
    ("4", "> 26 / 25", "> 26 / 21", "> 26 / 18"),
    ("8", "> 26 / 16", "23 / 15", "18 / 12"),
    ("12", "20 / 13", "18 / 12", "15 / 11"),
    ("25", "14 / 11", "14 / 10", "12 / 9"),
)
YOURS = "Yours"
SOURCE = "Source: simulations behind this method; the states from the same simulator with realistic surveys."

NOT_SAID = (
    ("causes, drives, ensures", "goes with; nothing here knows a cause"),
    ("independent of competence", "over and above members’ reported self-efficacy"),
    ("in-sample R²", "what was predicted for teams it had not seen"),
    ("high consensus (r_WG .84)", "how far answers differ, and against random groups of the same size"),
    ("significant", "the number of tests, and the expected number of false alarms"),
    ("failing", "not yet compounding"),
    ("belief in the team lies below belief in oneself", "only with mirrored items"),
    ("ranks, best and worst", "each team with its interval"),
    ("no teams flagged: healthy", "no flag is never “healthy”"),
    ("an emergent property was demonstrated", "members answer more alike than chance, beyond their self-efficacy"),
    ("success was due to coordination", "members attribute it to coordination"),
    ("above or below the benchmark", "no outside benchmark without a source"),
    ("anything about one person", "groups of at least the minimum size only"),
)
NOT_SAID_COLUMNS = ("Not", "But")
SETTINGS_COLUMNS = ("Setting", "Value", "Default", "Unit", "Why")


def settings_table(settings: Settings) -> pd.DataFrame:
    """Every setting with its value, default, unit and reason, as text."""
    rows = [
        (one.name.replace("_", " "), _text(one.value, one.unit), _text(one.default, one.unit), one.unit, one.source)
        for one in settings.describe()
    ]
    return pd.DataFrame(rows, columns=list(SETTINGS_COLUMNS))


def _text(value: Any, unit: str) -> str:
    """A value as text; whole numbers of something with thousands apart, a mere number such as the seed without."""
    if isinstance(value, float):
        return f"{value:,.3g}"
    return f"{value:,}" if isinstance(value, int) and unit else str(value)


def gate_lines(gates: tuple[Gate, ...], settings: Settings) -> pd.DataFrame:
    """A row per claim: what it needs, whether these data carry it, and the figures it was decided on."""
    nouns = {"noun": settings.noun, "nouns": plural(settings.noun)}
    rows = [
        (GATES[g.need][0].format(**nouns), GATE_STATES[g.state], GATES[g.need][1].format(**nouns), _found(g, nouns))
        for g in gates
    ]
    return pd.DataFrame(rows, columns=["Claim", "These data", "It needs", "Found in the latest period"])


def _found(gate: Gate, nouns: dict[str, str]) -> str:
    return ", ".join(f"{FOUND[name].format(**nouns)} {_figure(name, value)}" for name, value in gate.found.items())


def _figure(name: str, value: float) -> str:
    if not np.isfinite(value):
        return MISSING
    if name == "mirrored":
        return "yes" if value else "no"
    return (
        points(value, 2)
        if name in ("alpha_individual", "alpha_collective", "icc1_low", "percentile", "htmt")
        else points(value)
    )


def detectable(diagnosis: Diagnosis | None) -> pd.DataFrame:
    """The simulated table, with a column for the window that is open where there is one."""
    table = pd.DataFrame(DETECTABLE, columns=list(DETECTABLE_COLUMNS))
    own = {} if diagnosis is None else diagnosis.organization.smallest_detectable_gain
    if not own:
        return table
    sizes = {str(size): f"{_gain(gain['flag'])} / {_gain(gain['watch'])}" for size, gain in own.items()}
    return table.assign(**{YOURS: [sizes.get(size, MISSING) for size in table["Members"]]})


def _gain(value: float) -> str:
    return points(value) if np.isfinite(value) else "> 100"
