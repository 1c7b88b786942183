"""Where a method can be read in two ways: the one that the computation has, as far as the scheme has such a place."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, items
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import expression_of
from tender_eval.languages.catalogue import catalogue
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Earned
from tender_eval.report.terms.scheme import quoted

_NAMES = ("network", "area", "pathway")  # what the columns are called that hold names, or are counted from them
t = catalogue("methodology", "terms")


def reading_section(plan: Plan) -> Iterator[Block]:
    """One sentence for every such place."""
    found = [t(key) for key in _keys(plan)]
    if groups := _groups_in_money(plan):
        found.append(t("reading.share_of_group", list=quoted(plan, groups)))
    if rounds := plan.scheme.regime.rounds:
        found.append(t("reading.rounds", rounds=rounds))
    yield heading(t("reading"))
    yield items(found)


def _keys(plan: Plan) -> Iterator[str]:
    scheme, rule = plan.scheme, plan.rule
    rejects = rule.rule.item.rejects(rule.params)
    if scheme.conditions:
        yield "reading.conditions"
    if scheme.shortlist is not None and plan.gates:
        yield "reading.shortlist_first"
    if plan.gates or rejects:
        yield "reading.keep_order" if not plan.recomputes else "reading.recompute"
        yield "reading.rule_last" if rejects else "reading.passes"
    if any(gate.mark is not None for gate in plan.gates):
        yield "reading.minimum_mark"
    yield "reading.missing"
    if any(r.column == "price" for _, r in plan.reads()) and any(tie.column == "price" for tie in plan.ties):
        yield "reading.price_step"
    answers = any(c.one_of or isinstance(c.must_be, str) for c in scheme.conditions)
    if answers or any(name in reads.column for _, reads in plan.reads() for name in _NAMES):
        yield "reading.names"


def _groups_in_money(plan: Plan) -> tuple[str, ...]:
    """The groups of whose points the rule takes the share that they are of full marks."""
    expression = expression_of(plan.rule)
    if isinstance(expression, Unsupported):
        return ()
    named = dict.fromkeys(part.criterion for part in expression.walk() if isinstance(part, Earned))
    return tuple(name for name in named if plan.node(name).parts)
