"""What several rules ask of a scheme: which criteria count in the award, and where a parameter stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tender_eval.model.location import Location, Table
from tender_eval.model.scheme import Call
from tender_eval.model.wording import fixed
from tender_eval.plugins.lint_rule import LeafView, SchemeView

LINEAR = "linear_between_bids"
CENTRED = ("mean_deviation", "standard_deviation")


def may_serve_people(view: SchemeView) -> bool:
    """Whether the contract may be for a service to people; these are light touch contracts."""
    return view.scheme.regime.get("light_touch") is not False


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


def counted_roots(view: SchemeView) -> tuple[str, ...]:
    """The criteria whose points the award rule counts; those of a rule that does not say are all roots."""
    params = view.rule_params
    if view.rule.name == "lowest_price":
        return ()
    if values := getattr(params, "values", ()):
        return tuple(v.criterion for v in values)
    named = tuple(getattr(params, "quality", ()) or getattr(params, "count", ()))
    return named or tuple(c.id for c in view.scheme.criteria)


def counted(view: SchemeView) -> tuple[LeafView, ...]:
    """The scored criteria whose points count in the award."""
    roots = counted_roots(view)
    ids = {leaf.id for c in view.scheme.walk() if c.id in roots for leaf in c.walk()}
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


def formula_speaks_of(leaf: LeafView, word: str) -> bool:
    """Whether the scheme's own formula for a criterion uses a word of the grammar, such as ``mean``."""
    return leaf.scorer.name == "formula" and bool(re.search(rf"\b{word}\b(?!\s*\.)", str(leaf.params.expression)))


def points_of(leaf: LeafView) -> str:
    """What a criterion is called in a message."""
    return f'"{leaf.criterion.id}"'
