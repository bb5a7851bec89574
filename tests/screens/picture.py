"""
The README's picture: the overview of the example organisation, drawn anew by `python -m tests.screens.picture`.
"""

from __future__ import annotations

from dashboard import samples
from tests.screens.browser import browser, free_port, reader, running_app, settled

PICTURE = samples.folder() / "overview.png"
WIDTH, HEIGHT = 1280, 1130


def main() -> None:
    """Write the picture beside the example's files."""
    with running_app(free_port()) as address, browser() as chromium:
        page = reader(chromium, width=WIDTH, height=HEIGHT)
        page.goto(f"{address}/overview?data=example")
        page.wait_for_selector("h1")
        settled(page)
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)
    print(PICTURE)


if __name__ == "__main__":
    main()
