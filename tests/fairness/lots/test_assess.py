"""The award across lots and what moves it, against an award worked out anew in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.terminal import document_text
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.across import AcrossFindings
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions
from tender_eval.fairness.findings.samples import GroupSample
from tender_eval.fairness.lots.assess import across_lots
from tender_eval.fairness.lots.together import Together
from tender_eval.lots.optimum import diagram
from tender_eval.report.fairness.document import fairness_document
from tender_eval.report.json.fairness import fairness_json

LOTS = ("north", "south", "east")
Offers = Mapping[str, Mapping[str, tuple[int, Any]]]
"""By bid and lot, the mark out of 5 and the price."""
OFFERS: Offers = {
    "a": {"north": (5, 100), "south": (5, 100), "east": (2, 90)},
    "b": {"north": (4, 99), "south": (3, 90), "east": (3, 100)},
    "c": {"south": (3, 100), "east": (4, 120)},
}


def won(offers: Offers, quality: Fraction = Fraction(60)) -> dict[str, tuple[str, ...]]:
    """At most one lot each, the lots in order, each to the best bid that has none.

    Level ones leave a lot open, and with it each further one that does not go the same way whoever of them has it.
    """
    ways = _ways(offers, quality, LOTS, frozenset())
    return {
        lot: (ways[0][n],) if len({way[n] for way in ways}) == 1 and ways[0][n] else () for n, lot in enumerate(LOTS)
    }


def _ways(offers: Offers, quality: Fraction, lots: tuple[str, ...], held: frozenset[str]) -> list[tuple[str, ...]]:
    if not lots:
        return [()]
    there = {bid: own[lots[0]] for bid, own in offers.items() if lots[0] in own}
    lowest = min(Fraction(price) for _, price in there.values())
    points = {
        bid: quality * Fraction(mark, 5) + (100 - quality) * lowest / Fraction(price)
        for bid, (mark, price) in there.items()
        if bid not in held
    }
    best = [bid for bid, own in points.items() if own == max(points.values())] or [""]
    return [(bid, *way) for bid in best for way in _ways(offers, quality, lots[1:], held | {bid})]


def changed(offers: Offers, bid: str, lot: str, offer: tuple[int, Any]) -> Offers:
    return {**offers, bid: {**offers[bid], lot: offer}}


def study(limits: Mapping[str, Any] | None = None) -> Analysis:
    parts = leaf("quality", 60, {"name": "mark", "out_of": 5}), leaf("price", 40, "ratio_to_lowest")
    lots = {"mechanism": "lot_order", "order": list(LOTS), "most_awarded": 1} if limits is None else limits
    stated = scheme(*parts, award={"on_rejection": "recompute", **({"lots": lots} if lots else {})})
    offered = bids({
        bid: {"supplier": {"name": bid.upper(), "size": "small" if bid == "c" else "large"},
              "lots": {lot: {"price": price, "marks": {"quality": mark}} for lot, (mark, price) in own.items()}}
        for bid, own in OFFERS.items()
    })  # fmt: skip
    tender = {"tender": {"lots": [{"id": lot} for lot in LOTS]}}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    return analyse(compiled, bids_from_data(offered | tender), AnalysisOptions(200))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return study()


@pytest.fixture(scope="module")
def found(analysis: Analysis) -> AcrossFindings:
    assert analysis.across is not None
    return analysis.across


def of_kind(found: AcrossFindings, kind: str) -> list[Any]:
    return [change for change in found.changes if change.kind == kind]


@pytest.mark.slow
def test_the_award_is_as_the_scheme_makes_it(found: AcrossFindings) -> None:
    assert found.award == won(OFFERS) == {"north": ("a",), "south": ("b",), "east": ("c",)}
    assert found.first == {"north": ("a",), "south": ("a",), "east": ("c",)}


def test_every_mark_that_moves_the_award_by_one_step_is_found(found: AcrossFindings) -> None:
    expected = {}
    for bid, own in OFFERS.items():
        for lot, (mark, price) in own.items():
            for to in {mark - 1, mark + 1} & set(range(6)):
                after = won(changed(OFFERS, bid, lot, (to, price)))
                if moved := {name: who for name, who in after.items() if who != found.award[name]}:
                    expected[bid, lot, to] = moved
    assert {(c.bid, c.lot, c.to): c.award for c in of_kind(found, "mark")} == expected
    assert expected


def test_what_a_bid_that_goes_moves_is_found(found: AcrossFindings) -> None:
    for bid in OFFERS:
        after = won({name: own for name, own in OFFERS.items() if name != bid})
        (change,) = (change for change in of_kind(found, "removed") if change.bid == bid)
        assert change.award == {lot: who for lot, who in after.items() if who != found.award[lot]}


def test_the_nearest_price_and_weight_move_the_award_and_a_little_nearer_nothing_does(found: AcrossFindings) -> None:
    assert of_kind(found, "price")
    for change in of_kind(found, "price"):
        mark, price = OFFERS[change.bid][change.lot]
        for at, moves in ((change.to, True), (change.to + Fraction(price, 10**6), False)):
            after = won(changed(OFFERS, change.bid, change.lot, (mark, at)))
            assert (after != found.award) is moves, (change, at)
    for change in of_kind(found, "weight"):
        quality = change.to if change.criterion == "quality" else 100 - change.to
        assert won(OFFERS, quality) != found.award
        nearer = quality + (1 if quality < 60 else -1) * Fraction(1, 10**4)
        assert won(OFFERS, nearer) == found.award


def best(offers: Offers, quality: Fraction = Fraction(60)) -> dict[str, tuple[str, ...]]:
    """At most one lot each, and the most points of all; of ways that come to as many, nobody has what differs."""
    points = {}
    for lot in LOTS:
        there = {bid: own[lot] for bid, own in offers.items() if lot in own}
        lowest = min(Fraction(price) for _, price in there.values())
        for bid, (mark, price) in there.items():
            points[bid, lot] = quality * Fraction(mark, 5) + (100 - quality) * lowest / Fraction(price)
    ways = [way for way in permutations(offers, len(LOTS)) if set(zip(way, LOTS, strict=True)) <= set(points)]
    totals = {way: sum(points[bid, lot] for bid, lot in zip(way, LOTS, strict=True)) for way in ways}
    most = [way for way in ways if totals[way] == max(totals.values())]
    return {lot: (most[0][n],) if len({way[n] for way in most}) == 1 else () for n, lot in enumerate(LOTS)}


TOTAL = {"mechanism": "best_total", "most_awarded": 1}


@pytest.fixture(scope="module")
def best_found() -> AcrossFindings:
    across = study(TOTAL).across
    assert across is not None
    return across


@pytest.mark.slow
def test_the_best_total_is_tried_as_other_awards_are(best_found: AcrossFindings) -> None:
    """Every draw that was asked for; and the nearest prices move the best of all ways, and a little nearer do not."""
    assert best_found.award == best(OFFERS)
    assert best_found.sought == ("removed", "mark", "price", "weight")
    assert {shares.draws for shares in (best_found.near, best_found.whole, best_found.marks) if shares} == {200}
    prices = {(change.bid, change.lot) for change in of_kind(best_found, "price")}
    assert prices == {("a", "north"), ("b", "south"), ("b", "east"), ("c", "south")}
    for change in of_kind(best_found, "price"):
        mark, price = OFFERS[change.bid][change.lot]
        for at, moves in ((change.to, True), (change.to + Fraction(price, 10**6), False)):
            assert (best(changed(OFFERS, change.bid, change.lot, (mark, at))) != best_found.award) is moves
    for change in of_kind(best_found, "weight"):
        quality = change.to if change.criterion == "quality" else 100 - change.to
        assert best(OFFERS, quality) != best_found.award


@pytest.mark.slow
def test_where_each_award_takes_a_search_fewer_draws_are_made_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagram, "MOST_NODES", 0)
    searched = study(TOTAL)
    assert searched.across is not None
    assert searched.across.near is not None
    assert searched.across.near.draws == 50
    assert searched.across.sought == ("removed", "mark")
    text = " ".join(document_text(fairness_document(searched, brief=True)).split())
    assert "there are 50 draws, where 200 were asked for" in text
    assert "Lower prices and other weights that would move the award were not looked for" in text


def test_shares_are_of_the_award_under_the_limits(found: AcrossFindings) -> None:
    for shares in (found.near, found.whole, found.marks):
        assert shares is not None
        for bids_of_lot in shares.awarded.values():
            assert sum(bids_of_lot.values()) <= 1 + 1e-9
        assert shares.same <= min(shares.awarded[lot].get(found.award[lot][0], 0) for lot in LOTS)
    assert found.near is not None
    assert found.near.awarded["north"] == {"a": 1.0}


def test_groups_are_counted_over_all_lots(found: AcrossFindings) -> None:
    small = next(group for group in found.groups if group.group == "small")
    assert (small.members, small.others, small.selected, small.selected_others) == (2, 6, 0.5, 2 / 6)
    assert (small.ratio, small.chance) == (1.5, pytest.approx(1))
    assert small.sample == GroupSample(8, lots=3)


def test_it_stands_before_the_lots_in_every_format(analysis: Analysis) -> None:
    text = document_text(fairness_document(analysis, brief=True))
    assert text.index("The award across the lots") < text.index("Lot north")
    assert "Awarded to b\n- By itself the lot would go to a." in text
    assert '"across_lots":' in fairness_json(analysis)


@pytest.mark.slow
def test_a_bid_is_told_what_it_holds_where_a_mark_is_given_once_for_all_lots() -> None:
    """b is given one mark for both lots: a step of it changes both."""
    parts = leaf("quality", 60, {"name": "mark", "out_of": 5}), leaf("price", 40, "ratio_to_lowest")
    lots = {"mechanism": "lot_order", "most_awarded": 1}
    stated = scheme(*parts, award={"on_rejection": "recompute", "lots": lots})
    both = {"north": {"price": 100}, "south": {"price": 100}}
    offered = bids({"a": {"marks": {"quality": 4}, "lots": both}, "b": {"marks": {"quality": 3}, "lots": both}})
    tender = {"tender": {"lots": [{"id": "north"}, {"id": "south"}]}}
    together = Together(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(offered | tender))
    marks = of_kind(across_lots(together, AnalysisOptions(100)), "mark")
    assert {(c.bid, c.lot, c.to) for c in marks} == {("a", "", 3), ("b", "", 4)}
    assert all(c.award == {"north": (), "south": ()} for c in marks)  # level in both: neither is decided


@pytest.mark.slow
def test_without_limits_each_lot_says_itself_what_moves_it() -> None:
    result = study({})
    free = result.across
    assert free is not None
    assert (free.independent, free.changes, free.near) == (True, (), None)
    assert free.award == free.first
    assert "By itself the lot" not in document_text(fairness_document(result, brief=True))


def test_of_one_lot_alone_nothing_is_said_across_lots(analysis: Analysis) -> None:
    alone = analyse(analysis.compiled, analysis.bids, replace(analysis.options, draws=100), "north")
    assert alone.across is None
