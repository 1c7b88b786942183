"""What an award rule sees of the bids: the points that they earned, beside the columns that scorers see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import BidTable, Rows, each, frozen


class Tally:
    """What an award rule sees: points and prices of the bids that are in, in the arithmetic of the run."""

    def __init__(
        self,
        table: BidTable,
        points: Callable[[tuple[str, ...]], Array],
        available: Callable[[str], Any],
        score: Callable[[str], Array],
        roots: tuple[str, ...],
    ) -> None:
        self.table = table
        self.roots = roots
        """The ids of the scheme's root criteria."""
        self.present: Mask = table.present
        self._points = points
        self._sums: dict[tuple[str, ...], Array] = {}
        self._available = available
        self._score = score

    def points(self, criteria: Sequence[str]) -> Array:
        """The points that these criteria earned together."""
        key = _several(criteria)
        if key not in self._sums:
            self._sums[key] = _known(self._points, key)
        return self._sums[key]

    def available(self, criteria: Sequence[str]) -> Any:
        """The points that these criteria could earn together: one number, or one a draw."""
        first, *rest = _several(criteria)
        return sum((_known(self._available, c) for c in rest), _known(self._available, first))

    def score(self, criterion: str) -> Array:
        """Share of full marks at one criterion, ``(bids,)`` or ``(bids, draws)``."""
        shares: Array = _known(self._score, criterion)
        return shares

    def of(self, rows: Rows) -> Tally:
        """The same of these bids, in this order."""
        return Tally(
            self.table.of(rows),
            lambda criteria: frozen(self.points(criteria)[rows]),
            self._available,
            lambda criterion: frozen(self.score(criterion)[rows]),
            self.roots,
        )

    def with_numbers(self, other: Callable[[Any], Any]) -> Tally:
        """The same with another number for each figure."""
        return Tally(
            self.table.with_numbers(other),
            lambda criteria: frozen(each(self.points(criteria), other)),
            lambda criterion: other(self._available(criterion)),
            lambda criterion: frozen(each(self.score(criterion), other)),
            self.roots,
        )

    def column(self, name: str) -> Array:
        """A column that the rule has declared in `AwardRule.reads`."""
        return self.table.column(name)


def _several(criteria: Sequence[str]) -> tuple[str, ...]:
    if isinstance(criteria, str):
        raise TypeError(f"points are asked for of several criteria: write ({criteria!r},)")
    return tuple(criteria)


def _known(asked: Callable[[Any], Any], criteria: Any) -> Any:
    try:
        return asked(criteria)
    except KeyError as e:
        hint = "a rule whose parameters name some gives them in criteria(), so that one that is not there is told"
        raise LookupError(f"there is no criterion {e.args[0]!r}: {hint}") from e
