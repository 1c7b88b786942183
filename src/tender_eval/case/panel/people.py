"""Who gave the marks beside an agreed one, and who agreed it: told where somebody is missing, or was not on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from tender_eval.base.look_alike import alike
from tender_eval.case.panel import progress
from tender_eval.case.panel.reasons import parties
from tender_eval.case.panel.remark import Marked, Remark
from tender_eval.case.panel.sheets import Questions
from tender_eval.case.state import WHOLE, State
from tender_eval.model.bids import Bids
from tender_eval.model.location import place
from tender_eval.model.panel_rule import PanelRule
from tender_eval.model.suppliers import compared, folded

_GIVE = "enter the marks that they gave before it was agreed; or let the panel agree it again, with those who marked"
_BIDDER = "take out the marks of whoever is of a bidder (Procurement Act 2023, ss.81 to 83), or write the name in full"
_ABSENT = "let those agree it who marked this question, and name them alone"


def few(every: Iterable[Marked], rule: PanelRule) -> Iterator[Remark]:
    """Agreed marks with fewer individual ones beside them than the scheme asks for."""
    for one in every:
        given = len(one.mark.individual)
        if rule.least and one.mark.agreed and not one.mark.supposed and given < rule.least:
            message = f"the agreed mark of {one.said} stands on {_marks(given)}, and the scheme asks for {rule.least}"
            yield Remark("missing", one.mark.agreed.where, message, "state the mark of each evaluator under individual")


def not_given(state: State) -> Iterator[Remark]:
    """Agreed marks for which the scheme asks for more, or to which somebody of the panel did not give theirs.

    Where nobody gave any, the case keeps agreed marks alone.
    """
    rule, rows = state.whole.scheme.panel, progress.compared(state)
    kept = any(row.sides for row in rows)
    for row in rows:
        if row.agreed is None or row.agreed.agreed is None:
            continue
        of_lot = f' for lot "{row.key.lot}"' if row.key.lot else ""
        said = f'the agreed mark of bid "{row.key.bid}"{of_lot} for "{row.key.criterion}"'
        where = row.agreed.agreed.where
        if kept and row.missing:
            message = f"{said} stands without the {'mark' if len(row.missing) == 1 else 'marks'} of "
            yield Remark("missing", where, message + ", ".join(row.missing), _GIVE)
        elif rule.least and len(row.marks) < rule.least:
            message = f"{said} stands on {_marks(len(row.marks))}, and the scheme asks for {rule.least}"
            yield Remark("missing", where, message, _GIVE)


def strangers(every: Iterable[Marked]) -> Iterator[Remark]:
    """Marks that somebody agreed who gave none beside them, where it is not known who is of the panel."""
    for one in every:
        gave = set(map(folded, one.mark.individual))
        for who in one.mark.agreed_by if gave else ():
            if folded(who) not in gave:
                message = f'"{who}" agreed the mark of {one.said}, and gave none for it'
                yield Remark("absent", place(who, one.mark.where), message, _ABSENT)


def not_on_it(state: State, every: Iterable[Marked]) -> Iterator[Remark]:
    """Marks that somebody of the panel agreed who does not mark that question."""
    questions = Questions(state)
    for one in every:
        for who in one.mark.agreed_by:
            person = state.panel.find(who) if state.panel else None
            lots = (one.lot,) if one.lot else tuple(one.bid.lots) or (WHOLE,)
            if person and not any(one.name in questions.of(person, lot) for lot in lots):
                message = f"{who} agreed the mark of {one.said}, and does not mark that question"
                yield Remark("absent", place(who, one.mark.where), message, _ABSENT)


def spelt(every: Iterable[Marked]) -> Iterator[Remark]:
    """Two names of evaluators that look alike: they differ in capitals, spaces, accents or the script of letters."""
    names = {who: place(who, figure.where) for one in every for who, figure in one.mark.individual.items()}
    for one, other in combinations(names, 2):
        if one != other and alike((one, other)):
            message = f'"{other}" and "{one}" seem to be one evaluator, and count as two'
            yield Remark("spelling", names[other], message, f'write "{one}" in both places')


def bidders(bids: Bids, every: Iterable[Marked]) -> Iterator[Remark]:
    """Evaluators who are called as a bid, its bidder or a member of its consortium is, each told once."""
    called = {compared(name): bid for bid in reversed(bids.bids) for name in (bid.id, *parties((bid,)))}
    told: set[str] = set()
    for one in every:
        gave = [("marked", who, figure.where) for who, figure in one.mark.individual.items()]
        for did, who, at in (*gave, *(("agreed the mark of", who, one.mark.where) for who in one.mark.agreed_by)):
            bid = called.get(compared(who))
            if bid is not None and compared(who) not in told:
                told.add(compared(who))
                message = f'"{who}" {did} {one.said}, and is called as a bidder is: bid "{bid.id}"'
                yield Remark("bidder", place(who, at), message, _BIDDER)


def _marks(count: int) -> str:
    return "1 individual mark" if count == 1 else f"{count} individual marks"
