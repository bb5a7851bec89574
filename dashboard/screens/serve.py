"""
Serve: starts the app's server on this machine alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from dashboard import samples
from dashboard.screens import kept

SCRIPT = Path(__file__).with_name("app.py")


def serve(port: int, open_browser: bool, workspace: Path | None = None) -> None:
    """
    Run the app until it is stopped.

    Parameters
    ----------
    port : of 127.0.0.1.
    open_browser : whether to open the reader's browser at it.
    workspace : the folder in which what was brought is kept; nothing is kept without one.
    """
    if workspace is not None:
        os.environ[kept.VARIABLE] = str(workspace.resolve())
    # Streamlit reads `.streamlit/config.toml` beside the file that started it, so it is told one that lies there.
    sys.argv = [str(samples.shipped() / "dashboard.py")]
    app = st.App(SCRIPT, middleware=[Middleware(GZipMiddleware, minimum_size=1000)])
    app.run(config={"server.port": port, "server.headless": not open_browser})
