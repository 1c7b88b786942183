"""The reasons of agreed marks: there, said of one mark, and of no other bid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tender_eval.case.panel.comparisons import BidderNames, comparison_in
from tender_eval.case.panel.remark import Marked, Remark
from tender_eval.model.bids import Bid, Bids, Mark
from tender_eval.model.suppliers import folded

_STOCK = "say of each what the bid states and shows; see Lancashire Care [2018] EWHC 1589 (TCC)"
_SAYS_NOTHING = frozenset(
    ("", "na", "none", "no reason", "tbc", "tba", "todo", "see above", "as above", "ditto", "not applicable", "nil")
)


def remarks(bids: Bids, every: Iterable[Marked]) -> Iterator[Remark]:
    """What is to be told of the reasons of marks that evaluators gave, too."""
    guarded = [one for one in every if one.mark.individual]
    said = [one for one in guarded if not says_nothing(one.mark.reason)]
    yield from _none(guarded)
    yield from _stock(said)
    yield from _of_others(bids, said)


def _none(guarded: Iterable[Marked]) -> Iterator[Remark]:
    """Marks that were agreed and give no reason, told once."""
    bare = [one for one in guarded if one.mark.agreed and says_nothing(one.mark.reason)]
    if bare:
        more = len(bare) - 1
        others = f", nor {'has 1 other' if more == 1 else f'have {more} others'}" if more else ""
        message = f"the agreed mark of {bare[0].said} has no reason{others}"
        yield Remark(
            "no_reason", bare[0].mark.figure_at, message, "write the panel's reason, as the bidder is to read it"
        )


def _stock(said: Iterable[Marked]) -> Iterator[Remark]:
    """The same words as the reason of several marks."""
    by_words: dict[str, list[Marked]] = {}
    for one in said:
        by_words.setdefault(folded(one.mark.reason), []).append(one)
    for alike in by_words.values():
        if len(alike) > 1:
            first = alike[0]
            words = first.mark.reason.strip()[:80]
            message = f'the reason for "{first.name}" of {first.bid.called("marks")} stands for {len(alike)} marks'
            yield Remark("stock", first.mark.where, f'{message}: "{words}"', _STOCK)


def _of_others(bids: Bids, said: Iterable[Marked]) -> Iterator[Remark]:
    """Reasons that name another bidder, or compare bids."""
    names, ids = BidderNames(parties(bids.bids)), BidderNames(bid.id for bid in bids.bids)
    for bid, _, name, mark in said:
        if found := of_another(bid, mark, names, ids):
            message = f'the reason for "{name}" of {bid.called("marks")} is about another bid: "{found}"'
            hint = "say what this tender offers against the criterion and its scale, and nothing of other bids"
            yield Remark("other_bid", mark.where, message, hint)


def of_another(bid: Bid, mark: Mark, names: BidderNames, ids: BidderNames) -> str | None:
    """The words of a reason that are about another bid, or None.

    Args:
        names: of everybody whom the bids name.
        ids: of all bids.
    """
    others = (one for one in ids.perhaps_in(mark.reason) if one != bid.id)
    return comparison_in(mark.reason, names_of_others(names, bid, mark), others)


def names_of_others(names: BidderNames, bid: Bid, mark: Mark) -> Iterator[str]:
    """The names of others that a reason may hold."""
    own = {name.casefold() for name in parties((bid,))}
    return (name for name in names.perhaps_in(mark.reason) if name.casefold() not in own)


def parties(bids: Iterable[Bid]) -> tuple[str, ...]:
    """The names of the bidders and of the members of their consortia."""
    return tuple(name for bid in bids for name in (bid.name, *(m.name for m in bid.members)) if name)


def says_nothing(reason: str) -> bool:
    """Whether a reason is none, such as "n/a"."""
    said = " ".join("".join(c if c.isalnum() else " " for c in reason).casefold().split())
    return said.replace("n a", "na") in _SAYS_NOTHING or not any(c.isalpha() for c in said)
