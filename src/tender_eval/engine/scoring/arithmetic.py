"""The two arithmetics behind one face: how a scorer is called, and what it may return, in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from tender_eval.engine.plan import CompiledRule, Leaf
from tender_eval.engine.scoring.guarded import fault, guarded, method_of, of_third_party
from tender_eval.model import numeric
from tender_eval.model.enclosure import fraction
from tender_eval.model.explanation.reasons import RuleReason
from tender_eval.model.numeric import Array, Mask, is_exact_number
from tender_eval.plugins.answers import represented
from tender_eval.plugins.table import BidTable, Steps, frozen
from tender_eval.plugins.tally import Tally

RULE = "(award rule)"  # stands for the award rule where workings are kept by criterion
SLACK = 1e-9  # by how much a float score may leave [0, 1] through its own rounding
MOST_BITS = 1_000_000  # of a figure that a plugin gives: what comes after would hardly end


class Arithmetic(Protocol):
    """What the kernel asks of either arithmetic."""

    @property
    def traced(self) -> bool:
        """Whether the points at every criterion are worked out, as a trace shows them, or only what is asked for."""

    def params(self, of: Leaf | CompiledRule) -> Any:
        """The parameters, as Fractions or floats; of a third party's method a copy, which is its own."""

    def weight(self, leaf: Leaf) -> Any:
        """The points available at a leaf: one number, or one a draw."""

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        """The checked scores of a leaf for the present bids."""

    def rule(self, rule: CompiledRule, tally: Tally, present: Mask) -> Array:
        """The checked figures that the award rule gives for the present bids."""

    def turned_away(self, rule: CompiledRule, tally: Tally) -> Rejections:
        """The masks by reason over the bids of a tally that the award rule itself turns away."""

    def take(self, values: Array, present: Mask) -> Array:
        """The part of an array that a plugin sees."""

    def put_mask(self, rule: CompiledRule, found: Any, present: Mask) -> Mask:
        """The checked mask that an award rule gave, over all bids."""

    def number(self, value: Fraction) -> Any:
        """A constant."""

    def once(self, node: str, of: Sequence[Any], work: Callable[[], Array]) -> Array:
        """The points at a criterion, worked out of these; an arithmetic may know them from a run before."""


Rejections = Mapping[RuleReason | str, Mask]


class Exact:
    """Fractions in one-dimensional arrays; a scorer sees only the bids that are in."""

    traced = True

    def __init__(self, steps: Callable[[str, Mask], Steps]) -> None:
        self._steps = steps

    def params(self, of: Leaf | CompiledRule) -> Any:
        return _own(of, of.params)

    def weight(self, leaf: Leaf) -> Fraction:
        return leaf.points

    def number(self, value: Fraction) -> Fraction:
        return value

    def once(self, node: str, of: Sequence[Any], work: Callable[[], Array]) -> Array:
        return work()

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        scores = numeric.exact_array([0] * len(present))
        if not present.any():
            return scores
        columns_in = {r.column: frozen(columns[r.column][present]) for r in leaf.reads}
        table = BidTable(columns_in, frozen(present[present]))
        steps = self._steps(leaf.id, present)
        found = guarded(leaf, lambda: leaf.scorer.item.score(table, self.params(leaf), steps))
        scores[present] = _checked_exact(leaf, found, int(present.sum()))
        return scores

    def rule(self, rule: CompiledRule, tally: Tally, present: Mask) -> Array:
        figures = numeric.exact_array([0] * len(present))
        if present.any():
            steps = self._steps(RULE, present)
            found = guarded(rule, lambda: rule.rule.item.rank_by(tally, self.params(rule), steps))
            figures[present] = exact_figures(rule, found, int(present.sum()))
        return figures

    def turned_away(self, rule: CompiledRule, tally: Tally) -> Rejections:
        return rejections(rule, tally, self.params(rule))

    def take(self, values: Array, present: Mask) -> Array:
        return frozen(values[present])

    def put_mask(self, rule: CompiledRule, found: Any, present: Mask) -> Mask:
        mask = np.zeros(len(present), dtype=np.bool_)
        mask[present] = _checked_mask(rule, found, (int(present.sum()),))
        return mask


SILENT = Exact(lambda _of, _present: Steps())
"""Exact arithmetic that keeps no workings: for what is tried, not reported."""


