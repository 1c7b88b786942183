"""What a lot takes over from its tender and its bids: names and what is said of the supplier, never an amount."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from inline import leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, load_bids, load_catalogue, scheme_from_data
from tender_eval.engine.check import check
from tender_eval.files.source import Source
from tender_eval.model.bids import Bid, BidForLot, Bids, Figure, Lot, Tender
from tender_eval.model.diagnostics import Diagnostic

Data = dict[str, Any]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
QUALITY = leaf("quality", 100, {"name": "mark", "out_of": 5})
INCOME = {"id": "income", "reads": "supplier.annual_income", "at_least": "50% of annual_value"}
VALUE = "tender.annual_value"
SOCIAL = {
    "name": "piecewise",
    "field": VALUE,
    "points": [{"value": 0, "score": "0%"}, {"value": 1000000, "score": "100%"}],
}
COVERED = {
    "name": "piecewise",
    "field": "supplier.areas_covered",
    "points": [{"value": 0, "score": "0%"}, {"value": 1, "score": "100%"}],
}


def offered(tender: Data, *bids: Data) -> Data:
    return {"format": "tender-eval/bids/1", "tender": tender, "bids": list(bids)}


LOT_VALUE = offered(
    {"id": "T", "annual_value": 400000, "lots": [{"id": name} for name in ("north", "south", "east", "west")]},
    {
        "id": "small",
        "supplier": {"name": "Small specialist", "annual_income": 150000},
        "marks": {"quality": 5},
        "lots": {"north": {}},
    },
    {
        "id": "large",
        "supplier": {"name": "Large generic", "annual_income": 9000000},
        "marks": {"quality": 3},
        "lots": {"north": {}, "south": {}, "east": {}, "west": {}},
    },
)
"""Half a year's value as income, of a tender in four lots that state none."""


def told(of: Data, bids: Data) -> tuple[Diagnostic, ...]:
    sources = [Source(f"{name}.yaml", yaml.safe_dump(data).encode()) for name, data in (("scheme", of), ("bids", bids))]
    return check(*sources, CATALOGUE).diagnostics


def valued(value: int) -> Data:
    lots = [{"id": lot["id"], "annual_value": value} for lot in LOT_VALUE["tender"]["lots"]]
    return LOT_VALUE | {"tender": LOT_VALUE["tender"] | {"lots": lots}}


READERS: dict[str, Data] = {
    "condition": scheme(QUALITY, conditions=[INCOME], award={"on_rejection": "recompute"}),
    "pooled condition": scheme(QUALITY, conditions=[INCOME | {"pooled": True}], award={"on_rejection": "recompute"}),
    "condition by its dotted name": scheme(
        QUALITY, conditions=[INCOME | {"at_least": f"50% of {VALUE}"}], award={"on_rejection": "recompute"}
    ),
    "condition on the value": scheme(
        QUALITY, conditions=[{"id": "large", "reads": VALUE, "at_least": 5}], award={"on_rejection": "recompute"}
    ),
    "scorer": scheme(leaf("quality", 100, SOCIAL)),
    "formula": scheme(
        leaf(
            "quality",
            100,
            {"name": "formula", "expression": f"{VALUE} / 1000000", "below_zero": "clamp", "above_one": "clamp"},
        )
    ),
    "tie break": scheme(QUALITY, award={"ties": [{"lowest": VALUE}]}),
}


@pytest.mark.parametrize("name", READERS)
def test_lot_value(name: str) -> None:
    """A lot without its value is refused, whoever reads it; the tender's value is that of all lots together."""
    found = told(READERS[name], LOT_VALUE)
    assert [d.message.partition(",")[0] for d in found] == [
        f'lot "{lot}" states no annual_value' for lot in ("north", "south", "east", "west")
    ]
    assert {d.code for d in found} == {"TE052"}
    assert all(d.where is not None and d.where.source == "bids.yaml" for d in found)
    assert told(READERS[name], valued(100000)) == ()
    said = refusal(compile_scheme(scheme_from_data(READERS[name]), CATALOGUE).evaluate_lots, bids_from_data(LOT_VALUE))
    assert len(said) == 4


def test_lot_value_decides_by_the_lots_own() -> None:
    """Half of 100000 a year is less than the small supplier's 150000: it stands, and its marks win north."""
    compiled = compile_scheme(scheme_from_data(READERS["condition"]), CATALOGUE)
    assert compiled.evaluate(bids_from_data(valued(100000)), "north").winner == ("small",)
    assert compiled.evaluate(bids_from_data(valued(400000)), "north").winner == ("large",)


def test_where_nothing_reads_the_value_of_a_lot_nothing_is_asked() -> None:
    assert told(scheme(QUALITY), LOT_VALUE) == ()


def test_a_lot_that_nobody_bids_for_is_not_asked_for_its_value() -> None:
    bids = LOT_VALUE | {"bids": LOT_VALUE["bids"][:1]}
    assert [d.message.partition(" states")[0] for d in told(READERS["condition"], bids)] == ['lot "north"']


