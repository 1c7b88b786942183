"""The scores of one tender: a table with sub-totals and total, and each score with its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Items, Table, heading, items, paragraph, table
from tender_eval.engine.plan import Leaf
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name, with_value
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Inline, capital, spaced, strong
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.report.letters.places import shared_points
from tender_eval.report.terms.criteria import marks_available, scale_of
from tender_eval.report.terms.figures import figure, figure_name, points, ranking_figure
from tender_eval.report.terms.formulas import formulas, price_step, price_workings, ranking_step, score_step, workings
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import first_sentence, numbered

t = catalogue("letters", "terms")


class AssessedBid(NamedTuple):
    """One tender in one lot (``""`` where there are none): what it said, and how it came out."""

    case: Case
    lot: str
    evaluation: Evaluation
    bid: Bid
    result: BidResult

    @property
    def told(self) -> bool:
        """Whether ranks, totals across quality and price and winners may be told."""
        return self.case.evaluated(self.lot)

    @property
    def awarded(self) -> tuple[str, ...]:
        """The bids that are awarded, as the case has it: nobody while that is open."""
        return self.case.awarded(self.lot)

    @property
    def assessed(self) -> bool:
        """Whether the tender was assessed for the award; one turned away before that is told nothing of the others."""
        removed = self.bid.removed
        return bool(self.result.criteria) and (removed is None or removed.assessed)

    def printed(self, criterion: CriterionResult) -> str:
        """The points of a criterion, the last place shared so that parts add up to the total."""
        return self.points(shared_points(self.evaluation, self.result)[criterion.id])

    def points(self, value: Fraction | None) -> str:
        """Points at the scheme's places."""
        return points(self.evaluation, value)

    def figure(self, value: Fraction | None) -> str:
        """What tenders are ranked by; money as money."""
        return ranking_figure(self.evaluation, value, self.case.compiled.scheme.currency)

    def named(self, value: Fraction | None) -> str:
        """The same with its name: ``84.00 points``."""
        return with_value(self.evaluation.figure, self.figure(value))


def scores_table(of: AssessedBid, caption: str) -> Table:
    """Marks and points by criterion, with sub-totals and the total; below it what else tenders are ranked by."""
    plan, result = of.case.plan(of.lot), of.result
    numbers = numbered(plan.scheme)
    leaves = {leaf.id: leaf for leaf in plan.leaves}
    rows: list[tuple[Inline, ...]] = []
    notes: list[Inline] = []
    for c in result.criteria:
        leaf = leaves.get(c.id)
        mark = _marks(of.bid, leaf) if leaf else ""
        cells = (f"{numbers[c.id]} {c.title or c.id}", mark, of.printed(c), number(c.available))
        rows.append(cells if leaf else tuple(strong(cell) for cell in cells))
    roots = [c for c in result.criteria if c.depth == 0]
    if of.told and len(roots) > 1 and len(roots) == len(plan.roots):
        total, most = (sum(parts, Fraction(0)) for parts in zip(*((c.points, c.available) for c in roots), strict=True))
        rows.append(tuple(map(strong, (t("scores.total"), "", of.points(total), number(most)))))
    if of.told and result.figure is not None and of.evaluation.figure is not RankingFigure.POINTS:
        figure, value = capital(ranked_name(of.evaluation.figure)), of.figure(result.figure)
        notes.append(strong(t("scores.ranking_figure", figure=figure, value=value)))
    named = heads(t, "scores", "title mark points available")
    return table(caption, named, rows, numbers=(1, 2, 3), widths=(52, 14, 17, 17), notes=[*notes, *_shared(of)])


def _shared(of: AssessedBid) -> list[str]:
    """How the last place is shared, where a figure is printed otherwise than it would be by itself."""
    printed = shared_points(of.evaluation, of.result)
    moved = [c for c in of.result.criteria if of.points(c.points) != of.points(printed[c.id])]
    each = [t("scores.shared.one", title=c.title or c.id, exact=number(c.points), printed=of.printed(c)) for c in moved]
    return [t("scores.shared", figures=t.listing(each))] if each else []


def _marks(bid: Bid, leaf: Leaf) -> str:
    return in_a_row(shown(m.value) for name in leaf.marks if (m := bid.marks.get(name)))


def explained(of: AssessedBid, level: int, *, higher: bool = True) -> Iterator[Block]:
    """Every scored criterion: its score, the reason, and what a higher mark asks for.

    Args:
        higher: whether that is told: to the bidder itself it is, of the winner to others not.
    """
    plan = of.case.plan(of.lot)
    numbers = numbered(plan.scheme)
    criteria = {c.id: c for c in plan.scheme.walk()}
    for leaf in plan.leaves:
        found = of.result.criterion(leaf.id)
        if found is None:
            continue
        yield heading(f"{numbers[leaf.id]} {found.title or leaf.id}", level)
        if criteria[leaf.id].description:
            yield paragraph(criteria[leaf.id].description)
        names = leaf.marks
        marks = [(name, of.bid.marks[name]) for name in names if name in of.bid.marks]
        if len(names) == 1 and len(marks) == 1:
            yield from _marked(of, leaf, found, marks[0][1])
        else:
            yield from _worked_out(of, leaf, found)
        for name, mark in marks:
            if len(names) > 1:
                told = t("explained.mark_alone", name=figure_name(name), mark=shown(mark.value))
                yield paragraph(told, strong(t("explained.panel")), mark.reason)
            else:
                yield paragraph(strong(t("explained.panel")), mark.reason)
            yield from _corrections(of, name)
        if higher and len(names) == 1 and len(marks) == 1:
            yield from _higher(scale_of(plan, leaf), marks[0][1])


