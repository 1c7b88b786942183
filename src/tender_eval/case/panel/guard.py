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

from tender_eval.case.acts import Act
from tender_eval.case.panel import people, reasons
from tender_eval.case.panel.moves import again, moves, one_way, turning
from tender_eval.case.panel.remark import CODES, Marked, Remark, marks_of
from tender_eval.case.state import State
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Refused, Severity
from tender_eval.model.digits import shown
from tender_eval.model.location import Location

_AWAY = "let its reason say why: what was given and what was agreed is asked in [2015] EWHC 876 (TCC)"


def remarks(compiled: CompiledScheme, bids: Bids) -> tuple[Diagnostic, ...]:
    """What is to be told of agreed marks in a file of bids; errors are what the scheme refuses."""
    return remarks_of(State(compiled, received=bids, reached={"evaluate": 0}))


def remarks_of(state: State) -> tuple[Diagnostic, ...]:
    """What is to be told of agreed marks in a case; errors are what its scheme refuses."""
    rule, every = state.whole.scheme.panel, tuple(marks_of(state.bids))
    found = [*_away_from_given(state, every), *reasons.remarks(state.bids, every)]
    found += (*people.spelt(every), *people.bidders(state.bids, every))
    if state.panel is None:
        found += (*people.few(every, rule), *people.strangers(every))
    else:
        found += (*people.not_given(state), *people.not_on_it(state, every))
    return tuple(one.diagnostic(rule) for one in found)


def remarks_with_prices(state: State) -> tuple[Diagnostic, ...]:
    """Of `remarks_of`, what can be told no sooner than prices are there: whether moved marks turn the award."""
    rule = state.whole.scheme.panel
    if rule.computed:
        return ()
    return tuple(one.diagnostic(rule) for one in turning(state, moves(marks_of(state.bids))))


def remarks_before_lock(state: State) -> tuple[Diagnostic, ...]:
    """As `remarks_of` where nothing is refused yet: what the scheme will refuse is told as a warning that says so."""
    return tuple(
        replace(one, hint=f"{one.hint}; the scheme refuses it when marks are locked", severity=Severity.WARNING)
        if one.severity is Severity.ERROR
        else one
        for one in remarks_of(state)
    )


def remarks_after(act: Act, state: State) -> tuple[Diagnostic, ...]:
    """What is to be told once an act is entered: of all that is agreed, of a mark that it put right, of the award."""
    if act.kind == "agree":
        return remarks_before_lock(state)
    if act.kind == "evaluate":
        return remarks_with_prices(state)
    if act.kind != "correct" or not act.said("field").startswith("marks."):
        return ()
    every, here = remarks_of(state), Location(f"record entry {act.number}")
    turned = [one for one in every if one.code == CODES["winner"]] if "evaluate" in state.reached else []
    return (*(one for one in every if one.where == here and one not in turned), *turned)


def check_agreed(state: State) -> None:
    """See that the scheme refuses no agreed mark of a case.

    Raises:
        Refused: with what it refuses.
    """
    if state.whole.scheme.panel.refuse:
        refuse(remarks_of(state))


def check_award(state: State) -> None:
    """See that the scheme does not refuse marks that turn the award, once prices are there.

    Raises:
        Refused: with what it refuses.
    """
    if "winner" in state.whole.scheme.panel.refuse:
        refuse(remarks_with_prices(state))


def refuse(found: Iterable[Diagnostic]) -> None:
    """See that the scheme refuses nothing of what is to be told.

    Raises:
        Refused: with what it refuses.
    """
    if faults := [one for one in found if one.severity is Severity.ERROR]:
        raise Refused(faults)


def _away_from_given(state: State, every: tuple[Marked, ...]) -> Iterator[Remark]:
    """Agreed marks by themselves, those of a bid together, and all of them; a computed mark is the statistic itself."""
    if state.whole.scheme.panel.computed:
        return
    hint = f"{again(state)}, or {_AWAY}"
    for one in every:
        yield from _away(one, hint)
    moved = moves(every)
    yield from one_way(moved)
    yield from turning(state, moved)


def _away(one: Marked, hint: str) -> Iterator[Remark]:
    """A mark that is outside of those given, another than most people gave, or one that nobody gave."""
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
        yield Remark("outside", mark.agreed.where, f"{said}: {all_of}", hint)
    elif usual != agreed and 2 * times > len(given):
        message = f"{said}, and {times} of {len(given)} gave {shown(usual)}"
        yield Remark("majority", mark.agreed.where, message, hint)
    elif agreed not in given:
        message = f"{said}, which nobody gave: {', '.join(map(shown, sorted(given)))}"
        yield Remark("nobody_gave", mark.agreed.where, message, hint)
