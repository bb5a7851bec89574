"""
Screens without a browser: the real app through AppTest, over the made diagnosis or over real files.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.disclosure import Released
from dashboard.intake import NamedBytes
from dashboard.screens import session
from dashboard.terms import Period
from tests.screens import made
from tests.screens.driving import Show, opened


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Show:
    """The app with nothing open."""
    monkeypatch.setattr(session, "example_is_here", lambda: True)
    return opened


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """The app over a made diagnosis: `show(page, released, **query)`."""

    def over(page: str, released: Released | None = None, **query: str) -> AppTest:
        found = released or made.released()

        def whatever(*_: object) -> Released:
            return found

        def periods(_: session.Brought) -> tuple[Period, ...]:
            return found.periods

        brought = session.Brought(files={"survey": (NamedBytes("survey.csv", b"made"),)})
        monkeypatch.setattr(session, "released", whatever)
        monkeypatch.setattr(session, "periods", periods)
        monkeypatch.setattr(session, "brought", lambda: brought)
        return opened(page, **query)

    return over
