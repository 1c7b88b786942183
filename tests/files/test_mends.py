"""Every mend for something that bids lack, obeyed word by word: the error is gone, and no new one comes."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from inline import CATALOGUE, leaf
from inline import scheme as stated
from obeying import (
    Data,
    as_csv,
    as_json,
    as_workbook,
    as_yaml,
    obey_in_keys,
    obey_in_rows,
    rows_of,
)

from tender_eval.engine.check import check
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.lots.check import limits_check
from tender_eval.model.diagnostics import Diagnostic, Problems

MARK = {"name": "mark", "out_of": 5}
QUALITY = leaf("quality", 30, MARK)
REACH = leaf(
    "reach",
    20,
    {
        "name": "piecewise",
        "field": "values.people",
        "points": [{"value": 0, "score": "0%"}, {"value": 500, "score": "100%"}],
    },
)
COVERED = leaf(
    "covered",
    10,
    {
        "name": "piecewise",
        "field": "supplier.areas_covered",
        "points": [{"value": 0, "score": "0%"}, {"value": 1, "score": "100%"}],
    },
)
PRICE = leaf("price", 40, "ratio_to_lowest")
INCOME = {"id": "income", "reads": "supplier.annual_income", "at_least": "10% of annual_value", "pooled": True}
CHEAP = {"id": "cheap", "reads": "price", "at_most": "1000% of supplier.annual_income"}
COMPONENTS = {"components": {"annual": "per_year", "start": "once"}, "years": 2, "discount_rate": "0%"}


def scheme(**more: Any) -> Data:
    return stated(
        QUALITY, REACH, COVERED, PRICE, conditions=[INCOME, CHEAP], award={"on_rejection": "recompute"}, **more
    )


LIMITED = {"rule": "highest_score", "on_rejection": "recompute"} | {
    "lots": {"mechanism": "lot_order", "capacity": "1000% of supplier.annual_income"}
}

SUPPLIER = {"name": "Alder", "annual_income": 900, "areas": ["north"]}
OTHER = SUPPLIER | {"name": "Birch"}
WHOLE: Data = {
    "format": "tender-eval/bids/1",
    "tender": {"id": "T", "annual_value": 900, "areas": ["north", "south"]},
    "bids": [
        {"id": "a", "supplier": SUPPLIER, "price": 100, "marks": {"quality": 4}, "values": {"people": 90}},
        {"id": "b", "supplier": OTHER, "price": 110, "marks": {"quality": 5}, "values": {"people": 80}},
    ],
}
IN_LOTS: Data = {
    "format": "tender-eval/bids/1",
    "tender": {
        "id": "T",
        "areas": ["north", "south"],
        "lots": [{"id": "north", "annual_value": 400}, {"id": "south", "annual_value": 500, "areas": ["south"]}],
    },
    "bids": [
        {
            "id": "a",
            "supplier": SUPPLIER,
            "values": {"people": 90},
            "lots": {"north": {"price": 100, "marks": {"quality": 4}}, "south": {"price": 90, "marks": {"quality": 3}}},
        },
        {
            "id": "b",
            "supplier": OTHER,
            "marks": {"quality": 5},
            "lots": {"north": {"price": 99, "values": {"people": 80}}},
        },
    ],
}

Change = Callable[[Data], None]


def without(*path: str | int) -> Change:
    def change(data: Data) -> None:
        for key in path[:-1]:
            data = data[key]  # type: ignore[index]
        del data[path[-1]]  # type: ignore[arg-type]

    return change


def moved_up(bid: int, *, keep: str = "") -> Change:
    """The price of the lots is said of the whole bid; the lots keep their own where that is named."""

    def change(data: Data) -> None:
        of = data["bids"][bid]
        of["price"] = 100
        for name, lot in of["lots"].items():
            if name != keep:
                lot.pop("price", None)

    return change


def all_common(data: Data) -> None:
    """One price for the whole bid, and each lot has its own."""
    data["bids"][0]["price"] = 190


def twice(data: Data) -> None:
    data["bids"][1]["price"] = 120


def for_no_lot(data: Data) -> None:
    bid = data["bids"][1]
    bid |= bid.pop("lots")["north"]


def story(data: Data) -> None:
    """Every mark has its reason but that of the second bid, which has no mark."""
    data["bids"][0]["marks"] = {"quality": {"agreed": 4, "reason": "Said how."}}
    del data["bids"][1]["marks"]


def misspelt(data: Data) -> None:
    for bid in data["bids"]:
        for part in (bid, *bid.get("lots", {}).values()):
            if "values" in part:
                part["values"] = {"peeple": 5}


def nothing(data: Data) -> None:
    """The first bid says who it is, and nothing else."""
    said: Data = {"values": {"other": 1}}
    lots = data["bids"][0].get("lots")
    data["bids"][0] = {"id": "a"} | ({"lots": dict.fromkeys(lots, said)} if lots else said)


NO_LOTS = {
    "price": without("bids", 0, "price"),
    "marks": without("bids", 0, "marks"),
    "mark-story": story,
    "values": without("bids", 1, "values"),
    "misspelt": misspelt,
    "income": without("bids", 0, "supplier", "annual_income"),
    "areas": without("bids", 0, "supplier", "areas"),
    "supplier": without("bids", 0, "supplier"),
    "value": without("tender", "annual_value"),
    "tender-areas": without("tender", "areas"),
    "tender": without("tender"),
    "nothing": nothing,
}
WITH_LOTS = {
    "price": without("bids", 0, "lots", "south", "price"),
    "price-of-only-lot": without("bids", 1, "lots", "north", "price"),
    "mark": without("bids", 0, "lots", "south", "marks"),
    "common-mark": without("bids", 1, "marks"),
    "value": without("bids", 1, "lots", "north", "values"),
    "common-value": without("bids", 0, "values"),
    "misspelt": misspelt,
    "income": without("bids", 0, "supplier", "annual_income"),
    "supplier": without("bids", 0, "supplier"),
    "lot-value": without("tender", "lots", 0, "annual_value"),
    "areas": without("tender", "areas"),
    "one-price": moved_up(0),
    "one-price-but-for-a-lot": moved_up(0, keep="south"),
    "a-price-for-all-beside-each": all_common,
    "price-twice": twice,
    "for-no-lot": for_no_lot,
    "nothing": nothing,
}
ONLY_IN_KEYS = {"no-lots": without("tender", "lots"), "no-tender": without("tender")}
ALL = [
    *((WHOLE, change, f"whole-{name}") for name, change in NO_LOTS.items()),
    *((IN_LOTS, change, f"lots-{name}") for name, change in WITH_LOTS.items()),
]


def source(data: Data) -> Source:
    return Source("scheme.yaml", yaml.dump(json.loads(json.dumps(data)), Dumper=yaml.CSafeDumper).encode())


def told(of: Data, bids: Source) -> tuple[Diagnostic, ...]:
    return check(source(of), bids, CATALOGUE, limits_check(CATALOGUE)).diagnostics


def changed(data: Data, change: Change) -> Data:
    made = copy.deepcopy(data)
    change(made)
    return made


def by_components(data: Data) -> Data:
    """The same with the price in two parts."""
    made = copy.deepcopy(data)
    for bid in made["bids"]:
        for part in (bid, *bid.get("lots", {}).values()):
            if "price" in part:
                part["prices"] = {"annual": part.pop("price"), "start": 10}
    return made


def mended_in_keys(of: Data, made: Data, write: Callable[[Data], Source], rounds: int = 1) -> list[Diagnostic]:
    first = found = list(told(of, write(made)))
    assert found, "nothing was wrong"
    for _ in range(rounds):
        made = obey_in_keys(made, found)
        found = list(told(of, write(made)))
    assert found == []
    return first


def mended_in_rows(of: Data, made: Data, kind: str) -> list[Diagnostic]:
    rows = rows_of(made)
    found = list(told(of, as_csv(rows) if kind == "csv" else as_workbook(rows)))
    assert found, "nothing was wrong"
    after, tender = obey_in_rows(rows, found)
    assert list(told(of, as_csv(after) if kind == "csv" else as_workbook(after, tender))) == []
    return found


@pytest.mark.parametrize("data", [WHOLE, IN_LOTS])
def test_nothing_is_wrong_before(data: Data) -> None:
    for write in (as_yaml, as_json):
        assert told(scheme(), write(data)) == ()
        assert told(scheme(price=COMPONENTS), write(by_components(data))) == ()
    assert told(scheme(), as_csv(rows_of(data))) == ()


@pytest.mark.slow
@pytest.mark.parametrize("write", [as_yaml, as_json], ids=["yaml", "json"])
@pytest.mark.parametrize(("data", "change"), [pytest.param(*c[:2], id=c[2]) for c in ALL])
def test_in_a_bids_file(data: Data, change: Change, write: Callable[[Data], Source]) -> None:
    mended_in_keys(scheme(), changed(data, change), write)


@pytest.mark.parametrize("write", [as_yaml, as_json], ids=["yaml", "json"])
@pytest.mark.parametrize("name", ONLY_IN_KEYS)
def test_lots_that_the_tender_does_not_list(name: str, write: Callable[[Data], Source]) -> None:
    """Once they are listed, what is said of each is asked for."""
    mended_in_keys(scheme(), changed(IN_LOTS, ONLY_IN_KEYS[name]), write, rounds=2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("data", "change"), [pytest.param(*c[:2], id=c[2]) for c in ALL])
def test_in_a_table(data: Data, change: Change, kind: str) -> None:
    mended_in_rows(scheme(), changed(data, change), kind)


PARTS = {
    "one": ("bids", 0, "prices", "start"),
    "all": ("bids", 0, "prices"),
    "of-a-lot": ("bids", 0, "lots", "south", "prices", "annual"),
    "all-of-a-lot": ("bids", 0, "lots", "south", "prices"),
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("kind", ["yaml", "json", "csv", "xlsx"])
def test_parts_of_the_price(name: str, kind: str) -> None:
    made = changed(by_components(IN_LOTS if "lot" in name else WHOLE), without(*PARTS[name]))
    of = scheme(price=COMPONENTS)
    if kind in ("yaml", "json"):
        found = mended_in_keys(of, made, as_yaml if kind == "yaml" else as_json)
    else:
        found = mended_in_rows(of, made, kind)
    assert {d.code for d in found} == {"TE052"}


@pytest.mark.slow
@pytest.mark.parametrize("data", [WHOLE, IN_LOTS], ids=["whole", "lots"])
@pytest.mark.parametrize("kind", ["yaml", "json", "csv", "xlsx"])
def test_one_price_where_its_parts_are_asked_for(data: Data, kind: str) -> None:
    of = scheme(price=COMPONENTS)
    if kind in ("yaml", "json"):
        found = mended_in_keys(of, data, as_yaml if kind == "yaml" else as_json)
    else:
        found = mended_in_rows(of, data, kind)
    assert {d.code for d in found} == {"TE062"}


def test_parts_of_the_price_that_are_stated_once_for_several_lots() -> None:
    made = changed(by_components(IN_LOTS), without("bids", 0, "lots", "north", "prices", "start"))
    del made["bids"][0]["lots"]["south"]["prices"]["start"]
    made["bids"][0]["prices"] = {"start": 10}
    for write in (as_yaml, as_json):
        (problem,) = mended_in_keys(scheme(price=COMPONENTS), made, write)
        assert problem.code == "TE501"
    (problem,) = mended_in_rows(scheme(price=COMPONENTS), made, "csv")
    assert problem.hint == "state it in columns headed lots.north.prices.start, lots.south.prices.start instead"


@pytest.mark.parametrize("kind", ["yaml", "json", "csv", "xlsx"])
def test_what_the_capacity_limits(kind: str) -> None:
    """Asked for once by the condition and once by the capacity: the same mend, at the same place."""
    of = scheme() | {"award": LIMITED, "conditions": []}
    made = changed(IN_LOTS, without("tender", "lots", 1, "annual_value"))
    if kind in ("yaml", "json"):
        (problem,) = mended_in_keys(of, made, as_yaml if kind == "yaml" else as_json)
    else:
        (problem,) = mended_in_rows(of, made, kind)
    assert problem.code == "TE052"


@pytest.mark.parametrize(
    ("lots", "mend"),
    [
        ("[north, south]", "lots: {north: {}, south: {}}"),
        ("{north: , south: {}}", "north: {}"),
        ("{north: 5, south: {}}", "north: {}"),
    ],
)
def test_lots_that_are_listed_or_left_empty(lots: str, mend: str) -> None:
    """What is to be written is written in the place of what stands there."""
    text = "format: tender-eval/bids/1\ntender: {{lots: [{{id: north}}, {{id: south}}]}}\nbids:\n  - id: a\n    {}\n"
    problems = Problems()
    read_bids(Source("bids.yaml", text.format(f"lots: {lots}").encode()), {}, problems)
    (problem,) = problems
    assert problem.hint.startswith(f"write {mend}, with what is said for")
    after = f"lots: {lots}".replace("north: 5", mend).replace("north: ,", f"{mend},") if "lots" not in mend else mend
    problems = Problems()
    assert read_bids(Source("bids.yaml", text.format(after).encode()), {}, problems) is not None
    assert [str(d) for d in problems] == []


def test_a_heading_of_a_lot_that_names_no_value() -> None:
    problems = Problems()
    read_bids(Source("bids.csv", b"id,price,lots.north\na,1,2\n"), {}, problems)
    assert [d.hint for d in problems] == ["a heading of a lot is lots.north.price, lots.north.marks.delivery or alike"]


# OCDS


def release(*bids: Data, lots: tuple[str, ...] = ()) -> Data:
    """A release with these bids, each by a supplier of its own."""
    details = [{"tenderers": [{"name": bid["id"].upper()}], **bid} for bid in bids]
    tender = {"id": "T", "lots": [{"id": lot} for lot in lots]}
    return {"releases": [{"ocid": "o-1", "tender": tender, "bids": {"details": details}}]}


def value(amount: int) -> Data:
    return {"value": {"amount": amount}}


ANSWERED = {"requirementResponses": [{"requirement": {"id": "people"}, "value": 80}]}
PUBLISHED = {
    "price": release({"id": "a", **ANSWERED}, {"id": "b", **value(9), **ANSWERED}),
    "answer": release({"id": "a", **value(8)}, {"id": "b", **value(9), **ANSWERED}),
    "another answer": release(
        {"id": "a", **value(8), "requirementResponses": [{"requirement": {"id": "staff"}, "value": 3}]}
    ),
    "price-of-lots": release(
        {"id": "a", "relatedLots": ["north", "south"], **ANSWERED},
        {"id": "b", "relatedLots": ["north"], **value(9), **ANSWERED},
        lots=("north", "south"),
    ),
    "one-value-for-several-lots": release(
        {"id": "a", "relatedLots": ["north", "south"], **value(9), **ANSWERED}, lots=("north", "south")
    ),
    "for-no-lot": release({"id": "a", **value(9), **ANSWERED}, lots=("north", "south")),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_in_a_release(name: str) -> None:
    of = stated(leaf("reach", 60, REACH["scorer"]), PRICE)
    mended_in_keys(of, PUBLISHED[name], lambda data: Source("bids.json", json.dumps(data).encode()))


@pytest.mark.parametrize("lots", [(), ("north", "south")])
def test_what_a_release_has_no_place_for(lots: tuple[str, ...]) -> None:
    """A key that no reader of releases looks at would be a mend that changes nothing."""
    of = stated(leaf("quality", 60, MARK), PRICE, conditions=[INCOME | {"reads": "price", "pooled": False}])
    bids = [{"id": "a", **value(9), **({"relatedLots": ["north"]} if lots else {})}]
    found = told(of, Source("bids.json", json.dumps(release(*bids, lots=lots)).encode()))
    assert {d.code for d in found} == {"TE052"}
    assert all(d.hint.endswith("give the bids in a bids file (YAML, CSV or XLSX)") for d in found)


def test_a_release_has_no_place_for_the_value_that_a_capacity_limits() -> None:
    bids = [{"id": "a", "relatedLots": ["north"], **value(9)}]
    of = stated(PRICE | {"weight": 100}, award={"lots": LIMITED["lots"]})
    found = told(of, Source("bids.json", json.dumps(release(*bids, lots=("north", "south"))).encode()))
    assert {d.code for d in found} == {"TE052"}
    assert all(d.hint.endswith("give the bids in a bids file (YAML, CSV or XLSX)") for d in found)


# Names that are nearly those of others


def test_a_figure_of_its_own_is_no_slip_of_the_pen_for_another() -> None:
    """Where the scheme reads both names, the one that is stated is not the other misspelt."""
    near = (leaf("quality-north", 60, MARK), leaf("quality", 40, MARK))
    data: Data = {"format": "tender-eval/bids/1", "bids": [{"id": "a", "marks": {"quality-north": 4}}]}
    (problem,) = told(stated(*near), as_yaml(data))
    assert problem.hint == "add quality: ... to the bid's marks"
    assert told(stated(*near), as_yaml(obey_in_keys(data, [problem]))) == ()


def test_a_declaration_of_its_own_is_no_slip_of_the_pen_for_another() -> None:
    """Silence on one of two declarations of nearly one name is a condition not met, not a misspelling."""
    declared = [{"id": name, "reads": f"declarations.policy_{name}", "must_be": True} for name in ("young", "youth")]
    of = stated(PRICE | {"weight": 100}, conditions=declared, award={"on_rejection": "recompute"})
    data = {"format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 1, "declarations": {"policy_young": True}}]}
    assert told(of, as_yaml(data)) == ()


@pytest.mark.parametrize(("stated_mark", "hint"), [("quality", "remove it, or see which"), ("other", "did you mean")])
def test_a_mark_that_the_bid_has_is_not_offered_for_one_of_no_criterion(stated_mark: str, hint: str) -> None:
    """Obeyed, it would stand twice."""
    marks = {stated_mark: 4, "qualty": 3}
    data: Data = {"format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 1, "marks": marks}]}
    found = told(stated(leaf("quality", 60, MARK), PRICE), as_yaml(data))
    (problem,) = [d for d in found if '"qualty"' in d.message]
    assert problem.hint.startswith(hint)
