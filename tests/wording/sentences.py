"""
Every sentence of the dashboard: read from its source, and rendered over all states and the extremes of numbers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2] / "dashboard"
ROOMS = ("wording", "designs", "screens", "charts", "reports")
FILLED = "…"  # stands where a figure or a name is filled in


class Sentence(NamedTuple):
    """A text that a reader can meet, and the file or the function it comes from."""

    place: str
    text: str


def written() -> list[Sentence]:
    """Every text in the source of the rooms that speak to a reader; docstrings are not read by one."""
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return [Sentence(_place(file), text) for file in files for text in texts(file.read_text(encoding="utf-8"))]


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def texts(source: str) -> Iterator[str]:
    """Constants and filled-in texts of a module, pieces that belong together joined, without its docstrings."""
    tree = ast.parse(source)
    skipped = {id(node) for owner in ast.walk(tree) for node in _docstring(owner)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else FILLED for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped | inside:
            yield node.value


def _docstring(owner: ast.AST) -> list[ast.AST]:
    if not isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef) or not owner.body:
        return []
    first = owner.body[0]
    return [first.value] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else []
