"""The working of abnormally low prices: each test over the bids that it goes by, with what prices are held against."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.recomputing.low_prices import TestedPrice, TestOfPrices, tests_of_prices
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.pricing.low import ESTIMATE, MEAN, MEDIAN, RUNNER_UP, Again, Trim
from tender_eval.report.terms.low_prices import low_price_test
from tender_eval.report.workbook.book import Cell, Range
from tender_eval.report.workbook.formulas import snap_for
from tender_eval.report.workbook.inputs import MONEY, SHARE
from tender_eval.report.workbook.lot import (
    BID,
    CHECK,
    COMPARED,
    COUNTS,
    EXTRA,
    FIGURE,
    FLOORED,
    OURS,
    RESULT,
    LotWorking,
)

WORDS = catalogue("workbook")
NOTHING = "1/0"  # what a cell turns into a blank


class _Among(NamedTuple):
    """The prices of a test in one row: their cells, that of the bid, and its place among them by size."""

    all: str
    own: str
    place: str
    without: bool  # its own
    snap: int

    @property
    def number(self) -> str:
        return f"(ROWS({self.all})-1)" if self.without else f"ROWS({self.all})"

    def nth(self, n: str) -> str:
        """The n-th lowest."""
        return f"SMALL({self.all},{n}+({n}>={self.place}))" if self.without else f"SMALL({self.all},{n})"

    def total(self, test: str = "") -> str:
        """Their sum; of those for which a test holds."""
        return self._over(f"*{self.all}", f"*{self.own}", test)

    def counted(self, test: str) -> str:
        """How many there are for which a test holds."""
        return self._over("*1", "*1", test)

    def _over(self, each: str, own: str, test: str) -> str:
        there = test.format(f"ROUND({self.all},{self.snap})") if test else "1"
        here = test.format(f"ROUND({self.own},{self.snap})") if test else "1"
        return f"(SUMPRODUCT({there}{each})-{here}{own})" if self.without else f"SUMPRODUCT({there}{each})"


def write_low_prices(work: LotWorking) -> None:
    """Each test of the scheme: the prices, what each is held against, and whether it is flagged."""
    prices = {bid: price for (lot, bid), (_, price) in work.facts.as_bid.items() if lot == work.lot}
    for found in tests_of_prices(work.plan, work.case.bids_for(work.lot), work.evaluation, prices):
        _Section(work, found).write()


class _Section:
    """One test over its prices."""

    def __init__(self, work: LotWorking, found: TestOfPrices) -> None:
        self.work, self.page, self.found, self.test = work, work.page, found, found.test
        self.snap = snap_for([one.price for one in found.prices])

    def write(self) -> None:
        work, page, test = self.work, self.page, self.test
        page.heading(WORDS("head.low", told=low_price_test(test, work.plan.scheme.currency)))
        page.text(BID, WORDS("low.below"))
        share = page.number(FIGURE, test.below, SHARE)
        page.row += 1
        stated = self._stated()
        heads = [""] * EXTRA
        heads[BID], heads[COUNTS], heads[FIGURE], heads[FLOORED] = map(WORDS, ("bid", "low.place", "price", "limit"))
        heads[COMPARED], heads[RESULT] = WORDS("low.against"), WORDS("low.flagged")
        heads[OURS], heads[CHECK] = WORDS("ours"), WORDS("check")
        page.heads(*heads)
        prices = Range(page.name, FIGURE, page.row, page.row + len(self.found.prices) - 1)
        checked = work.book.checks(WORDS("checks.low"), work.lot)
        for one in self.found.prices:
            page.text(BID, one.bid)
            own = page.formula(FIGURE, page.ref(work.facts.as_bid[work.lot, one.bid][0]), one.price)
            smaller = f"SUMPRODUCT((ROUND({prices.here},{self.snap})<ROUND({own.here},{self.snap}))*1)"
            place = page.formula(COUNTS, f"1+{smaller}", one.place, "0")
            among = _Among(prices.here, own.here, place.here, not test.itself, self.snap)
            formula = self._against(among, one, stated)
            against = page.formula(COMPARED, f'IFERROR({formula},"")', one.against, MONEY)
            limit = page.formula(FLOORED, f'IF({against.here}="","",{against.here}*(1-{share.here}))', one.limit, MONEY)
            if one.flagged is None:
                page.text(RESULT, WORDS("not ranked"))
            else:
                ours = WORDS("low.yes" if one.flagged else "low.no")
                work.compare_texts(page.formula(RESULT, self._answer(among, against, limit), ours), ours, checked)
            page.row += 1
        page.row += 1

    def _answer(self, among: _Among, against: Cell, limit: Cell) -> str:
        test = self.test
        sign = "<=" if test.at else "<"
        holds = [f"{against.here}>0", f"ROUND({among.own}-{limit.here},{self.snap}){sign}0"]
        holds += [f"ROWS({among.all})>={test.from_bids}"] if test.from_bids > 1 else []
        holds += [f"ROWS({among.all})<={test.to_bids}"] if test.to_bids is not None else []
        yes, no = WORDS("low.yes"), WORDS("low.no")
        return f'IF({against.here}="","{no}",IF(AND({",".join(holds)}),"{yes}","{no}"))'

    def _stated(self) -> Cell | None:
        """The estimate, or how many prices are left out at each end, in a row of its own."""
        page, test, found = self.page, self.test, self.found
        if test.of == ESTIMATE:
            page.text(BID, WORDS("low.estimate"))
            cell = page.number(FIGURE, test.estimate or 0, SHARE if test.estimate_of else MONEY)
            if test.estimate_of:
                of = page.number(FLOORED, found.figure, MONEY)
                cell = page.formula(COMPARED, f"{cell.here}*{of.here}{self._tax()}", found.prices[0].against, MONEY)
            elif test.estimate_tax:
                cell = page.formula(COMPARED, f"{cell.here}{self._tax()}", found.prices[0].against, MONEY)
        elif test.trim is not None:
            page.text(BID, WORDS("low.left out"))
            share = page.number(FIGURE, test.trim.share, SHARE)
            how = "ROUNDUP" if test.trim.rounded == "up" else "ROUNDDOWN"
            bids = len(found.prices) - (not test.itself)
            cell = page.formula(FLOORED, f"{how}(ROUND({share.here}*{bids},9),0)", found.left_out, "0")
        else:
            return None
        page.row += 1
        return cell

    def _tax(self) -> str:
        """What takes the tax out of the estimate."""
        return f"/(1+{_ratio(self.test.estimate_tax)})" if self.test.estimate_tax else ""

    def _against(self, among: _Among, one: TestedPrice, stated: Cell | None) -> str:
        """What a price is held against."""
        number, test = among.number, self.test
        if test.of == ESTIMATE and stated is not None:
            return stated.here
        if test.of == RUNNER_UP:
            return f"IF({among.place}=1,SMALL({among.all},2),{NOTHING})"
        if test.of == MEAN and test.again is None:
            return f"{among.total()}/{number}"
        if test.of == MEAN and test.again is not None:
            return self._again_of_all(among, test.again)
        if test.of == MEDIAN:
            lower, upper = among.nth(f"INT(({number}+1)/2)"), among.nth(f"(INT({number}/2)+1)")
            return f"({lower}+{upper})/2"
        return self._trimmed(among, one, test.trim, stated.here) if stated and test.trim else NOTHING

    def _trimmed(self, among: _Among, one: TestedPrice, trim: Trim, out: str) -> str:
        """The mean of those between the highest that is left out below and the lowest above."""
        page, (below, above) = self.page, one.ends or (None, None)
        low_at, high_at = among.nth(out), among.nth(f"({among.number}-{out}+1)")
        low = page.formula(EXTRA, f'IFERROR(IF({out}=0,-1E+300,ROUND({low_at},{self.snap})),"")', below).here
        high = page.formula(EXTRA + 1, f'IFERROR(IF({out}=0,1E+300,ROUND({high_at},{self.snap})),"")', above).here
        between = "({0}>" + low + ")*({0}<" + high + ")"
        if self.test.again is not None and self.test.again.below_mean == "all":
            return self._below(among, self._mean_kept(among, between, low, high, trim, out))
        if trim.ties == "all" and self.test.again is not None:
            return self._below(among, f"{among.total(between)}/{among.counted(between)}", between)
        if self.test.again is not None:
            return self._below_in_part(among, self._mean_kept(among, between, low, high, trim, out), low, out)
        return self._mean_kept(among, between, low, high, trim, out)

    def _mean_kept(self, among: _Among, between: str, low: str, high: str, trim: Trim, out: str) -> str:
        """The trimmed mean: of those between the ends, and of what is kept at them."""
        if trim.ties == "all":
            return f"{among.total(between)}/{among.counted(between)}"
        at_low, at_high = among.counted("({0}<=" + low + ")"), among.counted("({0}>=" + high + ")")
        kept = f"({among.number}-2*{out})"
        ends = f"{low}*({at_low}-{out})+{high}*({at_high}-{out})"
        some = f"IF({low}={high},{low},({among.total(between)}+{ends})/{kept})"
        return f"IF({out}=0,{among.total()}/{among.number},IF({kept}<=0,{NOTHING},{some}))"

    def _again_of_all(self, among: _Among, again: Again) -> str:
        """The mean once more, where nothing was trimmed."""
        mean = f"{among.total()}/{among.number}"
        if again.below_mean:
            return self._below(among, mean)
        held = self.page.formula(EXTRA + 2, f"ROUND(({mean})*(1+{_ratio(again.without_above)}),{self.snap})", None).here
        test, fewest = "({0}<=" + held + ")", min(again.fewest, len(self.found.prices))
        lowest = "+".join(among.nth(str(n)) for n in range(1, fewest + 1))
        over = f"{among.total(test)}/{among.counted(test)}"
        return f"IF({among.counted(test)}<{fewest},({lowest})/{fewest},{over})"

    def _below(self, among: _Among, mean: str, within: str = "1") -> str:
        """The mean of the prices below the mean."""
        held = self.page.formula(EXTRA + 2, f'IFERROR(ROUND({mean},{self.snap}),"")', None).here
        test = within + "*({0}<" + held + ")"
        return f"IF({among.counted(test)}=0,{mean},{among.total(test)}/{among.counted(test)})"

    def _below_in_part(self, among: _Among, mean: str, low: str, out: str) -> str:
        """The same of the prices that are kept, where of those equal to the end some are left out and some are not."""
        held = self.page.formula(EXTRA + 2, f'IFERROR(ROUND({mean},{self.snap}),"")', None).here
        test = "({0}>" + low + ")*({0}<" + held + ")"
        at_low = f"IF({low}<{held},{among.counted('({0}<=' + low + ')')}-{out},0)"
        at_low = f"IF({out}=0,0,{at_low})"
        counted, total = f"({among.counted(test)}+{at_low})", f"({among.total(test)}+IF({out}=0,0,{low})*{at_low})"
        return f"IF({counted}=0,{mean},{total}/{counted})"


def _ratio(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
