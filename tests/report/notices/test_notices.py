"""Field sheets: each field in the order of the notice with its value or "ask", of the law that governs, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cases import HEAD
from shipped import case_from, shipped

from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.case.state import Decision
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document, Table, walk
from tender_eval.files.authority import Letterhead
from tender_eval.languages.runs import text_of
from tender_eval.report.notices.award_notice import award_notice
from tender_eval.report.notices.contract_details import contract_details
from tender_eval.report.notices.metrics import metrics
from tender_eval.report.notices.parts import Stated
from tender_eval.report.notices.schedule import schedule

ACT = {"nation": "england", "law": "procurement-act-2023", "light_touch": False, "estimated_value": 6_000_000,
       "procedure": "open", "conflicts_assessment": "2026-02-16", "years": 4,
       "outcomes": ["Survivors are safe"]}  # fmt: skip
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "tax": "excluded",
    "conditions": [{"id": "policy", "title": "A policy is in force", "reads": "declarations.policy", "must_be": True}],
    "criteria": [
        {"id": "care", "title": "Care", "weight": 50, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        {"id": "who", "title": "Who delivers", "weight": 10,
         "scorer": {"name": "consortium", "counts": ["by_and_for"],
                    "delivery": {"share": 1, "bands": [{"from": "10%", "share": 1}]}}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip
ALDER = {
    "id": "alder",
    "supplier": {"name": "Alder", "identifier": "GB-COH-01234567", "size": "small", "vcse": True, "by_and_for": True,
                 "address": ["1 High Street", "Vale"], "email": "alder@alder.example"},
    "consortium": {"members": [
        {"name": "Partner", "role": "partner", "share": "30%", "confirmed": True, "pathways": ["helpline"]},
        {"name": "Below", "role": "subcontractor", "share": "10%", "confirmed": True},
        {"name": "Perhaps", "role": "subcontractor"},
    ]},
    "price": 4711, "marks": {"care": 5}, "declarations": {"policy": True},
}  # fmt: skip
BIRCH = {"id": "birch", "supplier": {"name": "Birchwood", "size": "large", "by_and_for": False}, "price": 9999,
         "marks": {"care": 4}, "declarations": {"policy": True}}  # fmt: skip
OUT = BIRCH | {"id": "out", "supplier": {"name": "Outwood", "by_and_for": False}, "declarations": {"policy": False}}


def decided(regime: dict[str, Any], **more: Any) -> Case:
    bids = {"format": "tender-eval/bids/1", "tender": {"id": "T-1"}, "bids": [ALDER, BIRCH, OUT]}
    made = case_from(SCHEME | {"regime": regime} | more, bids)
    state = replace(made.state, decided={"": Decision(1, ("alder",), notice_on="2026-06-01")})
    return replace(made, state=state, entries=(Entry(1, "decide", "2026-05-29T09:00:00Z", {}, HEAD),))


def fields(document: Document) -> dict[str, str]:
    """Each field with its value; a field that stands twice by its first."""
    found: dict[str, str] = {}
    for block in walk(document.blocks):
        if isinstance(block, Table) and block.heads == ("Field", "Value"):
            for one in block.rows:
                label, value = (text_of(cell.text) for cell in one.cells)
                found.setdefault(label, value)
    return found


def said(document: Document) -> str:
    return document_markdown(document)


def test_the_award_notice_has_its_fields_in_order() -> None:
    authority = Letterhead("The Council", ("2 Low Road",), ("buyer@council.example",))
    stated = Stated(authority, "GB-PPON-PABC-1234-DEFG", date(2026, 5, 29))
    found = fields(award_notice(decided(ACT), stated))
    assert found == {
        "Reference": "T-1",
        "Title": "Refuge services",
        "Description": "ask",
        "Estimated value of the whole": "£6,000,000",
        "Suppliers": "Alder",
        "Value of the contract": "£4,711",
        "Above the relevant threshold": "yes",
        "Date of the award decision": "29 May 2026",
        "Date on which the assessment summaries were sent": "29 May 2026",
        "Standstill period": "1 June 2026 to the end of 10 June 2026",
        "Earliest date on which the contract will be signed": "ask",
        "Dates of the contract": "ask",
        "Possible extension": "ask",
        "Main category: goods, services or works": "ask",
        "CPV classifications": "ask",
        "Locations": "ask",
        "Tenders received": "3",
        "Tenders assessed in the final stage": "2",
        "of them from small and medium-sized enterprises": "1",
        "of them from voluntary, community or social enterprises": "ask",
        "Suppliers that are awarded the contract": "1",
        "Unsuccessful suppliers": "1",
        "Conflicts assessment prepared": "prepared on 16 February 2026",
        "Conflicts assessment revised since": "ask",
        "Type of procedure": "open",
        "Special regime": "none",
        "Name": "Alder",
        "Unique identifier": "GB-COH-01234567",
        "Postal address": "1 High Street, Vale",
        "E-mail address": "alder@alder.example",
        "Tenders together with": "Partner",
        "Small or medium-sized enterprise": "yes",
        "Voluntary, community or social enterprise": "yes",
        "Supported employment provider": "ask",
        "Public service mutual": "ask",
        "Sub-contractors that the tender relies on": "Below",
        "Connected persons, and any ground for exclusion": "ask",
        "Contact": "buyer@council.example",
        "Kind of authority": "ask",
    }
    assert [*found][:4] == ["Reference", "Title", "Description", "Estimated value of the whole"]
    text = said(award_notice(decided(ACT), stated))
    assert "not before 11 June 2026" in text
    assert "mandatory (Procurement Act 2023, section 51)" in text


def test_those_that_lost_are_withheld_and_of_large_contracts_asked_for() -> None:
    for make in (lambda c: award_notice(c, Stated()), lambda c: contract_details(c, Stated()), schedule):
        text = said(make(decided(ACT)))
        assert not any(name in text for name in ("Birchwood", "Outwood", "9,999", "9999"))
    due = "the notice asks for them (Procurement Regulations 2024, regulation 27(2)(o))"
    assert due in said(award_notice(decided(ACT), Stated()))
    small = said(award_notice(decided(ACT | {"estimated_value": 4_000_000}), Stated()))
    assert "nothing that is known here has the notice name them" in small
    named = said(award_notice(decided(ACT), Stated(losers=True)))
    assert "Birchwood" in named
    assert "Unique identifier: ask, Postal address: ask, Small or medium-sized enterprise: " in named
    assert not any(hidden in named for hidden in ("Outwood", "9,999", "9999")), "the assessed alone, and no price"


@pytest.mark.parametrize(
    ("regime", "told"),
    [
        (ACT, "At least 3 are set and published for a contract of more than £5,000,000 (Procurement Act 2023, section"),
        (ACT | {"estimated_value": 5_000_000}, "the duty is of contracts of more than £5,000,000"),
        (ACT | {"light_touch": True}, "does not bind light touch contracts (Procurement Act 2023, section 52)"),
        (ACT | {"law": "psr-2023"}, "the duty is of the Procurement Act 2023"),
        (ACT | {"estimated_value": 1000}, "the duty is of contracts of more than"),
        ({"law": "procurement-act-2023"}, "The scheme states no estimated value"),
    ],
)  # fmt: skip
def test_key_performance_indicators_are_asked_for_where_they_are_due(regime: dict[str, Any], told: str) -> None:
    document = contract_details(decided(regime), Stated())
    assert told in said(document)
    due = told.startswith(("At least", "The scheme"))
    assert ("Name of the indicator" in fields(document)) is due
    assert said(document).count("Name of the indicator") == (3 if due else 0)
    assert told in said(schedule(decided(regime)))


def test_of_a_concession_the_threshold_is_its_own_and_no_indicators_are_asked_for() -> None:
    paid = decided(ACT, payment="received")
    assert paid.compiled.scheme.regime.concession
    text = said(contract_details(paid, Stated()))
    assert "does not bind concessions" in text
    assert "Name of the indicator" not in text
    assert "£5,193,000" in said(award_notice(paid, Stated()))
    assert fields(award_notice(paid, Stated()))["Above the relevant threshold"] == "yes"
    small = decided(ACT | {"estimated_value": 1_000_000}, payment="received")
    assert fields(award_notice(small, Stated()))["Above the relevant threshold"] == "no"


@pytest.mark.parametrize(("light", "days"), [(False, 30), (True, 120)])
def test_the_contract_details_notice_has_its_time(light: bool, days: int) -> None:
    text = said(contract_details(decided(ACT | {"light_touch": light}), Stated()))
    assert f"the notice is due within {days} days of it, that day included (Procurement Act 2023, section 53)" in text


@pytest.mark.parametrize(
    ("regime", "told"),
    [
        ({"law": "psr-2023"}, "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 12"),
        ({"law": "below-threshold"}, "none is due"),
        ({"law": "none"}, "none is due"),
        (ACT | {"light_touch": True}, "voluntary, for a light touch contract"),
    ],
)
def test_the_standstill_is_that_of_the_law(regime: dict[str, Any], told: str) -> None:
    assert told in said(award_notice(decided(regime), Stated()))


def packaged(regime: dict[str, Any]) -> Case:
    """Two suppliers offer each of two lots alone and both together; the package of the one is awarded both."""
    award = {"rule": "lowest_price", "lots": {"mechanism": "best_total", "packages": "in_one"}}
    criteria = [{"id": "care", "title": "Care", "weight": 100, "scorer": {"name": "mark", "out_of": 5}}]
    scheme = {key: SCHEME[key] for key in ("format", "id", "title", "currency")} | {"regime": regime}
    bids = [
        {"id": name, "supplier": {"name": name.title(), "size": "small"}, "marks": {"care": 4},
         "lots": {lot: {"price": alone} for lot in ("north", "south")},
         "packages": [{"lots": ["north", "south"], "price": together}]}
        for name, alone, together in (("alder", 100, 160), ("birch", 90, 170))
    ]  # fmt: skip
    tender = {"lots": [{"id": "north"}, {"id": "south"}]}
    made = {"format": "tender-eval/bids/1", "tender": tender, "bids": bids}
    return case_from(scheme | {"criteria": criteria, "award": award}, made)


def test_offers_of_a_bid_for_several_lots_are_one_tender_and_who_won_did_not_lose() -> None:
    found = packaged(ACT)
    assert found.awarded("north") == found.awarded("south") == ("alder+north+south",)
    notice = award_notice(found, Stated(losers=True))
    told = fields(notice)
    assert [told[f"Tenders {counted}"] for counted in ("received", "assessed in the final stage")] == ["2", "2"]
    assert told["of them from small and medium-sized enterprises"] == "2"
    assert told["Unsuccessful suppliers"] == "1"
    text = said(notice)
    assert text.count("| Unsuccessful supplier | Birch (") == 2, "once at each lot"
    assert "| Unsuccessful supplier | Alder" not in text
    welsh = fields(award_notice(packaged(ACT | {"nation": "wales"}), Stated()))
    assert welsh["of the unsuccessful from small and medium-sized enterprises"] == "1"


@pytest.mark.parametrize(
    ("regime", "told"),
    [
        ({"law": "psr-2023"}, "names another law (Health Care Services (Provider Selection Regime) Regulations 2023)"),
        ({"law": "pcsr-2015"}, "names another law (Public Contracts (Scotland) Regulations 2015)"),
        ({"law": "grant"}, "names another law"),
        ({"law": "below-threshold"}, "no contract award notice is due for it"),
        (ACT | {"estimated_value": 1000}, "no contract award notice is due for it"),
        (ACT, ""),
        ({}, ""),
    ],
)
def test_a_contract_that_the_act_does_not_govern_is_told(regime: dict[str, Any], told: str) -> None:
    for made in (award_notice(decided(regime), Stated()), contract_details(decided(regime), Stated())):
        text = said(made)
        assert told in text
        assert told or not ("another law" in text or "no contract award notice" in text)


def test_a_welsh_notice_cites_the_welsh_regulations() -> None:
    text = said(award_notice(decided(ACT | {"nation": "wales"}), Stated()))
    assert "counts them and names none (Procurement (Wales) Regulations 2024, regulation 28(2)(n))" in text
    assert "of the unsuccessful from small and medium-sized enterprises" in text
    assert "Procurement Regulations 2024" not in text


def test_what_the_winner_offered() -> None:
    text = said(schedule(decided(ACT)))
    assert "| Alder | lead | 60% | yes |  |" in text
    assert "| Partner | partner | 30% | yes | helpline |" in text
    assert "| Perhaps | subcontractor | ask | no: it earned nothing |  |" in text
    assert "| Who delivers | Share of delivery by providers that are by-and-for | 60% | 10 of 10 points |" in text
    assert "| A policy is in force | yes |" in text
    assert "- Survivors are safe" in text
    assert "- Care" in text
    assert "annex B" not in text, "the metrics of services to people are of light touch contracts"


def test_what_others_save_is_in_the_schedule_and_never_netted() -> None:
    made = shipped("pooled-funders-full-cost.yaml", "pooled-funders-full-cost.bids.yaml")
    text = said(schedule(made))
    assert "| Price asked for | £770,000 |" in text
    assert "| All benefits together | £121,000 |" in text


def test_the_metrics_are_those_of_the_guidance() -> None:
    found = metrics()
    assert (found.document, found.section) == ("MoJ Victim Services Commissioning Guidance (October 2024)", "annex B")
    assert (len(found.outcomes), len(found.metrics)) == (4, 12)
    ids = [one.id for one in (*found.outcomes, *found.metrics)]
    assert len(ids) == len(set(ids))
    text = said(schedule(decided(ACT | {"light_touch": True})))
    assert all(one.title in text for one in (*found.outcomes, *found.metrics))


def test_lots_have_a_contract_each() -> None:
    text = said(award_notice(shipped("lots-largest-lead.yaml", "lots-largest-lead.bids.yaml"), Stated()))
    for lot, winner in (("north", "Alder Women's Centre"), ("south", "Harbour Support Group")):
        assert f"## Lot {lot}: " in text
        assert f"## Supplier: {winner}" in text


HOSTILE = ("=cmd()", "\u202eevil", "<script>alert(1)</script>", "a|b", "\x1b[2J", "x" * 5000)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    made = decided(ACT)
    bids = replace(
        made.state.bids, bids=tuple(replace(b, name=name) if b.id == "alder" else b for b in made.state.bids.bids)
    )
    made = replace(made, state=replace(made.state, received=bids))
    for document in (award_notice(made, Stated()), contract_details(made, Stated()), schedule(made)):
        text = said(document)
        assert "<script>" not in text
        assert "\u202e" not in text
        assert "\x1b" not in text
