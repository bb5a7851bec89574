"""
Window: the two ends that the reader chose, kept for the whole visit and always in the address.

Links, the header and a reload each forget one of the two places where a choice can stand: the header drops the
address, a reload drops the session. So the choice stands in both, and what the address says is taken first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.screens import session

KEPT = "window"
ENDS = ("since", "until")

Ends = tuple[str | None, str | None]


def take_address() -> None:
    """Take the window that the address names; without one, the window of this visit stays."""
    said = {end: st.query_params[end] for end in ENDS if end in st.query_params}
    if said:
        st.session_state[KEPT] = said


def mark_address() -> None:
    """Write the window into the address of whatever page is open; the usual window needs no mark."""
    kept = chosen()
    for end in ENDS:
        if end in kept and st.query_params.get(end) != kept[end]:
            st.query_params[end] = kept[end]
        elif end not in kept and end in st.query_params and session.brought() is not None:
            del st.query_params[end]


def chosen() -> Mapping[str, str]:
    """The ends that the reader chose, as far as they are not the usual ones."""
    kept: Mapping[str, str] = st.session_state.get(KEPT, {})
    return kept


def keep(labels: Sequence[str], longest: int) -> None:
    """Forget what names no period of this survey and what is usual anyway; the address follows."""
    usual = dict(zip(ENDS, usual_ends(labels, longest), strict=True))
    kept = {end: label for end, label in chosen().items() if label in options(labels, end) and label != usual[end]}
    st.session_state[KEPT] = kept
    mark_address()


def choose(end: str) -> None:
    """Take what was chosen in the list of one end."""
    st.session_state[KEPT] = {**chosen(), end: str(st.session_state[end])}
    mark_address()


def options(labels: Sequence[str], end: str) -> Sequence[str]:
    """
    The periods that may be an end, so that a window always holds two.

    >>> options(["Q1", "Q2", "Q3"], "since"), options(["Q1", "Q2", "Q3"], "until")
    (['Q1', 'Q2'], ['Q2', 'Q3'])
    """
    return labels[:-1] if end == "since" else labels[1:]


def usual_ends(labels: Sequence[str], longest: int) -> tuple[str, str]:
    """The ends of the window as long as nothing is chosen: the latest periods."""
    return labels[-longest:][0], labels[-1]


def ends(labels: Sequence[str], longest: int, said: Mapping[str, str]) -> Ends:
    """
    The window to look at: what was said, as far as it is a window; `None` for an end that is the usual one.

    >>> ends(["Q1", "Q2", "Q3"], 6, {"since": "Q2"}), ends(["Q1", "Q2", "Q3"], 6, {"since": "Q3"})
    (('Q2', None), (None, None))
    """
    since, until = (said[end] if said.get(end) in options(labels, end) else None for end in ENDS)
    first, last = usual_ends(labels, longest)
    if len(labels) < 2 or backwards(labels, since or first, until or last):
        return None, None
    return None if since == first else since, None if until == last else until


def backwards(labels: Sequence[str], since: str, until: str) -> bool:
    """Whether a window would end before, or when, it begins."""
    return labels.index(since) >= labels.index(until)
