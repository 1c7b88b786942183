"""Limits are on suppliers: over all their bids, groups of companies and consortia."""

from __future__ import annotations

from typing import Any

import pytest
from contests import CATALOGUE, LIMITED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline import leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.languages.results import text
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.suppliers import suppliers_of

Data = dict[str, Any]
PRICE = leaf("price", 100, "ratio_to_lowest")


def compiled(lots: Data | None = None, **award: Any) -> CompiledScheme:
    return compile_scheme(
        scheme_from_data(scheme(PRICE, rule="lowest_price", award={"lots": lots, **award})), CATALOGUE
    )


def tender(bids: dict[str, tuple[Data, dict[str, int]]], **more: Data) -> Bids:
    """Bids by id: the supplier, and the price for each lot."""
    lots = sorted({lot for _, prices in bids.values() for lot in prices})
    return bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "tender": {"lots": [{"id": lot, "annual_value": 100} for lot in lots]},
            "bids": [
                {
                    "id": name,
                    "supplier": who,
                    "lots": {n: {"price": p} for n, p in prices.items()},
                    **more.get(name, {}),
                }
                for name, (who, prices) in bids.items()
            ],
        }
    )


def winners(found: AcrossLots) -> dict[str, str]:
    return {award.lot: award.bid.id for award in found.awards}


ALDER, BIRCH, CEDAR = ({"name": name, "annual_income": 150} for name in ("Alder", "Birch", "Cedar"))


@pytest.mark.parametrize("mechanism", LIMITED)
def test_two_bids_of_one_supplier_have_the_room_of_one(mechanism: str) -> None:
    bids = tender({"b1": (ALDER, {"n": 100}), "b2": (ALDER, {"s": 100}), "b3": (BIRCH, {"s": 130})})
    found = award_lots(compiled({"mechanism": mechanism, "most_awarded": 1}), bids)
    assert winners(found) in ({"n": "b1", "s": "b3"}, {"s": "b2"})
    found = award_lots(compiled({"mechanism": mechanism, "capacity": "100% of supplier.annual_income"}), bids)
    assert not {"b1", "b2"} <= set(winners(found).values())


def test_the_reason_names_what_the_supplier_holds() -> None:
    bids = tender({"b1": (ALDER, {"n": 100}), "b2": (ALDER, {"s": 100}), "b3": (BIRCH, {"s": 130})})
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}), bids)
    (why,) = found.reasons["s"]
    assert (why.bid, why.kind, why.holds) == ("b2", "capped", ("n",))
    found = award_lots(compiled({"mechanism": "lot_order", "capacity": "100% of supplier.annual_income"}), bids)
    assert text(found.reasons["s"][0]) == (
        "ranked 1, but the lot's annual value 100 beside 100 for n, which its supplier is awarded, is above its "
        "capacity 150 (100% of pooled.annual_income)"
    )


def test_linked_companies_have_the_room_of_one() -> None:
    one, other = ALDER | {"group": "Wood"}, BIRCH | {"group": "wood"}
    bids = tender({"a": (one, {"n": 100}), "b": (other, {"s": 100}), "c": (CEDAR, {"s": 130})})
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}), bids)
    assert winners(found) == {"n": "a", "s": "c"}


def test_a_member_of_a_consortium_has_less_room_by_itself() -> None:
    joint = {
        "consortium": {"members": [{"name": "Birch Ltd", "share": "50%", "confirmed": True, "annual_income": 150}]}
    }
    bids = tender({"ab": (ALDER, {"n": 100}), "b": (BIRCH, {"s": 100}), "c": (CEDAR, {"s": 130})}, ab=joint)
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}), bids)
    assert winners(found) == {"n": "ab", "s": "c"}
    found = award_lots(compiled({"mechanism": "lot_order", "capacity": "100% of supplier.annual_income"}), bids)
    assert winners(found) == {"n": "ab", "s": "c"}, "a consortium's lot counts in full for each member"
    found = award_lots(compiled({"mechanism": "lot_order", "capacity": "134% of supplier.annual_income"}), bids)
    assert winners(found) == {"n": "ab", "s": "b"}


def test_who_holds_a_lot_is_not_pushed_beyond_its_own_capacity_by_a_consortium() -> None:
    joint = {"consortium": {"members": [{"name": "Birch", "share": "50%", "confirmed": True, "annual_income": 150}]}}
    bids = tender({"ab": (ALDER, {"s": 100}), "b": (BIRCH, {"n": 100}), "c": (CEDAR, {"s": 130})}, ab=joint)
    found = award_lots(compiled({"mechanism": "lot_order", "capacity": "100% of supplier.annual_income"}), bids)
    assert winners(found) == {"n": "b", "s": "c"}
    (why, *_) = found.reasons["s"]
    assert text(why).endswith("is above its capacity 150 (that of bid b, which shares a supplier with it)")


def test_lots_tendered_for_are_counted_over_all_bids() -> None:
    bids = tender({"b1": (ALDER, {"n": 100}), "b2": (ALDER, {"s": 100}), "b3": (BIRCH, {"s": 130})})
    (told,) = refusal(award_lots, compiled({"mechanism": "lot_order", "most_tendered": 1}), bids)
    assert told.code == "TE500"
    assert told.message == (
        'with bid "b2" a supplier in it is in bids for 2 lots (n, s; the other is b1); one supplier may bid for at '
        "most 1"
    )
    assert award_lots(compiled({"mechanism": "lot_order", "most_tendered": 2}), bids).awards


