"""From real bids to a batch: evaluated as they are, the draws come out as the exact evaluation does."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from generated import CATALOGUE, away_from_ties, bids_for, compiled, evaluated, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import pairs

from tender_eval import (
    Evaluation,
    Refused,
    bids_from_data,
    compile_scheme,
    load_bids,
    load_scheme,
    scheme_from_data,
)
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.engine.evaluating.bid_columns import BatchColumns
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import NotFound

ROOT = Path(__file__).resolve().parents[3]
TURNS_ON_THE_PRICE = {"id": "afford", "reads": "price", "at_most": "90% of annual_value"}
OF_ITS_INCOME = {"id": "means", "reads": "price", "at_most": "120% of supplier.annual_income"}


def agree(columns: BatchColumns, batch: BatchResult, exact: Evaluation) -> None:
    """Each draw has the ranks, figures, points and money of the exact evaluation, and rejects whom it rejects."""
    settled = away_from_ties(exact)
    for name in columns.ids:
        bid, row = exact.bid(name), columns.row(name)
        if bid.status in ("ranked", "rejected", "not_shortlisted") and columns.present[row].all():
            assert (batch.rejected[row] == (bid.rank is None)).all()
        if bid.rank is None:
            assert (batch.ranks[row] == 0).all()
        elif settled:
            assert (batch.ranks[row] == bid.rank).all()
        if bid.figure is not None:
            assert batch.figures[row] == pytest.approx(float(bid.figure), rel=1e-9, abs=1e-9)
            total = sum((c.points for c in bid.criteria if c.depth == 0), Fraction(0))
            assert not bid.criteria or batch.points[row] == pytest.approx(float(total), rel=1e-9, abs=1e-9)
        if settled and batch.awards is not None and bid.award is not None:
            assert batch.awards[row] == pytest.approx(float(bid.award), abs=1e-6)


@pytest.mark.slow
@settings(max_examples=30)
@given(data=st.data())
def test_a_batch_of_real_bids_agrees_with_the_exact_evaluation(data: st.DataObject) -> None:
    stated = data.draw(schemes())
    turning = data.draw(st.sampled_from([[], [], [TURNS_ON_THE_PRICE], [OF_ITS_INCOME]]), label="conditions")
    stated["conditions"] = [c for c in stated.get("conditions", []) if c["id"] != "means" or not turning] + turning
    scheme = compiled(stated)
    bids = data.draw(bids_for(scheme))
    exact = evaluated(scheme, bids)
    columns = bids.columns(scheme, draws=2)
    agree(columns, scheme.evaluate_batch(columns), exact)


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_shipped_schemes_with_their_bids_agree_too(scheme: str, bids: str) -> None:
    made = compile_scheme(load_scheme(ROOT / "schemes" / scheme), CATALOGUE)
    offers = load_bids(ROOT / "fixtures" / bids)
    for lot in [lot.id for lot in offers.tender.lots] or [""]:
        columns = offers.columns(made, lot=lot, draws=2)
        agree(columns, made.for_lot(lot).evaluate_batch(columns), made.evaluate(offers, lot))


SCHEME = {
    "format": "tender-eval/scheme/1", "id": "s", "title": "S",
    "conditions": [
        {"id": "means", "reads": "supplier.annual_income", "at_least": "50% of annual_value", "pooled": True},
    ],
    "criteria": [
        {"id": "quality", "weight": 60, "scorer": {"name": "mark", "out_of": 5}, "minimum": "40%"},
        {"id": "means", "weight": 10, "scorer": {"name": "ratio_to_highest", "field": "pooled.annual_income"}},
        {"id": "price", "weight": 30, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip


def bids(*changed: dict[str, Any]) -> Bids:
    together = {"members": [{"name": "M", "share": "20%", "confirmed": True, "annual_income": 60}]}
    given: list[dict[str, Any]] = [
        {"id": "a", "price": 80, "marks": {"quality": 4}, "supplier": {"name": "A", "annual_income": 200}},
        {"id": "b", "price": 100, "marks": {"quality": 5}, "supplier": {"name": "B", "annual_income": 90}},
    ]
    given[1]["consortium"] = together
    tender = {"annual_value": 200}
    return bids_from_data({"format": "tender-eval/bids/1", "tender": tender, "bids": [*given, *changed]})


POOR = {"id": "c", "price": 1, "marks": {"quality": 5}, "supplier": {"name": "C", "annual_income": 10}}
UNPRICED = {"id": "c", "marks": {"quality": 1}, "supplier": {"name": "C", "annual_income": 500}}


@pytest.fixture(scope="module")
def scheme() -> CompiledScheme:
    return compile_scheme(scheme_from_data(SCHEME), CATALOGUE)


def test_pooled_figures_are_among_the_columns(scheme: CompiledScheme) -> None:
    columns = bids().columns(scheme)
    assert columns["pooled.annual_income"].tolist() == [200, 150]
    assert columns["conditions.means"].tolist() == [1, 1]
    assert columns.present.tolist() == [True, True]


def test_columns_over_draws_take_no_memory_and_cannot_be_written_to(scheme: CompiledScheme) -> None:
    columns = bids().columns(scheme, draws=1_000_000)
    assert columns["price"].shape == columns.present.shape == (2, 1_000_000)
    assert columns["price"].base.nbytes < 100
    with pytest.raises(ValueError, match="read-only"):
        columns["price"][0] = 1
    with pytest.raises(ValueError, match="read-only"):
        bids().columns(scheme)["price"][0] = 1


def test_a_bid_that_a_condition_turns_away_stays_away_whatever_is_changed(scheme: CompiledScheme) -> None:
    columns = bids(POOR).columns(scheme, draws=3)
    changed = columns | {"price": columns["price"] * np.array([1, 2, 3])}
    batch = scheme.evaluate_batch(changed)
    assert batch.ids == ("a", "b", "c")
    assert batch.ranks[columns.row("c")].tolist() == [0, 0, 0]
    assert batch.rejected[columns.row("c")].tolist() == [True] * 3


def test_a_bid_without_a_price_below_the_minimum_is_not_there_and_never_counts_as_free(scheme: CompiledScheme) -> None:
    offers = bids(UNPRICED)
    columns = offers.columns(scheme, draws=2)
    assert columns.present.all(axis=1).tolist() == [True, True, False]
    assert np.isnan(columns["price"][2]).all()
    agree(columns, scheme.evaluate_batch(columns), scheme.evaluate(offers))
    with pytest.raises(Refused, match='"price" holds nan'):  # who says that it is there must say what it costs
        scheme.evaluate_batch(columns, np.ones((3, 2), dtype=np.bool_))


def test_what_is_changed_keeps_who_the_bids_are(scheme: CompiledScheme) -> None:
    columns = bids(UNPRICED).columns(scheme)
    changed = columns | {"price": columns["price"] * 2}
    assert (changed.ids, changed.present.tolist()) == (columns.ids, columns.present.tolist())
    assert changed["price"][:2].tolist() == [160, 200]
    assert repr(columns).startswith("<BatchColumns 3: ")
    assert columns.row("b") == 1
    with pytest.raises(NotFound, match='there is no bid "B"; did you mean "b"'):
        columns.row("B")


def test_faults_of_the_bids_are_told_as_by_the_evaluation(scheme: CompiledScheme) -> None:
    with pytest.raises(Refused, match=r"TE05[34]"):
        bids({**POOR, "supplier": {"name": "C", "annual_income": 500}, "marks": {"quality": 9}}).columns(scheme)
    with pytest.raises(Refused, match='there is no lot "north"'):
        bids().columns(scheme, lot="north")
