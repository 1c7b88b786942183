"""The limits on what one bid may tender for and be awarded, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lots.policy import figure_of
from tender_eval.model.scheme import LotLimits
from tender_eval.model.wording import percent, shown


def limits_in_words(limits: LotLimits) -> Iterator[str]:
    """Each limit as a line."""
    if limits.most_tendered:
        yield f"lots that one bid may be for: at most {limits.most_tendered}"
    if limits.most_awarded:
        yield f"lots that one bid may be awarded: at most {limits.most_awarded}"
    if limits.capacity:
        of = limits.capacity.of
        amount = f"{percent(limits.capacity.amount)} of {of}" if of else shown(limits.capacity.amount)
        amount += ", added over confirmed consortium members" if figure_of(limits.capacity) != of else ""
        yield f"annual value that one bid may be awarded: at most {amount}"
    if limits.order:
        yield f"order of the lots: {', '.join(limits.order)}"
