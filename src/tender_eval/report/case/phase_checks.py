"""What may be told of a case in its phase: whoever writes a document of it asks here first."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.case.case import Case
from tender_eval.case.next import next_acts
from tender_eval.case.state import WHOLE
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

t = catalogue("case")


def check_told(case: Case, what: str, record: str) -> None:
    """See that there is something to tell of: anything that was evaluated.

    Args:
        what: what asks: ``report``, ``workbook``, ``decision``, ``release``.
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: TE087 naming the phase and what comes next.
    """
    if not case.evaluations:
        raise _nothing_yet(case, what, record)


def check_evaluated(case: Case, what: str, record: str) -> None:
    """See that there is a result across quality and price, at one lot at least; as `check_told` does.

    Raises:
        Refused: TE087 naming the phase and what comes next.
    """
    if not any(map(case.evaluated, case.state.lots)):
        raise _nothing_yet(case, what, record)


def not_decided(case: Case, what: str, lots: Iterable[str], record: str) -> Refused:
    """The refusal, TE088, of what goes out only once lots are decided: it names their phases, and what comes next.

    Args:
        what: what is refused: ``letters`` or ``notices``.
        lots: those that are not decided.
        record: the record's file, as the commands of what comes next name it.
    """
    waiting = tuple(lots)
    phases = [t("told.phase of lot" if lot else "told.phase", lot=lot, phase=_words(case, lot)) for lot in waiting]
    message = t("told.undecided", what=t(f"document.{what}"), phases=in_a_row(phases))
    hint = t("told.or draft", next=_next(case, record, waiting))
    return Refused([Diagnostic("TE088", message, Location(record), hint)])


def nobody_to_tell(case: Case, record: str) -> Refused:
    """The refusal, TE088, of letters where no bids came in."""
    message = t("told.nobody", phase=_words(case))
    return Refused([Diagnostic("TE088", message, Location(record), _next(case, record))])


def _nothing_yet(case: Case, what: str, record: str) -> Refused:
    over = any(map(case.decided, case.state.lots))  # nobody is awarded, and nothing was evaluated
    message = t("told.never" if over else "told.not yet", what=t(f"document.{what}"), phase=_words(case))
    hint = _next(case, record)
    return Refused([
        Diagnostic("TE087", message, Location(record), t("told.decision", next=hint, record=record) if over else hint)
    ])  # fmt: skip


def _words(case: Case, lot: str | None = None) -> str:
    """The phase of a lot, or of the whole case, as it is written in a sentence."""
    return str(case.phase() if lot in (None, WHOLE) else case.phase(lot)).replace("_", " ")


def _next(case: Case, record: str, lots: tuple[str, ...] = ()) -> str:
    """The commands of what comes next, of some lots or of all."""
    acts = [act for act in next_acts(case.state) if not lots or act.lot in (WHOLE, *lots)]
    return t("told.next", commands="; ".join(act.typed(record) for act in acts))
