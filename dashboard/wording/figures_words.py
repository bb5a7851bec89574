"""
Every figure of the dashboard: what it is in plain words, its formula in TeX, and where it comes from, in groups.

`{noun}` and `{nouns}` in the plain words are what a group is called in the settings; formulas have none.
"""

from __future__ import annotations

from typing import NamedTuple

from dashboard.terms import Settings
from dashboard.wording.numbers import articled, plural


class Figure(NamedTuple):
    """A figure: its name, what it is in plain words, its formula in TeX, and where it comes from."""

    name: str
    plain: str
    formula: str
    source: str


def under(*lines: str) -> str:
    """Formulas under one another, so that they fit a narrow page."""
    return r"\begin{gathered}" + r"\\[0.6em]".join(lines) + r"\end{gathered}"


RULE = "A rule of this dashboard"

MEANS = (
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
        RULE,
    ),
    Figure(
        "Mean of a {noun} and its interval",
        "The plain mean of the scores, with an interval from the spread inside all {nouns} together: the own spread of a small {noun} "
        "is too uncertain to use.",
        r"m \pm t_{.975,\,N-T}\,\sqrt{\mathrm{MSW}/n}",
        "Snijders & Bosker (2012)",
    ),
    Figure(
        "Shrunken mean",
        "The mean drawn towards the mean of all {nouns} as far as few answers make it uncertain. It is what the filled dots show; "
        "the hollow dots are the plain means. The two variances are found by restricted maximum likelihood (REML), which leaves the "
        "uncertainty of the common mean out of them.",
        under(r"\mu + \lambda\,(m - \mu)", r"\lambda = \frac{\tau^2}{\tau^2 + \sigma^2/n}"),
        "Patterson & Thompson (1971), Raudenbush & Bryk (2002); the figures of R’s lme4",
    ),
    Figure(
        "Response rate",
        "Those who answered, of the head count in the roster. From 70% on it stands as it is, from 50% on with a caution; below, the "
        "figures are greyed and a {noun} is not judged. Without a roster it is unknown, and said to be.",
        r"\mathrm{RR} = n / \text{head count}",
        RULE,
    ),
)

AGREEMENT = (
    Figure(
        "Agreement",
        "By how much of an answer category members’ answers about the {noun} differ from its mean. Low agreement is a finding: no "
        "{noun} is dropped for it.",
        under(
            r"\mathrm{AD} = \frac{1}{J}\sum_j \frac{1}{n_j}\sum_i |x_{ij} - \bar{x}_j|",
            r"\text{close: } \mathrm{AD} \le A/6",
        ),
        "Burke, Finkelstein & Dusig (1999), Burke & Dunlap (2002)",
    ),
    Figure(
        "r_WG(J), as a range",
        "How much less answers scatter than random ones would. What random answers would look like is not known, so it is worked "
        "out for two ideas of it, spread evenly and leaning upwards, and shown as a range. It rises with the number of items at the "
        "same spread, so no threshold of it is used anywhere.",
        under(
            r"r = \min\!\left(\frac{\overline{s^2}}{\sigma^2_{\text{null}}},\, 1\right)",
            r"r_{\mathrm{WG}(J)} = \frac{J(1-r)}{J(1-r) + r}",
            r"\sigma^2_{\text{even}} = \frac{A^2-1}{12},\quad \sigma^2_{\text{leaning}} \text{ from a table}",
        ),
        "James, Demaree & Wolf (1984); LeBreton & Senter (2008)",
    ),
    Figure(
        "Percentile of agreement",
        "2,000 groups of the size of the {noun} are put together at random from everyone who answered in that period; counted are those "
        "that are less alike than the {noun}, ties by half. Needs 30 people outside it.",
        r"\frac{\#\{\mathrm{AD}_{\text{random}} > \mathrm{AD}\} + \tfrac{1}{2}\,\#\{=\}}{2000}",
        "Random group resampling; Bliese & Halverson (2002)",
    ),
    Figure(
        "Shape of answers",
        "Two camps: between sorted scores of people lies a gap of at least a quarter of the scale, with three people or more on either "
        "side. Close: the limit of agreement is kept. Spread: neither.",
        under(
            r"\text{two camps: } \max_k\,(s_{(k+1)} - s_{(k)}) \ge \tfrac{1}{4}(H - L)",
            r"3 \le k \le n - 3",
        ),
        RULE,
    ),
)

