"""The formats of evaluations and awards, a line each: documents by their writers, JSON and CSV by their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.cli.documents import written

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots
    from tender_eval.model.evaluation import Evaluation

Lots = Mapping[str, "Evaluation"]


class EvaluationFormat(NamedTuple):
    """A format: how one tender or lot is written in it, and all lots of a tender.

    Each takes the columns of a line at its end; the lots come with what decides who is awarded which, which is only
    worked out where it is asked for.
    """

    one: Callable[[Evaluation, int], str]
    lots: Callable[[Lots, Callable[[], AcrossLots], int], str]
    stage: str = ""  # the writer of what is known before prices are opened, where there is one


def _from(module: str, function: str) -> Callable[..., str]:
    """A function of a report that is loaded when it is called."""

    def call(*args: object) -> str:
        text: str = getattr(import_module(f"tender_eval.report.{module}"), function)(*args)
        return text

    return call


def _document(name: str) -> EvaluationFormat:
    def one(found: Evaluation, line: int) -> str:
        from tender_eval.report.evaluation.brief import evaluation_document

        return written(evaluation_document(found), name, line)

    def lots(found: Lots, across: Callable[[], AcrossLots], line: int) -> str:
        from tender_eval.report.evaluation.across import lots_document

        return written(lots_document(found, across()), name, line)

    return EvaluationFormat(one, lots, name)


def _award(found: AcrossLots, lots: Lots, line: int) -> str:
    from tender_eval.report.evaluation.across import award_document

    return written(award_document(found, lots), "text", line)


_one_json, _lots_json = _from("json.evaluation", "evaluation_json"), _from("json.award", "lots_json")
_one_csv, _lots_csv = _from("csv.evaluation", "evaluation_csv"), _from("csv.evaluation", "lots_csv")
_award_json = _from("json.award", "award_json")

SHAPES: Mapping[str, EvaluationFormat] = {
    "table": _document("text"),
    "json": EvaluationFormat(lambda found, _: _one_json(found), lambda lots, across, _: _lots_json(lots, across())),
    "markdown": _document("markdown"),
    "csv": EvaluationFormat(lambda found, _: _one_csv(found), lambda lots, _, __: _lots_csv(lots)),
}
AWARDS: Mapping[str, Callable[[AcrossLots, Lots, int], str]] = {
    "table": _award,
    "json": lambda found, lots, _: _award_json(found, lots),
}
