"""
Sentences as they are said: every function of the wording that makes one, over all states and the extremes of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import NEEDS
from dashboard.diagnosis.prediction.difference import Difference
from dashboard.diagnosis.prediction.findings import MetricFindings, Model, UnseenTeams, scatter_of
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, PERFORMANCE
from dashboard.diagnosis.prediction.sizes import Extent
from dashboard.diagnosis.trade import SHARES, trade
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.terms import Estimate, Settings
from dashboard.wording import (
    GLOSSARY,
    alike_words,
    app_words,
    beyond_words,
    chart_words,
    contrast_words,
    error_rates,
    evidence,
    figures_words,
    gates_words,
    goes_words,
    headline,
    method_words,
    overview_words,
    power_words,
    questions,
    scale_words,
    settings_words,
    story_words,
    team_words,
    words,
)
from dashboard.wording.contrast_view import Level, Measure, Order, cells, in_order, rows_at
from dashboard.wording.gates_words import NAMES
from tests.screens import made, made_units
from tests.storyline import made as story
from tests.wording.sentences import Sentence

NAN = float("nan")
EXTREMES = (NAN, -100.0, -0.2, 0.0, 0.3, 1.0, 12.4, 100.0)
SHARES_OF_ONE = (NAN, 0.0, 0.004, 0.5, 0.83, 0.999, 1.0)


def rendered() -> list[Sentence]:
    """All of them."""
    return [
        *_from("evidence", _evidence()),
        *_from("states", _states()),
        *_from("organisation", _organisations()),
        *_from("team", _teams()),
        *_from("alike", _alike()),
        *_from("beyond", _beyond()),
        *_from("power", _power()),
        *_from("gates", _gates()),
        *_from("method", _method()),
        *_from("charts", _charts()),
        *_from("contrast", _contrast()),
        *_from("goes with", _goes_with()),
        *_from("story", _story()),
    ]


def _story() -> Iterator[str]:
    """Every text of the story in the situations that have words of their own; tests/storyline reads all of them."""
    for situation in ("made", "three teams", "none flagged", "one period", "one period, gate closed", "closed gates"):
        yield from (text for _, text in story.texts(story.deck(situation)))
    for flagged, watched, missed in product((0, 1, 5), (0, 1, 3), (0.0, 0.2, 4.5)):
        whole = made.released()
        counted = replace(whole, organization=replace(whole.organization, flagged=flagged, watched=watched))
        yield from (story_words.sure_title(counted, {"expected_missed": missed}), story_words.map_alt(counted, "None"))
    for better, worse in product(([], ["lead time"], ["lead time", "value", "errors"]), ([], ["rework"])):
        yield story_words.goes_title(better, worse, 4, Settings())


def _from(place: str, texts: Iterable[object]) -> Iterator[Sentence]:
    return (Sentence(place, str(text)) for text in texts)


def _cells(*tables: pd.DataFrame) -> Iterator[str]:
    """Every cell and heading of tables of text."""
    for table in tables:
        yield from map(str, table.columns)
        yield from map(str, table.to_numpy().ravel())


def organisations() -> list[Released]:
    """The made organisation in every state that a sentence looks at."""
    return [*judged(), *_shut(made.released())]


def judged() -> list[Released]:
    """With all gates open: every number of flags, of judged teams, other nouns, one period."""
    whole = made.released()
    counts = [
        {"flagged": flagged, "watched": watched, "teams_tested": tested, "expected_false_flags": wrong}
        for flagged, watched, wrong in ((0, 0, 0.0), (1, 1, 0.04), (5, 3, 0.42), (24, 0, 2.4))
        for tested in (0, 5, 24)
    ]
    counted = [replace(whole, organization=replace(whole.organization, **each)) for each in counts]
    nobody = replace(whole, verdicts=whole.verdicts.assign(reason="ceiling", individual_gain=np.nan))
    other = replace(whole, settings=Settings(noun="class", parent_noun="school", compounding_share=0.3))
    return [whole, *counted, nobody, other, made.one_period()]


def _shut(whole: Released) -> list[Released]:
    """The same with each gate closed, or with caution, for every reason that there is."""
    states = (GateState.CLOSED, GateState.CAUTION)
    reasons = list(method_words.FOUND)
    return [
        made_units.with_gate(whole, need, state, short, value)
        for need, state, short, value in product(NEEDS, states, reasons, (NAN, 0.93))
    ]


def _rows() -> list[dict[str, object]]:
    """Rows of the verdicts table: every verdict with every reason, at the extremes of its figures."""
    plain = made.released().verdicts.iloc[0].to_dict()
    states = [plain | {"verdict": str(v), "reason": str(r)} for v, r in product(Verdict, Reason)]
    numbers = [
        plain
        | {"individual_gain": gain, "collective_gain": -gain, "probability": p, "stayers": s, "respondents_since": n}
        for gain, p, s, n in product(EXTREMES, SHARES_OF_ONE, (NAN, 0.0, 2.0, 11.0), (NAN, 0.0, 12.0))
    ]
    adjusted = plain | {"sensitivity_individual": 0.5, "standard_error": 14.0}
    performances = [plain | {"performance": said} for said in ("agrees", "silent", "disagrees", "")]
    return [*states, *numbers, adjusted, *performances]


def _evidence() -> Iterator[str]:
    other = gates_words.Names(gates_words.ITEMS_ONLY, gates_words.MEMBERS_VIEWS.format(noun="team"))
    for row in _rows():
        for identified, called in product((True, False), (NAMES, other)):
            yield evidence(row, Settings(), identified, called)
        yield from questions(row, Settings())


def _states() -> Iterator[str]:
    for told in (words(verdict, Settings()) for verdict in Verdict):
        yield from (told.label, told.meaning, *told.questions)
    yield from GLOSSARY.values()
    yield from (name for _, name in app_words.states_told({str(verdict): 1 for verdict in Verdict}))


def _organisations() -> Iterator[str]:
    texts = (
        overview_words.HOW_TO_READ,
        overview_words.MOVED_TOGETHER,
        overview_words.NONE_TO_DISCUSS,
        overview_words.NONE_WATCHED,
    )
    for whole in organisations():
        yield headline(whole)
        told = (overview_words.scope, overview_words.map_title, overview_words.map_alt, overview_words.not_drawn)
        yield from (tell(whole) for tell in (*told, overview_words.affected))
        yield from overview_words.false_alarms(whole)
        yield from (overview_words.watching_lead(whole), overview_words.watching_title(whole))
        yield from gates_words.names(whole)
    yield from (overview_words.said(text, made.released()) for text in texts)


def _teams() -> Iterator[str]:
    other = gates_words.Names(gates_words.ITEMS_ONLY, gates_words.MEMBERS_VIEWS.format(noun="team"))
    for row in _rows():
        yield team_words.lines_title(row, Settings(), other)
        yield from (
            team_words.lines_alt("Atlas", row, Settings()),
            team_words.place_title(row),
            team_words.performance_beside(row),
        )
    changes = made.released().changes
    for _, some in changes.groupby("team_id"):
        yield from (team_words.who_title(some), team_words.who_total(some), team_words.who_alt(some, other))
    row = made.released().teams.iloc[0].to_dict()
    for answered, head in product((NAN, 4.0, 14.0), (NAN, 0.0, 14.0, 20.0, 40.0)):
        for verdict in ({"until": row["period"], "respondents_until": 3.0}, {"until": "", "respondents_until": NAN}):
            yield team_words.response(row | {"respondents": answered, "headcount": head}, Settings(), verdict)[0]
    for whole in judged():
        yield from (team_words.size_told(whole, size) for size in (NAN, 3, 8, 400))


def _alike() -> Iterator[str]:
    row = made.released().teams.iloc[0].to_dict()
    shapes = (*alike_words.SHAPES, "")
    for deviation, percentile, shape in product((NAN, 0.0, 0.02, 0.55, 0.97, 2.0), SHARES_OF_ONE, shapes):
        one = row | {"agreement_ad": deviation, "agreement_percentile": percentile, "shape": shape}
        yield alike_words.title(one, "team")
        yield from alike_words.sentences(one, 5)
    for uniform, skew in product((NAN, 0.0, 0.5, 0.84, 1.0), repeat=2):
        yield alike_words.as_range(row | {"rwg_uniform": uniform, "rwg_skew": skew})


def _beyond() -> Iterator[str]:
    row = made.released().teams.iloc[0].to_dict()
    values = (NAN, -4.0, -0.01, 0.0, 0.2, 4.0)
    for value, half in product(values, (NAN, 0.1, 1.0)):
        ends = {"surplus": value, "surplus_low": value - half, "surplus_high": value + half}
        yield beyond_words.surplus(row | ends, made.INSTRUMENT, "team")
        gap = {"gap": value, "gap_low": value - half, "gap_high": value + half}
        yield from (beyond_words.gap(row | gap, overall, made.INSTRUMENT, "team") for overall in values)


def _power() -> Iterator[str]:
    for whole in judged():
        yield power_words.lead(whole)
        table = trade(whole.verdicts, whole.settings, SHARES)
        for row in table.to_dict("records"):
            yield from (power_words.traded(row, whole.settings), power_words.misses_told(whole, row))
            yield from power_words.figures(row)
        yield from _cells(power_words.as_table(table), power_words.by_size(whole))
        yield power_words.by_size_note(whole)
    for found, missed, watched in product((0.0, 0.2, 5.0), repeat=3):
        row = {"share": 0.1, "flagged": 3, "expected_false": 0.2, "expected_found": found}
        yield power_words.traded(row | {"expected_missed": missed, "expected_watched": watched}, Settings())


def _gates() -> Iterator[str]:
    shorts = list(method_words.FOUND)
    for need, state, value in product(NEEDS, GateState, (NAN, 0.0, 0.4, 0.93, 1.0, 11.0)):
        for short in [*([name] for name in shorts), shorts]:
            gate = Gate(need=need, state=state, found=dict.fromkeys(short, value), short=tuple(short))
            yield gates_words.why(gate, Settings())
            yield from _cells(method_words.gate_lines((gate,), Settings()))


def _method() -> Iterator[str]:
    for settings in (Settings(), Settings(noun="class", parent_noun="school")):
        yield from (part for _, group in figures_words.groups(settings) for each in group for part in each)
        yield from _cells(settings_words.settings_table(settings), error_rates.compared(settings))
        yield from _cells(error_rates.by_world(settings), error_rates.wrong_and_found(settings))
        yield from (error_rates.extent(settings), *_cells(error_rates.false_where_nothing_is(settings)))
    for whole in (made.released(), made.one_period()):
        size = error_rates.nearest(whole)
        yield from () if size is None else (error_rates.told(size, whole),)
        yield from _cells(scale_words.latest(whole, None), scale_words.every_period(whole), scale_words.items(whole))
    yield from (part for row in method_words.right_when_named("90%", "74%") for part in row)
    yield from _scales()


def _scales() -> Iterator[str]:
    whole = made.released()
    for value in (NAN, 0.2, 0.85, 1.2):
        yield scale_words.distinct(replace(whole, organization=replace(whole.organization, distinctness=value)))
    for value in (NAN, -0.04, 0.2, 1.0):
        yield from scale_words.notes(replace(whole, scales=whole.scales.assign(icc1=value)))


def _charts() -> Iterator[str]:
    for row in _rows():
        yield chart_words.team_point(row)
    for share in (0.3, 0.5, 1.0):
        yield from (chart_words.region(share, 5.0, "team"), chart_words.line(share))
    yield from (chart_words.gain(name) for name in NAMES)
    watching = made.one_period().worth_watching
    yield from () if watching is None else (chart_words.gap_point(row) for row in watching.dropna().to_dict("records"))


def _contrast() -> Iterator[str]:
    whole = made_units.with_surplus(made_units.with_gaps(made_units.with_units(made.released())))
    shut = [made_units.with_gate(whole, need, GateState.CLOSED, "htmt", 0.93) for need in NEEDS]
    for each in (whole, *shut):
        yield from (contrast_words.title(each), contrast_words.in_no_unit(each))
        yield from (contrast_words.governed(each, need) for need in ("level_gap", "surplus"))
        for level in Level:
            rows = rows_at(each, each.window[-1].label, level)
            yield from (contrast_words.dumbbell_title(rows, each, level), contrast_words.absent(rows, each, level))
            for order in Order:
                yield contrast_words.dumbbell_alt(in_order(rows, order), each, level, order)
            offered = [measure for measure in Measure if (measure, level) != (Measure.SURPLUS, Level.UNITS)]
            for measure in offered:
                table = cells(each, measure, level)
                yield contrast_words.heat_title(table, each, measure, level)
                yield from (
                    contrast_words.heat_alt(table, each, measure, level),
                    contrast_words.heat_note(each, measure, level),
                )


def _goes_with() -> Iterator[str]:
    settings, whole = Settings(), made.released()
    for found in _metrics():
        yield from (goes_words.headline(found, "lead time", settings), goes_words.scope(found, settings))
        yield from (goes_words.slopes_title(found), goes_words.reverse(found), goes_words.unseen_said(found, settings))
        yield from (
            goes_words.power(found, settings),
            goes_words.too_few(found, settings),
            goes_words.q2_said(found, settings),
        )
        yield from (goes_words.sensitivity_title(found), goes_words.interdependence_said(found, settings))
        yield from (goes_words.scatter_note(found, settings), goes_words.dominance_note(found, settings))
        if len(found.dominance):
            yield goes_words.dominance_title(found)
        for tests in (0, 1, 4):
            passed = GoesWithReleased(metrics=(found,), tests=tests, gate=whole.gates[-1])
            yield goes_words.chance_said(found, passed, settings)


def _metrics() -> Iterator[MetricFindings]:
    """One metric with every slope, every p, every prediction, in every extent."""
    for slope, p, q2, extent in product((-0.4, 0.0, 0.4), (NAN, 0.0004, 0.4), (-0.2, 0.3), Extent):
        found = _metric(slope, p, q2, extent)
        yield scatter_of(found) if extent is Extent.SCATTER else found


def _metric(slope: float, p: float, q2: float, extent: Extent) -> MetricFindings:
    terms = (PERFORMANCE, INDIVIDUAL, COLLECTIVE)
    slopes = pd.DataFrame(
        [
            {"model": model, "term": term, "slope": slope, "low": slope - 0.1, "high": slope + 0.1, "error": 0.05,
             "df": 20.0, "p": p, "teams": 40, "rows": 160}
            for model, term in product(Model, terms)
        ]
    )  # fmt: skip
    shares = pd.DataFrame({"term": terms, "share": 0.3, "low": 0.1, "high": 0.6})
    sensitivity = pd.DataFrame(
        {"reliability": [1.0, 0.8], "estimated": [False, True], "slope": slope, "low": slope - 0.1, "high": slope + 0.1}
    )
    halves = pd.DataFrame(
        {"half": ["higher", "lower"], "slope": slope, "low": slope - 0.1, "high": slope + 0.1, "teams": 40, "rows": 160}
    )
    increment = Estimate(value=q2 / 4, low=q2 / 4 - 0.1, high=q2 / 4 + 0.1)
    return MetricFindings(
        metric="lead_time", unit="days", higher_is_better=False, extent=extent, teams=40, rows=160, periods=4,
        smallest_r=0.43, spread_individual=8.0, spread_collective=9.0, slopes=slopes, p=p, p_adjusted=p,
        permutations=1999, movable=40,
        unseen=UnseenTeams(without=q2, with_collective=q2, increment=increment, press_without=9.0, press_with=8.0, left_out=40),
        dominance=shares, reliability=0.8, sensitivity=sensitivity, halves=halves,
        between_halves=Difference(0.1, 0.1, 40.0, 1.0, 0.3), points=pd.DataFrame({"team_id": ["Atlas"]}),
    )  # fmt: skip
