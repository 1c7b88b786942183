"""Criteria and weights that differ by lot; what is asked for several lots is answered and marked once.

Source: criteria of single lots and items in Prozorro (``featureOf``, ``relatedItem``: OpenProcurement API, Feature).
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, Data, leaf, refusal, scheme

from tender_eval import Evaluation, bids_from_data, compile_scheme, dump_scheme, scheme_from_data
from tender_eval.case.envelopes import quality_part
from tender_eval.documents.markdown import document_markdown
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import BidResult
from tender_eval.report.methodology.document import publish

MARK = {"name": "mark", "out_of": 5}
WHOLE: Data = scheme(
    {
        "id": "quality", "weight": 60, "minimum": "40%",
        "criteria": [leaf("delivery", 40, MARK), leaf("team", 20, MARK), leaf("rural", 10, MARK, lots=["north"])],
    },
    leaf("price", 40, "ratio_to_lowest"),
    award={"on_rejection": "recompute", "ties": [{"highest": "rural"}, {"highest": "team"}]},
    lots=["north", "south"],
    weights_by_lot={"north": {"quality": 70, "price": 30}},
)  # fmt: skip
NORTH: Data = scheme(
    {
        "id": "quality", "weight": 70, "minimum": "40%",
        "criteria": [leaf("delivery", 40, MARK), leaf("team", 20, MARK), leaf("rural", 10, MARK)],
    },
    leaf("price", 30, "ratio_to_lowest"),
    award={"on_rejection": "recompute", "ties": [{"highest": "rural"}, {"highest": "team"}]},
)  # fmt: skip
SOUTH: Data = scheme(
    {"id": "quality", "weight": 60, "minimum": "40%", "criteria": [leaf("delivery", 40, MARK), leaf("team", 20, MARK)]},
    leaf("price", 40, "ratio_to_lowest"),
    award={"on_rejection": "recompute", "ties": [{"highest": "team"}]},
)
BIDS: Data = {
    "format": "tender-eval/bids/1",
    "tender": {"lots": [{"id": "north"}, {"id": "south"}]},
    "bids": [
        {"id": "a", "marks": {"delivery": 4, "team": 3, "rural": 5},
         "lots": {"north": {"price": 100}, "south": {"price": 90}}},
        {"id": "b", "marks": {"delivery": 5, "team": 5}, "lots": {"south": {"price": 95}}},
        {"id": "c", "marks": {"delivery": 5, "team": 4}, "lots": {"north": {"price": 120, "marks": {"rural": 1}}}},
        {"id": "d", "marks": {"delivery": 1, "team": 1, "rural": 1},
         "lots": {"north": {"price": 50}, "south": {"price": 50}}},
    ],
}  # fmt: skip


def compiled(data: Data) -> CompiledScheme:
    return compile_scheme(scheme_from_data(data), CATALOGUE)


def said(found: Evaluation) -> list[Any]:
    def criteria(bid: BidResult) -> list[Any]:
        return [(c.id, c.score, c.points, c.available) for c in bid.criteria]

    return [(bid.id, bid.rank, bid.figure, bid.reasons, criteria(bid)) for bid in found.bids]


@pytest.mark.parametrize(("lot", "alone"), [("north", NORTH), ("south", SOUTH)])
def test_each_lot_is_evaluated_as_by_a_scheme_of_its_own(lot: str, alone: Data) -> None:
    bids = bids_from_data(BIDS)
    own = compiled(alone)
    found = compiled(WHOLE).evaluate(bids, lot)
    by_hand = own.evaluate(replace(bids.for_lot(lot), bids=_without_rural(bids.for_lot(lot).bids, lot)))
    assert said(found) == said(by_hand)
    assert {b.id for b in found.bids if b.rank is None} == {"d"}


def _without_rural(bids: tuple[Any, ...], lot: str) -> tuple[Any, ...]:
    """A scheme of the south alone does not know the mark of the north."""
    return bids if lot == "north" else tuple(
        replace(b, marks={k: v for k, v in b.marks.items() if k != "rural"}) for b in bids
    )  # fmt: skip


def test_a_batch_is_of_one_lot() -> None:
    whole = compiled(WHOLE)
    columns = {"marks.delivery": [4.0, 5], "marks.team": [3.0, 4], "marks.rural": [5.0, 1], "price": [100.0, 120]}
    arrays = {name: np.array(column) for name, column in columns.items()}
    assert whole.for_lot("north").evaluate_batch(arrays).points[:, 0] == pytest.approx([84, 83])
    assert refusal(whole.evaluate_batch, arrays)[0].code == "TE056"


def test_the_quality_stage_has_the_criteria_of_each_lot() -> None:
    part = quality_part(compiled(WHOLE))
    assert [n.id for n in part.for_lot("south").plan.nodes] == ["quality", "delivery", "team"]
    points = {n.id: n.points for n in part.for_lot("north").plan.nodes}
    assert points == {"quality": 70, "delivery": 40, "team": 20, "rural": 10}
    found = part.evaluate(bids_from_data(BIDS), "north").bid("a")
    assert found is not None
    assert [c.points for c in found.criteria] == [54, 32, 12, 10]


def changed(**rest: object) -> Data:
    return {**WHOLE, **rest}


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (changed(lots=["north", "south", "south"]), "TE020", 'two lots entries have the id "south"'),
        (changed(lots=["norht", "south"]), "TE021", "which is none of the scheme's"),
        (changed(lots=[]), "TE027", "but the scheme does not say which lots there are"),
        (changed(weights_by_lot={}), "TE022", 'in lot "north": the weights of the parts of "quality" are 40 + 20 + 10'),
        (changed(weights_by_lot={"south": {"rural": 10}}), "TE021", 'no criterion of lot "south"'),
        (changed(weights_by_lot={"north": {"quality": 0}}), "TE023", 'the weight of "quality" in lot "north" is 0'),
    ],
)
def test_what_does_not_fit_is_told(data: Data, code: str, message: str) -> None:
    found = refusal(compiled, data)
    assert any(d.code == code and message in d.message for d in found), [str(d) for d in found]


@pytest.mark.parametrize(
    ("lots", "message"),
    [
        ([], "the criteria of the scheme differ by lot, and the tender has no lots"),
        (["north", "west"], 'the scheme does not say by which criteria lot "west" is awarded'),
    ],
)
def test_a_tender_of_other_lots_is_refused(lots: list[str], message: str) -> None:
    priced: Data = {"lots": {lot: {"price": 1} for lot in lots}} if lots else {"price": 1}
    bid = {"id": "a", "marks": {"delivery": 4}, **priced}
    tender: Data = {**BIDS, "tender": {"lots": [{"id": lot} for lot in lots]}, "bids": [bid]}
    found = refusal(lambda: compiled(WHOLE).evaluate(bids_from_data(tender), "north" if lots else ""))
    assert [(d.code, d.message) for d in found] == [("TE056", message)]


@pytest.mark.slow
def test_it_is_written_read_again_and_published_lot_by_lot() -> None:
    read = scheme_from_data(WHOLE)
    assert read_scheme(Source("again.yaml", dump_scheme(read).encode()), Problems()) == read
    text = document_markdown(publish(compiled(WHOLE)))
    north, south = text.split("## Lot south")[0], text.split("## Lot south")[1]
    assert "rural" in north
    assert "rural" not in south.split("## Lot north")[0]
    assert "Each lot is assessed by its own method" in text
