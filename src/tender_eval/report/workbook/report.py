"""The evaluation as a workbook that recomputes itself, so that a panel can check it in a spreadsheet.

Marks, prices, weights and scales stand in cells; scores, points, minimums, totals and ranks are formulas over
them, each beside what tender-eval found and a check. What no formula expresses is a value and says so.
"""

from __future__ import annotations

from tender_eval.case.case import Case
from tender_eval.languages.catalogue import catalogue
from tender_eval.report.case.phase_checks import check_evaluated
from tender_eval.report.workbook import inputs
from tender_eval.report.workbook.award import AwardSection
from tender_eval.report.workbook.beside import write_beside
from tender_eval.report.workbook.book import Workbook, Worksheet
from tender_eval.report.workbook.criteria import write_criterion
from tender_eval.report.workbook.gates import write_conditions, write_minimums, write_shortlist, write_status
from tender_eval.report.workbook.history import write_history
from tender_eval.report.workbook.lot import CHECK, POINTS_CHECK, WIDTHS, LotWorking
from tender_eval.report.workbook.low_prices import write_low_prices
from tender_eval.report.workbook.marks import write_marks
from tender_eval.report.workbook.outcome import write_checks, write_result
from tender_eval.report.workbook.prices import write_prices
from tender_eval.report.workbook.together import write_together

WORDS = catalogue("workbook")


def xlsx_report(case: Case, record: str = "RECORD") -> bytes:
    """The workbook of a case; the same case gives the same bytes.

    Formulas carry the values that tender-eval found, for viewers that work out nothing.

    Args:
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: TE087 naming what comes next, before all is evaluated.
    """
    check_evaluated(case, "workbook", record)
    scheme = case.compiled.scheme
    book = Workbook(WORDS("title", title=scheme.title))
    result = book.page("result", 8, 16, 30, 14)
    criteria = book.page("criteria", 28, 40, 12, 12, 12, 9, 27, 44, 12, 60)
    marks = book.page("marks", 10, 16, 28, 16, 32)
    prices = book.page("prices", 24, 16, 28)
    scales = book.page("scales", 18, 10, 12, 24, 90)
    working = book.page("working", *WIDTHS)
    checks = book.page("checks", 12, 44, 12, 12, 12, 14, 60)
    found = inputs.InputCells()
    inputs.write_criteria(criteria, book, case, found)
    inputs.write_scales(scales, scheme, found)
    write_marks(marks, case, found)
    write_prices(prices, book, case, found)
    write_beside(book, case, found)
    works = _work(working, book, case, found)
    agreement = write_checks(checks, book)
    write_result(result, case, works, agreement)
    write_history(book, case)
    return book.close()


def _work(page: Worksheet, book: Workbook, case: Case, found: inputs.InputCells) -> list[LotWorking]:
    """The working of each lot, one below the other; none of what was set aside."""
    page.heading(WORDS("working.title"), 14)
    page.text(0, WORDS("working.note"), italic=True)
    page.row += 1
    page.freeze(1)
    page.row += 1
    works = []
    for lot, evaluation in case.evaluations.items():
        if not case.evaluated(lot):
            continue
        if lot:
            page.heading(WORDS("lot.named", lot=lot), 16)
        work = LotWorking(page, book, case, found, lot, evaluation)
        conditions = write_conditions(work)
        for root in work.plan.roots:
            write_criterion(work, work.plan.node(root))
        shortlist = write_shortlist(work)
        minimums = write_minimums(work)
        award = AwardSection(work)
        award.write()
        write_status(work, conditions, shortlist, minimums, award.kept)
        write_low_prices(work)
        works.append(work)
    write_together(page, book, case, works)
    for column in (CHECK, POINTS_CHECK):
        page.mark_checks(column)
    return works
