"""
Words of the page "What goes with it": whether collective efficacy goes with the performance of the next period.

A slope is never called more than it is: one figure that goes with another, in these teams, with its interval. Plain text;
the screen escapes what goes through Markdown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from dashboard.diagnosis.prediction import Extent, MetricFindings, Model
from dashboard.diagnosis.prediction.claims import Claim, Unseen, claim, excludes_none, reverse_too, slope_of, unseen
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, PERFORMANCE
from dashboard.diagnosis.prediction.sizes import SCATTER_BELOW, SPLIT_FROM
from dashboard.disclosure.goes_with import GoesWithReleased
from dashboard.disclosure.released import Released
from dashboard.terms import Estimate, Settings
from dashboard.wording.gates_words import names
from dashboard.wording.numbers import MISSING, articled, counted, interval, plural, points, share

CHOOSE = "Metric"
BEYOND = "over and above members’ reported self-efficacy and performance in the period before"
NO_PERFORMANCE = "Bring performance, and this page shows what goes with it"
NO_PERFORMANCE_NOTE = (
    "A file with a row per {noun} and period: the {noun}, the period, the name of a metric and its value (or a column per "
    "metric). The page then sets each metric against what the {noun} believed of itself in the period before, over and above "
    "members’ reported self-efficacy and the metric’s own past."
)
NEEDED = (
    "It takes at least {few} {nouns} with the metric in two successive periods and answers in the first of them. With fewer there "
    "is a scatter and no number."
)
TO_DATA = "Add performance"
NO_METRIC = "These files hold no metric of a surveyed {noun} as a whole; values of single members are not used here"
REPEATS = "{Metric} hardly changes from one period to the next, so nothing is left for beliefs to go with"
REPEATS_NOTE = (
    "Given the metric in one period, the next holds nothing new, as when one value of the year stands in every quarter. Whatever "
    "else was given a slope would get rounding errors, so there is a scatter and no number."
)
NOT_CARRIED = "What goes with performance cannot be told from these data"
NO_MARK = "No {noun} that may be shown has the metric in one period and answers in the period before."
SLOPES_NOTE = (
    "How to read it: a mark at 0.20 means that {nouns} one standard deviation higher were 0.20 standard deviations better in the "
    "metric, other things in the model equal. Lines are {percent} intervals. Better is to the right also where less is better."
)
REVERSE_TOO = (
    "It goes the other way as well: performance in one period goes with collective efficacy in the next ({slope}). Which comes "
    "first cannot be told here."
)
REVERSE_NOT = "The other way round, performance in one period and collective efficacy in the next: {slope}."
SEEN = "For {nouns} the model has not seen"
Q2 = (
    "Q² compares predictions for {nouns} that were left out with the mean of the others: 1 is every value right, 0 no better "
    "than that mean, and it can be negative. Left out {times} times, always whole {nouns}; the interval of the difference is from "
    "{nouns} drawn anew."
)
CHANCE = "How many tests, and what chance can do"
DOMINANCE_NOTE = (
    "General dominance: what each adds to every set of the others, on average. Shares of what the three reproduce together, never of "
    "performance; {percent} intervals from whole {nouns} drawn anew."
)
SENSITIVITY_NOTE = (
    "A self-efficacy that is measured with error leaves something over for whatever goes with it. Each line is the slope of "
    "collective efficacy, had so much of the spread of self-efficacy been real; {percent} intervals from whole {nouns} drawn anew."
)
LITERATURE = (
    "Across many studies teams’ efficacy goes more closely with performance where members depend on each other more (.45 "
    "against .34; Gully, Incalcaterra, Joshi & Beaubien 2002, J. Applied Psychology 87)."
)
DEPENDING = "Where members depend on each other"
NOT_SPLIT = (
    "Here {nouns} are compared by it only from {few} {nouns} on, and where the survey asks about interdependence."
)
CANNOT = "What this cannot tell"
CANNOT_TELL = (
    "Whether one brings the other about. Something else can lie behind both: a market, a leader, the work itself.",
    "Anything about one {noun}. Slopes are about these {nouns} together.",
    "Whether members are as able as they say. Self-efficacy is what they report of themselves.",
    "What happens elsewhere. Only predictions for {nouns} left out look beyond the {nouns} the model was made from.",
)
TABLE_TITLE = "All slopes as a table"
DOWNLOAD = "Download the slopes of all metrics"
FILE = "goes_with_performance.csv"
COLUMNS = ("Model", "What goes with it", "Slope", "Interval", "Degrees of freedom", "{Nouns}", "{Noun}-periods")
MODELS = {
    Model.AHEAD: "{Metric} in the next period",
    Model.BETWEEN: "Between {nouns}: who is higher over all periods",
    Model.WITHIN: "Within {nouns}: when a {noun} is above its own mean",
    Model.REVERSE: "The reverse: collective efficacy in the next period",
}
ORDER = (
    (Model.AHEAD, (COLLECTIVE, INDIVIDUAL, PERFORMANCE)),
    (Model.BETWEEN, (COLLECTIVE, INDIVIDUAL)),
    (Model.WITHIN, (COLLECTIVE, INDIVIDUAL)),
    (Model.REVERSE, (PERFORMANCE,)),
)
SLOPE_AXIS = "Standard deviations for each standard deviation"
SHARE_AXIS = "Share of what they reproduce together"
RELIABILITY = "Reliability of self-efficacy"
SENSITIVITY_AXIS = "Slope of collective efficacy"
PAST = "Performance in the period before"
PAST_SHORT = "Performance before"
AS_MEASURED, AS_ESTIMATED = "1, as measured", "{value}, estimated"
LONGEST = 30  # letters of a metric beside an axis


def said(text: str, settings: Settings, **more: object) -> str:
    """A sentence with this organisation's noun for a group."""
    noun, nouns = settings.noun, plural(settings.noun)
    words = {"noun": noun, "nouns": nouns, "Noun": noun.capitalize(), "Nouns": nouns.capitalize()}
    return articled(text, noun).format(**words, **{"percent": share(settings.interval), **more})


