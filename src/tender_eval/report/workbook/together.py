"""The offers for several lots that are awarded, and what the award over all lots comes to, worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.lists import in_a_row
from tender_eval.lots.award import AcrossLots, Awarded
from tender_eval.lots.contest import divisors_of
from tender_eval.lots.mechanisms.best_total import BestTotalParams
from tender_eval.lots.offered import offers_awarded
from tender_eval.model.bids import bid_of
from tender_eval.report.workbook.book import Cell, Workbook, Worksheet
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.inputs import InputCells
from tender_eval.report.workbook.lot import CHECK, EXTRA, OURS, RESULT, LotWorking, Pair

WORDS = catalogue("workbook", "report")
_OFFER, _LOTS, _ALONE, _WEIGHT = 0, 1, EXTRA, EXTRA


def write_together(page: Worksheet, book: Workbook, case: Case, works: Sequence[LotWorking]) -> None:
    """Each awarded offer at its price together and for each lot alone, and the total that the mechanism made best.

    Nothing where no bid offers anything for several lots, or not all lots are evaluated.
    """
    found = case.across
    if found is None or not case.bids.any_for_several or len(works) < len(case.evaluations):
        return
    by_lot = {work.lot: work for work in works}
    page.heading(WORDS("together.title"), 16)
    _offers(page, book, case, found, by_lot)
    _total(page, book, case, found, by_lot)


def _offers(page: Worksheet, book: Workbook, case: Case, found: AcrossLots, works: dict[str, LotWorking]) -> None:
    offers = [one for one in offers_awarded(found, case.evaluations) if one.price is not None]
    if not offers:
        return
    checked = book.checks(WORDS("together.checks"))
    page.text(0, WORDS("offers.caption"), bold=True)
    page.row += 1
    heads = {_OFFER: "offer", _LOTS: "lots", RESULT: "price", OURS: "ours", CHECK: "check", _ALONE: "alone"}
    _heads(page, {at: WORDS(f"together.{key}") for at, key in heads.items()})
    for one in offers:
        price, facts = one.price, next(iter(works.values())).facts
        cells = _prices(facts, one.lots, one.bid.id)
        if price is None or cells is None:
            continue
        page.text(_OFFER, one.bid.id)
        page.text(_LOTS, in_a_row(one.lots), text_wrap=True)
        again = page.formula(RESULT, total([page.ref(cell) for cell in cells]), price, "#,##0.00")
        works[one.lots[0]].compare(Pair(again, OURS, CHECK), price, 2, checked)
        if one.alone is not None and (alone := _prices(facts, one.lots, bid_of(one.bid.id))):
            page.formula(_ALONE, total([page.ref(cell) for cell in alone]), one.alone, "#,##0.00")
        page.row += 1
    page.row += 1


def _prices(facts: InputCells, lots: Sequence[str], bid: str) -> list[Cell] | None:
    """Where the evaluated prices of a bid for these lots stand; None where one does not."""
    found = [facts.prices.get((lot, bid)) for lot in lots]
    return [one[0] for one in found if one] if all(found) else None


def _total(page: Worksheet, book: Workbook, case: Case, found: AcrossLots, works: dict[str, LotWorking]) -> None:
    """Every lot with the figure of who is awarded it, by what it counts, and the sum."""
    params, checked = found.policy.params, book.checks(WORDS("together.total"))
    if not isinstance(params, BestTotalParams) or divisors_of(case.compiled, case.bids, case.evaluations) is not None:
        return
    figure = ranked_name(found.awards[0].evaluation.figure) if found.awards else ""
    heads = {0: WORDS("lot"), 1: WORDS("bid"), RESULT: figure, _WEIGHT: WORDS("together.weight")}
    _heads(page, heads)
    terms, sums = list[str](), Fraction(0)
    for award in found.awards:
        cell, weight = works[award.lot].figures.get(award.bid.id), _weight(params, award)
        if cell is None or award.bid.figure is None:
            return
        page.text(0, award.lot)
        page.text(1, award.bid.id)
        own = page.formula(RESULT, page.ref(cell), award.bid.figure, "#,##0.00")
        times = page.number(_WEIGHT, weight)
        terms.append(f"{own.here}*{times.here}")
        sums += award.bid.figure * weight
        page.row += 1
    if terms:
        _heads(page, {RESULT: WORDS("together.total"), OURS: WORDS("together.ours"), CHECK: WORDS("together.check")})
        again = page.formula(RESULT, total(terms), sums, "#,##0.00", bold=True)
        first = works[found.awards[0].lot]
        first.compare(Pair(again, OURS, CHECK), sums, first.evaluation.places, checked)
        page.row += 2


def _weight(params: BestTotalParams, award: Awarded) -> Fraction:
    return award.value if params.weigh == "annual_value" and award.value is not None else Fraction(1)


def _heads(page: Worksheet, heads: dict[int, str]) -> None:
    page.heads(*(heads.get(at, "") for at in range(max(heads) + 1)))
