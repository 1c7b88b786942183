"""Cases without a record: evaluated, or decided too, with what was entered since."""

from __future__ import annotations

from tender_eval.case.acts import Act, Entry
from tender_eval.case.case import Case
from tender_eval.case.fold import Told
from tender_eval.case.state import Decision, State
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.lots.award import award_together
from tender_eval.model.bids import Bids

HEAD = "0" * 64


def case_of(
    compiled: CompiledScheme,
    bids: Bids,
    *entries: Entry,
    stage: str = "complete",
    decided: bool = False,
    head: str = HEAD,
) -> Case:
    """The case of a scheme and bids.

    Args:
        decided: whether each lot is decided that a tie does not leave open.
    """
    found = compiled.evaluate_lots(bids) if bids.tender.lots else {"": compiled.evaluate(bids)}
    if stage == "quality":
        state = State(compiled, compiled, bids, {"receive": 1, "lock": 1}, evaluations=found, recorded=True)
        return Case(state, entries, head)
    across = award_together(compiled, bids, found)
    reached = {"receive": 1, "lock": 1, "evaluate": 1}
    state = State(compiled, None, bids, reached, evaluations=found, across=across, recorded=True)
    if decided:
        open_lots = [lot for lot in found if not state.tied(lot)]
        made = {lot: Decision(1, state.awarded(lot)) for lot in open_lots}
        state = State(compiled, None, bids, reached, evaluations=found, across=across, recorded=True, decided=made)
    corrections = [Act(e.number, e.kind, e.body, e.at) for e in entries if e.kind == "correct"]  # type: ignore[arg-type]
    return Case(state, entries, head, tuple(Told(act, {}, {}) for act in corrections))
