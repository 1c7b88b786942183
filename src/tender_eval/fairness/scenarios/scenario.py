"""The shared ground of the analyses: a scheme with bids, and the same again with one thing changed.

Searching is done in float64 over many draws at once (`Scenario.batch`); what is reported is worked out again with
`Scenario.evaluation`, in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.batch import Batches, BatchResult
from tender_eval.engine.evaluating.bid_columns import ReadBids, float_columns, read_bids, removed_of
from tender_eval.engine.evaluating.exact import evaluate_exact
from tender_eval.engine.facts.adjusting import UNADJUSTED
from tender_eval.engine.facts.price import evaluated_price, factor
from tender_eval.engine.plan import Gate, Plan, PlanNode
from tender_eval.engine.questions import price_column
from tender_eval.model.bids import Bid, Bids, Figure, reads_price, supposed
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import Evaluation, Step
from tender_eval.model.location import NOWHERE
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.table import Reads

STAYS_ADMITTED = "declarations.(stays admitted)"
"""The made-up figure that is false for a bid turned away after admission; silent bids stay.

No bids file can state a figure of this name.
"""

_TURNED_AWAY = "(turned away after admission)"


@dataclass(frozen=True)
class Scenario:
    """A compiled scheme and bids, for one lot at a time. Every ``with...`` gives a new scenario.

    ``bids`` may be those of a tender with lots: the lot's own are taken. A bid that people took out is never ranked,
    whatever is changed: under ``recompute`` it takes no part, under ``keep_order`` it counts in the scores of the
    others as it does in the evaluation. A bid that is not shortlisted may lack the figures of the second stage: it is
    not ``present`` in batches, and an exact scenario that would let it through is `Refused`.
    """

    scheme: CompiledScheme
    bids: Bids
    lot: str = ""

    def __post_init__(self) -> None:
        if self.lot in {lot.id for lot in self.bids.tender.lots}:
            object.__setattr__(self, "bids", self.bids.for_lot(self.lot))

    @property
    def plan(self) -> Plan:
        """What the scheme was compiled to."""
        return self.scheme.plan

    @cached_property
    def evaluation(self) -> Evaluation:
        """The exact evaluation.

        Raises:
            Refused: with every problem of the bids, or naming the plugin at fault.
        """
        if self.bids.tender.lots:
            return self.scheme.evaluate(self.bids, self.lot)  # which says what is wrong with the lot
        return evaluate_exact(self.plan, self.bids, self.lot)

    @property
    def winner(self) -> tuple[str, ...]:
        """Who is awarded; several where they tie, or where the scheme awards several."""
        return self.evaluation.winner

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The exact ranks of the ranked bids, in order; equal ones share a rank."""
        return {bid.id: bid.rank for bid in self.evaluation.bids if bid.rank is not None}

    @property
    def order(self) -> tuple[str, ...]:
        """The ranked bids from the first; those that tie by id."""
        return tuple(self.ranks)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each bid in the columns."""
        return {bid.id: row for row, bid in enumerate(self.bids.bids)}

    def bid(self, named: str) -> Bid:
        """A bid by its id."""
        return self.bids.bids[self.rows[named]]

    @cached_property
    def _read(self) -> ReadBids:
        return read_bids(self.plan, self.bids)

    @property
    def exact_columns(self) -> dict[str, Array]:
        """The columns that the scheme reads, ``(bids,)`` of Fractions; of bids that are not present, zero."""
        return self._read.columns

    @cached_property
    def ranges(self) -> dict[str, tuple[Fraction, Fraction]]:
        """The least and the most of each column among the bids that compete."""
        held = {name: column[self.competing] for name, column in self.exact_columns.items() if self.competing.any()}
        return {name: (min(column), max(column)) for name, column in held.items()}

    @cached_property
    def dummy_columns(self) -> dict[object, dict[str, Array]]:
        """The columns of the bids that were made up for this scenario: kept, for the same are tried again and again."""
        return {}

    @cached_property
    def columns(self) -> dict[str, Array]:
        """The columns that the scheme reads, ``(bids,)`` in float64; see `float_columns`."""
        return float_columns(self.plan, self.bids, self.exact_columns)

    @property
    def present(self) -> Mask:
        """The bids ``(bids,)`` that take part in batches: those that meet the conditions and lack no figure.

        A bid that fails a condition changes nothing for the others, whether it is there or not.
        """
        return self._read.there

    @cached_property
    def removed(self) -> Mask:
        """The bids ``(bids,)`` that people took out after they were assessed."""
        return removed_of(self.bids)

    @property
    def competing(self) -> Mask:
        """The bids ``(bids,)`` that take part in batches and can be ranked."""
        return self.present & ~self.removed

    @property
    def unread(self) -> tuple[str, ...]:
        """The bids that meet the conditions but take no part in batches, since they lack figures."""
        return tuple(bid for bid, row in self.rows.items() if self._read.eligible[row] and not self.present[row])

    def batch(
        self,
        changed: Mapping[str, Array] | None = None,
        present: Mask | None = None,
        *,
        weights: Mapping[str, Array] | None = None,
        keep: Collection[str] = (),
    ) -> BatchResult:
        """Many draws in float64: the columns of the bids with those ``changed`` in their place.

        Raises:
            Refused: a draw holds what cannot be scored.
        """
        mask = self.present if present is None else present
        columns = {**self.columns, **(changed or {})}
        return self.scheme.evaluate_batch(columns, mask, weights=weights, keep=keep, removed=self.removed)

    @property
    def batches(self) -> Batches:
        """The bids as they are, to be evaluated under one set of weights after the other."""
        return self.scheme.batches(self.columns, self.present, removed=self.removed)

    @cached_property
    def price_column(self) -> str | None:
        """The figure that stands for the price: what the rule takes for it, or ``price``; None where none is read."""
        read_columns = {reads.column for _, reads in self.plan.reads()}
        of_rule = price_column(self.plan.rule)
        for column in ("price",) if isinstance(of_rule, Unsupported) else (of_rule, "price"):
            if column in read_columns:
                return column
        return None

    @cached_property
    def price_leaves(self) -> tuple[str, ...]:
        """The scored criteria that read the price."""
        return tuple(leaf.id for leaf in self.plan.leaves if any(r.column == self.price_column for r in leaf.reads))

    def price_of(self, bid: str, column: str | None = None) -> Fraction | None:
        """The (evaluated) price of a bid, before it is adjusted, or None where it states none."""
        column = column or self.price_column
        if column == "price":
            step = evaluated_price(self.bid(bid), self.plan.scheme)
            return step.value if isinstance(step, Step) and isinstance(step.value, Fraction) else None
        figure = self.bid(bid).figures.get(column or "")
        return figure.value if figure is not None and isinstance(figure.value, Fraction) else None

    def without(self, bid: str) -> Scenario:
        """As if this bid had never been made."""
        rest = tuple(b for b in self.bids.bids if b.id != bid)
        return replace(self, bids=replace(self.bids, bids=rest))

    def with_bid(self, bid: Bid) -> Scenario:
        """With a further bid, or this one in place of that of the same id."""
        rest = tuple(b for b in self.bids.bids if b.id != bid.id)
        return replace(self, bids=replace(self.bids, bids=(*rest, bid)))

    def with_scheme(self, scheme: CompiledScheme) -> Scenario:
        """The same bids under another scheme."""
        return replace(self, scheme=scheme)

    def reweighted(self, points: Mapping[str, Fraction]) -> Scenario:
        """With other points at the scored criteria; those not named keep theirs."""
        return self.with_scheme(self.scheme.reweighted(points))

    def with_price(self, bid: str, price: Fraction) -> Scenario:
        """With another price of a bid; where the scheme makes it of components, all move in proportion."""
        return self._with(self.bid_at_price(self.bid(bid), price))

    def bid_at_price(self, bid: Bid, price: Fraction) -> Bid:
        """The bid at another (evaluated) price."""
        column, model = self.price_column or "price", self.plan.scheme.price
        if reads_price(column):
            price /= self.plan.scheme.rate_of(bid.currency) or 1
        if column == "price" and model is not None and model.discounted is not None:
            off = 1 - price / model.discounted
            return replace(bid, figures={**bid.figures, "discount": Figure(off)})
        if column != "price" or model is None or not model.components:
            return replace(bid, figures={**bid.figures, column: Figure(price)})
        names = [c.column for c in model.components]
        stated = {name: f.value for name in names if (f := bid.figures.get(name)) and isinstance(f.value, Fraction)}
        counts = {c.column: factor(c, model) for c in model.components}
        now = sum((value * counts[name] for name, value in stated.items()), Fraction(0))
        if now > 0 and len(stated) == len(names):
            moved = {name: value * price / now for name, value in stated.items()}
        else:  # nothing to be in proportion to: all of it in the first component
            moved = {name: price / counts[name] if name == names[0] else Fraction(0) for name in names}
        return replace(bid, figures={**bid.figures, **{name: Figure(value) for name, value in moved.items()}})

    def columns_at_prices(self, bid: str, prices: Array) -> dict[str, Array]:
        """The columns ``(bids, draws)`` in which this bid's price takes each of ``prices`` ``(draws,)``.

        To be given to `batch` as ``changed``. Components that are read by themselves move in proportion.
        """
        row, adjusted = self.rows[bid], self.price_column in (None, "price") and self.plan.adjusts_prices
        column = UNADJUSTED if adjusted else self.price_column or "price"
        found: dict[str, Array] = {}
        now = self.columns[column][row] if column in self.columns else 0.0
        for name in (
            column,
            *(c for c in self.columns if (reads_price(c) or c.startswith("adjust.of.")) and c != column),
        ):
            if name in self.columns:
                wide = np.repeat(self.columns[name][:, None], len(prices), axis=1)
                wide[row] = prices if name == column else wide[row] * (prices / now if now > 0 else 1.0)
                found[name] = wide
        return found

    def with_mark(self, bid: str, criterion: str, mark: Fraction) -> Scenario:
        """With another agreed mark (or figure) where this criterion reads its first column."""
        found = self.bid(bid)
        column = next(leaf.reads[0].column for leaf in self.plan.leaves if leaf.id == criterion)
        kind, _, name = column.partition(".")
        if kind == "marks":
            return self._with(replace(found, marks={**found.marks, name: supposed(mark)}))
        return self._with(replace(found, figures={**found.figures, column: Figure(mark)}))

    @cached_property
    def scheme_that_can_reject(self) -> CompiledScheme:
        """The scheme with one more minimum, which a bid that is turned away after admission fails.

        It is closed with the other minimums that look at one bid alone, so that ``on_rejection`` decides what
        the rejected bid still does to the scores of the others. A place on a shortlist stays taken.
        """
        plan = self.plan
        node = PlanNode(_TURNED_AWAY, "", 0, Fraction(0), (), ())
        gate = Gate(node.id, None, Fraction(1), STAYS_ADMITTED, False, NOWHERE)
        rule = plan.rule._replace(reads=(*plan.rule.reads, Reads(STAYS_ADMITTED, default=Fraction(1))))
        return CompiledScheme(plan._replace(nodes=(*plan.nodes, node), gates=(*plan.gates, gate), rule=rule))

    def with_rejected(self, bid: str) -> Scenario:
        """With an admitted bid turned away: the scheme's ``on_rejection`` says what it still does to the others."""
        found = self.bid(bid)
        away = replace(found, figures={**found.figures, STAYS_ADMITTED: Figure(False)})
        scheme = (
            self.scheme
            if any(gate.column == STAYS_ADMITTED for gate in self.plan.gates)
            else self.scheme_that_can_reject
        )
        return self._with(away).with_scheme(scheme)

    def _with(self, changed: Bid) -> Scenario:
        """With this bid in the place of that of the same id."""
        bids = tuple(changed if b.id == changed.id else b for b in self.bids.bids)
        return replace(self, bids=replace(self.bids, bids=bids))


def evaluation_if_possible(scenario: Scenario) -> Evaluation | None:
    """The exact evaluation, or None where such bids cannot be evaluated."""
    try:
        return scenario.evaluation
    except Refused:
        return None
