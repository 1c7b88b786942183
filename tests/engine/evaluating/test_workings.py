"""Every working evaluates to the value beside it: of every scorer and rule, of prices, conditions and derived facts."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from drawn import drawn_schemes
from generated import RULES, SCORERS, bids_for, compiled, evaluated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval import Evaluation, bids_from_data
from tender_eval.languages import steps as words
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Derived, Worked
from tender_eval.model.explanation.labels import RankedBy
from tender_eval.model.explanation.proof import fault_of
from tender_eval.model.explanation.workings import noted

FEW = settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))

# The kinds of steps whose working is no equation: names that are counted, and a fact that is asked about.
WORDS = (
    re.compile(r"different (networks|pathways)"),  # the names behind a count
    re.compile(r"whether the size is "),
)


def working_of(step: Step) -> str:
    """The working without the note behind it, which need not be a number's."""
    return words.worked(step.how) if step.how else ""


def formula_of(step: Step) -> str:
    """The formula; where it is rounded to digits of the best figure, with the places that these come to."""
    rounded = step.how.rounded if isinstance(step.how, Worked | Derived) else None
    if rounded and rounded.digits:
        return f"{words.formula(step)}, rounded {rounded.mode} to {rounded.places} places"
    return words.formula(step)


def faults(evaluation: Evaluation) -> list[str]:
    """Every step of an evaluation whose working is false, or is no equation and of none of the kinds above."""
    found = []
    for step in (step for bid in evaluation.bids for step in bid.step.walk()):
        if any(kind.match(words.formula(step)) for kind in WORDS):
            continue
        value, working = step.value, working_of(step)
        if step.by and not working:  # a formula that names no figure is its own working
            working = noted(words.formula(step))[0]
        if working and not isinstance(value, Fraction):
            found.append(f"{words.label(step.label)}: the working {working!r} of {value!r}")
        elif isinstance(value, Fraction) and (wrong := fault_of(working, value, formula_of(step))):
            found.append(f"{words.label(step.label)} by {step.by}, {words.formula(step)!r}: {wrong}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("scorer", SCORERS)
def test_every_working_of_a_scorer_comes_to_its_score(scorer: str) -> None:
    @FEW
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(scorer=scorer)))
        assert not faults(evaluated(scheme, data.draw(bids_for(scheme))))

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_every_working_of_a_rule_comes_to_its_figure(rule: str) -> None:
    @FEW
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(rule=rule)))
        assert not faults(evaluated(scheme, data.draw(bids_for(scheme))))

    holds()


def small(criteria: list[dict[str, Any]], *prices: int, **award: object) -> Evaluation:
    """An evaluation of the bids a, b, ... by their prices."""
    stated = {"rule": "highest_score", "on_rejection": "recompute", **award}
    scheme = {"format": "tender-eval/scheme/1", "id": "s", "title": "S", "criteria": criteria, "award": stated}
    bids = [{"id": name, "price": price} for name, price in zip("abcdef", prices, strict=False)]
    return compiled(scheme).evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": bids}))


def score_step(found: Evaluation, bid: str, criterion: str) -> Step:
    result = found.bid(bid)
    assert result is not None
    scored = result.criterion(criterion)
    assert scored is not None
    return scored.step.inputs[0]


def test_what_holds_a_score_stands_in_its_working() -> None:
    """After the case explain-clamp, where a score of 0 was said to be 1 - (300 - 100) / (100 * 50 / 100)."""
    held = {"below_zero": "clamp"}
    methods: list[dict[str, Any]] = [
        {"name": "linear_above_lowest", "zero_at_percent": 50, **held},
        {"name": "mean_deviation", **held},
        {"name": "discount_from_ceiling", "ceiling": 150, "significant_discount": "5%", **held},
        {"name": "log_ratio", "zero_at_multiple": 2, **held},
    ]
    criteria = [{"id": m["name"], "weight": 25, "scorer": m} for m in methods]
    found = small(criteria, 100, 300)
    assert [words.working(score_step(found, "b", m["name"])) for m in methods] == [
        "max(0, 1 - (300 - 100) / (100 * 50 / 100))",
        "200 = 400 / 2; max(0, min(1, 50% - (300 - 200) / 200))",
        "1/3 = (150 - 100) / 150; -1 = (150 - 300) / 150; max(0, -1 / max(0.05, 1/3))",
        "max(0, 1 - log(300 / 100) / log(2))",
    ]
    assert not faults(found)


