from collections.abc import Callable
from fractions import Fraction
from typing import Any

from in_short import reasons_why, winner_line

from tender_eval import Evaluation

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]


def price_alone(rule: Any, **more: Any) -> dict[str, Any]:
    criteria = [{"id": "quality", "weight": 60, "scorer": {"name": "mark", "out_of": 10}}]
    criteria.append({"id": "price", "weight": 40, "scorer": "ratio_to_lowest"})
    award = {"rule": rule, "on_rejection": "recompute"} | more
    return {"criteria": criteria, "award": award, "conditions": []}


def test_one_winner_and_by_how_much(ordinary: Evaluation) -> None:
    assert winner_line(ordinary) == "Winner: b"
    assert reasons_why(ordinary) == ("b wins with 92.00 points, 2.67 more than a.",)


def test_a_difference_too_small_for_the_places_is_shown(evaluate: Evaluate, a_bid: MakeBid) -> None:
    found = evaluate(a_bid("a", "10000"), a_bid("b", "10000.01"))
    assert reasons_why(found) == ("a wins with 88.00000 points, 0.00004 more than b.",)


def test_a_difference_agrees_with_the_figures_that_are_printed(evaluate: Evaluate, a_bid: MakeBid) -> None:
    found = evaluate(a_bid("a", 100, care="4.0006"), a_bid("b", 100, care="3.9994"))
    # At two places both are 88.00; so they are printed as 88.005 and 87.995.
    assert reasons_why(found) == ("a wins with 88.005 points, 0.010 more than b.",)


def test_a_tie_is_declared(evaluate: Evaluate, a_bid: MakeBid) -> None:
    found = evaluate(a_bid("a", 100), a_bid("b", 100), a_bid("c", 200))
    assert winner_line(found) == "Winner: undecided between a and b"
    assert found.undecided == ("a", "b")
    assert reasons_why(found) == (
        "Each has 88.00 points.",
        "The scheme does not separate them: the authority must decide, by a procedure that it announces.",
    ), "true with tie breaks and without: neither says a word of a procedure that is not published"


def test_a_tie_break_that_decided_is_named(evaluate: Evaluate, a_bid: MakeBid) -> None:
    award = {"rule": "highest_score", "on_rejection": "recompute", "ties": [{"highest": "care"}]}
    found = evaluate(a_bid("a", 100, 4, 4), a_bid("b", 100, 5, 2), scheme={"award": award})
    assert reasons_why(found) == ("b wins with 88.00 points, as much as a: the scheme's tie break places b before a.",)


def test_an_only_bid_and_no_bid(evaluate: Evaluate, a_bid: MakeBid) -> None:
    assert reasons_why(evaluate(a_bid("a", 100))) == ("a wins with 88.00 points; it is the only bid ranked.",)
    nobody = evaluate(a_bid("a", 100, 0, 0))
    assert winner_line(nobody) == "Winner: none"
    assert reasons_why(nobody) == ("No bid is left to be awarded: every bid was rejected or not shortlisted.",)


def test_a_rule_that_ranks_by_something_else_says_by_what(evaluate: Evaluate) -> None:
    scheme = price_alone("lowest_cost_per_quality_point")
    bids = [{"id": "a", "price": 600, "marks": {"quality": 10}}, {"id": "b", "price": 600, "marks": {"quality": 8}}]
    assert reasons_why(evaluate(*bids, scheme=scheme)) == (
        "a wins with a cost per quality point of 10.00, 2.50 less than b.",
    )


def test_a_framework_names_all_and_what_decides_at_the_border(evaluate: Evaluate) -> None:
    scheme = price_alone("highest_score", suppliers=2)
    bids = [{"id": n, "price": 100, "marks": {"quality": m}} for n, m in (("a", 10), ("b", 9), ("c", 8))]
    found = evaluate(*bids, scheme=scheme)
    assert winner_line(found) == "Winners: a and b"
    assert reasons_why(found) == (
        "They have the most points: a 100.00 and b 94.00.",
        "The first without a place is c with 88.00, a difference of 6.00 from b.",
    )


def test_a_tie_at_the_border_of_a_framework_leaves_the_better_ones_placed(evaluate: Evaluate) -> None:
    scheme = price_alone("highest_score", suppliers=2)
    bids = [{"id": n, "price": 100, "marks": {"quality": m}} for n, m in (("a", 10), ("b", 8), ("c", 8))]
    found = evaluate(*bids, scheme=scheme)
    assert winner_line(found) == "Winner: a; undecided between b and c"
    assert reasons_why(found)[-1] == "a has a place whatever is decided about the others."
    assert found.undecided == ("b", "c")


def grants(pot: int) -> dict[str, Any]:
    rule = {"name": "grants_within_pot", "pot": pot, "cap": 5000, "when_short": "stop"}
    criteria = [{"id": "quality", "weight": 100, "scorer": {"name": "mark", "out_of": 10}}]
    return {"criteria": criteria, "award": {"rule": rule}, "conditions": [], "abnormally_low": None}


def test_grants_are_listed_with_their_sum(evaluate: Evaluate) -> None:
    bids = [{"id": n, "price": p, "marks": {"quality": m}} for n, p, m in (("a", 3000, 9), ("b", 6000, 8))]
    found = evaluate(*bids, scheme=grants(8000))
    assert winner_line(found) == "Funded: a and b"
    assert reasons_why(found) == ("Grants go in order of points. In all, 8000.00 is awarded.",)


def test_equal_applicants_that_the_pot_cannot_fund_together_are_named(evaluate: Evaluate) -> None:
    rows = (("a", 3000, 9), ("b", 4000, 8), ("c", 4000, 8))
    bids = [{"id": n, "price": p, "marks": {"quality": m}} for n, p, m in rows]
    found = evaluate(*bids, scheme=grants(8000))
    assert found.bid("b") is not None
    assert found.undecided == ("b", "c")
    assert winner_line(found) == "Funded: a"
    assert reasons_why(found)[-2:] == (
        "b and c are tied and the money left does not fund them together.",
        "The scheme does not separate them: the authority must decide, by a procedure that it announces.",
    )
    assert sum((b.award or Fraction(0) for b in found.bids), Fraction(0)) == 3000
