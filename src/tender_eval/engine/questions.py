"""What the methods of a compiled scheme are asked. Whatever one raises, or answers amiss, stops the run, naming it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tender_eval.engine.plan import CompiledRule, Leaf, Plan
from tender_eval.engine.scoring.arithmetic import fault, guarded
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.rule import Weights
from tender_eval.plugins.scorer import NOTHING

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Comparison, Node

Answer = TypeVar("Answer")


def expression_of(of: Leaf | CompiledRule) -> Node | Unsupported:
    """The score of a criterion, or the figure of the award rule, as an expression.

    Raises:
        Refused: TE045 or TE046, naming the plugin.
    """
    from tender_eval.plugins.expression.tree import Node

    method: Any = _method(of)
    found = cast("Node | Unsupported", _answer(of, Node, "an expression", lambda: method.expression(of.params)))
    return found if isinstance(found, Unsupported) else cast("Node", guarded(of, lambda: _known(of, found)))


def accepts_of(rule: CompiledRule) -> Comparison | Unsupported | None:
    """What must hold for the award rule itself to keep a bid, None where it turns none away; see `expression_of`."""
    from tender_eval.plugins.expression.sound import unsound_test
    from tender_eval.plugins.expression.tree import Comparison

    question = rule.rule.item.accepts
    if guarded(rule, lambda: question(rule.params)) is None:
        return None
    found = cast("Comparison | Unsupported", _answer(rule, Comparison, "a comparison", lambda: question(rule.params)))
    if not isinstance(found, Unsupported):
        if wrong := guarded(rule, lambda: unsound_test(found)):
            raise fault(rule, "TE046", f"a comparison of {wrong}")
        for side in (found.left, found.right):
            guarded(rule, lambda side=side: _known(rule, side))  # type: ignore[misc]  # bound in this turn
    return found


def shares_out_money(plan: Plan) -> bool:
    """Whether bids get money by their order; see `expression_of`."""
    rule = plan.rule
    return _answer(rule, bool, "yes or no", rule.rule.item.shares_out_money) is True


def price_column(rule: CompiledRule) -> str | Unsupported:
    """The column that the award rule takes for the price, empty where it reads none; see `expression_of`."""
    return _answer(rule, str, "a column", lambda: rule.rule.item.price_column(rule.params))


def weights_of(rule: CompiledRule) -> Weights | Unsupported | None:
    """The weights at which the award rule sets quality against price, None where it sets none; see `expression_of`."""
    question = rule.rule.item.weights
    if guarded(rule, lambda: question(rule.params)) is None:
        return None
    return _answer(rule, Weights, "weights", lambda: question(rule.params))


def counts(plan: Plan) -> tuple[str, ...]:
    """The criteria whose points or shares the figure of the award rule is made of; see `expression_of`."""
    rule = plan.rule
    found = guarded(rule, lambda: rule.rule.item.counts(rule.params, plan.roots))
    known = {node.id for node in plan.nodes}
    if isinstance(found, tuple) and known.issuperset(found):
        return found
    raise fault(rule, "TE046", f"{found!r} where criteria of the scheme are asked for")


def can_be_endless(leaf: Leaf) -> bool | Unsupported:
    """Whether the scores of a criterion can have endless decimals; see `expression_of`."""
    return _answer(leaf, bool, "yes or no", lambda: leaf.scorer.item.can_be_endless(leaf.params))


def likely(of: Leaf | CompiledRule, column: str, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
    """The range in which the figures of a column are likely to lie; see `expression_of`."""
    method: Any = _method(of)
    found = _answer(of, Likely, "a likely range", lambda: method.likely(column, of.params, known))
    if not isinstance(found, Unsupported):
        ends = (found.low, found.high)
        exact = all(isinstance(end, Fraction | int) and not isinstance(end, bool) for end in ends)
        if not exact or not isinstance(found.by, str) or found.low > found.high:
            raise fault(of, "TE046", "a likely range that is not of two exact numbers, the lower one first")
    return found


def scale_of(leaf: Leaf) -> str:
    """The scale of the scheme that a criterion is marked on, empty where it is marked on none; see `expression_of`."""
    found = _answer(leaf, str, "the name of a scale", lambda: leaf.scorer.item.scale_of(leaf.params))
    return "" if isinstance(found, Unsupported) else found


def _known(of: Leaf | CompiledRule, expression: Node) -> Node:
    """An expression that speaks of nothing but what the method reads; a scorer sees no points."""
    from tender_eval.plugins.expression.sound import unsound
    from tender_eval.plugins.expression.tree import Available, Earned, Figure, Points

    if wrong := unsound(expression):
        raise fault(of, "TE046", f"an expression with {wrong}")
    read = {reads.column for reads in of.reads}
    for part in expression.walk():
        if isinstance(part, Figure) and part.column not in read:
            raise fault(of, "TE046", f"an expression of {part.column}, which reads() does not name")
        if isinstance(part, Points | Available | Earned) and isinstance(of, Leaf):
            raise fault(of, "TE046", "an expression of points, which only award rules see")
    return expression


def _method(of: Leaf | CompiledRule) -> object:
    return of.scorer.item if isinstance(of, Leaf) else of.rule.item


def _answer(
    of: Leaf | CompiledRule, kind: type[Answer], what: str, question: Callable[[], Any]
) -> Answer | Unsupported:
    found = guarded(of, question)
    if isinstance(found, Unsupported | kind):
        return found
    raise fault(of, "TE046", f"{found!r} where {what} is asked for")
