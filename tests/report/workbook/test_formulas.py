"""Published formulas as spreadsheet formulas: their text, worked out by another evaluator, gives our scores."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from drawn import OVER_BIDS, drawn_schemes, formulas
from generated import CATALOGUE, RULES, SCORERS, bids_for, compiled, evaluated
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from sheet import Sheet
from shipped import case_from, case_of

from tender_eval import Refused, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.case import Case
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.expression.evaluate import evaluate, holds
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.plugins.tally import Tally
from tender_eval.report.workbook.lot import NOTE, RESULT
from tender_eval.report.workbook.report import xlsx_report

FIGURES = st.one_of(st.integers(1, 9), st.integers(0, 40))


def case(expression: str, bids: list[dict[str, Any]], **stated: object) -> Case:
    held = {"below_zero": "allow", "above_one": "clamp"}
    scorer = {"name": "formula", "expression": expression, **held, **stated}
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "written",
        "title": "Written",
        "criteria": [
            {"id": "share", "weight": 50, "scorer": scorer},
            {"id": "local-links", "weight": 20, "scorer": {"name": "mark", "out_of": 40}},
            {"id": "care", "weight": 30, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        ],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }
    return case_from(scheme, {"format": "tender-eval/bids/1", "bids": bids})


def recomputed(found: Case) -> dict[str, tuple[Any, Fraction]]:
    """For each bid that is in: what the formula of its score gives, and its score."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    page, sheet = book["Working"], Sheet(book)
    first = next(row for row in range(1, page.max_row) if str(page.cell(row, 1).value).startswith("share"))
    scores: dict[str, tuple[Any, Fraction]] = {}
    for bid in (b for b in found.evaluations[""].bids if b.rank):
        row = next(r for r in range(first, page.max_row + 1) if page.cell(r, 1).value == bid.id)
        score = bid.criterion("share")
        assert score is not None
        assert score.score is not None
        scores[bid.id] = sheet.value("Working", row, RESULT + 1), score.score
    return scores


def bid(name: str, price: object, hours: object = 3, links: object = 2, care: int = 4) -> dict[str, Any]:
    given = {"values": {"hours": hours}, "marks": {"care": care, "local-links": links}}
    return {"id": name, "price": price, **given}


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_text_of_a_published_formula_gives_the_score(data: st.DataObject) -> None:
    expression = data.draw(formulas())
    bids = [
        bid(name, *(data.draw(FIGURES) for _ in range(3)), care=data.draw(st.integers(0, 5)))
        for name in data.draw(st.sampled_from(["a", "ab", "abc"]))
    ]
    single = data.draw(st.sampled_from([{}, {"single_bid": "30%"}]))
    try:
        found = case(expression, bids, **single)
    except Refused as e:
        assume(all(d.code not in ("TE054",) for d in e.diagnostics))
        raise
    for given_by, ours in recomputed(found).values():
        assert abs(given_by - ours) <= Fraction(1, 10**9) * max(1, abs(ours))


@pytest.mark.slow
@pytest.mark.parametrize("expression", OVER_BIDS)
def test_what_is_taken_over_all_bids_is_computed(expression: str) -> None:
    """After the case count-workbook, where COUNT() stood without a range; c is rejected and counts nowhere."""
    found = recomputed(case(expression, [bid("a", 100), bid("b", 200), bid("c", 1, care=0)]))
    assert set(found) == {"a", "b"}
    assert all(given_by == ours for given_by, ours in found.values())


@pytest.mark.parametrize(
    "expression",
    [
        "(1 + lowest(mean(price) - highest(price)) / highest(price)) / 2",
        "(1 - mean(lowest(price) - highest(price)) / highest(price)) / 2",
        "median(highest(price) / lowest(price)) ** 2 / 16",
        "mean(lowest(price) ** 2) ** 0.5 / highest(price)",
    ],
)
def test_a_figure_over_bids_of_what_is_the_same_for_all_stays_one_figure(expression: str) -> None:
    """Whatever stands around it: the function falls away, and its brackets must not."""
    found = recomputed(case(expression, [bid("a", 100), bid("b", 200)]))
    assert all(given_by == ours for given_by, ours in found.values())
    assert all(0 < ours < 1 for _, ours in found.values())


def test_an_only_bid_gets_its_published_score_where_no_figure_is_read() -> None:
    stated = case("0.25", [bid("a", 100)], single_bid="60%")
    assert recomputed(stated) == {"a": (Fraction(3, 5), Fraction(3, 5))}


