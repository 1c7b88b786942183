"""Which criteria count in the award, what holds bids out that are not good enough, and where parameters are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tender_eval.model.digits import fixed
from tender_eval.model.location import Location, Table
from tender_eval.model.regime import Law, Nation
from tender_eval.model.scheme import Call
from tender_eval.plugins.lint_rule import LeafView, SchemeView

_VICTIMS = re.compile(r"\b(?:victim|survivor|abuse|violence|refuge|rape)", re.IGNORECASE)


def is_guided(view: SchemeView) -> bool:
    """Whether the guidance on commissioning in England and Wales may be asked of it.

    It is not asked of what is bought abroad, nor in Scotland and Northern Ireland: there the commissioning of such
    services "is completely devolved" (MoJ Victim Services Commissioning Guidance, October 2024, of whom it applies to).
    """
    regime = view.scheme.regime
    return (
        regime.nation not in (Nation.NONE, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
        and regime.law not in (Law.WORLD_BANK, Law.EU_2014_24, Law.PCSR_2015)
        and view.scheme.currency in ("", "GBP")
    )


def may_serve_people(view: SchemeView) -> bool:
    """Whether the contract may be for a service to people that the guidance is on.

    These are light touch contracts; health care under the Provider Selection Regime is one where it speaks of victims.
    """
    scheme = view.scheme
    if scheme.regime.law in (Law.PSR_2023, Law.PSR_WALES_2025) and not _VICTIMS.search(
        f"{scheme.title} {scheme.notes}"
    ):
        return False
    return is_guided(view) and scheme.regime.light_touch is not False


def parameter_at(call: Call | None, name: str, otherwise: Location) -> Location:
    """Where a parameter of a scorer or rule is written; the call itself where it is not."""
    if call is None:
        return otherwise
    if isinstance(call.params, Table) and name in call.params:
        return call.params.place_of_key(name)
    return call.where


def scorer_parameter_at(leaf: LeafView, name: str = "") -> Location:
    """Where a criterion's scorer, or a parameter of it, is written."""
    return parameter_at(leaf.criterion.scorer, name, leaf.criterion.where)


def award_parameter_at(view: SchemeView, name: str = "") -> Location:
    """Where the award rule, or a parameter of it, is written."""
    return parameter_at(view.scheme.award.rule, name, view.at("award", "rule"))


def counted_criteria(view: SchemeView) -> tuple[LeafView, ...]:
    """The scored criteria whose points count in the award."""
    ids = {leaf.id for c in view.scheme.walk() if c.id in view.counts for leaf in c.walk()}
    return tuple(leaf for leaf in view.leaves if leaf.criterion.id in ids)


def weight_of(view: SchemeView, leaves: Iterable[LeafView]) -> Fraction | None:
    """What scored criteria weigh together, as a share of all that count; None where nothing counts."""
    counts = {leaf.criterion.id: leaf.share for leaf in counted_criteria(view)}
    whole = sum(counts.values(), Fraction(0))
    return sum((counts.get(leaf.criterion.id, Fraction(0)) for leaf in leaves), Fraction(0)) / whole if whole else None


def price_criteria(view: SchemeView) -> Iterator[LeafView]:
    """The scored criteria that turn the price into points that count."""
    return (leaf for leaf in counted_criteria(view) if leaf.reads_price)


def quality_gate_lacks(view: SchemeView, least: Fraction) -> str:
    """How quality is left without a gate, in words; empty where minimums, or a first stage, hold enough of it.

    Args:
        least: the share of the quality points that minimums must hold.
    """
    if not view.quality_minimum:
        return "no minimum"
    if view.scheme.shortlist is not None and view.scheme.shortlist.at_least is not None:
        return ""
    held = {leaf.id for c in view.scheme.walk() if c.minimum is not None for leaf in c.walk()}
    quality = [leaf for leaf in counted_criteria(view) if not leaf.reads_price]
    whole = sum((leaf.share for leaf in quality), Fraction(0))
    share = sum((leaf.share for leaf in quality if leaf.criterion.id in held), Fraction(0))
    if share >= least * whole:
        return ""
    return f"only a minimum on {fixed(share / whole * 100, 0)}% of the quality points"


def quoted(leaf: LeafView) -> str:
    """What a criterion is called in a message."""
    return f'"{leaf.criterion.id}"'
