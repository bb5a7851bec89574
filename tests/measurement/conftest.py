"""Surveys made from arrays, and the reference figures of R."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from dashboard.measurement.scoring import person_scores
from dashboard.terms import Instrument, Scale, Settings, Survey, in_order

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

FILES = Path(__file__).parents[1] / "reference"
TRACKS = {"SE": "individual_efficacy", "CE": "collective_efficacy"}


class Reference:
    """Records and tables of `tests/reference`."""

    def ids(self, file: str) -> list[str]:
        return [record["id"] for record in _records(file)]

    def record(self, file: str, identity: str) -> dict[str, Any]:
        return next(record for record in _records(file) if record["id"] == identity)

    def value(self, file: str, identity: str) -> Any:
        return self.record(file, identity)["value"]

    def rows(self, file: str, identity: str, key: str) -> pd.DataFrame:
        """A record that is a table, by its key column; R's NA as nan."""
        table = pd.DataFrame(self.value(file, identity)).set_index(key)
        return table.replace({"NA": np.nan, "NaN": np.nan}).astype(float)

    def json(self, file: str) -> dict[str, Any]:
        return json.loads((FILES / f"{file}.json").read_text(encoding="utf-8"))

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(FILES / f"{name}.csv")


def _records(file: str) -> list[dict[str, Any]]:
    return json.loads((FILES / f"{file}.json").read_text(encoding="utf-8"))["records"]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()


@pytest.fixture(scope="session")
def synth(reference: Reference, survey_of: Callable[..., Survey]) -> Survey:
    """The synthetic survey of the reference figures."""
    table = reference.table("synth_survey")
    answers = {
        "individual_efficacy": table[[f"se{item}" for item in range(1, 6)]].to_numpy(float),
        "collective_efficacy": table[[f"ce{item}" for item in range(1, 6)]].to_numpy(float),
        "attribution_coordination": table[["att_coord"]].to_numpy(float),
        "attribution_heroics": table[["att_hero"]].to_numpy(float),
        "attribution_luck": table[["att_luck"]].to_numpy(float),
    }
    return survey_of(team=table["team_id"], period=table["quarter"], respondent=table["respondent_id"], answers=answers)


@pytest.fixture(scope="session")
def synth_scores(reference: Reference) -> pd.DataFrame:
    """Person scores SE and CE of the synthetic survey, a row per response."""
    table = reference.table("synth_survey")
    for track, name in TRACKS.items():
        items = tuple(f"{track.lower()}{item}" for item in range(1, 6))
        scale = Scale(name=name, items=items, minimum=1, maximum=5)
        table[track] = person_scores(table[list(items)].to_numpy(float), scale, Settings())
    return table


@pytest.fixture(scope="session")
def survey_of() -> Callable[..., Survey]:
    """A survey from labels and answers; scales that are not given have one item that nobody answered."""
    return _survey


@pytest.fixture(scope="session")
def shuffled() -> Callable[[Survey, int], Survey]:
    """The same survey with its rows in another order."""
    return _shuffled


def _survey(
    *,
    team: Sequence[Any],
    answers: Mapping[str, Any],
    period: Sequence[str] | None = None,
    respondent: Sequence[Any] | None = None,
    bounds: tuple[float, float] = (1, 5),
    reversed_items: Sequence[str] = (),
) -> Survey:
    rows = len(team)
    given = {name: np.asarray(answers.get(name, np.full((rows, 1), np.nan)), float) for name in TRACKS.values()}
    given |= {name: np.asarray(values, float) for name, values in answers.items()}
    teams, of_team = np.unique(np.asarray(team, dtype=str), return_inverse=True)
    periods = in_order(period if period is not None else ["2026-Q1"])
    labels = [each.label for each in periods]
    texts = period if period is not None else ["2026-Q1"] * rows
    of_period = np.array([labels.index(in_order([text])[0].label) for text in texts], dtype=np.int32)
    respondents, of_respondent = np.unique(
        np.asarray(respondent if respondent is not None else [], dtype=str), return_inverse=True
    )
    order = np.lexsort((of_respondent if respondent is not None else np.arange(rows), of_team, of_period))
    survey = Survey(
        instrument=Instrument(
            scales={name: _scale(name, np.shape(values)[1], bounds, reversed_items) for name, values in given.items()}
        ),
        teams=tuple(str(name) for name in teams),
        periods=periods,
        team=of_team.astype(np.int32),
        period=of_period,
        respondent=(of_respondent if respondent is not None else np.full(rows, -1)).astype(np.int32),
        respondents=respondents.astype(object),
        answers={name: np.asfortranarray(_stored(values)) for name, values in given.items()},
        segments=pd.DataFrame(index=range(rows)),
    )
    return _in_order(survey, order)


def _stored(values: np.ndarray) -> np.ndarray:
    whole = (values == np.rint(values)) | np.isnan(values)
    return values.astype(np.float32) if whole.all() else values


def _scale(name: str, items: int, bounds: tuple[float, float], reversed_items: Sequence[str]) -> Scale:
    names = tuple(f"{name}_{item}" for item in range(1, items + 1))
    turned = tuple(item for item in reversed_items if item in names)
    return Scale(name=name, items=names, minimum=bounds[0], maximum=bounds[1], reversed=turned)


def _in_order(survey: Survey, order: np.ndarray) -> Survey:
    return replace(
        survey,
        team=survey.team[order],
        period=survey.period[order],
        respondent=survey.respondent[order],
        answers={name: np.asfortranarray(values[order]) for name, values in survey.answers.items()},
    )


def _shuffled(survey: Survey, seed: int) -> Survey:
    return _in_order(survey, np.random.default_rng(seed).permutation(survey.responses))
