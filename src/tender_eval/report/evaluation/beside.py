"""Money beside the price of each bid: what it saves others, who would pay what, and whether its full cost is met."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, row, table
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS
from tender_eval.report.terms.beside import beside_amounts, beside_labels, beside_name, beside_terms


def beside_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """The terms in words, and the amounts of every bid that states any; nothing where the scheme says nothing of it."""
    scheme = evaluated.plan.scheme
    if not scheme.beside:
        return
    yield heading(WORDS.say("beside.heading"), evaluated.level, evaluated.at("beside"))
    yield from beside_terms(evaluated.plan)
    labels = beside_labels(evaluated.bids)
    rows = [
        row((evaluated.figures.called(bid), *map(evaluated.figures.money, beside_amounts(bid, labels))))
        for bid in evaluated.bids
        if bid.beside
    ]
    if rows:
        named = [WORDS("ranking.bid"), *(beside_name(label, scheme) for label in labels)]
        yield table(WORDS("beside.caption"), named, rows, range(1, len(named)))
