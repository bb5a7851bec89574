"""
Every sentence and number format that a reader meets. Decides nothing; reads released figures only.

`escape` is the one place where text from data is made harmless.
"""

from dashboard.wording import escape, gates_words, numbers
from dashboard.wording.glossary import GLOSSARY
from dashboard.wording.headline import headline
from dashboard.wording.inspections import inspection_summary
from dashboard.wording.verdicts import VERDICTS, Words, evidence, questions, with_evidence, words

__all__ = [
    "GLOSSARY",
    "VERDICTS",
    "Words",
    "escape",
    "evidence",
    "gates_words",
    "headline",
    "inspection_summary",
    "numbers",
    "questions",
    "with_evidence",
    "words",
]
