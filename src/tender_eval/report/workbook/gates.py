"""The working of who is ranked: conditions, shortlist, minimums, and what the award rule turns away."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from tender_eval.engine.recomputing import points
from tender_eval.languages import results
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import percentage
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.scheme import Condition
from tender_eval.report.workbook.book import Cell, Range
from tender_eval.report.workbook.formulas import snap_for, total
from tender_eval.report.workbook.lot import (
    BID,
    COMPARED,
    COUNTS,
    EXTRA,
    FIGURE,
    FLOORED,
    NOTE,
    POINTS,
    RESULT,
    LotWorking,
)
from tender_eval.report.workbook.scaling import tested_cell

WORDS = catalogue("workbook")


def write_conditions(work: LotWorking) -> dict[str, Range]:
    """Each condition of each bid; where the answers stand, by bid."""
    conditions, found = work.plan.scheme.conditions, dict[str, Range]()
    if not conditions:
        return found
    page = work.page
    page.heading(WORDS("head.conditions"))
    _heads(work, ("bid", "condition", "stated", "test", "limit", "score", "ours", "check"))
    checked = work.book.checks(WORDS("checks.conditions"), work.lot)
    for bid in work.evaluation.bids:
        first = page.row
        for condition, step in zip(conditions, bid.step.inputs, strict=False):
            page.text(BID, bid.id)
            page.text(COUNTS, condition.id, text_wrap=True)
            ours = WORDS("met" if step.value else "not met")
            formula = _condition(work, condition, step)
            if formula:
                answer = page.formula(RESULT, f'IF({formula},"{WORDS("met")}","{WORDS("not met")}")', ours)
                work.compare_texts(answer, ours, checked)
            else:
                page.text(RESULT, ours)
                work.not_recomputed(WORDS("not recomputed"), checked)
            page.row += 1
        found[bid.id] = Range(page.name, RESULT, first, page.row - 1)
    page.row += 1
    return found


def _condition(work: LotWorking, condition: Condition, step: Step) -> str:
    """The test as a formula, its cells written; empty where it is a value."""
    page = work.page
    read = step.inputs[0] if step.inputs else step
    if not step.inputs or read.value is None:
        page.text(FIGURE, WORDS("not stated"))
        return ""
    if condition.at_least or condition.at_most:
        number, limit = read.number, step.inputs[-1].number
        if number is None or limit is None:
            return ""
        test = "at_least" if condition.at_least else "at_most"
        stated = page.number(FIGURE, number)
        page.text(FLOORED, WORDS(test))
        bound = page.number(COMPARED, limit)
        snap = snap_for([number, limit])
        sign = ">=" if condition.at_least else "<="
        return f"ROUND({stated.here},{snap}){sign}ROUND({bound.here},{snap})"
    given = page.text(FIGURE, shown(read.value), text_wrap=True)
    if condition.one_of:
        page.text(FLOORED, WORDS("one_of"))
        page.text(COMPARED, in_a_row(condition.one_of), text_wrap=True)
        return ""
    page.text(FLOORED, WORDS("must_be"))
    wanted = page.text(COMPARED, shown(condition.must_be))
    return f"EXACT({given.here},{wanted.here})"


def write_shortlist(work: LotWorking) -> dict[str, Cell]:
    """Who goes through the first stage; the answers by bid."""
    asked, found = work.plan.scheme.shortlist, dict[str, Cell]()
    if asked is None:
        return found
    page, by = work.page, work.plan.shortlist_by
    if asked.top is not None:
        how = WORDS("shortlist.top", top=asked.top, by=in_a_row(by))
    else:
        how = WORDS("shortlist.at_least", share=percentage(asked.at_least or Fraction(0)), by=in_a_row(by))
    page.heading(WORDS("head.shortlist", how=how))
    shown = [bid for bid in work.evaluation.bids if all((node, bid.id) in work.points for node in by)]
    bids = [bid for bid in shown if not (work.plan.recomputes and bid.id in work.removed)]
    page.text(BID, WORDS("shortlist"))
    limit = page.number(FIGURE, asked.top if asked.top is not None else asked.at_least or 0)
    page.row += 1
    page.text(BID, WORDS("available"))
    whole = points.available(work.plan, by)
    available = page.formula(FIGURE, total([page.ref(work.available(node)) for node in by]), whole)
    page.row += 1
    _heads(work, ("bid", "", "points", "", "", "score", "ours", "check"))
    over = Range(page.name, FIGURE, page.row, page.row + len(bids) - 1)
    checked = work.book.checks(WORDS("shortlist"), work.lot)
    snap = snap_for([whole])
    for bid in bids:
        page.text(BID, bid.id)
        parts = total([work.points[node, bid.id].here for node in by])
        own = page.formula(FIGURE, f"ROUND({parts},{snap})", points.together(bid, by), "0.00######")
        if asked.top is not None:
            test = f"SUMPRODUCT(({over.here}>{own.here})*1)<{limit.here}"
        else:
            test = f"{own.here}>=ROUND({available.here}*{limit.here},{snap})"
        ours = WORDS("not through" if bid.status == "not_shortlisted" else "through")
        answer = page.formula(RESULT, f'IF({test},"{WORDS("through")}","{WORDS("not through")}")', ours)
        found[bid.id] = answer
        work.compare_texts(answer, ours, checked)
        page.row += 1
    page.row += 1
    return found


def write_minimums(work: LotWorking) -> dict[str, Range]:
    """Each minimum at which a bid was scored; the answers by bid."""
    page, found = work.page, dict[str, Range]()
    if not work.plan.gates:
        return found
    page.heading(WORDS("head.minimums"))
    _heads(work, ("bid", "criterion", "figure", "minimum", "least", "score"))
    for bid in work.evaluation.bids:
        first = page.row
        for gate, figure, least, met in points.minimums(work.plan, bid, partial(work.column, bid.id)):
            page.text(BID, bid.id)
            page.text(COUNTS, gate.node, text_wrap=True)
            if gate.share is not None:
                own = page.formula(FIGURE, tested_cell(work, bid, work.plan.node(gate.node)), figure, "0.00######")
                share = page.number(FLOORED, gate.share, "0.######%")
                limit = page.formula(COMPARED, f"{share.here}*{page.ref(work.available(gate.node))}", least)
            else:
                own = work.figure(bid.id, gate.column, FIGURE, figure)
                page.text(FLOORED, WORDS("minimum.mark", mark=shown(least)))
                limit = page.number(COMPARED, least)
            snap = snap_for([figure, least])
            test = f"ROUND({own.here},{snap})>=ROUND({limit.here},{snap})"
            if gate.falls:
                test = f"ROUND({own.here},{snap})<=ROUND({limit.here},{snap})"
            elif gate.short is not None:
                worse = ",".join(f"{own.here}={shown(mark)}" for mark in gate.short)
                test = f"NOT(OR({worse}))" if worse else "TRUE()"
            shows = WORDS("met" if met else "not met")
            page.formula(RESULT, f'IF({test},"{WORDS("met")}","{WORDS("not met")}")', shows)
            page.row += 1
        if page.row > first:
            found[bid.id] = Range(page.name, RESULT, first, page.row - 1)
    page.row += 1
    return found


def write_status(
    work: LotWorking,
    conditions: dict[str, Range],
    shortlist: dict[str, Cell],
    minimums: dict[str, Range],
    accepted: dict[str, tuple[Cell, bool]],
) -> None:
    """Who is ranked: those that meet every condition and minimum, are shortlisted and kept by the rule.

    What people took out is what they made of it, for as long as that stands in its cell. Where none of these turned a
    bid away that is not ranked, the award rule did, and does not state by what: then it is a value.
    """
    page = work.page
    page.heading(WORDS("head.status"))
    heads = ("bid", "conditions", "shortlist", "minimums", "rule accepts", "score", "ours", "check", "taken out")
    _heads(work, heads)
    checked = work.book.checks(WORDS("checks.status"), work.lot)
    for bid in work.evaluation.bids:
        page.text(BID, bid.id)
        failed: list[str] = []
        out = False
        for at, where in ((COUNTS, conditions), (FLOORED, minimums)):
            if bid.id in where:
                fails = _fails(work, bid, at)
                met, out = WORDS("not met" if fails else "met"), out or fails
                test = f'COUNTIF({where[bid.id].here},"{WORDS("met")}")=ROWS({where[bid.id].here})'
                cell = page.formula(at, f'IF({test},"{WORDS("met")}","{WORDS("not met")}")', met)
                failed.append(f'{cell.here}="{WORDS("not met")}"')
        if bid.id in shortlist:
            shows = WORDS("not through" if bid.status == "not_shortlisted" else "through")
            out = out or bid.status == "not_shortlisted"
            cell = page.formula(FIGURE, shortlist[bid.id].here, shows)
            failed.append(f'{cell.here}="{WORDS("not through")}"')
        if bid.id in accepted:
            answered, kept = accepted[bid.id]
            cell = page.formula(COMPARED, answered.here, WORDS("accepted" if kept else "turned away"))
            failed.append(f'{cell.here}="{WORDS("turned away")}"')
            out = out or not kept
        gone = work.removed.get(bid.id, "")
        ours = gone or WORDS("ranked" if bid.rank is not None else "not ranked")
        if not gone and out != (bid.rank is None):
            work.status[bid.id] = page.text(RESULT, ours)
            told = (WORDS("not recomputed for", why=WORDS("rule test")), *map(results.text, bid.reasons))
            work.not_recomputed("; ".join(told), checked)
            page.row += 1
            continue
        stands = f'"{WORDS("ranked")}"'
        if failed:
            stands = f'IF(OR({",".join(failed)}),"{WORDS("not ranked")}",{stands})'
        if gone:
            cell = page.text(POINTS, gone)
            stands = f'IF({cell.here}="",{stands},{cell.here})'
        answer = page.formula(RESULT, stands, ours)
        work.status[bid.id] = answer
        work.compare_texts(answer, ours, checked)
        if bid.reasons:
            page.text(NOTE, results.texts(bid.reasons), text_wrap=True)
        page.row += 1
    page.row += 1


def _fails(work: LotWorking, bid: BidResult, at: int) -> bool:
    """Whether a bid fails a condition, or a minimum at which it was scored."""
    if at == COUNTS:
        steps = bid.step.inputs[: len(work.plan.scheme.conditions)]
        return not all(step.value for step in steps)
    return not all(one.met for one in points.minimums(work.plan, bid, partial(work.column, bid.id)))


def _heads(work: LotWorking, keys: tuple[str, ...]) -> None:
    heads = [WORDS(key) if key else "" for key in keys]
    work.page.heads(*heads, *[""] * (EXTRA - len(heads)))