def test_a_lot_is_let_in_the_areas_of_its_tender_unless_it_names_its_own() -> None:
    """One of two areas is half of them; at south, which is the one area, all."""
    tender = {"areas": ["north", "south"], "lots": [{"id": "both"}, {"id": "south", "areas": ["south"]}]}
    supplier = {"name": "A", "areas": ["south"]}
    bids = bids_from_data(offered(tender, {"id": "a", "supplier": supplier, "lots": {"both": {}, "south": {}}}))
    found = compile_scheme(scheme_from_data(scheme(leaf("covered", 100, COVERED))), CATALOGUE).evaluate_lots(bids)
    assert [lot.bids[0].figure for lot in found.values()] == [50, 100]


names = st.sampled_from(["annual_value", "years", "places"])
numbers = st.fractions(0, 1000).map(Figure)
texts = st.lists(st.sampled_from(["n", "s"]), max_size=2).map(lambda areas: Figure(tuple(areas)))


@pytest.mark.slow
@given(
    st.dictionaries(names, numbers),
    st.dictionaries(names, numbers),
    st.none() | texts,
    st.none() | texts,
)
def test_no_amount_of_the_tender_reaches_a_lot(
    whole: dict[str, Figure], own: dict[str, Figure], areas: Figure | None, own_areas: Figure | None
) -> None:
    of_tender = whole | ({"areas": areas} if areas else {})
    of_lot = own | ({"areas": own_areas} if own_areas else {})
    bid = Bid("a", "A", lots={"north": BidForLot()})
    found = (
        Bids((bid,), Tender(figures=of_tender, lots=(Lot("north", figures=of_lot),))).for_lot("north").tender.figures
    )
    assert {name: f for name, f in found.items() if isinstance(f.value, Fraction)} == own
    assert found.get("areas") == (own_areas or areas)


# One price for several lots


PRICED = scheme(leaf("price", 100, "ratio_to_lowest"))
TWO = {"lots": [{"id": "north"}, {"id": "south"}]}


@pytest.mark.parametrize(
    "bid",
    [
        {"price": 5, "lots": {"north": {}, "south": {}}},
        {"price": 5, "lots": {"north": {"price": 4}, "south": {}}},
        {"price": 5, "lots": {"north": {"price": 4}, "south": {"price": 4}}},
        {"price": 5, "lots": {"north": {"price": 4}}},
        {"price": 5, "lots": {"north": {"prices": {"annual": 4}}}},
        {"prices": {"annual": 5}, "lots": {"north": {}, "south": {}}},
        {"prices": {"annual": 5}, "lots": {"north": {"prices": {"annual": 4}}}},
    ],
)
def test_a_price_stated_once_is_the_price_of_one_lot(bid: Data) -> None:
    """Otherwise it would be charged in every lot, or one of two would win in silence."""
    (said,) = refusal(bids_from_data, offered(TWO, {"id": "a", **bid}))
    assert (said.code, '"a"' in said.message) == ("TE501", True)


@pytest.mark.parametrize(
    "bid",
    [
        {"price": 5, "lots": {"north": {}}},
        {"prices": {"annual": 5}, "lots": {"north": {"prices": {"start": 4}}}},
        {"lots": {"north": {"price": 5}, "south": {"price": 6}}},
    ],
)
def test_a_bid_for_one_lot_may_state_its_price_either_way(bid: Data) -> None:
    assert bids_from_data(offered(TWO, {"id": "a", **bid})).bids


def test_marks_and_values_may_be_common_to_lots() -> None:
    """One answer for all lots is marked once, and a lot's own mark stands over it."""
    bid = {
        "id": "a",
        "marks": {"quality": 4},
        "values": {"x": 1},
        "lots": {"north": {}, "south": {"marks": {"quality": 2}}},
    }
    found = compile_scheme(scheme_from_data(scheme(QUALITY)), CATALOGUE).evaluate_lots(
        bids_from_data(offered(TWO, bid))
    )
    assert [lot.bids[0].figure for lot in found.values()] == [80, 40]


TABLES = {
    "bids.csv": "id,price,lots.north.values.beds,lots.south.values.beds\na,5,1,1\nb,5,1,\n",
    "bids.json": '{"format": "tender-eval/bids/1", "tender": {"lots": [{"id": "north"}, {"id": "south"}]}, '
    '"bids": [{"id": "a", "price": 5, "lots": {"north": {}, "south": {}}}]}',
    "release.json": '{"ocid": "o", "tender": {"lots": [{"id": "north"}, {"id": "south"}]}, "bids": {"details": '
    '[{"id": "a", "relatedLots": ["north", "south"], "value": {"amount": 5}}]}}',
}


@pytest.mark.parametrize("name", TABLES)
def test_one_price_for_several_lots_whatever_reads_it(name: str, tmp_path: Any) -> None:
    path = tmp_path / name
    path.write_text(TABLES[name], encoding="utf-8")
    call: Callable[..., object] = load_bids
    (said,) = refusal(call, path)
    assert said.code == "TE501"
