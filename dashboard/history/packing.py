"""
Packing: a record as the compressed table that is kept, and back.

What is kept is what was accepted: teams, periods, pseudonyms in place of respondent ids, segments and answers as they
were understood; never the raw file, so that a column nobody needs, or one of personal data, never reaches the disk.
A table is Parquet with zstd; every name in it is a dictionary that holds no name which no row has.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from dashboard.history.pseudonyms import Pseudonyms
from dashboard.history.records import Record, table_of
from dashboard.terms import Instrument, Survey

Codes = npt.NDArray[np.int32]
_SEGMENT, _ANSWER = "segment/", "answer/"
RANK = "rank"
"""
(rows,) place of the person in the order of the ids, which pseudonyms do not keep. Sums over persons come out the same
to the last digit only in the same order.
"""
PERSON = {"survey": "respondent", "performance": "respondent_id"}
"""Kinds whose rows may belong to a person: the column of the pseudonym."""


def packed(record: Record, pseudonyms: Pseudonyms | None) -> pa.Table:
    """
    The table to keep.

    Parameters
    ----------
    pseudonyms : needed where the record names persons.
    """
    if isinstance(record, Survey):
        return _packed_survey(record, pseudonyms)
    table = table_of(record)
    if "respondent_id" in table.columns:
        table = table.assign(respondent_id=_hidden(table["respondent_id"], pseudonyms))
    arrays = {str(name): _column(table[name]) for name in table.columns}
    return pa.table(arrays)


def names_persons(record: Record) -> bool:
    """Whether any row belongs to a person with an id."""
    if isinstance(record, Survey):
        return record.identified
    table = table_of(record)
    return "respondent_id" in table.columns and bool((table["respondent_id"] != "").any())


def to_bytes(table: pa.Table) -> bytes:
    """The table in a form that stays readable for others: Parquet with zstd."""
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def from_bytes(content: bytes) -> pa.Table:
    """The table that `to_bytes` wrote."""
    return pyarrow.parquet.read_table(pa.BufferReader(content), use_threads=False)


def digest_of(content: bytes) -> str:
    """The sha256 of a kept table, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def without(table: pa.Table, rows: npt.NDArray[np.bool_]) -> pa.Table:
    """The table without some rows, and without any name that only they held."""
    left = table.filter(pa.array(~rows))
    columns = {
        field.name: left[field.name].cast(field.type.value_type).combine_chunks().dictionary_encode()
        if pa.types.is_dictionary(field.type)
        else left[field.name].combine_chunks()
        for field in left.schema
    }
    return pa.table(columns)


# ── a survey ──────────────────────────────────────────────────────────────────────────────────────


def _packed_survey(survey: Survey, pseudonyms: Pseudonyms | None) -> pa.Table:
    people = _hidden(survey.respondents, pseudonyms)
    columns: dict[str, Any] = {
        "team": _dictionary(survey.team, survey.teams),
        "period": _dictionary(survey.period, [period.label for period in survey.periods]),
        "respondent": _dictionary(survey.respondent, people),
        RANK: pa.array(survey.respondent.astype(np.int32)),
    }
    for name in survey.segments.columns:
        values = survey.segments[name].cat
        columns[f"{_SEGMENT}{name}"] = _dictionary(values.codes.to_numpy(), values.categories)
    for place, scale in enumerate(survey.instrument.scales):
        for item in range(survey.answers[scale].shape[1]):
            columns[f"{_ANSWER}{place}/{item}"] = pa.array(np.ascontiguousarray(survey.answers[scale][:, item]))
    return pa.table(columns)


def unpacked_answers(table: pa.Table, instrument: Instrument) -> dict[str, npt.NDArray[np.floating]]:
    """Scale → (rows, items) answers, as they were given."""
    out = {}
    for place, (name, scale) in enumerate(instrument.scales.items()):
        columns = [table[f"{_ANSWER}{place}/{item}"].to_numpy() for item in range(len(scale.items))]
        out[name] = np.asfortranarray(np.column_stack(columns))
    return out


def segments(table: pa.Table) -> dict[str, tuple[Codes, npt.NDArray[np.object_]]]:
    """Segment → codes and values, as `coded` gives them."""
    named = [name for name in table.column_names if name.startswith(_SEGMENT)]
    return {name.removeprefix(_SEGMENT): coded(table, name) for name in named}


def coded(table: pa.Table, name: str) -> tuple[Codes, npt.NDArray[np.object_]]:
    """(rows,) codes into the values of a column of names, −1 where there is none; and the values."""
    column = table[name].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().chunk(0) if column.num_chunks else pa.array([], column.type)
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    values = np.empty(len(column.dictionary), dtype=object)
    values[:] = column.dictionary.to_pylist()
    return codes, values


def teams(table: pa.Table) -> set[tuple[str, str]]:
    """(team, period) of a kept table."""
    (team, names), (period, labels) = coded(table, "team"), coded(table, "period")
    return pairs(team, names.tolist(), period, labels.tolist())


def persons(table: pa.Table, period: str) -> tuple[frozenset[str], int]:
    """The pseudonyms in one period of a kept survey, and the number of its rows without one."""
    (when, labels), (person, names) = coded(table, "period"), coded(table, "respondent")
    there = person[np.array([*(label == period for label in labels), False])[when]]
    return frozenset(names[np.unique(there[there >= 0])].tolist()), int((there < 0).sum())


def pairs(team: Codes, names: Sequence[str], period: Codes, labels: Sequence[str]) -> set[tuple[str, str]]:
    """The teams that some row has in a period, each once."""
    distinct = np.unique(period.astype(np.int64) * (len(names) + 1) + team).tolist()
    return {(names[key % (len(names) + 1)], labels[key // (len(names) + 1)]) for key in distinct}


def _dictionary(codes: npt.NDArray[Any], values: Any) -> pa.Array:
    """Names by code, −1 for none; only names that some row has."""
    used, place = np.unique(codes[codes >= 0], return_inverse=True)
    compact = np.full(len(codes), -1, dtype=np.int32)
    compact[codes >= 0] = place
    names = [str(values[code]) for code in used.tolist()]
    indices = pa.array(compact, mask=compact < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, type=pa.string()))


def _hidden(respondents: Any, pseudonyms: Pseudonyms | None) -> npt.NDArray[np.object_]:
    """The ids as pseudonyms, each worked out once."""
    codes, distinct = pd.factorize(np.asarray(respondents, dtype=object))
    names = np.empty(len(distinct), dtype=object)
    names[:] = [""] * len(distinct) if pseudonyms is None else pseudonyms.of(map(str, distinct))
    return names[codes]


# ── what stands beside it ─────────────────────────────────────────────────────────────────────────


def _column(column: pd.Series) -> pa.Array:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return pa.array(column.to_numpy())
    return pa.array([str(value) for value in column], type=pa.string()).dictionary_encode()


def frame(table: pa.Table) -> pd.DataFrame:
    """The rows as `intake` gives them."""
    columns = {}
    for name in table.column_names:
        if pa.types.is_dictionary(table.schema.field(name).type):
            codes, values = coded(table, name)
            columns[name] = values[codes] if len(values) else values
        else:
            columns[name] = table[name].to_numpy()
    return pd.DataFrame(columns)
