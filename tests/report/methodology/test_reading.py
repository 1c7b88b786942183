"""The published method has one reading: every sentence of it, and that the engine computes just that."""

from fractions import Fraction
from typing import Any
from unicodedata import normalize

import pytest
from inline import CATALOGUE, Data, bids, evaluate, figures, leaf, points, ranks, refusal, scheme

from tender_eval import award_lots, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.report.methodology.document import publish

MARK = {"name": "mark", "out_of": 5}


def published(stated: Data) -> str:
    text = document_markdown(publish(compile_scheme(scheme_from_data(stated), CATALOGUE)))
    assert "## How this is to be read" in text
    return text


def comparing(on_rejection: str, **rest: object) -> Data:
    return scheme(leaf("q", 60, MARK, minimum="40%"), leaf("price", 40, "ratio_to_lowest"),
                  award={"on_rejection": on_rejection}, **rest)  # fmt: skip


@pytest.mark.slow
def test_who_still_counts() -> None:
    """After the case keep-order: a 72, b 66."""
    assert "still counts in the scores of the others, and so do its price and marks" in published(
        comparing("keep_order")
    )
    assert "A tender that is rejected no longer counts" in published(comparing("recompute"))
    bids = {"a": (100, 4), "b": (80, 3), "below": (60, 1)}
    stated = {name: {"price": price, "marks": {"q": mark}} for name, (price, mark) in bids.items()}
    assert points(evaluate(comparing("keep_order"), stated), "price")["a"] == 24
    assert points(evaluate(comparing("recompute"), stated), "price")["a"] == 32


@pytest.mark.slow
def test_minimums_come_before_the_rule_s_own_rejections() -> None:
    """After the case rule-after-minimums: dear is below the minimum of the price, and cheap is then the only bid.

    In one pass the rule would first have turned cheap away, which has no quality points beside dear.
    """
    reach = {"name": "linear_between_bids", "field": "values.people", "best": "highest"}
    stated = scheme(
        leaf("reach", 60, reach), leaf("price", 40, "ratio_to_lowest", minimum="50%"),
        rule="lowest_cost_per_quality_point", award={"on_rejection": "recompute"},
    )  # fmt: skip
    told = "until nobody more is rejected by them. Only then the award rule rejects whom it must"
    assert told in published(stated)
    assert told not in published(comparing("recompute")), "whose rule rejects nobody"
    asked = {"dear": (300_000, 400), "cheap": (100_000, 200)}
    result = evaluate(stated, {n: {"price": price, "values": {"people": p}} for n, (price, p) in asked.items()})
    assert ranks(result) == {"cheap": 1, "dear": None}
    assert figures(result)["cheap"] == Fraction(5000, 3)


@pytest.mark.slow
def test_a_place_on_the_shortlist_can_go_to_a_bid_below_a_minimum() -> None:
    shortlist = {"by": ["q"], "top": 2}
    stated = scheme(
        {"id": "q", "weight": 60, "criteria": [leaf("x", 50, MARK), leaf("y", 10, MARK, minimum="60%")]},
        leaf("price", 40, "ratio_to_lowest"), award={"on_rejection": "recompute"}, shortlist=shortlist,
    )  # fmt: skip
    assert "a place on it can go to a tender that a minimum then rejects, and nobody moves up" in published(stated)
    marks = {"a": (5, 5), "b": (4, 2), "c": (3, 5)}
    result = evaluate(stated, {n: {"price": 100, "marks": {"x": x, "y": y}} for n, (x, y) in marks.items()})
    assert ranks(result) == {"a": 1, "b": None, "c": None}
    assert [bid.status for bid in sorted(result.bids, key=lambda b: b.id)] == ["ranked", "rejected", "not_shortlisted"]


@pytest.mark.parametrize(("at", "figure"), [("leaf", 57_143), ("group", 57_000)])
def test_money_for_quality_at_a_question_and_at_a_group_under_rounding(at: str, figure: int) -> None:
    """The same tender: 3 of 7 is worth 42,857.14 of 100,000 at a question, and 43% of it at a group."""
    question = leaf("q", 100, {"name": "mark", "out_of": 7})
    group = {"id": "g", "weight": 100, "criteria": [question]}
    rule = {"name": "lowest_price_less_quality_value",
            "values": [{"criterion": "q" if at == "leaf" else "g", "full_marks": 100_000}]}  # fmt: skip
    stated = scheme(group, rule=rule, rounding={"places": 0, "mode": "half_up", "at": ["criterion", "total"]})
    assert figures(evaluate(stated, {"a": {"price": 100_000, "marks": {"q": 3}}})) == {"a": figure}
    assert ("The share of full marks at “g” is its points, rounded" in published(stated)) == (at == "group")


@pytest.mark.slow
def test_a_step_called_like_a_criterion_goes_by_its_points_but_the_lowest_price_by_the_price() -> None:
    """The dearer bid of the two has fewer points for its price, and as many in all."""

    def stated(step: dict[str, str]) -> Data:
        price = leaf("price", 50, {"name": "fixed_band", "full_at": 100, "zero_at": 200})
        return scheme(leaf("q", 50, {"name": "mark", "out_of": 2}), price, award={"ties": [step]})

    bids = {"dear": {"price": 200, "marks": {"q": 2}}, "cheap": {"price": 100, "marks": {"q": 0}}}
    assert ranks(evaluate(stated({"lowest": "price"}), bids)) == {"cheap": 1, "dear": 2}
    assert ranks(evaluate(stated({"highest": "price"}), bids)) == {"cheap": 1, "dear": 2}, "the points for it"
    assert ranks(evaluate(stated({"highest": "q"}), bids)) == {"dear": 1, "cheap": 2}
    assert "the price is the price itself, never the points for it" in published(stated({"lowest": "price"}))


