"""What the kernel finds: who is in, scores, points, who was turned away, and what bids are ranked by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tender_eval.engine.plan import Gate
from tender_eval.model import numeric
from tender_eval.model.explanation.reasons import RuleReason
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Rounding
from tender_eval.plugins.tally import Tally


class Scaled(NamedTuple):
    """What is scaled to the best bid at a criterion: points as earned, those of the best, and which bids took part."""

    earned: Array
    best: Array
    points: Array
    who: Mask


class Judged(NamedTuple):
    """What the award rule was shown when it turned bids away, whose bids these were, and which it turned away."""

    tally: Tally
    basis: Mask
    turned_away: Mask


@dataclass(slots=True)
class Outcome:
    """What the kernel found; arrays are ``(bids,)`` or broadcast to ``(bids, draws)``.

    ``scored`` says for which bids a leaf's score holds. ``turned_away`` lists, in the order in which it
    happened, a gate or a rule's reason and the bids that it rejected. ``counted`` are the bids that the award rule
    was asked about, in the order of ``tally`` and ``figures``. ``tested`` are the points that minimums looked at.
    ``judged`` are the rejections of the rule, in a traced run. ``rounding`` is how the figures were rounded, in exact
    runs with the places that the digits of the best one come to.
    """

    present: Mask
    shortlisted: Mask
    counted: Mask
    scores: dict[str, Array] = field(default_factory=dict)
    scored: dict[str, Mask] = field(default_factory=dict)
    points: dict[str, Array] = field(default_factory=dict)
    turned_away: list[tuple[Gate | RuleReason | str, Mask]] = field(default_factory=list)
    scaled: dict[str, Scaled] = field(default_factory=dict)
    tested: dict[str, Array] = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)
    tally: Tally | None = None
    rounding: Rounding | None = None
    figures: Array = field(default_factory=lambda: numeric.exact_array([]))