def metric_name(found: MetricFindings, all_metrics: Sequence[MetricFindings] = ()) -> str:
    """
    A metric as a reader says it; its unit where another metric has the same name.
    """
    name = found.metric.replace("_", " ")
    alike = [each for each in all_metrics if each.metric == found.metric]
    return f"{name} ({found.unit or 'no unit'})" if len(alike) > 1 else name


def headline(found: MetricFindings, name: str, settings: Settings) -> str:
    """The finding of one metric, with its interval, in a sentence that can be repeated."""
    slope = slope_of(found, Model.AHEAD, COLLECTIVE)
    match claim(found, settings):
        case Claim.NONE:
            return said("Too few {nouns} to say whether collective efficacy goes with {metric}", settings, metric=name)
        case Claim.REPEATS:
            return REPEATS.format(Metric=name[:1].upper() + name[1:])
        case Claim.UNKNOWN:
            text = "Collective efficacy or {metric} hardly differs between {nouns}: what goes with it cannot be worked out."
            return said(text, settings, metric=name)
        case Claim.OPEN:
            text = (
                "These data do not show whether collective efficacy goes with {metric} in the next period: {beyond}, the slope "
                "is {why}."
            )
            return said(text, settings, metric=name, beyond=BEYOND, why=_why_open(slope, found, settings))
        case better:
            did = "better" if better is Claim.BETTER else "worse"
    text = (
        "{Beyond}, {nouns} with higher collective efficacy did {did} on {metric} in the next period, by {figure} for each "
        "standard deviation of collective efficacy.{but}"
    )
    beyond = BEYOND[:1].upper() + BEYOND[1:]
    return said(
        text,
        settings,
        Beyond=beyond,
        did=did,
        metric=name,
        figure=f"{slope_said(slope)} standard deviations",
        but=_but(found, settings),
    )


def _why_open(slope: Estimate, found: MetricFindings, settings: Settings) -> str:
    if not excludes_none(slope):
        ends = f"{share(settings.interval)} interval {interval(slope.low, slope.high, 2)}"
        return f"{points(slope.value, 2)} standard deviations, and its {ends} includes zero"
    return f"{slope_said(slope)} standard deviations, but chance alone gives as much too often ({p_value(found.p_adjusted)})"


def _but(found: MetricFindings, settings: Settings) -> str:
    """What a finding in the rows of the model is worth elsewhere, where it is worth nothing."""
    if unseen(found) in (Unseen.MODEL_IS_NOT, Unseen.NO_BETTER):
        return said(" But it does not predict {nouns} it has not seen.", settings)
    return ""