SCALES = (
    Figure(
        "Alpha and its interval",
        "How consistently the items of a scale measure one thing, from the people who answered all of them. The interval is exact for "
        "items that weigh alike.",
        under(
            r"\alpha = \frac{J}{J-1}\left(1 - \frac{\sum_j s_j^2}{s_{\mathrm{sum}}^2}\right)",
            r"1 - (1-\alpha)\,F_{.975} \;\dots\; 1 - (1-\alpha)\,F_{.025}",
            r"F \text{ with } n-1 \text{ and } (n-1)(J-1) \text{ degrees}",
        ),
        "Cronbach (1951); Feldt (1965), Feldt, Woodruff & Salih (1987)",
    ),
    Figure(
        "Omega",
        "Reliability where items may weigh differently: one factor by maximum likelihood, from three items and 100 people on. Not shown "
        "where the model leaves an item without any spread of its own.",
        r"\omega = \frac{(\sum_j \lambda_j)^2}{(\sum_j \lambda_j)^2 + \sum_j \psi_j}",
        "McDonald (1999)",
    ),
    Figure(
        "Item-rest correlation",
        "How an item goes together with the sum of the other items of its scale.",
        r"\operatorname{cor}\Big(x_j,\ \textstyle\sum_{k \ne j} x_k\Big)",
        "Nunnally & Bernstein (1994)",
    ),
    Figure(
        "Item drift",
        "How far the mean of an item moved away from the mean of its scale since the first period. A move of more than a quarter of a "
        "point is listed: the item may no longer mean what it meant. Its error is the larger of two, one over people and one over {nouns}.",
        under(
            r"b_{jq} = \bar{x}_{jq} - \bar{x}_{q}",
            r"\text{drift}_{jq} = b_{jq} - b_{j1}",
        ),
        RULE,
    ),
    Figure(
        "ICC(1) and ICC(2)",
        "How much of the differences in answers lies between {nouns}, and how reliable their means are. With the mean squares between "
        "and inside {nouns}; n₀ is the size of a {noun} that sizes as unequal as these amount to. A negative ICC is shown as it is: "
        "no detectable signal of the {noun}.",
        under(
            r"\mathrm{ICC}(1) = \frac{\mathrm{MSB} - \mathrm{MSW}}{\mathrm{MSB} + (n_0 - 1)\,\mathrm{MSW}}",
            r"\mathrm{ICC}(2) = \frac{\mathrm{MSB} - \mathrm{MSW}}{\mathrm{MSB}}",
            r"n_0 = \frac{N - \sum n_t^2 / N}{T - 1}",
        ),
        "Bliese (2000)",
    ),
    Figure(
        "Interval of ICC(1)",
        "The ratio of the two mean squares, moved to the ends of its F distribution and turned back into an ICC(1).",
        under(
            r"F_L = \frac{F}{F_{.975;\,T-1,\,N-T}},\quad F_U = F \cdot F_{.975;\,N-T,\,T-1}",
            r"\frac{F_b - 1}{F_b - 1 + n_0}",
        ),
        "Shrout & Fleiss (1979)",
    ),
    Figure(
        "REML ICC",
        "The same share from the two variances of the shrunken means. It cannot be negative; where the two differ much, {nouns} are of "
        "very unequal size.",
        r"\frac{\tau^2}{\tau^2 + \sigma^2}",
        "Patterson & Thompson (1971)",
    ),
    Figure(
        "Permutation p",
        "People are dealt to the {nouns} at random, again and again; counted is how often the {nouns} then differ at least as much. "
        "Worked out when this page is opened. It says whether there is anything of the {noun} in the answers, not how much.",
        r"p = \frac{1 + b}{1 + B}",
        "Phipson & Smyth (2010)",
    ),
    Figure(
        "HTMT",
        "Whether two scales measure two things: correlations of items across the scales, over those inside each. Over the window, from "
        "the people who answered every item of both; correlations inside each period.",
        r"\mathrm{HTMT} = \frac{\bar{r}_{\text{across}}}{\sqrt{\bar{r}_{\text{first}}\ \bar{r}_{\text{second}}}}",
        "Henseler, Ringle & Sarstedt (2015)",
    ),
    Figure(
        "Correlations within and between",
        "How the two scores of the same people go together inside {nouns}, and how means of {nouns} do. Two different questions, and "
        "the answers can differ in sign.",
        under(
            r"r_W = \operatorname{cor}(x_i - \bar{x}_t,\ y_i - \bar{y}_t)",
            r"r_B = \operatorname{cor}(\bar{x}_t,\ \bar{y}_t)",
        ),
        "Dansereau, Alutto & Yammarino (1984)",
    ),
)

