"""Third parties' workings held against the scores that they are shown beside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tender_eval.engine.evaluating.trace import Working
from tender_eval.engine.plan import CompiledRule, Leaf, Plan
from tender_eval.engine.scoring.arithmetic import RULE
from tender_eval.engine.scoring.guarded import of_third_party, refusal
from tender_eval.engine.scoring.outcome import Outcome
from tender_eval.model.explanation.proof import fault_of
from tender_eval.model.explanation.workings import in_a_row, in_figures
from tender_eval.model.scheme import Rounding

Kept = Callable[[str, int], list[Working]]
"""The workings that hold for a leaf, or for the award rule, and the bid of a row."""


def hold_workings(plan: Plan, outcome: Outcome, kept: Kept) -> None:
    """Stop where a third party's scorer or rule shows a working that does not come to what it gave.

    Raises:
        Refused: TE048, naming the plugin and the working.
    """
    for leaf in plan.leaves:
        if of_third_party(leaf.scorer) and leaf.id in outcome.scores:
            for row, score in enumerate(outcome.scores[leaf.id]):
                if outcome.scored[leaf.id][row]:
                    _hold(leaf, kept(leaf.id, row), row, score, leaf.rounding)
    if of_third_party(plan.rule.rule):
        for row, figure in enumerate(outcome.figures):
            if outcome.counted[row]:
                _hold(plan.rule, kept(RULE, row), row, figure, outcome.rounding)


def _hold(
    of: Leaf | CompiledRule, workings: list[Working], row: int, figure: Fraction, rounding: Rounding | None
) -> None:
    rounded = f", rounded {rounding.mode} to {rounding.places} places" if rounding else ""
    shown = [in_figures(working.line(row)) for working in workings]
    if shown and shown[-1] and (wrong := fault_of(in_a_row(shown), figure, rounded)):
        raise refusal(of, "TE048", f"shows a working that is false: {wrong}")
