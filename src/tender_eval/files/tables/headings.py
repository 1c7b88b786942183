"""The headings of a table of bids: what each means, and what is said of one that means nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from tender_eval.files.bids.file import (
    BenefitFile,
    BidFile,
    LotFile,
    LotOfBidFile,
    RemovedFile,
    TenderFile,
    WholeMark,
)
from tender_eval.files.bids.organisations import MemberFile, SupplierFile
from tender_eval.files.fields import COLUMN_PATTERN
from tender_eval.files.outside import outside_the_format
from tender_eval.files.tables.own_words import meant_by, question, renamed
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Text

LONGEST_SHOWN = 60  # characters of a cell that a message repeats
MOST_LISTED = 6  # headings that a message names

ID = r"[A-Za-z0-9][A-Za-z0-9_\-]*"
_ABOUT_MARK = r"agreed|reason|note|agreed_by|on"
_REMOVED = "removed\\.(?:kind|reason|clause)"
_OF_PRICE = rf"price|discount|(?:prices|rates|totals|costs)\.{ID}"
_OF_MARK = rf"marks\.{ID}(?:\.(?:{_ABOUT_MARK})|\.individual\.{ID})?"
_OF_BENEFIT = rf"benefits\.{ID}(?:\.(?:amount|source))?"
_FIGURES = rf"{_REMOVED}|{_OF_PRICE}|values\.{ID}|{_OF_BENEFIT}|{_OF_MARK}"
_OF_TENDER = rf"tender\.(?:id|(?:lots\.{ID}\.)?(?:title|title_cy|annual_value|areas))"
_OF_MEMBER = r"consortium\.members\.[1-9][0-9]?\."
_OF_PACKAGE = rf"packages\.[1-9][0-9]?\.(?:lots|{_OF_PRICE}|by_lot\.{ID}\.(?:{_OF_PRICE}))"
_OF_DISCOUNT = r"discounts\.[1-9][0-9]?\.(?:lots|at_least|off|sum_off)"
_CONSORTIUM = rf"consortium\.lead|{_OF_MEMBER}\w+"
HEADING = re.compile(
    rf"id|currency|preference|roles\.{ID}|supplier\.\w+|declarations\.{ID}|{_CONSORTIUM}|{_FIGURES}|lots\.{ID}\.(?:alone|{_FIGURES})|{_OF_TENDER}"
    rf"|{_OF_PACKAGE}|{_OF_DISCOUNT}"
)
_TEXT = re.compile(
    rf"currency|preference|roles\..*|(?:supplier\.|{_OF_MEMBER})(?!annual_income$|years_in_area$|share$).*|consortium\.lead"
    rf"|(?:lots\.[^.]+\.)?(?:{_REMOVED}|marks\.[^.]+\.(?:reason|note|agreed_by|on)|benefits\.[^.]+\.source)"
    r"|tender\.(?:.+\.)?(?:title|title_cy|areas)|(?:packages|discounts)\.[0-9]+\.lots"
)
_EXAMPLES = "a heading is id, price, prices.annual_price, marks.delivery, supplier.name, values.accepted or alike"

_MEMBERS = "number the members: consortium.members.1.name, consortium.members.1.share, consortium.members.2.name, ..."
_OFFERS = "number them: packages.1.lots and packages.1.price, packages.1.by_lot.north.price, discounts.1.off, ..."

_SHARES = re.compile(rf"{_OF_MEMBER}share|discounts\.[0-9]+\.off|lots\.[^.]+\.alone")  # which a cell may show as 5%
_FREE = re.compile(r"(?:lots\.[^.]+\.)?values\.[^.]+")

Expected = Literal["figure", "free", "text", "declaration"]


def expected(heading: str) -> Expected:
    """What a column of this heading holds: a figure (or an id), a free one, which may be a date, text, or any fact.

    >>> [expected(h) for h in ("price", "values.start", "supplier.name", "declarations.policy")]
    ['figure', 'free', 'text', 'declaration']
    """
    if heading.startswith("declarations.") or _SHARES.fullmatch(heading):
        return "declaration"
    if _FREE.fullmatch(heading):
        return "free"
    return "text" if _TEXT.fullmatch(heading) else "figure"


def holds_figures(heading: str) -> bool:
    """Whether a column of this heading can hold figures."""
    return expected(heading) != "text" and heading not in ("id", "tender.id")


def check_heading(heading: Text, problems: Problems, headings: Sequence[str] = ()) -> None:
    if not heading:
        problems.add("TE061", heading.where, "this column has no heading", "give it a heading, or remove it")
    elif not HEADING.fullmatch(heading) and (outside := outside_the_format(heading)):
        problems.add("TE010", heading.where, f'"{short(heading)}" cannot be said: {outside.what}', outside.instead)
    elif not re.fullmatch(COLUMN_PATTERN, heading):
        meant = meant_by(heading)
        hint = question(meant, headings) if meant else _EXAMPLES
        problems.add("TE061", heading.where, f'"{short(heading)}" is not a dotted name', hint)
    elif heading.startswith("consortium") and not HEADING.fullmatch(heading):
        problems.add("TE061", heading.where, f'"{heading}" names no value of a bid', _MEMBERS)
    elif heading.partition(".")[0] in ("packages", "discounts") and not HEADING.fullmatch(heading):
        problems.add("TE061", heading.where, f'"{heading}" names no value of a bid', _OFFERS)
    elif (unknown := _unknown(heading)) is not None:
        word, known = unknown
        hint = did_you_mean(word, known)
        meant = meant_by(heading) if heading not in known else ""
        if heading in TenderFile.model_fields:
            hint = f'did you mean "tender.{heading}"?'
        elif meant and meant != word.casefold():
            hint = question(meant, headings)
        elif near := re.fullmatch(r'did you mean "(\w+)"\?', hint):
            meant = _with_part(heading, word, near[1])
            hint = f'did you mean "{meant}"?'
            if meant in headings:
                hint = f'remove one of the two: "{meant}" is a heading as well'
        problems.add("TE010", heading.where, f'unknown heading "{heading}"', hint)
    elif not HEADING.fullmatch(heading):
        lot = re.match(rf"lots\.{ID}", heading)
        examples = f"a heading of a lot is {lot[0]}.price, {lot[0]}.marks.delivery or alike" if lot else _EXAMPLES
        problems.add("TE061", heading.where, f'"{heading}" names no value of a bid', examples)


def _with_part(heading: str, old: str, new: str) -> str:
    """The heading with its first part of this name changed."""
    parts = heading.split(".")
    parts[parts.index(old)] = new
    return ".".join(parts)


def _unknown(heading: str) -> tuple[str, list[str]] | None:
    """The first part of a heading that no bid has, and the names that were possible there."""
    parts = heading.split(".")
    inner = parts[2:] if parts[0] == "lots" else parts
    if parts[0] == "roles":
        return None
    if parts[0] == "tender":
        of_lot = parts[1:2] == ["lots"]
        known = sorted((LotFile.model_fields.keys() - {"id"}) if of_lot else TenderFile.model_fields)
        word = parts[3:4] if of_lot else parts[1:2]
        return (word[0], known) if word and word[0] not in known else None
    places: list[tuple[list[str], type[BaseModel]]] = [(parts[:1], BidFile)]
    if parts[0] == "consortium" and len(parts) == 4:
        places.append((parts[3:], MemberFile))
    if parts[0] == "supplier":
        places.append((parts[1:2], SupplierFile))
    if parts[0] == "lots":
        places.append((inner[:1], LotOfBidFile))
    if inner[:1] == ["marks"]:
        places.append((inner[2:3], WholeMark))
    if inner[:1] == ["benefits"]:
        places.append((inner[2:3], BenefitFile))
    if inner[:1] == ["removed"]:
        places.append((inner[1:2], RemovedFile))
    for word, model in places:
        if word and word[0] not in model.model_fields:
            return word[0], sorted([*model.model_fields, *(["tender"] if model is BidFile else [])])
    return None


def in_own_words(headings: Sequence[Text], problems: Problems) -> bool:
    """Whether several headings are in words of their own and none is ours, which is noted once for all of them."""
    filled = [heading for heading in headings if heading]
    own = [heading for heading in filled if not HEADING.fullmatch(heading)]
    if len(own) < 2 or len(filled) - len(own) > ("id" in filled) or not any(map(meant_by, own)):
        return False
    listed = ", ".join(f'"{short(heading)}"' for heading in own[:MOST_LISTED]) + (", ..." if own[MOST_LISTED:] else "")
    problems.add("TE061", own[0].where, f"the headings are in words of their own: {listed}", renamed(own))
    return True


def short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
