"""The first and the last sheet: the result at a glance, and whether the workbook agrees with tender-eval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tender_eval.case.case import Case
from tender_eval.languages import results
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import text_of
from tender_eval.languages.steps import working
from tender_eval.lots.award import AcrossLots
from tender_eval.lots.better import Better
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult
from tender_eval.report.evaluation.left_out import left_out_lines
from tender_eval.report.evaluation.outcome import outcome_of
from tender_eval.report.terms.limits import limits_in_words
from tender_eval.report.terms.results import rank_of, status_of
from tender_eval.report.terms.scheme import illustrative
from tender_eval.report.workbook.book import Cell, Checked, Range, Workbook, Worksheet, decimals
from tender_eval.report.workbook.inputs import MONEY
from tender_eval.report.workbook.lot import LotWorking

WORDS = catalogue("workbook", "report")


def write_result(page: Worksheet, case: Case, works: Sequence[LotWorking], agreement: tuple[Cell, int]) -> None:
    """Who wins and why, every bid with its figures, and the sentence that says how many figures agree."""
    first = next(iter(case.evaluations.values()))
    page.heading(WORDS("title", title=first.scheme_title), 16)
    tender = case.bids.tender
    if tender.title or tender.id:
        _line(page, WORDS("result.tender", title=tender.title or tender.id, id=tender.id or "-"))
    rule = {"rule": first.rule_by and f"{first.rule} ({first.rule_by})", "figure": ranked_name(first.figure)}
    best = WORDS(f"award.{first.best}")
    _line(page, WORDS("result.about", scheme=first.scheme_title, id=first.scheme_id, best=best, **rule))
    _line(page, WORDS("result.digests", scheme=first.scheme_sha256, bids=first.bids_sha256))
    _line(page, WORDS("result.record", head=case.head))
    if told := illustrative(first):
        _line(page, told)
    cell, figures = agreement
    shows = WORDS("all agree", n=figures)
    page.formula(0, page.ref(cell), shows, bold=True, font_color="#1B5E20")
    page.row += 1
    _line(page, WORDS("result.recalculate"), italic=True)
    page.row += 1
    for sentence in _across(case):
        _line(page, sentence)
    by_lot = {work.lot: work for work in works}
    for lot in case.evaluations:
        _verdict(page, case, lot)
        if lot in by_lot:
            _bids(page, case, by_lot[lot])
        page.row += 1
    _left_out(page, case)


def _left_out(page: Worksheet, case: Case) -> None:
    """What was published beside the bids and is not evaluated, with the reason."""
    if told := left_out_lines(case.bids.left_out):
        page.heading(WORDS("left out.heading"), 14)
        for line in told:
            _line(page, text_of(line))


def _line(page: Worksheet, text: str, **style: object) -> None:
    page.text(0, text, **style)
    page.row += 1


def _across(case: Case) -> Iterator[str]:
    """How lots that are awarded together were awarded."""
    found = case.across
    if found is None:
        return
    yield WORDS("across.by", name=found.policy.mechanism.name, by=found.policy.mechanism.origin)
    yield WORDS("across.not recomputed")
    if case.bids.any_for_several:
        yield WORDS("across.together")
    yield from limits_in_words(found.policy.limits)
    for bid, step in found.capacities.items():
        yield WORDS("across.capacity", bid=bid, value=shown(step.value), working=working(step) or "-")
    if found.order:
        yield WORDS("across.order", lots=in_a_row(found.order))
    for lot in found.unawarded:
        yield WORDS("across.open" if lot in found.undecided else "across.unawarded", lot=lot)
    if isinstance(found.better, Better):
        yield WORDS("across.better")


def _verdict(page: Worksheet, case: Case, lot: str) -> None:
    """Who is awarded a lot as the case stands, and why."""
    if lot:
        page.heading(WORDS("lot.named", lot=lot), 14)
    verdict = outcome_of(case, lot)
    page.text(0, text_of(verdict.headline, short=True), bold=True, font_size=12)
    page.row += 1
    for sentence in verdict.because:
        _line(page, text_of(sentence, short=True))
    if case.across and case.evaluated(lot):
        for reason in _lost(case.across, lot):
            _line(page, reason)


def _bids(page: Worksheet, case: Case, work: LotWorking) -> None:
    """Every bid with its figures."""
    found = work.evaluation
    roots = found.roots
    page.widen(4, *[15] * (len(roots) + 3 + found.shares_money), 44, 60)
    heads = [WORDS(key) for key in ("rank", "bid", "supplier", "status")] + [ranked_name(found.figure)]
    heads += [WORDS("points of", title=root.title or root.id) for root in roots]
    heads += [WORDS("award")] if found.shares_money else []
    heads += [
        WORDS("rank.again"),
        WORDS("figure.again", figure=ranked_name(found.figure)),
        WORDS("flags"),
        WORDS("reasons"),
    ]
    page.heads(*heads)
    awarded = case.awarded(work.lot)
    for bid in found.bids:
        won = bid.id in awarded
        _bid(page, work, bid, [root.id for root in roots], won)
        page.row += 1


def _lost(found: AcrossLots, lot: str) -> Iterator[str]:
    """Why each ranked bid that is not awarded a lot is not; of the others the table tells."""
    for why in found.reasons[lot]:
        if why.kind not in ("rejected", "not_shortlisted"):
            yield f"{why.bid}: {results.text(why)}."


def _bid(page: Worksheet, work: LotWorking, bid: BidResult, roots: list[str], winner: bool) -> None:
    found = work.evaluation
    for column, text in enumerate((rank_of(bid), bid.id, bid.name)):
        page.text(column, text, text_wrap=column == 2, bold=winner, align="center" if not column else "left")
    if bid.id in work.removed:
        page.formula(3, work.status[bid.id].name, work.removed[bid.id], align="left")
    else:
        page.text(3, status_of(bid), bold=winner, align="left")
    shape = "#,##" + decimals(found.places)
    if bid.figure is not None:
        page.number(4, bid.figure, "#,##" + decimals(found.figure_places), bold=winner)
    column = 5
    for root in roots:
        if result := bid.criterion(root):
            page.formula(column, work.points[root, bid.id].name, result.points, shape)
        column += 1
    if found.shares_money:
        if bid.award is not None:
            page.number(column, bid.award, MONEY)
        column += 1
    if bid.id in work.ranks:
        page.formula(column, work.ranks[bid.id].name, bid.rank, "0", align="center")
        page.formula(column + 1, work.figures[bid.id].name, bid.figure, shape)
    page.text(column + 2, results.texts(bid.flags), text_wrap=True, indent=1)
    page.text(column + 3, results.texts(bid.reasons), text_wrap=True, indent=1)


def write_checks(page: Worksheet, book: Workbook) -> tuple[Cell, int]:
    """Every group of recomputed figures with how many agree; the cell of the summary, and the number."""
    page.heading(WORDS("checks.title"), 14)
    summary = page.here(0)
    page.row += 1
    heads = ("lot", "checks.what", "checks.recomputed", "checks.agree", "checks.differ", "checks.values", "note")
    page.heads(*map(WORDS, heads))
    page.freeze(2)
    groups = [c for c in book.checked if c.cells or c.values]
    first = page.row
    for checked in groups:
        _group(page, checked)
    last = page.row
    page.text(1, WORDS("total"), bold=True)
    sums = (len(c.cells) for c in groups), (len(c.cells) for c in groups), (0,), (c.values for c in groups)
    rows = Range(page.name, 0, first, last - 1)
    totals = [
        page.formula(column, f"SUM({rows._replace(column=column).here})", sum(values), "0", bold=True)
        for column, values in enumerate(sums, 2)
    ]
    figures = sum(len(c.cells) for c in groups)
    page.row = summary.row
    all_, agree, differ = totals[0].here, WORDS("agree.begin"), totals[2].here
    well = f'"{agree}"&{all_}&"{WORDS("agree.end")}"'
    badly = f'{differ}&"{WORDS("differ.middle")}"&{all_}&"{WORDS("differ.end")}"'
    page.formula(0, f"IF({differ}=0,{well},{badly})", WORDS("all agree", n=figures), bold=True, font_size=12)
    page.row = last + 1
    form = book.format(bold=True, font_color="#9C0006", bg_color="#FFC7CE")
    page.sheet.conditional_format(first, 4, last, 4, {"type": "cell", "criteria": ">", "value": 0, "format": form})
    return summary, figures


def _group(page: Worksheet, checked: Checked) -> None:
    page.text(0, checked.lot)
    page.text(1, checked.what, text_wrap=True)
    figures = page.number(2, len(checked.cells), "0")
    counted = "+".join(f'COUNTIF({where.name},"{WORDS("ok")}")' for where in checked.ranges()) or "0"
    agree = page.formula(3, counted, len(checked.cells), "0")
    page.formula(4, f"{figures.here}-{agree.here}", 0, "0")
    page.number(5, checked.values, "0")
    page.text(6, checked.note, text_wrap=True)
    page.row += 1
