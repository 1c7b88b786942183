"""Marks as they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tender_eval.engine.facts.panel_marks import Scales, mark_that_counts
from tender_eval.model.bids import Bid, Bids, Figure, Mark
from tender_eval.model.evaluation import Step
from tender_eval.model.panel_rule import PanelRule


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
