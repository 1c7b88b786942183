"""Every working evaluates to the value beside it: of every scorer and rule, of prices, conditions and derived facts."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from drawn import drawn_schemes
from generated import RULES, SCORERS, bids_for, compiled
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tender_eval import Evaluation, Refused
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.model.workings import noted
from tender_eval.testing.workings import fault_of

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

# The kinds of steps whose working is no equation: names that are counted, and what a fact is beside what it must be.
WORDS = (
    re.compile(r"different (networks|pathways)"),  # the names behind a count
    re.compile(r"whether the size is "),
    re.compile(r"[\w.]+ must be "),  # a condition
)


def faults(evaluation: Evaluation) -> list[str]:
    """Every step of an evaluation whose working is false, or is no equation and of none of the kinds above."""
    found = []
    for step in (step for bid in evaluation.bids for step in bid.step.walk()):
        if any(kind.match(step.formula) for kind in WORDS):
            continue
        value, working = step.value, step.working
        if step.by and not working:  # a formula that names no figure is its own working
            working = noted(step.formula)[0]
        if working and not isinstance(value, Fraction):
            found.append(f"{step.label}: the working {working!r} of {value!r}")
        elif isinstance(value, Fraction) and (wrong := fault_of(working, value, step.formula)):
            found.append(f"{step.label} by {step.by}, {step.formula!r}: {wrong}")
    return found


def evaluated(scheme: CompiledScheme, bids: Bids) -> Evaluation:
    try:
        return scheme.evaluate(bids)
    except Refused as e:
        assume(all(d.code not in ("TE054", "TE052") for d in e.diagnostics))
        raise


@pytest.mark.parametrize("scorer", SCORERS)
def test_every_working_of_a_scorer_comes_to_its_score(scorer: str) -> None:
    @FEW
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(scorer=scorer)))
        assert not faults(evaluated(scheme, data.draw(bids_for(scheme))))

    holds()


@pytest.mark.parametrize("rule", RULES)
def test_every_working_of_a_rule_comes_to_its_figure(rule: str) -> None:
    @FEW
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(rule=rule)))
        assert not faults(evaluated(scheme, data.draw(bids_for(scheme))))

    holds()
