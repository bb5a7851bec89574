"""
A walk through the story on the stage, in a real Chromium: every slide of the example and of what is hard to show.

    python -m tests.screens.present_walk DIR                     all situations, both sizes, light and dark
    python -m tests.screens.present_walk DIR example "all flagged"   these alone

Slides are turned by the arrow key. Each is checked (`spills`: what is cut, lies on something else or is too small to be
read from the back of a room) and kept as a picture in DIR; the times from a key to the drawn slide are printed.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from tests.screens.browser import ROOT, browser, free_port, reader, settled, wait_until_it_answers
from tests.storyline.made import SITUATIONS

SIZES = ((1280, 720), (1920, 1080))
SPILLS = """
() => {
    const found = [], slide = document.querySelector('.slide'), box = slide.getBoundingClientRect();
    const unit = box.width / 1280, spare = 1.5 * unit;
    const say = (what, node) => found.push(`${what}: ${(node.textContent || node.className).trim().slice(0, 60)}`);
    const inside = (inner, outer) => inner.left >= outer.left - spare && inner.right <= outer.right + spare
        && inner.top >= outer.top - spare && inner.bottom <= outer.bottom + spare;
    const window_ = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
    if (!inside(box, window_)) say('outside the window', slide);
    if (document.scrollingElement.scrollHeight > innerHeight || document.scrollingElement.scrollWidth > innerWidth)
        found.push('the page scrolls');
    const body = slide.querySelector('.body').getBoundingClientRect();
    for (const node of slide.querySelectorAll('.body p, .body li, .body h2, .body table'))
        if (!inside(node.getBoundingClientRect(), body)) say('outside the slide', node);
    for (const node of slide.querySelectorAll('h1, p, li, h2, th, td, .frame, .words, .card'))
        if (node.scrollWidth > node.clientWidth + 1) say('cut', node);
    for (const node of slide.querySelectorAll('.frame, .source, .room'))
        if (node.scrollHeight > node.clientHeight + 2) say('cut', node);
    const smallest = [['h1', 36], ['.body p:not(.note), .body li, .body h2', 22], ['.body table', 18]];
    for (const [which, size] of smallest)
        for (const node of slide.querySelectorAll(which))
            if (parseFloat(getComputedStyle(node).fontSize) < size) say('too small', node);
    const plot = document.querySelector('[class*=st-key-stage-plot] .js-plotly-plot');
    if (plot) {
        const around = plot.getBoundingClientRect(), title = slide.querySelector('h1').getBoundingClientRect();
        if (around.top < title.bottom - spare) found.push('the plot lies on the title');
        const room = slide.querySelector('.room').getBoundingClientRect();
        if (!inside(around, room)) found.push('the plot leaves its room');
        for (const words of slide.querySelectorAll('.words'))
            if (around.right > words.getBoundingClientRect().left + spare) found.push('the plot lies on the words');
        for (const node of plot.querySelectorAll('svg text')) {
            if (!node.textContent.trim() || !node.getClientRects().length) continue;
            if (!inside(node.getBoundingClientRect(), around)) say('outside the plot', node);
            if (parseFloat(getComputedStyle(node).fontSize) < 18) say('too small', node);
        }
        const ticks = [...plot.querySelectorAll('.xtick text, .ytick text')].map(n => n.getBoundingClientRect());
        ticks.forEach((a, i) => ticks.slice(i + 1).forEach(b => {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 2 && high > 4 * unit) found.push('ticks lie on each other');
        }));
    }
    const bar = document.querySelector('.st-key-stage-bar').getBoundingClientRect();
    if (!inside(bar, box)) found.push('the buttons leave the slide');
    const source = slide.querySelector('.source').getBoundingClientRect();
    const count = document.querySelector('.count').getBoundingClientRect();
    if (count.left < source.right) found.push('the buttons lie on the source');
    return [...new Set(found)];
}
"""
"""What does not fit, by sentence; empty where all is well."""
DRAWN = """
number => {
    const count = document.querySelector('.count'), drawn = '[class*=st-key-stage-plot] .main-svg, .room table';
    return count && count.textContent.startsWith(`${number} `)
        && (!document.querySelector('.room') || document.querySelector(drawn))
        && !document.querySelector('[data-stale=true]');
}
"""


@contextlib.contextmanager
def hard_app(port: int) -> Iterator[str]:
    """The app with the stories of `tests.storyline.made`; its address."""
    command = [sys.executable, "-m", "tests.screens.hard_stories", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def opened(page: Page, address: str, situation: str, slide: str = "first") -> int:
    """Open the story of a situation on the stage; how many slides it has."""
    query = urlencode({"data": "example", "situation": situation, "slide": slide})
    page.goto(f"{address}/present?{query}")
    page.wait_for_selector(".slide h1")
    settled(page)
    return int(page.locator(".count").inner_text().split()[-1])


def drawn(page: Page, number: int) -> None:
    """Until the slide of this number is on the stage with its plot."""
    page.wait_for_function(DRAWN, arg=number)


def spills(page: Page) -> list[str]:
    """What does not fit on the slide that is shown."""
    return list(page.evaluate(SPILLS))


def turned(page: Page, slides: int) -> Iterator[tuple[int, float]]:
    """Every slide by the arrow key: its number, and the seconds from the key to the drawn slide."""
    yield 1, 0.0
    for number in range(2, slides + 1):
        begun = time.perf_counter()
        page.keyboard.press("ArrowRight")
        drawn(page, number)
        yield number, time.perf_counter() - begun


def walk(chromium: Browser, address: str, situation: str, folder: Path) -> list[float]:
    """All slides of a situation in both sizes and modes, as pictures; the times, and what does not fit, printed."""
    times: list[float] = []
    for mode in ("light", "dark"):
        for width, height in SIZES:
            page = reader(chromium, mode, width, height)
            slides = opened(page, address, situation)
            for number, seconds in turned(page, slides):
                times.extend([seconds] if number > 1 else [])
                page.wait_for_timeout(120)
                name = f"{situation.replace(' ', '-').replace(',', '')}-{mode}-{width}-{number:02d}.png"
                page.screenshot(path=folder / name)
                for spill in spills(page):
                    print(f"{name}: {spill}")
            page.context.close()
    return times


def main() -> None:
    """Walk through what was asked for."""
    folder, *asked = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    with hard_app(free_port()) as address, browser() as chromium:
        for situation in asked or SITUATIONS:
            times = walk(chromium, address, situation, Path(folder))
            print(f"{situation}: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s of {len(times)}")


if __name__ == "__main__":
    main()
