"""The fields of the extension of the United Kingdom, each from what the case has, and nothing that it has not."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cases import HEAD, case_of
from shipped import case_from

from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.case.state import Decision
from tender_eval.report.ocds.outcome import outcome_of
from tender_eval.report.ocds.release import Publisher, ocds_release
from tender_eval.report.ocds.united_kingdom import in_britain, of_tender, statistics

AT = "2026-06-01T12:00:00Z"
MEASURES = Path(__file__).parent / "united-kingdom" / "bidStatistics.csv"
LAW = {"law": "procurement-act-2023", "light_touch": False, "estimated_value": 6_000_000, "procedure": "open",
       "no_lots_reason": "one service"}  # fmt: skip
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "regime": LAW,
    "conditions": [{"id": "policy", "reads": "declarations.policy", "must_be": True}],
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}


def bid(name: str, *, care: int = 4, policy: bool = True, **facts: object) -> dict[str, Any]:
    supplier = {"name": name.title(), "identifier": f"GB-COH-0{name}", **facts}
    return {"id": name, "supplier": supplier, "price": 100, "marks": {"care": care}, "declarations": {"policy": policy}}


BIDS = [
    bid("alder", care=5, size="small", vcse=True),
    bid("birch", size="large", vcse=False),
    bid("cedar", care=0, size="medium", vcse=True),
    bid("dogwood", policy=False),
]
"""The winner, one that lost, one below the minimum, and one that was turned away before it was assessed."""


def decided(bids: list[dict[str, Any]], regime: dict[str, Any] = LAW) -> Case:
    made = case_from(SCHEME | {"regime": regime}, {"format": "tender-eval/bids/1", "bids": bids})
    state = replace(made.state, decided={"": Decision(1, ("alder",), notice_on="2026-05-20")})
    return replace(made, state=state, entries=(Entry(1, "decide", "2026-05-19T09:00:00Z", {}, HEAD),))


def release(case: Case, sent: date | None = None, signed: date | dict[str, date] | None = None) -> dict[str, Any]:
    by = Publisher("Council", buyer_id="GB-PPON-PABC-1234-DEFG")
    days = dict.fromkeys(case.state.lots, signed) if isinstance(signed, date) else signed
    text = ocds_release(case, "ocds-x-1", AT, by, outcome_of(case, AT, summaries_sent_on=sent, signed_on=days))
    data: dict[str, Any] = json.loads(text)["releases"][0]
    return data


def measured(data: dict[str, Any]) -> dict[str, int]:
    return {one["measure"]: one["value"] for one in data["bids"]["statistics"]}


def test_what_is_known_of_an_award_under_the_act() -> None:
    data = release(decided(BIDS), date(2026, 5, 19))
    assert {key: data["tender"][key] for key in ("legalBasis", "procurementMethod", "aboveThreshold", "value")} == {
        "legalBasis": {"scheme": "UKPGA", "id": "2023/54"},
        "procurementMethod": "open",
        "aboveThreshold": True,
        "value": {"amountGross": 6_000_000, "currency": "GBP"},
    }
    assert data["tender"]["lotDetails"] == {"noLotsDivisionRationale": "one service"}
    assert "specialRegime" not in data["tender"]
    (award,) = data["awards"]
    assert award["date"] == "2026-05-19T09:00:00Z"
    assert award["standstillPeriod"] == {
        "startDate": "2026-05-20T00:00:00+01:00", "endDate": "2026-06-01T23:59:59+01:00",
    }  # fmt: skip
    assert award["assessmentSummariesDateSent"] == "2026-05-19T00:00:00+01:00"
    assert award["aboveThreshold"] is True


def test_the_final_stage_is_of_those_that_were_assessed() -> None:
    data = release(decided(BIDS))
    assert measured(data) == {
        "bids": 4, "validBids": 2, "finalStageBids": 3, "smeFinalStageBids": 2, "vcseFinalStageBids": 2,
    }  # fmt: skip
    known = {row["Code"] for row in csv.DictReader(MEASURES.read_text(encoding="utf-8").splitlines())}
    assert {measure for measure in measured(data) if "FinalStage" in measure or "final" in measure} == known


def test_a_kind_that_one_bidder_does_not_state_is_not_counted() -> None:
    data = release(decided([BIDS[0], bid("birch", vcse=False)]))
    assert "smeFinalStageBids" not in measured(data)
    assert measured(data)["vcseFinalStageBids"] == 1


def test_offers_of_a_bid_for_several_lots_are_one_tender() -> None:
    alone = {lot: {"price": 100} for lot in ("north", "south")}
    offered = {"lots": alone, "packages": [{"lots": [*alone], "price": 150}]}
    bids = [{key: one[key] for key in one if key != "price"} | offered for one in BIDS[:2]]
    award = SCHEME["award"] | {"lots": {"mechanism": "best_total", "packages": "in_one", "compare": "all_offers"}}
    tender = {"lots": [{"id": "north"}, {"id": "south"}]}
    made = case_from(SCHEME | {"award": award}, {"format": "tender-eval/bids/1", "tender": tender, "bids": bids})
    assert {lot: len(found.bids) for lot, found in made.evaluations.items()} == {"north": 4, "south": 4}
    told = {(one["measure"], one["relatedLot"]): one["value"] for one in release(made)["bids"]["statistics"]}
    assert {measure: number for (measure, lot), number in told.items() if lot == "north"} == {
        "bids": 2, "validBids": 2, "finalStageBids": 2, "smeFinalStageBids": 1, "vcseFinalStageBids": 1,
    }  # fmt: skip


def test_nothing_is_counted_while_prices_are_closed() -> None:
    made = decided(BIDS)
    closed = case_of(made.compiled, made.state.bids, stage="quality")
    assert set(dict(statistics(closed, "")).values()) == {0}
    assert "bids" not in release(closed)


def test_parties_have_the_register_of_their_identifiers() -> None:
    parties = {party["name"]: party for party in release(decided(BIDS))["parties"]}
    assert parties["Alder"]["identifier"] == {"scheme": "GB-COH", "id": "0alder", "legalName": "Alder"}
    assert parties["Alder"]["details"] == {"vcse": True}
    assert parties["Council"]["identifier"]["scheme"] == "GB-PPON"
    assert set(parties) == {"Alder", "Council"}, "those that lost are withheld"


def test_a_contract_is_told_once_it_is_signed() -> None:
    made = decided(BIDS, LAW | {"years": 5})
    assert "contracts" not in release(made)
    data = release(made, signed=date(2026, 6, 1))
    assert data["tag"] == ["award", "contract"]
    assert data["contracts"] == [
        {
            "id": "ocds-x-1-contract-alder",
            "awardID": data["awards"][0]["id"],
            "title": "Refuge services",
            "status": "active",
            "value": {"amount": 100, "currency": "GBP"},
            "dateSigned": "2026-06-01T00:00:00+01:00",
            "period": {"durationInMonths": 60},
            "aboveThreshold": True,
        }
    ]
    assert data["awards"][0]["status"] == "active"
    other = decided(BIDS, {"law": "psr-2023"})
    assert "contracts" not in release(other, signed=date(2026, 6, 1))


def in_lots() -> Case:
    """Two lots, decided, with one notice each: the standstill of the second ends after the release is published."""
    lots = {lot: {"price": 100} for lot in ("north", "south")}
    bids = [{key: value for key, value in bid("alder", care=5).items() if key != "price"} | {"lots": lots}]
    tender = {"lots": [{"id": "north", "title": "The north"}, {"id": "south"}]}
    made = case_from(SCHEME, {"format": "tender-eval/bids/1", "tender": tender, "bids": bids})
    days = {"north": "2026-05-11", "south": "2026-05-29"}
    state = replace(made.state, decided={lot: Decision(1, ("alder",), notice_on=day) for lot, day in days.items()})
    return replace(made, state=state, entries=(Entry(1, "decide", "2026-05-08T09:00:00Z", {}, HEAD),))


def test_each_lot_has_its_own_contract_and_its_own_day() -> None:
    data = release(in_lots())
    assert [(award["relatedLots"], award["status"]) for award in data["awards"]] == [
        (["north"], "active"), (["south"], "pending"),
    ]  # fmt: skip
    assert "contracts" not in data
    one = release(in_lots(), signed={"north": date(2026, 5, 22)})
    assert [(c["title"], c["dateSigned"]) for c in one["contracts"]] == [("The north", "2026-05-22T00:00:00+01:00")]
    both = release(in_lots(), signed={"north": date(2026, 5, 22), "south": date(2026, 6, 1)})
    assert [c["dateSigned"][:10] for c in both["contracts"]] == ["2026-05-22", "2026-06-01"]
    assert [award["status"] for award in both["awards"]] == ["active", "active"]
    assert [c["awardID"] for c in both["contracts"]] == [award["id"] for award in both["awards"]]


@pytest.mark.parametrize("law", ["psr-2023", "none", "world-bank"])
def test_nothing_of_it_stands_in_a_release_under_another_law(law: str) -> None:
    data = release(decided(BIDS, {"law": law, "no_lots_reason": "x"}))
    assert not {"legalBasis", "aboveThreshold", "specialRegime", "lotDetails"} & set(data["tender"])
    assert set(measured(data)) == {"bids", "validBids"}
    assert all("details" not in party for party in data["parties"])


def test_what_is_not_stated_is_left_out() -> None:
    data = release(decided(BIDS, {"law": "procurement-act-2023"}))
    assert "aboveThreshold" not in data["tender"]
    assert "value" not in data["tender"]
    assert "procurementMethod" not in data["tender"]
    assert "assessmentSummariesDateSent" not in data["awards"][0]


def test_below_the_threshold_and_light_touch_are_said() -> None:
    made = decided(BIDS, LAW | {"estimated_value": 500_000, "light_touch": True})
    told = of_tender(made.state.whole.scheme.regime)
    assert (told["aboveThreshold"], told["specialRegime"]) == (False, ["lightTouch"])
    assert told["value"]["amountGross"] == Fraction(500_000)
    assert "standstillPeriod" not in release(made)["awards"][0], "none is due below the threshold"


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2026-03-29", "+00:00"), ("2026-03-30", "+01:00"), ("2026-10-25", "+01:00"), ("2026-10-26", "+00:00")],
)
def test_the_clock_of_the_united_kingdom(day: str, offset: str) -> None:
    """At midnight: the clock goes on on 29 March and back on 25 October, each at one o'clock by Greenwich."""
    assert in_britain(date.fromisoformat(day), time(0)).endswith(offset)
