"""What the one who makes assessment summaries is told of what they lack, and of flags that are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cases import case_of

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.model.regime import Law, Regime
from tender_eval.regime.duties import duty
from tender_eval.regime.standstill import standstill
from tender_eval.report.letters.gaps import gaps

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
ACT = {"regime": {"law": "procurement-act-2023"}}
LOW = {"abnormally_low": {"below_mean_by": "25%"}}
PRICES = {"alder": 40, "birch": 100, "cedar": 100}


def case(*entries: Entry, lots: bool = False, identified: tuple[str, ...] = (), **rest: Any) -> Case:
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "demo",
        "title": "Refuge services",
        "conditions": [{"id": "safe", "title": "Safe", "reads": "declarations.safe", "must_be": True}],
        "criteria": [{"id": "price", "title": "Price", "weight": 100, "scorer": "ratio_to_lowest"}],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }
    compiled = compile_scheme(scheme_from_data(scheme | rest), CATALOGUE)
    bids = bids_from_data(
        {
            "format": "tender-eval/bids/1",
            **({"tender": {"lots": [{"id": "north"}, {"id": "south"}]}} if lots else {}),
            "bids": [
                {
                    "id": name,
                    "supplier": {"name": name.title()} | ({"identifier": f"GB-{name}"} if name in identified else {}),
                    "declarations": {"safe": name != "cedar"},
                    **({"lots": {"north": {"price": price}, "south": {"price": 70}}} if lots else {"price": price}),
                }
                for name, price in PRICES.items()
            ],
        }
    )
    return case_of(compiled, bids, *entries, decided=True)


def entry(kind: str, bid: str) -> Entry:
    return Entry(9, kind, "2026-05-20T10:00:00Z", {"bid": bid, "text": "x"}, "f" * 64)


def test_what_regulation_31_asks_of_a_supplier_and_a_record_does_not_hold() -> None:
    addresses, identifiers = gaps(case(**ACT), list(PRICES))
    assert "contact postal address and e-mail address" in addresses
    assert "No supplier.identifier is recorded of alder and birch:" in identifiers
    assert "cedar" not in identifiers, "it was never assessed, so the regulation does not ask for it"


def test_the_facts_are_those_of_the_supplier_that_a_summary_is_of() -> None:
    """Of the successful one regulation 31(3)(d) asks for what 31(2)(e) names alone, which are its scores."""
    _, identifiers = gaps(case(**ACT), ["birch"])
    assert "recorded of birch:" in identifiers
    assert len(list(gaps(case(**ACT, identified=("birch",)), ["birch"]))) == 1, "addresses"


def test_nothing_is_asked_where_the_act_is_not_named() -> None:
    assert list(gaps(case(), list(PRICES))) == []


def test_in_wales_they_are_asked_for_by_its_own_regulations() -> None:
    addresses, _ = gaps(case(regime={"law": "procurement-act-2023", "nation": "wales"}), list(PRICES))
    assert "asked for by regulation 32(2) and (3) of the Procurement (Wales) Regulations 2024." in addresses


def test_it_is_said_of_a_clause_that_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    row = duty(Regime(law=Law.PCR_2015), "assessment_summary")
    assert row
    unread = replace(row, clauses=tuple(clause._replace(verified=False) for clause in row.clauses))
    monkeypatch.setattr("tender_eval.report.letters.gaps.duty", lambda regime, rule: {row.rule: unread}.get(rule))
    (told,) = gaps(case(regime={"law": "pcr-2015"}), list(PRICES))
    assert "regulation 86 of the Public Contracts Regulations 2015. We have not read that clause" in told


def test_it_is_said_of_a_threshold_that_was_not_read_and_that_decides_what_law_binds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    below = {"law": "procurement-act-2023", "estimated_value": 100000, "published": "2026-05-02"}
    assert list(gaps(case(regime=below), list(PRICES))) == [], "its schedule was read"
    row = duty(Regime(law=Law.PROCUREMENT_ACT_2023), "threshold")
    assert row
    unread = replace(row, clauses=tuple(clause._replace(verified=False) for clause in row.clauses))
    monkeypatch.setattr("tender_eval.report.letters.gaps.threshold", lambda regime: unread)
    (told,) = gaps(case(regime=below), list(PRICES))
    assert "below the threshold of £207,720 (Procurement Act 2023, Schedule 1). We have not read that figure" in told


def test_other_laws_ask_for_no_addresses() -> None:
    found = case(regime={"law": "pcr-2015"})
    assert list(gaps(found, list(PRICES), standstill(date(2026, 6, 1), found.compiled.scheme.regime))) == []


@pytest.mark.parametrize("law", ["pcr-2015", "pcsr-2015", "psr-2023"])
def test_a_standstill_that_the_law_wants_in_the_letter_is_missed(law: str) -> None:
    (told,) = gaps(case(regime={"law": law}), list(PRICES))
    assert "state no standstill period" in told


def test_an_open_flag_of_a_successful_tender_is_told_until_there_is_an_answer() -> None:
    (told,) = gaps(case(**LOW), ["birch"])
    assert told.startswith('Still open, of bid "alder": abnormally low? the price 40 is 42.9% below the mean 70')
    assert list(gaps(case(entry("abnormally_low_query", "alder"), **LOW), ["birch"])) == [told]
    assert list(gaps(case(entry("abnormally_low_answer", "birch"), **LOW), ["birch"])) == [told]
    assert list(gaps(case(entry("abnormally_low_answer", "alder"), **LOW), ["birch"])) == []


def test_a_flag_of_a_tender_that_is_not_awarded_holds_nothing_up() -> None:
    dear = {"criteria": [{"id": "price", "title": "Price", "weight": 100, "scorer": "ratio_to_highest"}]}
    found = case(**LOW, **dear)
    assert found.awarded("") == ("birch",)
    assert list(gaps(found, list(PRICES))) == []


def test_with_lots_the_lot_is_named() -> None:
    (told,) = gaps(case(lots=True, **LOW), list(PRICES))
    assert told.startswith('Still open, of bid "alder" at lot north: abnormally low?')


def test_a_word_of_a_reason_that_is_the_name_of_another_is_told() -> None:
    marks = {"criteria": [{"id": "care", "title": "Care", "weight": 100, "scorer": {"name": "mark", "out_of": 5}}]}
    scheme = {"format": "tender-eval/scheme/1", "id": "demo", "title": "x", "award": {"rule": "highest_score"}} | marks
    offered = [("alder", "Alder House", "All staff have training."), ("training", "Training", "It names its staff.")]
    bids = [
        {"id": name, "supplier": {"name": supplier}, "marks": {"care": {"agreed": 5, "reason": reason}}}
        for name, supplier, reason in offered
    ]
    compiled = compile_scheme(scheme_from_data(scheme), CATALOGUE)
    found = case_of(compiled, bids_from_data({"format": "tender-eval/bids/1", "bids": bids}))
    (told,) = gaps(found, ["alder", "training"])
    assert told.startswith(
        'The reason for the mark of bid alder for care says "training", which is the name of another'
    )
