"""What is to be told of the suppliers in a bids file: names that may mean one, bids that share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from tender_eval.base.look_alike import skeletons
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.suppliers import Organisation, Suppliers, folded, organisations_of, suppliers_of

_HINT = "state supplier.identifier in each bid, the same for one supplier and another for each other"
_NAMED = 80  # letters of a name in a message
_LONGEST = 40  # letters of a word in which a slip is looked for
_SHORTEST = 4  # letters of a word in which a slip is looked for: "A" and "B" are two bidders


def tell_suppliers(bids: Bids, problems: Problems) -> None:
    """Tell which names and identifiers may be one supplier's or two, and which bids for a lot share one."""
    everyone = [one for bid in bids.bids for one in organisations_of(bid) if not one.bid]
    _identifiers(everyone, problems)
    _names(everyone, problems)
    _spellings(everyone, problems)
    _sharing(bids, suppliers_of(bids.bids), problems)


def _identifiers(everyone: Iterable[Organisation], problems: Problems) -> None:
    """One name with two identifiers."""
    first: dict[str, Organisation] = {}
    told: set[tuple[str, str]] = set()
    for one in everyone:
        if not one.identifier:
            continue
        other = first.setdefault(one.called, one)
        key = one.called, folded(one.identifier)
        if folded(other.identifier) != key[1] and key not in told:
            told.add(key)
            message = (
                f'"{one.name[:_NAMED]}" has the identifier {one.identifier} here and {other.identifier} at '
                f"{other.where}: counted as two suppliers"
            )
            problems.tell("TE503", one.where, message, "correct the identifier that is wrong, if they are one")


def _names(everyone: Iterable[Organisation], problems: Problems) -> None:
    """One identifier with two names."""
    first: dict[str, Organisation] = {}
    told: set[tuple[str, str]] = set()
    for one in everyone:
        if not one.identifier:
            continue
        key = folded(one.identifier), one.called
        other = first.setdefault(key[0], one)
        if other.called != one.called and key not in told:
            told.add(key)
            message = (
                f'the identifier {one.identifier} is that of "{one.name[:_NAMED]}" here and of '
                f'"{other.name[:_NAMED]}" at {other.where}: counted as one supplier'
            )
            problems.tell("TE503", one.where, message, "correct the identifier that is wrong, if they are two")


def _spellings(everyone: Iterable[Organisation], problems: Problems) -> None:
    """Names without identifier that are written in two ways, or nearly alike."""
    first: dict[str, Organisation] = {}
    told: set[str] = set()
    for one in everyone:
        other = first.setdefault(one.called, one)
        if (one.identifier and other.identifier) or one.name in told or folded(one.name) == folded(other.name):
            continue
        told.add(one.name)
        message = f'"{one.name[:_NAMED]}" here and "{other.name[:_NAMED]}" at {other.where} are counted as one supplier'
        problems.tell("TE503", one.where, message, _HINT)
    for one, other in _near(first):
        if not (one.identifier and other.identifier):
            message = f'"{one.name[:_NAMED]}" here is nearly "{other.name[:_NAMED]}" at {other.where}: '
            message += "counted as two suppliers"
            problems.tell("TE503", one.where, message, _HINT)


def _near(named: dict[str, Organisation]) -> Iterator[tuple[Organisation, Organisation]]:
    """Each name that is nearly an earlier one: its words in another order, run together, one letter off in one, or in
    letters that look like the other's.

    Found by what is left of a name when a letter is taken out, so that thousands of names cost no more than each its
    own length.
    """
    seen: dict[object, str] = {}
    for name, one in named.items():
        marks = list(_marks(name))
        if other := next((seen[mark] for mark in marks if mark in seen), None):
            yield one, named[other]
        for mark in marks:
            seen.setdefault(mark, name)


def _marks(name: str) -> Iterator[object]:
    words = name.split()
    yield "".join(words)
    yield from (("looks like", found) for found in skeletons(name))
    yield tuple(sorted(words))
    for n, word in enumerate(words):
        if _SHORTEST <= len(word) <= _LONGEST and word.isalpha():
            for at in range(len(word)):
                yield (*words[:n], (word[:at] + word[at + 1 :],), *words[n + 1 :])
            yield (*words[:n], (word,), *words[n + 1 :])


def _sharing(bids: Bids, suppliers: Suppliers, problems: Problems) -> None:
    """Bids for one lot, of two bidders, behind which one supplier or group stands."""
    if not suppliers.shared:
        return
    for other, one in _pairs(bids, suppliers):
        if not suppliers.same(one.id, other.id):
            message = (
                f'bids "{other.id}" and "{one.id}" compete, and one supplier or group of companies stands behind both'
            )
            hint = "ask both how they were kept apart; limits count what either is awarded"
            problems.tell("TE503", one.where, message, hint)


def _pairs(bids: Bids, suppliers: Suppliers) -> Iterator[tuple[Bid, Bid]]:
    """Every two bids that are for one lot and share a supplier."""
    whole = not bids.tender.lots
    by_supplier: dict[int, list[Bid]] = {}
    for bid in (bid for bid in bids.bids if bid.removed is None):
        for number in suppliers.behind[bid.id]:
            by_supplier.setdefault(number, []).append(bid)
    for sharing in by_supplier.values():
        for other, one in combinations(sharing, 2):
            if whole or not one.lots.keys().isdisjoint(other.lots):
                yield other, one


def refuse_second_bids(bids: Bids, variants: bool, problems: Problems) -> None:
    """Note every second bid of one bidder for one lot, or for a tender without lots, unless variants are allowed."""
    suppliers = suppliers_of(bids.bids)
    if variants or not suppliers.shared:
        return
    first: dict[tuple[str, str], Bid] = {}
    for bid in (b for b in bids.bids if b.removed is None and not b.of):  # a withdrawn bid may be replaced by another
        for key in sorted(suppliers.own[bid.id]):
            other = first.setdefault(key, bid)
            if other is not bid:
                lot = f' for lot "{bid.lot}"' if bid.lot else ""
                message = f'bid "{bid.id}" is a second bid of {bid.name[:_NAMED]}{lot}, beside bid "{other.id}"'
                hint = (
                    "keep the one that counts; state supplier.identifier in both if they are two suppliers; or add "
                    "variants: true to the scheme's award, if the tender allows them"
                )
                problems.add("TE502", bid.where, message, hint)
                break
