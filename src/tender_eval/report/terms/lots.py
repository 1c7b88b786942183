"""How the lots of a tender are awarded together."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, items, paragraph
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.phrases import first_line, further_lines, phrase
from tender_eval.lots.policy import LotPolicy, policy_of
from tender_eval.lots.questions import passes_over, uses_order
from tender_eval.plugins.answers import Unsupported
from tender_eval.regime.duties import duty
from tender_eval.report.terms.law import cited_after
from tender_eval.report.terms.limits import limits_in_words
from tender_eval.report.terms.parameters import parameters_table

t = catalogue("terms")


def lots_section(plan: Plan) -> Iterator[Block]:
    """The mechanism in the words of its docstring, and every limit; nothing where the scheme says nothing of lots."""
    limits = plan.scheme.award.lots
    if limits is None:
        return
    policy = policy_of(plan.scheme, plan.catalogue)
    mechanism = policy.mechanism.item
    yield heading(t("lots"))
    yield paragraph(t("lots.say"))
    if found := list(limits_in_words(limits)):
        yield items([text[:1].upper() + text[1:] for text in found])
    row = duty(plan.scheme.regime, "lots_awarded")
    if row and limits.most_awarded:
        yield paragraph(t("limits.lawful", clause=cited_after(row.clauses[0])))
    yield paragraph(t("lots.mechanism", name=mechanism.name.replace("_", " ")))
    for text in (first_line(mechanism), *further_lines(mechanism)):
        yield paragraph(phrase(text))
    yield from (paragraph(told) for told in _answers(policy))
    yield from parameters_table(t("lots.in"), limits.mechanism, policy.params)


def _answers(policy: LotPolicy) -> Iterator[str]:
    """What bidders must know of the mechanism besides: whether the order decides, and whether it passes bids over."""
    order, over = uses_order(policy), passes_over(policy)
    if isinstance(order, Unsupported):
        yield t("lots.order unsaid", why=order.why)
    elif order and not policy.limits.order:
        yield t("lots.order as listed")
    if isinstance(over, Unsupported):
        yield t("lots.over unsaid", why=over.why)
    elif over:
        yield t("lots.over")
