"""What a scorer sees of the bids: columns by name, in whichever arithmetic the run uses."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.model.numeric import Array, Mask


class Reads(NamedTuple):
    """A column that a scorer reads, and what its values must be; the engine checks before it scores.

    Attributes:
        column: dotted name, such as ``price`` or ``marks.delivery``.
        better: ``lower`` or ``higher`` where one direction is better for the bidder, else empty.
        above: values must be greater than this.
        at_least, at_most: values must lie between these.
        one_of: values must be one of these (the marks of a scale).
        default: what a bid that is silent counts as; None makes the figure required.
    """

    column: str
    better: str = ""
    above: Fraction | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    one_of: tuple[Fraction, ...] = ()
    default: Fraction | None = None


class FigureError(Exception):
    """Raised by a scorer whose bids cannot be scored together, such as a mean price of zero.

    The engine reports it at the criterion; it is the bids' fault, not the scorer's. What can be said of one
    figure alone belongs into `Reads` instead, so that it is reported at the figure.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BidTable:
    """Columns of figures with bids on axis 0.

    In exact runs each column is an object array ``(bids,)`` of ``Fraction`` holding only the bids that are
    still in; in batch runs ``float64``, broadcastable to ``(bids, draws)``, with ``present`` saying who is.
    Columns are read-only.
    """

    __slots__ = ("_columns", "present")

    def __init__(self, columns: Mapping[str, Array], present: Mask) -> None:
        self._columns = columns
        self.present = present

    def column(self, name: str) -> Array:
        """A column that the scorer has declared in `Scorer.reads`.

        Raises:
            KeyError: the column was not declared; a fault of the scorer.
        """
        try:
            return self._columns[name]
        except KeyError:
            raise KeyError(f'reads the column "{name}" without declaring it in reads()') from None


class Steps:
    """Where a scorer or rule records its working. In batch runs nothing is kept."""

    kept = False
    """Whether anything is: to be asked where figures are costly to gather for the working alone."""

    def working(self, formula: str, **figures: object) -> None:
        """Record a formula in words and the figures that its names stand for.

        Each figure is a column ``(bids,)`` or one number for all bids: ``steps.working("lowest / price",
        lowest=low, price=prices)`` is shown as ``lowest / price = 9000 / 12000``. A figure named lowest,
        highest, best or worst that is one number for all is traced to the bid it belongs to.
        """
