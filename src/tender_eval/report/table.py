"""An evaluation for the terminal: the ranking, the winner and why, and who was turned away for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from tabulate import tabulate

from tender_eval.languages import results
from tender_eval.languages.inert import cut, inert, width
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.wording import shown
from tender_eval.report.printed import printed, printed_figure, rank_of, roots_of, status_of
from tender_eval.report.sentences import reasons_why, winner_line

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots

LINE = 100  # columns, where the terminal does not say
LONGEST_NAME = 32
LONGEST_ID = 24


def evaluation_table(evaluation: Evaluation, line: int = LINE) -> str:
    """One tender or lot, in lines of at most so many columns where that can be done."""
    return "\n".join([*_heading(evaluation), "", *_body(evaluation, line)]) + "\n"


def lots_table(lots: Mapping[str, Evaluation], across: AcrossLots, line: int = LINE) -> str:
    """Each lot, and who is awarded which."""
    from tender_eval.report.award_table import across_lines  # only a tender with lots needs it

    told: list[str] = []
    for found in lots.values():
        told += [] if told else _heading(found)
        told += ["", f"Lot {found.lot}", "", *_body(found, line, across.independent), ""]
    return "\n".join([*told, *across_lines(across, lots, line)]) + "\n"


def _heading(evaluation: Evaluation) -> list[str]:
    title = f"{cut(evaluation.scheme_title, LINE - LONGEST_ID)} ({cut(evaluation.scheme_id, LONGEST_ID)})"
    return [title, f"Ranked by {evaluation.figure}, the {evaluation.best} first (rule {evaluation.rule})"]


def _body(evaluation: Evaluation, line: int, awards: bool = True) -> list[str]:
    """The ranking and what it rests on; ``awards`` says whether it alone decides the award."""
    told = list(_tables(evaluation, line))
    told += [winner_line(evaluation)] if awards else ["Who is awarded the lot is told below, across the lots."]
    told += [fill(sentence, line) for sentence in reasons_why(evaluation)] if awards else []
    for status, title in (("rejected", "Rejected"), ("not_shortlisted", "Not shortlisted")):
        out = [b for b in evaluation.bids if b.status == status]
        told += _listed(title, ((b, results.text(reason)) for b in out for reason in b.reasons), line)
    told += _listed("To be looked at", ((b, results.text(flag)) for b in evaluation.bids for flag in b.flags), line)
    return told


def _tables(evaluation: Evaluation, line: int) -> Iterator[str]:
    """The ranking with the points of the root criteria; these stand below where they do not fit beside it."""
    roots = roots_of(evaluation)
    ranking = _ranking(evaluation)
    points = [_points(evaluation, root) for root in roots]
    whole = [*ranking[:-1], *points, ranking[-1]]
    if _wide(whole) <= line:
        yield _drawn(whole)
        yield ""
        return
    yield _drawn(ranking)
    yield ""
    ids = ["bid", *(cut(b.id, LONGEST_ID) for b in evaluation.bids)]
    while points:
        some = [ids, points.pop(0)]
        while points and _wide([*some, points[0]]) <= line:
            some.append(points.pop(0))
        yield _drawn(some)
        yield ""


def _ranking(evaluation: Evaluation) -> list[list[str]]:
    bids = evaluation.bids
    columns = [
        ["rank", *(rank_of(b) for b in bids)],
        ["bid", *(cut(b.id, LONGEST_ID) for b in bids)],
        ["supplier", *(cut(b.name, LONGEST_NAME) for b in bids)],
        [evaluation.figure, *(printed_figure(evaluation, b.figure) or "-" for b in bids)],
    ]
    if evaluation.shares_money:
        columns.append(["award", *(printed(evaluation, b.award) or "-" for b in bids)])
    return [*columns, ["status", *(status_of(b) for b in bids)]]


def _points(evaluation: Evaluation, root: CriterionResult) -> list[str]:
    found = [b.criterion(root.id) for b in evaluation.bids]
    head = f"{cut(root.id, LONGEST_ID)} /{shown(root.available)}"
    return [head, *(("-" if c is None else printed(evaluation, c.points) or "-") for c in found)]


def _wide(columns: Sequence[Sequence[str]]) -> int:
    """The width of a table; tabulate gives each heading two columns more, and two between columns."""
    wide = [max(width(column[0]) + 2, *(width(cell) for cell in column)) for column in columns]
    return sum(wide) + 2 * (len(columns) - 1)


def _drawn(columns: Sequence[Sequence[str]]) -> str:
    heads = [column[0] for column in columns]
    text = ("bid", "supplier", "status", "lot")
    rows = list(zip(*(column[1:] for column in columns), strict=True))
    align = ["left" if head in text else "right" for head in heads]
    return tabulate(rows, heads, tablefmt="simple", colalign=align if rows else None, disable_numparse=True)


def _listed(title: str, found: Iterator[tuple[BidResult, str]], line: int) -> list[str]:
    told = [
        fill(
            f"{bid.id} ({cut(bid.name, LONGEST_NAME)}): {inert(text)}",
            line,
            initial_indent="  ",
            subsequent_indent="    ",
        )
        for bid, text in found
    ]
    return ["", title, *told] if told else []
