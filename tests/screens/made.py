"""
A made diagnosis of 26 teams × 6 periods with every state, withheld rows, events and metrics, so that screens and
charts can be tested on figures that are known by hand. Nothing here was measured.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import MORE_VERDICT_COLUMNS, TEAM_COLUMNS, VERDICT_COLUMNS, Organization
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import NEEDS
from dashboard.disclosure import Released
from dashboard.terms import (
    COLLECTIVE,
    INDIVIDUAL,
    Instrument,
    Problem,
    Scale,
    Settings,
    Severity,
    SourceFile,
    in_order,
)

PERIODS = in_order(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"])
TEAMS = (
    "Atlas Bridge Cobalt Delta Ember Falcon Grove Harbor Iris Juniper Kestrel Lumen Mosaic "
    "Nimbus Onyx Prism Quartz Ridge Summit Tundra Umber Vertex Willow Xenon Yarrow Zephyr"
).split()
# team: (verdict, individual gain, collective gain, probability, respondents); POMP
GIVEN = {
    "Atlas": ("not compounding", 12.4, 0.8, 0.97, 14),
    "Bridge": ("not compounding", 10.1, -1.5, 0.95, 9),
    "Falcon": ("not compounding", 9.2, 1.1, 0.92, 22),
    "Iris": ("watch", 8.0, 2.1, 0.71, 8),
    "Onyx": ("watch", 7.2, 1.8, 0.62, 11),
    "Cobalt": ("compounding", 9.9, 9.1, 0.04, 12),
    "Delta": ("compounding", 8.4, 7.0, 0.09, 17),
    "Grove": ("collective-led", 1.2, 6.6, 0.02, 10),
    "Kestrel": ("eroding", -6.1, -5.2, 0.01, 13),
    "Xenon": ("insufficient", 5.0, 1.0, 0.48, 5),
    "Yarrow": ("insufficient", np.nan, np.nan, np.nan, 3),
    "Zephyr": ("insufficient", np.nan, np.nan, np.nan, 2),
}
INSTRUMENT = Instrument(
    title="Team pulse",
    team=("team_id",),
    period="quarter",
    respondent="respondent_id",
    mirrored=True,
    scales={
        INDIVIDUAL: Scale(name=INDIVIDUAL, items=("se_1", "se_2", "se_3"), minimum=1, maximum=5),
        COLLECTIVE: Scale(name=COLLECTIVE, items=("ce_1", "ce_2", "ce_3"), minimum=1, maximum=5),
    },
)


def released(**changed: object) -> Released:
    """The made diagnosis, with some of its fields changed."""
    verdicts, teams = _verdicts(), _teams()
    whole = Released(
        settings=Settings(),
        instrument=INSTRUMENT,
        periods=PERIODS,
        window=PERIODS,
        identified=True,
        teams=teams,
        verdicts=verdicts,
        scales=_scales(),
        organization=_organization(verdicts),
        changes=_changes(),
        worth_watching=None,
        events=_events(),
        metrics=_metrics(),
        problems=(
            Problem(
                file="survey.csv",
                line=17,
                column="se_2",
                found="the answer 9 lies outside 1–5",
                remedy="Correct it in the export; it was left out",
                severity=Severity.WARNING,
            ),
        ),
        files=(SourceFile(name="survey.csv", digest="0" * 64, kind="survey", rows=1412),),
        gates=open_gates(),
    )
    return replace(whole, **changed)


def open_gates() -> tuple[Gate, ...]:
    """Data that carry every claim."""
    return tuple(Gate(need=need, state=GateState.OPEN, found={}, short=()) for need in NEEDS)


def one_period() -> Released:
    """The same teams surveyed once: no verdicts, only what is worth watching."""
    whole = released()
    last = PERIODS[-1:]
    teams = whole.teams[whole.teams["period"] == last[0].label].reset_index(drop=True)
    since = last[0].label
    verdicts = whole.verdicts.assign(verdict="insufficient", flagged=0, reason="one period", since=since, until=since)
    figures = [c for c in verdicts.columns if "gain" in c or c.startswith(("prob", "variance", "covar", "short"))]
    verdicts = verdicts.assign(**dict.fromkeys(figures, np.nan))
    shown = teams["withheld"] == ""
    pomp = 25 * (teams[["individual", "collective"]].astype(float) - 1)
    gap = (pomp["collective"] - pomp["individual"]).where(shown)
    watching = pd.DataFrame(
        {
            "team_id": teams["team_id"],
            "respondents": teams["respondents"],
            "individual": pomp["individual"],
            "collective": pomp["collective"],
            "gap": gap,
            "gap_low": gap - 8,
            "gap_high": gap + 8,
            "probability": np.where(gap < -6, 0.55, 0.2) + 0 * gap,
        }
    )
    return replace(
        whole,
        periods=last,
        window=last,
        teams=teams,
        verdicts=verdicts,
        changes=whole.changes.iloc[:0],
        organization=replace(
            _organization(verdicts),
            teams_tested=0,
            by_period=whole.organization.by_period.iloc[-1:].reset_index(drop=True),
            smallest_detectable_gain={},
        ),
        worth_watching=watching,
    )


def renamed(whole: Released, names: dict[str, str]) -> Released:
    """The same diagnosis with teams called otherwise."""
    tables = {
        table: getattr(whole, table).replace({"team_id": names})
        for table in ("teams", "verdicts", "changes", "events", "metrics")
    }
    return replace(whole, **tables)


def _gains(team: str) -> tuple[str, float, float, float, int]:
    at = TEAMS.index(team)
    steady = ("steady", (at % 7) - 2.5, (at % 5) - 1.8, 0.02 + 0.01 * at, 6 + at % 9)
    unclear = ("unclear", 4.0 + at % 3, 1.0 + at % 2, 0.3, 6 + at % 4)
    return GIVEN.get(team) or (unclear if at % 4 == 0 else steady)


def _verdicts() -> pd.DataFrame:
    rows = [_verdict(team) for team in TEAMS]
    return pd.DataFrame(rows)[[*VERDICT_COLUMNS, *MORE_VERDICT_COLUMNS]]


def _verdict(team: str) -> dict[str, object]:
    verdict, individual, collective, probability, respondents = _gains(team)
    withheld = not np.isfinite(individual)
    count = np.nan if withheld else float(respondents)
    reason = "minimum group" if withheld else "precision" if verdict == "insufficient" else ""
    spread = {name: np.nan if withheld else value for name, value in _SPREAD.items()}
    return {
        "team_id": team,
        "since": PERIODS[0].label,
        "until": PERIODS[-1].label,
        "respondents_since": count,
        "respondents_until": count,
        "stayers": count - 3,
        "individual_gain": individual,
        "individual_gain_low": individual - 5,
        "individual_gain_high": individual + 5,
        "collective_gain": collective,
        "collective_gain_low": collective - 6,
        "collective_gain_high": collective + 6,
        "probability": probability,
        "verdict": verdict,
        "flagged": int(verdict == "not compounding"),
        "evidence": "",
        "reason": reason,
        "shortfall": individual / 2 - collective,
        "performance": {"Atlas": "agrees", "Bridge": "silent", "Falcon": "disagrees"}.get(team, ""),
        **spread,
    }


_SPREAD = {
    "shortfall_low": -3.0,
    "shortfall_high": 9.0,
    "standard_error": 4.0,
    "sensitivity_individual": 0.95,
    "sensitivity_collective": 0.97,
    "variance_individual": 9.2,
    "variance_collective": 13.3,
    "covariance": 3.1,
    "probability_compounding": 0.1,
    "probability_collective_led": 0.1,
    "probability_steady": 0.1,
    "probability_eroding": 0.1,
}


def _teams() -> pd.DataFrame:
    return pd.DataFrame([_level(team, at) for team in TEAMS for at in range(len(PERIODS))])


def _level(team: str, at: int) -> dict[str, object]:
    _, individual, collective, _, respondents = _gains(team)
    names = [*TEAM_COLUMNS, "scored_individual", "scored_collective"]
    row: dict[str, object] = dict.fromkeys(names, np.nan) | {"team_id": team, "period": PERIODS[at].label}
    reason = {"Yarrow": "below the minimum group", "Zephyr": "below the minimum group"}.get(team, "")
    if team == "Quartz" and at == 2:
        reason = "nobody answered"
    if team == "Xenon" and at == 3:
        reason = "withheld so that a smaller team cannot be worked out"
    if reason:
        return row | {"withheld": reason}
    start, done = TEAMS.index(team) % 6, at / (len(PERIODS) - 1)
    figures: dict[str, object] = {}
    for name, base, gain in (("individual", 55 + start, individual), ("collective", 54 + start, collective)):
        level = 1 + (base + gain * done + 0.6 * (-1) ** at) / 25
        figures |= {name: level, f"{name}_low": level - 0.35, f"{name}_high": level + 0.35}
        figures[f"{name}_shrunken"] = level - 0.02
    agreement = {"agreement_ad": 0.55, "agreement_percentile": 0.82, "rwg_uniform": 0.86, "rwg_skew": 0.78}
    return row | figures | agreement | {
        "respondents": float(respondents),
        "headcount": float(respondents + 2),
        "surplus": np.nan,
        "scored_individual": float(respondents),
        "scored_collective": float(respondents),
        "withheld": "",
    }  # fmt: skip


def _organization(verdicts: pd.DataFrame) -> Organization:
    rise = np.linspace(0, 1, len(PERIODS))
    by_period = pd.DataFrame(
        {
            "period": [period.label for period in PERIODS],
            "respondents": 236.0,
            "teams": 24.0,
            "individual": 3.30 + 0.18 * rise,
            "individual_low": 3.24 + 0.18 * rise,
            "individual_high": 3.36 + 0.18 * rise,
            "collective": 3.25 + 0.06 * rise,
            "collective_low": 3.17 + 0.06 * rise,
            "collective_high": 3.33 + 0.06 * rise,
        }
    )
    counts = verdicts["verdict"].value_counts()
    flagged = verdicts["flagged"] == 1
    return Organization(
        by_period=by_period,
        teams=len(verdicts),
        teams_tested=int((verdicts["verdict"] != "insufficient").sum()),
        flagged=int(flagged.sum()),
        watched=int(counts.get("watch", 0)),
        expected_false_flags=float((1 - verdicts.loc[flagged, "probability"]).sum()),
        expected_affected=float(verdicts["probability"].sum()),
        verdicts={str(name): int(count) for name, count in counts.items()},
        smallest_detectable_gain={
            4: {"flag": np.nan, "watch": 20.0},
            8: {"flag": 20.0, "watch": 13.0},
            12: {"flag": 17.0, "watch": 11.0},
            25: {"flag": 13.0, "watch": 9.0},
        },
        moved_together=False,
    )


def _scales() -> pd.DataFrame:
    figures = {
        "items": 3, "respondents": 236.0, "teams": 24.0, "missing_share": 0.02, "mean": 3.3, "sd": 0.8,
        "alpha": 0.84, "alpha_low": 0.80, "alpha_high": 0.87, "omega": 0.85,
        "icc1": 0.19, "icc1_low": 0.09, "icc1_high": 0.33, "icc2": 0.70, "ceiling_share": 0.03,
    }  # fmt: skip
    keys = [{"scale": scale, "period": period.label} for scale in (INDIVIDUAL, COLLECTIVE) for period in PERIODS]
    return pd.DataFrame([key | figures for key in keys])


def _changes() -> pd.DataFrame:
    rows = []
    for team in TEAMS:
        _, individual, collective, _, respondents = _gains(team)
        for scale, gain in ((INDIVIDUAL, individual / 25), (COLLECTIVE, collective / 25)):
            shown = np.isfinite(gain) and team != "Iris"
            rows.append(
                {
                    "team_id": team, "scale": scale,
                    "stayers": float(respondents - 3) if np.isfinite(gain) else np.nan,
                    "joiners": 3.0 if np.isfinite(gain) else np.nan, "leavers": 3.0 if np.isfinite(gain) else np.nan,
                    "change": gain,
                    "from_stayers": 0.7 * gain if shown else np.nan,
                    "from_joiners": 0.2 * gain if shown else np.nan,
                    "from_leavers": 0.1 * gain if shown else np.nan,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _events() -> pd.DataFrame:
    columns = ["team_id", "period", "date", "kind", "name", "outcome", "participants"]
    rows = [
        ("", "2025-Q2", "2025-05-02", "ai_rollout", "Assistant for everyone", "", np.nan),
        ("Atlas", "2025-Q4", "", "individual_training", "Prompting course", "done", 12.0),
        ("Cobalt", "2025-Q3", "", "shared_mastery", "Joint migration", "succeeded", 11.0),
    ]
    return pd.DataFrame(rows, columns=columns)


def _metrics() -> pd.DataFrame:
    rows = [
        (team, period.label, metric, base + at * step + TEAMS.index(team) % 4, unit, better)
        for team in TEAMS[:20]
        for at, period in enumerate(PERIODS)
        for metric, base, step, unit, better in (
            ("cycle_time", 9.0, -0.2, "days", False),
            ("deployments", 20.0, 0.5, "per quarter", True),
        )
    ]
    columns = ["team_id", "period", "metric", "value", "unit", "higher_is_better"]
    return pd.DataFrame(rows, columns=columns)
