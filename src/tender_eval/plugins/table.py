"""What a scorer sees of the bids: columns by name, in whichever arithmetic the run uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from tender_eval.model.explanation.formulas import Formula, Name
from tender_eval.model.numeric import Array, Mask

Rows = NDArray[np.intp]

NO_NAMES: Mapping[Name, object] = {}


Cells = TypeVar("Cells", bound=NDArray[Any])


def frozen(column: Cells) -> Cells:
    """A column that a plugin cannot change."""
    column.flags.writeable = False
    return column


def each(column: Array, other: Callable[[Any], Any]) -> Array:
    """A column of exact figures with another for each."""
    found = np.empty(len(column), dtype=object)
    found[:] = [other(figure) for figure in column]
    return found


BETTER = ("", "lower", "higher")
KINDS = ("", "money", "mark")


class Reads(NamedTuple):
    """A column that a scorer reads, and what its values must be; the engine checks before it scores.

    Attributes:
        column: dotted name, such as ``price`` or ``marks.delivery``.
        better: ``lower`` or ``higher`` where one direction is better for the bidder, else empty.
        above: values must be greater than this.
        at_least, at_most: values must lie between these.
        one_of: values must be one of these (the marks of a scale).
        default: what a bid that is silent counts as; None makes the figure required.
        kind: ``money`` or ``mark`` where the figures are that by whatever name they go: they are written in digits,
            and ``80%`` or ``4/5`` is asked about (of a mark where ``one_of`` or ``at_most`` says which there are). Else
            empty.
        between: figures between those of ``one_of`` are taken too, as of marks that the scheme computes.
    """

    column: str
    better: str = ""
    above: Fraction | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    one_of: tuple[Fraction, ...] = ()
    default: Fraction | None = None
    kind: str = ""
    between: bool = False

    def takes(self, figure: Fraction) -> bool:
        """Whether this is a figure that can be scored."""
        return (
            self._is_one(figure)
            and (self.above is None or figure > self.above)
            and (self.at_least is None or figure >= self.at_least)
            and (self.at_most is None or figure <= self.at_most)
        )

    def _is_one(self, figure: Fraction) -> bool:
        if self.between:
            return min(self.one_of) <= figure <= max(self.one_of)
        return not self.one_of or figure in self.one_of


def declared(given: Iterable[object]) -> tuple[Reads, ...]:
    """What a method says that it reads.

    Raises:
        TypeError: it is not that, or says of a column what no column is.
    """
    reads = tuple(given)
    for one in reads:
        if not isinstance(one, Reads):
            raise TypeError(f"reads() gave {reads!r}, not Reads")
        for name, stated, known in (("better", one.better, BETTER), ("kind", one.kind, KINDS)):
            if stated not in known:
                says = f"reads() says {name}={stated!r} of {one.column}"
                raise TypeError(f"{says}, where it can be {known[1]!r}, {known[2]!r} or nothing")
    return cast(tuple[Reads, ...], reads)


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

    def of(self, rows: Rows) -> BidTable:
        """The same of these bids, in this order."""
        return BidTable(
            {name: frozen(column[rows]) for name, column in self._columns.items()}, frozen(self.present[rows])
        )

    def with_numbers(self, other: Callable[[Any], Any]) -> BidTable:
        """The same with another number for each figure."""
        return BidTable({name: frozen(each(column, other)) for name, column in self._columns.items()}, self.present)

    def with_column(self, name: str, column: Array) -> BidTable:
        """The same with other figures in one column."""
        return BidTable({**self._columns, name: frozen(column)}, self.present)


class Steps:
    """Where a scorer or rule records its working. In batch runs nothing is kept."""

    kept = False
    """Whether anything is: to be asked where figures are costly to gather for the working alone."""

    def working(self, formula: str | Formula, named: Mapping[Name, object] = NO_NAMES, /, **figures: object) -> None:
        """Record a formula and the figures that its names stand for.

        Each figure is a column ``(bids,)`` or one number for all bids: ``steps.working("max(0, 1 - price / limit)",
        price=prices, limit=limit)`` is shown as ``max(0, 1 - 9000 / 12000)``. With the numbers in it a formula must
        come to the score or figure that is returned, bounds and all: it is written with ``+ - * / **`` (``x`` serves
        for ``*``), brackets, ``max``, ``min``, ``abs``, ``log``, ``root``, ``if_(a < b, then, otherwise)``, numbers
        and percentages such as ``50%``. Where there are steps before, each is recorded with what it comes to,
        ``steps.working("cost = price x years", cost=costs, ...)``, and the score last. A comma and words may follow
        as a note; what stands in quotes there is kept as it is. A formula that names no figure is taken as words. The
        notation is that of `tender_eval.model.explanation.workings`; `tender_eval.testing.kit` tells of a working
        that is false.

        Text is taken as the method's own words, which stand as they are in every language. Built-in methods give a
        `Formula` instead, whose figures are the terms of ``figures`` and whatever else ``named`` says.

        A figure named lowest, highest, best or worst that is one number for all is traced to the bid it belongs to.
        """


def words_for(ids: Iterable[str]) -> dict[str, str]:
    """Names that can stand in a formula, each with the id that it stands for.

    >>> words_for(["local-links", "local_links", "price"])
    {'local_links': 'local-links', 'local_links_2': 'local_links', 'price': 'price'}
    """
    found: dict[str, str] = {}
    for name in ids:
        word, n = name.replace("-", "_"), 1
        while word in found:
            n += 1
            word = f"{name.replace('-', '_')}_{n}"
        found[word] = name
    return found
