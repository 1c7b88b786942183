"""Results are data: what they say of a bid is typed, and no text in it is anybody's but the scheme's and the bids'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pytest
from generated import bids_for, compiled, evaluated, schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shipped import CATALOGUE, pairs, shipped

from tender_eval import AcrossLots, Evaluation, award_lots, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.languages.results import text
from tender_eval.lots.reasons import Reason as LotReason
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.flags import Flag
from tender_eval.model.explanation.formulas import How, OwnWords, Worked
from tender_eval.model.explanation.labels import FigureOfBid, Label, ShownOnly
from tender_eval.model.explanation.reasons import Reason, Worded
from tender_eval.model.location import Location
from tender_eval.model.numeric import ROUNDING_MODES
from tender_eval.model.scheme import Scheme

WORDS = "|".join(("max", "min", "abs", "log", "root", "sqrt", "sum", "round", *ROUNDING_MODES, "if_", "x"))
NOTATION = re.compile(rf"(?:{WORDS}|[0-9.]+%?|[-+*/(),<>=! ])*")
OWN = ("mean", "median", "pooled.annual_income", "")
"""Names that are in no file: of a middle, and of a column that is made of others."""


def texts_in(value: object) -> Iterator[str]:
    """Every text in the fields of a value."""
    match value:
        case Location():
            return
        case str():
            yield value
        case Mapping():
            for key, part in value.items():
                yield from (*texts_in(key), *texts_in(part))
        case tuple() | list():
            for part in value:
                yield from texts_in(part)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from texts_in(getattr(value, field.name))


def words_in(step: Step) -> Iterator[str]:
    """What a step holds in words, other than the names of columns and the notation of formulas."""
    assert isinstance(step.label, get_args(Label))
    label = step.label
    while isinstance(label, FigureOfBid | ShownOnly):
        label = label.figure if isinstance(label, FigureOfBid) else label.criterion
    if isinstance(label, OwnWords):
        yield label.text
    match step.how:
        case Worked(lines):
            for line in lines:
                assert not line.formula.own, "the words of a built-in method"
                assert all(NOTATION.fullmatch(part) for part in line.formula.parts if isinstance(part, str))
        case _:
            assert step.how is None or isinstance(step.how, get_args(How))


def check(evaluation: Evaluation, scheme: Scheme, bids: Bids) -> None:
    """Reasons and flags of one evaluation."""
    stated = {*texts_in(scheme), *texts_in(bids), evaluation.rule, *OWN}
    columns = {c.reads for c in scheme.conditions}
    for bid in evaluation.bids:
        assert all(isinstance(reason, get_args(Reason)) for reason in bid.reasons)
        assert all(isinstance(flag, get_args(Flag)) for flag in bid.flags)
        for found in (*bid.reasons, *bid.flags):
            assert all(part in stated or part in columns for part in texts_in(found)), found
            assert text(found)
        for step in bid.step.walk():
            assert step.note is None or isinstance(step.note, Worded)
            assert all(part in stated or part in columns for part in sorted(words_in(step))), step


def check_lots(found: AcrossLots, lots: Mapping[str, Evaluation]) -> None:
    """Why bids lost lots: figures as they are printed are the only texts besides ids, and what the limits say."""
    names = {bid.id for evaluation in lots.values() for bid in evaluation.bids} | set(lots)
    names |= {*texts_in(found.policy.limits)}
    for lot, reasons in found.reasons.items():
        assert [why.bid for why in reasons] == [b.id for b in lots[lot].bids if b.id not in found.winners(lot)]
        for why in reasons:
            assert isinstance(why, LotReason)
            assert text(why)
            own = {*texts_in(getattr(why, "reasons", ())), getattr(why, "said", "")}  # a mechanism has its own words
            for part in set(texts_in(why)) - own - names - set(OWN):
                assert part.replace(".", "").removeprefix("-").isdecimal(), why


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_of_all_shipped_cases(scheme: str, bids: str) -> None:
    case = shipped(scheme, bids)
    for evaluation in case.evaluations.values():
        check(evaluation, case.compiled.scheme, case.bids)
    if case.bids.tender.lots:
        check_lots(award_lots(case.compiled, case.bids, case.evaluations), case.evaluations)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_of_any_scheme_and_bids(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    scheme["abnormally_low"] = {data.draw(st.sampled_from(["below_mean_by", "below_median_by"])): "10%"}
    plan = compiled(scheme)
    bids = data.draw(bids_for(plan))
    check(evaluated(plan, bids), plan.scheme, bids)


def criterion(name: str, weight: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "weight": weight, "scorer": {"name": "mark", "out_of": 3}, **more}


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    marks=st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=4),
    limits=st.sampled_from([{"most_awarded": 1}, {"capacity": "100% of supplier.annual_income"}, {"capacity": 150}]),
    mechanism=st.sampled_from(["lot_order", "largest_lead"]),
    minimum=st.booleans(),
)
def test_of_any_award_of_lots(
    marks: list[tuple[int, ...]], limits: dict[str, Any], mechanism: str, minimum: bool
) -> None:
    more = {"minimum": "50%"} if minimum else {}
    scheme = {
        "format": "tender-eval/scheme/1", "id": "lots", "title": "Lots",
        "criteria": [criterion("quality", 70, **more), criterion("reach", 30)],
        "award": {"rule": "highest_score", "lots": {"mechanism": mechanism, **limits}, "on_rejection": "recompute"},
    }  # fmt: skip
    names = ("north", "south", "west")
    bids = bids_from_data({
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": name, "annual_value": 100} for name in names]},
        "bids": [
            {
                "id": f"b{n}", "supplier": {"name": f"B {n}", "annual_income": 150},
                "lots": {
                    lot: {"marks": {"quality": mark, "reach": 3 - n % 2}} for lot, mark in zip(names, row, strict=True)
                },
            }
            for n, row in enumerate(marks)
        ],
    })  # fmt: skip
    plan = compile_scheme(scheme_from_data(scheme), CATALOGUE)
    lots = plan.evaluate_lots(bids)
    check_lots(award_lots(plan, bids, lots), lots)
