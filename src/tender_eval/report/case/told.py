"""What may be told of a case in its phase: whoever writes a document of it asks here first."""

from __future__ import annotations

from typing import NoReturn

from tender_eval.case.case import Case
from tender_eval.case.next import next_acts
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

t = catalogue("case")


def check_told(case: Case, what: str, record: str) -> None:
    """See that there is something to tell of: anything that was evaluated.

    Args:
        what: what asks: ``report``, ``workbook``, ``decision``.
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: TE087 naming the phase and what comes next.
    """
    if not case.evaluations:
        _refuse(case, what, record)


def check_evaluated(case: Case, what: str, record: str) -> None:
    """See that there is a result across quality and price, at one lot at least; as `check_told` does.

    Raises:
        Refused: TE087 naming the phase and what comes next.
    """
    if not any(case.phase(lot).evaluated for lot in case.state.lots):
        _refuse(case, what, record)


def _refuse(case: Case, what: str, record: str) -> NoReturn:
    phase = str(case.phase()).replace("_", " ")
    message = t("told.not yet", what=t(f"document.{what}"), phase=phase)
    hint = t("told.next", commands="; ".join(step.typed(record) for step in next_acts(case.state)))
    raise Refused([Diagnostic("TE087", message, Location(record), hint)])
