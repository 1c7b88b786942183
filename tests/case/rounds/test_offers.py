"""Rounds of negotiation: the last offer of each bid counts, all stay in the case, and rounds come in their order."""

from __future__ import annotations

from typing import Any

import pytest
from acting import ONE, PANEL, PEOPLE, PRICES, SCHEME, SEALED, Acting, source
from desks import given

from tender_eval.model.panel import OneMark

ROUNDS = SCHEME.replace("currency: GBP\n", "currency: GBP\nregime: {rounds: 3}\n")


def offers(**prices: object) -> dict[str, Any]:
    """A file of offers: a price and a mark of 5 for each bid."""
    bids = "".join(
        f"  - {{id: {name}, price: {price}, marks: {{care: {{agreed: 5, reason: Better now}}}}}}\n"
        for name, price in prices.items()
    )
    return source("offers.yaml", f"format: tender-eval/bids/1\nbids:\n{bids}")


def negotiated() -> Acting:
    case = Acting.opened(scheme=ROUNDS)
    case("receive", file=source("b.yaml", ONE))
    return case


def test_a_later_offer_takes_the_place_of_the_one_before_and_the_others_stand() -> None:
    case = negotiated()
    told = case("offer", file=offers(low=90, top=450), round="2")
    assert [change[:1] + change[3:] for change in told.prices] == [("low", "100", "90"), ("top", "500", "450")]
    case("offer", file=offers(top=80), round="3")
    assert (case.state.round, case.state.offers) == (3, {"low": 2, "top": 3})
    case("lock")
    case("evaluate")
    evaluation = case.state.evaluations[""]
    assert evaluation.winner == ("top",)
    stood = {bid.id: bid.figures["price"].value for bid in case.state.bids.bids}
    assert stood == {"low": 90, "mid": 300, "top": 80}


def test_it_comes_to_the_same_as_if_the_last_offers_had_been_the_first() -> None:
    case, alone = negotiated(), Acting.opened(scheme=ROUNDS)
    case("offer", file=offers(low=90, mid=95, top=70), round="2")
    case("offer", file=offers(low=60, mid=95, top=88), round="3")
    received = ONE
    for old, new in (("price: 100", "price: 60"), ("price: 300", "price: 95"), ("price: 500", "price: 88")):
        received = received.replace(old, new)
    for mark in ("2", "4"):
        received = received.replace(f"agreed: {mark}", "agreed: 5")
    alone("receive", file=source("b.yaml", received))
    for one in (case, alone):
        one("lock")
        one("evaluate")
    figures = [{b.id: (b.rank, b.figure) for b in one.state.evaluations[""].bids} for one in (case, alone)]
    assert figures[0] == figures[1]


def test_what_an_offer_does_not_state_of_the_service_is_no_longer_stated_and_facts_of_the_supplier_are() -> None:
    case = negotiated()
    bare = source("o.yaml", "format: tender-eval/bids/1\nbids: [{id: low, price: 90}]\n")
    case("offer", file=bare, round="2")
    low = next(bid for bid in case.state.bids.bids if bid.id == "low")
    assert (low.marks, low.name, low.figures["declarations.insured"].value) == ({}, "Alder", True)
    assert {code for code, _ in case.refusal("lock")} == {"TE052"}, "the mark of the offer before counts no more"


OF_ANOTHER = source("o.yaml", "format: tender-eval/bids/1\nbids: [{id: low, supplier: {name: Z}, price: 1}]\n")


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"round": "1"}, "TE087", "no round of offers that is due"),
        ({"round": "3"}, "TE087", "no round of offers that is due"),
        ({"round": "two"}, "TE087", "no round of offers that is due"),
        ({"round": "2", "file": offers(nobody=1)}, "TE070", "whose offer"),
        ({"round": "2", "file": offers(low="x")}, "TE013", ""),
        ({"round": "2", "file": OF_ANOTHER}, "TE085", "is of Z here"),
    ],
)
def test_offers_that_cannot_be_are_refused(said: dict[str, Any], code: str, words: str) -> None:
    case = negotiated()
    found = case.refusal("offer", **({"file": offers(low=90)} | said))
    assert any(code == one and words in message for one, message in found), found


def test_rounds_end_and_nobody_offers_twice_in_one_or_after_the_marks_are_locked() -> None:
    case = negotiated()
    case("offer", file=offers(low=90), round="2")
    assert case.refusal("offer", file=offers(low=80), round="2")[0][0] == "TE085"
    case("offer", file=offers(mid=80), round="2")
    case("offer", file=offers(low=70), round="3")
    assert case.refusal("offer", file=offers(mid=80), round="2")[0][0] == "TE087", "round 3 has begun"
    assert case.refusal("offer", file=offers(low=60), round="4")[0][0] == "TE087"
    case("offer", file=offers(mid=60), round="3")
    case("lock")
    assert case.refusal("offer", file=offers(top=60), round="3")[0][0] == "TE087"


