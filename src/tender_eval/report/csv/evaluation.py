"""An evaluation as CSV (RFC 4180), one row a bid, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from tender_eval.languages import results
from tender_eval.languages.inert import inert
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.printed import printed, printed_figure

_BEGINS_A_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_INSIDE = re.compile(r"([;\t\r\n]\s*)(?=[=+\-@＝＋－＠])")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?")


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    Also inside it, where a program that separates by semicolons or tabs would begin another cell.

    >>> [guarded(t) for t in ("=SUM(A1)", "-5.00", "-1+cmd", "Harbour", "Alder;=1+41")]
    ["'=SUM(A1)", '-5.00', "'-1+cmd", 'Harbour', "Alder;'=1+41"]
    """
    text = _INSIDE.sub(r"\1'", text)
    if _BEGINS_A_FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + inert(text)
    return inert(text)


def evaluation_csv(evaluation: Evaluation) -> str:
    """One tender or lot."""
    return _written({"": evaluation})


def lots_csv(lots: Mapping[str, Evaluation]) -> str:
    """Every lot; the first column names it."""
    return _written(lots)


def _written(lots: Mapping[str, Evaluation]) -> str:
    criteria: dict[str, CriterionResult] = {}
    for evaluation in lots.values():
        criteria |= {c.id: c for c in evaluation.criteria}
    by_lot = set(lots) != {""}
    told = next(("; ".join(evaluation.illustrative) for evaluation in lots.values()), "")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = ["rank", "bid", "supplier", "status", "figure", "exact_figure"]
    heads += [f"{c} points" for c in criteria] + ["award", "flags", "reasons"]
    heads += ["illustrative"] if told else []
    writer.writerow([*(["lot"] if by_lot else []), *heads])
    for lot, evaluation in lots.items():
        for bid in evaluation.bids:
            row = [*([lot] if by_lot else []), *_row(evaluation, bid, tuple(criteria)), *([told] if told else [])]
            writer.writerow([guarded(cell) for cell in row])
    return out.getvalue()


def _row(evaluation: Evaluation, bid: BidResult, criteria: tuple[str, ...]) -> list[str]:
    found = [bid.criterion(name) for name in criteria]
    return [
        "" if bid.rank is None else str(bid.rank),
        bid.id,
        bid.name,
        bid.status,
        printed_figure(evaluation, bid.figure) or "",
        "" if bid.figure is None else str(bid.figure),
        *("" if c is None else printed(evaluation, c.points) or "" for c in found),
        printed(evaluation, bid.award) or "",
        results.texts(bid.flags),
        results.texts(bid.reasons),
    ]
