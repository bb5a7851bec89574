"""
What goes with it: does collective efficacy go with the performance of the next period, here and for unseen teams?
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import charts, reports
from dashboard.diagnosis.gate import GateState
from dashboard.diagnosis.prediction import Extent, MetricFindings
from dashboard.diagnosis.prediction.sizes import SCATTER_BELOW
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.screens import parts, session, tables
from dashboard.terms import InputRefused
from dashboard.wording import app_words, gates_words, goes_words
from dashboard.wording.escape import markdown
from dashboard.wording.unbroken import unbroken

METRIC_WIDTH = 320  # px


def page() -> None:
    """One metric: the finding, what else goes with it, unseen teams, chance, and the marks themselves."""
    released, found = _found()
    if found is None:
        _without_performance(released)
        return
    if not found.metrics:
        st.title(markdown(_said(goes_words.NO_METRIC, released)), anchor=False)
        st.markdown(_said(goes_words.NEEDED, released))
        return
    metric, name = _choose(found)
    if found.gate.state is GateState.CLOSED or metric.extent is Extent.SCATTER:
        _scatter_only(metric, name, found, released)
        return
    _finding(metric, name, found, released)
    _beyond_these_teams(metric, found, released)
    if metric.extent is Extent.FULL:
        _in_full(metric, released)
    _scatter(metric, name, released)
    _cannot_tell(metric, name, found, released)


def _found() -> tuple[Released, GoesWithReleased | None]:
    """Over all periods; ends the page with a designed message when nothing is open or the files do not go together."""
    files = session.brought()
    if files is None:
        parts.nothing_open()
    with st.spinner(app_words.COMPUTING, show_time=False):
        try:
            return session.released(files), session.goes_with(files)
        except InputRefused as refusal:
            problems = refusal.problems
    return parts.refused(problems)


def _without_performance(released: Released) -> None:
    st.title(goes_words.NO_PERFORMANCE, anchor=False)
    st.markdown(_said(goes_words.NO_PERFORMANCE_NOTE, released))
    st.markdown(_said(goes_words.NEEDED, released))
    if st.button(goes_words.TO_DATA, type="primary", key="to-data"):
        st.switch_page(parts.page_of("data"))


def _choose(found: GoesWithReleased) -> tuple[MetricFindings, str]:
    """The metric of the list or of the address, and what it is called."""
    called = [goes_words.metric_name(each, found.metrics) for each in found.metrics]
    if len(called) == 1:
        return found.metrics[0], called[0]
    chosen = st.selectbox(goes_words.CHOOSE, called, key="metric", bind="query-params", width=METRIC_WIDTH)
    return found.metrics[called.index(chosen)], chosen


def _scatter_only(metric: MetricFindings, name: str, found: GoesWithReleased, released: Released) -> None:
    """No number: why, and the marks."""
    if found.gate.state is GateState.CLOSED:
        st.title(goes_words.NOT_CARRIED, anchor=False)
        parts.sentence(gates_words.why(found.gate, released.settings))
    else:
        st.title(markdown(goes_words.headline(metric, name, released.settings)), anchor=False)
        parts.sentence(goes_words.too_few(metric, released.settings))
    _scatter(metric, name, released)


def _finding(metric: MetricFindings, name: str, found: GoesWithReleased, released: Released) -> None:
    """The headline, how much so many teams can show, and every slope."""
    settings = released.settings
    st.title(unbroken(markdown(goes_words.headline(metric, name, settings))), anchor=False)
    parts.sentence(goes_words.power(metric, settings))
    st.caption(markdown(goes_words.scope(metric, settings)))
    if caution := gates_words.why(found.gate, settings):
        st.caption(unbroken(markdown(caution)))
    rows = goes_words.slope_rows(metric, name, released)
    if rows.empty:
        return
    figure = parts.drawn(
        released, lambda: charts.goes_slopes(rows, parts.colours()), "slopes", metric.metric, metric.unit
    )
    alt = goes_words.slopes_alt(metric, name, released)
    note = _said(goes_words.SLOPES_NOTE, released)
    parts.chart(figure, goes_words.slopes_title(metric), alt, key="slopes", note=note, term="Slope")
    if other := goes_words.reverse(metric):
        parts.sentence(other)


def _beyond_these_teams(metric: MetricFindings, found: GoesWithReleased, released: Released) -> None:
    """Predictions for teams left out, and what chance can do."""
    settings = released.settings
    seen, chance = st.columns(2, gap="large")
    with seen:
        parts.heading(_said(goes_words.SEEN, released), term="Out of sample")
        parts.sentence(goes_words.unseen_said(metric, settings))
        st.caption(markdown(goes_words.q2_said(metric, settings)))
    with chance:
        parts.heading(goes_words.CHANCE)
        parts.sentence(goes_words.chance_said(metric, found, settings))


def _in_full(metric: MetricFindings, released: Released) -> None:
    """Which share is whose, and what an unreliable self-efficacy would hide."""
    settings = released.settings
    shares, sure = st.columns(2, gap="large")
    with shares:
        rows = goes_words.dominance_rows(metric, released)
        title = goes_words.dominance_title(metric)
        figure = parts.drawn(
            released, lambda: charts.goes_shares(rows, parts.colours()), "shares", metric.metric, metric.unit
        )
        note = goes_words.dominance_note(metric, settings)
        parts.chart(figure, title, goes_words.rows_alt(title, rows), key="shares", note=note, term="Dominance")
    with sure:
        rows = goes_words.sensitivity_rows(metric)
        title, note = goes_words.sensitivity_title(metric), _said(goes_words.SENSITIVITY_NOTE, released)
        figure = parts.drawn(
            released, lambda: charts.goes_sensitivity(rows, parts.colours()), "sensitivity", metric.metric, metric.unit
        )
        parts.chart(
            figure, title, goes_words.rows_alt(title, rows), key="sensitivity", note=note, term="Reliability of a mean"
        )


def _scatter(metric: MetricFindings, name: str, released: Released) -> None:
    """The marks of released teams, without a line through them."""
    if metric.points.empty:
        st.markdown(_said(goes_words.NO_MARK, released))
        return
    title = goes_words.scatter_title(name, released)
    note = goes_words.scatter_note(metric, released.settings)
    axes = goes_words.scatter_axes(metric, name, released)
    figure = parts.drawn(
        released,
        lambda: charts.goes_scatter(metric.points, name, axes, parts.colours()),
        "scatter",
        metric.metric,
        metric.unit,
    )
    parts.chart(figure, title, f"{title}. {note}", key="scatter", note=note)


def _cannot_tell(metric: MetricFindings, name: str, found: GoesWithReleased, released: Released) -> None:
    """Context, limits, and the table to take along."""
    depending, limits = st.columns(2, gap="large")
    with depending:
        parts.heading(goes_words.DEPENDING)
        parts.sentence(goes_words.interdependence_said(metric, released.settings))
    with limits:
        parts.heading(goes_words.CANNOT)
        st.markdown("\n".join(f"- {_said(sentence, released)}" for sentence in goes_words.CANNOT_TELL))
    with st.expander(goes_words.TABLE_TITLE):
        table = goes_words.slope_table(metric, name, released)
        tables.sortable(table, goes_words.TABLE_TITLE)
    content = partial(_slopes, found)
    st.download_button(goes_words.DOWNLOAD, content, goes_words.FILE, key="take-slopes", on_click="ignore")


def _slopes(found: GoesWithReleased) -> bytes:
    """Every slope of every metric, written only when it is asked for."""
    return reports.to_csv(reports.slopes_table(found), reports.SLOPES)


def _said(text: str, released: Released) -> str:
    return goes_words.said(text, released.settings, few=SCATTER_BELOW)


if __name__ == "__main__":
    page()