def checks(found: Case) -> tuple[list[Any], int]:
    """What every check of the working comes to, and how many scores and figures are values that say so."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    page, sheet = book["Working"], Sheet(book)
    told = [
        (sheet.value("Working", cell.row, cell.column), cell.coordinate, cell.value)
        for row in page.iter_rows()
        for cell in row
        if '"differs")' in str(cell.value)
    ]
    values = [row for row in range(1, page.max_row + 1) if "not recomputed" in str(page.cell(row, NOTE + 1).value)]
    return told, len(values)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [*(("scorer", s) for s in SCORERS), *(("rule", r) for r in RULES)])
def test_the_workbook_recomputes_what_every_scorer_and_rule_gives(kind: str, name: str) -> None:
    @settings(
        max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
    )
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(**{kind: name})))
        bids = data.draw(bids_for(scheme))
        figures = [bid.figure for bid in evaluated(scheme, bids).bids if bid.figure]
        assume(all(abs(figure) > Fraction(1, 10**12) for figure in figures))  # spreadsheets round to 20 places
        told, _ = checks(case_of(scheme, bids))
        assert told
        assert [check for check in told if check[0] != "OK"] == []

    holds()


HOURS = e.figure("values.hours")


class Spread(Scorer):
    """Hours against the widest distance from a price.

    Source: invented for this test.
    """

    name = "spread"
    examples = ({},)

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours", better="higher", at_least=Fraction(0)), Reads("price", above=Fraction(0)))

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Array:
        return evaluate(self._stated(), bids)

    def _stated(self) -> e.Node:
        an_hour = e.named("Hours a pound", HOURS / e.figure("price"))
        return e.if_(e.compare(e.highest(an_hour), "==", 0), 0, an_hour / e.highest(an_hour))

    def expression(self, params: Any) -> e.Node | Unsupported:
        return self._stated()


class Silent(Spread):
    """The same, which does not say how.

    Source: invented for this test.
    """

    name = "silent"

    def expression(self, params: Any) -> e.Node | Unsupported:
        return Unsupported("its author keeps it secret")


class Shown(Silent):
    """The same, which shows its working.

    Source: invented for this test.
    """

    name = "shown"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Array:
        hours, price = bids.column("values.hours"), bids.column("price")
        best = max(hours / price)
        steps.working("ratio = hours / price", ratio=hours / price, hours=hours, price=price)
        steps.working("max(0, hours x 1 / price / best), as it is shown", hours=hours, price=price, best=best)
        return hours / price / best


class Untrue(Spread):
    """The same, which says something else.

    Source: invented for this test.
    """

    name = "untrue"

    def expression(self, params: Any) -> e.Node | Unsupported:
        return HOURS / 100


class NearestToTen(AwardRule):
    """The hours nearest to ten among bids of more than one hour; the nearest wins.

    Source: invented for this test.
    """

    name = "nearest_to_ten"
    figure = "distance from ten hours"
    best = "lowest"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours"),)

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        return evaluate(self._stated(), tally)

    def _stated(self) -> e.Node:
        return e.absolute(HOURS - e.parameter("wanted", 10)) + e.points("care") * 0

    def expression(self, params: Any) -> e.Node | Unsupported:
        return self._stated()

    def reject(self, tally: Tally, params: Any, steps: Steps) -> Mapping[str, Mask]:
        return {"one hour is too little": ~holds(self._kept(), tally)}

    def _kept(self) -> e.Comparison:
        return e.compare(HOURS, ">", 1)

    def accepts(self, params: Any) -> e.Comparison | Unsupported | None:
        return self._kept()


class SilentRule(NearestToTen):
    """The same, which does not say how.

    Source: invented for this test.
    """

    name = "silent_rule"

    def expression(self, params: Any) -> e.Node | Unsupported:
        return Unsupported("its author keeps it secret")

    def accepts(self, params: Any) -> e.Comparison | Unsupported | None:
        return Unsupported("its author keeps it secret")


class ShownRule(SilentRule):
    """The same, which shows its working, and turns nobody away.

    Source: invented for this test.
    """

    name = "shown_rule"

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        steps.working("abs(hours - wanted)", hours=tally.column("values.hours"), wanted=10)
        return super().rank_by(tally, params, steps)

    def reject(self, tally: Tally, params: Any, steps: Steps) -> Mapping[str, Mask]:
        return {}

    def accepts(self, params: Any) -> None:
        return None


def plugin_case(scorer: type[Scorer], rule: str = "highest_score") -> Case:
    """Three bids under a scheme whose scorer and award rule a plugin brings."""
    origin = PluginInfo("invented", "invented", "1")
    scorers = {**CATALOGUE.scorers, scorer.name: Registered(scorer.name, origin, scorer, Scorer)}
    brought = {r.name: Registered(r.name, origin, r, AwardRule) for r in (NearestToTen, SilentRule, ShownRule)}
    catalogue = CATALOGUE._replace(scorers=scorers, rules={**CATALOGUE.rules, **brought})
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "brought",
        "title": "Brought",
        "criteria": [
            {"id": "spread", "weight": 50, "scorer": scorer.name},
            {"id": "care", "weight": 50, "scorer": {"name": "mark", "out_of": 5}},
        ],
        "award": {"rule": rule, "on_rejection": "recompute"},
    }
    bids = [bid("a", 100, 12), bid("b", 300, 20, care=2), bid("c", 50, 1)]
    data = {"format": "tender-eval/bids/1", "bids": [{**b, "marks": {"care": b["marks"]["care"]}} for b in bids]}
    return case_of(compile_scheme(scheme_from_data(scheme), catalogue), bids_from_data(data))


@pytest.mark.parametrize("rule", ["highest_score", "nearest_to_ten"])
def test_a_plugin_with_an_expression_is_recomputed(rule: str) -> None:
    told, values = checks(plugin_case(Spread, rule))
    assert [check for check in told if check[0] != "OK"] == []
    assert values == (rule == "nearest_to_ten"), "c is turned away after it was scored beside the others"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scorer", "rule", "formula"),
    [(Shown, "highest_score", "=MAX(0,12*1/100/0.12)"), (Spread, "shown_rule", "=ABS(12-10)")],
)
def test_a_plugin_that_shows_its_working_is_recomputed_by_it(scorer: type[Scorer], rule: str, formula: str) -> None:
    found = plugin_case(scorer, rule)
    told, values = checks(found)
    assert [check for check in told if check[0] != "OK"] == []
    assert not values
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    cells = [str(cell.value) for row in book["Working"].iter_rows() for cell in row]
    assert sum("recomputed from the numbers of its working" in cell for cell in cells) == 3
    assert any(cell.startswith(formula) for cell in cells), cells


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scorer", "rule", "why"),
    [
        (Silent, "highest_score", "not recomputed here: its author keeps it secret"),
        (Untrue, "highest_score", "not recomputed here: the method's own expression comes to another figure"),
        (Spread, "silent_rule", "not recomputed here: its author keeps it secret"),
        (Spread, "silent_rule", "not recomputed here: the award rule does not state by what it turns bids away"),
    ],
)
def test_a_plugin_without_one_has_a_value_that_says_why(scorer: type[Scorer], rule: str, why: str) -> None:
    found = plugin_case(scorer, rule)
    told, values = checks(found)
    assert [check for check in told if check[0] != "OK"] == []
    assert values
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    notes = [str(cell.value) for row in book["Working"].iter_rows() for cell in row]
    assert any(why in note for note in notes)
    assert any(why.split(": ", maxsplit=1)[0] in str(row[6].value) for row in book["Checks"].iter_rows()), (
        "and on the checks"
    )


class Long(Spread):
    """A score whose formula no spreadsheet takes.

    Source: invented for this test.
    """

    name = "long"

    def _stated(self) -> e.Node:
        return e.total(e.smaller(HOURS / 10000, 1) for _ in range(200)) / 200


class Huge(Spread):
    """A score with a number that no spreadsheet takes.

    Source: invented for this test.
    """

    name = "huge"

    def _stated(self) -> e.Node:
        return e.smaller(1, HOURS * Fraction(10) ** 400)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scorer", "why"),
    [(Long, "too long for a formula of a spreadsheet"), (Huge, "a number in it is too large for a spreadsheet")],
)
def test_what_no_spreadsheet_takes_is_a_value(scorer: type[Scorer], why: str) -> None:
    found = plugin_case(scorer)
    assert {check[0] for check in checks(found)[0]} == {"OK"}
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    assert any(why in str(cell.value) for row in book["Working"].iter_rows() for cell in row)
