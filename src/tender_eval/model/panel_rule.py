"""What a scheme says of its panel: which mark counts where several people mark, and when their marks are looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from tender_eval.model.explanation.formulas import Rounded
from tender_eval.model.location import NOWHERE, Location
from tender_eval.model.suppliers import folded

AGREED, MEAN, MEDIAN = "agreed", "mean", "median"
TRIMMED_MEAN, WEIGHTED_MEAN = "trimmed_mean", "weighted_mean"
MARKS, SHARES = "marks", "shares"
Remarked = Literal[
    "outside", "majority", "nobody_gave", "one_way", "winner", "missing", "absent", "no_reason", "stock", "other_bid",
    "spelling", "bidder",
]  # fmt: skip
"""What may be remarked of an agreed mark, by the names that a scheme calls it by."""
OF_AGREED: tuple[Remarked, ...] = (
    "outside", "majority", "nobody_gave", "one_way", "winner", "missing", "no_reason",
)  # fmt: skip
"""Of these, what is remarked of agreed marks alone, and of none that is computed."""


@dataclass(frozen=True, slots=True)
class PanelRule:
    """Which mark of a panel counts: the one that it agrees, or a statistic of the individual ones.

    Attributes:
        marks: `AGREED`, or the statistic.
        of: what it is of: `MARKS`, or the `SHARES` of full marks that they earn; empty where the scheme does not say.
        least: how many people mark each question at least; None where the scheme does not say. A computed mark of fewer
            is refused, an agreed one flagged.
        trim: how many marks a trimmed mean leaves out at each end.
        weights: how much a mark counts in a weighted mean, by the role of whoever gave it.
        rounding: how the statistic is rounded.
        divergence: individual marks so far apart are flagged.
        for_all_lots: criteria, or groups of them, whose answers are one for all lots of a bid: a panel marks them once.
        refuse: remarks on agreed marks that stop an award, and are told elsewhere.
    """

    marks: str = AGREED
    of: str = ""
    least: int | None = None
    trim: int = 0
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    rounding: Rounded | None = None
    divergence: Fraction | None = None
    refuse: tuple[Remarked, ...] = ()
    for_all_lots: tuple[str, ...] = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def computed(self) -> bool:
        """Whether the mark that counts is a statistic of the individual ones."""
        return self.marks != AGREED

    def weight(self, role: str) -> Fraction | None:
        """How much the mark of somebody in this role counts; None where the scheme does not say."""
        if self.marks != WEIGHTED_MEAN:
            return Fraction(1)
        return next((weight for named, weight in self.weights.items() if folded(named) == folded(role)), None)

    def without(self, criteria: Collection[str]) -> PanelRule:
        """The rule where there are no such criteria."""
        return replace(self, for_all_lots=tuple(name for name in self.for_all_lots if name not in criteria))

    @property
    def fewest(self) -> int:
        """How many individual marks a computed mark needs, whether or not the scheme says so."""
        return max(self.least or 1, 2 * self.trim + 1)


NO_PANEL = PanelRule()
"""Where a scheme says nothing of its panel: the mark counts that it agrees."""


def called(rule: PanelRule) -> str:
    """What the rule is called in diagnostics, which are in English at their place.

    >>> called(PanelRule(TRIMMED_MEAN, trim=1)), called(PanelRule(MEAN, SHARES))
    ('trimmed mean', 'mean')
    """
    return rule.marks.replace("_", " ")