class Batch:
    """Floats in ``(bids, draws)`` arrays; a scorer sees all bids and the mask of those that are in.

    ``settled`` keeps, from one chunk of draws to the next, the scores that are the same in every draw.
    """

    traced = False

    def __init__(self, weights: Mapping[str, Array], settled: dict[str, Array]) -> None:
        self._weights = weights
        self._settled = settled
        self._silent = Steps()

    def params(self, of: Leaf | CompiledRule) -> Any:
        return _own(of, of.floats)

    def weight(self, leaf: Leaf) -> Any:
        return self._weights[leaf.id] if leaf.id in self._weights else float(leaf.points)

    def number(self, value: Fraction) -> float:
        return float(value)

    def once(self, node: str, of: Sequence[Any], work: Callable[[], Array]) -> Array:
        return work()

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        if leaf.id in self._settled:
            return self._settled[leaf.id]
        table = BidTable({r.column: frozen(columns[r.column].view()) for r in leaf.reads}, frozen(present.view()))
        found = guarded(leaf, lambda: leaf.scorer.item.score(table, self.params(leaf), self._silent))
        scores = _checked_batch(leaf, found, present)
        same = scores.shape[1] == 1 and all(columns[r.column].shape[1] == 1 for r in leaf.reads)
        if same and leaf.independent and _all_scores(leaf, scores):
            self._settled[leaf.id] = scores
        return scores

    def rule(self, rule: CompiledRule, tally: Tally, present: Mask) -> Array:
        found = guarded(rule, lambda: rule.rule.item.rank_by(tally, self.params(rule), self._silent))
        figures = batch_figures(rule, found, present)
        if np.isnan(figures.min()) and (np.isnan(figures) & present).any():
            raise fault(rule, "TE046", "a figure that is no number")
        return figures

    def turned_away(self, rule: CompiledRule, tally: Tally) -> Rejections:
        return rejections(rule, tally, self.params(rule))

    def take(self, values: Array, present: Mask) -> Array:
        return frozen(values.view())

    def put_mask(self, rule: CompiledRule, found: Any, present: Mask) -> Mask:
        mask = _checked_mask(rule, found, None)
        if mask.ndim != 2 or mask.shape[0] != present.shape[0] or mask.shape[1] not in (1, present.shape[1]):
            raise fault(rule, "TE046", f"a rejection of shape {mask.shape}, not (bids, draws) {present.shape}")
        return np.broadcast_to(mask, present.shape)


def _own(of: Leaf | CompiledRule, params: Any) -> Any:
    return deepcopy(params) if of_third_party(method_of(of)) else params


def rejections(rule: CompiledRule, tally: Tally, params: Any) -> Rejections:
    """What an award rule gave as its rejections; their masks are not yet checked.

    Raises:
        Refused: TE046, naming the plugin and what it returned.
    """
    found = guarded(rule, lambda: rule.rule.item.reject(tally, params, Steps()))
    if not isinstance(found, Mapping):
        raise fault(rule, "TE046", f"a {type(found).__name__} as rejections, not masks by reason")
    for reason in found:
        if not isinstance(reason, str | RuleReason):
            raise fault(rule, "TE046", f"a {type(reason).__name__} as a reason, neither words nor one of its kinds")
    return found


def exact_figures(of: Leaf | CompiledRule, found: Any, bids: int) -> list[Fraction]:
    """What a plugin returned as one fraction a bid.

    Raises:
        Refused: TE046, naming the plugin and what it returned.
    """
    if not isinstance(found, np.ndarray) or found.shape != (bids,):
        shape = f"shape {found.shape}" if isinstance(found, np.ndarray) else f"a {type(found).__name__}"
        raise fault(of, "TE046", f"{shape}, not one figure for each of {bids} bids")
    figures = found.tolist()
    for figure in figures:
        if not is_exact_number(figure):
            raise fault(of, "TE046", f"{represented(figure)}, a {type(figure).__name__}, in exact arithmetic")
        if max(int(figure.numerator).bit_length(), int(figure.denominator).bit_length()) > MOST_BITS:
            raise fault(of, "TE046", f"a figure of more than {MOST_BITS * 3 // 10:,} digits")
    return [fraction(f) for f in figures]


def _checked_exact(leaf: Leaf, found: Any, bids: int) -> Array:
    scores = exact_figures(leaf, found, bids)
    for score in scores:
        if (score > 1 and not leaf.unbounded_above) or (score < 0 and not leaf.unbounded_below):
            raise fault(leaf, "TE047", f"the score {score}, outside 0 to 1")
    return numeric.exact_array(scores)


def batch_figures(of: Leaf | CompiledRule, found: Any, present: Mask) -> Array:
    """What a plugin returned as floats that fit the draws.

    Raises:
        Refused: TE046, naming the plugin and what it returned.
    """
    if not isinstance(found, np.ndarray) or found.dtype != np.float64:
        kind = found.dtype if isinstance(found, np.ndarray) else type(found).__name__
        raise fault(of, "TE046", f"{kind}, not a float64 array, in batch arithmetic")
    bids, draws = present.shape
    if found.ndim != 2 or found.shape[0] != bids or found.shape[1] not in (1, draws):
        raise fault(of, "TE046", f"shape {found.shape}, not (bids, draws) {present.shape}")
    return found


def _checked_mask(rule: CompiledRule, found: Any, shape: tuple[int, ...] | None) -> Mask:
    if not isinstance(found, np.ndarray) or found.dtype != np.bool_ or shape not in (None, found.shape):
        raise fault(rule, "TE046", "as a rejection what is no mask over the bids")
    return found


def _checked_batch(leaf: Leaf, found: Any, present: Mask) -> Array:
    scores = batch_figures(leaf, found, present)
    if not _all_scores(leaf, scores):
        low = -np.inf if leaf.unbounded_below else -SLACK
        high = np.inf if leaf.unbounded_above else 1 + SLACK
        inside = (scores >= low) & (scores <= high) & np.isfinite(scores)
        if not (inside | ~present).all():
            bad = np.broadcast_to(scores, np.broadcast_shapes(scores.shape, present.shape))[~inside & present][0]
            raise fault(leaf, "TE047", f"the score {bad}, outside 0 to 1")
    return scores


def _all_scores(leaf: Leaf, scores: Array) -> bool:
    """Whether every figure is a score, also those of bids that are out."""
    low, high = scores.min(), scores.max()  # NaN where any is, and then neither holds
    under = high <= 1 + SLACK or (leaf.unbounded_above and high < np.inf)
    return bool(under and (low >= -SLACK or (leaf.unbounded_below and low > -np.inf)))
