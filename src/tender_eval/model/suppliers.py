"""Who stands behind bids: a supplier by its identifier, failing that by its name; linked companies as one.

Limits are on suppliers, over all their bids and their memberships of consortia, and never on bids.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from tender_eval.model.bids import Bid, Figure
from tender_eval.model.company_endings import ENDINGS
from tender_eval.model.location import Location, place

_ENDINGS = frozenset(tuple(ending.split()) for ending in chain(*ENDINGS.values()))
_LONGEST = max(map(len, _ENDINGS))
_SUBCONTRACTOR = re.compile(r"sub-?\s?contract", re.IGNORECASE)
_DROPPED = re.compile("[.'\u2019\u00ad]")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def compared(name: str) -> str:
    """A name as it is compared: folded, without punctuation, company endings and a leading "the" trimmed.

    >>> compared("ALDER & Co. Ltd"), compared("Alder and"), compared("Limited"), compared("\uff21lder plc")
    ('alder', 'alder and', 'limited', 'alder')
    """
    text = folded(name).replace("&", " and ").replace("+", " and ")
    words = tuple(_APART.sub(" ", _DROPPED.sub("", text)).split())
    while ending := next((n for n in range(min(_LONGEST, len(words) - 1), 0, -1) if words[-n:] in _ENDINGS), 0):
        words = words[:-ending]
        if len(words) > 1 and words[-1] == "and":  # "Alder & Co. Ltd"
            words = words[:-1]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or folded(name)


def folded(text: str) -> str:
    """A text by Unicode NFKC and case folding, what cannot be seen taken out, spaces as one."""
    if text.isascii():
        return " ".join(text.casefold().split())
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(c for c in once if unicodedata.category(c) != "Cf").split())


class Organisation(NamedTuple):
    """A supplier, or a member of its consortium, as a bid names it; ``bid`` is the bid that names nobody."""

    name: str
    identifier: str
    group: str
    where: Location
    bid: str = ""

    @property
    def called(self) -> str:
        """What its name is compared by."""
        return compared(self.name)


def supplier_of(bid: Bid) -> Organisation:
    """Who bids; a bid that names no supplier is known by nothing but its id."""
    own = bid.of or bid.id
    if bid.name is own:
        return Organisation(bid.name, "", "", place(bid.name, bid.where), own)
    return _organisation(bid.name, {c.removeprefix("supplier."): f for c, f in bid.figures.items()}, bid.where)


def organisations_of(bid: Bid) -> Iterator[Organisation]:
    """Who bids, and the members of its consortium that are confirmed: no sub-contractors, who may be in any bid."""
    yield supplier_of(bid)
    for member in bid.members:
        if member.confirmed and not is_subcontractor(member.role):
            yield _organisation(member.name, member.facts, member.where)


def named_in(bid: Bid) -> Iterator[Organisation]:
    """Everybody whom a bid names: who bids, the members of its consortium and its sub-contractors, confirmed or not."""
    yield supplier_of(bid)
    for member in bid.members:
        yield _organisation(member.name, member.facts, member.where)


def is_subcontractor(role: str) -> bool:
    """Whether a member's role is that of a sub-contractor."""
    return bool(_SUBCONTRACTOR.search(role))


def _organisation(name: str, facts: Mapping[str, Figure], where: Location) -> Organisation:
    stated = {fact: str(facts[fact].value) for fact in ("identifier", "group") if fact in facts}
    return Organisation(name, stated.get("identifier", ""), stated.get("group", ""), place(name, where))


