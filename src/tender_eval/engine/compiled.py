"""The public face of the engine: compile a scheme once, then evaluate bids exactly or in batches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.engine.compiling.compile import compile_into
from tender_eval.engine.compiling.several_lots import offers_not_taken
from tender_eval.engine.evaluating.exact import evaluate_exact
from tender_eval.engine.facts.reading import NO_ROLES
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.engine.recomputing.marks import with_computed_marks
from tender_eval.engine.scoring.guarded import of_third_party
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.location import Location
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.untouched import refuse_what_was_replaced

if TYPE_CHECKING:
    from tender_eval.engine.evaluating.batch import Batches, BatchResult
    from tender_eval.engine.evaluating.bid_columns import BatchColumns


@dataclass(frozen=True, slots=True, repr=False)
class CompiledScheme:
    """A scheme ready to evaluate bids. Evaluation depends on nothing but its arguments."""

    plan: Plan

    @property
    def scheme(self) -> Scheme:
        """The scheme that was compiled."""
        return self.plan.scheme

    def evaluate(self, bids: Bids, lot: str = "") -> Evaluation:
        """Evaluate bids in exact arithmetic, for a tender without lots or for one lot.

        Raises:
            Refused: with every problem of the bids, or naming the plugin at fault.
        """
        plan, there = self._of(bids, lot)
        found = evaluate_exact(plan, there, lot)
        if of_third_party(plan.rule.rule) or any(of_third_party(leaf.scorer) for leaf in plan.leaves):
            refuse_what_was_replaced()
        return found

    def _of(self, bids: Bids, lot: str) -> tuple[Plan, Bids]:
        """The plan and the bids for a tender without lots, or for one lot.

        Raises:
            Refused: there is no such lot, or it is not said which.
        """
        lots = [x.id for x in bids.tender.lots]
        if faults := [*other_lots(self.plan, bids), *offers_not_taken(self.scheme, bids)]:
            raise Refused(faults)
        if not lots and not lot:
            return self.plan, bids
        if lot not in lots:
            message = f'there is no lot "{lot}"' if lot else "the tender has lots: evaluate each"
            hint = f"its lots are {', '.join(lots)}" if lots else "the tender has no lots: leave the lot out"
            raise Refused([Diagnostic("TE056", message, Location(bids.where.source), hint)])
        return self.for_lot(lot).plan, bids.for_lot(lot)

    def columns_of(self, bids: Bids, lot: str = "", draws: int | None = None) -> BatchColumns:
        """From real bids to the columns that this scheme reads, for `evaluate_batch`; also `Bids.columns`.

        Every figure that anything reads is there, pooled and derived ones too. What of conditions does not turn on
        the price is settled: ``conditions.<id>`` holds 1 where the bid meets it. Evaluated as they are, the columns
        give the ranks of the exact evaluation, but for ties that people settled, and figures within float64.

        Args:
            lot: as for `evaluate`; where criteria differ by lot, the batch is evaluated by ``for_lot(lot)``.
            draws: how many, each at first as the bids are: columns are ``(bids, draws)`` and take no more memory for
                it; without, ``(bids,)``.

        Raises:
            Refused: with every problem of the bids, or naming the plugin at fault.
        """
        from tender_eval.engine.evaluating.bid_columns import columns_of_bids  # so that evaluations need not load it

        return columns_of_bids(*self._of(bids, lot), draws)

    def __repr__(self) -> str:
        rule = self.plan.rule.rule.item.name
        return f"<CompiledScheme {self.scheme.id}: {len(self.plan.leaves)} scored criteria, {rule}>"

    def with_computed_marks(self, bids: Bids) -> Bids:
        """The bids with the marks that the scheme computes of individual ones, where reports look for agreed ones."""
        return with_computed_marks(bids, self.scheme.panel, scales_of_marks(self.plan))

    def for_lot(self, lot: str) -> CompiledScheme:
        """The scheme as it stands for one lot; the same where nothing differs between lots."""
        return CompiledScheme(self.plan.by_lot[lot]) if lot in self.plan.by_lot else self

    def evaluate_lots(self, bids: Bids) -> dict[str, Evaluation]:
        """Evaluate each lot of the tender by itself, in the order of the tender.

        Raises:
            Refused: with the problems of every lot.
        """
        problems = Problems()
        found: dict[str, Evaluation] = {}
        for lot in bids.tender.lots:
            try:
                found[lot.id] = self.evaluate(bids, lot.id)
            except Refused as e:
                problems.extend(e.diagnostics)
        problems.refuse()
        return found

    def evaluate_batch(
        self,
        columns: Mapping[str, Array],
        present: Mask | None = None,
        *,
        weights: Mapping[str, Array] | None = None,
        keep: Collection[str] = (),
        low_prices: bool = False,
        roles: Mapping[str, str] = NO_ROLES,
        removed: Mask | None = None,
    ) -> BatchResult:
        """Evaluate many draws in float64 with the same scorers, minimums and rule.

        Args:
            columns: by dotted name, as the scheme reads them (``price``, ``marks.delivery``); each ``(bids,
                draws)``, or ``(bids,)`` or ``(bids, 1)`` for what is the same in every draw. A condition may
                be given outright as ``conditions.<id>``. A mark that the scheme computes may be given, or those of
                people as ``marks.<name>.individual.<person>``, NaN where somebody gave none. Those of real bids are
                made by `columns_of`, and say themselves which bids are there and which were taken out.
            present: which bids are there, ``(bids, draws)`` or ``(bids,)``; default all.
            weights: points available by leaf criterion, ``(draws,)``, in place of the scheme's.
            keep: criteria whose points are wanted beside the totals.
            low_prices: whether prices are tested as the scheme's ``abnormally_low`` says.
            roles: of the people whose marks are given, where the scheme weighs marks by role.
            removed: bids that people took out after they were assessed, ``(bids,)``: they are never ranked, and
                the scheme's ``on_rejection`` says whether they count in the scores of the others.

        Raises:
            Refused: a column is missing or holds what cannot be scored, or a plugin is at fault.
        """
        found = self.batches(columns, present, keep=keep, low_prices=low_prices, roles=roles, removed=removed)
        return found.evaluate(weights)

    def batches(
        self, columns: Mapping[str, Array], present: Mask | None = None, *, keep: Collection[str] = (),
        low_prices: bool = False, roles: Mapping[str, str] = NO_ROLES, removed: Mask | None = None,
    ) -> Batches:  # fmt: skip
        """The same columns to be evaluated again and again, each time under other weights.

        ``batches(columns).evaluate(weights)`` gives what `evaluate_batch` does and takes the same arguments;
        what the weights do not touch is scored once.
        """
        if self.plan.by_lot:
            message = "the criteria of the scheme differ by lot, and a batch is of one lot"
            raise Refused([Diagnostic("TE056", message, self.scheme.where, "take the scheme of a lot: for_lot(LOT)")])
        from tender_eval.engine.evaluating.batch import Batches  # so that a single evaluation need not load it

        there = None if present is None else np.asarray(present)
        return Batches(self.plan, columns, there, keep, low_prices, roles, removed)

    def reweighted(self, points: Mapping[str, Fraction]) -> CompiledScheme:
        """The scheme with other points at its scored criteria; see `tender_eval.engine.compiling.reweighting.reweigh`.

        Args:
            points: points available by leaf criterion, from zero; the others keep theirs.

        Raises:
            Refused: a name is no scored criterion, or a weight is below zero.
        """
        from tender_eval.engine.compiling.reweighting import reweigh  # so that a single evaluation need not load it

        return CompiledScheme(reweigh(self.plan, points))


def other_lots(plan: Plan, bids: Bids) -> list[Diagnostic]:
    """What is wrong where criteria differ by lot, and the tender has none, or other ones than the scheme."""
    if not plan.by_lot:
        return []
    named, where = ", ".join(plan.by_lot), Location(bids.where.source)
    if not bids.tender.lots:
        message = "the criteria of the scheme differ by lot, and the tender has no lots"
        return [Diagnostic("TE056", message, where, f"list them under tender: lots: {named}")]
    return [
        Diagnostic("TE056", f'the scheme does not say by which criteria lot "{lot.id}" is awarded', where,
                   did_you_mean(lot.id, plan.by_lot) or f"its lots are {named}: add this one to lots of the scheme")
        for lot in bids.tender.lots if lot.id not in plan.by_lot
    ]  # fmt: skip


def compile_scheme(scheme: Scheme, catalogue: Catalogue | None = None) -> CompiledScheme:
    """Compile a scheme with the installed plugins, or with those of a catalogue.

    Raises:
        Refused: with every problem of the scheme.
    """
    problems = Problems()
    return CompiledScheme(problems.sound(compile_into(scheme, catalogue or load_catalogue(), problems)))
