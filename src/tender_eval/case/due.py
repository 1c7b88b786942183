"""What is not due yet: letters and notices before the award is decided."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.case.case import Case
from tender_eval.case.next import next_acts
from tender_eval.case.state import WHOLE
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location


def not_due(case: Case, what: str, lots: Iterable[str], record: str) -> Diagnostic:
    """The refusal, TE088, of what goes out only once lots are decided: it names their phases, and what comes next.

    Args:
        what: what is refused, such as "letters".
        lots: those that are not decided.
        record: the record's file, as the commands of what comes next name it.
    """
    waiting = tuple(lots)
    each = [f"lot {lot} is {case.phase(lot)}" if lot != WHOLE else f"the phase is {case.phase()}" for lot in waiting]
    acts = [act for act in next_acts(case.state) if act.lot in ("", *waiting)]
    typed = [act.typed(record) for act in acts]
    message = f"{what} go out when the award is decided: {', '.join(each).replace('_', ' ')}"
    hint = f"next: {'; '.join(typed)}; or --draft, which marks every page"
    return Diagnostic("TE088", message, Location(record), hint)
