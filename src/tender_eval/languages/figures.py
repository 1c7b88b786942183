"""What bids are ranked by, in words: its name alone, and with what it comes to."""

from __future__ import annotations

from tender_eval.languages.formulas import message
from tender_eval.model.explanation.formulas import OwnWords
from tender_eval.model.explanation.labels import RankedFigure


def ranked_name(of: RankedFigure, language: str = "") -> str:
    """What the figure that bids are ranked by is called."""
    return of.text if isinstance(of, OwnWords) else message(f"figure.{of.value}", language)


def with_value(of: RankedFigure, value: str, language: str = "") -> str:
    """A printed figure with what it is: ``97.27 points``, ``a price of 9,000.00``."""
    if isinstance(of, OwnWords):
        return message("figure with.own", language, value=value, figure=of.text)
    return message(f"figure with.{of.value}", language, value=value)
