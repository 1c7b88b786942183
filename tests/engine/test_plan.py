"""What a compiled scheme tells of its criteria."""

from fractions import Fraction

from inline import CATALOGUE, leaf, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.engine.plan import Plan


def plan(*criteria: object) -> Plan:
    return compile_scheme(scheme_from_data(scheme(*criteria, award={"on_rejection": "recompute"})), CATALOGUE).plan


def test_marks_are_those_that_a_criterion_reads() -> None:
    found = plan(leaf("quality", 60, {"name": "mark", "out_of": 10}), leaf("price", 40, "ratio_to_lowest"))
    assert [(one.marks, one.highest_mark) for one in found.leaves] == [(("quality",), Fraction(10)), ((), None)]


def test_points_available_are_those_of_the_roots() -> None:
    parts = [leaf("care", 25, {"name": "mark", "out_of": 5}), leaf("reach", 35, {"name": "mark", "out_of": 5})]
    whole = {"id": "quality", "weight": 60, "criteria": parts}
    assert plan(whole, leaf("price", 40, "ratio_to_lowest")).available == 100
