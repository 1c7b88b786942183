"""What the order of the entries tells: what came after a signature, and what was put right after prices were opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from tender_eval.base.times import instant
from tender_eval.case.acts import Entry

CLOSES = frozenset(("signature", "anchor"))
"""What says something of the record itself: it changes nothing of the case."""

_CORRECTS = frozenset(("correct", "correct_file", "correction", "amend_scheme", "recuse", "declare_interest"))
_OPENS = frozenset(("price_opened", "open_prices", "prices"))


def since(entries: tuple[Entry, ...], number: int) -> tuple[Entry, ...]:
    """What was entered of the case after an entry."""
    return tuple(entry for entry in entries[number + 1 :] if entry.kind not in CLOSES)


class Unsigned(NamedTuple):
    """What was entered of the case after somebody's last signature."""

    signature: Entry
    later: tuple[Entry, ...]

    @property
    def signer(self) -> str:
        """The name that the signature gives."""
        return str(self.signature.body.get("signer", ""))


def since_signed(entries: tuple[Entry, ...]) -> tuple[Unsigned, ...]:
    """For everybody who signed what came after: by the key, for a name or another's signature hides nothing."""
    last = {str(entry.body.get("public_key", "")): entry for entry in entries if entry.kind == "signature"}
    found = (Unsigned(entry, since(entries, entry.number)) for entry in last.values())
    return tuple(one for one in found if one.later)


def after_opening(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Every correction, also of the scheme, made when prices were open: where they were sealed, their order tells.

    Whoever is found to have an interest, or none any more, by then, takes marks out or brings them back.
    """
    opened = next((entry.number for entry in entries if entry.kind in _OPENS), len(entries))
    return tuple(entry for entry in entries[opened:] if entry.kind in _CORRECTS and entry.body.get("none") != "true")


def uncommitted(entries: tuple[Entry, ...]) -> bool:
    """Whether sealed prices were opened of which nothing was committed before: no digest, when bids were received."""
    opened = next((entry.number for entry in entries if entry.kind in _OPENS), None)
    return opened is not None and not any(entry.body.get("sealed") for entry in entries[:opened])


def noticed_before(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Decisions whose award notice is dated before they were made: standstill would have begun, or be over, by then.

    A day earlier can be the same one where clocks are in another zone.
    """
    return tuple(entry for entry in entries if entry.kind == "decide" and _is_before(entry))


def _is_before(entry: Entry) -> bool:
    made = instant(entry.at)
    try:
        noticed = date.fromisoformat(str(entry.body.get("notice_on", "")))
    except ValueError:
        return False
    return made is not None and noticed < made.date() - timedelta(days=1)


def named(entries: Iterable[Entry]) -> str:
    """Entries in few words; those of one kind that stand together are told as one.

    >>> named(Entry(n, kind, "", {}, "") for n, kind in ((4, "set_aside"), (5, "score"), (6, "score")))
    'set aside (4), score (5 to 6)'
    """
    told = []
    for kind, group in groupby(entries, lambda entry: entry.kind):
        found = list(group)
        first, last = found[0].number, found[-1].number
        told.append(f"{kind.replace('_', ' ')} ({first}{f' to {last}' if last > first else ''})")
    return ", ".join(told)