OWN_PART = (
    Figure(
        "Collective surplus",
        "Belief in the {noun} over and above what members’ reported self-efficacy predicts: of each person inside the {noun}, and of "
        "the {noun} as a whole. What is left of a {noun}, drawn towards 0 as far as it is uncertain, with its conditional error.",
        under(
            r"C_{ti} = \gamma_{00} + \gamma_{10}(S_{ti} - \bar{S}_t)",
            r"{} + \gamma_{01}\,\bar{S}_t + u_t + e_{ti}",
        ),
        "Random intercept by REML; Raudenbush & Bryk (2002)",
    ),
    Figure(
        "Level gap",
        "Collective minus individual score of the people who have both. Only where the collective items are the individual ones with "
        "“we” for “I”; read against the mean gap of the whole organisation.",
        r"\bar{C}_t - \bar{S}_t \pm t_{.975,\,N-T}\sqrt{\mathrm{MSW}_{C-S}/n}",
        RULE,
    ),
    Figure(
        "Who changed",
        "The change of a plain mean is exactly what those who stayed gained, plus what joiners brought, minus what leavers "
        "took along. Shown only where each group is nobody or at least three people.",
        r"d = (s_2 - s_1) + \frac{n_J}{n_2}(j_2 - s_2) - \frac{n_L}{n_1}(l_1 - s_1)",
        "An identity",
    ),
)

VERDICT = (
    Figure(
        "Gain",
        "The change from the first to the last period of the window, without who came and went, without how leniently people "
        "answer, and without the mood of the day. People who answered twice are compared with themselves; all {nouns} together "
        "say how large gains usually are. Below four periods a mood of the usual size (2 points) is supposed, and a larger one "
        "only where these answers insist: {nouns} that begin high come down and those that begin low come up. Where the low "
        "really catch up, fewer are named than could be.",
        under(
            r"y_{it} = \theta_{jt} + u_i + e_{it}",
            r"\theta_{jt} = m_t + \text{level}_j + x_t\,\text{trend}_j",
            r"{} + \text{drift}_{jt} + \text{shock}_{jt}",
        ),
        "Bivariate hierarchical model, empirical Bayes; Raudenbush & Bryk (2002), Bovy, Hogg & Roweis (2011)",
    ),
    Figure(
        "End of the scale",
        "Near the end of the scale only a part of a real change can show. That part is worked out for the level of each {noun}; gains are "
        "divided by it and their errors grow. Where it is below .40 the {noun} is not judged.",
        r"k = \frac{P(0 < \text{answer} < 100 \mid \text{level})}{P(0 < \text{answer} < 100 \mid 60)}",
        "A normal clipped at both ends; Tobin (1958)",
    ),
    Figure(
        "Probability that a gain is not compounding",
        "How likely it is, given these answers, that the individual gain a counts and that the collective gain c is at most the "
        "stated share of it.",
        r"p = P\,(a \ge \delta \ \text{ and } \ c \le \rho\,a)",
        "Bivariate normal orthants by Owen’s T (1956)",
    ),
    Figure(
        "Flag",
        "The longest list of most probable {nouns} of which at most the stated share is expected to be wrong. No {noun} below .50 is on "
        "it; with fewer than twenty judged {nouns} none below .90; with fewer than eight there are no flags.",
        r"\frac{1}{|F|}\sum_{j \in F}(1 - p_j) \le q",
        "Bayesian false discovery rate; Müller, Parmigiani & Rice (2007)",
    ),
    Figure(
        "Expected false alarms and missed cases",
        "A flag is wrong with probability 1 − p; a judged {noun} without a flag is a missed case with probability p. Added up, they say "
        "how many of either are to be expected here.",
        under(r"\text{false: } \sum_{j \in F}(1 - p_j)", r"\text{missed: } \sum_{j \notin F} p_j"),
        "From the same probabilities; nothing else is assumed",
    ),
    Figure(
        "Smallest detectable gain",
        "The individual gain, with the collective one flat, at which four of five {nouns} of a size would reach the flag or the watch "
        "list: from how much answers differ in this organisation.",
        r"\min\,\{a : P(p \ge \text{cut} \mid a,\, c = 0) \ge .80\}",
        "Power worked out from the model’s own variances",
    ),
    Figure(
        "Worth watching (one period)",
        "With one period there is no change. The gap is how far belief in the {noun} lies from what its members’ belief in themselves "
        "predicts across {nouns}; never a verdict.",
        under(r"e = (C - m_C) - b\,(S - m_S)", r"b = \Sigma_{SC}/\Sigma_{SS}"),
        "A rule of this dashboard; what it misses was measured in simulation",
    ),
)

