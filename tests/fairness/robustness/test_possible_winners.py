"""Who can be first within bands of weights: closed forms, bands of groups, and why it cannot always be told."""

from __future__ import annotations

from fractions import Fraction

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import NoNearest, NoNearestBecause
from tender_eval.fairness.robustness.possible_winners import possible_winners
from tender_eval.fairness.scenarios.scenario import Scenario

MARK = {"name": "mark", "out_of": 100}


def scenario(by_id, *parts, **rest):
    stated = scheme(*(parts or (leaf("x", 50, MARK), leaf("y", 50, MARK))), award={"on_rejection": "recompute"}, **rest)
    offered = {name: {"marks": dict(zip("xyz", marks, strict=False))} for name, marks in by_id.items()}
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(offered)))


def test_within_the_usual_bands_and_at_any_weights():
    """a leads b by 30 on x and trails by 10 on y: b is ahead where x has less than a quarter, at the edge level."""
    found = possible_winners(scenario({"a": (80, 50), "b": (50, 60), "c": (50, 50)}))
    assert (found.possible, found.necessary, found.anywhere) == (("a", "b"), ("a",), ("a", "b"))
    assert (found.bands["x"], found.stated) == ((25, 75), False)


def test_within_bands_that_are_stated():
    given = scenario({"a": (80, 50), "b": (50, 60), "c": (50, 50)})
    narrow = possible_winners(given, {"x": (Fraction(40), Fraction(60))})
    assert (narrow.possible, narrow.necessary, narrow.stated) == (("a",), ("a",), True)
    beyond = possible_winners(given, {"x": (Fraction(0), Fraction(20))})
    assert (beyond.possible, beyond.necessary) == (("b",), ("b",))


def test_a_bid_that_is_best_at_nothing_can_be_first_in_between():
    found = possible_winners(scenario({"a": (100, 0), "b": (0, 100), "c": (60, 60)}))
    assert found.possible == ("c", "a", "b")
    assert found.necessary == ()


def test_a_bid_that_only_a_mixture_of_others_beats_is_never_first():
    """At equal weights a and b have 50 and c 45; nobody is ahead of c at all weights, and yet somebody always is."""
    found = possible_winners(scenario({"a": (100, 0), "b": (0, 100), "c": (45, 45)}))
    assert found.anywhere == ("a", "b")


def test_bands_of_groups():
    parts = (
        {"id": "quality", "weight": 60, "criteria": [leaf("x", 30, MARK), leaf("y", 30, MARK)]},
        leaf("z", 40, MARK),
    )
    given = scenario({"a": (80, 80, 40), "b": (40, 40, 80)}, *parts)  # a is ahead where quality has more than z
    band = (Fraction(50), Fraction(70))
    assert possible_winners(given, {"quality": band}).necessary == ("a",)
    assert possible_winners(given, {"quality": (Fraction(40), Fraction(70))}).possible == ("a", "b")
    assert possible_winners(given, {"quality": (Fraction(40), Fraction(70))}).necessary == ()


def test_why_it_cannot_be_told():
    group = {"id": "all", "weight": 100, "minimum": "50%", "criteria": [leaf("x", 50, MARK), leaf("y", 50, MARK)]}
    turned_away = possible_winners(scenario({"a": (80, 50), "b": (50, 60)}, group))
    assert turned_away == NoNearest(NoNearestBecause.TURNED_AWAY)
    rounding = {"places": 1, "mode": "half_up", "at": ["total"]}
    rounded = possible_winners(scenario({"a": (80, 50), "b": (50, 60)}, rounding=rounding))
    assert rounded == NoNearest(NoNearestBecause.ROUNDED)
