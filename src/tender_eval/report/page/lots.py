"""Everything that the report says of one tender, or of one lot of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from tender_eval.audit.case import Case
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.inert import cut
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.page.across import lost_by, verdict_across
from tender_eval.report.page.bids import QUALITY, BidView, BidViewer
from tender_eval.report.page.charts import Chart, parts_chart, ranking_chart
from tender_eval.report.page.method import MethodView, method_of
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.prices import PriceSection, price_section
from tender_eval.report.page.sayings import DEEPEST, LONGEST_NAME
from tender_eval.report.page.verdict import Verdict, decided_for, still_closed, verdict_of
from tender_eval.report.printed import criteria_of, roots_of

MOST_HEADS = 3  # criteria that have room beside each other in the ranking
COLUMNS = 5  # bids beside each other in a table that still fits on a page


@dataclass(frozen=True, slots=True)
class CriterionHead:
    """A criterion at the head of a column or row."""

    id: str
    title: str
    depth: int
    group: bool
    available: str


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot; its id is empty for a tender without lots. ``heads`` are the criteria shown in the ranking.

    ``lost`` says why each bid that is ranked is not awarded it, where lots are awarded together.
    """

    anchor: str
    id: str
    title: str
    figure: str
    best: str
    verdict: Verdict
    sensitivity: str
    closed: bool
    ranking: Chart | None
    parts: Chart | None
    heads: tuple[CriterionHead, ...]
    criteria: tuple[CriterionHead, ...]
    bids: tuple[BidView, ...]
    awards: bool
    prices: PriceSection
    method: MethodView
    lost: tuple[tuple[BidView, str], ...]

    @property
    def tells_firmness(self) -> bool:
        """Whether there is anything to say of how firm the result is."""
        return bool(self.verdict.firmness or (self.sensitivity and not self.closed))

    @property
    def ranked(self) -> tuple[BidView, ...]:
        return tuple(b for b in self.bids if b.ranked)

    @property
    def out(self) -> tuple[BidView, ...]:
        return tuple(b for b in self.bids if not b.ranked)

    @property
    def flagged(self) -> tuple[BidView, ...]:
        return tuple(b for b in self.bids if b.flags)

    @property
    def flags(self) -> int:
        return sum(len(b.flags) for b in self.bids)

    @property
    def tables(self) -> tuple[tuple[int, tuple[BidView, ...]], ...]:
        """The scored bids in groups that fit beside each other, each with the number of its first."""
        scored = tuple(b for b in self.bids if b.by_criterion)
        return tuple((n + 1, scored[n : n + COLUMNS]) for n in range(0, len(scored), COLUMNS))

    @property
    def scored(self) -> int:
        return sum(1 for b in self.bids if b.by_criterion)


def lots_of(case: Case, sensitivity: str, words: Catalogue) -> Iterator[LotView]:
    """Every lot of a case, in the order of the tender."""
    titles = {lot.id: lot.title for lot in case.bids.tender.lots}
    for number, (lot, evaluation) in enumerate(case.evaluations.items(), 1):
        yield _lot(case, evaluation, lot, cut(titles.get(lot, ""), LONGEST_NAME), f"lot-{number}", sensitivity, words)


def _lot(
    case: Case, evaluation: Evaluation, lot: str, title: str, anchor: str, sensitivity: str, words: Catalogue
) -> LotView:
    plan = case.compiled.plan
    numbers = Numbers(evaluation, plan.scheme.currency, words)
    prices = price_section(evaluation, plan.scheme.price, numbers, words)
    stated = {b.id: b for b in (case.bids.for_lot(lot) if lot else case.bids).bids}
    closed = case.stage == QUALITY
    decided = decided_for(case, evaluation)
    viewer = BidViewer(case, evaluation, decided, numbers, words, prices, anchor)
    bids = sorted(evaluation.bids, key=lambda b: b.id) if closed else evaluation.bids
    views = tuple(viewer.view(b, stated[b.id], n) for n, b in enumerate(bids, 1))
    roots = roots_of(evaluation)
    groups = {node.id for node in plan.nodes if node.parts}
    heads = {
        c.id: CriterionHead(
            c.id, c.title or c.id, min(c.depth, DEEPEST), c.id in groups, numbers.available(c.available)
        )
        for c in criteria_of(evaluation)
    }
    return LotView(
        anchor=anchor, id=lot, title=title, figure=evaluation.figure, best=evaluation.best,
        verdict=still_closed(words) if closed
        else verdict_across(case.across, evaluation, numbers, words) if case.across
        else verdict_of(evaluation, plan, numbers, words),
        sensitivity=sensitivity, closed=closed,
        ranking=None if closed else ranking_chart(evaluation, decided, numbers),
        parts=None if closed else parts_chart(evaluation, decided, numbers),
        heads=tuple(heads[c.id] for c in roots) if len(roots) <= MOST_HEADS else (),
        criteria=tuple(heads[node.id] for node in plan.nodes if node.id in heads),
        bids=views,
        awards=evaluation.shares_money, prices=prices,
        method=method_of(plan, evaluation, numbers, words),
        lost=tuple(lost_by(case.across, lot, views)) if case.across else (),
    )  # fmt: skip


def heading_of(lot: LotView, words: Catalogue) -> Markup | str:
    """The heading of a lot."""
    return words("result.lot titled", id=lot.id, title=lot.title) if lot.title else words("result.lot", id=lot.id)
