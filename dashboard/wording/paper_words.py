"""
Words around the story where it is taken away as paper or as a page: names of parts, and how to move about.
"""

LANGUAGE = "en"
NOTES = "Behind this page"
PAGE_OF = "{at} of {all}"
FIGURES = "Show the figures"
STORY = "Slides"
BACK, ON = "Previous slide", "Next slide"
AS_SLIDES, AS_PAGE = "Show as slides", "Read as one page"
READ_MARKS = "Arrow keys move from mark to mark"
