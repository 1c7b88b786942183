"""What the methods of a compiled scheme are asked. Whatever one raises, or answers amiss, stops the run, naming it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tender_eval.engine.plan import CompiledRule, Leaf, Plan
from tender_eval.engine.scoring.guarded import fault, guarded
from tender_eval.engine.scoring.outcome import Judged
from tender_eval.model.digits import shown
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.numeric import is_exact_number
from tender_eval.plugins.answers import Likely, OwnFormula, Pot, Subject, Unsupported, represented
from tender_eval.plugins.rule import Weights
from tender_eval.plugins.scorer import NOTHING
from tender_eval.plugins.table import FigureError

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
    from tender_eval.plugins.expression.tree import Comparison
    from tender_eval.plugins.expression.validity import unsound_test

    question = rule.rule.item.accepts
    if guarded(rule, lambda: question(rule.params)) is None:
        return None
    found = cast("Comparison | Unsupported", _answer(rule, Comparison, "a comparison", lambda: question(rule.params)))
    if not isinstance(found, Unsupported):
        if wrong := guarded(rule, lambda: unsound_test(found)):
            raise fault(rule, "TE046", f"a comparison of {wrong}")
        for side in (found.left, found.right):
            guarded(rule, partial(_known, rule, side))
    return found


def check_accepts(rule: CompiledRule, judged: Judged, ids: Sequence[str]) -> None:
    """See that the award rule keeps the bids of which it says so, and no others; nothing where it does not say.

    Raises:
        Refused: TE046, naming the plugin.
    """
    test = accepts_of(rule)
    if isinstance(test, Unsupported):
        return
    turned_away = judged.turned_away[judged.basis]
    says = turned_away & False
    if test is not None:
        from tender_eval.plugins.expression.evaluate import holds

        try:
            says = ~holds(test, judged.tally)
        except FigureError:  # it comes to nothing for some bid, so nothing can be said
            return
    for bid, said, done in zip(
        [bid for bid, asked in zip(ids, judged.basis, strict=True) if asked], says, turned_away, strict=True
    ):
        if said != done:
            does = f'turned the bid "{bid}" away' if done else f'kept the bid "{bid}"'
            raise fault(rule, "TE046", f"a comparison of whom it accepts that is not what it does: it {does}")


def shares_out_money(plan: Plan) -> bool:
    """Whether bids get money by their order; see `expression_of`."""
    rule = plan.rule
    return _answer(rule, bool, "yes or no", rule.rule.item.shares_out_money) is True


def price_column(rule: CompiledRule) -> str | Unsupported:
    """The column that the award rule takes for the price, empty where it reads none; see `expression_of`."""
    found = _answer(rule, str, "a column", lambda: rule.rule.item.price_column(rule.params))
    if isinstance(found, str) and found and found not in {reads.column for reads in rule.reads}:
        raise fault(rule, "TE046", f'"{found}" as the price, which reads() does not name')
    return found


def weights_of(rule: CompiledRule) -> Weights | Unsupported | None:
    """The weights at which the award rule sets quality against price, None where it sets none; see `expression_of`."""
    found = guarded(rule, lambda: rule.rule.item.weights(rule.params))
    if found is None or isinstance(found, Unsupported):
        return found
    if not isinstance(found, Weights):
        raise fault(rule, "TE046", f"{represented(found)} where weights are asked for")
    from tender_eval.plugins.expression.tree import Node, differs

    for weight in found:
        if not isinstance(weight, Node):
            raise fault(rule, "TE046", f"weights with {represented(weight)}, which is no expression")
        if differs(guarded(rule, partial(_known, rule, weight))):
            raise fault(rule, "TE046", "weights that differ from bid to bid")
    return found


def pot_of(plan: Plan) -> Pot | Unsupported | None:
    """The money that the award rule shares out, None where it shares out none; see `expression_of`."""
    rule = plan.rule
    found = guarded(rule, lambda: rule.rule.item.pot(rule.params))
    if found is None or isinstance(found, Unsupported):
        return found
    if not isinstance(found, Pot) or not (
        is_exact_number(found.whole) and is_exact_number(found.most) and isinstance(found.least, str)
    ):
        raise fault(rule, "TE046", f"{represented(found)} where the money that is shared out is asked for")
    return found


def worth_of_quality(rule: CompiledRule) -> Fraction | Unsupported | None:
    """The money that full marks of quality are worth, None where quality is no sum of it; see `expression_of`."""
    found = guarded(rule, lambda: rule.rule.item.worth_of_quality(rule.params))
    if found is None or isinstance(found, Unsupported):
        return found
    if not is_exact_number(found):
        raise fault(rule, "TE046", f"{represented(found)} where a sum of money is asked for")
    return Fraction(found)


def over_lots(rule: CompiledRule) -> tuple[str, ...] | Unsupported:
    """By the points of which criteria figures of several lots are divided, none where they are added; see
    `expression_of`."""
    found = guarded(rule, lambda: rule.rule.item.over_lots(rule.params))
    if isinstance(found, Unsupported) or (isinstance(found, tuple) and all(isinstance(name, str) for name in found)):
        return found
    raise fault(rule, "TE046", f"{represented(found)} where criteria of the scheme are asked for")


def counts(plan: Plan) -> tuple[str, ...]:
    """The criteria whose points or shares the figure of the award rule is made of; see `expression_of`."""
    rule = plan.rule
    found = guarded(rule, lambda: rule.rule.item.counts(rule.params, plan.roots))
    known = {node.id for node in plan.nodes}
    if isinstance(found, tuple) and all(isinstance(name, str) and name in known for name in found):
        return found
    raise fault(rule, "TE046", f"{represented(found)} where criteria of the scheme are asked for")


def can_be_endless(leaf: Leaf) -> bool | Unsupported:
    """Whether the scores of a criterion can have endless decimals; see `expression_of`."""
    return _answer(leaf, bool, "yes or no", lambda: leaf.scorer.item.can_be_endless(leaf.params))


def subjects_of(leaf: Leaf) -> frozenset[Subject]:
    """What a criterion is about by the way in which it is scored; see `expression_of`."""
    found: frozenset[Subject] = guarded(leaf, lambda: frozenset(leaf.scorer.item.subjects))
    if all(isinstance(subject, Subject) for subject in found):
        return found
    raise fault(leaf, "TE046", f"{sorted(map(str, found))} where subjects of criteria are asked for")


def own_formula(leaf: Leaf) -> OwnFormula | None:
    """The formula that the scheme itself publishes for a criterion, None where it has none; see `expression_of`."""
    found = guarded(leaf, lambda: leaf.scorer.item.own_formula(leaf.params))
    if found is None:
        return None
    if not isinstance(found, OwnFormula) or not isinstance(found.held, frozenset):
        raise fault(leaf, "TE046", f"{represented(found)} where the scheme's own formula is asked for")
    if not (isinstance(found.text, str) and isinstance(found.parameter, str)):
        raise fault(leaf, "TE046", f"{represented(found)} where the scheme's own formula is asked for")
    return found


def years_of(leaf: Leaf) -> Fraction:
    """The years that the contract runs as far as a criterion says, 0 where it does not; see `expression_of`."""
    found = guarded(leaf, lambda: leaf.scorer.item.years(leaf.params))
    if is_exact_number(found) and found >= 0:
        return Fraction(found)
    raise fault(leaf, "TE046", f"{represented(found)} where a number of years is asked for")


def likely(of: Leaf | CompiledRule, column: str, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
    """The range in which the figures of a column are likely to lie; see `expression_of`."""
    method: Any = _method(of)
    found = _answer(of, Likely, "a likely range", lambda: method.likely(column, of.params, known))
    if not isinstance(found, Unsupported):
        ends = (found.low, found.high)
        if not all(map(is_exact_number, ends)) or not isinstance(found.by, str) or found.low > found.high:
            raise fault(of, "TE046", "a likely range that is not of two exact numbers, the lower one first")
    return found


def scale_of(leaf: Leaf) -> str:
    """The scale of the scheme that a criterion is marked on, empty where it is marked on none; see `expression_of`."""
    found = _answer(leaf, str, "the name of a scale", lambda: leaf.scorer.item.scale_of(leaf.params))
    return "" if isinstance(found, Unsupported) else found


def scales_of_marks(plan: Plan) -> dict[str, Scale]:
    """The scale of each mark, by the mark's name, where the scheme computes marks; else nothing.

    Marks out of a highest one are on a straight line to it.
    """
    if not plan.scheme.panel.computed:
        return {}
    known = {scale.id: scale for scale in plan.scheme.scales}
    found: dict[str, Scale] = {}
    for leaf in plan.leaves:
        scale = known.get(scale_of(leaf))
        if scale is None and (most := leaf.highest_mark):
            scale = Scale(f"0 to {shown(most)}", (ScaleStep(Fraction(0), Fraction(0)), ScaleStep(most, Fraction(1))))
        if scale is not None:
            found |= dict.fromkeys(leaf.marks, scale)
    return found


def _known(of: Leaf | CompiledRule, expression: Node) -> Node:
    """An expression that speaks of nothing but what the method reads; a scorer sees no points."""
    from tender_eval.plugins.expression.tree import Available, Earned, Figure, Points
    from tender_eval.plugins.expression.validity import unsound

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
    raise fault(of, "TE046", f"{represented(found)} where {what} is asked for")
