"""Headings in the words that people use: what they may stand for is asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_WORDS = {
    "id": "bid id|bid no|bid number|bid ref|bid reference|no|ref|reference|tender no|tender ref",
    "supplier.name": (
        "vendor|company|bidder|supplier|tenderer|contractor|provider|organisation|organization|firm|offeror|name"
        "|company name|vendor name|bidder name|supplier name|tenderer name|contractor name|provider name"
        "|name of bidder|name of supplier|name of tenderer|name of company"
    ),
    "supplier.identifier": "company number|company no|charity number|registration number|company registration number",
    "supplier.legal_form": "legal form|legal status|type of organisation",
    "supplier.size": "size|company size|sme",
    "supplier.vcse": "vcse|voluntary community or social enterprise",
    "supplier.annual_income": "turnover|income|annual income|annual turnover|revenue",
    "price": (
        "amount|total|total cost|cost|total price|price|bid amount|bid price|tender price|tender sum|contract price"
        "|quote|total bid|total bid price|offer|offer price|net price|sum|total tender price|total amount|bid value"
        "|total value"
    ),
    "marks.<criterion>": "score|mark|marks|quality|quality score|technical score|technical|points|rating|quality mark",
    "declarations.<name>": "compliant|responsive|pass|pass fail|declaration|mandatory requirements met",
}
_MEANT = {word: column for column, words in _WORDS.items() for word in words.split("|")}
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[£$€₴¥]|\b(?:gbp|eur|usd|uah|chf)\b")
_BETWEEN = re.compile(r"[^\w<>]+|_")


def meant_by(heading: str) -> str:
    """The column that a heading may stand for; empty where it says nothing that is known.

    >>> [meant_by(h) for h in ("Vendor", "Total cost (£)", "Bid_Amount", "Colour", "price")]
    ['supplier.name', 'price', 'price', '', 'price']
    """
    plain = _BETWEEN.sub(" ", _ASIDE.sub(" ", heading.casefold())).strip()
    return _MEANT.get(plain, "")


def question(meant: str, headings: Collection[str]) -> str:
    """How to answer what a heading in other words stands for, beside the headings of its table."""
    if meant in headings:
        return f"head it values.<name> if it is another figure than {meant}, or remove it: {meant} is a heading as well"
    if "<" in meant:
        return f"head it {meant} if that is what it holds, values.<name> if another figure, or remove it"
    return f"head it {meant} if that is what it holds, values.<name> if a figure of another kind, or remove it"


def renamed(headings: Iterable[str]) -> str:
    """How to head the columns of a table in words of its own."""
    told = [f'{meant} in place of "{heading}"' for heading in headings if (meant := meant_by(heading))]
    return (
        f"if they are that, write {', '.join(told)}, and give every bid an id in a column headed id; or begin from a "
        "table that has the headings of your scheme: tender-eval bids --template SCHEME --out FILE.xlsx"
    )
