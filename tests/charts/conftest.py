"""The made diagnosis of the screens' tests, for charts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "screens"))

import made

from dashboard.disclosure import Released


@pytest.fixture(scope="session")
def released() -> Released:
    """26 teams × 6 periods with every state."""
    return made.released()
