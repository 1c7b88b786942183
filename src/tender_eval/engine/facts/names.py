"""Which facts there are about a bid: columns by dotted name, and what each holds."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from tender_eval.files.fields import ID_PATTERN
from tender_eval.model.diagnostics import did_you_mean

FREELY_NAMED = ("prices", "rates", "totals", "values", "benefits", "declarations", "marks")
GROUPS = ("by_and_for", "local", "small")
"""Groups of providers whose share of delivery is a fact."""

COLUMN_KINDS: dict[str, str] = {
    "price": "the bid's price; the evaluated price where the scheme says how it is made",
    "prices.<name>": "a component of the price",
    "rates.<name>": "the price of one unit of a line of the schedule",
    "totals.<name>": "the price of a line of the schedule, as the bid states it",
    "discount": "the share off a stated sum that is the bid's price",
    "values.<name>": "any other figure of the bid; a date or a duration, in days, where the scheme says so",
    "benefits": "what the service saves others, all benefits of the scheme together, money over the contract",
    "benefits.<name>": "one benefit of the scheme, money over the contract",
    "declarations.<name>": "a declared fact: true counts as 1, false as 0",
    "marks.<criterion>": "the agreed mark of a criterion",
    "supplier.identifier": "text",
    "supplier.group": "text: what links companies to one another",
    "supplier.legal_form": "text",
    "supplier.annual_income": "money a year",
    "supplier.size": "text: micro, small, medium or large",
    "supplier.vcse": "true where a voluntary, community or social enterprise",
    "supplier.by_and_for": "true where led by the community that it serves",
    "supplier.areas": "names of the areas where the supplier already works",
    "supplier.years_in_area": "years",
    "supplier.networks": "names of local partnerships",
    "supplier.is_small": "true where the size is micro or small",
    "supplier.areas_covered": "share of the tender's areas where the supplier already works",
    "supplier.networks_count": "number of different networks of the supplier",
    "pooled.annual_income": "the supplier's and its confirmed members' together, money a year",
    "pooled.years_in_area": "the supplier's and its confirmed members' together, years",
    "consortium.members": "number of confirmed members",
    "consortium.confirmed_share": "share of delivery by confirmed members",
    "consortium.share.<groups>": "share of delivery by the supplier and confirmed members that are in any "
    "of the groups small, local, by_and_for, joined by +",
    "consortium.pathways": "number of different parts of the service that confirmed members deliver",
    "consortium.areas_covered": "share of the tender's areas where the supplier or a confirmed member works",
    "consortium.networks_count": "number of different networks of the supplier and confirmed members",
    "tender.annual_value": "money a year: of the tender, or of the lot alone where it has lots",
    "tender.areas": "names of the areas of the lot, or else of the tender",
}
"""Every column, or kind of column, and what it holds. The text ones serve conditions, not scorers."""


def groups_in(column: str) -> tuple[str, ...] | None:
    """The groups that a column ``consortium.share.<groups>`` names, sorted; None for any other column.

    >>> groups_in("consortium.share.small+local")
    ('local', 'small')
    """
    head, found, names = column.partition("consortium.share.")
    groups = tuple(sorted(names.split("+")))
    good = found and not head and len(set(groups)) == len(groups) and set(groups) <= set(GROUPS)
    return groups if good else None


def known_column(column: str) -> bool:
    """Whether a bid could state a figure of this name, or one could follow from what it states.

    >>> names = ("price", "values.accepted", "consortium.share.small+local", "supplier.sise", "values")
    >>> [known_column(name) for name in names]
    [True, True, True, False, False]
    """
    kind, _, name = column.partition(".")
    if kind in FREELY_NAMED and name:
        return re.fullmatch(ID_PATTERN, name) is not None
    return column in COLUMN_KINDS or groups_in(column) is not None


def mend_of_column(column: str) -> str:
    """A hint for a column that does not exist: the one that may be meant, or those of its kind; else empty.

    >>> mend_of_column("value.hourly_rate"), mend_of_column("values.hourly_rate")
    ('did you mean "values.hourly_rate"?', '')
    """
    return "" if known_column(column) else _nearest(column)


def _nearest(column: str) -> str:
    kind, _, name = column.partition(".")
    of_kind = [c for c in COLUMN_KINDS if c.startswith(f"{kind}.")]
    known = of_kind or [*COLUMN_KINDS, *(f"{free}.{name}" for free in FREELY_NAMED if name)]
    like_it = [c for c in known if not of_kind or get_close_matches(name, [c.removeprefix(f"{kind}.")])]
    if like_it and (near := did_you_mean(column, like_it)).startswith("did you mean"):
        return near
    return f"known here: {', '.join(of_kind or COLUMN_KINDS)}"


def column_of_share(name: str) -> str:
    """The column of which a limit is a share: a fact of the tender goes by its bare name.

    >>> column_of_share("annual_value"), column_of_share("supplier.annual_income")
    ('tender.annual_value', 'supplier.annual_income')
    """
    return f"tender.{name}" if f"tender.{name}" in COLUMN_KINDS else name


def is_text(column: str) -> bool:
    """Whether a column holds text or names, which cannot be counted or compared in size.

    >>> [is_text(c) for c in ("supplier.size", "tender.areas", "tender.annual_value", "values.x")]
    [True, True, False, False]
    """
    return COLUMN_KINDS.get(column, "").startswith(("text", "names of"))


SHARES_OF = "take it of a number: tender.annual_value, price, supplier.annual_income, values.<name> or alike"


class NoShare(NamedTuple):
    """Why no share can be taken of what a limit names, and what it may be taken of."""

    why: str
    mend: str


def no_share_of(name: str, *, of_bid: bool = False) -> NoShare | None:
    """Why no share can be taken of a figure; None where one can.

    Args:
        of_bid: whether it must be a figure of a bid, by its column; else a fact of the tender goes by its bare name.

    >>> no_share_of("annual_value"), no_share_of("supplier.size").why
    (None, 'which is text')
    >>> no_share_of("annual_value", of_bid=True)
    NoShare(why='which is no fact about a bid', mend='did you mean "tender.annual_value"?')
    """
    column = name if of_bid else column_of_share(name)
    if known_column(column):
        return NoShare("which is text", SHARES_OF) if is_text(column) else None
    near = _nearest_share_of(name)
    if of_bid:
        return NoShare("which is no fact about a bid", near.replace('"annual_value"', '"tender.annual_value"'))
    return NoShare("which is no figure of the tender or of a bid", near)


def _nearest_share_of(name: str) -> str:
    bare = {c.partition(".")[2]: c for c in COLUMN_KINDS if c.startswith(("supplier.", "pooled.")) and not is_text(c)}
    whole = {c: c for c in COLUMN_KINDS if not is_text(c) and "<" not in c}
    bare = {**whole, **bare, "annual_value": "annual_value"}
    near = did_you_mean(name, bare)
    if near.startswith("did you mean"):
        found = bare[near.removeprefix('did you mean "').removesuffix('"?')]
        return f'did you mean "{found.replace("pooled.", "supplier.")}"?'
    near = _nearest(name)
    return near if near.startswith("did you mean") and not is_text(near.split('"')[1]) else SHARES_OF