def too_few(found: MetricFindings, settings: Settings) -> str:
    """Why there is a scatter and no number."""
    if found.repeats:
        return REPEATS_NOTE
    text = (
        "{teams} with this metric in two successive periods and answers in the first of them; at least {few} are needed for a "
        "number. The scatter shows what there is."
    )
    return said(text, settings, teams=counted(found.teams, settings.noun), few=SCATTER_BELOW)


def power(found: MetricFindings, settings: Settings) -> str:
    """What so many teams can show; said first where it is a first look only."""
    text = "with {teams}, only a correlation between {nouns} of {r} or more would be found four times in five."
    can = said(text, settings, teams=counted(found.teams, settings.noun), r=correlation(found.smallest_r))
    if found.extent is Extent.EXPLORATORY:
        return f"Exploratory: {can} Read it as a first look."
    return can[:1].upper() + can[1:]


def scope(found: MetricFindings, settings: Settings) -> str:
    """Whose figures, how many, and which way is better."""
    better = "more is better" if found.higher_is_better else "less is better"
    unit = f"{found.unit}, " if found.unit else ""
    rows = counted(found.rows, f"{settings.noun}-period")
    return f"{counted(found.teams, settings.noun)} · {rows} · {unit}{better} · all periods, not only the window"


def slopes_title(found: MetricFindings) -> str:
    """What the forest of slopes shows, as a finding."""
    own, before = (slope_of(found, Model.AHEAD, term) for term in (COLLECTIVE, PERFORMANCE))
    return f"Collective efficacy {slope_said(own)}, performance in the period before {slope_said(before)}"


def slopes_alt(found: MetricFindings, name: str, released: Released) -> str:
    """The forest of slopes in words, every figure of it."""
    table = slope_rows(found, name, released)
    parts = [f"{row['group']}, {row['label']}: {row['figure']}" for _, row in table.iterrows()]
    return f"{slopes_title(found)}. " + "; ".join(parts) + "."


def slope_rows(found: MetricFindings, name: str, released: Released) -> pd.DataFrame:
    """A row per slope in the order it is drawn: `group label term slope low high figure`."""
    own = names(released)
    labels = {PERFORMANCE: PAST, INDIVIDUAL: own.individual, COLLECTIVE: own.collective}
    rows = []
    for model, terms in ORDER:
        group = said(MODELS[model], released.settings, Metric=name[:1].upper() + name[1:])
        for term in terms:
            slope = slope_of(found, model, term)
            if math.isfinite(slope.value):
                rows.append((group, labels[term], term, slope.value, slope.low, slope.high, slope_said(slope)))
    return pd.DataFrame(rows, columns=["group", "label", "term", "slope", "low", "high", "figure"])


def slope_table(found: MetricFindings, name: str, released: Released) -> pd.DataFrame:
    """Every slope as a table in words."""
    settings, own = released.settings, names(released)
    labels = {PERFORMANCE: PAST, INDIVIDUAL: own.individual, COLLECTIVE: own.collective}
    rows = [
        (
            said(MODELS[Model(row["model"])], settings, Metric=name[:1].upper() + name[1:]),
            labels[row["term"]],
            points(row["slope"], 2),
            interval(row["low"], row["high"], 2),
            points(row["df"], 1),
            row["teams"],
            row["rows"],
        )
        for row in found.slopes.to_dict(orient="records")
    ]
    return pd.DataFrame(rows, columns=[said(column, settings) for column in COLUMNS])


def reverse(found: MetricFindings) -> str:
    """What stands beside: collective efficacy on performance before it; empty where it was not worked out."""
    slope = slope_of(found, Model.REVERSE, PERFORMANCE)
    if not math.isfinite(slope.value):
        return ""
    return (REVERSE_TOO if reverse_too(found) else REVERSE_NOT).format(slope=slope_said(slope))


def unseen_said(found: MetricFindings, settings: Settings) -> str:
    """What predictions for teams left out say; empty where there are none."""
    predicted, finding = found.unseen, unseen(found)
    if predicted is None or finding is None:
        return ""
    texts = {
        Unseen.MODEL_IS_NOT: "The model does not predict {nouns} it has not seen",
        Unseen.NO_BETTER: "Collective efficacy does not predict {nouns} it has not seen: predictions were no better with it",
        Unseen.PERHAPS: "Predictions for {nouns} left out were slightly better with collective efficacy, within what chance can do",
        Unseen.BETTER: "Predictions for {nouns} left out were better with collective efficacy",
    }
    with_it, without = points(predicted.with_collective, 2), points(predicted.without, 2)
    gained = slope_said(predicted.increment, digits=3)
    return f"{said(texts[finding], settings)} (Q² {with_it} with it, {without} without; difference {gained})."


