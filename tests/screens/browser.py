"""
A real browser at the real app: started by the README's command, watched for every request and every error.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
ROOT = Path(__file__).parents[2]
AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
BUSY = "[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]"
PATIENCE = 60_000  # ms
# Streamlit's own: the upload's drop zone carries both a presentation role and a label; minor, and not ours to change.
NOT_OURS = {("presentation-role-conflict", "stFileUploaderDropzone")}


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running_app(port: int, *more: str) -> Iterator[str]:
    """The app as the README starts it, with more options; its address."""
    command = [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(port), *more]
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the app serves its health page."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        assert process.poll() is None, f"the app ended with status {process.returncode}"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health") as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the app did not answer within a minute")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium of this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


def reader(chromium: Browser, mode: str = "light", width: int = 1440, height: int = 900) -> Page:
    """A page of a reader without a past."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if mode == "dark" else "light"
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Requests that leave this machine, and errors of the console; both grow as the page lives."""
    outside: list[str] = []
    errors: list[str] = []

    def asked(request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            outside.append(request.url)

    page.on("request", asked)
    page.on("websocket", lambda socket: asked(socket))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return outside, errors


def settled(page: Page) -> None:
    """Until nothing runs any more and every chart is drawn."""
    page.wait_for_timeout(200)
    page.wait_for_function(f"() => document.querySelector('h1') && !document.querySelector('{BUSY}')")
    page.wait_for_timeout(200)


def barriers(page: Page) -> list[str]:
    """What axe finds on the page, less what is Streamlit's own."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document)")["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in node["html"] for name, part in NOT_OURS)
    ]
