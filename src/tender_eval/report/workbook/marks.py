"""The sheet of marks: one row a mark, with those of each evaluator; a mark that the scheme computes is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.engine.questions import scales_of_marks
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.digits import shown
from tender_eval.model.marking.scales import Scale
from tender_eval.model.panel_rule import MEAN, MEDIAN, SHARES, WEIGHTED_MEAN, PanelRule
from tender_eval.model.tables import share_for
from tender_eval.report.workbook.book import Cell, Worksheet
from tender_eval.report.workbook.formulas import Rounder, snap_for
from tender_eval.report.workbook.inputs import SHARE, InputCells

WORDS = catalogue("workbook")
COUNTS, FIRST = 5, 6  # the mark that counts; the first evaluator's


def write_marks(page: Worksheet, case: Case, facts: InputCells) -> None:
    """One row a mark: the one that counts, of each evaluator, and the reason."""
    titles = {c.id: c.title for c in case.compiled.scheme.walk()}
    by_lot = [(lot, case.bids_for(lot)) for lot in case.evaluations]
    named = (e for _, bids in by_lot for b in bids.bids for m in b.marks.values() for e in m.individual)
    evaluators = tuple(dict.fromkeys(named))
    rule = case.compiled.scheme.panel
    sheet = _Marks(page, facts, evaluators, rule, scales_of_marks(case.compiled.plan), case.bids.roles)
    page.widen(FIRST, *[13] * len(evaluators), 70, 24, 12, 30, *[13] * (len(evaluators) + 1))
    page.heading(WORDS("marks.title computed" if rule.computed else "marks.title"), 14)
    heads = [WORDS(key) for key in ("lot", "bid", "supplier", "criterion", "criterion title")]
    heads.append(WORDS("computed" if rule.computed else "agreed"))
    heads += [WORDS("mark of", evaluator=name) for name in evaluators]
    heads += [WORDS(key) for key in ("reason", "agreed by", "agreed on", "place")]
    if sheet.in_shares:
        heads += [*(WORDS("share of", evaluator=name) for name in evaluators), WORDS("share")]
    page.heads(*heads)
    page.freeze(2)
    order = {c.id: n for n, c in enumerate(case.compiled.scheme.walk())}
    for lot, bids in by_lot:
        for bid in bids.bids:
            for name, mark in sorted(bid.marks.items(), key=lambda item: order.get(item[0], len(order))):
                sheet.write((lot, bid, name), mark, titles.get(name, ""))
    page.sheet.autofilter(1, 0, max(page.row - 1, 1), len(heads) - 1)


@dataclass(frozen=True, slots=True)
class _Marks:
    page: Worksheet
    facts: InputCells
    evaluators: tuple[str, ...]
    rule: PanelRule
    scales: Mapping[str, Scale]
    roles: Mapping[str, str]

    @property
    def in_shares(self) -> bool:
        """Whether the shares that marks earn stand beside them, for it is of these that the mark is computed."""
        return self.rule.computed and self.rule.of == SHARES

    def write(self, of: tuple[str, Bid, str], mark: Mark, title: str) -> None:
        """Write the row of a mark."""
        page, (lot, bid, name) = self.page, of
        for column, text in enumerate((lot, bid.id, bid.name, name, title)):
            page.text(column, text, text_wrap=column in (2, 4))
        given: dict[int, Fraction] = {}
        for column, evaluator in enumerate(self.evaluators, FIRST):
            if figure := mark.individual.get(evaluator):
                if isinstance(figure.value, Fraction):
                    given[column] = figure.value
                    page.number(column, figure.value)
                else:
                    page.text(column, shown(figure.value))
        if not isinstance(mark.value, Fraction):
            page.text(COUNTS, shown(mark.value), bold=True)
        elif self.rule.computed and given:
            formula = self._computed(name, mark.value, given)
            self.facts.marks[lot, bid.id, name] = page.formula(COUNTS, formula, mark.value, bold=True)
        else:
            self.facts.marks[lot, bid.id, name] = page.number(COUNTS, mark.value, bold=True)
        after = FIRST + len(self.evaluators)
        page.text(after, mark.reason, text_wrap=True, indent=1)
        page.text(after + 1, in_a_row(mark.agreed_by), text_wrap=True)
        page.text(after + 2, mark.on)
        page.text(after + 3, str(mark.figure_at), text_wrap=True)
        page.row += 1

    def _computed(self, name: str, value: Fraction, given: Mapping[int, Fraction]) -> str:
        """The formula of a mark that is computed of those beside it."""
        scale = self.scales.get(name)
        if not self.in_shares or scale is None:
            return self._statistic(FIRST, given, [value, *given.values()])
        page, apart = self.page, len(self.evaluators) + 4
        for column, mark in given.items():
            share = self._share_of(self._here(column), scale)
            page.formula(column + apart, share, share_for(mark, scale), SHARE)
        last = FIRST + apart + len(self.evaluators)
        earned = page.formula(
            last, self._statistic(FIRST + apart, given, [Fraction(1)]), share_for(value, scale), SHARE
        )
        return self._mark_for(earned.here, scale)

    def _here(self, column: int) -> str:
        return Cell(self.page.name, self.page.row, column).here

    def _statistic(self, first: int, given: Iterable[int], figures: list[Fraction]) -> str:
        """The statistic of the cells of all evaluators, rounded as the scheme says; blank ones do not count."""
        cells = f"{self._here(first)}:{self._here(first + len(self.evaluators) - 1)}"
        match self.rule.marks:
            case x if x == MEAN:
                found = f"AVERAGE({cells})"
            case x if x == MEDIAN:
                found = f"MEDIAN({cells})"
            case x if x == WEIGHTED_MEAN:
                found = self._weighted(first, given)
            case _:
                out = "".join(f"-{f}({cells},{n})" for n in range(1, self.rule.trim + 1) for f in ("LARGE", "SMALL"))
                found = f"(SUM({cells}){out})/(COUNT({cells})-{2 * self.rule.trim})"
        rounding = self.rule.rounding
        return Rounder(rounding.places, rounding.mode).of(found, snap_for(figures)) if rounding else found

    def _weighted(self, first: int, given: Iterable[int]) -> str:
        """The weighted mean of the cells of those who gave a mark; the weights are the scheme's own figures."""
        people = [column - FIRST for column in given]
        weights = [f"({self.rule.weight(self.roles.get(self.evaluators[n], '')) or 0})" for n in people]
        marks = [self._here(first + n) for n in people]
        return f"({'+'.join(f'{w}*{m}' for w, m in zip(weights, marks, strict=True))})/({'+'.join(weights)})"

    def _share_of(self, mark: str, scale: Scale) -> str:
        if scale.id not in self.facts.scales:
            return f"{mark}/{scale.steps[-1].mark}"
        marks, shares = self.facts.scales[scale.id]
        return f"INDEX({shares.name},MATCH({mark},{marks.name},0))"

    def _mark_for(self, share: str, scale: Scale) -> str:
        """The mark that earns a share, in a straight line between two of the scale."""
        if scale.id not in self.facts.scales:
            return f"{share}*{scale.steps[-1].mark}"
        marks, shares = (cells.name for cells in self.facts.scales[scale.id])
        sign = "<=" if scale.better == "higher" else ">="
        at = f"MIN({len(scale.steps) - 1},SUMPRODUCT(({shares}{sign}{share})*1))"
        low, high, start, end = (f"INDEX({cells},{at}{n})" for cells in (shares, marks) for n in ("", "+1"))
        return f"{start}+({share}-{low})*({end}-{start})/({high}-{low})"