def test_a_bid_that_is_out_makes_no_offer_and_a_scheme_without_rounds_takes_none() -> None:
    case = negotiated()
    case("withdraw", bid="low")
    assert case.refusal("offer", file=offers(low=90), round="2")[0] == ("TE085", 'bid "low" is out')
    plain = Acting.opened()
    plain("receive", file=source("b.yaml", ONE))
    assert plain.refusal("offer", file=offers(low=90), round="2")[0] == ("TE087", "the scheme has one round of offers")


def test_sealed_prices_of_a_round_take_the_place_of_those_sealed_before() -> None:
    case = Acting.opened(scheme=ROUNDS)
    first, last = PRICES, PRICES.replace("500", "90")
    case("receive", file=source("b.yaml", SEALED), sealed=committed(first))
    marks = source("o.yaml", SEALED.replace("agreed: 2", "agreed: 4"))
    assert case.refusal("offer", file=offers(low=1), round="2")[0][0] == "TE082", "prices stay sealed"
    case("offer", file=marks, round="2", sealed=committed(last))
    case("lock")
    case.open_prices(last)
    case("evaluate")
    assert {bid.id: bid.figures["price"].value for bid in case.state.bids.bids}["top"] == 90


def committed(prices: str) -> dict[str, Any]:
    return {"name": "prices.csv", "sha256": source("prices.csv", prices)["sha256"]}


IN_LOTS = """\
format: tender-eval/bids/1
tender: {id: t, title: Refuge, lots: [{id: north}, {id: south}]}
bids:
  - id: a
    supplier: {name: Alder}
    declarations: {insured: true}
    lots: {north: {price: 100, values: {beds: 4}}, south: {price: 200}}
  - {id: b, supplier: {name: Birch}, declarations: {insured: true}, lots: {north: {price: 120}}}
"""


def offered(text: str, tender: str = "{lots: [{id: north}, {id: south}]}") -> dict[str, Any]:
    """A file of offers, which need not say again what the tender is called."""
    return source("o.yaml", f"format: tender-eval/bids/1\ntender: {tender}\nbids: [{text}]\n")


def in_lots() -> Acting:
    """A tender in two lots, every bid of which Ann has marked."""
    case = Acting.opened(scheme=ROUNDS, panel=PANEL)
    case("receive", file=source("b.yaml", IN_LOTS))
    for person in PEOPLE:
        case("declare_interest", person=person, none="true")
    of_lots = (("a", "north"), ("a", "south"), ("b", "north"))
    case("submit_marks", person="ann", marks=[given(bid, "care", "4", lot=lot) for bid, lot in of_lots])
    return case


def test_an_offer_for_one_lot_leaves_what_was_offered_for_the_others() -> None:
    case = in_lots()
    told = case("offer", file=offered("{id: a, lots: {north: {price: 90}}}"), round="2")
    assert [(change.bid, change.lot, change.old, change.new) for change in told.prices] == [("a", "north", "100", "90")]
    found = {bid.id: bid for bid in case.state.bids.bids}
    assert {lot: part.figures["price"].value for lot, part in found["a"].lots.items()} == {"north": 90, "south": 200}
    assert "values.beds" not in found["a"].lots["north"].figures, "the offer for a lot is all that counts there"
    assert found["b"].lots["north"].figures["price"].value == 120


def test_marks_of_the_offer_before_are_set_aside_for_the_lots_that_it_names() -> None:
    case = in_lots()
    told = case("offer", file=offered("{id: a, lots: {north: {price: 90}}}"), round="2")
    assert told.marks == (OneMark("a", "north", "care"),)
    assert told.states["marks_set_aside"] == [{"bid": "a", "lot": "north", "criterion": "care"}]
    assert sorted(case.state.given["ann"]) == [OneMark("a", "south", "care"), OneMark("b", "north", "care")]
    again = case("offer", file=offered("{id: b, lots: {north: {price: 90}, south: {price: 80}}}"), round="3")
    assert again.marks == (OneMark("b", "north", "care"),), "nobody has marked it for the south yet"


def test_an_offer_says_for_which_lots_it_is() -> None:
    ((code, message),) = in_lots().refusal("offer", file=offered("{id: a, values: {beds: 3}}", "{id: t}"), round="2")
    assert (code, message) == ("TE056", 'the offer of bid "a" does not say for which lots it is')


@pytest.mark.parametrize(
    "tender",
    ["{id: u, lots: [{id: north}]}", "{lots: [{id: north, title: The north}]}", "{lots: [{id: north}, {id: west}]}"],
)
def test_offers_for_another_tender_are_refused(tender: str) -> None:
    file = offered("{id: a, lots: {north: {price: 90}}}", tender)
    ((code, message),) = in_lots().refusal("offer", file=file, round="2")
    assert (code, message) == ("TE085", "the tender is another here than in the record")


def test_an_offer_in_a_table_names_its_lots_by_its_headings() -> None:
    case = in_lots()
    case("offer", file=source("o.csv", "id,lots.south.price\na,150\nb,80\n"), round="2")
    bids = case.state.bids.bids
    prices = {bid.id: {lot: part.figures["price"].value for lot, part in bid.lots.items()} for bid in bids}
    assert prices == {"a": {"north": 100, "south": 150}, "b": {"north": 120, "south": 80}}
