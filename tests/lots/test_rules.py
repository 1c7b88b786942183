"""What each limit costs, and the fewest limits that conflict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from contests import CATALOGUE
from inline import scheme
from marked import LEAVES, marked

from tender_eval import award_lots, compile_scheme, scheme_from_data
from tender_eval.documents.terminal import document_text
from tender_eval.lots.policy import SINGLE
from tender_eval.lots.rules import CostsOfLimits, costs_of_limits, rules_of, without
from tender_eval.report.evaluation.across import award_document
from tender_eval.report.json.award import award_json

MARKS = {"a": {"north": 9, "south": 9}, "b": {"north": 8, "south": 7}}
PRICES = {"a": {"north": 100, "south": 200}, "b": {"north": 100, "south": 250}}


def costs(
    mechanism: str = "best_total",
    marks: Mapping[str, Mapping[str, int]] = MARKS,
    values: Mapping[str, int] | None = None,
    **limits: Any,
) -> tuple[Any, ...]:
    """The award, its lots, and what its limits cost; each lot of a yearly value of 100 unless told, incomes of 100."""
    supplier = {bid: {"annual_income": 100, "by_and_for": bid == "b"} for bid in marks}
    bids = marked(marks, values, PRICES, supplier)
    stated = scheme(*LEAVES, award={"lots": {"mechanism": mechanism, **limits}})
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    found = compiled.evaluate_lots(bids)
    award = award_lots(compiled, bids, found)
    return award, found, costs_of_limits(compiled, bids, found, award.terms)


def test_the_award_with_and_without_a_limit_in_points_and_pounds() -> None:
    """With at most one lot each b has one: north at no more money, 6 points fewer."""
    award, lots, found = costs(most_awarded=1)
    (one,) = found.prices
    assert (one.rule, dict(one.with_it.bids), dict(one.without.bids)) == (
        "most_awarded",
        {"north": "b", "south": "a"},
        {"north": "a", "south": "a"},
    )
    assert (one.with_it.price, one.without.price) == (300, 300)
    assert one.without.total is not None
    assert one.with_it.total is not None
    assert one.without.total - one.with_it.total == 6
    ((change),) = one.changes
    assert (change.lot, change.with_it, change.without, change.figure, change.price) == ("north", "b", "a", 6, 0)
    assert found.conflict == ()
    shown = " ".join(document_text(award_document(award, lots, found)).split())
    assert "without most_awarded 2 188.00 300.00" in shown
    assert "lot north would go to a, in place of b: points +6.00, evaluated price 0.00" in shown
    data = json.loads(award_json(award, lots, found))["price_of_limits"]
    assert data["limits"][0]["with"] == {"lots": 2, "total": "182", "price": "300"}


def test_each_limit_by_itself_and_one_that_costs_nothing() -> None:
    _, _, found = costs(most_awarded=1, capacity="100% of supplier.annual_income", most_suppliers=2)
    assert [(one.rule, len(one.changes)) for one in found.prices] == [
        ("most_awarded", 0),
        ("capacity", 0),
        ("most_suppliers", 0),
    ], "each of the first two does what the other does"
    assert costs()[2] == CostsOfLimits((), ())


def test_the_fewest_limits_that_leave_a_lot_to_nobody() -> None:
    """Three lots for a and b of one each: either limit on lots is enough by itself, so one is named."""
    marks = {"a": dict.fromkeys(("north", "south", "west"), 9), "b": {"north": 8}}
    assert costs(marks=marks, most_awarded=1)[2].conflict == ("most_awarded",)
    assert costs(marks=marks, most_awarded=1, capacity=100)[2].conflict == ("most_awarded",)
    assert costs(marks=marks, most_awarded=2)[2].conflict == ()
    reserved = [{"lots": ["south"], "when": "supplier.by_and_for is true"}]
    assert costs(marks=marks, most_awarded=2, reserved=reserved)[2].conflict == ("reserved",)


@pytest.mark.slow
def test_a_conflict_cannot_do_without_any_of_its_limits() -> None:
    """Two suppliers at most, and at most one lot each: three lots cannot all be awarded, and could without either."""
    marks = {bid: dict.fromkeys(("north", "south", "west"), 9 - n) for n, bid in enumerate("abc")}
    award, _, found = costs(marks=marks, most_awarded=1, most_suppliers=2, capacity=300)
    assert found.conflict == ("most_awarded", "most_suppliers")
    limits = award.policy.limits
    for kept in (c for size in range(len(found.conflict)) for c in combinations(found.conflict, size)):
        some = {name: getattr(limits, name) for name in kept}
        again, _, less = costs(marks=marks, **some)
        assert (again.unawarded, less.conflict) == ((), ())


Limits = dict[str, Any]


def drawn(random: Random) -> tuple[dict[str, dict[str, int]], dict[str, int], Limits]:
    """Marks of three bidders for three lots with gaps, values of the lots, and some limits, often too tight."""
    lots = ("north", "south", "west")
    marks = {bid: {lot: random.randint(1, 9) for lot in lots if random.random() < 0.7} for bid in "abc"}
    for lot in lots:
        marks[random.choice("abc")].setdefault(lot, 5)
    marks = {bid: own for bid, own in marks.items() if own}
    values = {lot: random.choice((100, 200)) for lot in lots}
    of = [("by_and_for", "supplier.by_and_for is true"), ("rest", "supplier.by_and_for is false")]
    limits: Limits = {
        "most_awarded": random.randint(1, 2),
        "capacity": random.choice((100, 200, 300)),
        "most_value": random.choice(("40%", "60%")),
        "most_suppliers": random.randint(1, 2),
        "fewest_suppliers": random.randint(2, 3),
        "reserved": [{"lots": random.sample(lots, 2), "when": "supplier.by_and_for is true"}],
        "quotas": [
            {"id": id_, "when": when, random.choice(("at_most", "at_least")): random.randint(1, 2)} for id_, when in of
        ],
    }
    some = random.sample(sorted(limits), random.randint(2, 4))
    if limits["fewest_suppliers"] > limits["most_suppliers"] and {"fewest_suppliers", "most_suppliers"} <= set(some):
        some.remove("most_suppliers")  # the scheme would be refused
    return marks, values, {name: limits[name] for name in some}


def keeps(award: Mapping[str, str], rule: str, limits: Limits, values: Mapping[str, int]) -> bool:
    """Whether an award, by lot, keeps to one limit; b is by and for."""
    held: dict[str, list[str]] = {}
    for lot, bid in award.items():
        held.setdefault(bid, []).append(lot)
    worth = [sum(values[lot] for lot in lots) for lots in held.values()]
    name, _, quota = rule.partition(".")
    if name == "reserved":
        return all(award.get(lot, "b") == "b" for lot in limits["reserved"][0]["lots"])
    if name == "quotas":
        (one,) = (q for q in limits["quotas"] if q["id"] == quota)
        many = sum((bid == "b") is (quota == "by_and_for") for bid in award.values())
        return bool(one.get("at_least", 0) <= many <= one.get("at_most", 9))
    limit = limits[name]
    if name == "most_value":
        return all(w <= Fraction(limit.rstrip("%")) / 100 * sum(values.values()) for w in worth)
    held_to: dict[str, bool] = {
        "most_awarded": all(len(lots) <= limit for lots in held.values()),
        "capacity": all(w <= limit for w in worth) if name == "capacity" else True,
        "most_suppliers": len(held) <= limit,
        "fewest_suppliers": len(held) >= limit,
    }
    return held_to[name]


def any_keeps(kept: Sequence[tuple[set[str], bool]], rules: Iterable[str], filled: bool) -> bool:
    """Whether any of awards, each with the limits that it keeps to and whether it fills every lot, keeps to these."""
    return any(set(rules) <= own and (full or not filled) for own, full in kept)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 120, 20))
def test_what_conflicts_does_so_and_does_not_without_any_one_of_its_limits_nor_do_fewer(first: int) -> None:
    """Every award that there can be is looked at, under every set of the limits."""
    conflicts = 0
    for seed in range(first, first + 20):
        marks, values, limits = drawn(Random(seed))
        lots = sorted({lot for own in marks.values() for lot in own})
        ways = product(*(("", *(bid for bid, own in marks.items() if lot in own)) for lot in lots))
        awards = [{lot: bid for lot, bid in zip(lots, way, strict=True) if bid} for way in ways]
        award, _, found = costs(marks=marks, values=values, **limits)
        rules = rules_of(award.policy.limits)
        kept = [({rule for rule in rules if keeps(one, rule, limits, values)}, len(one) == len(lots)) for one in awards]
        possible = partial(any_keeps, kept)
        filled = possible(rules, False)
        if possible(rules, filled):
            assert found.conflict == ()
            continue
        conflicts += 1
        assert found.conflict
        assert not possible(found.conflict, filled)
        for gone in found.conflict:
            assert possible([rule for rule in found.conflict if rule != gone], filled), (seed, found.conflict, gone)
        for fewer in combinations(rules, len(found.conflict) - 1):
            assert possible(fewer, filled), (seed, found.conflict, fewer)
    assert conflicts >= 5


def test_limits_are_taken_out_one_by_one() -> None:
    stated = scheme(
        *LEAVES,
        award={
            "lots": {
                "mechanism": "best_total",
                "most_tendered": 3,
                "most_awarded": 2,
                "capacity": 100,
                "most_value": "50%",
                "most_suppliers": 3,
                "fewest_suppliers": 2,
                "reserved": [{"lots": ["n"], "when": "supplier.by_and_for is true"}],
                "quotas": [{"id": "q", "when": "supplier.by_and_for is true", "at_most": 1}],
            }
        },
    )
    limits = scheme_from_data(stated).award.lots
    assert limits is not None
    assert rules_of(limits) == (*SINGLE, "reserved", "quotas.q")
    for rule in rules_of(limits):
        assert rules_of(without(limits, [rule])) == tuple(other for other in rules_of(limits) if other != rule)
    assert limits.most_value == Fraction(1, 2)
