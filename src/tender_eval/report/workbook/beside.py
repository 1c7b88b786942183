"""The sheet of money beside the price: benefits, what each funder pays, and the full cost, each worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.formulas import Column, Paid
from tender_eval.model.explanation.labels import CommonFigure, FunderOf, Label
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.model.scheme import Scheme
from tender_eval.report.terms.beside import beside_labels, beside_name
from tender_eval.report.workbook.book import Cell, Checked, Workbook, Worksheet
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.inputs import MONEY, InputCells

WORDS = catalogue("workbook")
_FIRST = 3  # the column of the first amount
_AGREES = 6  # places to which a spreadsheet's sums of money are sure


def write_beside(book: Workbook, case: Case, facts: InputCells) -> None:
    """A row a bid; nothing where the scheme says nothing of it, or no bid states any."""
    scheme = case.compiled.scheme
    labels = beside_labels(bid for evaluation in case.evaluations.values() for bid in evaluation.bids)
    if not labels:
        return
    page = book.page("beside", 10, 16, 28, *[18] * len(labels), 9)
    page.heading(WORDS("beside.title"), 14)
    page.text(0, WORDS("beside.note"), italic=True)
    page.row += 1
    named = [beside_name(label, scheme) for label in labels]
    page.heads(*map(WORDS, ("lot", "bid", "supplier")), *named, WORDS("check"))
    page.freeze(2)
    for lot, evaluation in case.evaluations.items():
        checked = book.checks(WORDS("checks.beside"), lot)
        for bid in sorted((b for b in evaluation.bids if b.beside), key=lambda b: b.id):
            for column, text in enumerate((lot, bid.id, bid.name)):
                page.text(column, text, text_wrap=column == 2)
            written = _write(page, scheme, labels, bid, checked)
            facts.beside |= {(lot, bid.id, name): cell for name, cell in written.items()}
            page.row += 1
    page.mark_checks(_FIRST + len(labels))


def _write(
    page: Worksheet, scheme: Scheme, labels: Sequence[Label], bid: BidResult, checked: Checked
) -> dict[str, Cell]:
    """The amounts of one bid; gives the cells of its benefits, by column."""
    steps, cells = {step.label: step for step in bid.beside}, dict[Label, Cell]()
    agree: list[str] = []
    for at, label in enumerate(labels, _FIRST):
        step = steps.get(label)
        if step is None or step.number is None:
            continue
        formula = _formula(label, step, scheme, cells)
        if not formula:
            cells[label] = page.number(at, step.number, MONEY)
            continue
        cells[label] = page.formula(at, formula, step.number, MONEY)
        agree.append(f"ROUND({cells[label].here}-({_literal(step.number)}),{_AGREES})=0")
    if agree:
        page.check(_FIRST + len(labels), f"AND({','.join(agree)})", checked)
    return {label.name: cell for label, cell in cells.items() if isinstance(label, Column)}


def _formula(label: Label, step: Step, scheme: Scheme, cells: dict[Label, Cell]) -> str:
    """How an amount comes about; empty where the bid states it."""
    match label:
        case FunderOf(funder):
            share = next(f.share for f in scheme.beside.funders if f.id == funder)
            return f"{cells[CommonFigure.PRICE_ASKED].here}*{_literal(share)}"
        case CommonFigure.FULL_COST:
            full = scheme.beside.full_cost
            other = [Column(line.column) for line in full.other_funding] if full else []
            signs = ["-" if part.label in other else "+" for part in step.inputs]
            return "".join(f"{sign}{_part(part)}" for sign, part in zip(signs, step.inputs, strict=True)).lstrip("+")
        case Column(name) if name == BENEFITS:
            return total([cell.here for one, cell in cells.items() if isinstance(one, Column)])
        case Column(name):
            benefit = next(b for b in scheme.beside.benefits if b.column == name)
            read = step.inputs[0].number if step.inputs else None
            return f"{_literal(read)}*{_literal(benefit.each)}" if benefit.each is not None and read is not None else ""
        case _:
            return (
                total([_part(part) for part in step.inputs])
                if all(isinstance(p.how, Paid) for p in step.inputs)
                else ""
            )


def _part(step: Step) -> str:
    """A component of the price, or a line of the cost sheet: how often it is paid, times the figure."""
    if isinstance(step.how, Paid):
        return f"{_literal(step.how.figure)}*{_literal(step.how.quantity * step.how.counts)}"
    return _literal(step.number)


def _literal(value: Fraction | None) -> str:
    number = value or Fraction(0)
    text = f"{number.numerator}/{number.denominator}" if number.denominator != 1 else str(number.numerator)
    return f"({text})" if number < 0 or "/" in text else text
