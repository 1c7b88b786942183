"""What each limit costs, and the fewest limits that conflict."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
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


def costs(mechanism: str = "best_total", marks: dict[str, dict[str, int]] = MARKS, **limits: Any) -> tuple[Any, ...]:
    """The award, its lots, and what its limits cost; each lot of a yearly value of 100, incomes of 100."""
    supplier = {bid: {"annual_income": 100, "by_and_for": bid == "b"} for bid in marks}
    bids = marked(marks, prices=PRICES, supplier=supplier)
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
