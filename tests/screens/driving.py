"""
Driving the app without a browser, and reading what stands on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.screens import session

APP = Path(session.__file__).with_name("app.py")
TIMEOUT = 60  # s; a machine under load is slow to import plotly

Show = Callable[..., AppTest]


def opened(page: str = "start", **query: str) -> AppTest:
    """The app at one of its pages."""
    at = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    for name, value in query.items():
        at.query_params[name] = value
    if page != "start":
        at.run()
        at.switch_page(f"{page}.py")
    return at.run()


def words(at: AppTest) -> str:
    """Everything that is written on the page, one element a line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(at, kind))
