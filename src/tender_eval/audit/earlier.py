"""The kinds of entries that tender-eval 0.1.0 made, which no act is: they are read and checked, and made no more.

What people entered by ``audit append`` changed nothing but marks: a decision was a remark, and so it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tender_eval.base.canonical import Data
from tender_eval.case.acts import Act, Entry
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location

CORRECTION, PRICES, PRICE_OPENED = "correction", "prices", "price_opened"


class EarlierKind(NamedTuple):
    """What an entry must say, what it may say too, and after which kind about the same bid it may stand."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ("made_by",)
    after: str = ""


KINDS: dict[str, EarlierKind] = {
    "clarification": EarlierKind(("text",), ("bid", "made_by")),
    "abnormally_low_query": EarlierKind(("bid", "text")),
    "abnormally_low_answer": EarlierKind(("bid", "text"), after="abnormally_low_query"),
    CORRECTION: EarlierKind(("bid", "criterion", "old", "new", "reason"), ("lot", "made_by")),
    "decision": EarlierKind(("text",), ("bid", "made_by")),
}


def check_body(
    kind: str, body: Mapping[str, Data], where: Location, bids: Bids, entries: tuple[Entry, ...], problems: Problems
) -> None:
    """Note what is wrong with the body of an entry of one of `KINDS`.

    Args:
        entries: what the record says before it.
    """
    asked = KINDS[kind]
    for name in asked.required:
        value = body.get(name)
        if not isinstance(value, str) or not value.strip():
            problems.add("TE085", where, f"an entry of kind {kind} needs {name}")
    for name, value in body.items():
        if name not in (*asked.required, *asked.optional) or not isinstance(value, str):
            problems.add("TE085", where, f"an entry of kind {kind} does not say {name}")
    bid = body.get("bid")
    known = [b.id for b in bids.bids]
    if isinstance(bid, str) and bid and bid not in known:
        problems.add("TE070", where, f'there is no bid "{bid}" in the record', did_you_mean(bid, known))
    if asked.after and not any(e.kind == asked.after and e.body.get("bid") == bid for e in entries):
        message = f'there is no entry of kind {asked.after} about bid "{bid}" that this one could answer'
        problems.add("TE085", where, message)


def as_act(number: int, body: Mapping[str, Data], at: str) -> Act:
    """A correction of a mark as the act that it would be now."""
    said = {name: value for name, value in body.items() if name != "criterion"}
    return Act(number, "correct", {**said, "field": f"marks.{body.get('criterion')}"}, at)
