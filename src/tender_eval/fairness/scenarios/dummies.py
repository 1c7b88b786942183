"""Bids that nobody made, to try a scheme with: hopeless ones, absurd ones, and copies of real ones.

A dummy states every figure that the scheme reads and meets its conditions as an admitted bid does, whose facts
it takes over. What is marked, or scored from a figure of the bid, lies at a share of full marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from tender_eval.fairness.findings.ploys import Dummy
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.bids import Bid, Figure, Value, reads_price, supposed
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, round_fraction
from tender_eval.synthetic.columns import FREE, NeededColumn, by_conditions, needed_columns, value_earning
from tender_eval.synthetic.few_digits import with_few_digits

NAME = "dummy"
HALF = Fraction(1, 2)
_LEAST_FACTS: dict[str, Value] = {
    "supplier.vcse": False,
    "supplier.by_and_for": False,
    "supplier.areas": (),
    "supplier.networks": (),
    "supplier.years_in_area": Fraction(0),
    "supplier.size": "large",
}
"""The facts of a supplier that earn least."""

_DERIVED_FROM: Mapping[str, tuple[str, ...]] = {
    "supplier.is_small": ("supplier.size",),
    "supplier.areas_covered": ("supplier.areas",),
    "supplier.networks_count": ("supplier.networks",),
}


@dataclass(frozen=True, slots=True)
class DummySpec:
    """A dummy to be tried: at a share of the marks and a price, or a copy of a bid at ``times`` its price.

    ``oddness`` says how far from a realistic bid it is; of two that do the same, the less odd is reported.
    """

    oddness: tuple[float, ...]
    price: Fraction | None
    share: Fraction | None
    copies: str = ""
    times: Fraction = Fraction(1)

    def finding(self, bid: str) -> Dummy:
        """What is reported of it under the id of its bid."""
        return Dummy(bid, self.price, self.share, self.copies, self.times)


def free_id(scenario: Scenario) -> str:
    """An id that no bid of the scenario has."""
    found, n = NAME, 2
    while found in scenario.rows:
        found, n = f"{NAME}_{n}", n + 1
    return found


def dummy_bid(scenario: Scenario, spec: DummySpec) -> Bid:
    """The bid that a dummy makes."""
    if spec.copies:
        copy = replace(scenario.bid(spec.copies), id=free_id(scenario), name=f"Copy of {spec.copies}")
        return copy if spec.times == 1 or spec.price is None else scenario.bid_at_price(copy, spec.price)
    return made_up_bid(scenario, spec.share or Fraction(0), spec.price)


def made_up_bid(scenario: Scenario, share: Fraction, price: Fraction | None) -> Bid:
    """A bid at this share of full marks wherever it can choose, and at this price; somebody must be ranked.

    From half of the marks on it has the facts of the leading bid (size, areas, networks, partners), below it
    those of a supplier that has nothing to show, but for what the conditions ask.
    """
    base = scenario.bid(scenario.order[0])
    asked, seen = by_conditions(scenario.plan), scenario.ranges
    marks = {name: mark for name, mark in base.marks.items() if f"marks.{name}" in asked}
    figures, read = dict(base.figures), needed_columns(scenario.plan)
    for column, want in read.items():
        kind, _, name = column.partition(".")
        if kind not in FREE or column in asked or column == scenario.price_column:
            continue
        value = _value(column, want, share, seen, base)
        if kind == "marks":
            marks[name] = supposed(value)
        else:
            figures[column] = Figure(value)
    bid = Bid(free_id(scenario), "Made-up bid", figures, marks, base.members)
    if share < HALF:
        bid = _with_least_facts(bid, read, asked, scenario)
    return bid if price is None or scenario.price_column is None else scenario.bid_at_price(bid, price)


def _value(
    column: str, want: NeededColumn, share: Fraction, seen: Mapping[str, tuple[Fraction, Fraction]], base: Bid
) -> Value:
    if want.leaf is None or not (want.reads.better or want.reads.one_of):  # nobody says which end is better
        given = base.figures.get(column)
        if given is not None:
            return given.value
    found = value_earning(share, want, seen.get(column, (Fraction(0), Fraction(1))))
    return bool(found >= HALF) if column.startswith("declarations.") and found in (0, 1) else found


def _with_least_facts(bid: Bid, read: Iterable[str], asked: set[str], scenario: Scenario) -> Bid:
    """Without the facts that earn, where the conditions do not ask for them."""
    kept = {column for name in asked for column in _DERIVED_FROM.get(name, (name,))}
    bare = {name: Figure(value) for name, value in _LEAST_FACTS.items() if name in bid.figures and name not in kept}
    found = replace(bid, figures={**bid.figures, **bare})
    if any(name.startswith("consortium.") for name in asked) or not bid.members:
        return found
    incomes = [bid.figures.get("supplier.annual_income"), *(m.facts.get("annual_income") for m in bid.members)]
    numbers = [f.value for f in incomes if f is not None and isinstance(f.value, Fraction)]
    years = [bid.figures.get("supplier.years_in_area"), *(m.facts.get("years_in_area") for m in bid.members)]
    worked = [f.value for f in years if f is not None and isinstance(f.value, Fraction)]
    together = {}
    if "pooled.annual_income" in asked and numbers:  # it meets by itself what it met with its partners
        together["supplier.annual_income"] = Figure(sum(numbers, Fraction(0)))
    if "pooled.years_in_area" in asked and worked:
        together["supplier.years_in_area"] = Figure(sum(worked, Fraction(0)))
    return replace(found, members=(), figures={**found.figures, **together})


SHARES = tuple(Fraction(n, 100) for n in (10, 5, 0))
MULTIPLES = tuple(Fraction(n, 100) for n in (100, 90, 110, 75, 125, 150, 50, 200, 300, 400, 25, 10, 1))
"""Of the mean price: from one that nobody could keep to one that nobody would pay."""


def dummies(scenario: Scenario, shares: Iterable[Fraction] = SHARES) -> tuple[DummySpec, ...]:
    """The dummies to try: hopeless bids over a grid of prices, and copies of real bids, the least odd first."""
    real = [bid for bid, row in scenario.rows.items() if scenario.competing[row]]
    prices = {bid: price for bid in real if (price := scenario.price_of(bid)) is not None}
    found = [DummySpec((0.0,), prices.get(bid), None, bid) for bid in real]
    found += [
        DummySpec((1.0,), price * Fraction(101, 100), None, bid, Fraction(101, 100)) for bid, price in prices.items()
    ]
    mean = sum(prices.values(), Fraction(0)) / len(prices) if prices else Fraction(0)
    grid = dict.fromkeys(with_few_digits(mean * times) for times in MULTIPLES) if mean > 0 else {None: None}
    for share in dict.fromkeys(shares):
        for n, price in enumerate(grid):
            odd = 2.0 + (price is not None and not mean / 4 <= price <= mean * 2)
            found.append(DummySpec((odd, float(n), -float(share)), price, share))
    return tuple(sorted((f for f in found if admits_price(scenario, f.price)), key=lambda f: f.oddness))


def admits_price(scenario: Scenario, price: Fraction | None) -> bool:
    """Whether every reader of the price takes this one, as the scheme rounds it."""
    if price is None:
        return True
    rounding = scenario.plan.scheme.price_rounding
    if rounding is not None and scenario.price_column == "price":
        price = round_fraction(price, rounding.places, rounding.mode)
    readers = [reads for _, reads in scenario.plan.reads() if reads.column == scenario.price_column]
    return all(reads.takes(price) for reads in readers)


def columns_with_dummies(scenario: Scenario, tried: Iterable[DummySpec]) -> dict[str, Array]:
    """The columns ``(bids + 1, draws)`` in which each draw holds the bids of the scenario and one of the dummies.

    A dummy that the scheme cannot read has no numbers, so that its draw is refused.
    """
    rows = [_row(scenario, spec) for spec in tried]
    return {
        name: np.vstack([np.repeat(column[:, None], len(rows), axis=1), [[row[name] for row in rows]]])
        for name, column in scenario.columns.items()
    }


def _row(scenario: Scenario, spec: DummySpec) -> dict[str, float]:
    """The figures of one dummy; all that differ in price alone are read once."""
    key, lone = spec.copies or spec.share, scenario.dummy_columns
    if key not in lone:
        base = replace(spec, times=Fraction(1)) if spec.copies else spec
        try:
            lone[key] = replace(scenario, bids=replace(scenario.bids, bids=(dummy_bid(scenario, base),))).columns
        except Refused:
            lone[key] = {name: np.array([np.nan]) for name in scenario.columns}
    columns, priced = lone[key], scenario.price_column
    row = {name: float(column[0]) for name, column in columns.items()}
    if priced in row and spec.price is not None:
        times = float(spec.price) / row[priced] if row[priced] else 1.0
        row |= {name: value * times for name, value in row.items() if reads_price(name)}
        row[priced] = float(spec.price)
    return row
