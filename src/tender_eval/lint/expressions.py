"""What the formulas of criteria and award rules are made of."""

from __future__ import annotations

import re
from fractions import Fraction

from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Node, OverBids, Parameter, Points, Step
from tender_eval.plugins.lint_rule import LeafView


def is_own_formula(leaf: LeafView) -> bool:
    """Whether the score is by a formula of the scheme's own."""
    return leaf.scorer.name == "formula"


def formula_mentions(leaf: LeafView, word: str) -> bool:
    """Whether the scheme's own formula for a criterion uses a word of the grammar, such as ``mean``."""
    return is_own_formula(leaf) and bool(re.search(rf"\b{word}\b(?!\s*\.)", str(leaf.params.expression)))


def measured_from(leaf: LeafView, function: str) -> bool:
    """Whether a score is made of the distance from what is taken over all bids, such as ``highest``.

    What is only compared, to see that all bids are equal, is no part of it.
    """
    return not isinstance(leaf.expression, Unsupported) and any(
        isinstance(part, Chain)
        and any(sign == "-" for sign, _ in part.rest)
        and any(isinstance(one, OverBids) and one.function == function for one in part.parts)
        for part in leaf.expression.walk()
    )


def stated_number(leaf: LeafView, name: str) -> Fraction | None:
    """The number that the scheme states under a name in what the score is made of; None where there is none."""
    if isinstance(leaf.expression, Unsupported):
        return None
    named = (part for part in leaf.expression.walk() if isinstance(part, Parameter) and part.name == name)
    return next((part.value for part in named), None)


def without_titles(figure: Node | Unsupported) -> Node | Unsupported:
    """An expression without the titles around it."""
    while isinstance(figure, Step):
        figure = figure.of
    return figure


def of_points(node: Node) -> bool:
    """Whether points that bids earn are part of an expression."""
    return any(isinstance(part, Points) for part in node.walk())
