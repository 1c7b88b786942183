"""Bids that people took out compete in no analysis: of what remains the same is found as if they had not bid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, leaf, scheme
from inline import bids as stated_bids

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import AnalysisOptions
from tender_eval.fairness.findings.notes import Unranked, UnrankedToo
from tender_eval.fairness.findings.results import Findings, Reversal
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.explanation.reasons import Removed

SMALL = AnalysisOptions(draws=50, seed=3, price_formulas=True)
NAMES_ALL = {"bids", "notes"}
"""The findings that name every bid: who bid, and why some are not ranked."""


def taken_out(bids: Bids, bid: str, assessed: bool = True) -> Bids:
    removed = Removed("disregarded", "s.19(3)(c)", "The price was not explained.", assessed)
    return replace(bids, bids=tuple(replace(b, removed=removed) if b.id == bid else b for b in bids.bids))


def without(bids: Bids, bid: str) -> Bids:
    return replace(bids, bids=tuple(b for b in bids.bids if b.id != bid))


def of_the_others(found: Findings, bid: str) -> Findings:
    """What was found, but for the listing of those who are not ranked."""
    notes = tuple(note for note in found.notes if not isinstance(note, Unranked | UnrankedToo))
    return replace(found, bids={name: one for name, one in found.bids.items() if name != bid}, notes=notes)


def named(value: Any, bid: str, at: str = "") -> Iterator[str]:
    """Where a bid is named in what was found."""
    if value == bid:
        yield at
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from named(getattr(value, field.name), bid, f"{at}.{field.name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from ([f"{at}[{bid}]"] if key == bid else named(inner, bid, f"{at}[{key}]"))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from named(inner, bid, at)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_in_every_analysis(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    bids = data.draw(bids_for(scheme))
    bid = data.draw(st.sampled_from([b.id for b in bids.bids]))
    out = taken_out(bids, bid, data.draw(st.booleans()))
    try:
        found = analyse(scheme, out, SMALL).lots[""].findings
        rest = analyse(scheme, without(bids, bid), SMALL).lots[""].findings if len(bids.bids) > 1 else None
    except Refused:
        assume(False)
        return
    bare = replace(found, bids={}, notes=(), reversals=tuple(r for r in found.reversals if r.bid != bid))
    assert not [*named(bare, bid)]
    if scheme.plan.recomputes and rest:
        assert of_the_others(found, bid) == of_the_others(rest, bid)


QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})
PRICE = leaf("price", 40, "ratio_to_lowest")
BIDS = {
    "A": {"price": 100, "marks": {"quality": 80}},
    "B": {"price": 110, "marks": {"quality": 84}},
    "low": {"price": 20, "marks": {"quality": 79}},
}


def findings(on_rejection: str) -> Findings:
    stated = compile_scheme(scheme_from_data(scheme(QUALITY, PRICE, award={"on_rejection": on_rejection})), CATALOGUE)
    return analyse(stated, taken_out(bids_from_data(stated_bids(BIDS)), "low"), SMALL).lots[""].findings


@pytest.mark.slow
@pytest.mark.parametrize("on_rejection", ["recompute", "keep_order"])
def test_a_disregarded_bid_that_would_win_wins_by_no_mark_price_or_weight(on_rejection: str) -> None:
    found = findings(on_rejection)
    assert found.winner == ("B",) if on_rejection == "keep_order" else found.winner == ("A",)
    assert {one.bid for one in found.marks} | {bid for one in found.marks for bid in one.winner} <= {"A", "B"}
    assert {one.bid for one in found.prices} <= {"A", "B"}
    assert found.acceptability is not None
    assert set(found.acceptability.ranks) == {"A", "B"}


@pytest.mark.slow
def test_what_still_counts_in_the_scores_of_the_others_is_told_as_that() -> None:
    told = [one for one in findings("keep_order").reversals if one.bid == "low"]
    assert [(one.change, one.pair) for one in told] == [("remove", ("B", "A"))]
    assert isinstance(told[0], Reversal)
    assert not [one for one in findings("recompute").reversals if one.bid == "low"]
