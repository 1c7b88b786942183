"""What several rules ask of a scheme: which criteria count in the award, and where a parameter stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tender_eval.model.location import Location, Table
from tender_eval.model.scheme import Call
from tender_eval.model.wording import fixed
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Node, OverBids, Parameter, Step
from tender_eval.plugins.lint_rule import LeafView, SchemeView


def may_serve_people(view: SchemeView) -> bool:
    """Whether the contract may be for a service to people; these are light touch contracts."""
    return view.scheme.regime.light_touch is not False


def param_at(call: Call | None, name: str, otherwise: Location) -> Location:
    """Where a parameter of a scorer or rule is written; the call itself where it is not."""
    if call is None:
        return otherwise
    if isinstance(call.params, Table) and name in call.params:
        return call.params.place_of_key(name)
    return call.where


def scorer_at(leaf: LeafView, name: str = "") -> Location:
    """Where a criterion's scorer, or a parameter of it, is written."""
    return param_at(leaf.criterion.scorer, name, leaf.criterion.where)


def counted(view: SchemeView) -> tuple[LeafView, ...]:
    """The scored criteria whose points count in the award."""
    ids = {leaf.id for c in view.scheme.walk() if c.id in view.counts for leaf in c.walk()}
    return tuple(leaf for leaf in view.leaves if leaf.criterion.id in ids)


def prices(view: SchemeView) -> Iterator[LeafView]:
    """The scored criteria that turn the price into points that count."""
    return (leaf for leaf in counted(view) if leaf.reads_price)


def ungated(view: SchemeView, least: Fraction) -> str:
    """How quality is left without a gate, in words; empty where minimums, or a first stage, hold enough of it.

    Args:
        least: the share of the quality points that minimums must hold.
    """
    if not view.quality_minimum:
        return "no minimum"
    if view.scheme.shortlist is not None and view.scheme.shortlist.at_least is not None:
        return ""
    held = {leaf.id for c in view.scheme.walk() if c.minimum is not None for leaf in c.walk()}
    quality = [leaf for leaf in counted(view) if not leaf.reads_price]
    whole = sum((leaf.share for leaf in quality), Fraction(0))
    share = sum((leaf.share for leaf in quality if leaf.criterion.id in held), Fraction(0))
    if share >= least * whole:
        return ""
    return f"only a minimum on {fixed(share / whole * 100, 0)}% of the quality points"


def own_formula(leaf: LeafView) -> bool:
    """Whether the score is by a formula of the scheme's own."""
    return leaf.scorer.name == "formula"


def formula_speaks_of(leaf: LeafView, word: str) -> bool:
    """Whether the scheme's own formula for a criterion uses a word of the grammar, such as ``mean``."""
    return own_formula(leaf) and bool(re.search(rf"\b{word}\b(?!\s*\.)", str(leaf.params.expression)))


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


def stated(leaf: LeafView, name: str) -> Fraction | None:
    """The number that the scheme states under a name in what the score is made of; None where there is none."""
    if isinstance(leaf.expression, Unsupported):
        return None
    named = (part for part in leaf.expression.walk() if isinstance(part, Parameter) and part.name == name)
    return next((part.value for part in named), None)


def bare(figure: Node | Unsupported) -> Node | Unsupported:
    """An expression without the titles around it."""
    while isinstance(figure, Step):
        figure = figure.of
    return figure


def points_of(leaf: LeafView) -> str:
    """What a criterion is called in a message."""
    return f'"{leaf.criterion.id}"'