def test_silence_fails_a_declaration_and_stops_at_a_figure() -> None:
    def stated(**condition: object) -> Data:
        asked = {"id": "c", "title": "C", **condition}
        return scheme(leaf("q", 100, MARK), conditions=[asked])

    declared = stated(reads="declarations.policy", must_be=True)
    assert ranks(evaluate(declared, {"a": {"marks": {"q": 5}}})) == {"a": None}
    owned = stated(reads="supplier.annual_income", at_least=1000)
    assert [d.code for d in refusal(evaluate, owned, {"a": {"marks": {"q": 5}}})] == ["TE052"]
    assert "that a tender does not state is not met. Any other figure" in published(declared)


@pytest.mark.slow
def test_equal_grants_and_floors_are_told() -> None:
    rule = {"name": "grants_within_pot", "pot": 10_000, "cap": 5_000, "when_short": "stop"}
    text = published(scheme(leaf("q", 100, MARK), rule=rule))
    assert "Equal bids that the pot cannot fund together are a declared tie: neither is funded" in text
    assert "whose floor is above the cap, or above what it asks for itself, cannot be funded by any grant" in text


def test_the_lead_of_lots_with_figures_below_zero() -> None:
    """After the case lead-negative: distance over the larger size, 4 of 5 in the north and 9 of 10 in the south."""
    rule = {"name": "lowest_price_less_quality_value", "values": [{"criterion": "q", "full_marks": 100}]}
    lots = {"mechanism": "largest_lead", "most_awarded": 1}
    stated = scheme(leaf("q", 100, MARK), rule=rule, award={"lots": lots})
    assert "below zero of the one further from it: -5 leads -1 by 4 / 5" in published(stated)
    prices = {"a": (95, 101), "b": (99, 110), "c": (150, 150)}
    offered = {
        name: {"marks": {"q": 5}, "lots": {"north": {"price": north}, "south": {"price": south}}}
        for name, (north, south) in prices.items()
    }
    tender = bids(offered) | {"tender": {"lots": [{"id": "north"}, {"id": "south"}]}}
    found = award_lots(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(tender))
    assert {awarded.lot: awarded.bid.id for awarded in found.awards} == {"north": "b", "south": "a"}
    assert found.order == ("south", "north")


def test_a_third_is_no_number_of_points() -> None:
    stated = scheme(leaf("q", "1/3", MARK), leaf("price", 2, "ratio_to_lowest"), weights="points")
    assert [d.code for d in refusal(evaluate, stated, {"a": {"price": 1, "marks": {"q": 1}}})] == ["TE012"]


@pytest.mark.parametrize(
    ("mode", "said"),
    [("half_up", "2.5 becomes 3, -2.5 becomes -3"), ("half_down", "2.5 becomes 2, -2.5 becomes -2"),
     ("down", "2.9 becomes 2, -2.9 becomes -2"), ("floor", "2.9 becomes 2, -2.1 becomes -3"),
     ("ceiling", "2.1 becomes 3, -2.9 becomes -2"), ("up", "2.1 becomes 3, -2.1 becomes -3")],
)  # fmt: skip
def test_rounding_says_what_becomes_of_figures_below_zero(mode: str, said: str) -> None:
    rounding = {"places": 0, "mode": mode, "at": ["total"]}
    assert said in published(scheme(leaf("q", 100, MARK), rounding=rounding))


@pytest.mark.slow
@pytest.mark.parametrize(("payments", "price"), [("start_of_year", 220), ("end_of_year", Fraction(2300, 11))])
def test_once_is_paid_today_and_counts_in_full(payments: str, price: Fraction) -> None:
    model = {"components": {"start": "once", "first": "year_1", "zero": "once"}, "years": 1,
             "discount_rate": "10%", "payments": payments}  # fmt: skip
    stated = scheme(leaf("q", 100, MARK), rule="lowest_price", price=model)
    bids = {"a": {"prices": {"start": 120, "first": 100, "zero": 0}, "marks": {"q": 1}}}
    expected = 220 if payments == "start_of_year" else 120 + Fraction(100) / Fraction(11, 10)
    assert figures(evaluate(stated, bids)) == {"a": expected}
    assert "once, at the start: in full, whenever the years are paid" in published(stated)


def test_names_are_the_same_whatever_their_capitals_spaces_and_accents() -> None:
    networks = ["Réseau Nord", normalize("NFD", "réseau  nord"), "RÉSEAU NORD", "Süd"]
    parts: dict[str, Any] = {"networks": {"share": 1, "bands": [{"from": 0, "share": 0}, {"from": 2, "share": 1}]}}
    stated = scheme(leaf("n", 100, {"name": "network_strength", **parts}))
    bids = {
        "a": {"supplier": {"name": "A", "networks": networks}},
        "b": {"supplier": {"name": "B", "networks": networks[:3]}},
    }
    assert points(evaluate(stated, bids), "n") == {"a": 100, "b": 0}
    assert "whatever their capitals, spaces and way of writing accents" in published(stated)


def test_an_answer_is_compared_letter_by_letter_however_its_accents_are_put_together() -> None:
    asked = {"id": "c", "title": "C", "reads": "supplier.legal_form", "one_of": ["société"]}
    stated = scheme(leaf("q", 100, MARK), conditions=[asked])
    forms = {"a": normalize("NFD", "société"), "b": "Société"}
    bids = {name: {"supplier": {"name": name, "legal_form": form}, "marks": {"q": 5}} for name, form in forms.items()}
    assert ranks(evaluate(stated, bids)) == {"a": 1, "b": None}
