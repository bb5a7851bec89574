"""
Speed as a reader meets it: how long a page takes to appear, and how long every control takes until nothing moves.

    python -m tests.screens.speed               the example organisation, and one of 500 teams over six periods
    python -m tests.screens.speed --times 11    more repetitions

In a real Chromium beside the app on the same machine. First paint is the browser's own first contentful paint; a page
is there when its headline is and nothing runs any more. An interaction takes from the click to the last change of the
page before it rests for `REST`. Medians and slowest are printed; nothing is asserted, as seconds belong to a machine.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from dashboard import samples
from dashboard.wording import app_words
from tests.screens.browser import ROOT, browser, free_port, reader, running_app, settled

GENERATOR = samples.folder() / "generate.py"
LARGE = ("--teams", "500", "--people", "4500", "--periods", "6")
REST = 400  # ms without a change of the page
GOAL_PAINT, GOAL_INTERACTION = 2.0, 0.3  # seconds
WATCH = """
    () => {
        const watch = window.watch = {begun: 0, changed: 0};
        new MutationObserver(() => { watch.changed = performance.now() })
            .observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
        for (const kind of ["pointerdown", "keydown"])
            document.addEventListener(kind, () => { watch.begun = watch.changed = performance.now() }, true);
    }
"""
RESTS = (
    "rest => window.watch.begun && performance.now() - window.watch.changed > rest"
    " && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')"
)
Step = Callable[[Page, int], None]


def main() -> None:
    """Print a table for each organisation."""
    options = argparse.ArgumentParser(description="how fast the app is in a browser")
    options.add_argument("--times", type=int, default=7, help="repetitions of every step (default 7)")
    times = options.parse_args().times
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        with running_app(free_port()) as address:
            report("example organisation", chromium, address, "data=example", times)
        with running_app(free_port(), "--workspace", str(large(Path(folder)))) as address:
            report("500 teams, six periods", chromium, address, "", times)


def large(folder: Path) -> Path:
    """A workspace that keeps an organisation of 500 teams."""
    brought, workspace = folder / "brought", folder / "workspace"
    run = partial(subprocess.run, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run([sys.executable, str(GENERATOR), *LARGE, "--out", str(brought)])
    beside = ["--performance", str(brought / "performance.csv"), "--events", str(brought / "events.csv")]
    given = [str(brought / "survey.csv"), "--instrument", str(brought / "instrument.toml"), *beside]
    run([sys.executable, "-m", "dashboard", "history", "import", *given, "--workspace", str(workspace)])
    return workspace


def report(title: str, chromium: Browser, address: str, query: str, times: int) -> None:
    """First visits to every page, then everything a reader can move on it."""
    print(f"\n{title}; medians of {times} (slowest), seconds\n", flush=True)
    for name in app_words.PAGES:
        paints, wholes = zip(*(_visit(chromium, _to(address, name, query)) for _ in range(times)), strict=True)
        _line(f"{name}: first paint", paints, GOAL_PAINT)
        _line(f"{name}: whole page", wholes, GOAL_PAINT)
    everything: list[float] = []
    for name, label, step in STEPS:
        with _opened(chromium, _to(address, name, query)) as page:
            took = [_took(page, step, at) for at in range(times)]
        _line(label, took, GOAL_INTERACTION)
        everything.extend(took)
    _line("all interactions", everything, GOAL_INTERACTION)


def _to(address: str, view: str, query: str) -> str:
    """The address of a view: the name of a page, perhaps with a query of its own."""
    name, _, own = view.partition("?")
    return f"{address}/{'' if name == 'start' else name}?{'&'.join(filter(None, (own, query)))}"


def _visit(chromium: Browser, address: str) -> tuple[float, float]:
    """Seconds to the first contentful paint, and until the page is whole, of a reader without a past."""
    page = reader(chromium)
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', {WATCH})")
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_function(RESTS.replace("window.watch.begun && ", ""), arg=REST)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    whole = page.evaluate("window.watch.changed")
    page.context.close()
    return paint / 1000, whole / 1000


@contextlib.contextmanager
def _opened(chromium: Browser, address: str) -> Iterator[Page]:
    page = reader(chromium)
    page.goto(address)
    settled(page)
    page.evaluate(WATCH)
    yield page
    page.context.close()


def _took(page: Page, step: Step, at: int) -> float:
    """From the last click or key of a step until the page rests."""
    page.evaluate("() => { window.watch.begun = 0 }")
    step(page, at)
    page.wait_for_function(RESTS, arg=REST)
    took: float = page.evaluate("(window.watch.changed - window.watch.begun) / 1000")
    return took


def _line(label: str, seconds: list[float] | tuple[float, ...], goal: float) -> None:
    middle = statistics.median(seconds)
    beyond = "" if middle <= goal else f"   beyond {goal:g}"
    print(f"{label:44} {middle:6.2f} ({max(seconds):.2f}){beyond}", flush=True)


# ── what a reader moves ──────────────────────────────────────────────────────────────────────────


def _listed(label: str, page: Page, at: int) -> None:
    """Choose another entry of a list."""
    page.get_by_role("combobox", name=label).first.click()
    entries = page.get_by_role("option")
    entries.first.wait_for()
    entries.nth(at % 2).click()


def _key(label: str, page: Page, at: int) -> None:
    """Move a slider by its keys."""
    page.get_by_role("slider").first.press("ArrowRight" if at % 2 else "ArrowLeft")


def _switched(names: tuple[str, str], page: Page, at: int) -> None:
    """Choose another page in the header."""
    page.get_by_test_id("stTopNavLinkContainer").get_by_text(names[at % 2], exact=True).click()


def _next_slide(page: Page, _: int) -> None:
    page.keyboard.press("ArrowRight")


def _titles(*names: str) -> tuple[str, str]:
    first, second = (app_words.PAGES[name][0] for name in names)
    return first, second


STEPS: tuple[tuple[str, str, Step], ...] = (
    ("overview", "overview: another beginning", partial(_listed, app_words.FROM)),
    ("overview", "overview: find a team", partial(_listed, "Find a team")),
    ("overview", "overview: another agreed share", partial(_key, "")),
    ("contrast", "contrast: another order", partial(_listed, "Order of the rows")),
    ("team", "team: another team", partial(_listed, "Choose a team")),
    ("overview", "overview ↔ contrast", partial(_switched, _titles("contrast", "overview"))),
    ("overview", "overview ↔ method", partial(_switched, _titles("method", "overview"))),
    ("goes", "what goes with it ↔ team", partial(_switched, _titles("team", "goes"))),
    ("present?slide=headline", "present: next slide", _next_slide),
)


if __name__ == "__main__":
    main()
