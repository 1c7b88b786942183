"""Three invented tenders for a worked example, found by trying figures until the scheme scores them all.

Nothing here works out a score: every try is evaluated by the engine under the very scheme that is published, and
the try is kept whose tenders are all ranked, on different places, with different scores at as many criteria as can
be. No chance is involved: the same scheme gives the same example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import expression_of
from tender_eval.files.fields import Fields
from tender_eval.model.bids import PRICED, Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.scheme import Condition
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Figure, Lookup
from tender_eval.plugins.table import Reads
from tender_eval.synthetic.few_digits import with_few_digits
from tender_eval.synthetic.maker import Maker
from tender_eval.synthetic.plain_numbers import unless_a_plugin
from tender_eval.synthetic.suppliers import TYPES, InventedSupplier, members, supplier
from tender_eval.synthetic.tender import contract_of

NAMES = ("Bidder A", "Bidder B", "Bidder C")
AREAS = ("North", "South")
_KINDS = (TYPES[0], TYPES[1], TYPES[2])
_CONSORTIUM = 1  # the place of the bidder that bids with partners
_PARTS = tuple(Fraction(n, 100) for n in (100, 90, 95, 80, 110, 105, 85, 75, 120, 60, 50, 30))
_TURNS = ((2, 4, 6), (0, 1, 2), (1, 3, 6), (7, 6, 2), (9, 10, 11))
_SLIGHT = Fraction(1, 20)  # of full marks: a score that shows nothing
_FEW = 8  # options


class Example(NamedTuple):
    """The invented tenders and how the engine evaluated them."""

    bids: Bids
    evaluation: Evaluation


Choice = dict[str, tuple[Fraction, ...]]  # by column, a figure for each tender


def worked_example(
    compiled: CompiledScheme, names: Sequence[str] = NAMES, areas: tuple[str, ...] = AREAS
) -> Example | None:
    """An example for a scheme, or None where no figures are found that it can score.

    Args:
        names: of the three bidders.
        areas: where the service is given, two of them.
    """
    search = _Search(compiled, names, areas)
    choice = {column: options[0] for column, options in search.options.items()}
    best = search.merit(choice)
    for _ in range(2):
        before = best
        for column, options in search.options.items():
            for option in options[1:]:
                tried = choice | {column: option}
                merit = search.merit(tried)
                if merit > best:
                    best, choice = merit, tried
        if best == before:
            break  # no figure alone makes it better
    return search.example(choice)


class _Search:
    def __init__(self, compiled: CompiledScheme, names: Sequence[str], areas: tuple[str, ...]) -> None:
        self.compiled, self.plan = compiled, compiled.plan
        self.tried: dict[tuple[tuple[Fraction, ...], ...], tuple[int, ...]] = {}  # by the figures of every column
        self.reads: dict[str, Reads] = {}
        for _, reads in compiled.plan.reads():
            known = self.reads.get(reads.column)
            self.reads[reads.column] = reads if known is None or not known.one_of else known
        for column in self.plan.adjusted_by():
            self.reads.setdefault(column, Reads(column))
        for condition in self.scored_bounds():
            self.reads.setdefault(condition.reads, Reads(condition.reads))
        self.maker = Maker.of(self.plan, contract_of(self.plan, areas, "example"), areas)
        self.suppliers = [_supplier(n, name, self.maker) for n, name in enumerate(names)]
        anchors = _anchors(self.plan, self.maker.contract.whole)
        self.options = {
            column: _turned(tuple(_options(reads, _sizes(self.plan, column, anchors), _starts(self.plan, column))), n)
            for n, (column, reads) in enumerate((c, r) for c, r in self.reads.items() if _is_free(c, self.plan))
        }

    def scored_bounds(self) -> Iterator[Condition]:
        """Conditions on a limit for a figure that bids give freely."""
        for c in self.plan.scheme.conditions:
            if (c.at_least or c.at_most) and c.reads.partition(".")[0] in (*PRICED, "values", "benefits", "marks"):
                yield c

    def merit(self, choice: Choice) -> tuple[int, ...]:
        """How good an example a choice makes; the more, the better. What was tried before is not evaluated again."""
        tried = tuple(choice.values())
        if tried not in self.tried:
            self.tried[tried] = self._merit(choice)
        return self.tried[tried]

    def _merit(self, choice: Choice) -> tuple[int, ...]:
        try:
            found = self.compiled.evaluate(self.bids(choice))
        except Refused as e:
            return (-len(unless_a_plugin(e).diagnostics),)
        ranked = found.ranked
        places = len({b.rank for b in ranked})
        several = within = 0
        leaders: set[int] = set()
        for leaf in self.plan.leaves:
            scores = [c.score for b in ranked if (c := b.criterion(leaf.id)) and c.score is not None]
            several += len(set(scores))
            within += sum(_SLIGHT < s < 1 for s in scores)
            leaders |= {scores.index(max(scores))} if len(set(scores)) > 1 else set()
        return (1, len(ranked), places, len(leaders), several + within)

    def example(self, choice: Choice) -> Example | None:
        """The example of a choice, if the engine takes it and ranks some tender."""
        bids = self.bids(choice)
        try:
            found = self.compiled.evaluate(bids)
        except Refused as e:
            unless_a_plugin(e)
            return None
        return Example(bids, found) if found.ranked else None

    def bids(self, choice: Choice) -> Bids:
        """The invented tenders."""
        made = tuple(
            self.maker.bid(n, one, choice.get("price", (Fraction(0),) * 3)[n], self._figures(choice, n))
            for n, one in enumerate(self.suppliers)
        )
        return Bids(made, self.maker.contract.tender, self.plan.scheme.currency)

    def _figures(self, choice: Choice, n: int) -> dict[str, Fraction]:
        """What one of the tenders states; every declaration is made."""
        made = {column: values[n] for column, values in choice.items() if column != "price" or not self._in_parts}
        made |= {column: Fraction(1) for column in self.reads if column.startswith("declarations.")}
        adjusted = {column for column in self.plan.adjusted_by() if column.startswith("declarations.")}
        return made | {column: Fraction(int(n == _CONSORTIUM)) for column in adjusted}

    @property
    def _in_parts(self) -> bool:
        return bool(self.plan.scheme.price_columns)


def _supplier(n: int, name: str, maker: Maker) -> InventedSupplier:
    """One bidder of each kind, the second with partners; each has income enough for any condition on it."""
    yearly, areas = maker.contract.yearly, maker.areas
    partners = members(n, yearly, areas) if n == _CONSORTIUM else ()
    named = f"bidder_{'abc'[n]}"
    return supplier(name, named, _KINDS[n], yearly, areas, partners)._replace(id=named)


def _is_free(column: str, plan: Plan) -> bool:
    """Whether the figure is one that a bid gives by itself, as a number."""
    kind = column.partition(".")[0]
    of_price = column in plan.scheme.price_columns
    return kind in (*PRICED, "values", "benefits", "marks") and not of_price


def _anchors(plan: Plan, whole: Fraction) -> tuple[Fraction, ...]:
    """Sizes around which figures are tried: those that the scheme itself names, and some round ones."""
    found: list[Fraction] = [whole]
    for params in (*(leaf.params for leaf in plan.leaves), plan.rule.params):
        found += [n for n in _numbers_in(params) if n > 1]
    for condition in plan.scheme.conditions:
        found += [b.amount for b in (condition.at_least, condition.at_most) if b and not b.of and b.amount > 1]
    found += [Fraction(n) for n in (100_000, 1, 10, 1000, 10_000, 1_000_000)]
    return tuple(dict.fromkeys(found))


def _numbers_in(value: object) -> Iterator[Fraction]:
    match value:
        case bool() | str():
            return
        case int() | Fraction():
            yield Fraction(value)
        case Mapping():
            for part in value.values():
                yield from _numbers_in(part)
        case list() | tuple():
            for part in value:
                yield from _numbers_in(part)
        case _:
            for name in _fields(value):
                yield from _numbers_in(getattr(value, name))


def _fields(value: object) -> tuple[str, ...]:
    """The names of parameters, or none where a value is no set of parameters."""
    return tuple(type(value).model_fields) if isinstance(value, Fields) else ()


def _starts(plan: Plan, column: str) -> tuple[Fraction, ...]:
    """Where the steps begin of a table in which a scorer looks a column up."""
    for leaf in plan.leaves:
        expression = expression_of(leaf)
        for part in () if isinstance(expression, Unsupported) else expression.walk():
            if isinstance(part, Lookup) and part.how == "lower" and part.of == Figure(column):
                return tuple(figure for figure, _ in part.table.rows)
    return ()


def _sizes(plan: Plan, column: str, anchors: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Sizes to try at a column: of a price the whole contract first, of other figures what stands beside them."""
    near = _near(plan, column)
    found = (*anchors, *near) if column.startswith("price") else (*near, *anchors)
    return tuple(dict.fromkeys(found))


