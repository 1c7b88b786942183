"""What the formulas of criteria and award rules are made of."""

from __future__ import annotations

import re
from fractions import Fraction

from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Node, OverBids, Parameter, Points, Titled, differs
from tender_eval.plugins.lint_rule import LeafView


def formula_mentions(leaf: LeafView, word: str) -> bool:
    """Whether the scheme's own formula for a criterion uses a word of the grammar, such as ``mean``."""
    return leaf.own_formula is not None and bool(re.search(rf"\b{word}\b(?!\s*\.)", leaf.own_formula.text))


def measured_from(of: Node | Unsupported, function: str) -> bool:
    """Whether a score or figure is made of the distance from what is taken over all bids, such as ``highest``.

    What is only compared, to see that all bids are equal, is no part of it.
    """
    return not isinstance(of, Unsupported) and any(_is_distance(part, function) for part in of.walk())


def scales_distance(of: Node | Unsupported, function: str) -> bool:
    """Whether such a distance is multiplied with, or divided by, a figure of the bid: then it can turn the order."""
    return not isinstance(of, Unsupported) and any(
        isinstance(part, Chain)
        and part.rest[0][0] in "*/"
        and any(measured_from(one, function) for one in part.parts)
        and any(differs(one) and not measured_from(one, function) for one in part.parts)
        for part in of.walk()
    )


def _is_distance(part: Node, function: str) -> bool:
    return (
        isinstance(part, Chain)
        and any(sign == "-" for sign, _ in part.rest)
        and any(isinstance(one, OverBids) and one.function == function for one in part.parts)
    )


def stated_number(leaf: LeafView, name: str) -> Fraction | None:
    """The number that the scheme states under a name in what the score is made of; None where there is none."""
    if isinstance(leaf.expression, Unsupported):
        return None
    named = (part for part in leaf.expression.walk() if isinstance(part, Parameter) and part.name == name)
    return next((part.value for part in named), None)


def without_titles(figure: Node | Unsupported) -> Node | Unsupported:
    """An expression without the titles around it."""
    while isinstance(figure, Titled):
        figure = figure.of
    return figure


def of_points(node: Node) -> bool:
    """Whether points that bids earn are part of an expression."""
    return any(isinstance(part, Points) for part in node.walk())
