"""The first slide says the numbers of the overview, as they are written there."""

import io

from pptx import Presentation

from dashboard.reports.slides import slides
from tests.screens.conftest import show
from tests.screens.driving import Show
from tests.storyline import made

__all__ = ["show"]


def test_the_figures_of_the_overview_are_those_of_the_first_slide(show: Show) -> None:
    overview = show("overview", made.released("made"))
    headline = Presentation(io.BytesIO(slides(made.deck("made")))).slides[0]
    written = [shape.text_frame.text.split("\n") for shape in headline.shapes if shape.has_text_frame]
    figures = {paragraphs[0]: paragraphs[1] for paragraphs in written if len(paragraphs) > 1}
    shown = {metric.label: metric.value for metric in overview.metric if metric.label in figures}
    assert list(shown) == ["Individual efficacy", "Collective efficacy", "Expected false alarms"]
    assert {label: figures[label] for label in shown} == shown
