"""One evaluation, in either arithmetic: score, weigh, gate, and hand to the award rule.

The order is part of the method. Bids that people removed after their marks were locked go before anything is compared
(``recompute``), or after the shortlist, counting in it and in every comparison (``keep_order``). Criteria that score
each bid alone come first, then the shortlist, then the minimums on them; only then are the criteria that compare bids
scored, over the bids still in (``recompute``) or over all that were evaluated (``keep_order``), and their minimums and
the rule's own rejections applied, until nobody more is rejected. Of a bid that is rejected on the way, the scores it
had stay on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tender_eval.engine.plan import Gate, Leaf, Plan
from tender_eval.engine.scoring.arithmetic import Arithmetic
from tender_eval.engine.scoring.best_digits import round_to_digits, to_places
from tender_eval.engine.scoring.outcome import Judged, Outcome, Scaled
from tender_eval.model import numeric
from tender_eval.model.explanation.reasons import RuleReason
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Rounding
from tender_eval.plugins.table import BidTable
from tender_eval.plugins.tally import Tally

Lacking = Mapping[str, Mask]
"""By column, the bids that do not state its figure; only bids that a minimum rejects all the same may lack one."""


def run(
    plan: Plan,
    arithmetic: Arithmetic,
    columns: Mapping[str, Array],
    eligible: Mask,
    wanted: Iterable[str],
    lacking: Lacking | None = None,
    removed: Mask | None = None,
) -> Outcome:
    """Evaluate the eligible bids.

    Args:
        columns: every column that the plan reads, bids on axis 0.
        eligible: the bids that meet the conditions.
        wanted: the criteria whose points the outcome must hold; in a traced run with those of all their parts.
        removed: those of the eligible bids that people took out after they were assessed.

    Raises:
        Refused: a scorer or rule is at fault, or cannot score these bids.
    """
    kernel = _Kernel(plan, arithmetic, columns, eligible, lacking)
    first_stage = plan.shortlist_leaves
    kernel.score(list(first_stage), eligible)
    kernel.shortlist(removed)
    evaluated = kernel.outcome.present
    alone = evaluated if removed is None or not plan.recomputes else evaluated | removed  # their scores stay on record
    kernel.score([leaf for leaf in plan.leaves if leaf.independent and leaf not in first_stage], alone)
    if removed is not None:
        kernel.outcome.present = evaluated & ~removed
    kernel.close_gates([g for g in plan.gates if not g.relative])
    relative = [leaf for leaf in plan.leaves if not leaf.independent]
    first = True
    while True:
        basis = kernel.outcome.present if plan.recomputes else evaluated
        if first or plan.recomputes:
            kernel.score(relative, basis)
            kernel.compare(basis)
        first = False
        if kernel.close_gates([g for g in plan.gates if g.relative]):
            continue
        if not kernel.rule_rejects():
            break
    kernel.rank_by()
    for node in wanted:
        kernel.points(node)
    return kernel.outcome


def shortlisted(
    plan: Plan, arithmetic: Arithmetic, columns: Mapping[str, Array], eligible: Mask, removed: Mask | None = None
) -> Mask:
    """The bids that go through the first stage; only what the shortlist goes by is read."""
    kernel = _Kernel(plan, arithmetic, columns, eligible)
    kernel.score(list(plan.shortlist_leaves), eligible)
    kernel.shortlist(removed)
    return kernel.outcome.present


def below_minimum(
    plan: Plan, arithmetic: Arithmetic, columns: Mapping[str, Array], eligible: Mask, lacking: Lacking
) -> Mask:
    """The bids that a minimum rejects by what they do state, whatever the figures that they lack may be."""
    kernel = _Kernel(plan, arithmetic, columns, eligible, lacking)
    gates = [g for g in plan.gates if not g.relative]
    decisive = {leaf for g in gates for leaf in plan.node(g.node).leaves}
    kernel.score([leaf for leaf in plan.leaves if leaf.id in decisive], eligible)
    kernel.close_gates(gates)
    return eligible & ~kernel.outcome.present


class _Kernel:
    def __init__(
        self,
        plan: Plan,
        arithmetic: Arithmetic,
        columns: Mapping[str, Array],
        eligible: Mask,
        lacking: Lacking | None = None,
    ) -> None:
        self.plan = plan
        self.lacking = lacking or {}
        self.arithmetic = arithmetic
        self.columns = columns
        self.outcome = Outcome(present=eligible, shortlisted=eligible, counted=eligible)
        self._nodes = {n.id: n for n in plan.nodes}
        self._leaves = {leaf.id: leaf for leaf in plan.leaves}
        self._by_sum = not any(node.rounding or node.scaled for node in plan.nodes)
        scaled = {node.id for node in plan.scaled}
        self._over_scaled = {node.id for node in plan.nodes if plan.below(node.id) & scaled} if scaled else set()
        self._basis = eligible

    def score(self, leaves: list[Leaf], basis: Mask) -> None:
        """Score these leaves over those of ``basis`` that state what they read; others keep what they had."""
        out = self.outcome
        for leaf in leaves:
            who = basis
            for reads in leaf.reads:
                if reads.column in self.lacking:
                    who = who & ~self.lacking[reads.column]
            scores = rounded(self.arithmetic.score(leaf, self.columns, who), leaf.rounding)
            if leaf.id in out.scores and numeric.is_exact(scores):
                scores = numeric.where(who, scores, out.scores[leaf.id])
            out.scores[leaf.id] = scores
            out.scored[leaf.id] = who | out.scored[leaf.id] if leaf.id in out.scored else who
        for name in [n for n in out.points if self._touched(n, leaves)]:
            del out.points[name]

    def _touched(self, node: str, leaves: list[Leaf]) -> bool:
        return any(leaf.id in self._nodes[node].leaves for leaf in leaves)

    def points(self, node: str) -> Array:
        """The points at any criterion: a leaf's own, or the sum of its parts."""
        found = self.outcome.points
        if node not in found:
            parts, rounding = self._nodes[node].parts, self._nodes[node].rounding
            if self._nodes[node].scaled:
                found[node] = rounded(self._scaled(node), rounding)
            elif parts:
                of = [self.points(part) for part in parts] if self.arithmetic.traced else []
                found[node] = self.arithmetic.once(node, of, lambda: rounded(self.together(parts), rounding))
            else:
                scores, weight = self.outcome.scores[node], self.arithmetic.weight(self._leaves[node])
                found[node] = self.arithmetic.once(node, [scores, weight], lambda: rounded(scores * weight, rounding))
        return found[node]

    def compare(self, basis: Mask) -> None:
        """Scale points to those of the best of these bids."""
        self._basis = basis
        for node in self._over_scaled:
            self.outcome.points.pop(node, None)

    def _scaled(self, node: str) -> Array:
        """The points at a criterion, scaled so that the best bid has all of them; as earned where nobody has any.

        In exact runs a bid that has gone keeps what it had in its last comparison, or what it earned if it was in none.
        """
        earned, who = self._earned(node, self.points), self._basis
        top = numeric.highest(earned, who)
        points = numeric.where(top > 0, numeric.divide(earned * self.available(node), top), earned)
        if numeric.is_exact(points):
            best, before = numeric.full(points, top), self.outcome.scaled.get(node)
            points = numeric.where(who, points, earned if before is None else before.points)
            if before is not None:
                earned, best = numeric.where(who, earned, before.earned), numeric.where(who, best, before.best)
                who = who | before.who
            self.outcome.scaled[node] = Scaled(earned, best, points, who)
        return points

    def _earned(self, node: str, points_at: Callable[[str], Array]) -> Array:
        """The points at a criterion before they are rounded or scaled: a leaf's own, or the sum of its parts."""
        parts = self._nodes[node].parts
        if not parts:
            own: Array = self.outcome.scores[node] * self.arithmetic.weight(self._leaves[node])
            return own
        found: Array = sum((points_at(part) for part in parts[1:]), points_at(parts[0]))
        return found

    def _tested(self, node: str) -> Array:
        """The points that a minimum at a criterion looks at: as earned, where minimums come before scaling."""
        if node not in self._over_scaled or not self.plan.minimums_first:
            return self.points(node)
        return rounded(self._earned(node, self._tested), self._nodes[node].rounding)

    def together(self, nodes: Sequence[str]) -> Array:
        """The points at several criteria together."""
        if self.arithmetic.traced or not self._by_sum:
            return sum((self.points(node) for node in nodes[1:]), self.points(nodes[0]))
        known, leaves = self._opened(nodes)
        found = [self.outcome.points[node] for node in known]
        if leaves:
            scores = [self.outcome.scores[leaf.id] for leaf in leaves]
            found.append(numeric.weighted_sum(scores, [self.arithmetic.weight(leaf) for leaf in leaves]))
        return sum(found[1:], found[0])

    def _opened(self, nodes: Sequence[str]) -> tuple[list[str], list[Leaf]]:
        """What these criteria are the sum of: some whose points are known, and leaves."""
        known: list[str] = []
        leaves: list[Leaf] = []
        left = [*reversed(nodes)]
        while left:
            node = left.pop()
            if node in self.outcome.points:
                known.append(node)
            elif self._nodes[node].parts:
                left += reversed(self._nodes[node].parts)
            else:
                leaves.append(self._leaves[node])
        return known, leaves

    def available(self, node: str) -> Any:
        """The points available at any criterion."""
        return sum(self.arithmetic.weight(self._leaves[leaf]) for leaf in self._nodes[node].leaves)

    def share(self, node: str) -> Array:
        """The share of full marks at any criterion."""
        if node in self.outcome.scores and not self._nodes[node].scaled:
            return self.outcome.scores[node]
        return numeric.divide(self.points(node), self.available(node))

    def shortlist(self, removed: Mask | None = None) -> None:
        """Who goes through: the best ``top`` (all who tie for the last place), or all from a threshold."""
        asked, out = self.plan.scheme.shortlist, self.outcome
        if removed is not None and self.plan.recomputes:
            out.present = out.shortlisted = out.present & ~removed
        if asked is None:
            return
        points = self.together(self.plan.shortlist_by)
        if asked.top is None:
            available = sum(self.available(n) for n in self.plan.shortlist_by)
            through = ~numeric.less(points, available * self.arithmetic.number(asked.at_least or available * 0))
        else:
            through = ~numeric.less(points, numeric.nth_highest(points, out.present, asked.top))
        out.present = out.present & through
        out.shortlisted = out.present

    def close_gates(self, gates: list[Gate]) -> bool:
        """Reject every present bid that misses a minimum; whether anybody was."""
        present = self.outcome.present
        for gate in gates:
            if gate.share is not None:
                least = self.available(gate.node) * self.arithmetic.number(gate.share)
                tested = self.outcome.tested[gate.node] = self._tested(gate.node)
                missed = numeric.less(tested, least)
            else:
                column = self.columns[gate.column]
                missed = numeric.less(column, numeric.like(column, gate.mark or 0))
                if gate.falls:
                    missed = numeric.less(numeric.like(column, gate.mark or 0), column)
                elif gate.short is not None:
                    missed = numeric.is_one_of(column, gate.short)
            if self.lacking:  # of an unknown figure nothing is said
                for leaf in self._nodes[gate.node].leaves:
                    missed = missed & self.outcome.scored[leaf]
            self._turn_away(gate, missed & present)
        return self.outcome.present is not present

    def _ask_rule(self) -> tuple[Tally, Mask]:
        """What the rule sees, and of which bids: those that are in; under ``keep_order`` all that were evaluated, but
        only where the rule compares bids. What a rejected bid comes to by itself is of no consequence.
        """
        out, rule = self.outcome, self.plan.rule
        wide = not self.plan.recomputes and rule.rule.item.relative(rule.params)
        out.counted = basis = out.shortlisted if wide else out.present
        take = self.arithmetic.take
        columns = {r.column: take(self.columns[r.column], basis) for r in self.plan.rule.reads}
        out.tally = Tally(
            BidTable(columns, take(basis, basis)),
            lambda nodes: take(self.together(nodes), basis),
            self.available,
            lambda node: take(self.share(node), basis),
            self.plan.roots,
        )
        return out.tally, basis

    def rule_rejects(self) -> bool:
        """Let the award rule turn bids away; whether anybody was."""
        present, rule = self.outcome.present, self.plan.rule
        params = self.arithmetic.params(rule)
        tally, basis = self._ask_rule()
        if not rule.rule.item.rejects(params):
            return False
        everyone = basis & ~basis
        for reason, mask in self.arithmetic.turned_away(rule, tally).items():
            who = self.arithmetic.put_mask(rule, mask, basis)
            everyone = everyone | who
            self._turn_away(reason, who & present)
        if self.arithmetic.traced:
            self.outcome.judged.append(Judged(tally, basis, everyone))
        return self.outcome.present is not present

    def _turn_away(self, why: Gate | RuleReason | str, who: Mask) -> None:
        if who.any():
            self.outcome.turned_away.append((why, who))
            self.outcome.present = self.outcome.present & ~who

    def rank_by(self) -> None:
        """The figure that the award rule ranks by."""
        out, rule = self.outcome, self.plan.rule
        tally, basis = self._ask_rule()
        out.figures = self.arithmetic.rule(rule, tally, basis)
        out.rounding = self.plan.rounding
        if out.rounding and out.rounding.digits:
            self._round_to_digits(out.rounding)
        else:
            out.figures = rounded(out.figures, out.rounding)

    def _round_to_digits(self, rounding: Rounding) -> None:
        """Round figures to the digits of the best of the bids that are ranked; in exact runs the places are kept."""
        out = self.outcome
        best_of = numeric.highest if self.plan.rule.rule.item.best == "highest" else numeric.lowest
        best = best_of(out.figures, out.present)
        if numeric.is_exact(out.figures):
            out.rounding = to_places(rounding, best)
        out.figures = round_to_digits(out.figures, best, rounding.digits, rounding.mode)


def rounded(values: Array, rounding: Rounding | None) -> Array:
    """Figures as they are rounded, if they are."""
    return values if rounding is None else numeric.round_to(values, rounding.places, rounding.mode)
