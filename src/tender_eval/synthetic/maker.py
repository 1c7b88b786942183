"""The one maker of invented bids: a supplier, a price, and a share of full marks at each figure, made into a bid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import likely, price_column
from tender_eval.model.bids import Bid, Figure, Mark, Value, reads_price, supposed
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.plugins.answers import Unsupported
from tender_eval.synthetic.beside import beside_figures
from tender_eval.synthetic.columns import FREE, NeededColumn, needed_columns, value_earning, value_range
from tender_eval.synthetic.conditions import ConditionSetter
from tender_eval.synthetic.few_digits import with_few_digits
from tender_eval.synthetic.price import components
from tender_eval.synthetic.suppliers import InventedSupplier
from tender_eval.synthetic.tender import Contract

NO_RULE = Unsupported("a criterion reads it")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes bids for one scheme and contract; every figure that the scheme reads is stated in them."""

    plan: Plan
    contract: Contract
    areas: tuple[str, ...]
    columns: dict[str, NeededColumn]

    @classmethod
    def of(cls, plan: Plan, contract: Contract, areas: tuple[str, ...]) -> Maker:
        """The maker for a scheme."""
        return cls(plan, contract, areas, needed_columns(plan))

    @property
    def asks_for_partners(self) -> bool:
        """Whether anything turns on a consortium."""
        return any(column.startswith(("consortium.", "pooled.")) for column in self._read())

    @property
    def free(self) -> tuple[str, ...]:
        """The columns of marks, values and declarations, of which each bid states its own figure."""
        return tuple(column for column in self.columns if column.partition(".")[0] in FREE)

    @property
    def alone(self) -> tuple[str, ...]:
        """The columns of prices that are read by themselves, for the scheme makes no price of them."""
        return (
            () if self.plan.scheme.price_columns else tuple(c for c in self.columns if reads_price(c) and c != "price")
        )

    def bid(self, n: int, supplier: InventedSupplier, price: Fraction, figures: Mapping[str, Fraction]) -> Bid:
        """The bid at a place among the others, with what the conditions ask for where it can be set.

        Args:
            price: what it asks in all, unless the figures hold prices of their own.
            figures: by column, marks and values; a declaration is made where its figure is one.
        """
        facts: dict[str, Value] = dict(supplier.facts)
        marks: dict[str, Mark] = {}
        for column, value in figures.items():
            kind, _, name = column.partition(".")
            if kind == "marks":
                marks[name] = supposed(value)
            elif kind == "values" and name in self.plan.scheme.days:
                facts[column] = Fraction(round(value))  # whole days
            else:
                facts[column] = value >= 1 if kind == "declarations" else value
        if self.plan.scheme.price is not None and self.plan.scheme.price_columns:
            facts |= components(price, self.plan.scheme.price)
        elif not any(reads_price(column) and column != "price" for column in figures):
            facts.setdefault("price", price)
        if self.plan.scheme.beside:
            made = beside_figures(self.plan.scheme.beside, facts, price, n)
            facts = made | {name: value for name, value in facts.items() if name.partition(".")[0] != BENEFITS}
        named = {name: Figure(value) for name, value in facts.items()}
        bid = Bid(supplier.id or f"bid_{n + 1}", supplier.name, named, marks, supplier.members)
        return ConditionSetter(self.plan, self.contract.tender, self.contract.yearly, self.areas).meet(bid, n)

    def _read(self) -> Iterable[str]:
        conditions = self.plan.scheme.conditions
        return [*self.columns, *(f"pooled.{c.reads}" if c.pooled else c.reads for c in conditions)]

    def figure(self, column: str, share: Fraction, price: Fraction) -> Fraction:
        """A figure that earns about this share of the marks, written as people write them."""
        want = self.columns[column]
        if column == price_column(self.plan.rule):
            return price
        of_rule = likely(self.plan.rule, column) if want.leaf is None else NO_RULE
        if not isinstance(of_rule, Unsupported):  # such as what is asked of a pot, each up to a cap
            return with_few_digits(of_rule.low + share * (of_rule.high - of_rule.low))
        seen = self._usual(column, want)
        low, high = value_range(want, seen, self._known)
        found = value_earning(share, want, seen, nearest=True, known=self._known)
        if want.reads.one_of:
            return found
        places = 0 if high - low >= 20 else 1 if high - low >= 2 else 2
        written = Fraction(round(found * 10**places), 10**places)
        return min(max(written, low), high)

    @property
    def _known(self) -> Mapping[str, Fraction]:
        """What is known of the tender when a method is asked where figures lie."""
        return {"tender.annual_value": self.contract.yearly}

    @staticmethod
    def _usual(column: str, want: NeededColumn) -> tuple[Fraction, Fraction]:
        """The ends of a figure for which the scheme states none."""
        if want.reads.better == "lower":
            return Fraction(80), Fraction(120)
        return (Fraction(1) if want.leaf else Fraction(0)), Fraction(100)
