"""
The README's four pictures, of the running app over the example: `python -m tests.screens.pictures` draws them anew.
"""

from __future__ import annotations

from playwright.sync_api import Browser

from dashboard import samples
from tests.screens.browser import browser, free_port, reader, running_app, settled

FOLDER = samples.folder() / "pictures"
WIDTH = 1280  # px
PICTURES = {  # name → address of the view, height in px
    "overview": ("overview?data=example", 1130),
    "team": ("team?data=example&team=Firmware", 1000),
    "contrast": ("contrast?data=example", 1130),
    "present": ("present?data=example&slide=map", 720),
}


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with running_app(free_port()) as address, browser() as chromium:
        for name in PICTURES:
            draw(chromium, address, name)
            print(FOLDER / f"{name}.png")


def draw(chromium: Browser, address: str, name: str) -> None:
    """One view as a reader without a past sees it, nothing under the pointer."""
    view, height = PICTURES[name]
    page = reader(chromium, width=WIDTH, height=height)
    page.goto(f"{address}/{view}")
    page.wait_for_selector("h1")
    settled(page)
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


if __name__ == "__main__":
    main()
