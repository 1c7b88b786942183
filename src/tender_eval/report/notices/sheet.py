"""A field sheet: each field of a notice in its order, with its value or that somebody must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Cell, Document, heading, paragraph, row, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, name, runs
from tender_eval.report.case.order import order_notice
from tender_eval.report.case.phase_checks import check_evaluated, not_decided
from tender_eval.report.terms.scheme import illustrative

t = catalogue("notices", "case")


class Field(NamedTuple):
    """A field: its value, empty where it must be asked for, and what is said below it."""

    label: str
    value: Inline = ""
    note: Inline = ""


def field(key: str, value: Inline = "", note: Inline = "") -> Field:
    """A field by the key of its name."""
    return Field(t(f"field.{key}"), value, note)


def yes_or_no(known: bool | None) -> str:
    """Whether something is so, in a word; empty where that is not known."""
    return "" if known is None else t("yes") if known else t("no")


def section(title: str, fields: Iterable[Field], level: int = 1) -> Iterator[Block]:
    """Fields under a heading."""
    rows = [row((one.label, _cell(one))) for one in fields]
    yield heading(title, level)
    yield table(title, (t("head.field"), t("head.value")), rows, widths=(34, 66), heard=True)


def _cell(one: Field) -> Cell:
    """The value, or that it is to be asked for."""
    asked = not one.value
    return Cell(runs(t("ask") if asked else one.value), below=runs(one.note), tone="bad" if asked else "")


def lots_told(case: Case, draft: bool, record: str) -> tuple[str, ...]:
    """The lots of which notices may tell: those that are decided, in a draft what is evaluated too.

    Raises:
        Refused: TE087 before anything is evaluated or decided, TE088 before an award is decided; each says what comes
            next.
    """
    lots = case.state.lots
    if not any(map(case.decided, lots)):
        check_evaluated(case, "notices", record)
        if not draft:
            raise not_decided(case, "notices", lots, record)
    return tuple(lot for lot in lots if case.decided(lot) or (draft and case.evaluated(lot)))


def sheet(case: Case, kind: str, blocks: Iterable[Block], told: Iterable[str]) -> Document:
    """The document of a sheet.

    Args:
        kind: ``uk6``, ``uk7`` or ``kpis``.
        told: the lots of which it tells.
    """
    tender, scheme = case.bids.tender, case.compiled.scheme
    facts: list[tuple[Inline, Inline]] = [(t("page.scheme"), name(scheme.title))]
    facts += [(t("page.phase"), t(f"phase.{case.phase()}"))]
    return Document(
        tender.title or scheme.title,
        blocks=(*order_notice(case), *blocks, *([paragraph(told_of)] if (told_of := illustrative(scheme)) else [])),
        language=t.tag,
        kind=t(f"kind.{kind}"),
        facts=tuple((runs(name_), runs(value)) for name_, value in facts),
        foot=t.say("foot", head=case.head),
        draft="" if all(map(case.decided, told)) else t("draft"),
    )


def lot_title(case: Case, lot: str) -> str:
    """What a lot is called; of a tender without lots the contract."""
    title = next((x.title for x in case.bids.tender.lots if x.id == lot), "")
    return t("lot titled" if title else "lot", lot=lot, title=title) if lot else t("contract")