def _marked(of: AssessedBid, leaf: Leaf, found: CriterionResult, mark: Mark) -> Iterator[Block]:
    plan = of.case.plan(of.lot)
    scale, highest = scale_of(plan, leaf), leaf.highest_mark
    earned = {"points": of.printed(found), "available": number(found.available)}
    step = _step(scale, mark)
    if step:
        marks = marks_available(plan, leaf)
        yield paragraph(strong(t("explained.given", mark=shown(step.mark), title=_title(step), marks=marks, **earned)))
        if step.descriptor:
            yield paragraph(t("explained.scale"), step.descriptor)
    elif highest is not None:
        mark_given = shown(mark.value)
        yield paragraph(strong(t("explained.out_of", mark=mark_given, highest=shown(highest), **earned)))
    else:
        yield from _worked_out(of, leaf, found)


def _worked_out(of: AssessedBid, leaf: Leaf, found: CriterionResult) -> Iterator[Block]:
    """A score that follows from figures of the tender: these, the formula, and the numbers in it."""
    available = number(found.available)
    yield paragraph(strong(t("explained.worked_out", points=of.printed(found), available=available)))
    score = score_step(found.step)
    told: list[Inline] = [spaced(t("explained.method"), first_sentence(leaf.scorer.item))]
    columns = {r.column for r in leaf.reads}
    currency = of.case.compiled.scheme.currency
    stated = "; ".join(
        t("explained.stated", figure=figure_name(s.label.name), value=figure(s.label.name, s.value, currency))
        for s in score.inputs
        if isinstance(s.label, Column) and s.label.name in columns  # never whose figure the lowest is
    )
    told += [spaced(t("explained.figures"), f"{stated}.")] if stated else []
    yield items([*told, *_arithmetic(score)])


def _arithmetic(step: Step) -> Iterator[Inline]:
    """Each formula, and the same with the numbers."""
    said, worked = formulas(step), workings(step)
    if len(said) != len(worked):
        worked = ("; ".join(worked),)
        said = ("; ".join(said),)
    for text, numbers in zip(said, worked, strict=True):
        yield spaced(t("explained.formula"), f"{text}.", t("explained.numbers"), _ended(numbers))


def _ended(sentence: str) -> str:
    """The text with its full stop; a figure without end has its dots already."""
    return sentence if sentence.endswith("...") else f"{sentence}."


def ranked_by(of: AssessedBid, level: int) -> Iterator[Block]:
    """How the figure that tenders are ranked by came about, with the evaluated price where it is made of parts."""
    step = ranking_step(of.result)
    if step is None or not of.told:
        return
    yield heading(t("explained.ranked_by", figure=ranked_name(of.evaluation.figure)), level)
    price = price_step(of.result)
    told: list[Inline] = list(price_workings(price)) if price else []
    yield items([*told, *_arithmetic(step)])


def _step(scale: Scale | None, mark: Mark) -> ScaleStep | None:
    return next((s for s in scale.steps if s.mark == mark.value), None) if scale else None


def _higher(scale: Scale | None, mark: Mark) -> Iterator[Block]:
    step = _step(scale, mark)
    if scale is None or step is None:
        return
    above = scale.by_worth[scale.by_worth.index(step) + 1 :]
    if not above:
        yield paragraph(t("explained.full_marks"))
        return
    yield paragraph(strong(t("explained.higher")))
    yield _descriptors(above)


def _descriptors(steps: Iterable[ScaleStep]) -> Items:
    missing = t("explained.no_descriptor")
    return items(
        t("explained.higher_mark", mark=shown(s.mark), title=_title(s), descriptor=s.descriptor or missing)
        for s in steps
    )


def _title(step: ScaleStep) -> str:
    return t("explained.title", title=step.title) if step.title else ""


def _corrections(of: AssessedBid, criterion: str) -> Iterator[Block]:
    """What was put right after the mark was recorded, and why."""
    for act, *_ in of.case.corrections:
        about = act.said("bid"), act.said("field")
        if about == (of.bid.id, f"marks.{criterion}") and act.said("lot") in ("", of.lot):
            told = t("explained.corrected", at=t.time(act.at), old=act.said("old"), new=act.said("new"))
            yield paragraph(strong(told), act.said("reason"), tone="aside")
