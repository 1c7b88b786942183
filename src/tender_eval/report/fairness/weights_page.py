"""A page on which whoever decides moves the weights and sees the ranking: every weighting was ranked before."""

from __future__ import annotations

from tender_eval.documents.lookup import LookUp, LookUpPage, Row, Slider, Told, lookup_html
from tender_eval.fairness.findings.analysis import Analysis
from tender_eval.fairness.scenarios.reranking import Ranking
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.scenarios.weight_grid import WeightGrid, weight_grid
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import capital
from tender_eval.report.evaluation.figures import PrintedFigures
from tender_eval.report.fairness.lot_report import NONE
from tender_eval.report.fairness.names import FAIRNESS, LONGEST_NAME, Names, count


def weights_html(analysis: Analysis) -> str:
    """The page for a tender or each of its lots. The same analysis gives the same page.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    found = []
    for lot, one in analysis.lots.items():
        scenario = Scenario(analysis.compiled.for_lot(lot) if lot else analysis.compiled, analysis.bids.alone, lot)
        grid = weight_grid(scenario)
        if grid is not None:
            limited = one.findings.limited_across_lots
            found.append(_LookUpWriter(scenario, grid, Names.of(analysis, one)).look_up(limited))
    title = cut(analysis.bids.tender.title or analysis.compiled.scheme.title, 4 * LONGEST_NAME)
    page = LookUpPage(
        FAIRNESS("weights page.title", title=title),
        FAIRNESS("weights page.lead" if found else "weights page.nothing"),
        tuple(found), FAIRNESS.tag, FAIRNESS("weights page.no script"), FAIRNESS("weights page.reset"),
        FAIRNESS("weights page.foot"),
    )  # fmt: skip
    return lookup_html(page)


class _LookUpWriter:
    def __init__(self, scenario: Scenario, grid: WeightGrid, names: Names) -> None:
        self.scenario, self.grid, self.names = scenario, grid, names
        self._figures = PrintedFigures(scenario.evaluation, names.currency)

    def look_up(self, limited: bool) -> LookUp:
        """The look-up of one tender, or of a lot, ``limited`` or not with others; the weight of the last criterion is
        what the others leave."""
        grid, lot = self.grid, self.scenario.lot
        places = tuple(number(n * grid.part) for n in range(grid.parts + 1))
        starts = [round(weight / grid.part) for weight in grid.weights]
        sliders = tuple(
            Slider(self.names.criterion(name).text, places, start, number(weight))
            for name, start, weight in zip(grid.criteria[:-1], starts, grid.weights, strict=False)
        )
        settings = {
            "/".join(map(str, setting[:-1])): self._told(number(setting[-1] * grid.part), ranking)
            for setting, ranking in grid.settings.items()
        }
        published = FAIRNESS("weights page.published", weights=self._weights())
        figure = capital(ranked_name(self.scenario.evaluation.figure))
        said = FAIRNESS("weights page.grid", n=count(len(grid.settings)), part=number(grid.part))
        return LookUp(
            f"lot-{lot}" if lot else "tender",
            FAIRNESS("lot", id=lot) if lot else FAIRNESS("weights page.heading"),
            sliders,
            (FAIRNESS("bid"), FAIRNESS("bids.rank"), figure),
            settings,
            FAIRNESS("weights page.missing"),
            (published, self._rows(grid.published)),
            (said, FAIRNESS("weights page.lot")) if limited else (said,),
        )

    def _weights(self) -> str:
        told = (
            f"{self.names.criterion(name).text} {number(weight)}"
            for name, weight in zip(self.grid.criteria, self.grid.weights, strict=True)
        )
        return FAIRNESS("enumeration").join(told)

    def _told(self, rest: str, ranking: Ranking | None) -> Told:
        last = self.names.criterion(self.grid.criteria[-1]).text
        key = "weights page.rest" if ranking is not None else "weights page.refused"
        return FAIRNESS(key, criterion=last, rest=rest), self._rows(ranking)

    def _rows(self, ranking: Ranking | None) -> tuple[tuple[bool, Row], ...]:
        if ranking is None:
            return ()
        ranked = [
            (bid in ranking.winner, (self.names.bid(bid).text, str(ranking.ranks[bid]), self._figure(ranking, bid)))
            for bid in ranking.figures
        ]
        out = [bid for bid in self.scenario.rows if bid not in ranking.figures]
        return (*ranked, *((False, (self.names.bid(bid).text, NONE, NONE)) for bid in out))

    def _figure(self, ranking: Ranking, bid: str) -> str:
        return self._figures.figure(ranking.figures[bid])
