"""
What ships beside the code: the example organisation and the app's configuration.

In a clone they lie at its top level; in an installed package they lie inside it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

FILES = ("survey.csv", "performance.csv", "events.csv", "structures.csv", "roster.csv", "instrument.toml", "truth.csv")


def shipped() -> Path:
    """The folder that holds `.streamlit/` and `data/samples/`."""
    inside = Path(__file__).parent / "_shipped"
    return inside if inside.is_dir() else Path(__file__).parent.parent


def folder() -> Path:
    """The folder of the example organisation's files."""
    return shipped() / "data" / "samples"


def write(target: Path) -> tuple[Path, ...]:
    """
    Copy the example organisation's files to a folder, which is made where it is missing.

    Raises
    ------
    OSError : when the folder cannot be written.
    """
    target.mkdir(parents=True, exist_ok=True)
    return tuple(Path(shutil.copyfile(folder() / name, target / name)) for name in FILES)
