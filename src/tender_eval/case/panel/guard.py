"""Agreed marks held against the individual ones: what courts asked about, told before anybody relies on them.

The marks agreed away from those that evaluators had given were pleaded in a tender for domestic abuse services (interim
judgment [2015] EWHC 876 (TCC)); a reason that explains no mark sank an award in Lancashire Care v Lancashire CC [2018]
EWHC 1589 (TCC).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tender_eval.model.bids import Bids, Mark
from tender_eval.model.diagnostics import Diagnostic, Severity
from tender_eval.model.digits import shown
from tender_eval.model.location import Location, place
from tender_eval.model.suppliers import folded

_AWAY = (
    "agree it again, or let its reason say why: what was given and what was agreed is asked in [2015] EWHC 876 (TCC)"
)
_STOCK = "say of each what the bid states and shows; see Lancashire Care [2018] EWHC 1589 (TCC)"


def remarks(bids: Bids) -> tuple[Diagnostic, ...]:
    """What is to be told of agreed marks; nothing of it stops anything."""
    every = list(_marks(bids))
    found = [one for bid, name, mark in every for one in _away(bid, name, mark)]
    return (*found, *_stock(every), *_spelt(every))


def _marks(bids: Bids) -> Iterator[tuple[str, str, Mark]]:
    for bid in bids.bids:
        for marks in (bid.marks, *(part.marks for part in bid.lots.values())):
            yield from ((bid.called("marks"), name, mark) for name, mark in marks.items())


def _away(bid: str, name: str, mark: Mark) -> Iterator[Diagnostic]:
    """A mark that is outside of those given, or another than most people gave."""
    given = [figure.value for figure in mark.individual.values() if isinstance(figure.value, Fraction)]
    agreed = mark.value
    if mark.agreed is None or not isinstance(agreed, Fraction) or not given:
        return
    said = f'the agreed mark of {bid} for "{name}" is {shown(agreed)}'
    usual, times = Counter(given).most_common(1)[0]
    if not min(given) <= agreed <= max(given):
        least, most = shown(min(given)), shown(max(given))
        all_of = f"{len(given)} people gave {least} to {most}" if least != most else f"{len(given)} gave {least}"
        yield _told("TE540", mark.agreed.where, f"{said}: {all_of}", _AWAY)
    elif usual != agreed and 2 * times > len(given):
        yield _told("TE540", mark.agreed.where, f"{said}, and {times} of {len(given)} gave {shown(usual)}", _AWAY)


def _stock(every: list[tuple[str, str, Mark]]) -> Iterator[Diagnostic]:
    """The same words as the reason of several marks that evaluators gave."""
    by_words: dict[str, list[tuple[str, str, Mark]]] = {}
    for one in every:
        if one[2].individual and folded(one[2].reason):
            by_words.setdefault(folded(one[2].reason), []).append(one)
    for alike in by_words.values():
        if len(alike) > 1:
            bid, name, mark = alike[0]
            message = f'the reason for "{name}" of {bid} stands for {len(alike)} marks: "{mark.reason.strip()[:80]}"'
            yield _told("TE541", mark.where, message, _STOCK)


def _spelt(every: list[tuple[str, str, Mark]]) -> Iterator[Diagnostic]:
    """Two names of evaluators that differ in capitals and spaces alone."""
    names = {who: place(who, figure.where) for _, _, mark in every for who, figure in mark.individual.items()}
    for one, other in combinations(names, 2):
        if one != other and folded(one) == folded(other):
            message = f'"{other}" and "{one}" seem to be one evaluator, and count as two'
            yield _told("TE542", names[other], message, f'write "{one}" in both places')


def _told(code: str, where: Location, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, where, hint, Severity.WARNING)
