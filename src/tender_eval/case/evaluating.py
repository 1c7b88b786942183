"""A case evaluated: the quality part while prices are closed, all of it afterwards, lots together where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tender_eval.case.envelopes import priced_evaluation, quality_part
from tender_eval.case.state import State
from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.files.welsh import in_welsh, speaks_welsh
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.evaluation import Evaluation


def evaluated(state: State, number: int) -> State:
    """The case with everything evaluated, by entry ``number``.

    Raises:
        Refused: with every problem of the bids, or naming the plugin at fault.
    """
    made = replace(state, reached={**state.reached, "evaluate": number}, aside={})
    return again(made)


def again(state: State) -> State:
    """The case with its evaluations made again, as far as it has come; as it is where nothing was evaluated yet.

    Raises:
        Refused: with every problem of the bids, or naming the plugin at fault.
    """
    if "evaluate" in state.reached:
        bids = state.bids
        lots = _by_lot(state, lambda lot: _evaluation(state, bids, lot))
        return awarded_anew(replace(state, evaluations=lots, recorded=False))
    if state.quality is None:
        return state
    return of_quality(state, state.quality)


def told_in_welsh(state: State) -> State:
    """The case with its scheme and tender in Welsh, as far as they are, and evaluated so: no figure differs by it.

    What was awarded across lots stays as it is: nothing in it is a text of the scheme.

    Raises:
        Refused: with every problem of the bids, or naming the plugin at fault.
    """
    tender = state.received.tender if state.received else None
    if not speaks_welsh(state.whole.scheme, tender):
        return state
    whole = compile_scheme(in_welsh(state.whole.scheme), state.whole.plan.catalogue)
    quality = quality_part(whole) if state.quality else None
    received = replace(state.received, tender=in_welsh(tender)) if state.received and tender else None
    told = replace(state, whole=whole, quality=quality, received=received)
    bids, part = told.bids, quality or whole
    if "evaluate" in state.reached:
        return replace(told, evaluations=_by_lot(told, lambda lot: _evaluation(told, bids, lot)))
    return replace(told, evaluations=_by_lot(told, lambda lot: part.evaluate(bids, lot))) if state.evaluations else told


def awarded_anew(state: State) -> State:
    """The case with its lots awarded anew where they are awarded together, as without those that were given up.

    Raises:
        Refused: with every problem of the bids, or naming the plugin at fault.
    """
    if state.whole.scheme.award.lots is None or not state.bids.tender.lots:
        return replace(state, across=None)
    from tender_eval.lots.award import award_together

    across = award_together(state.whole, state.bids, state.evaluations, state.given_up)
    return replace(state, across=across, recorded=False)


def of_quality(state: State, part: CompiledScheme) -> State:
    """The case with the part of the scheme evaluated that reads no price."""
    bids = state.bids
    lots = _by_lot(state, lambda lot: part.evaluate(bids, lot))
    limits = state.whole.scheme.award.lots
    if limits is not None and bids.tender.lots:
        _check_limits(state.whole, bids, lots)
    return replace(state, evaluations=lots, recorded=False)


def _by_lot(state: State, evaluate: Callable[[str], Evaluation]) -> dict[str, Evaluation]:
    problems = Problems()
    found: dict[str, Evaluation] = {}
    for lot in state.lots:
        try:
            found[lot] = evaluate(lot)
        except Refused as e:
            problems.extend(e.diagnostics)
    problems.refuse()
    return found


def _evaluation(state: State, bids: Bids, lot: str) -> Evaluation:
    if state.quality is None:
        return state.whole.evaluate(bids, lot)
    return priced_evaluation(state.whole, state.quality, bids, lot)


def _check_limits(whole: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation]) -> None:
    """Refuse at the quality stage what could not be mended later: bids for too many lots, capacities unknown."""
    from tender_eval.lots.contest import capacities_of
    from tender_eval.lots.policy import check_bids_against_limits, figure_of
    from tender_eval.lots.qualified import qualified_of

    limits = whole.scheme.award.lots
    if limits is None:
        return
    problems = Problems()
    check_bids_against_limits(limits, bids, problems)
    problems.refuse()
    if limits.capacity and not whole.plan.is_sealed(figure_of(limits.capacity)):
        capacities_of(limits.capacity, bids, lots)
    when = (*(one.when for one in limits.reserved), *(one.when for one in limits.quotas))
    if not any(whole.plan.is_sealed(test.reads) for tests in when for test in tests):
        qualified_of(limits, bids, lots)
