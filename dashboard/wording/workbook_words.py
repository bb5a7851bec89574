"""
Words of the workbook: what its sheets and columns are called, what each column is, and how its numbers are shown.

`{noun}`, `{nouns}` are what a group is called, `{unit}` the unit above, `{individual}` and `{collective}` what the two
means may be called on these data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SHEETS = {
    "organization": "Organisation",
    "by_period": "Periods",
    "verdicts": "Verdicts",
    "teams": "Teams",
    "units": "Units",
    "worth_watching": "Worth watching",
    "scales": "Scales",
    "slopes": "Performance",
    "problems": "Problems",
    "method": "Method",
}
SCORE, POINTS, COUNT, SHARE, CHANCE, FIGURE, TEXT = "score", "points", "count", "share", "chance", "figure", "text"
# How numbers of each kind are shown; the cell holds the figure as far as it is released.
FORMATS = {
    SCORE: "0.00",
    POINTS: '0.0;"−"0.0;0.0',
    COUNT: "0",
    SHARE: "0%",
    CHANCE: '[>0.99]"> .99";[<0.01]"< .01";0.00',
    FIGURE: "0.00",
    TEXT: "@",
}
UNITS = {
    SCORE: "points of the scale",
    POINTS: "points of 100",
    COUNT: "number",
    SHARE: "share, shown in percent",
    CHANCE: "probability",
    FIGURE: "figure without a unit",
    TEXT: "words",
}


class Column(NamedTuple):
    """A column: its heading, what it is, and the kind of its numbers."""

    heading: str
    what: str
    kind: str = FIGURE


_MEAN = {
    "individual": Column("{individual}", "Mean over people, of the individual items", SCORE),
    "collective": Column("{collective}", "Mean of the collective items", SCORE),
}
_ENDS = {
    "low": ("{heading}, interval from", "Lower end of its interval (means 95%, gains about 90%)"),
    "high": ("{heading}, interval to", "Upper end of its interval (means 95%, gains about 90%)"),
    "shrunken": (
        "{heading}, drawn towards all",
        "The mean drawn towards that of all as far as few answers make it uncertain",
    ),
}
COLUMNS: Mapping[str, Column] = {
    **_MEAN,
    "team_id": Column("{Noun}", "The {noun} as the survey names it", TEXT),
    "unit": Column("{Unit}", "The unit above the {noun}", TEXT),
    "period": Column("Period", "When the survey was", TEXT),
    "since": Column("Since", "First period of the window", TEXT),
    "until": Column("Until", "Last period of the window", TEXT),
    "respondents": Column("Answered", "People who answered", COUNT),
    "respondents_since": Column("Answered, since", "People who answered in the first period of the window", COUNT),
    "respondents_until": Column("Answered, until", "People who answered in the last period of the window", COUNT),
    "stayers": Column("Stayed", "People who answered in both", COUNT),
    "headcount": Column("Head count", "Members of the {noun} by the roster", COUNT),
    "teams": Column("{Nouns}", "{Nouns} with an answer", COUNT),
    "items": Column("Items", "Questions of the scale", COUNT),
    "surplus": Column("Surplus", "{collective} over and above what members’ reported self-efficacy predicts", SCORE),
    "agreement_ad": Column("Answers differ by", "Average deviation from the mean, in categories of the answer scale"),
    "agreement_percentile": Column(
        "Random groups less alike", "Share of random groups of its size that agree less", SHARE
    ),
    "rwg_uniform": Column(
        "r_WG(J), even", "Agreement, if random answers were spread evenly; read with the next as a range"
    ),
    "rwg_skew": Column(
        "r_WG(J), leaning", "Agreement, if random answers leaned upwards; read with the one before as a range"
    ),
    "attribution_coordination": Column(
        "Put down to coordination", "How far members put successes down to coordination", SCORE
    ),
    "attribution_heroics": Column(
        "Put down to one or two people", "How far members put successes down to one or two people", SCORE
    ),
    "attribution_luck": Column("Put down to luck", "How far members put successes down to luck", SCORE),
    "withheld": Column("Withheld", "Why the row holds no figure", TEXT),
    "shape": Column("Shape of answers", "Two camps, close together, or spread", TEXT),
    "response_rate": Column("Response rate", "Share of the head count that answered", SHARE),
    "scored_individual": Column("Scored, {individual}", "People behind the mean of the individual items", COUNT),
    "scored_collective": Column("Scored, {collective}", "People behind the mean of the collective items", COUNT),
    "scored_attribution": Column("Scored, attribution", "People behind what successes are put down to", COUNT),
    "individual_gain": Column(
        "Gain, {individual}", "Change over the window, without who came and went and the mood of the day", POINTS
    ),
    "collective_gain": Column(
        "Gain, {collective}", "Change over the window, without who came and went and the mood of the day", POINTS
    ),
    "probability": Column("Probability", "That the individual gain is real and is not compounding", CHANCE),
    "verdict": Column("Verdict", "The state of the {noun} over the window", TEXT),
    "flagged": Column("Flagged", "1 where the {noun} is flagged; 0 is no judgement", COUNT),
    "evidence": Column("Evidence", "The verdict’s grounds in a sentence", TEXT),
    "reason": Column("Why not judged", "Why the data do not suffice", TEXT),
    "shortfall": Column(
        "Shortfall",
        "By how much the collective gain lies below the share of the individual one that is expected",
        POINTS,
    ),
    "standard_error": Column("Standard error", "Of the {noun}’s own shortfall", POINTS),
    "sensitivity_individual": Column("Room, {individual}", "Share of a change that can show at this level", SHARE),
    "sensitivity_collective": Column("Room, {collective}", "Share of a change that can show at this level", SHARE),
    "variance_individual": Column("Variance, gain, {individual}", "Of the gain’s estimate, in squared points of 100"),
    "variance_collective": Column("Variance, gain, {collective}", "Of the gain’s estimate, in squared points of 100"),
    "covariance": Column("Covariance of the gains", "Of the two estimates, in squared points of 100"),
    "probability_compounding": Column("Probability, compounding", "That a gain is real and is shared", CHANCE),
    "probability_collective_led": Column(
        "Probability, collective-led", "That belief in the {noun} grew by itself", CHANCE
    ),
    "probability_steady": Column("Probability, steady", "That neither changed by as much as counts", CHANCE),
    "probability_eroding": Column(
        "Probability, eroding", "That belief in the {noun} fell by as much as counts", CHANCE
    ),
    "performance": Column(
        "Performance beside it", "Whether members’ own metrics moved more favourably than the {noun}’s", TEXT
    ),
    "scale": Column("Scale", "The set of questions", TEXT),
    "missing_share": Column("Not answered", "Share of answers that are missing", SHARE),
    "mean": Column("Mean", "Mean of people’s scores", SCORE),
    "sd": Column("Spread", "Standard deviation of people’s scores", SCORE),
    "alpha": Column("Alpha", "How consistently the items measure one thing (Cronbach 1951)"),
    "omega": Column("Omega", "The same where items may weigh differently (McDonald 1999)"),
    "icc1": Column("ICC(1)", "Share of the differences in answers that lies between {nouns}"),
    "icc1_reml": Column("ICC(1), REML", "The same share from the variances of the shrunken means"),
    "icc2": Column("ICC(2)", "How reliable means of {nouns} are"),
    "ceiling_share": Column("At the top", "Share of people with the highest score there is", SHARE),
    "gap": Column("Gap", "Belief in the {noun} beyond what members’ belief in themselves predicts", POINTS),
    "file": Column("File", "The file it is about", TEXT),
    "line": Column("Line", "The line of the file", COUNT),
    "column": Column("Column", "The column of the file", TEXT),
    "found": Column("Found", "What was found", TEXT),
    "remedy": Column("Remedy", "What was done, or what to do", TEXT),
    "severity": Column("Kind", "Warning, choice or error", TEXT),
    "metric": Column("Metric", "The measure of performance", TEXT),
    "model": Column("Model", "What the slope was estimated with", TEXT),
    "term": Column("Of", "What the slope is of", TEXT),
    "slope": Column("Slope", "Standard deviations of the metric for one of the term, other things in the model equal"),
    "low": Column("Interval from", "Lower end of the 95% interval"),
    "high": Column("Interval to", "Upper end of the 95% interval"),
}
SPECIAL: Mapping[tuple[str, str], Column] = {
    ("slopes", "unit"): Column("Unit", "The unit of the metric", TEXT),
    ("worth_watching", "individual"): _MEAN["individual"]._replace(kind=POINTS),
    ("worth_watching", "collective"): _MEAN["collective"]._replace(kind=POINTS),
    ("worth_watching", "probability"): Column(
        "Probability",
        "That belief in oneself is at least as strong as elsewhere, while the gap lies below what is predicted",
        CHANCE,
    ),
    ("by_period", "teams"): Column("{Nouns}", "{Nouns} with figures", COUNT),
}

FIGURE_HEADINGS = ("What", "Value")
COLUMN_HEADINGS = ("Sheet", "Column", "In the CSV file", "What it is", "Numbers are")
ORGANIZATION = {
    "title": "Survey",
    "since": "Window from",
    "until": "Window to",
    "periods": "Periods",
    "teams": "{Nouns}",
    "teams_tested": "{Nouns} judged",
    "flagged": "Flagged",
    "watched": "Worth a conversation",
    "expected_false_flags": "Expected false alarms among the flags",
    "expected_affected": "Expected number of {nouns} affected",
    "expected_missed": "Expected number of affected {nouns} without a flag",
    "moved_together": "Nearly all moved alike",
    "distinctness_htmt": "HTMT of the two scales",
    "verdicts": "Verdict",
    "smallest_detectable_gain": "Smallest individual gain that shows, by members answering, points of 100",
    "names": "Name of the mean",
    "goes_with_performance": "What goes with performance",
    "versions": "Version",
}
APART = "by_period", "gates", "settings", "files"  # sheets or sections of their own
IN_A_SHEET = ("slopes",)  # within a section, a sheet of their own
YES_NO = {True: "yes", False: "no"}
SECTIONS = (
    "Columns",
    "What these data can carry",
    "Settings",
    "What the survey cannot tell",
    "What may not be said",
    "Files",
)
FILE_HEADINGS = ("File", "Kind", "Rows", "SHA-256")
GREY = "Grey rows are withheld, with the reason; they hold no figure."
ROUNDED = "A cell holds its figure as far as it is released; what is shown is rounded."


def column(sheet: str, name: str) -> Column:
    """A column of a sheet; one that nobody named is called as it is in the file."""
    if (sheet, name) in SPECIAL:
        return SPECIAL[sheet, name]
    if name in COLUMNS:
        return COLUMNS[name]
    stem, _, end = name.rpartition("_")
    if end in _ENDS and stem in COLUMNS:
        of, (heading, what) = column(sheet, stem), _ENDS[end]
        return Column(heading.format(heading=of.heading), what, of.kind)
    return Column(name.replace("_", " ").capitalize(), "", FIGURE)
