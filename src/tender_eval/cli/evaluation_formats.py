"""The formats of evaluations and awards, a line each: documents by their writers, JSON and CSV by their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tender_eval.documents.model import Document
    from tender_eval.lots.award import AcrossLots
    from tender_eval.lots.rules import CostsOfLimits
    from tender_eval.model.evaluation import Evaluation

Lots = Mapping[str, "Evaluation"]


class EvaluationFormat(NamedTuple):
    """A format: how one tender or lot is made for it, and all lots of a tender.

    The lots come with what decides who is awarded which, which is only worked out where it is asked for.
    """

    one: Callable[[Evaluation], Document | str]
    lots: Callable[[Lots, Callable[[], AcrossLots]], Document | str]
    staged: bool = False  # whether what is known before prices are opened can be written in it


def _from(module: str, function: str) -> Callable[..., Any]:
    """A function of a report that is loaded when it is called."""

    def call(*args: object) -> Any:
        return getattr(import_module(f"tender_eval.report.{module}"), function)(*args)

    return call


_one, _lots = _from("evaluation.brief", "evaluation_document"), _from("evaluation.across", "lots_document")
_one_json, _lots_json = _from("json.evaluation", "evaluation_json"), _from("json.award", "lots_json")
_one_csv, _lots_csv = _from("csv.evaluation", "evaluation_csv"), _from("csv.evaluation", "lots_csv")
_DOCUMENT = EvaluationFormat(_one, lambda lots, across: _lots(lots, across()), staged=True)

SHAPES: Mapping[str, EvaluationFormat] = {
    "table": _DOCUMENT,
    "json": EvaluationFormat(_one_json, lambda lots, across: _lots_json(lots, across())),
    "markdown": _DOCUMENT,
    "csv": EvaluationFormat(_one_csv, lambda lots, _: _lots_csv(lots)),
}
award_document: Callable[[AcrossLots, Lots, CostsOfLimits | None], Document] = _from(
    "evaluation.across", "award_document"
)
award_json: Callable[[AcrossLots, Lots, CostsOfLimits | None], str] = _from("json.award", "award_json")
