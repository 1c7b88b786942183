from fractions import Fraction

from demo_cases import demo, inline_case
from inline import leaf, scheme

from tender_eval.audit.case import Case
from tender_eval.languages.catalogue import catalogue
from tender_eval.report.page.charts import Chart, parts_chart, ranking_chart
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.verdict import decided_for


def charts(case: Case) -> tuple[Chart | None, Chart | None]:
    found = case.evaluations[""]
    numbers = Numbers(found, "GBP", catalogue("report"))
    decided = decided_for(case, found)
    return ranking_chart(found, decided, numbers), parts_chart(found, decided, numbers)


def test_bars_are_as_long_as_their_figures() -> None:
    ranking, _ = charts(demo("framework-four-suppliers"))
    assert ranking is not None
    lengths = [(bar.value, bar.segments[0].x, bar.segments[0].width) for bar in ranking.bars]
    assert lengths[0] == ("80.00", "0", "100")
    assert lengths[1] == ("77.50", "0", "96.875")
    assert [bar.awarded for bar in ranking.bars] == [True] * 4 + [False] * 2


def test_figures_on_both_sides_of_zero_share_it() -> None:
    below = leaf("price", 100, {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "allow"})
    stated = scheme(below, award={"on_rejection": "recompute"})
    case = inline_case(stated, {"a": {"price": 100}, "b": {"price": 200}})
    ranking, parts = charts(case)
    assert ranking is not None
    assert [(b.value, b.segments[0].x, b.segments[0].width) for b in ranking.bars] == [
        ("100.00", "50", "50"), ("-100.00", "0", "50"),
    ]  # fmt: skip
    assert parts is None  # but one part


def test_parts_follow_each_other_and_end_at_the_points_earned() -> None:
    _, parts = charts(demo("victim-services-cpqp"))
    assert parts is not None
    assert parts.parts[0] == "Access and first contact"
    for bar in parts.bars:
        end = Fraction(0)
        for segment in bar.segments:
            assert abs(Fraction(segment.x) - end) < Fraction(1, 100)
            end += Fraction(segment.width)
    assert sum(Fraction(s.width) for s in parts.bars[0].segments) == Fraction("87.6")


def test_nothing_ranked_has_no_chart() -> None:
    conditions = [{"id": "c", "reads": "declarations.c", "must_be": True}]
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), conditions=conditions, award={"on_rejection": "recompute"})
    assert charts(inline_case(stated, {"a": {"price": 100}})) == (None, None)
