"""An evaluation in short: the ranking, the winner and why, who was turned away for what, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.documents.model import Block, Document, Table, heading, items, paragraph, table
from tender_eval.languages import steps
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import cut
from tender_eval.languages.results import flags, reasons
from tender_eval.languages.runs import Inline, Run, Runs, name, strong
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.report.evaluation.figures import WORDS, PrintedFigures
from tender_eval.report.evaluation.left_out import left_out_lines
from tender_eval.report.evaluation.verdict import closed_verdict, verdict_of
from tender_eval.report.terms.beside import beside_amounts, beside_labels
from tender_eval.report.terms.results import rank_of, status_of
from tender_eval.report.terms.scheme import illustrative

ROOM_FOR_NAME = 32
ROOM_FOR_ID = 24
RANKING_HEADS = ("brief.rank", "brief.bid", "brief.supplier")


def evaluation_document(evaluation: Evaluation) -> Document:
    """One tender or lot."""
    return Document(title_of(evaluation), ranked_by(evaluation), (*in_short(evaluation), *illustration(evaluation)))


def stage_document(lots: Mapping[str, Evaluation]) -> Document:
    """The quality stage of two envelopes: points and rejections, no rank and no award, bids by their ids."""
    closed = closed_verdict()
    blocks: list[Block] = []
    for lot, found in lots.items():
        bids = sorted(found.bids, key=lambda b: b.id)
        blocks += [heading(WORDS.say("result.lot", id=lot))] if lot else []
        blocks.append(_stage_table(found, bids))
        told = [line_of(bid, text) for bid in bids for text in (*reasons(bid), *flags(bid))]
        blocks += [items(told, tone="out")] if told else []
    first = next(iter(lots.values()))
    return Document(title_of(first), "", (closed.notice(), *blocks, *illustration(first)))


def illustration(evaluation: Evaluation) -> Iterator[Block]:
    """What of the scheme stands in none of its sources, at the end of whatever is made of it."""
    if told := illustrative(evaluation):
        yield paragraph(told, tone="soft")


def title_of(evaluation: Evaluation) -> str:
    """The scheme by its title and id."""
    return WORDS("brief.title", title=evaluation.scheme_title, id=evaluation.scheme_id)


def id_of(bid: BidResult) -> Run:
    """The id of a bid, for a cell."""
    return Run(bid.id, short=cut(bid.id, ROOM_FOR_ID))


def supplier_of(bid: BidResult) -> Run:
    """The name of a supplier, for a cell."""
    return name(bid.name, cut(bid.name, ROOM_FOR_NAME))


def line_of(bid: BidResult, text: Runs) -> Runs:
    """What is said of a bid, after its id and name."""
    return WORDS.say("brief.of bid", id=strong(bid.id), name=supplier_of(bid), text=text)


def ranked_by(evaluation: Evaluation) -> str:
    best = WORDS(f"best.{evaluation.best}")
    return WORDS("brief.ranked by", figure=ranked_name(evaluation.figure), best=best, rule=evaluation.rule)


def in_short(evaluation: Evaluation, level: int = 1, *, awards: bool = True) -> Iterator[Block]:
    """The ranking and what it rests on; ``awards`` says whether it alone decides the award."""
    yield _ranking(evaluation)
    yield verdict_of(evaluation).notice() if awards else paragraph(WORDS.say("brief.across below"))
    bids = evaluation.bids
    for status in ("rejected", "not_shortlisted", "withdrawn", "excluded", "disregarded"):
        out = [line_of(b, reason) for b in bids if b.status == status for reason in reasons(b)]
        yield from _listed(f"status.{status}", out, level)
    yield from _listed("left out.heading", left_out_lines(evaluation.left_out), level)
    yield from _beside(evaluation, level)
    yield from _listed("brief.flags", [line_of(b, flag) for b in bids for flag in flags(b)], level)


def _listed(key: str, told: list[Runs], level: int) -> list[Block]:
    return [heading(WORDS.say(key), level), items(told, tone="out")] if told else []


def _ranking(evaluation: Evaluation) -> Table:
    """Every bid with the points of the root criteria, which stand in tables below where they do not fit beside."""
    figures, roots, shares = PrintedFigures(evaluation, brief=True), evaluation.roots, evaluation.shares_money
    heads = [*map(WORDS, RANKING_HEADS), ranked_name(evaluation.figure), *([WORDS("brief.award")] if shares else [])]
    spill = range(len(heads), len(heads) + len(roots))
    heads += [WORDS("brief.criterion", id=cut(c.id, ROOM_FOR_ID), available=shown(c.available)) for c in roots]
    rows: list[list[Inline]] = []
    for bid in evaluation.bids:
        row: list[Inline] = [rank_of(bid), id_of(bid), supplier_of(bid), figures.figure(bid.figure)]
        row += [figures.points(bid.award)] if shares else []
        row += [figures.points(c.points if c else None) for c in (bid.criterion(root.id) for root in roots)]
        rows.append([*row, status_of(bid)])
    numbers = (0, *range(len(RANKING_HEADS), spill.stop))
    return table("", [*heads, WORDS("brief.status")], rows, numbers, named=1, spill=spill)


def _beside(evaluation: Evaluation, level: int) -> Iterator[Block]:
    """Money beside the price, where the scheme shows any."""
    labels = beside_labels(evaluation.bids)
    if not labels:
        return
    figures = PrintedFigures(evaluation, brief=True)
    yield heading(WORDS.say("brief.beside"), level)
    heads = [WORDS("brief.bid"), *map(steps.label, labels)]
    rows: list[list[Inline]] = [
        [id_of(bid), *map(figures.money, beside_amounts(bid, labels))] for bid in evaluation.bids if bid.beside
    ]
    yield table("", heads, rows, range(1, len(heads)), named=0, spill=range(1, len(heads)))


def _stage_table(found: Evaluation, bids: list[BidResult]) -> Table:
    figures, criteria = PrintedFigures(found, brief=True), [c.id for c in found.criteria]
    heads = [WORDS("brief.bid"), WORDS("brief.supplier"), WORDS("brief.status"), *criteria]
    rows: list[list[Inline]] = []
    for bid in bids:
        points = {c.id: c.points for c in bid.criteria}
        status = WORDS("brief.in") if bid.status == "ranked" else status_of(bid)
        rows.append([id_of(bid), supplier_of(bid), status, *(figures.points(points.get(c)) for c in criteria)])
    spill = range(3, len(heads))
    return table("", heads, rows, spill, spill=spill)