def test_a_second_bid_for_a_lot_is_refused_unless_variants_are_allowed() -> None:
    bids = tender({"b1": (ALDER, {"n": 100}), "b2": (ALDER, {"n": 90, "s": 90}), "b3": (BIRCH, {"n": 95, "s": 130})})
    (told,) = refusal(award_lots, compiled({"mechanism": "lot_order"}), bids)
    assert told.code == "TE502"
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}, variants=True), bids)
    assert winners(found) == {"n": "b2", "s": "b3"}
    assert {why.bid: why.kind for why in found.reasons["n"]} == {"b3": "outscored", "b1": "outscored"}


def test_a_place_of_a_framework_is_a_supplier_s() -> None:
    def bid(name: str, price: int, **more: Any) -> Data:
        return {"supplier": {"name": name, **more}, "price": price}

    offered = {"a1": bid("Alder", 1), "a2": bid("Alder Ltd", 2), "b": bid("Birch", 3), "c": bid("Cedar", 4)}
    data = {"format": "tender-eval/bids/1", "bids": [{"id": n, **b} for n, b in offered.items()]}
    found = compiled(suppliers=2, variants=True).evaluate(bids_from_data(data))
    assert (found.winner, found.tied) == (("a1", "b"), False)
    second = found.bid("a2")
    assert second is not None
    assert list(map(text, second.reasons)) == ["a supplier in it has its place with the better bid a1"]
    for bid_, group in (("b", "Wood"), ("c", "Wood")):
        offered[bid_]["supplier"]["group"] = group
    assert compiled(suppliers=3, variants=True).evaluate(bids_from_data(data)).winner == ("a1", "b")


def test_two_bids_of_one_supplier_that_tie_for_a_place_leave_it_open() -> None:
    offered = {
        n: {"supplier": {"name": who}, "price": p} for n, who, p in (("a1", "A", 1), ("a2", "A", 1), ("b", "B", 2))
    }
    data = {"format": "tender-eval/bids/1", "bids": [{"id": n, **b} for n, b in offered.items()]}
    found = compiled(suppliers=2, variants=True).evaluate(bids_from_data(data))
    assert (found.winner, found.tied) == (("a1", "a2"), True)


def test_variants_where_money_is_shared_out_are_refused() -> None:
    rule = {"name": "grants_within_pot", "pot": 1000, "cap": 500, "amount": "values.asks", "when_short": "skip"}
    stated = scheme(leaf("q", 100, {"name": "mark", "out_of": 5}), rule=rule, award={"variants": True})
    with pytest.raises(Refused) as told:
        compile_scheme(scheme_from_data(stated), CATALOGUE)
    assert [d.code for d in told.value.diagnostics] == ["TE028"]


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", LIMITED)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_supplier_exceeds_its_limit_over_all_its_bids(mechanism: str, data: st.DataObject) -> None:
    """Through the whole way from bids to awards, with names written in several ways."""
    names = ("Alder", "ALDER Ltd", "alder plc", "Birch", "Birch LLP", "Cedar")
    lots = ("n", "s", "w")
    most = data.draw(st.integers(1, 2))
    price = st.integers(1, 4)
    bids = {
        f"b{n}": ({"name": data.draw(st.sampled_from(names))}, data.draw(st.dictionaries(st.sampled_from(lots), price)))
        for n in range(data.draw(st.integers(1, 6)))
    }
    bids = {name: bid for name, bid in bids.items() if bid[1]}
    if not bids:
        return
    offered = tender(bids)
    found = award_lots(compiled({"mechanism": mechanism, "most_awarded": most}, variants=True), offered)
    suppliers = suppliers_of(offered.bids)
    held = [
        winner for lot in lots for winner in (found.winners(lot) if lot in {x.id for x in offered.tender.lots} else ())
    ]
    for number in range(suppliers.count):
        assert sum(number in suppliers.behind[bid] for bid in held) <= most


def test_fail_lot_limit_by_supplier(tmp_path: Any) -> None:
    """One supplier with two OCDS bids, one lot at most: north to B1, south to B3."""
    from tender_eval import load_bids

    release = """{"releases": [{"ocid": "ocds-x-1", "id": "1", "date": "2026-06-15T00:00:00Z", "tag": ["tender", "bid"],
     "tender": {"id": "t", "title": "t", "lots": [{"id": "north"}, {"id": "south"}]},
     "parties": [{"id": "ORG-1", "name": "Alder", "roles": ["tenderer"]},
                 {"id": "ORG-2", "name": "Birch", "roles": ["tenderer"]}],
     "bids": {"details": [
      {"id": "B1", "status": "valid", "tenderers": [{"id": "ORG-1", "name": "Alder"}], "relatedLots": ["north"],
       "value": {"amount": 100, "currency": "GBP"}},
      {"id": "B2", "status": "valid", "tenderers": [{"id": "ORG-1", "name": "Alder"}], "relatedLots": ["south"],
       "value": {"amount": 100, "currency": "GBP"}},
      {"id": "B3", "status": "valid", "tenderers": [{"id": "ORG-2", "name": "Birch"}], "relatedLots": ["south"],
       "value": {"amount": 130, "currency": "GBP"}}]}}]}"""
    file = tmp_path / "fail-lot-limit-by-supplier.ocds.json"
    file.write_text(release, encoding="utf-8")
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}), load_bids(file))
    assert winners(found) == {"north": "B1", "south": "B3"}


def test_the_published_method_says_how_many_bids_a_supplier_makes() -> None:
    from tender_eval.documents.markdown import document_markdown
    from tender_eval.report.methodology.document import publish

    said = [document_markdown(publish(compiled(variants=allowed))) for allowed in (False, True)]
    assert "A supplier makes one tender for each lot." in said[0]
    assert "A supplier may make several tenders for one lot; at most one of them is awarded." in said[1]
