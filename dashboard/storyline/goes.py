"""
Goes: what collective efficacy goes with, as rows of slopes; a scatter where there are too few teams for a number.
"""

from __future__ import annotations

import math

from dashboard.diagnosis.gate import GateState
from dashboard.diagnosis.prediction import Extent, MetricFindings, Model
from dashboard.diagnosis.prediction.claims import Claim, claim, slope_of
from dashboard.diagnosis.prediction.panel import COLLECTIVE
from dashboard.disclosure import GoesWithReleased
from dashboard.disclosure.released import Released
from dashboard.storyline import crowds
from dashboard.storyline.named import numbers
from dashboard.storyline.slide import Map, Marks, Role, Row, Rows, Slide
from dashboard.terms import Estimate
from dashboard.wording import gates_words, goes_words, story_words
from dashboard.wording.escape import plain

ROWS = 8
POINTS = 3
ROLES: dict[str, Role] = {"individual_before": "individual", COLLECTIVE: "collective"}

Called = dict[str, MetricFindings]


def goes_slides(released: Released, found: GoesWithReleased | None) -> tuple[Slide, ...]:
    """One slide; none where no performance was brought that could be set beside the survey."""
    if found is None or not found.metrics:
        return ()
    called = {plain(goes_words.metric_name(each, found.metrics)): each for each in found.metrics}
    with_number = {name: each for name, each in called.items() if each.extent is not Extent.SCATTER}
    if found.gate.state is GateState.CLOSED or not with_number:
        drawn = any(not each.points.empty for each in called.values())
        return (_scatter(released, found, called),) if drawn else ()
    return (_slopes(released, found, called, with_number),)


def _slopes(released: Released, found: GoesWithReleased, called: Called, with_number: Called) -> Slide:
    settings = released.settings
    name, metric = _first(with_number, released)
    rows = _rows_of_one(name, metric, released) if len(with_number) == 1 else _row_each(with_number)
    title = _title(with_number, released)
    return Slide(
        key="goes",
        title=title,
        lead=_lead(released, found, called, with_number),
        plot=Rows(rows=rows, x_title=_axis(len(with_number)), alt=_alt(title, rows)) if rows else None,
        points_title=goes_words.CANNOT,
        points=_limits(released),
        source=plain(f"{goes_words.scope(metric, settings)}"),
        notes=_notes(released, found, with_number),
    )


def _lead(released: Released, found: GoesWithReleased, called: Called, with_number: Called) -> tuple[str, ...]:
    """What is held equal and what so many teams can show; then what is to be known before the rows are read."""
    settings, (_, metric) = released.settings, _first(with_number, released)
    beyond = story_words.BEYOND if len(with_number) > 1 else ""
    caution = gates_words.why(found.gate, settings)
    unseen = goes_words.unseen_said(metric, settings) if _claimed(metric, released) else ""
    known = (caution, unseen, story_words.goes_number(len(with_number), len(called)))
    return tuple(filter(None, (f"{beyond} {goes_words.power(metric, settings)}".strip(), *known)))[:2]


def _title(with_number: Called, released: Released) -> str:
    """Of one metric its own headline; of several, which ones."""
    settings = released.settings
    if len(with_number) == 1:
        ((name, metric),) = with_number.items()
        return goes_words.headline(metric, name, settings)
    claims = {name: claim(metric, settings) for name, metric in with_number.items()}
    better, worse = ([name for name, each in claims.items() if each is kind] for kind in (Claim.BETTER, Claim.WORSE))
    return story_words.goes_title(better, worse, len(with_number), settings)


def _first(with_number: Called, released: Released) -> tuple[str, MetricFindings]:
    """The metric whose size of sample is told: one of which something is claimed, else the first."""
    claimed = [(name, metric) for name, metric in with_number.items() if _claimed(metric, released)]
    return (claimed or list(with_number.items()))[0]


def _claimed(metric: MetricFindings, released: Released) -> bool:
    return claim(metric, released.settings) in (Claim.BETTER, Claim.WORSE)


def _row_each(with_number: Called) -> tuple[Row, ...]:
    """Collective efficacy's slope with each metric of the next period."""
    slopes = {name: slope_of(metric, Model.AHEAD, COLLECTIVE) for name, metric in with_number.items()}
    return tuple(
        Row(name=name[:1].upper() + name[1:], role="collective", value=slope.value, low=slope.low, high=slope.high)
        for name, slope in list(slopes.items())[:ROWS]
        if math.isfinite(slope.value)
    )


