"""The release in OCDS: valid by the schemas, complete by libcoveocds, and the same bids when it is read back."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig
from phases import NAMES, PRICES, case_in
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from shipped import case_from, pairs, shipped

from tender_eval.case.case import Case
from tender_eval.case.state import Decision
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.bids import Bids, bid_of
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.regime import Law
from tender_eval.model.suppliers import compared
from tender_eval.report.ocds.outcome import Outcome, outcome_of
from tender_eval.report.ocds.release import EXTENSIONS, Publisher, ocds_release
from tender_eval.report.ocds.united_kingdom import EXTENSIONS as UNITED_KINGDOM

SCHEMAS = Path(__file__).parent
OCID, DATE = "ocds-abc123-VS-2026-01", "2026-06-01T12:00:00Z"
PUBLISHER = Publisher("Avon and Somerset", "https://example.org/", buyer="The Commissioner")
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}


def case(bids: list[dict[str, Any]], **more: Any) -> Case:
    tender = more.pop("tender", {})
    return case_from(SCHEME | more, {"format": "tender-eval/bids/1", "tender": tender, "bids": bids})


def bid(name: str, price: object, care: object = 4, **more: Any) -> dict[str, Any]:
    """A bid; its price is that of the whole where it is not given by lot."""
    whole = {} if "lots" in more else {"price": price}
    return {"id": name, "supplier": {"name": name.upper()}, **whole, "marks": {"care": care}} | more


def release(case: Case, losers: bool = True, outcome: Outcome | None = None) -> str:
    return ocds_release(case, OCID, DATE, PUBLISHER, outcome or outcome_of(case, DATE, draft=True), losers=losers)


def found(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)["releases"][0]
    return data


def read_back(text: str) -> Bids:
    problems = Problems()
    bids = read_bids(Source("release.json", text.encode()), {}, problems)
    problems.refuse()
    assert bids is not None
    return bids


def schema(name: str) -> dict[str, Any]:
    """A schema of this folder; that of releases with what the extension of the United Kingdom adds to what is in it."""
    data: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    if name == "release-schema.json":
        added = schema("united-kingdom/release-schema.json")["definitions"]
        own = {name: part for name, part in added.items() if name in data["definitions"]}
        own["LotDetails"] = own["Tender"]["properties"].pop("lotDetails")  # which is a definition here
        return patched(data, {"definitions": own})
    return data


def patched(of: dict[str, Any], by: dict[str, Any]) -> dict[str, Any]:
    """A schema merged with that of an extension (RFC 7396)."""
    return of | {
        key: patched(of.get(key, {}), part) if isinstance(part, dict) else part  # nothing is taken out
        for key, part in by.items()
    }


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    """The package schema of OCDS 1.1.5, with the fields of the declared extensions."""
    inner = schema("release-schema.json")
    registry = Registry().with_resource(inner["id"], Resource.from_contents(inner, default_specification=DRAFT4))
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    return jsonschema.Draft4Validator(schema("release-package-schema.json"), registry=registry, format_checker=checker)


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> LibCoveOCDSConfig:
    """libcoveocds with the standard from this folder: it would else fetch it, and the extensions."""
    path = tmp_path_factory.mktemp("ocds") / "standard.zip"
    roles = "Code,Title,Description\nbuyer,,\nprocuringEntity,,\ntenderer,,\nsupplier,,\n"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("standard/", "")
        for name in ("release-schema.json", "release-package-schema.json"):
            file.writestr(f"standard/schema/{name}", json.dumps(schema(name)))
        draft = {"$schema": "http://json-schema.org/draft-04/schema#"}
        file.writestr("standard/schema/versioned-release-validation-schema.json", json.dumps(draft))
        file.writestr("standard/schema/codelists/partyRole.csv", roles)
    config = LibCoveOCDSConfig()
    config.config |= {"context": "api", "standard_zip": path.as_uri()}
    return config


@pytest.mark.slow
@pytest.mark.parametrize("losers", [False, True], ids=["withheld", "published"])
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_every_shipped_case_is_valid(
    scheme: str, bids: str, losers: bool, validator: jsonschema.Draft4Validator, standard: LibCoveOCDSConfig
) -> None:
    text = release(shipped(scheme, bids), losers)
    assert text == release(shipped(scheme, bids), losers), "the bytes repeat"
    made = shipped(scheme, bids)
    signed = replace(
        outcome_of(made, DATE, draft=True), draft=False, signed_on=dict.fromkeys(made.state.lots, date(2026, 6, 1))
    )
    package = json.loads(release(made, losers, signed))
    assert [e.message for e in validator.iter_errors(package)] == []
    british = made.compiled.scheme.regime.law is Law.PROCUREMENT_ACT_2023
    (one,) = package["releases"]
    assert len(one.get("contracts", ())) == (len(one.get("awards", ())) if british else 0)
    assert package.pop("extensions") == [*EXTENSIONS, *(UNITED_KINGDOM if british else ())]  # in the schemas here
    told = ocds_json_output(json_data=package, lib_cove_ocds_config=standard)
    assert told["validation_errors"] == []
    assert told["additional_fields"] == [], "every field is one of the standard or of a declared extension"
    assert told["additional_closed_codelist_values"] == {}
    assert told["additional_checks"] == {}, "nothing is empty, and no reference leads nowhere"
    assert told["deprecated_fields"] == []
    assert "json_deref_error" not in told


@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_every_reference_leads_somewhere(scheme: str, bids: str) -> None:
    data = found(release(shipped(scheme, bids)))
    parties = {party["id"]: party for party in data["parties"]}
    lots = {lot["id"] for lot in data["tender"]["lots"]}
    details = {bid["id"]: bid for bid in data["bids"]["details"]}
    assert len(details) == len(data["bids"]["details"])
    assert len(parties) == len(data["parties"])
    for one in details.values():
        assert set(one["relatedLots"]) <= lots
        assert all("tenderer" in parties[t["id"]]["roles"] for t in one["tenderers"])
    for award in data.get("awards", ()):
        assert [details[name]["status"] for name in award["relatedBids"]] == ["valid"]
        assert all("supplier" in parties[s["id"]]["roles"] for s in award["suppliers"])
    for role in ("buyer", "procuringEntity"):
        assert any(role in party["roles"] for party in parties.values())


def test_the_demo_case_says_what_was_decided() -> None:
    data = found(release(shipped("victim-services-cpqp.yaml", "victim-services-cpqp.bids.yaml")))
    status = {bid["id"]: bid["status"] for bid in data["bids"]["details"]}
    assert status == {
        "severn": "valid", "quantock": "valid", "brightline": "valid", "meridian": "valid",
        "kingfisher": "disqualified", "tor": "disqualified",
    }  # fmt: skip
    ranks = {bid["id"]: bid.get("rank") for bid in data["bids"]["details"]}
    assert ranks == {"severn": 1, "quantock": 2, "brightline": 3, "meridian": 4, "kingfisher": None, "tor": None}
    assert [award["relatedBids"] for award in data["awards"]] == [["severn"]]
    assert data["awards"][0]["status"] == "pending", "the standstill is still to run"
    assert data["tender"]["awardCriteria"] == "ratedCriteria"
    criteria = data["tender"]["lots"][0]["awardCriteria"]["criteria"]
    assert sum(c["numbers"][0]["number"] for c in criteria) == 100
    assert {c["numbers"][0]["weight"] for c in criteria} == {"percentageExact"}
    assert "price / quality" in data["tender"]["lots"][0]["awardCriteria"]["weightingDescription"]


def test_a_tie_is_no_award() -> None:
    data = found(release(case([bid("a", 100), bid("b", 100)])))
    assert "awards" not in data
    assert data["tag"] == ["tenderUpdate"]
    assert data["tender"]["status"] == "active"


def test_where_nobody_is_left_the_tender_is_unsuccessful() -> None:
    data = found(release(case([bid("a", 100, 0)])))
    assert data["tender"]["status"] == "unsuccessful"
    assert [b["status"] for b in data["bids"]["details"]] == ["disqualified"]


def test_a_price_of_components_is_published_undiscounted() -> None:
    model = {"components": {"year": "per_year", "start": "once"}, "years": 3, "discount_rate": "3.5%"}
    offered = bid("a", 0) | {"prices": {"year": 100, "start": 50}}
    del offered["price"]
    data = found(release(case([offered], price=model)))
    assert data["bids"]["details"][0]["value"] == {"amount": 350, "currency": "GBP"}


def test_a_consortium_is_one_bid_of_several_without_its_sub_contractors() -> None:
    members = [
        {"name": "Partner", "role": "partner", "confirmed": True},
        {"name": "Below", "role": "subcontractor", "confirmed": True},
        {"name": "Perhaps", "role": "partner", "confirmed": False},
    ]
    data = found(release(case([bid("a", 100, consortium={"members": members})])))
    assert [t["name"] for t in data["bids"]["details"][0]["tenderers"]] == ["A", "Partner"]
    assert [s["name"] for s in data["awards"][0]["suppliers"]] == ["A", "Partner"]


def test_lots_are_published_and_read_back() -> None:
    lots = [{"id": "north"}, {"id": "south"}]
    by_lot = [
        bid("a", 1, lots={"north": {"price": 900}, "south": {"price": 800}}),
        bid("b", 1, lots={"north": {"price": "1000.50"}}),
    ]
    text = release(case(by_lot, tender={"id": "T", "lots": lots}))
    assert [award["relatedLots"] for award in found(text)["awards"]] == [["north"], ["south"]]
    back = read_back(text)
    offers = {(b.name, lot, part.figures["price"].value) for b in back.bids for lot, part in b.lots.items()}
    assert offers == {("A", "north", 900), ("A", "south", 800), ("B", "north", Fraction(2001, 2))}


ANY_NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda t: t.strip() and compared(t) != "last"
)
AMOUNTS = st.decimals(min_value=1, max_value=10**12, places=2).map(str)


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(ANY_NAMES, AMOUNTS, st.integers(0, 5)), min_size=1, max_size=5, unique_by=lambda o: compared(o[0])
    )
)
@settings(max_examples=15, deadline=None)
def test_what_is_read_back_are_the_same_bids_at_the_same_prices(offers: list[tuple[str, str, int]]) -> None:
    given_bids = [bid(f"b{n}", price, care, supplier={"name": name}) for n, (name, price, care) in enumerate(offers)]
    made = case([*given_bids, bid("last", 1)])
    back = read_back(release(made))
    valid = {result.id for result in made.evaluations[""].bids if result.status == "ranked"}
    expected = {b.id: (b.name.strip(), b.figures["price"].value) for b in made.bids.bids if b.id in valid}
    standing = [b for b in back.bids if b.removed is None]
    assert {b.id: (b.name.strip(), b.figures["price"].value) for b in standing} == expected


HOSTILE = ["=cmd()", "\u202eevil", "<script>", '","status":"valid', "\x1b[2J", "🛟", "x" * 100_000]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_change_nothing_but_themselves(name: str, validator: jsonschema.Draft4Validator) -> None:
    text = release(case([bid("a", 100, supplier={"name": name}), bid("b", 50, 0)], title=name.strip()))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text), "nothing steers a terminal"
    package = json.loads(text)
    assert [e.message for e in validator.iter_errors(package)] == []
    assert found(text)["bids"]["details"][0]["tenderers"][0]["name"] == name
    assert [b["status"] for b in found(text)["bids"]["details"]] == ["valid", "disqualified"]


def test_amounts_are_exact_in_the_text() -> None:
    assert '"amount": 0.1' in release(case([bid("a", "0.1")]))
    assert '"amount": 123456789012345.67' in release(case([bid("a", "123456789012345.67")]))


def test_lots_that_are_awarded_together_go_to_whom_the_mechanism_gives_them() -> None:
    data = found(release(shipped("lots-largest-lead.yaml", "lots-largest-lead.bids.yaml")))
    assert [(a["relatedLots"], a["relatedBids"]) for a in data["awards"]] == [
        (["north"], ["alder/north"]),
        (["south"], ["harbour/south"]),
        (["east"], ["birch/east"]),
        (["west"], ["cedar/west"]),
    ]
    assert {a["relatedLots"][0]: a["value"]["amount"] for a in data["awards"]} == {
        "north": 125000, "south": 160000, "east": 100000, "west": 200000,
    }  # fmt: skip
    ranked_first = {bid["id"] for bid in data["bids"]["details"] if bid.get("rank") == 1}
    assert "harbour/north" in ranked_first, "ranks stay those of each lot"
    assert {lot["status"] for lot in data["tender"]["lots"]} == {"complete"}
    assert "Lots are awarded together (mechanism largest_lead): " in data["tender"]["awardCriteriaDetails"]
    assert data["tender"]["lotDetails"] == {"maximumLotsBidPerSupplier": 3, "maximumLotsAwardedPerSupplier": 1}


def test_a_lot_that_hangs_on_a_tie_has_no_award_and_one_that_nobody_may_be_awarded_is_unsuccessful() -> None:
    """A and b are level at north; south hangs on it, for a may win it as well. At west only c bids, which has east."""
    award = SCHEME["award"] | {
        "lots": {"mechanism": "lot_order", "most_awarded": 1, "order": ["east", "west", "north", "south"]}
    }
    lots = [{"id": name} for name in ("north", "south", "east", "west")]
    offers = [
        bid("a", 1, lots={"north": {"price": 10}, "south": {"price": 10}}),
        bid("b", 1, lots={"north": {"price": 10}}),
        bid("c", 1, lots={"east": {"price": 10}, "west": {"price": 10}}),
    ]
    data = found(release(case(offers, tender={"lots": lots}, award=award)))
    assert {lot["id"]: lot["status"] for lot in data["tender"]["lots"]} == {
        "north": "active", "south": "active", "east": "complete", "west": "unsuccessful",
    }  # fmt: skip
    assert [a["relatedBids"] for a in data["awards"]] == [["c/east"]]
    assert data["tender"]["lotDetails"] == {"maximumLotsAwardedPerSupplier": 1}


# What is withheld


@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_losers_are_withheld_unless_they_are_asked_for(scheme: str, bids: str) -> None:
    made = shipped(scheme, bids)
    text, whole = release(made, losers=False), release(made)
    won = {bid_of(name) for lot in made.evaluations if not made.undecided(lot) for name in made.awarded(lot)}
    winners = {
        name for bid in made.bids.bids if bid.id in won for name in (bid.name, *(member.name for member in bid.members))
    }
    for bid in made.bids.bids:
        if bid.id not in won:
            assert bid.name in winners or f'"{bid.name}"' not in text
            assert f'"{bid.name}"' in whole
    data = found(text)
    details = data.get("bids", {}).get("details", [])
    assert {one["id"] for one in details} == {name for a in data.get("awards", ()) for name in a["relatedBids"]}
    assert data["bids"]["statistics"] == found(whole)["bids"]["statistics"], "how many there are is told"
    assert data["tender"]["numberOfTenderers"] == found(whole)["tender"]["numberOfTenderers"]


def test_the_release_of_two_bids_says_nothing_of_the_one_that_lost() -> None:
    text = release(case([bid("birch", 4711), bid("alder", 100)]), losers=False)
    assert "birch" not in text.lower()
    assert not re.search(r"\b4711\b", text), "hashes may hold the digits"
    assert found(text)["tender"]["numberOfTenderers"] == 2


def test_the_outcome_decides_what_is_said_of_the_result() -> None:
    """Driven by what is decided, not by who is ranked first."""
    made = case([bid("a", 100), bid("b", 90)])
    open_ = Outcome("active", {"": "active"}, {"": ()}, ())
    data = found(release(made, losers=False, outcome=open_))
    assert "awards" not in data
    assert "bids" not in data
    assert (data["tender"]["status"], data["tender"]["lots"][0]["status"]) == ("active", "active")
    assert "bids" not in found(release(made, outcome=open_)), "nothing of bids at a lot that is open, asked for or not"
    turned = Outcome("complete", {"": "complete"}, {"": ("a",)}, ("",), awards={"": "active"})
    data = found(release(made, losers=False, outcome=turned))
    assert [(a["relatedBids"], a["status"]) for a in data["awards"]] == [(["a"], "active")]


def test_withdrawn_bids_are_published_as_such() -> None:
    gone = {"id": "c", "supplier": {"name": "C"}, "removed": {"kind": "withdrawn"}}
    data = found(release(case([bid("a", 100), bid("b", 90), gone])))
    assert {one["id"]: one["status"] for one in data["bids"]["details"]} == {
        "a": "valid", "b": "valid", "c": "withdrawn",
    }  # fmt: skip


# The phase of the case


BEFORE = ("published", "received", "marking", "marks_locked", "marks_locked sealed", "prices_open")


@pytest.mark.slow
@pytest.mark.parametrize("lots", [False, True], ids=["whole", "lots"])
def test_the_release_says_how_far_the_case_has_come(lots: bool, tmp_path: Path) -> None:
    def told(phase: str) -> tuple[str, set[str], set[str]]:
        folder = tmp_path / phase.replace(" ", "-")
        folder.mkdir()
        draft = phase in ("evaluated", "undecided by tie", "undecided by matter")
        made = case_in(phase, folder, lots=lots)
        data = json.loads(release(made, outcome=outcome_of(made, DATE, draft=draft)))
        (one,) = data["releases"]
        tender = one["tender"]
        assert (
            tender["title"].startswith("DRAFT, not decided, not for publication: ")
            == one["id"].startswith(f"{OCID}-draft-")
            == draft
        )
        return (
            tender["status"],
            {x["status"] for x in tender.get("lots", ())},
            {a["status"] for a in one.get("awards", ())},
        )

    assert told("evaluated") == ("active", {"active"}, {"pending"})
    assert told("undecided by tie") == told("undecided by matter") == ("active", {"active"}, set())
    assert told("decided") == ("complete", {"complete"}, {"pending"})
    assert told("decided without award") == ("cancelled", {"cancelled"}, set()), "there was somebody to award"
    assert told("decided without evaluation") == ("cancelled", {"cancelled"}, set())
    assert told("decided without bids") == ("cancelled", set(), set()), "it was ended before its deadline"
    assert told("closed") == ("complete", {"complete"}, {"active"})
    for phase in BEFORE:
        assert told(phase) == ("active", set() if phase == "published" else {"active"}, set())


@pytest.mark.slow
@pytest.mark.parametrize("lots", [False, True], ids=["whole", "lots"])
@pytest.mark.parametrize("phase", [*BEFORE, "decided without evaluation", "decided without bids"])
def test_a_release_before_anything_is_evaluated_is_valid_and_tells_the_scheme_alone(
    phase: str, lots: bool, tmp_path: Path, validator: jsonschema.Draft4Validator
) -> None:
    made = case_in(phase, tmp_path, lots=lots)
    text = ocds_release(made, OCID, DATE, PUBLISHER, outcome_of(made, DATE), losers=True)
    assert [e.message for e in validator.iter_errors(json.loads(text))] == []
    assert not any(re.search(rf"\b{said}\b", text) for said in (*NAMES.values(), *PRICES.values())), "but in a digest"
    data = found(text)
    over = phase.startswith("decided")
    assert data["tag"] == ["tenderCancellation" if over else "tender" if phase == "published" else "tenderUpdate"]
    assert data["tender"]["awardCriteria"] == "ratedCriteria"
    criteria = [c["name"] for lot in data["tender"].get("lots", ()) for c in lot["awardCriteria"]["criteria"]]
    assert criteria == ["Care", "Price"] * len(data["tender"].get("lots", ())), (
        "the whole scheme while prices are sealed"
    )


def test_no_tenders_after_the_deadline_are_an_unsuccessful_tender() -> None:
    made = case([bid("a", 100)])
    state = replace(made.state, received=None, evaluations={}, reached={}, decided={"": Decision(2, (), "None came")})
    assert outcome_of(replace(made, state=state), DATE).tender == "unsuccessful"


def test_the_end_of_the_period_for_tenders_is_the_deadline() -> None:
    made = case([bid("a", 100)], deadline="2026-05-01T12:00:00+01:00")
    assert found(release(made))["tender"]["tenderPeriod"] == {"endDate": "2026-05-01T12:00:00+01:00"}


def test_an_award_is_active_once_its_standstill_is_over() -> None:
    made = case([bid("a", 100), bid("b", 90)], regime={"law": "procurement-act-2023"})
    decided = Decision(1, ("b",), notice_on="2026-05-18")
    made = replace(made, state=replace(made.state, decided={"": decided}))
    assert [outcome_of(made, f"2026-05-{day}T09:00:00Z").awards[""] for day in ("27", "28", "29")] == [
        "pending", "pending", "active",
    ]  # fmt: skip


@pytest.mark.slow
def test_nothing_is_released_before_an_award_is_decided(tmp_path: Path) -> None:
    made = case_in("evaluated", tmp_path)
    with pytest.raises(Refused) as refused:
        outcome_of(made, DATE, record="award.jsonl")
    (told,) = refused.value.diagnostics
    assert told.code == "TE088"
    assert told.hint.startswith("next: tender-eval case decide award.jsonl; or --draft")
