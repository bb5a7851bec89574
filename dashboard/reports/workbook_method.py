"""
The sheet on the method: what each column is, what these data can carry, the settings, and what may not be claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.disclosure import Released
from dashboard.wording import headline, method_words, overview_words, settings_words, team_words, workbook_words

Section = tuple[str, Sequence[str], Sequence[Sequence[object]]]


def sections(released: Released, columns: Sequence[Sequence[str]]) -> Iterator[Section]:
    """Title, headings and rows of each part; `columns`: sheet, heading, name, meaning and unit of every column."""
    titles = iter(workbook_words.SECTIONS)
    said = [(text,) for text in (overview_words.scope(released), workbook_words.GREY, workbook_words.ROUNDED)]
    yield headline(released), (), said
    yield next(titles), workbook_words.COLUMN_HEADINGS, columns
    gates = method_words.gate_lines(released.gates, released.settings)
    yield next(titles), method_words.GATE_COLUMNS, gates.to_numpy().tolist()
    settings = settings_words.settings_table(released.settings)
    yield next(titles), settings_words.COLUMNS, settings.to_numpy().tolist()
    caveats = [
        overview_words.said(overview_words.NOT_ALL_WELL, released),
        *team_words.CANNOT_TELL,
        method_words.INTERVALS,
    ]
    yield next(titles), (), [(caveat,) for caveat in caveats]
    yield next(titles), method_words.NOT_SAID_COLUMNS, method_words.NOT_SAID
    files = sorted((file.kind, file.name, file.rows, file.digest) for file in released.files)
    yield next(titles), workbook_words.FILE_HEADINGS, [(name, kind, rows, digest) for kind, name, rows, digest in files]
