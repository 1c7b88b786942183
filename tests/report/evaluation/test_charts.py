from itertools import pairwise

from demo_cases import demo, inline_case
from inline import leaf, scheme

from tender_eval.case.case import Case
from tender_eval.documents.charts import Bar, BarChart, BarRow
from tender_eval.report.evaluation.evaluated_lot import evaluated_lots
from tender_eval.report.evaluation.points import parts_chart
from tender_eval.report.evaluation.ranking import ranking_chart


def charts(case: Case) -> tuple[BarChart | None, BarChart | None]:
    found = evaluated_lots(case)[0]
    return ranking_chart(found), parts_chart(found)


def bars(row: BarRow) -> list[Bar]:
    return [mark for mark in row.lanes[0].marks if isinstance(mark, Bar)]


def test_bars_are_as_long_as_their_figures() -> None:
    ranking, _ = charts(demo("framework-four-suppliers"))
    assert ranking is not None
    lengths = [(row.value, bars(row)[0].start, bars(row)[0].end) for row in ranking.rows]
    assert lengths[0] == ("80.00", 0, 1)
    assert lengths[1] == ("77.50", 0, 0.96875)
    assert [row.strong for row in ranking.rows] == [True] * 4 + [False] * 2


def test_figures_on_both_sides_of_zero_share_it() -> None:
    below = leaf("price", 100, {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "allow"})
    stated = scheme(below, award={"on_rejection": "recompute"})
    case = inline_case(stated, {"a": {"price": 100}, "b": {"price": 200}})
    ranking, parts = charts(case)
    assert ranking is not None
    assert [(row.value, bars(row)[0].start, bars(row)[0].end) for row in ranking.rows] == [
        ("100.00", 0.5, 1), ("-100.00", 0, 0.5),
    ]  # fmt: skip
    assert parts is None  # but one part


def test_parts_follow_each_other_and_end_at_the_points_earned() -> None:
    _, parts = charts(demo("victim-services-cpqp"))
    assert parts is not None
    assert parts.key[0] == (0, "Access and first contact")
    for row in parts.rows:
        assert all(one.end == other.start for one, other in pairwise(bars(row)))
    assert bars(parts.rows[0])[0].start == 0
    assert bars(parts.rows[0])[-1].end == 0.876


def test_nothing_ranked_has_no_chart() -> None:
    conditions = [{"id": "c", "reads": "declarations.c", "must_be": True}]
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), conditions=conditions, award={"on_rejection": "recompute"})
    assert charts(inline_case(stated, {"a": {"price": 100}})) == (None, None)
