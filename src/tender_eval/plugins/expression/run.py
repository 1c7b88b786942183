"""One evaluation of an expression: the figures, in either arithmetic, and which bids count just now."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.digits import shown
from tender_eval.model.enclosure import fraction
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import BidTable, FigureError

if TYPE_CHECKING:
    from tender_eval.plugins.tally import Tally


class Run:
    """One evaluation of an expression.

    Attributes:
        active: the bids whose figures count where the expression stands just now; in a branch of a choice only
            those that take it. What goes wrong elsewhere is of no consequence.
        scored: the bids whose score the expression sets at all.
        found: what was worked out over all bids, by the text of the call.
        tally: the points, where it is the expression of an award rule.
    """

    __slots__ = ("_columns", "active", "bids", "exact", "found", "present", "scored", "tally")

    def __init__(
        self, bids: BidTable, columns: tuple[str, ...], scored_alone: bool = False, tally: Tally | None = None
    ) -> None:
        self.bids = bids
        self.tally = tally
        self.present: Mask = bids.present
        self.active: Mask = bids.present
        if scored_alone:  # an only bid gets its published score, whatever the formula makes of it
            self.active = bids.present & (bids.present.sum(axis=0) > 1)
        self.scored = self.active
        self.exact = numeric.is_exact(bids.column(columns[0])) if columns else bids.present.ndim == 1
        self.found: dict[str, Any] = {}
        self._columns = columns

    def constant(self, value: Fraction | int) -> Any:
        """A number in the arithmetic of the run."""
        return fraction(value) if self.exact else float(value)

    def within(self, active: Mask, part: NodeFunction) -> Any:
        """The value of a part where only these bids count."""
        before, self.active = self.active, active
        value = part(self)
        self.active = before
        return value

    def spread(self, value: Any) -> Array:
        """A value as one score for each bid."""
        if self.exact:
            return value if isinstance(value, np.ndarray) else numeric.exact_array([value] * len(self.present))
        array = np.asarray(value, dtype=np.float64)
        return array if array.ndim == 2 else np.broadcast_to(array, self.present.shape)

    @property
    def points(self) -> Tally:
        """The points of the bids.

        Raises:
            TypeError: there are none yet, for it is a criterion that is scored.
        """
        if self.tally is None:
            raise TypeError("the expression of a scorer speaks of points, which only award rules see")
        return self.tally

    def figures_at(self, place: tuple[int, ...], shape: tuple[int, ...]) -> str:
        """The figures of the bid at one place, for people."""
        return ", ".join(
            f"{name} = {shown(np.broadcast_to(self.bids.column(name), shape)[place])}" for name in self._columns
        )


NodeFunction = Callable[[Run], Any]


def blame(run: Run, bad: Any, message: str, hint: str = "", values: Array | None = None) -> None:
    """Raise what is wrong, with the figures of the first bid that is concerned; nothing if none is.

    Args:
        message: ``{}`` in it stands for that bid's value.

    Raises:
        FigureError: some bid that counts here is concerned.
    """
    concerned = np.logical_and(run.active, bad)
    if not concerned.any():
        return
    place = tuple(int(i) for i in np.argwhere(concerned)[0])
    if values is not None:
        message = message.replace("{}", shown(np.broadcast_to(values, concerned.shape)[place]))
    figures = run.figures_at(place, concerned.shape)
    raise FigureError(f"{message} where {figures}" if figures else message, hint)