def q2_said(found: MetricFindings, settings: Settings) -> str:
    """What Q² is, and how often teams were left out."""
    times = 0 if found.unseen is None else found.unseen.left_out
    return said(Q2, settings, times=times)


def chance_said(found: MetricFindings, whole: GoesWithReleased, settings: Settings) -> str:
    """How many tests were made, and the p of the permutations; empty where nothing was tested."""
    if not math.isfinite(found.p):
        return ""
    made = "One test was made" if whole.tests == 1 else f"{whole.tests} tests were made, one for each metric"
    text = (
        "{made}. Held against the outcomes dealt out anew among whole {nouns}, {times} times, the slope of collective efficacy has "
        "{p}{adjusted}."
    )
    adjusted = ""
    if whole.tests > 1:
        adjusted = f"; adjusted for {whole.tests} tests (Benjamini–Hochberg) {p_value(found.p_adjusted)}"
    return said(text, settings, made=made, times=f"{found.permutations:,}", p=p_value(found.p), adjusted=adjusted)


def dominance_title(found: MetricFindings) -> str:
    """Collective efficacy's share of what the three reproduce together."""
    row = found.dominance[found.dominance["term"] == COLLECTIVE].iloc[0]
    if not math.isfinite(row["share"]):
        return "Which part is whose cannot be worked out"
    return f"Of what the three reproduce together, {share_said(row)} is collective efficacy’s"


def dominance_rows(found: MetricFindings, released: Released) -> pd.DataFrame:
    """A row per share in the order it is drawn: `label term value low high figure`, percent."""
    own = names(released)
    labels = {COLLECTIVE: own.collective, INDIVIDUAL: own.individual, PERFORMANCE: PAST_SHORT}
    table = found.dominance.set_index("term").loc[list(labels)].reset_index()
    figures = [share_said(row) for _, row in table.iterrows()]
    return pd.DataFrame(
        {
            "label": list(labels.values()),
            "term": table["term"],
            "value": 100 * table["share"],
            "low": 100 * table["low"],
            "high": 100 * table["high"],
            "figure": figures,
        }
    )


def dominance_note(found: MetricFindings, settings: Settings) -> str:
    """What shares are; a caution where the whole they are of is nothing."""
    note = said(DOMINANCE_NOTE, settings)
    if unseen(found) is Unseen.MODEL_IS_NOT:
        return (
            said("The model does not predict {nouns} it has not seen, so there is little to share out. ", settings)
            + note
        )
    return note


def sensitivity_title(found: MetricFindings) -> str:
    """Collective efficacy's slope with a self-efficacy without error, beside the one as measured."""
    measured, corrected = _at(found, estimated=False), _at(found, estimated=True)
    if not math.isfinite(corrected.value):
        return "What a self-efficacy without error would change cannot be worked out"
    but = "" if excludes_none(corrected) else ", which may as well be nothing"
    return (
        f"Were self-efficacy measured without error, the slope would be {slope_said(corrected)} instead of "
        f"{points(measured.value, 2)}{but}"
    )


def sensitivity_rows(found: MetricFindings) -> pd.DataFrame:
    """A row per assumed reliability: `group label estimated value low high figure`."""
    table = found.sensitivity
    rows = [
        (_reliability(row), bool(row["estimated"]), row["slope"], row["low"], row["high"], slope_said(_estimate(row)))
        for row in table.to_dict(orient="records")
        if math.isfinite(row["slope"])
    ]
    table = pd.DataFrame(rows, columns=["label", "estimated", "value", "low", "high", "figure"])
    return table.assign(group=RELIABILITY)


def _reliability(row: dict[str, float]) -> str:
    value = correlation(row["reliability"])
    if row["estimated"]:
        return AS_ESTIMATED.format(value=value)
    return AS_MEASURED if row["reliability"] == 1 else value


def _at(found: MetricFindings, estimated: bool) -> Estimate:
    """The slope at the reliability as estimated, or as measured."""
    table = found.sensitivity
    rows = table[table["estimated"].astype(bool)] if estimated else table[table["reliability"] == 1]
    return _estimate(rows.iloc[0].to_dict()) if len(rows) else Estimate(value=math.nan, low=math.nan, high=math.nan)


