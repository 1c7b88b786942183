"""Names by which reports that are not documents yet ask for numbers, money and terms."""

from __future__ import annotations

from tender_eval.languages import numbers
from tender_eval.languages.numbers import money
from tender_eval.report.terms.figures import figure_name
from tender_eval.report.terms.formulas import formula
from tender_eval.report.terms.scheme import asked, least, ties_in_words

__all__ = ["asked", "figure_name", "formula", "grouped", "least", "money", "ties_in_words"]


def grouped(text: str) -> str:
    """A number with signs between the thousands; any other text as it stands."""
    try:
        return numbers.grouped(text)
    except ValueError:
        return text
