"""Packages and discounts for several lots, from the file to the award."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from contests import CATALOGUE
from inline import refusal

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.lots.mechanisms.best_total import BestTotal
from tender_eval.lots.reasons import OfferBroken, OfferPassedOver, Outscored, OwnOffer
from tender_eval.plugins.mechanism import Contest, LotAwards

QUALITY = {"id": "quality", "weight": 60, "minimum": "50%", "scorer": {"name": "mark", "out_of": 4}}
PRICE = {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"}


def scheme(rule: object = "lowest_price", **lots: Any) -> dict[str, Any]:
    award = {"rule": rule, "on_rejection": "recompute", "lots": {"mechanism": "best_total", **lots}}
    return {"format": "tender-eval/scheme/1", "id": "s", "title": "S", "criteria": [QUALITY, PRICE], "award": award}


def bid(name: str, *prices: object, **more: Any) -> dict[str, Any]:
    """A bid for north, south and east, as far as it states a price for each."""
    lots = {lot: {"price": price} for lot, price in zip(("north", "south", "east"), prices, strict=False) if price}
    return {"id": name, "supplier": {"name": name.upper()}, "marks": {"quality": 3}, "lots": lots, **more}


def award(how: Mapping[str, Any], *bids: Mapping[str, Any]) -> AcrossLots:
    lots = [{"id": "north"}, {"id": "south"}, {"id": "east"}]
    offered = {"format": "tender-eval/bids/1", "tender": {"lots": lots}, "bids": list(bids)}
    return award_lots(compile_scheme(scheme_from_data(dict(how)), CATALOGUE), bids_from_data(offered))


def won(found: AcrossLots) -> dict[str, tuple[str, ...]]:
    return {lot: found.winners(lot) for lot in found.reasons}


IN_ONE = {"packages": "in_one", "compare": "all_offers"}
BY_LOT = {"packages": "by_lot", "compare": "all_offers"}
DISCOUNTS = {"discounts": "where_awarded", "compare": "all_offers"}


def test_a_package_is_awarded_where_it_and_the_best_of_the_rest_come_to_the_lowest_price() -> None:
    """North and south alone cost 90 + 80; a's package takes 160 for both, and is dearer than b's at south alone."""
    package = {"packages": [{"lots": ["north", "south"], "price": 160}]}
    found = award(scheme(**IN_ONE), bid("a", 100, 100, **package), bid("b", 90, 80, 70))
    assert won(found) == {"north": ("a+north+south",), "south": ("a+north+south",), "east": ("b",)}
    assert [one.bid.figure for one in found.awards] == [80, 80, 70]
    dearer = {"packages": [{"lots": ["north", "south"], "price": 171}]}
    assert won(award(scheme(**IN_ONE), bid("a", 100, 100, **dearer), bid("b", 90, 80, 70)))["south"] == ("b",)


def test_one_price_is_shared_out_as_the_prices_for_each_lot_alone_are_to_the_fraction() -> None:
    package = {"packages": [{"lots": ["north", "south", "east"], "price": 100}]}
    found = award(scheme(**IN_ONE), bid("a", 90, 60, 30, **package))
    assert [one.bid.figure for one in found.awards] == [50, Fraction(100, 3), Fraction(50, 3)]


def test_a_package_may_be_dearer_at_a_lot_and_each_reason_is_true_of_what_it_is_for() -> None:
    package = {"packages": [{"by_lot": {"north": {"price": 60}, "south": {"price": 90}}}]}
    found = award(scheme(**BY_LOT), bid("a", 100, 100, **package), bid("b", 90, 80), bid("c", None, 70))
    assert won(found)["north"] == ("a+north+south",)
    reasons = {(lot, why.bid): why for lot, whys in found.reasons.items() for why in whys}
    assert isinstance(reasons["north", "a"], OwnOffer)
    assert isinstance(reasons["north", "b"], Outscored)
    assert "with it the best total of all lots would be higher by 10" in str(reasons["south", "c"])
    beaten = award(scheme(**BY_LOT), bid("a", 100, 100, **package), bid("b", 79, 80), bid("c", None, 70))
    (why,) = (why for why in beaten.reasons["north"] if why.bid == "a+north+south")
    assert isinstance(why, OfferPassedOver)
    assert "higher by 1" in why.said


def test_why_a_package_was_passed_over_is_looked_for_once_and_told_at_each_of_its_lots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def counted(self: BestTotal, contest: Contest, awards: LotAwards, lot: int, bid: int, params: object) -> str:
        asked.append(f"{bid} at {lot}")
        return "others are better"

    monkeypatch.setattr(BestTotal, "why_passed_over", counted)
    package = {"packages": [{"lots": ["north", "south", "east"], "price": 300}]}
    found = award(scheme(**IN_ONE), bid("a", 100, 100, 100, **package), bid("b", 90, 80, 70))
    told = [why for whys in found.reasons.values() for why in whys if why.bid == "a+north+south+east"]
    assert [why.said for why in told if isinstance(why, OfferPassedOver)] == ["others are better"] * 3
    assert asked == ["1 at 0"]


def test_a_package_that_is_rejected_at_one_of_its_lots_is_awarded_at_none() -> None:
    package = {"packages": [{"by_lot": {"north": {"price": 10}, "south": {"price": 10}}}]}
    a = bid("a", 100, 100, **package)
    a["lots"]["south"]["marks"] = {"quality": 1}
    found = award(scheme(**BY_LOT), a, bid("b", 90, 80))
    assert won(found)["north"] == ("b",)
    (why,) = (why for why in found.reasons["north"] if why.bid == "a+north+south")
    assert why == OfferBroken(bid=why.bid, rank=1, lots=("north", "south"), least=2, missing=("south",))


def test_a_discount_counts_at_all_its_lots_as_soon_as_so_many_are_awarded_and_never_else() -> None:
    """b is cheapest at no lot; with 20% off from two lots on it is cheapest of all at north and south: 72 + 72."""
    discounts = {"discounts": [{"at_least": 2, "off": "20%"}]}
    found = award(scheme(**DISCOUNTS), bid("a", 80, 80, 50), bid("b", 90, 90, 90, **discounts))
    assert won(found) == {"north": ("b+2_or_more",), "south": ("b+2_or_more",), "east": ("a",)}
    assert [one.bid.figure for one in found.awards] == [72, 72, 50]
    one_lot = award(scheme(**DISCOUNTS), bid("a", 80, 60, 50), bid("b", 90, 90, 90, **discounts))
    assert won(one_lot) == {"north": ("a",), "south": ("a",), "east": ("a",)}


def test_of_two_discounts_the_one_that_is_reached_counts_even_where_the_other_is_cheaper() -> None:
    """From three lots on b takes off less; nobody else bids, so it is awarded all three."""
    discounts = {"discounts": [{"at_least": 2, "off": "20%"}, {"at_least": 3, "off": "10%"}]}
    found = award(scheme(**DISCOUNTS), bid("b", 100, 100, 100, **discounts))
    assert won(found) == dict.fromkeys(("north", "south", "east"), ("b+north+south+east",))


def test_a_sum_off_is_of_all_its_lots_together() -> None:
    discounts = {"discounts": [{"lots": ["north", "south"], "sum_off": 40}]}
    found = award(scheme(**DISCOUNTS), bid("a", 100, 100, 100, **discounts))
    assert [one.bid.figure for one in found.awards] == [80, 80, 100]


def test_limits_count_every_lot_of_a_package() -> None:
    """With one lot each at the most, the package is out of reach however cheap; one lot stays with nobody."""
    package = {"packages": [{"lots": ["north", "south"], "price": 20}]}
    found = award(scheme(most_awarded=1, **IN_ONE), bid("a", 100, 100, **package), bid("b", 90, 95))
    assert won(found) == {"north": ("b",), "south": ("a",), "east": ()}
    (why,) = (why for why in found.reasons["north"] if why.bid == "a+north+south")
    assert isinstance(why, OfferPassedOver)
    assert why.said == "the limits leave no room for it"


def test_a_bid_may_be_for_a_lot_in_packages_only() -> None:
    package = {"packages": [{"by_lot": {"north": {"price": 60}, "south": {"price": 60}}}]}
    a = bid("a", 100, **package)
    a["lots"]["south"] = {"alone": False}
    found = award(scheme(**BY_LOT), a, bid("b", 90, 80))
    assert won(found)["south"] == ("a+north+south",)
    assert [why.bid for why in found.reasons["south"]] == ["b"]
    said = refusal(award, scheme(alone="required", **BY_LOT), a, bid("b", 90, 80))
    assert [one.code for one in said] == ["TE504"]


def test_points_of_an_offer_are_those_of_a_bid_at_its_price_and_must_be_said_to_count() -> None:
    """The package's prices are the lowest at both lots, so every other bid's points are out of these."""
    package = {"packages": [{"by_lot": {"north": {"price": 50}, "south": {"price": 50}}}]}
    bids = bid("a", 100, 100, **package), bid("b", 80, 80)
    found = award(scheme("highest_score", **BY_LOT), *bids)
    assert [one.bid.figure for one in found.awards] == [85, 85]
    (said,) = refusal(award, scheme("highest_score", packages="by_lot"), *bids)
    assert (said.code, said.hint[:28]) == ("TE027", "state compare: all_offers (e")


def test_own_offers_at_the_same_price_are_no_tie() -> None:
    package = {"packages": [{"lots": ["north", "south"], "price": 200}]}
    found = award(scheme(**IN_ONE), bid("a", 100, 100, **package))
    assert won(found)["north"] == won(found)["south"] == ("a",)
    assert found.undecided == ()


def test_without_packages_nothing_is_other_than_before() -> None:
    plain = award(scheme(), bid("a", 100, 70), bid("b", 90, 80, 70))
    taken = award(scheme(**IN_ONE), bid("a", 100, 70), bid("b", 90, 80, 70))
    assert (won(plain), plain.reasons) == (won(taken), taken.reasons)


def test_a_scheme_with_packages_is_written_back_as_it_was() -> None:
    stated = scheme_from_data(scheme(alone="required", discounts="where_awarded", **BY_LOT))
    assert scheme_from_data(scheme_data(stated)) == stated


@pytest.mark.parametrize(
    ("lots", "code"),
    [
        ({"packages": "in_one", "mechanism": "lot_order", "compare": "all_offers"}, "TE028"),
        ({"alone": "required"}, "TE028"),
        ({"compare": "all_offers"}, "TE028"),
        ({"packages": "as_one"}, "TE016"),
    ],
)
def test_a_scheme_that_takes_packages_in_no_way_that_there_is_is_refused(lots: dict[str, Any], code: str) -> None:
    assert [one.code for one in refusal(award, scheme(**lots), bid("a", 1, 1))] == [code]


def test_a_package_that_costs_more_than_its_lots_alone_is_told_and_stops_nothing() -> None:
    offered = {"format": "tender-eval/bids/1", "tender": {"lots": [{"id": "north"}, {"id": "south"}]}}

    def told(price: int) -> list[str]:
        package = {"packages": [{"lots": ["north", "south"], "price": price}]}
        return [one.message for one in bids_from_data({**offered, "bids": [bid("a", 100, 90, **package)]}).notices]

    assert told(190) == []
    (said,) = told(191)
    assert said.startswith('the package of north, south comes to 191, more than the 190 that bid "a" asks')


OFFERS: list[tuple[dict[str, Any], str, str]] = [
    ({"packages": [{"lots": ["north", "vale"], "price": 2}]}, "TE056", 'lot "vale", which the tender does not list'),
    ({"packages": [{"lots": ["north", "east"], "price": 2}]}, "TE504", 'lot "east", which the bid "a" is not for'),
    ({"packages": [{"lots": ["north"], "price": 2}]}, "TE504", "is for one lot"),
    ({"packages": [{"lots": ["north", "north"], "price": 2}]}, "TE020", 'names lot "north" twice'),
    ({"packages": [{"lots": ["north", "south"], "price": p} for p in (2, 3)]}, "TE504", "two packages of north, south"),
    ({"packages": [{"lots": ["north", "south"]}]}, "TE011", "the package states no price"),
    ({"packages": [{"price": 2}]}, "TE011", "the package names no lots"),
    ({"packages": [{"lots": ["north", "south"], "price": -5}]}, "TE054", "can score only more than 0"),
    ({"packages": [{"by_lot": {"north": {}, "south": {"price": 1}}}]}, "TE504", "takes one price for all"),
    ({"packages": [{"by_lot": {"north": "80"}}]}, "TE012", "stands where the prices of the lot do"),
    ({"packages": [{"lots": ["north, south"], "price": 2}]}, "TE056", 'lot "north, south", which'),
    ({"packages": [{"lots": ["north", "south"], "rates": {"hour": 2}}]}, "TE504", "cannot be stated for several"),
    (
        {"packages": [{"lots": ["north", "south"], "price": 2}], "lots": {"north": {"price": 1}, "south": {}}},
        "TE504",
        'bid "a" states none',
    ),
    ({"discounts": [{"off": "100%"}]}, "TE015", "no discount from 0% to below 100%"),
    ({"discounts": [{"off": 5}]}, "TE015", "no discount from 0% to below 100%"),
    ({"discounts": [{"at_least": 3, "off": "5%"}]}, "TE504", "asks for 3 lots, and is for 2"),
    ({"discounts": [{"at_least": 1, "off": "5%"}]}, "TE504", "is for one lot"),
    ({"discounts": [{"sum_off": 200}]}, "TE015", "below 200, to which the prices come"),
    ({"discounts": [{"off": "5%", "sum_off": 2}]}, "TE504", "is a share and a sum"),
    ({"discounts": [{}]}, "TE011", "the discount says nothing"),
    ({"discounts": [{"off": "5%"}, {"off": "6%"}]}, "TE504", "are both for north, south"),
    ({"discounts": [{"off": "5%"}, {"off": "6%", "at_least": "two"}]}, "TE013", '"two" is not a number'),
    (
        {"discounts": [{"off": "5%"}], "packages": [{"lots": ["north", "south"], "price": 2}]},
        "TE504",
        "which of the two counts?",
    ),
]


@pytest.mark.parametrize(("offers", "code", "message"), OFFERS)
def test_an_offer_that_cannot_count_is_told(offers: dict[str, Any], code: str, message: str) -> None:
    how = scheme(packages="in_one", discounts="where_awarded", compare="all_offers")
    (said,) = refusal(award, how, bid("a", 100, 100, **offers))
    assert (said.code, message in said.message) == (code, True), said
    assert said.hint


@pytest.mark.parametrize(
    ("off", "mend"), [(5, "write 5% if a percentage is meant"), ("110%", "write a share such as 12%")]
)
def test_a_discount_is_mended_by_a_sign_only_where_it_has_none(off: object, mend: str) -> None:
    how = scheme(discounts="where_awarded", compare="all_offers")
    (said,) = refusal(award, how, bid("a", 100, 100, discounts=[{"off": off}]))
    assert said.hint == mend


@pytest.mark.parametrize(
    "offers", [{"packages": [{"lots": ["north", "south"], "price": 2}]}, {"discounts": [{"off": "5%"}]}]
)
def test_offers_that_the_scheme_does_not_take_are_refused_for_one_lot_too(offers: dict[str, Any]) -> None:
    """Each lot is evaluated by itself, and each would tell of it: it is told once."""
    assert [one.code for one in refusal(award, scheme(), bid("a", 100, 100, **offers))] == ["TE504"]


@pytest.mark.parametrize("key", ["total", "cost", "rate"])
def test_a_misspelt_price_of_a_package_is_not_taken_for_what_a_package_cannot_state(key: str) -> None:
    how = scheme(packages="in_one", discounts="where_awarded", compare="all_offers")
    bids = bid("a", 100, 100, packages=[{"lots": ["north", "south"], key: 2}])
    (said,) = [d for d in refusal(award, how, bids) if d.code == "TE010"]
    assert said.hint == "known here: by_lot, lots, price, prices"
