"""A tie that the scheme leaves open, settled by drawing lots or by the step that was published."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.case.evaluating import again
from tender_eval.case.phases import Phase
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken, lots_of
from tender_eval.model.evaluation import Evaluation


def settle(step: Step, state: State) -> Taken:
    """Break a tie in the order in which its bids were drawn."""
    order = step.act.listed("order")
    if not order:
        step.refuse("settle: it does not say its order", "give --order, the bids in the order drawn: b,a", "TE085")
    tied = [lot for lot in lots_of(step, state) if state.tied(lot) and state.phase(lot) == Phase.UNDECIDED]
    if not tied:
        step.refuse("no tie is open here", "only a tie that the scheme leaves open is settled")
    if len(tied) > 1:
        step.refuse(f"ties are open at lots {', '.join(tied)}", "settle each by itself, with --lot", "TE085")
    lot = tied[0]
    groups = tied_groups(state.evaluations[lot])
    if sorted(order) not in [sorted(group) for group in groups]:
        named = " and ".join(", ".join(group) for group in groups)
        step.refuse(f"the order names {', '.join(order)}, but what ties is {named}", "name each of them, once", "TE085")
    before = tuple(bid for bid in state.settled.get(lot, ()) if bid not in order)
    return Taken(again(replace(state, settled={**state.settled, lot: (*before, *order)})))


def tied_groups(evaluation: Evaluation) -> tuple[tuple[str, ...], ...]:
    """The bids that share a rank, by rank."""
    ranks = dict.fromkeys(bid.rank for bid in evaluation.bids if bid.tied)
    return tuple(tuple(bid.id for bid in evaluation.bids if bid.rank == rank) for rank in ranks)
