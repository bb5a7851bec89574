"""Small surveys made for the tests, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ITEMS = ("se_1", "se_2", "se_3", "ce_1", "ce_2", "ce_3")
HEADER = ("respondent_id", "team_id", "quarter", *ITEMS)


def rows(teams: int = 3, members: int = 6, quarters: Sequence[str] = ("2026-Q1", "2026-Q2")) -> list[list[str]]:
    """Answers 1–5 that differ from person to person and hold every option."""
    made = []
    for quarter in quarters:
        for team in range(teams):
            for member in range(members):
                answers = [str((team + 2 * member + place * place + ord(quarter[-1])) % 5 + 1) for place in range(6)]
                made.append([f"p{team}{member:02d}", f"Team {team + 1}", quarter, *answers])
    return made


def text(records: Iterable[Sequence[str]], header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """CSV without quotes."""
    return "".join(delimiter.join(record) + "\n" for record in [header, *records])


def survey(**how: object) -> bytes:
    """A well-formed survey."""
    return text(rows(**how)).encode()  # type: ignore[arg-type]
