"""What may be given to anybody: nothing of it names a loser, a price, a person or what people wrote."""

from __future__ import annotations

import json

import pytest
from acting import Acting, source

from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.report.json.redacted import redacted_data, redacted_json

BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: Refuge}
bids:
  - id: zzalder
    supplier: {name: Alder House}
    declarations: {insured: true}
    price: 777001
    marks: {care: {agreed: 2, reason: Nothing on towns, individual: {Wilma: 2}, agreed_by: [Wilma]}}
  - id: zzbirch
    supplier: {name: Birch Trust}
    declarations: {insured: true}
    price: 777002
    marks: {care: {agreed: 5, reason: Names who does what, individual: {Wilma: 5}, agreed_by: [Wilma]}}
"""
SECRETS = ("Alder", "zzalder", "zzbirch", "7770", "Wilma", "towns", "Names who", "unconvincing", "Clerk")


def entries(case: Acting) -> tuple[Entry, ...]:
    return tuple(Entry(n, told.act.kind, told.act.at, told.act.body, "f" * 64) for n, told in enumerate(case.told))


def export(case: Acting) -> Case:
    return Case(case.state, entries(case), "0" * 64, tuple(case.told))


@pytest.fixture
def case() -> Acting:
    found = Acting.evaluated(bids=BIDS)
    found("disregard", bid="zzalder", clause="s.19(3)(c)", reason="unconvincing", made_by=["Clerk"])
    return found


def test_nothing_is_named_before_the_decision_and_the_winner_afterwards(case: Acting) -> None:
    before = redacted_json(export(case))
    assert not [secret for secret in (*SECRETS, "Birch Trust") if secret in before]
    case("decide", made_by=["Clerk"])
    after = redacted_json(export(case))
    assert not [secret for secret in SECRETS if secret in after]
    assert "Birch Trust" in after


def test_what_happened_is_told_with_the_points_for_quality(case: Acting) -> None:
    case("decide")
    found = redacted_data(export(case))
    (lot,) = found["lots"]
    assert lot == {
        "id": "",
        "phase": "decided",
        "winner": ["Birch Trust"],
        "bids": [
            {
                "bid": "bidder 1",
                "standing": "disregarded",
                "quality": [{"criterion": "care", "points": "24.00", "available": "60.00"}],
            },
            {
                "bid": "Birch Trust",
                "standing": "stands",
                "rank": 1,
                "quality": [{"criterion": "care", "points": "60.00", "available": "60.00"}],
            },
        ],
    }
    told = next(entry for entry in found["entries"] if entry["kind"] == "disregard")
    assert (told["bid"], told["clause"]) == ("bidder 1", "s.19(3)(c)")
    assert json.loads(redacted_json(export(case))) == found


def test_before_all_is_evaluated_no_points_are_told() -> None:
    case = Acting.opened()
    case("receive", file=source("b.yaml", BIDS))
    (lot,) = redacted_data(export(case))["lots"]
    assert lot["bids"] == [{"bid": "bidder 1", "standing": "stands"}, {"bid": "bidder 2", "standing": "stands"}]
