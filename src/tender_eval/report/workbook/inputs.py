"""What the working starts from, each on its sheet: criteria, scales, marks and prices; and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.engine.facts.price import counted_figure, evaluated_price, factor
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import percentage
from tender_eval.model.bids import Bid, Bids, Mark
from tender_eval.model.digits import fixed, shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import RankedBy
from tender_eval.model.numeric import round_fraction
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.scheme import Criterion, Minimum, Rounding, Scheme
from tender_eval.report.workbook.book import Cell, Checked, Range, Workbook, Worksheet, decimals
from tender_eval.report.workbook.formulas import Rounder, agrees, snap_for, total

WORDS = catalogue("workbook")

MONEY = "#,##0.00"
SHARE = "0.######%"
Key = tuple[str, str, str]  # lot, bid, and what of it


@dataclass(slots=True)
class InputCells:
    """The cells that formulas of the working read."""

    points: dict[str, Cell] = field(default_factory=dict)  # available, by criterion
    marks: dict[Key, Cell] = field(default_factory=dict)
    prices: dict[tuple[str, str], tuple[Cell, Fraction]] = field(default_factory=dict)
    scales: dict[str, tuple[Range, Range]] = field(default_factory=dict)  # marks and shares


def bids_of(case: Case, lot: str) -> Bids:
    """The bids as they stand for a lot, or for the whole tender."""
    return case.bids.for_lot(lot) if lot else case.bids


def readings(case: Case, evaluation: Evaluation, bid: BidResult) -> dict[str, Step]:
    """The figures of a bid that were read, by column, from the steps that the engine recorded."""
    plan, found = case.compiled.plan, dict[str, Step]()
    for leaf in plan.leaves:
        if result := bid.criterion(leaf.id):
            wanted = {r.column for r in leaf.reads}
            scored = result.step.inputs[0].inputs[: len(leaf.reads)]
            found.update(_by_column(scored, wanted))
    if bid.figure is not None and plan.rule.reads:
        top = next(step for step in bid.step.inputs if isinstance(step.label, RankedBy))
        wanted = {r.column for r in plan.rule.reads}
        found.update(_by_column(top.inputs[-len(plan.rule.reads) :], wanted))
    return found


def _by_column(read: Sequence[Step], wanted: Collection[str]) -> Iterator[tuple[str, Step]]:
    for step in read:
        if isinstance(step.label, Column) and step.label.name in wanted:
            yield step.label.name, step


def write_criteria(page: Worksheet, book: Workbook, scheme: Scheme, case: Case, facts: InputCells) -> None:
    """The tree of criteria with weights and points; groups are added up by formula."""
    plan, checked = case.compiled.plan, book.checks(WORDS("checks.weights"))
    page.heading(WORDS("criteria.title"), 14)
    heads = ("criterion", "criterion title", "weight", "available", "sum of parts", "check")
    page.heads(*map(WORDS, (*heads, "scorer", "parameters", "minimum", "description")))
    page.freeze(1)
    tree = list(_tree(scheme.criteria, 0))
    rows = {c.id: Cell(page.name, page.row + n, 3) for n, (c, _) in enumerate(tree)}
    for criterion, depth in tree:
        node = plan.node(criterion.id)
        page.text(0, criterion.id, indent=depth, bold=(not node.parts and not depth) or bool(node.parts))
        page.text(1, criterion.title, text_wrap=True)
        if criterion.weight is not None:
            page.number(2, criterion.weight)
        facts.points[criterion.id] = page.number(3, node.points)
        if node.parts:
            again = page.formula(4, total([rows[part].here for part in node.parts]), node.points)
            page.check(5, f"ROUND({again.here}-{rows[criterion.id].here},9)=0", checked)
        if criterion.scorer:
            page.text(6, criterion.scorer.name)
            page.text(7, ", ".join(f"{k}: {_plain(v)}" for k, v in criterion.scorer.params.items()), text_wrap=True)
        page.text(8, _minimum(criterion.minimum))
        page.text(9, criterion.description, text_wrap=True)
        page.row += 1
    page.text(1, WORDS("total"), bold=True)
    whole = plan.available
    page.formula(3, total([rows[root].here for root in plan.roots]), whole, bold=True)
    page.mark_checks(5)


def _tree(criteria: Iterable[Criterion], depth: int) -> Iterator[tuple[Criterion, int]]:
    for criterion in criteria:
        yield criterion, depth
        yield from _tree(criterion.criteria, depth + 1)


def _minimum(minimum: Minimum | None) -> str:
    if minimum is None:
        return ""
    return percentage(minimum.share) if minimum.share is not None else WORDS("minimum.mark", mark=shown(minimum.mark))


def _plain(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{k}: {_plain(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_plain, value)) + "]"
        case _:
            return shown(value)


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


def write_marks(page: Worksheet, case: Case, facts: InputCells) -> None:
    """One row a mark: agreed, of each evaluator, and the reason."""
    titles = {c.id: c.title for c in case.compiled.scheme.walk()}
    by_lot = [(lot, bids_of(case, lot)) for lot in case.evaluations]
    named = (e for _, bids in by_lot for b in bids.bids for m in b.marks.values() for e in m.individual)
    evaluators = tuple(dict.fromkeys(named))
    page.widen(6, *[13] * len(evaluators), 70, 24, 12, 30)
    reason = 6 + len(evaluators)
    page.heading(WORDS("marks.title"), 14)
    heads = [WORDS(key) for key in ("lot", "bid", "supplier", "criterion", "criterion title", "agreed")]
    heads += [WORDS("mark of", evaluator=name) for name in evaluators]
    page.heads(*heads, *map(WORDS, ("reason", "agreed by", "agreed on", "place")))
    page.freeze(2)
    order = {c.id: n for n, c in enumerate(case.compiled.scheme.walk())}
    for lot, bids in by_lot:
        for bid in bids.bids:
            for name, mark in sorted(bid.marks.items(), key=lambda item: order.get(item[0], len(order))):
                _mark(page, (lot, bid, name), mark, titles.get(name, ""), evaluators, facts)
    page.sheet.autofilter(1, 0, max(page.row - 1, 1), reason + 3)


def _mark(
    page: Worksheet, of: tuple[str, Bid, str], mark: Mark, title: str, evaluators: tuple[str, ...], facts: InputCells
) -> None:
    lot, bid, name = of
    for column, text in enumerate((lot, bid.id, bid.name, name, title)):
        page.text(column, text, text_wrap=column in (2, 4))
    if isinstance(mark.agreed.value, Fraction):
        facts.marks[lot, bid.id, name] = page.number(5, mark.agreed.value, bold=True)
    else:
        page.text(5, shown(mark.agreed.value), bold=True)
    for column, evaluator in enumerate(evaluators, 6):
        if figure := mark.individual.get(evaluator):
            if isinstance(figure.value, Fraction):
                page.number(column, figure.value)
            else:
                page.text(column, shown(figure.value))
    after = 6 + len(evaluators)
    page.text(after, mark.reason, text_wrap=True, indent=1)
    page.text(after + 1, ", ".join(mark.agreed_by), text_wrap=True)
    page.text(after + 2, mark.on)
    page.text(after + 3, str(mark.agreed.where), text_wrap=True)
    page.row += 1


def write_prices(page: Worksheet, book: Workbook, case: Case, facts: InputCells) -> None:
    """The prices as stated, and the evaluated price by formula: components over the years, discounted."""
    scheme = case.compiled.scheme
    model = scheme.price
    page.widen(3, *[16] * (len(model.components) if model else 1), 16, 16, 9, 40)
    page.heading(WORDS("prices.title"), 14)
    factors = _model(page, model) if model else []
    names = [c.title or c.id for c in model.components] if model else [WORDS("prices.stated")]
    heads = [WORDS(key) for key in ("lot", "bid", "supplier")] + names
    ends = ("prices.evaluated", "prices.ours", "check", "place")
    page.heads(*heads, *map(WORDS, ends))
    page.freeze(2)
    for lot in case.evaluations:
        checked = book.checks(WORDS("checks.prices"), lot)
        for bid in bids_of(case, lot).bids:
            for column, text in enumerate((lot, bid.id, bid.name)):
                page.text(column, text, text_wrap=column == 2)
            price = _priced(bid, model, scheme.rounding)
            _price(page, bid, price, factors, model, scheme, facts, lot, checked)
            page.row += 1
    page.mark_checks(len(heads) + 2)


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
    for column, component in enumerate(model.components, 3):
        formula = _factor(component, model, years.here, rate.here)
        if quantity := quantities.get(component.id):
            formula = f"{quantity.here}*({formula})"
        cells.append(page.formula(column, formula, factor(component, model), "0.########"))
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


def _priced(bid: Bid, model: PriceModel | None, rounding: Rounding | None) -> Fraction | None:
    """The evaluated price as the engine reads it, or None where the bid does not state it."""
    if model:
        found = evaluated_price(bid, model, rounding)
        return found.value if isinstance(found, Step) and isinstance(found.value, Fraction) else None
    stated = bid.figures.get("price")
    if stated is None or not isinstance(stated.value, Fraction):
        return None
    if rounding and "price" in rounding.at:
        return round_fraction(stated.value, rounding.places, rounding.mode)
    return stated.value


def _price(
    page: Worksheet,
    bid: Bid,
    price: Fraction | None,
    factors: list[Cell],
    model: PriceModel | None,
    scheme: Scheme,
    facts: InputCells,
    lot: str,
    checked: Checked,
) -> None:
    names = [c.column for c in model.components] if model else ["price"]
    cells: list[Cell] = []
    for column, name in enumerate(names, 3):
        stated = bid.figures.get(name)
        figure = stated.value if stated and isinstance(stated.value, Fraction) else None
        if model and figure is not None:
            figure = counted_figure(bid, model.components[column - 3], model)
        if figure is not None:
            cells.append(page.number(column, figure, MONEY))
    after = 3 + len(names)
    places = ", ".join(str(bid.figures[name].where) for name in names if name in bid.figures)
    page.text(after + 3, places, text_wrap=True, indent=1)
    if price is None or len(cells) < len(names):
        return
    parts = [f"{cell.here}*{each.here}" for cell, each in zip(cells, factors, strict=bool(model))]
    formula, snap = total(parts) if model else cells[0].here, snap_for([price])
    if scheme.rounding and "price" in scheme.rounding.at:
        formula = Rounder(scheme.rounding.places, scheme.rounding.mode).of(formula, snap)
    again = page.formula(after, formula, price, MONEY)
    facts.prices[lot, bid.id] = again, price
    rounder = Rounder(scheme.rounding.places, scheme.rounding.mode) if scheme.rounding else Rounder(2, "half_up")
    shows = Fraction(fixed(price, rounder.places, rounder.mode))
    ours = page.number(after + 1, shows, "#,##" + decimals(rounder.places))
    page.check(after + 2, agrees(again.here, ours.here, rounder, snap), checked)
