"""The made diagnosis of the screens' tests, for charts."""

from __future__ import annotations

import pytest

from dashboard.disclosure import Released
from tests.screens import made


@pytest.fixture(scope="session")
def released() -> Released:
    """26 teams × 6 periods with every state."""
    return made.released()
