"""What the working starts from, each on its sheet: criteria, scales, marks and prices; and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import percentage
from tender_eval.model.digits import shown
from tender_eval.model.scheme import Minimum, Scheme
from tender_eval.report.terms.parameters import as_written
from tender_eval.report.workbook.book import Cell, Range, Workbook, Worksheet
from tender_eval.report.workbook.formulas import total

WORDS = catalogue("workbook")

MONEY = "#,##0.00"
SHARE = "0.######%"
Key = tuple[str, str, str]  # lot, bid, and what of it


@dataclass(slots=True)
class InputCells:
    """The cells that formulas of the working read."""

    points: dict[tuple[str, str], Cell] = field(
        default_factory=dict
    )  # available, by lot where it differs, and criterion
    marks: dict[Key, Cell] = field(default_factory=dict)
    prices: dict[tuple[str, str], tuple[Cell, Fraction]] = field(default_factory=dict)
    as_bid: dict[tuple[str, str], tuple[Cell, Fraction]] = field(default_factory=dict)  # prices before adjustments
    beside: dict[Key, Cell] = field(default_factory=dict)  # benefits, by their columns
    scales: dict[str, tuple[Range, Range]] = field(default_factory=dict)  # marks and shares


def write_criteria(page: Worksheet, book: Workbook, case: Case, facts: InputCells) -> None:
    """The tree of criteria with weights and points, of each lot where they differ; groups are added up by formula."""
    page.heading(WORDS("criteria.title"), 14)
    page.freeze(1)
    for lot in case.compiled.plan.by_lot or ("",):
        if lot:
            page.heading(WORDS("head.lot", lot=lot))
        _write_criteria(page, book, lot, case.plan(lot), facts)
    page.mark_checks(5)


def _write_criteria(page: Worksheet, book: Workbook, lot: str, plan: Plan, facts: InputCells) -> None:
    checked = book.checks(WORDS("checks.weights"), lot)
    heads = ("criterion", "criterion title", "weight", "available", "sum of parts", "check")
    page.heads(*map(WORDS, (*heads, "scorer", "parameters", "minimum", "description")))
    tree = [one for root in plan.scheme.criteria for one in root.tree()]
    rows = {c.id: Cell(page.name, page.row + n, 3) for n, (c, _) in enumerate(tree)}
    for criterion, depth in tree:
        node = plan.node(criterion.id)
        page.text(0, criterion.id, indent=depth, bold=(not node.parts and not depth) or bool(node.parts))
        page.text(1, criterion.title, text_wrap=True)
        if criterion.weight is not None:
            page.number(2, criterion.weight)
        facts.points[lot, criterion.id] = page.number(3, node.points)
        if node.parts:
            again = page.formula(4, total([rows[part].here for part in node.parts]), node.points)
            page.check(5, f"ROUND({again.here}-{rows[criterion.id].here},9)=0", checked)
        if criterion.scorer:
            page.text(6, criterion.scorer.name)
            page.text(7, in_a_row(f"{k}: {as_written(v)}" for k, v in criterion.scorer.params.items()), text_wrap=True)
        page.text(8, _minimum(criterion.minimum))
        page.text(9, criterion.description, text_wrap=True)
        page.row += 1
    page.text(1, WORDS("total"), bold=True)
    whole = plan.available
    page.formula(3, total([rows[root].here for root in plan.roots]), whole, bold=True)
    page.row += 2


def _minimum(minimum: Minimum | None) -> str:
    if minimum is None:
        return ""
    return percentage(minimum.share) if minimum.share is not None else WORDS("minimum.mark", mark=shown(minimum.mark))


def write_scales(page: Worksheet, scheme: Scheme, facts: InputCells) -> None:
    """Each scale with the share that a mark earns, its title and its descriptor."""
    page.heading(WORDS("scales.title"), 14)
    page.heads(*map(WORDS, ("scale", "mark", "share", "criterion title", "descriptor")))
    page.freeze(0)
    for scale in scheme.scales:
        first = page.row
        for step in scale.steps:
            page.text(0, scale.id)
            page.number(1, step.mark)
            page.number(2, step.score, SHARE)
            page.text(3, step.title, text_wrap=True)
            page.text(4, step.descriptor, text_wrap=True)
            page.row += 1
        last = page.row - 1
        facts.scales[scale.id] = Range(page.name, 1, first, last), Range(page.name, 2, first, last)
        page.row += 1
