"""Marks of criteria that a scheme does not have."""

from __future__ import annotations

from collections.abc import Collection

from tender_eval.files import mends
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Problems, did_you_mean, nearly
from tender_eval.model.location import place


def note_unknown_marks(bids: Bids, known: Collection[str], problems: Problems) -> None:
    """Note marks of none of the criteria of a scheme."""
    for bid in bids.bids:
        for name, mark in bid.marks.items():
            if name not in known:
                where = place(name, mark.where)
                who = f'bid "{bid.id}" has a mark'
                if mends.in_table(where):  # told once, at the heading
                    who = "the marks of this column are"
                message = f'{who} for "{name}", which is no criterion of the scheme'
                problems.add("TE051", where, message, _meant(name, known, bid))


def _meant(name: str, known: Collection[str], bid: Bid) -> str:
    """The criterion that a mark of none may be for; never one for which the bid has its mark."""
    near = nearly(name, known)
    if near and near[0] in bid.marks:
        return f'remove it, or see which is meant: the bid has a mark for "{near[0]}" as well'
    return did_you_mean(name, known)
