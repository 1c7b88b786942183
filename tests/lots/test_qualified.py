"""Reserved lots, quotas, the number of suppliers and shares of the value, from the scheme to why a bid lost a lot."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import yaml
from contests import CATALOGUE
from inline import refusal, scheme
from marked import LEAVES, marked, winners

from tender_eval import award_lots, compile_scheme, dump_scheme, scheme_from_data
from tender_eval.documents.terminal import document_text
from tender_eval.languages.results import lost, text
from tender_eval.languages.runs import text_of
from tender_eval.lots.award import AcrossLots
from tender_eval.lots.policy import policy_of
from tender_eval.model.bids import Bids
from tender_eval.report.evaluation.across import award_document
from tender_eval.report.terms.limits import limits_in_words


def awarded(bids: Bids, mechanism: str = "lot_order", **limits: Any) -> AcrossLots:
    stated = scheme(*LEAVES, award={"lots": {"mechanism": mechanism, **limits}})
    return award_lots(compile_scheme(scheme_from_data(stated), CATALOGUE), bids)


BOTH = {"a": {"north": 9, "south": 9}, "b": {"north": 8, "south": 8}}
LED = {"supplier": {"a": {"by_and_for": False}, "b": {"by_and_for": True}}}
INCUMBENTS = {"declarations": {"a": {"incumbent": True}, "b": {"incumbent": False}}}


def test_a_reserved_lot_goes_to_a_bid_that_it_is_reserved_for() -> None:
    reserved = [{"lots": ["north"], "when": "supplier.by_and_for is true"}]
    found = awarded(marked(BOTH, **LED), reserved=reserved)
    assert winners(found) == {"north": "b", "south": "a"}
    (why,) = found.reasons["north"]
    assert (why.bid, why.kind) == ("a", "reserved")
    assert text(why) == "ranked 1, but the lot is reserved by supplier.by_and_for"


def test_what_a_test_reads_is_asked_for() -> None:
    reserved = [{"lots": ["north"], "when": "declarations.led is true"}]
    (said, *_) = refusal(lambda: awarded(marked(BOTH), reserved=reserved))
    assert said.code == "TE052"
    assert 'has no declarations.led, for which lot "north", which is reserved, asks' in said.message
    size = [{"lots": ["north"], "when": "supplier.by_and_for at least 2"}]
    (odd, *_) = refusal(lambda: awarded(marked(BOTH, **LED), reserved=size))
    assert (odd.code, odd.message.rpartition(" ")[2]) == ("TE013", "number")


def test_a_lot_that_is_reserved_and_is_none() -> None:
    reserved = [{"lots": ["nroth"], "when": "supplier.by_and_for is true"}]
    (said,) = refusal(lambda: awarded(marked(BOTH, **LED), reserved=reserved))
    assert (said.code, said.hint) == ("TE056", 'did you mean "north"?')


def test_incumbents_are_awarded_no_more_lots_than_their_quota() -> None:
    quotas = [{"id": "incumbents", "when": "declarations.incumbent is true", "at_most": 1}]
    found = awarded(marked(BOTH, **INCUMBENTS), quotas=quotas)
    assert winners(found) == {"north": "a", "south": "b"}
    (why,) = found.reasons["south"]
    assert (why.bid, why.kind, why.holds) == ("a", "quota", ("north",))
    assert "of the bids of the quota incumbents 1 lot may be awarded: north" in text(why)


def test_a_minimum_of_a_quota_and_of_suppliers_is_met() -> None:
    quotas = [{"id": "others", "when": "declarations.incumbent is false", "at_least": 1}]
    assert "b" in winners(awarded(marked(BOTH, **INCUMBENTS), "best_total", quotas=quotas)).values()
    several = awarded(marked(BOTH), "best_total", fewest_suppliers=2)
    assert sorted(winners(several).values()) == ["a", "b"]


def test_minimums_that_nothing_keeps_to_name_the_fewest_limits_that_conflict() -> None:
    quotas = [{"id": "others", "when": "declarations.incumbent is false", "at_least": 1}]
    reserved = [{"lots": ["north", "south"], "when": "declarations.incumbent is true"}]
    bids = marked(BOTH, **INCUMBENTS)
    found = awarded(bids, "best_total", quotas=quotas, reserved=reserved, most_awarded=2)
    assert found.awards == ()
    assert found.conflict == ("reserved", "quotas.others")
    (why, _) = found.reasons["north"]
    assert (why.bid, why.kind) == ("a", "conflict")
    stated = scheme(*LEAVES, award={"lots": {"mechanism": "best_total"}})
    lots = compile_scheme(scheme_from_data(stated), CATALOGUE).evaluate_lots(bids)
    shown = " ".join(document_text(award_document(found, lots)).split())
    assert "Lot north is not awarded: no award keeps to these limits together: reserved, quotas.others." in shown


def test_only_so_many_suppliers_are_awarded_anything() -> None:
    marks = {"a": {"north": 9, "south": 1, "west": 1}, "b": {"south": 9, "west": 8}, "c": {"west": 9}}
    found = awarded(marked(marks), most_suppliers=2)
    assert winners(found) == {"north": "a", "south": "b", "west": "b"}
    assert "2 suppliers may be awarded lots, and as many are" in text(found.reasons["west"][0])


def test_a_supplier_is_awarded_no_more_than_its_share_of_the_value() -> None:
    marks = {"a": dict.fromkeys(("north", "south", "west"), 9), "b": {"south": 8, "west": 8}}
    found = awarded(marked(marks), most_value="40%")
    assert winners(found) == {"north": "a", "south": "b"}
    (why,) = (one for one in found.reasons["south"] if one.bid == "a")
    assert "beside 100 for north, which its supplier is awarded, is above 120, which is 40% of" in text(why)


def test_a_bid_that_could_never_have_won_is_told_so_beside_what_it_lost_by() -> None:
    """b is behind by six points, and its capacity of half its income is below the value of any lot."""
    facts = {"supplier": {"a": {"annual_income": 1000}, "b": {"annual_income": 100}}}
    found = awarded(marked(BOTH, **facts), capacity="50% of supplier.annual_income")
    (why,) = (one for one in found.reasons["north"] if one.bid == "b")
    assert (why.kind, [one.kind for one in why.also]) == ("outscored", ["capacity"])
    assert text(why) == "a is ahead by 6.00 points (94.00 against 88.00)"
    said = text_of(lost(why))
    assert said.startswith(text(why) + "; besides, ")
    assert "the lot's annual value 100 is above its capacity 50" in said


def test_every_limit_that_is_reached_is_told() -> None:
    found = awarded(marked(BOTH), most_awarded=1, most_value="50%")
    (why,) = found.reasons["south"]
    assert (why.bid, why.kind, [one.kind for one in why.also]) == ("a", "capped", ["value_share"])


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"fewest_suppliers": 2}, "cannot see to a minimum"),
        ({"quotas": [{"id": "x", "when": "supplier.size is small", "at_least": 1}]}, "cannot see to a minimum"),
    ],
)
def test_a_minimum_beside_a_mechanism_that_cannot_see_to_it(limits: dict[str, Any], said: str) -> None:
    stated = scheme_from_data(scheme(*LEAVES, award={"lots": {"mechanism": "lot_order", **limits}}))
    (told,) = refusal(policy_of, stated, CATALOGUE)
    assert told.code == "TE028"
    assert said in told.message


@pytest.mark.parametrize(
    ("limits", "code", "said"),
    [
        ({"most_suppliers": 1, "fewest_suppliers": 2}, "TE028", "at least 2 suppliers must be awarded something"),
        ({"most_value": "0%"}, "TE015", "above 0%"),
        ({"quotas": [{"id": "x", "when": "supplier.size is small"}]}, "TE011", 'the quota "x" says nothing'),
        ({"quotas": [{"id": "x", "when": "supplier.size is small", "at_most": 1}] * 2}, "TE020", 'have the id "x"'),
        (
            {"quotas": [{"id": "x", "when": "supplier.size is small", "at_most": 1, "at_least": 2}]},
            "TE028",
            "at least 2 lots and at most 1",
        ),
        ({"reserved": [{"lots": [], "when": "supplier.size is small"}]}, "TE018", "no lots are listed"),
    ],
)
def test_limits_that_cannot_be(limits: dict[str, Any], code: str, said: str) -> None:
    (told,) = refusal(scheme_from_data, scheme(*LEAVES, award={"lots": {"mechanism": "best_total", **limits}}))
    assert told.code == code
    assert said in told.message


def test_limits_are_written_out_and_told() -> None:
    stated = scheme_from_data(
        scheme(
            *LEAVES,
            award={
                "lots": {
                    "mechanism": "best_total",
                    "most_value": "40%",
                    "most_suppliers": 3,
                    "fewest_suppliers": 2,
                    "reserved": [{"lots": ["north"], "when": ["supplier.by_and_for is true"]}],
                    "quotas": [{"id": "old", "when": ["declarations.incumbent is true"], "at_most": 2, "at_least": 1}],
                }
            },
        )
    )
    limits = stated.award.lots
    assert limits is not None
    assert limits.most_value == Fraction(2, 5)
    again = scheme_from_data(yaml.safe_load(dump_scheme(stated)))
    assert again.award.lots == limits
    assert [*limits_in_words(limits)] == [
        "annual value that one supplier may be awarded: at most 40% of that of all lots",
        "suppliers that may be awarded anything: at most 3",
        "suppliers that must be awarded something: at least 2",
        "lots north: reserved for bids of which holds: by and for: yes",
        "old: at most 2 lots for bids of which holds: incumbent: yes",
        "old: at least 1 lots for bids of which holds: incumbent: yes",
    ]
