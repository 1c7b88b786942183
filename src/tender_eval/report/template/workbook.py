"""An empty workbook of bids for a scheme: its headings are the scheme's and locked, what may be written is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from tender_eval.engine.plan import Plan
from tender_eval.files.bids.fields import SIZES
from tender_eval.files.tables.long_form import BY_LOT, LOTS, MEMBERS
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.bids import OF_A_LOT
from tender_eval.model.digits import shown
from tender_eval.model.panel_rule import PanelRule
from tender_eval.model.pricing.offers_taken import taken_with
from tender_eval.model.scheme import Condition
from tender_eval.report.template.required_fields import Field, RequiredFields, required_fields
from tender_eval.report.workbook.book import Workbook, Worksheet, as_float, safe
from tender_eval.report.workbook.entry import OPEN, choose, offer

WORDS = catalogue("template")
BIDS_ROWS, LONG_ROWS = 200, 5000  # rows that are open for writing
_OPEN = {"insert_rows": True, "delete_rows": True, **OPEN}
_HEAD = {"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True}
_YES_OR_NO = ("vcse", "by_and_for", "confirmed", "alone")
_MONEY = ("annual_income", "annual_value", "sum_off")
_EXPLAINED = frozenset(
    ("Packages lots", "Packages package", "Discounts at_least", "Discounts off", "Discounts sum_off", "Discounts lots")
)


def template_workbook(plan: Plan) -> bytes:
    """The workbook: a row a bid, rows for marks, members and lots where the scheme asks for them, and what is asked."""
    asked, book = required_fields(plan), Workbook(plan.scheme.title)
    by_lot = plan.scheme.award.lots is not None
    own = [one for one in asked.of_bids if not (one in asked.marks or (by_lot and _of_a_lot(one)))]
    conditions = {condition.reads: condition for condition in plan.scheme.conditions}
    bids = _sheet(book, "Bids", ("id", "supplier.name", *(f.heading for f in own if f.heading != "supplier.name")))
    for one in own:
        _offer(bids, one, conditions.get(one.heading))
    _close(bids)
    if by_lot:
        money = [one for one in asked.of_bids if one not in asked.marks and _of_a_lot(one)]
        alone = ("alone",) if _may_leave_alone(plan) else ()
        _listed(book, "Bids by lot", (*BY_LOT.must, *(one.heading for one in money), *alone), by_lot)
        _close(_sheet(book, "Lots", (*LOTS.must, *LOTS.may)))
        _offers(book, asked)
    if asked.marks:
        _marks(book, asked, by_lot, plan.scheme.panel)
    if asked.of_members:
        facts = [name for name in MEMBERS.may if name in asked.of_members or name in ("role", "share", "confirmed")]
        _listed(book, "Consortium", (*MEMBERS.must, *facts), by_lot=False)
    _tender(book, plan, asked)
    _about(book, plan, asked)
    return book.close()


def _may_leave_alone(plan: Plan) -> bool:
    """Whether a bid may be for a lot in packages only."""
    taken = taken_with(plan.scheme.award.lots)
    return taken.packages == "by_lot" and not taken.alone


def _offers(book: Workbook, asked: RequiredFields) -> None:
    """Sheets for what a bid offers for several lots together, a row an offer, or a row each of its lots."""
    for name, headings in _sheets_of_offers(asked):
        if headings:
            table = _listed(book, name, ("bid", *headings), by_lot=True)
            for heading in headings:
                if said := _of_offer(name, heading):
                    table.note(heading, said)


def _sheets_of_offers(asked: RequiredFields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("Packages", asked.of_packages), ("Discounts", asked.of_discounts)


def _of_offer(sheet: str, heading: str) -> str:
    """What a column of an offer holds, where its heading alone does not tell."""
    key = f"{sheet} {heading}"
    return WORDS(key) if key in _EXPLAINED else ""


def _of_a_lot(one: Field) -> bool:
    return one.heading.partition(".")[0] in OF_A_LOT


class _Table(Worksheet):
    """A sheet with locked headings, below which cells are open."""

    def __init__(self, book: Workbook, name: str, headings: Sequence[str], rows: int) -> None:
        super().__init__(book, name, tuple(max(12.0, len(heading) + 3.0) for heading in headings))
        self.sheet.set_footer(WORDS("foot"))
        self.headings, self.rows = list(headings), rows
        for column, heading in enumerate(headings):
            style: dict[str, Any] = {"locked": False, **({"num_format": "@"} if _is_text(heading) else {})}
            self.sheet.set_column(column, column, max(12.0, len(heading) + 3.0), book.format(**style))
        for column, heading in enumerate(headings):
            self.text(column, heading, **_HEAD)
        self.row = 1
        self.freeze(1)

    def note(self, heading: str, text: str) -> None:
        """What a column holds, at its heading."""
        self.sheet.write_comment(0, self.headings.index(heading), safe(text), {"x_scale": 2, "visible": False})

    def validate(self, heading: str, **rule: Any) -> None:
        """Offer, or ask for, what a column may hold."""
        offer(self, (1, self.rows), self.headings.index(heading), **rule)

    def choose(self, heading: str, choices: Iterable[str]) -> None:
        """Offer one of some texts."""
        choose(self, (1, self.rows), self.headings.index(heading), choices)

    def choose_from(self, heading: str, sheet: str) -> None:
        """Offer the ids that another sheet has in its first column."""
        source = f"='{sheet}'!$A$2:$A${BIDS_ROWS + 1}"
        self.validate(heading, validate="list", source=source, error_type="warning")


def _is_text(heading: str) -> bool:
    last = heading.rpartition(".")[2]
    return last in ("id", "bid", "lot", "criterion", "evaluator", "name", "identifier", "reason", "title")


def _sheet(book: Workbook, name: str, headings: Sequence[str], rows: int = BIDS_ROWS) -> _Table:
    return _Table(book, name, headings, rows)


def _close(table: _Table) -> None:
    for heading in table.headings:
        name = heading.rpartition(".")[2]
        if name == "size":
            table.choose(heading, SIZES)
        elif name in _YES_OR_NO:
            table.choose(heading, ("true", "false"))
        elif name in _MONEY or heading == "price" or heading.startswith("prices."):
            table.validate(heading, validate="decimal", criteria=">=", value=0, error_message=WORDS("digits"))
    table.sheet.protect("", _OPEN)


def _listed(book: Workbook, name: str, headings: Sequence[str], by_lot: bool) -> _Table:
    """A table of several rows a bid."""
    table = _sheet(book, name, headings, LONG_ROWS)
    table.choose_from("bid", "Bids")
    if by_lot and "lot" in headings:
        table.choose_from("lot", "Lots")
    _close(table)
    return table


def _offer(table: _Table, one: Field, condition: Condition | None) -> None:
    table.note(one.heading, WORDS("note", title=one.title, holds=_holds(one)))
    if condition and isinstance(condition.must_be, bool):
        table.choose(one.heading, ("true", "false"))
    elif condition and condition.one_of:
        table.choose(one.heading, condition.one_of)
    elif one.one_of:
        table.choose(one.heading, [shown(mark) for mark in one.one_of])
    elif one.least is not None and one.most is not None:
        _between(table, one.heading, one.least, one.most)


def _between(table: _Table, heading: str, least: Fraction, most: Fraction) -> None:
    low, high = as_float(least), as_float(most)
    if low is not None and high is not None:
        table.validate(heading, validate="decimal", criteria="between", minimum=low, maximum=high)


def _marks(book: Workbook, asked: RequiredFields, by_lot: bool, rule: PanelRule) -> None:
    there = {"lot": by_lot, "role": bool(rule.weights)}
    headings = ("bid", "lot", "criterion", "evaluator", "role", "mark", "reason", "note")
    table = _sheet(book, "Marks", [name for name in headings if there.get(name, True)], LONG_ROWS)
    table.choose_from("bid", "Bids")
    if by_lot:
        table.choose_from("lot", "Lots")
    table.choose("criterion", [one.heading.removeprefix("marks.") for one in asked.marks])
    every = {mark for one in asked.marks for mark in one.one_of}
    if every and all(one.one_of for one in asked.marks):
        table.choose("mark", [shown(mark) for mark in sorted(every)])
    table.note("evaluator", WORDS("evaluator computed" if rule.computed else "evaluator"))
    table.note("reason", WORDS("reason"))
    table.note("note", WORDS("note of panel"))
    if rule.weights:
        table.choose("role", list(rule.weights))
        table.note("role", WORDS("role"))
    _close(table)


def _tender(book: Workbook, plan: Plan, asked: RequiredFields) -> None:
    page = Worksheet(book, "Tender", (18, 40))
    page.sheet.set_footer(WORDS("foot"))
    page.heads(WORDS("key"), WORDS("value"))
    keys = ["id", "title", *(name for name in asked.of_tender if name not in ("id", "title")), "currency"]
    for key in keys:
        page.text(0, key)
        if key == "currency" and plan.scheme.currency:
            page.text(1, plan.scheme.currency, locked=False)
        else:
            page.sheet.write_blank(page.row, 1, None, book.format(locked=False))
        page.row += 1
    page.sheet.protect("", _OPEN)


def _about(book: Workbook, plan: Plan, asked: RequiredFields) -> None:
    """What each column holds, in the words of the scheme: with the descriptors of its marks."""
    page = Worksheet(book, WORDS("about"), (34, 40, 70))
    page.sheet.set_footer(WORDS("foot"))
    page.heading(plan.scheme.title)
    page.text(0, WORDS("how"))
    page.row += 2
    page.heads(WORDS("column"), WORDS("asked by"), WORDS("holds"))
    for one in asked.of_bids:
        page.text(0, one.heading)
        page.text(1, one.title, text_wrap=True)
        page.text(2, _holds(one, plan.scheme.currency), text_wrap=True)
        page.row += 1
        for step in one.steps:
            said = ": ".join(part for part in (step.title, step.descriptor) if part)
            page.text(1, WORDS("mark", mark=shown(step.mark)))
            page.text(2, said, text_wrap=True)
            page.row += 1
    for name, headings in _sheets_of_offers(asked):
        for heading in headings:
            if said := _of_offer(name, heading):
                page.text(0, heading)
                page.text(1, WORDS(f"sheet {name}"), text_wrap=True)
                page.text(2, said, text_wrap=True)
                page.row += 1
    if _may_leave_alone(plan):
        page.text(0, "alone")
        page.text(1, WORDS("sheet Bids by lot"), text_wrap=True)
        page.text(2, WORDS("alone"), text_wrap=True)
        page.row += 1
    page.sheet.protect("", _OPEN)


def _holds(one: Field, currency: str = "") -> str:
    name = one.heading.rpartition(".")[2]
    if one.one_of:
        return WORDS("one of", marks=in_a_row(shown(mark) for mark in one.one_of))
    if one.least is not None and one.most is not None:
        return WORDS("between", least=shown(one.least), most=shown(one.most))
    if one.heading == "price" or one.heading.startswith("prices.") or name in _MONEY:
        return WORDS("money", currency=currency) if currency else WORDS("digits")
    if one.heading.startswith("declarations.") or name in _YES_OR_NO:
        return WORDS("declared")
    if name == "size":
        return WORDS("one of", marks=in_a_row(SIZES))
    return WORDS("names") if name in ("areas", "networks") else WORDS("figure")
