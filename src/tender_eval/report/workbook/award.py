"""The working of the award: the figure that the rule ranks by, and the ranks with their tie breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult
from tender_eval.model.wording import places_for
from tender_eval.report.workbook.book import Cell, Checked, Range, decimals
from tender_eval.report.workbook.facts import MONEY
from tender_eval.report.workbook.formulas import Key, rank, snap_for, total
from tender_eval.report.workbook.lot import (
    BID,
    CHECK,
    COMPARED,
    COUNTS,
    EXTRA,
    FIGURE,
    FLOORED,
    NOTE,
    OURS,
    POINTS,
    POINTS_CHECK,
    POINTS_OURS,
    RESULT,
    LotWorking,
    Pair,
)
from tender_eval.report.workbook.rules import RuleFormula, accepts, counted, formula_of, quality_of

WORDS = catalogue("workbook")

PRICES = EXTRA  # the prices that are compared
TIES = EXTRA + 1


@dataclass(slots=True)
class _Figures:
    """Where the formula of one bid finds its figures (see `rules.Figures`)."""

    work: LotWorking
    bid: str
    params: dict[str, Cell] = field(default_factory=dict)
    price: str = ""
    quality: str = ""
    qualities: str = ""
    prices: str = ""

    @property
    def available(self) -> str:
        return self.params["available"].here

    def param(self, name: str) -> str:
        return self.params[name].here

    def points(self, criterion: str) -> str:
        return self.work.points[criterion, self.bid].here

    def share(self, criterion: str) -> str:
        if (criterion, self.bid) in self.work.scores:
            return self.work.scores[criterion, self.bid].here
        return f"({self.points(criterion)}/{self.work.page.ref(self.work.facts.points[criterion])})"


class AwardSection:
    """The section of the award rule for one lot."""

    def __init__(self, work: LotWorking) -> None:
        self.work, self.page, self.rule = work, work.page, work.plan.rule
        self.formula: RuleFormula | None = formula_of(self.rule)
        self.needs = self.formula.needs if self.formula else frozenset[str]()
        self.quality = quality_of(self.rule) if "quality" in self.needs else ()
        self.price = str(getattr(self.rule.params, "price", "price")) if "price" in self.needs else ""
        self.kept: dict[str, tuple[Cell, bool]] = {}
        self.turns_away = accepts(self.rule, _Figures(work, "", _Anything())) not in ("", None)

    def write(self) -> None:
        """Write figures and ranks; which bids the rule itself keeps is in ``kept``."""
        work, page, found = self.work, self.page, self.work.evaluation
        best = WORDS(f"award.{found.best}")
        page.heading(WORDS("head.award", rule=self.rule.rule.name, figure=found.figure, best=best))
        page.text(BID, work.told(WORDS("head.scorer", scorer=self.rule.rule), "total"), italic=True)
        page.row += 1
        params = self._params()
        bids = self._bids()
        self._heads()
        first = page.row
        rows = Range(page.name, 0, first, first + len(bids) - 1)
        among = Range(page.name, 0, first, first + len(work.ranked) - 1)
        figures = [bid.figure for bid in work.ranked if bid.figure is not None]
        places = places_for(figures, found.places)
        checked = work.book.checks(WORDS("checks.figure", figure=found.figure), work.lot)
        ranks = work.book.checks(WORDS("checks.ranks"), work.lot)
        for bid in bids:
            page.text(BID, bid.id)
            at = self._figures(bid, params, rows)
            if bid.figure is not None:
                shape = decimals(max(places, 2))
                if self.formula:
                    what = counted(work.plan) if not self.needs else self.rule.params
                    text = work.rounded(self.formula.formula(what, at), "total", [bid.figure])
                    cell = page.formula(RESULT, text, bid.figure, shape)
                    work.compare(Pair(cell, OURS, CHECK), bid.figure, places, checked)
                else:
                    cell = page.number(RESULT, bid.figure, shape)
                    work.not_recomputed(WORDS("not recomputed"), checked)
                work.figures[bid.id] = cell
                self._rank(bid, bid.figure, among)
            page.row += 1
        self._check_ranks(first, ranks)
        page.row += 1
        self._money()

    def _bids(self) -> list[BidResult]:
        """The ranked bids, then those that the rule turned away or compared with."""
        ranked = self.work.ranked
        others = [bid for bid in self.work.evaluation.bids if bid.rank is None and self._known(bid)]
        return ranked + (others if self.turns_away or self._comparison else [])

    @property
    def _comparison(self) -> bool:
        return "comparison" in self.needs and not self.work.plan.recomputes

    def _known(self, bid: BidResult) -> bool:
        """Whether a bid that is not ranked has what the rule asks for."""
        priced = not self.price or self.work.column(bid.id, self.price) is not None
        return priced and all(bid.criterion(node) for node in self.quality) and bid.status != "not_shortlisted"

    def _params(self) -> dict[str, Cell]:
        """The rule's parameters in cells, and the weights that stand in for those it does not state."""
        page, plan, params, found = self.page, self.work.plan, self.rule.params, dict[str, Cell]()
        for name in self.formula.params if self.formula else ():
            page.text(BID, name)
            found[name] = page.number(FIGURE, Fraction(getattr(params, name)))
            page.row += 1
        if self.quality:
            page.text(BID, WORDS("available.quality"))
            found["available"] = page.formula(FIGURE, self._sum(self.quality), self._available(self.quality))
            page.row += 1
        if "weights" in self.needs:
            rest = f"{self._sum(plan.roots)}-({self._sum(self.quality)})"
            self._weight("quality_weight", self._sum(self.quality), self._available(self.quality), found)
            left = self._available(plan.roots) - self._available(self.quality)
            self._weight("price_weight", rest, left, found)
        for n, value in enumerate(params.values if "values" in self.needs else ()):
            for name, amount in (("no", value.no_marks), ("full", value.full_marks)):
                page.text(BID, WORDS(f"value.{name}", criterion=value.criterion))
                found[f"{name} {n}"] = page.number(FIGURE, amount, MONEY)
                page.row += 1
        return found

    def _weight(self, name: str, formula: str, value: Fraction, found: dict[str, Cell]) -> None:
        stated = getattr(self.rule.params, name, None)
        self.page.text(BID, WORDS(name))
        if stated is None:
            found[name] = self.page.formula(FIGURE, formula, value)
        else:
            found[name] = self.page.number(FIGURE, stated)
        self.page.row += 1

    def _sum(self, nodes: Iterable[str]) -> str:
        return total([self.page.ref(self.work.facts.points[node]) for node in nodes])

    def _available(self, nodes: Iterable[str]) -> Fraction:
        return sum((self.work.plan.node(node).points for node in nodes), Fraction(0))

    def _heads(self) -> None:
        work = self.work
        heads = [""] * EXTRA
        heads[BID], heads[RESULT], heads[OURS], heads[CHECK] = (
            WORDS("bid"), work.evaluation.figure, WORDS("ours"), WORDS("check"),
        )  # fmt: skip
        heads[POINTS], heads[POINTS_OURS], heads[POINTS_CHECK] = WORDS("rank"), WORDS("ours"), WORDS("check")
        if self.turns_away:
            heads[NOTE] = WORDS("rule accepts")
        if self.price:
            heads[FIGURE] = WORDS("price")
        if self.quality:
            heads[FLOORED] = WORDS("quality")
        heads.append("")
        if "comparison" in self.needs:
            heads[COUNTS], heads[COMPARED] = WORDS("in comparison"), WORDS("quality compared")
            heads[PRICES] = WORDS("price compared")
        heads += [WORDS("tie", label=tie.label) for tie in work.plan.ties]
        self.page.heads(*heads)

    def _figures(self, bid: BidResult, params: dict[str, Cell], rows: Range) -> _Figures:
        """The price and the quality points of a bid, and whether the rule keeps it."""
        page, work, at = self.page, self.work, _Figures(self.work, bid.id, params)
        price = quality = Fraction(0)
        if self.price:
            price = work.column(bid.id, self.price) or Fraction(0)
            cell = work.figure(bid.id, self.price, FIGURE, price)
            at.price = cell.here
        if self.quality:
            quality = sum((c.points for node in self.quality if (c := bid.criterion(node))), Fraction(0))
            parts = total([work.points[node, bid.id].here for node in self.quality])
            at.quality = page.formula(FLOORED, parts, quality, "0.00######").here
        if "comparison" in self.needs:
            counts = page.number(COUNTS, int(work.compared(bid)), align="center")
            for column, own, value in ((COMPARED, at.quality, quality), (PRICES, at.price, price)):
                page.formula(column, f'IF({counts.here}=1,{own},"")', value if work.compared(bid) else "")
            at.qualities, at.prices = (rows._replace(column=c).here for c in (COMPARED, PRICES))
        if self.turns_away:
            self._keep(bid, at, price, quality)
        return at

    def _keep(self, bid: BidResult, at: _Figures, price: Fraction, quality: Fraction) -> None:
        budget = getattr(self.rule.params, "budget", None)
        kept = quality > 0 if budget is None else price <= budget
        test = accepts(self.rule, at)
        shows = WORDS("accepted" if kept else "turned away")
        cell = self.page.formula(NOTE, f'IF({test},"{WORDS("accepted")}","{WORDS("turned away")}")', shows)
        self.kept[bid.id] = cell, kept

    def _rank(self, bid: BidResult, figure: Fraction, among: Range) -> None:
        work, page = self.work, self.page
        own = work.figures[bid.id]
        keys = [Key(among._replace(column=RESULT).here, own.here, work.evaluation.best, snap_for([figure]))]
        for n, tie in enumerate(work.plan.ties):
            value = self._tie_value(bid, tie.criterion, tie.column)
            if tie.criterion:
                cell = page.formula(TIES + n, work.points[tie.criterion, bid.id].here, value)
            else:
                cell = work.figure(bid.id, tie.column, TIES + n, value)
            keys.append(Key(among._replace(column=TIES + n).here, cell.here, tie.best, snap_for([value])))
        work.ranks[bid.id] = page.formula(POINTS, rank(keys), Fraction(bid.rank or 0), "0")

    def _tie_value(self, bid: BidResult, criterion: str, column: str) -> Fraction:
        if criterion:
            found = bid.criterion(criterion)
            return found.points if found else Fraction(0)
        value = self.work.column(bid.id, column)
        return value if value is not None else Fraction(0)

    def _check_ranks(self, first: int, checked: Checked) -> None:
        page, after = self.page, self.page.row
        for n, bid in enumerate(self.work.ranked):
            page.row = first + n
            ours = page.number(POINTS_OURS, bid.rank or 0, "0")
            page.check(POINTS_CHECK, f"{self.work.ranks[bid.id].here}={ours.here}", checked)
        page.row = after

    def _money(self) -> None:
        """Money that the rule shares out: a value, for it follows from the whole order of the bids."""
        awarded = [bid for bid in self.work.ranked if bid.award is not None]
        if not awarded:
            return
        page = self.page
        checked = self.work.book.checks(WORDS("checks.money"), self.work.lot)
        heads = [""] * EXTRA
        heads[BID], heads[RESULT], heads[NOTE] = map(WORDS, ("bid", "award", "note"))
        page.heads(*heads)
        for bid in awarded:
            page.text(BID, bid.id)
            page.number(RESULT, bid.award or 0, MONEY)
            self.work.not_recomputed(WORDS("not recomputed"), checked)
            page.row += 1
        page.row += 1


class _Anything(dict[str, Cell]):
    """Stands for the cells of parameters where only the shape of a formula is asked."""

    def __missing__(self, key: str) -> Cell:
        return Cell("", 0, 0)
