"""Marks as they count, and what they earn on a scale, marks between those of the scale among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

from tender_eval.engine.facts.panel_marks import Scales, mark_that_counts
from tender_eval.model.bids import Bid, Bids, Figure, Mark
from tender_eval.model.evaluation import Step
from tender_eval.model.numeric import exact_array
from tender_eval.model.panel_rule import PanelRule
from tender_eval.model.scheme import Scale
from tender_eval.model.tables import interpolate


def share_for(mark: Fraction, scale: Scale) -> Fraction:
    """The share of full marks that a mark earns, in straight lines between those of the scale.

    >>> from tender_eval.model.scheme import ScaleStep
    >>> share_for(Fraction(3), Scale("s", tuple(ScaleStep(Fraction(m), Fraction(m, 4)) for m in (0, 2, 4))))
    Fraction(3, 4)
    """
    (share,) = interpolate(exact_array([mark]), scale.marks, tuple(step.score for step in scale.steps))
    return Fraction(share)


def with_computed_marks(bids: Bids, rule: PanelRule, scales: Scales) -> Bids:
    """The bids with the marks that the scheme computes in the place of agreed ones, for whoever tells of marks."""
    if not rule.computed:
        return bids

    def computed(bid: Bid, _: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        stated = replace(bid, marks=marks)
        found = {name: mark_that_counts(stated, name, rule, scales, bids.roles) for name in marks}
        return {
            name: replace(mark, agreed=Figure(step.value, mark.where))
            if isinstance(step := found[name], Step) and step.value is not None
            else mark
            for name, mark in marks.items()
        }

    return replace(bids, bids=tuple(bid.with_marks(partial(computed, bid)) for bid in bids.bids))