Key = tuple[str, str]
"""What a supplier is known by: ``("identifier", ...)``, failing that ``("name", ...)``, failing both its bid."""


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Who stands behind each of some bids.

    Attributes:
        own: what the bidder itself is known by, by bid; several where its name is that of several identifiers.
        parties: what the bidder and the members of its consortium are known by, by bid.
        behind: the numbers of all suppliers in a bid, linked companies as one, by bid.
        count: how many suppliers there are.
    """

    own: Mapping[str, frozenset[Key]]
    parties: Mapping[str, frozenset[Key]]
    behind: Mapping[str, frozenset[int]]
    count: int

    def same(self, one: str, other: str) -> bool:
        """Whether two bids are of one bidder."""
        return not self.own[one].isdisjoint(self.own[other])

    def share(self, one: str, other: str) -> bool:
        """Whether any supplier, or companies of one group, stand behind both bids."""
        return not self.behind[one].isdisjoint(self.behind[other])

    @property
    def shared(self) -> bool:
        """Whether any two bids have a supplier in common."""
        return sum(map(len, self.behind.values())) > len(frozenset[int]().union(*self.behind.values()))


def suppliers_of(bids: Iterable[Bid]) -> Suppliers:
    """Who stands behind each bid.

    A supplier without identifier is the one of its name that states one; where several do, it counts as each.
    """
    parties = {bid.id: tuple(organisations_of(bid)) for bid in bids}
    everyone = list(chain.from_iterable(parties.values()))
    keys = _keys_of(everyone)
    linked = _linked(keys)
    numbers: dict[Key, int] = {}
    behind = {
        bid: frozenset(numbers.setdefault(linked.root(key), len(numbers)) for one in found for key in sorted(keys[one]))
        for bid, found in parties.items()
    }
    own = {bid: keys[found[0]] for bid, found in parties.items()}
    everybody = {bid: frozenset(key for one in found for key in keys[one]) for bid, found in parties.items()}
    return Suppliers(own, everybody, behind, len(numbers))


class Named:
    """Everybody whom some bids name, to be found by name, by identifier or by the name of their group."""

    def __init__(self, bids: Iterable[Bid]) -> None:
        self._by_bid = {bid.id: tuple(named_in(bid)) for bid in bids}
        self._keys = _keys_of(chain.from_iterable(self._by_bid.values()))
        self._linked = _linked(self._keys)

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each, as a bid first has it."""
        found: dict[str, str] = {}
        for one in self._keys:
            found.setdefault(one.called, one.name)
        return tuple(found.values())

    def keys(self, called: str) -> frozenset[Key]:
        """What those are known by who are called so; nothing where nobody is."""
        name, identifier = compared(called), folded(called)
        found = [
            keys
            for one, keys in self._keys.items()
            if one.called == name
            or (one.group and compared(one.group) == name)
            or (one.identifier and folded(one.identifier) == identifier)
        ]
        return frozenset(key for keys in found for key in keys)

    def bids(self, keys: Iterable[Key]) -> frozenset[str]:
        """The bids that name one of those who are known so, or a company of the same group."""
        roots = {self._linked.root(key) for key in keys}
        return frozenset(
            bid
            for bid, found in self._by_bid.items()
            if any(self._linked.root(key) in roots for one in found for key in self._keys[one])
        )


def _keys_of(everyone: Iterable[Organisation]) -> dict[Organisation, frozenset[Key]]:
    """What each is known by."""
    listed = tuple(everyone)
    known: dict[str, set[Key]] = {}
    for one in listed:
        if one.identifier:
            known.setdefault(one.called, set()).add(("identifier", folded(one.identifier)))
    return {one: _keys(one, known) for one in listed}


def _linked(keys: Mapping[Organisation, frozenset[Key]]) -> _Linked:
    """Companies of one group as one."""
    linked = _Linked()
    for one, found in keys.items():
        for key in found:
            linked.join(key, ("group", compared(one.group)) if one.group else key)
    return linked


def _keys(one: Organisation, known: Mapping[str, set[Key]]) -> frozenset[Key]:
    if one.bid:
        return frozenset({("bid", one.bid)})
    if one.identifier:
        return frozenset({("identifier", folded(one.identifier))})
    return frozenset(known.get(one.called, {("name", one.called)}))


class _Linked:
    """Keys that stand for one, found again through a chain of links."""

    def __init__(self) -> None:
        self._next: dict[Key, Key] = {}

    def root(self, key: Key) -> Key:
        while (following := self._next.get(key, key)) != key:
            self._next[key] = self._next.get(following, following)
            key = following
        return key

    def join(self, one: Key, other: Key) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._next[max(first, second)] = min(first, second)


def apart_from_others(bid: Bid) -> Bid:
    """A bid behind which nobody stands that stands behind another: as it counts where bids are counted."""

    def known(figures: Mapping[str, Figure], prefix: str, identifier: str) -> dict[str, Figure]:
        rest = {name: one for name, one in figures.items() if name != f"{prefix}group"}
        return {**rest, f"{prefix}identifier": Figure(identifier)}

    members = tuple(
        replace(m, facts=known(m.facts, "", f"member {n} of bid {bid.id}")) for n, m in enumerate(bid.members)
    )
    return replace(bid, figures=known(bid.figures, "supplier.", f"bid {bid.id}"), members=members)
