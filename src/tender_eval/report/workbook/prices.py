"""The sheet of prices: what bids state, and the evaluated price worked out again from it, adjustments and all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tender_eval.case.case import Case
from tender_eval.engine.recomputing.prices import PriceOfBid, factors, prices_of
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.bids import Bid
from tender_eval.model.digits import fixed
from tender_eval.model.pricing.adjust import LOWEST, LOWEST_OTHER, OWN, Adjustment
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.scheme import Scheme
from tender_eval.report.workbook.book import Cell, Checked, Range, Workbook, Worksheet, decimals
from tender_eval.report.workbook.formulas import Rounder, agrees, snap_for, total
from tender_eval.report.workbook.inputs import MONEY, SHARE, InputCells

WORDS = catalogue("workbook")
NOBODY = "1E+300"  # a price above any other, of those who are not counted for the lowest


class Columns(NamedTuple):
    """Where things stand in the rows of bids."""

    figures: int
    rate: int
    base: int
    counted: int
    adjustments: int
    price: int


@dataclass(slots=True)
class PricesSheet:
    """The sheet while it is written."""

    page: Worksheet
    case: Case
    facts: InputCells
    factors: list[Cell]

    @property
    def scheme(self) -> Scheme:
        return self.case.compiled.scheme

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        return self.scheme.price.adjustments if self.scheme.price else ()

    @property
    def columns(self) -> Columns:
        rate = 3 + (len(self.scheme.price_parts) or 1)
        base = rate + 1 if self.scheme.exchange else rate
        adjustments = base + 2 if self.adjustments else base
        return Columns(3, rate, base, base + 1, adjustments, adjustments + 4 * len(self.adjustments))


def write_prices(page: Worksheet, book: Workbook, case: Case, facts: InputCells) -> None:
    """The prices as stated, and the evaluated price by formula: components over the years, discounted; adjusted."""
    model = case.compiled.scheme.price
    sheet = PricesSheet(page, case, facts, [])
    at = sheet.columns
    page.widen(3, *[16] * (at.price - 3), 16, 16, 9, 40)
    page.heading(WORDS("prices.title"), 14)
    if model and model.components:
        sheet.factors = _model(page, model)
    parts = case.compiled.scheme.price_parts
    heads = [WORDS(key) for key in ("lot", "bid", "supplier")]
    discounted = model is not None and model.discounted is not None
    heads += [c.title or c.id for c in parts] or [WORDS("prices.discount" if discounted else "prices.stated")]
    if case.compiled.scheme.exchange:
        heads.append(WORDS("prices.exchange", currency=case.compiled.scheme.currency))
    if sheet.adjustments:
        heads += [WORDS("prices.unadjusted"), WORDS("prices.counted")]
    for adjustment in sheet.adjustments:
        named = adjustment.title or adjustment.id
        heads += [WORDS(f"prices.adjust.{key}", name=named) for key in ("for", "unless", "of", "change")]
    page.heads(*heads, *map(WORDS, ("prices.evaluated", "prices.ours", "check", "place")))
    page.freeze(2)
    for lot in case.evaluations:
        _lot(sheet, lot, book.checks(WORDS("checks.prices"), lot))
    page.mark_checks(at.price + 2)


def _lot(sheet: PricesSheet, lot: str, checked: Checked) -> None:
    page, bids, evaluation = sheet.page, sheet.case.bids_for(lot), sheet.case.evaluations[lot]
    first, last = page.row, page.row + len(bids.bids) - 1
    found = prices_of(sheet.case.plan(lot), bids, evaluation)
    for bid in bids.bids:
        for column, text in enumerate((lot, bid.id, bid.name)):
            page.text(column, text, text_wrap=column == 2)
        _bid(sheet, lot, bid, found[bid.id], (first, last), checked)
        page.row += 1


def _bid(sheet: PricesSheet, lot: str, bid: Bid, found: PriceOfBid, rows: tuple[int, int], checked: Checked) -> None:
    page, model, at = sheet.page, sheet.scheme.price, sheet.columns
    exchange, rate = "", sheet.scheme.rate_of(bid.currency)
    if sheet.scheme.exchange and rate is not None:
        exchange = f"*{page.number(at.rate, rate, '0.########').here}"
    cells, names = _figures(sheet, found), sheet.scheme.price_columns or ("price",)
    places = in_a_row(str(bid.figures[name].where) for name in names if name in bid.figures)
    page.text(at.price + 3, places, text_wrap=True, indent=1)
    if sheet.adjustments:
        page.number(at.counted, int(found.counted))
        for n, one in enumerate(found.adjusted):
            page.number(at.adjustments + 4 * n, int(one.applies))
            page.number(at.adjustments + 4 * n + 1, int(one.unless))
    price = found.price
    if price is None or len(cells) < len(names):
        return
    parts = [f"{cell.here}*{each.here}" for cell, each in zip(cells, sheet.factors, strict=bool(sheet.factors))]
    formula, snap = total(parts) if sheet.factors else cells[0].here, snap_for([price])
    if model is not None and model.discounted is not None:
        formula = f"{_plain(model.discounted)}*(1-{formula})"
    formula = f"({formula}){exchange}" if exchange else formula
    if found.unadjusted is not None and model is not None:
        base = page.formula(at.base, formula, found.unadjusted, MONEY)
        sheet.facts.as_bid[lot, bid.id] = base, found.unadjusted
        formula = _with_adjustments(sheet, model, base, cells, found, rows, exchange)
    if at_price := sheet.scheme.price_rounding:
        formula = Rounder(at_price.places, at_price.mode).of(formula, snap)
    again = page.formula(at.price, formula, price, MONEY)
    sheet.facts.prices[lot, bid.id] = again, price
    sheet.facts.as_bid.setdefault((lot, bid.id), (again, price))
    rounding = sheet.scheme.rounding
    rounder = Rounder(rounding.places, rounding.mode) if rounding else Rounder(2, "half_up")
    shows = Fraction(fixed(price, rounder.places, rounder.mode))
    ours = page.number(at.price + 1, shows, "#,##" + decimals(rounder.places))
    page.check(at.price + 2, agrees(again.here, ours.here, rounder, snap), checked)


def _figures(sheet: PricesSheet, found: PriceOfBid) -> list[Cell]:
    """The figures that count, as the bid states them."""
    model = sheet.scheme.price
    style = SHARE if model is not None and model.discounted is not None else MONEY
    return [sheet.page.number(n, one, style) for n, one in enumerate(found.figures, 3) if one is not None]


def _with_adjustments(
    sheet: PricesSheet, model: PriceModel, base: Cell, cells: list[Cell], found: PriceOfBid, rows: tuple[int, int],
    exchange: str,
) -> str:  # fmt: skip
    """The adjusted price as a formula, each adjustment in cells of its own."""
    page, at = sheet.page, sheet.columns
    changes: list[Cell] = []
    bases, counted = (Range(page.name, column, *rows).here for column in (at.base, at.counted))
    for n, (adjustment, adjusted) in enumerate(zip(model.adjustments, found.adjusted, strict=True)):
        column = at.adjustments + 4 * n
        applies, unless = (Range(page.name, column + k, *rows).here for k in (0, 1))
        holds = Cell(page.name, page.row, column).here + "=1"
        if adjustment.unless:
            level = f"(ROUND({bases},6)=ROUND({_lowest(bases, counted)},6))"
            holds = f"AND({holds},SUMPRODUCT({level}*{counted}*{unless})=0)"
        of = ""
        if adjustment.share is not None:
            own = f"{base.here}+{total([c.here for c in changes])}" if model.together == "in_turn" else base.here
            of = {
                OWN: own, LOWEST: _lowest(bases, counted), LOWEST_OTHER: _lowest(bases, f"({counted}*(1-{applies}))")
            }.get(adjustment.of) or _component(adjustment.of, model, cells, sheet.factors) + exchange  # fmt: skip
            of = page.formula(column + 2, f"IF({holds},IF({of}>=1E+299,0,{of}),0)", adjusted.of, MONEY).here
        changes.append(page.formula(column + 3, f"IF({holds},{_change(adjustment, of)},0)", adjusted.change))
    sum_of = total([c.here for c in changes])
    if model.cap_together is not None:
        sum_of = _held(sum_of, model.cap_together, rises=model.adjustments[0].rises)
    return f"{base.here}+{sum_of}"


def _lowest(bases: str, counted: str) -> str:
    """The lowest price of those who are counted."""
    return f"SUMPRODUCT(MIN({bases}+(1-{counted})*{NOBODY}))"


def _component(column: str, model: PriceModel, cells: list[Cell], factors: list[Cell]) -> str:
    at = [c.column for c in model.components].index(column)
    return f"{cells[at].here}*{factors[at].here}"


def _change(adjustment: Adjustment, of: str) -> str:
    by = f"{of}*({_plain(adjustment.share)})" if adjustment.share is not None else _plain(adjustment.amount)
    return by if adjustment.cap is None else _held(by, adjustment.cap, rises=adjustment.rises)


def _held(by: str, cap: Fraction, *, rises: bool) -> str:
    return f"MIN({_plain(cap)},{by})" if rises else f"MAX(-{_plain(cap)},{by})"


def _plain(value: Fraction | None) -> str:
    number = value or Fraction(0)
    return f"{number.numerator}/{number.denominator}" if number.denominator != 1 else str(number.numerator)


def _model(page: Worksheet, model: PriceModel) -> list[Cell]:
    """The published terms of the price, and the cells that say how often each component counts."""
    page.text(0, WORDS("prices.years"))
    years = page.number(3, model.years)
    page.row += 1
    page.text(0, WORDS("prices.rate"))
    rate = page.number(3, model.discount_rate, "0.0000%")
    page.row += 1
    when = WORDS(f"when.{model.payments}")
    page.text(0, WORDS("prices.paid"))
    for column, component in enumerate(model.components, 3):
        year = component.paid.removeprefix("year_") if component.paid.startswith("year_") else ""
        paid = WORDS("paid.year" if year else f"paid.{component.paid}", when=when, year=year)
        page.text(column, paid, text_wrap=True)
    page.row += 1
    quantities = _quantities(page, model) if model.lines else {}
    page.text(0, WORDS("prices.factor"))
    cells: list[Cell] = []
    for column, (component, counts) in enumerate(zip(model.components, factors(model), strict=True), 3):
        formula = _factor(component, model, years.here, rate.here)
        if quantity := quantities.get(component.id):
            formula = f"{quantity.here}*({formula})"
        cells.append(page.formula(column, formula, counts, "0.########"))
    page.row += 2
    return cells


def _quantities(page: Worksheet, model: PriceModel) -> dict[str, Cell]:
    """The quantities that the rates of a schedule are multiplied by, and their units."""
    page.text(0, WORDS("prices.unit"))
    for column, component in enumerate(model.components, 3):
        page.text(column, component.unit, text_wrap=True)
    page.row += 1
    page.text(0, WORDS("prices.quantity"))
    by_rate = [(n, c) for n, c in enumerate(model.components, 3) if c.times != 1]
    found = {c.id: page.number(n, c.times) for n, c in by_rate}
    page.row += 1
    return found


def _factor(component: Component, model: PriceModel, years: str, rate: str) -> str:
    """How often a component counts, as a formula: an annuity for what is paid each year."""
    late = 1 if model.payments == "end_of_year" else 0
    if component.paid == "once":
        return "1"
    if component.paid == "per_year":
        due = f"(1-(1+{rate})^(-{years}))/{rate}"
        return f"IF({rate}=0,{years},{due if late else f'{due}*(1+{rate})'})"
    return f"1/(1+{rate})^{int(component.paid.removeprefix('year_')) - 1 + late}"
