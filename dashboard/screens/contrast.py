"""
Contrast: individual beside collective for every team, over the periods, and rolled up to the units above the teams.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, reports
from dashboard.disclosure import Released
from dashboard.screens import parts, tables
from dashboard.wording import contrast_tables, contrast_view, contrast_words, gates_words, overview_words
from dashboard.wording.contrast_view import Level, Measure, Order
from dashboard.wording.escape import markdown
from dashboard.wording.unbroken import unbroken

PAGE_ROWS = 30  # rows that are drawn at once
MOST_TEAMS = 500  # with more, units come first where there are any
ORDER_WIDTH, PAGES_WIDTH = 280, 380  # px


def page() -> None:
    """Both levels side by side."""
    released = parts.found_over_window()
    scope, window = st.columns(2, gap="medium", vertical_alignment="bottom")
    scope.caption(markdown(overview_words.scope(released)))
    with window:
        parts.choose_window(released)
    st.title(unbroken(markdown(contrast_words.title(released))), anchor=False)
    st.caption(unbroken(markdown(contrast_words.levels_note(released))))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level = _level(released)
        rows = contrast_view.rows_at(released, released.window[-1].label, level)
        order = _order(rows, released)
    rows = contrast_view.in_order(rows, order)
    if level is Level.UNITS:
        st.caption(markdown(_said(contrast_words.UNITS_NOTE, released)))
    drawn = _on_page(rows, contrast_words.noun_of(released.settings, level))
    _both_levels(rows, drawn, released, level, order)
    _over_time(rows, drawn, released, level, order)


def _level(released: Released) -> Level:
    """Teams or units; only teams where no unit is known."""
    if released.units.empty:
        return Level.TEAMS
    many = released.teams["team_id"].nunique() > MOST_TEAMS
    chosen = st.segmented_control(
        contrast_words.ROLL_UP,
        list(Level),
        default=Level.UNITS if many else Level.TEAMS,
        format_func=lambda level: markdown(contrast_words.level_label(level, released)),
        required=True,
        key="show",
        bind="query-params",
    )
    return Level(chosen or Level.TEAMS)


def _order(rows: pd.DataFrame, released: Released) -> Order:
    """What the rows are sorted by."""
    chosen = st.selectbox(
        contrast_words.SORT,
        contrast_view.orders(rows),
        format_func=lambda order: contrast_words.order_label(order, released),
        key="order",
        bind="query-params",
        width=ORDER_WIDTH,
    )
    return Order(chosen or Order.NAME)


def _on_page(rows: pd.DataFrame, noun: str) -> pd.DataFrame:
    """The rows that are drawn at once; the reader turns pages where there are more."""
    pages = -(-len(rows) // PAGE_ROWS)
    if pages < 2:
        return rows
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        at = st.pagination(pages, key="rows", bind="query-params", width=PAGES_WIDTH)
        drawn = rows.iloc[(at - 1) * PAGE_ROWS : at * PAGE_ROWS]
        first, last = int(drawn.index[0]) + 1, int(drawn.index[-1]) + 1
        st.caption(contrast_words.page_label(first, last, len(rows), noun), width="content")
    return drawn.reset_index(drop=True)


def _both_levels(rows: pd.DataFrame, drawn: pd.DataFrame, released: Released, level: Level, order: Order) -> None:
    """The dumbbells, what they are, and their table."""
    title, alt = (
        contrast_words.dumbbell_title(rows, released, level),
        contrast_words.dumbbell_alt(rows, released, level, order),
    )
    if _any_figure(rows):
        figure = parts.drawn(
            released, partial(_dumbbell, drawn, released, level, order), "both", level, order, *drawn["name"]
        )
        if level is Level.UNITS:
            parts.chart(figure, title, alt, key="both", term="Interval")
        elif chosen := parts.choosing_chart(figure, title, alt, key="both", term="Shrunken mean"):
            st.switch_page(parts.page_of("team"), query_params=parts.view(team=chosen))
        st.caption(markdown(contrast_words.how_to_read(rows, released, level)))
    else:
        parts.heading(title, term="Withheld")
    _beside(rows, released, level)
    _table(
        partial(contrast_tables.rows_table, rows, released, level), contrast_words.TABLE, contrast_words.TAKE, "figures"
    )


def _dumbbell(drawn: pd.DataFrame, released: Released, level: Level, order: Order) -> go.Figure:
    levels = charts.common_levels(contrast_view.common_ends(released, level))
    return charts.dumbbell(drawn, parts.colours(), levels, gates_words.names(released), _units(drawn, order))


def _beside(rows: pd.DataFrame, released: Released, level: Level) -> None:
    """What is not drawn, what the levels may be called, and whether their distance says anything."""
    told = [contrast_words.absent(rows, released, level)]
    read = contrast_view.gap_is_read(released)
    told.append(contrast_words.gap_told(rows, released) if read else contrast_words.NOT_LEVELS)
    told.append(contrast_words.governed(released, "level_gap"))
    if level is Level.UNITS:
        told.append(contrast_words.in_no_unit(released))
    elif released.units.empty:
        told.append(_said(contrast_words.NO_UNITS, released))
    for text in filter(None, told):
        st.caption(unbroken(markdown(text)))
    if released.gates:
        parts.gates(released, "individual_mean", "collective_mean")


@st.fragment
def _over_time(rows: pd.DataFrame, drawn: pd.DataFrame, released: Released, level: Level, order: Order) -> None:
    """The heat map of one measure over the window, and its table."""
    measures = [Measure.INDIVIDUAL, Measure.COLLECTIVE]
    if level is Level.TEAMS and contrast_view.surplus_is_read(released):
        measures.append(Measure.SURPLUS)
    place = st.container()
    measure = Measure(
        st.segmented_control(
            contrast_words.MEASURE,
            measures,
            default=Measure.COLLECTIVE,
            format_func=lambda measure: markdown(contrast_words.measure_label(measure, released)),
            required=True,
            key="measure",
            bind="query-params",
        )
        or Measure.COLLECTIVE
    )
    cells = contrast_view.cells(released, measure, level)
    title = contrast_words.heat_title(cells, released, measure, level)
    names = list(drawn["name"])
    with place:
        parts.heading(title, term="Collective surplus" if measure is Measure.SURPLUS else "Points (POMP)")
    if np.isfinite(cells["value"]).any():
        shades = _shades(cells, released, measure, level)
        label, units = contrast_words.measure_label(measure, released), _units(drawn, order)
        figure = charts.heat_map(cells, names, released.window, label, shades, parts.colours(), units)
        alt = contrast_words.heat_alt(cells, released, measure, level)
        st.plotly_chart(figure, theme=None, key="heat", config=parts.QUIET, alt=alt, height=figure.layout.height)
        st.caption(markdown(contrast_words.heat_note(released, measure, level)))
    if level is Level.TEAMS and (reason := contrast_words.governed(released, "surplus")):
        st.caption(unbroken(markdown(reason)))
    table = partial(contrast_tables.cells_table, cells, list(rows["name"]), released, measure, level)
    _table(table, contrast_words.CELLS_TABLE, contrast_words.TAKE_CELLS, "cells")


def _units(drawn: pd.DataFrame, order: Order) -> list[str]:
    """The unit of each row where the rows stand by unit."""
    return list(drawn["unit"]) if order is Order.UNIT else []


def _shades(cells: pd.DataFrame, released: Released, measure: Measure, level: Level) -> charts.Shades:
    """The colours of a measure over all teams and periods."""
    if measure is Measure.SURPLUS:
        return charts.surplus_shades(parts.colours(), float(np.nanmax(np.abs(cells["value"]))))
    levels = contrast_view.common_span(released, level)
    return charts.level_shades(parts.colours(), str(measure), levels)


def _table(make: Callable[[], pd.DataFrame], title: str, take: str, key: str) -> None:
    """Every row as a table, made when it is opened, and as a file; whether it is open stands in the address."""
    with st.expander(title, key=key, bind="query-params", on_change="rerun") as opened:
        if opened.open:
            table = make()
            tables.sortable(contrast_tables.as_shown(table), title)
    st.download_button(take, partial(_file, make), f"contrast-{key}.csv", key=f"take-{key}", on_click="ignore")


def _file(make: Callable[[], pd.DataFrame]) -> bytes:
    """The table as a file; written only when it is asked for."""
    table = make()
    return reports.to_csv(table, list(table.columns))


def _any_figure(rows: pd.DataFrame) -> bool:
    return bool(np.isfinite(rows[["individual", "collective"]].to_numpy(float)).any())


def _said(text: str, released: Released) -> str:
    return contrast_words.said(text, released)


if __name__ == "__main__":
    page()