def _estimate(row: dict[str, float]) -> Estimate:
    return Estimate(value=float(row["slope"]), low=float(row["low"]), high=float(row["high"]))


def interdependence_said(found: MetricFindings, settings: Settings) -> str:
    """The literature as context, and the two halves of these teams where there are enough."""
    if found.halves.empty or found.between_halves is None:
        return f"{LITERATURE} {said(NOT_SPLIT, settings, few=SPLIT_FROM)}"
    halves = found.halves.set_index("half")
    higher, lower = (halves.loc[half].to_dict() for half in ("higher", "lower"))
    text = (
        "Here the slope is {higher} in the half of {nouns} with higher interdependence ({more}), {lower} in the other ({less}); "
        "the two differ by {difference} ({p}, not adjusted)."
    )
    return f"{LITERATURE} " + said(
        text,
        settings,
        higher=slope_said(_estimate(higher)),
        lower=slope_said(_estimate(lower)),
        more=counted(int(higher["teams"]), settings.noun),
        less=counted(int(lower["teams"]), settings.noun),
        difference=points(found.between_halves.value, 2),
        p=p_value(found.between_halves.p),
    )


def rows_alt(title: str, rows: pd.DataFrame) -> str:
    """A chart of rows in words, every figure of it."""
    return f"{title}. " + "; ".join(f"{row['label']}: {row['figure']}" for _, row in rows.iterrows()) + "."


def scatter_title(name: str, released: Released) -> str:
    """What the scatter shows."""
    text = "Each mark is one {noun}: what it believed in one period, and {metric} in the next"
    return said(text, released.settings, metric=name)


def scatter_note(found: MetricFindings, settings: Settings) -> str:
    """How many team-periods are drawn and why the others are not."""
    shown, rows = len(found.points), counted(found.rows, f"{settings.noun}-period")
    drawn = (
        f"All {rows} are drawn" if shown == found.rows else f"{shown:,} of {rows} are drawn; the others are withheld"
    )
    return f"{drawn}. Two marks of one {settings.noun} are two periods. Other things are not held equal here."


def scatter_axes(found: MetricFindings, name: str, released: Released) -> tuple[str, str, str]:
    """The title across, and the two lines of the title up, with their units."""
    better = "up is better" if found.higher_is_better else "up is less, and better"
    called = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    above = (f"{called[:1].upper()}{called[1:]}, next period", f"(standard deviations; {better})")
    return f"{names(released).collective} (points of 100)", *above


def point(row: dict[str, object], name: str) -> tuple[str, str]:
    """The two lines under the pointer on a mark."""
    believed, done = float(str(row["collective"])), float(str(row["performance"]))
    return (
        f"{row['before']}: {points(believed)} of 100",
        f"{row['period']}: {name} {points(done, 2)} standard deviations from the mean",
    )


def slope_said(estimate: Estimate, digits: int = 2) -> str:
    """
    A slope with its interval.

    >>> slope_said(Estimate(value=0.284, low=-0.03, high=0.6))
    '0.28 [−0.03, 0.60]'
    """
    if not math.isfinite(estimate.value):
        return MISSING
    if not math.isfinite(estimate.low):
        return points(estimate.value, digits)
    return f"{points(estimate.value, digits)} {interval(estimate.low, estimate.high, digits)}"


def share_said(row: pd.Series) -> str:
    """A share with its interval, in percent."""
    if not math.isfinite(row["low"]):
        return share(row["share"])
    return f"{share(row['share'])} [{share(row['low'])}, {share(row['high'])}]"


def correlation(value: float) -> str:
    """
    A figure that cannot exceed one, to two places.

    >>> correlation(0.5257), correlation(1.0)
    ('.53', '1')
    """
    return "1" if value >= 0.995 else points(value, 2).replace("0.", ".", 1)


def p_value(value: float) -> str:
    """
    A p value to two figures, never said to be nothing.

    >>> p_value(0.0469), p_value(0.1335), p_value(0.0005)
    ('p = .047', 'p = .13', 'p < .001')
    """
    if not math.isfinite(value):
        return f"p {MISSING}"
    if value < 0.001:
        return "p < .001"
    return "p = " + f"{value:.{2 if value >= 0.1 else 3}f}".removeprefix("0")
