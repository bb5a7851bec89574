"""
Words around the story where it is taken away as paper or as a page: names of parts, and how to move about.
"""

LANGUAGE = "en"
NOTES = "Behind this page"
PAGE_OF = "{at} of {all}"
FIGURES = "Show the figures"
FIGURES_OF = "Figures: {title}"
STORY = "All slides"
MOVE = "Moving between slides"
BACK, ON = "Previous slide", "Next slide"
AS_SLIDES, AS_PAGE = "Show as slides", "Read as one page"
READ_MARKS = "Point at a mark, or reach it by Tab and the arrow keys, to read its figures."