def test_the_branch_that_was_taken_stands_in_the_working() -> None:
    points = [{"value": 0, "score": "0%"}, {"value": 100, "score": "100%"}]
    methods: list[dict[str, Any]] = [
        {"name": "ratio_to_lowest", "floor": 100},
        {"name": "linear_between_bids", "single_bid": "80%"},
        {"name": "piecewise", "points": points},
        {"name": "piecewise", "points": points, "shape": "step", "includes": "lower"},
        {"name": "standard_deviation", "k": "20%", "below_zero": "clamp"},
    ]
    criteria = [{"id": f"c{n}", "weight": 20, "scorer": m} for n, m in enumerate(methods)]
    found = small(criteria, 150)
    assert [words.working(score_step(found, "a", c["id"])) for c in criteria] == [
        "150 = max(150, 100); 150 / 150",
        "0.8, published for an only bid",
        "0 + (max(0, min(100, 150)) - 0) * (1 - 0) / (100 - 0), in straight lines between 0: 0%, 100: 100%",
        "1, that of 150 in steps (with lower ends) 0: 0%, 100: 100%",
        "50%, for all figures are 150",
    ]
    assert not faults(found)


def test_a_number_without_end_stands_as_a_ratio() -> None:
    found = small([{"id": "price", "weight": 40, "scorer": "ratio_to_lowest"}, *others()], 100, 300)
    result = found.bid("b")
    assert result is not None
    points = result.criterion("price")
    assert points is not None
    assert words.working(points.step) == "1/3 x 40"
    assert not faults(found)


def others() -> list[dict[str, Any]]:
    """Criteria whose ids are as names of parameters are, or the same but for a hyphen."""
    return [{"id": name, "weight": 20, "scorer": "ratio_to_lowest"} for name in ("formula", "a-b", "a_b")]


def test_criteria_keep_their_own_names_in_the_working_of_the_total() -> None:
    last = {"id": "a_b", "weight": 60, "scorer": {"name": "fixed_band", "full_at": 100, "zero_at": 200}}
    found = small([*others()[:2], last], 100, 300)
    result = found.bid("a")
    assert result is not None
    ranked = next(step for step in result.step.inputs if isinstance(step.label, RankedBy))
    assert (words.formula(ranked), words.working(ranked)) == ("formula + a_b + a_b_2", "20 + 20 + 60")


def test_the_kinds_of_workings_that_are_words_are_all_met() -> None:
    bands = [{"from": 1, "share": "100%"}]
    facts = {"networks": {"share": "50%", "bands": bands}, "pathways": {"share": "50%", "bands": bands}}
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "s",
        "title": "S",
        "criteria": [
            {"id": "small", "weight": 50, "scorer": {"name": "pass_fail", "field": "supplier.is_small"}},
            {"id": "links", "weight": 50, "scorer": {"name": "network_strength", **facts}},
        ],
        "award": {"rule": "highest_score"},
    }
    member = {"name": "M", "share": "1/3", "confirmed": True, "pathways": ["refuge", "1 + 1"]}
    supplier = {"name": "A", "size": "small", "annual_income": 9, "networks": ["forum"]}
    bid = {"id": "a", "supplier": supplier, "consortium": {"members": [member]}}
    found = compiled(scheme).evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": [bid]}))
    assert not faults(found)
    formulas = [words.formula(step) for step in found.bids[0].step.walk() if words.working(step)]
    assert all(any(kind.match(formula) for formula in formulas) for kind in WORDS)
