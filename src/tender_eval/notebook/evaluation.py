"""An evaluation as frames: its bids, and the steps behind every figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tender_eval.languages import results, steps
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.notebook.frames import Row, frame

if TYPE_CHECKING:
    from pandas import DataFrame

_BID = ("bid", "name", "status", "rank", "tied", "wins", "figure")
_STEP = ("bid", "step", "parent", "depth", "criterion", "label", "value", "number", "formula", "working", "by", "where")


def evaluation_frame(evaluation: Evaluation, exact: bool = False) -> DataFrame:
    """The bids of an evaluation; see `Evaluation.to_frame`."""
    lot = ("lot",) if evaluation.lot else ()
    award = ("award",) if evaluation.shares_money else ()
    points = tuple(f"points.{criterion.id}" for criterion in evaluation.criteria)
    rows = (_bid(evaluation, bid) for bid in evaluation.bids)
    return frame(rows, (_BID[0], *lot, *_BID[1:], *award, *points, "why", "flags"), ("bid",), exact)


def _bid(evaluation: Evaluation, bid: BidResult) -> Row:
    found: dict[str, object] = {
        "bid": bid.id, "name": bid.name, "status": bid.status, "rank": bid.rank, "tied": bid.tied,
        "wins": bid.id in evaluation.winning, "figure": bid.figure,
        "why": results.texts(bid.reasons), "flags": results.texts(bid.flags),
    }  # fmt: skip
    if evaluation.lot:
        found["lot"] = evaluation.lot
    if evaluation.shares_money:
        found["award"] = bid.award
    return found | {f"points.{c.id}": c.points for c in bid.criteria}


def steps_frame(evaluation: Evaluation) -> DataFrame:
    """The steps behind the bids of an evaluation; see `Evaluation.steps_frame`."""
    rows = (row for bid in evaluation.bids for row in _steps(bid))
    return frame(rows, _STEP, ("bid", "step"), exact=True).astype({"number": "float64"})


def _steps(bid: BidResult) -> Iterator[Row]:
    of_criteria = {id(criterion.step): criterion.id for criterion in bid.criteria}
    waiting: list[tuple[Step, int | None, int, str]] = [(bid.step, None, 0, "")]
    number = 0
    while waiting:
        step, parent, depth, criterion = waiting.pop()
        criterion = of_criteria.get(id(step), criterion)
        figure = step.number
        yield {
            "bid": bid.id, "step": number, "parent": parent, "depth": depth, "criterion": criterion,
            "label": steps.label(step.label), "value": step.value,
            "number": None if figure is None else float(figure), "formula": steps.formula(step),
            "working": steps.working(step), "by": step.by, "where": str(step.where or ""),
        }  # fmt: skip
        waiting += [(part, number, depth + 1, criterion) for part in reversed(step.inputs)]
        number += 1