def _near(plan: Plan, column: str) -> tuple[Fraction, ...]:
    """The numbers that stand beside a column's name in the parameters of a scorer or the rule, smallest first."""
    found: set[Fraction] = set()
    for params in (*(leaf.params for leaf in plan.leaves), plan.rule.params):
        for part in _parts(params):
            values = [getattr(part, name) for name in _fields(part)]
            if column in (v for v in values if isinstance(v, str)):
                found |= {Fraction(v) for v in values if isinstance(v, int | Fraction) and not isinstance(v, bool)}
    return tuple(sorted(n for n in found if n > 1))


def _parts(value: object) -> Iterator[object]:
    """Parameters and all parameters within them."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from _parts(part)
    elif names := _fields(value):
        yield value
        for name in names:
            yield from _parts(getattr(value, name))


def _options(reads: Reads, anchors: Sequence[Fraction], starts: tuple[Fraction, ...]) -> Iterator[tuple[Fraction, ...]]:
    """Figures to try for the three tenders at one column, within what its reader accepts."""
    if reads.one_of or starts:
        marks = sorted(map(Fraction, reads.one_of or starts), reverse=reads.better != "lower")
        for turn in ((1, 0, 2), (1, 2, 0), (0, 1, 2), (2, 1, 0), (1, 0, 1), (0, 2, 1), (0, 1, 1), (0, 0, 0)):
            yield tuple(marks[min(n, len(marks) - 1)] for n in turn)
        return
    if reads.at_most is not None:
        low, high = Fraction(reads.at_least or 0), Fraction(reads.at_most)
        for parts in ((8, 6, 7), (6, 8, 7), (7, 8, 6), (10, 8, 6), (2, 3, 5), (10, 10, 10)):
            yield tuple(_on_step(low + (high - low) * part / 10, high) for part in parts)
        return
    for turn in _TURNS:
        for anchor in anchors:
            values = tuple(with_few_digits(anchor * _PARTS[n], 3) for n in turn)
            if all(_accepts(reads, value) for value in values):
                yield values


def _turned(options: tuple[tuple[Fraction, ...], ...], by: int) -> tuple[tuple[Fraction, ...], ...]:
    """The options of short lists from another one on, so that not every question is answered alike."""
    start = by % len(options) if 0 < len(options) <= _FEW else 0
    return options[start:] + options[:start]


def _accepts(reads: Reads, value: Fraction) -> bool:
    above = reads.above is None or value > reads.above
    return above and (reads.at_least is None or value >= reads.at_least)


def _on_step(value: Fraction, high: Fraction) -> Fraction:
    """A whole number where the range is of whole numbers."""
    return Fraction(round(value)) if high > 1 else value