GOES_WITH = (
    Figure(
        "1 · What goes with performance in the next period",
        "A metric, in standard deviations of its period, set against collective efficacy of the period before, over and above members’ "
        "reported self-efficacy and the metric’s own past. Errors know that rows of one {noun} belong together, and with few {nouns} "
        "how little they know.",
        under(
            r"y_q = \beta_1 y_{q-1} + \beta_2 S_{q-1} + \beta_3 C_{q-1} + \text{period}_q",
            r"\text{CR2 errors, Satterthwaite degrees of freedom}",
        ),
        "Bell & McCaffrey (2002), Pustejovsky & Tipton (2018)",
    ),
    Figure(
        "2 · Within and between",
        "Do {nouns} that believe more perform better, or does a {noun} perform better when it believes more? Two slopes, because they "
        "can differ.",
        r"C_{tq} = \bar{C}_t + (C_{tq} - \bar{C}_t)",
        "Mundlak (1978); Pinheiro & Bates (2000) for the degrees of freedom",
    ),
    Figure(
        "3 · The reverse",
        "The same model the other way round, always beside it: a good quarter can lift what a {noun} believes of itself. Which comes "
        "first cannot be told from these data.",
        r"C_q \ \text{ on } \ y_{q-1},\ S_{q-1},\ C_{q-1},\ \text{period}_q",
        "The first model, turned round",
    ),
    Figure(
        "4 · Unseen {nouns}",
        "Whole {nouns} are left out, the model is made from the others, and its predictions are held against what those {nouns} did; "
        "once without and once with collective efficacy. Q² can be negative; at 0 or below the model does not predict {nouns} it has "
        "not seen.",
        r"Q^2 = 1 - \frac{\sum (y - \hat{y}_{-t})^2}{\sum (y - \bar{y}_{-t})^2}",
        "Stone (1974); group splits of scikit-learn",
    ),
    Figure(
        "5 · By chance",
        "What the other predictors leave of the metric is dealt out anew over whole {nouns}, 1,999 times; counted is how often the "
        "slope is at least as far from 0. With several metrics the p values are adjusted for their number.",
        r"p = \frac{1 + b}{1 + 1999}",
        "Freedman & Lane (1983), Winkler et al. (2014); Benjamini & Hochberg (1995)",
    ),
    Figure(
        "6 · General dominance",
        "Predictors that go together cannot be told apart by one slope. Averaged is what each adds to every set of the others, as a share "
        "of what they reproduce together, with an interval from {nouns} drawn anew.",
        r"\frac{1}{K}\sum_{k} \overline{\Delta R^2}_{\,|M| = k}",
        "Budescu (1993), Azen & Budescu (2003)",
    ),
    Figure(
        "7 · Were self-efficacy measured without error",
        "A control that is measured with error controls too little, and what it leaves over goes to whatever goes with it: that made "
        "collective efficacy look useful in 9–35% of simulated studies in which it was not. So its slope is worked out for other "
        "reliabilities of self-efficacy as well.",
        r"\operatorname{var}(S)_{\text{true}} = \mathrm{rel}\cdot\operatorname{var}(S)",
        "Fuller (1987), Westfall & Yarkoni (2016); the range from this method’s own simulations",
    ),
)

GROUPS = (
    ("Scores and means", MEANS),
    ("How alike members answer", AGREEMENT),
    ("How good the scales are", SCALES),
    ("What goes beyond the members", OWN_PART),
    ("Gains and the verdict", VERDICT),
    ("What goes with performance", GOES_WITH),
)


def groups(settings: Settings) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """All figures in their groups, said with this organisation's noun for a group."""
    noun, nouns = settings.noun, plural(settings.noun)

    def told(text: str) -> str:
        return articled(text, noun).format(noun=noun, nouns=nouns)

    return tuple(
        (title, tuple(each._replace(name=told(each.name), plain=told(each.plain)) for each in figures))
        for title, figures in GROUPS
    )
