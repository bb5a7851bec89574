"""
The app with other stories: `?situation=NAME` shows one of `tests.storyline.made.SITUATIONS` in the place of the files
that are open. For pictures and checks of what is hard to show.

    python -m tests.screens.hard_stories 8620      serves it on this port until it is stopped
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboard.screens import session
from dashboard.screens.serve import serve
from tests.storyline import made

T = TypeVar("T")


def instead(own: Callable[..., T], theirs: Callable[[str], T]) -> Callable[..., T]:
    """What the address asks for; of one's own files where it asks for nothing."""

    def found(*args: object) -> T:
        situation = st.query_params.get("situation")
        return own(*args) if situation is None else theirs(situation)

    return found


if __name__ == "__main__":
    session.released = instead(session.released, made.released)
    session.periods = instead(session.periods, lambda situation: made.released(situation).periods)
    session.goes_with = instead(session.goes_with, made.goes)
    session.story = instead(session.story, made.deck)
    serve(int(sys.argv[1]), open_browser=False)
