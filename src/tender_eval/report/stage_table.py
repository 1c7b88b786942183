"""The quality stage of two envelopes for the terminal: points and rejections, no rank and no award."""

from __future__ import annotations

from collections.abc import Mapping

from tabulate import tabulate

from tender_eval.languages import results
from tender_eval.languages.inert import inert
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.printed import criteria_of, printed, status_of

HEADING = "Quality stage: marks are locked, prices are closed. Nobody is ranked yet."


def stage_table(evaluations: Mapping[str, Evaluation]) -> str:
    """The points of each bid at each criterion that is scored by now, in the order of the bids' ids."""
    told: list[str] = []
    for lot, found in evaluations.items():
        told += told and [""]
        told += [f"{inert(found.scheme_title)} ({found.scheme_id}){f', lot {lot}' if lot else ''}", HEADING, ""]
        told += [_table(found), ""]
        bids = sorted(found.bids, key=lambda b: b.id)
        told += [inert(f"{bid.id}: {text}") for bid in bids for text in map(results.text, (*bid.reasons, *bid.flags))]
    return "\n".join(told).rstrip("\n") + "\n"


def _table(found: Evaluation) -> str:
    criteria = [c.id for c in criteria_of(found)]
    rows = []
    for bid in sorted(found.bids, key=lambda b: b.id):
        points = {c.id: printed(found, c.points) for c in bid.criteria}
        status = "in" if bid.status == "ranked" else status_of(bid)
        rows.append([bid.id, inert(bid.name), status, *(points.get(name, "-") for name in criteria)])
    return tabulate(rows, ["bid", "supplier", "status", *criteria], disable_numparse=True, tablefmt="simple")
