"""Money beside the price as bidders read of it, with the amounts of the worked example."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money
from tender_eval.report.terms.beside import beside_amounts, beside_labels, beside_name, beside_terms
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def beside_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """What is shown beside the price, and what of it counts; nothing where the scheme says nothing of it."""
    if not plan.scheme.beside:
        return
    yield heading(t("beside"))
    yield from beside_terms(plan)
    bids = sorted(example.evaluation.bids, key=lambda b: b.id) if example else []
    labels = beside_labels(bids)
    if not labels:
        return
    rows: list[tuple[str, ...]] = []
    for label, *amounts in zip(labels, *(beside_amounts(bid, labels) for bid in bids), strict=True):
        told = [t("figure.none") if amount is None else money(amount, plan.scheme.currency) for amount in amounts]
        rows.append((beside_name(label, plan.scheme), *told))
    named = (t("beside.amount"), *(bid.name for bid in bids))
    yield table(t("beside.example"), named, rows, numbers=range(1, len(named)))
