"""Agreed marks held against the individual ones: what courts asked about, told before anybody relies on them.

The marks agreed away from those that evaluators had given were pleaded in a tender for domestic abuse services (interim
judgment [2015] EWHC 876 (TCC)); a reason that explains no mark sank an award in Lancashire Care v Lancashire CC [2018]
EWHC 1589 (TCC).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from tender_eval.case.panel import people, reasons
from tender_eval.case.panel.remark import Marked, Remark, marks_of
from tender_eval.case.state import State
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Refused, Severity
from tender_eval.model.digits import shown
from tender_eval.model.panel_rule import PanelRule

_AWAY = (
    "agree it again, or let its reason say why: what was given and what was agreed is asked in [2015] EWHC 876 (TCC)"
)


def remarks(bids: Bids, rule: PanelRule) -> tuple[Diagnostic, ...]:
    """What is to be told of agreed marks in a file of bids; errors are what the scheme refuses."""
    every = tuple(marks_of(bids))
    found = (*_of_marks(bids, every), *people.few(every, rule), *people.strangers(every))
    return tuple(one.diagnostic(rule) for one in found)


def remarks_of(state: State) -> tuple[Diagnostic, ...]:
    """What is to be told of agreed marks in a case, where the people of its panel are known."""
    rule = state.whole.scheme.panel
    if state.panel is None:
        return remarks(state.bids, rule)
    every = tuple(marks_of(state.bids))
    found = (*_of_marks(state.bids, every), *people.not_given(state), *people.not_on_it(state, every))
    return tuple(one.diagnostic(rule) for one in found)


def remarks_before_lock(state: State) -> tuple[Diagnostic, ...]:
    """As `remarks_of` where nothing is refused yet: what the scheme will refuse is told as a warning that says so."""
    return tuple(
        replace(one, hint=f"{one.hint}; the scheme refuses it when marks are locked", severity=Severity.WARNING)
        if one.severity is Severity.ERROR
        else one
        for one in remarks_of(state)
    )


def check_agreed(state: State) -> None:
    """See that the scheme refuses no agreed mark of a case.

    Raises:
        Refused: with what it refuses.
    """
    if state.whole.scheme.panel.refuse:
        refuse(remarks_of(state))


def refuse(found: Iterable[Diagnostic]) -> None:
    """See that the scheme refuses nothing of what is to be told.

    Raises:
        Refused: with what it refuses.
    """
    if faults := [one for one in found if one.severity is Severity.ERROR]:
        raise Refused(faults)


def _of_marks(bids: Bids, every: tuple[Marked, ...]) -> Iterator[Remark]:
    for one in every:
        yield from _away(one)
    yield from reasons.remarks(bids, every)
    yield from people.spelt(every)


def _away(one: Marked) -> Iterator[Remark]:
    """A mark that is outside of those given, or another than most people gave."""
    mark = one.mark
    given = list(mark.given.values())
    agreed = mark.value
    if mark.agreed is None or not isinstance(agreed, Fraction) or not given:
        return
    said = f"the agreed mark of {one.said} is {shown(agreed)}"
    usual, times = Counter(given).most_common(1)[0]
    if not min(given) <= agreed <= max(given):
        least, most = shown(min(given)), shown(max(given))
        all_of = f"{len(given)} people gave {least} to {most}" if least != most else f"{len(given)} gave {least}"
        yield Remark("outside", mark.agreed.where, f"{said}: {all_of}", _AWAY)
    elif usual != agreed and 2 * times > len(given):
        message = f"{said}, and {times} of {len(given)} gave {shown(usual)}"
        yield Remark("majority", mark.agreed.where, message, _AWAY)