def _rows_of_one(name: str, metric: MetricFindings, released: Released) -> tuple[Row, ...]:
    """Everything that goes with one metric of the next period."""
    table = goes_words.slope_rows(metric, name, released)
    ahead = table[table["group"] == table["group"].iloc[0]] if len(table) else table
    return tuple(
        Row(
            name=row["label"],
            role=ROLES.get(row["term"], "quiet"),
            value=float(row["slope"]),
            low=float(row["low"]),
            high=float(row["high"]),
        )
        for row in ahead.to_dict(orient="records")
    )


def _axis(metrics: int) -> str:
    return story_words.GOES_ROWS if metrics > 1 else goes_words.SLOPE_AXIS


def _alt(title: str, rows: tuple[Row, ...]) -> str:
    """The rows in words, every figure of them."""
    told = (
        f"{row.name}: {goes_words.slope_said(Estimate(value=row.value, low=row.low, high=row.high))}" for row in rows
    )
    return f"{title.rstrip('.')}. {'; '.join(told)}."


def _limits(released: Released) -> tuple[str, ...]:
    return tuple(goes_words.said(text, released.settings) for text in goes_words.CANNOT_TELL[:POINTS])


def _notes(released: Released, found: GoesWithReleased, with_number: Called) -> tuple[str, ...]:
    """Each metric's finding, whether it holds for unseen teams, the reverse, chance; then how to read a slope."""
    told = [_told(name, metric, found, released) for name, metric in with_number.items()]
    return (
        story_words.EVIDENCE.format(text=told[0]),
        *told[1:],
        goes_words.said(goes_words.SLOPES_NOTE, released.settings),
        story_words.CAVEAT.format(text=story_words.cannot_tell(_limits(released)[:2])),
    )


def _told(name: str, metric: MetricFindings, found: GoesWithReleased, released: Released) -> str:
    settings = released.settings
    finding = goes_words.headline(metric, name, settings)
    parts = (
        finding if finding.endswith(".") else f"{finding}.",
        goes_words.unseen_said(metric, settings),
        goes_words.reverse(metric),
        goes_words.chance_said(metric, found, settings),
    )
    return plain(" ".join(filter(None, parts)))


def _scatter(released: Released, found: GoesWithReleased, called: Called) -> Slide:
    """No number: why, and the marks of the first metric that has any."""
    settings, (name, metric) = released.settings, _with_marks(called)
    closed = found.gate.state is GateState.CLOSED
    title = goes_words.NOT_CARRIED if closed else goes_words.headline(metric, name, settings)
    why = gates_words.why(found.gate, settings) if closed else goes_words.too_few(metric, settings)
    drawn = goes_words.scatter_note(metric, settings)
    return Slide(
        key="goes",
        title=title,
        lead=(why,),
        plot=_map(name, metric, released, drawn),
        points_title=goes_words.CANNOT,
        points=_limits(released),
        source=plain(goes_words.scope(metric, settings)),
        notes=(
            story_words.EVIDENCE.format(text=f"{why} {drawn}"),
            story_words.CAVEAT.format(text=story_words.cannot_tell(_limits(released)[:2])),
        ),
    )


def _with_marks(called: Called) -> tuple[str, MetricFindings]:
    return next((name, metric) for name, metric in called.items() if not metric.points.empty)


def _map(name: str, metric: MetricFindings, released: Released, note: str) -> Map:
    points = metric.points.sort_values(["team_id", "period"], kind="stable")
    across, *up = goes_words.scatter_axes(metric, name, released)
    title = goes_words.scatter_title(name, released)
    called = goes_words.said("{Nouns}", released.settings)
    x, y, whose = numbers(points["collective"]), numbers(points["performance"]), tuple(map(plain, points["team_id"]))
    marks = Marks(name=called, role="collective", x=x, y=y, called=whose)
    if len(points) > crowds.MOST:
        x, y = crowds.crowded(points["collective"], points["performance"], (1.0, 0.1))
        marks = Marks(name=called, role="collective", x=x, y=y)
    return Map(marks=(marks,), x_title=across, y_title=" ".join(up), alt=f"{title}. {note}")
