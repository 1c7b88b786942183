"""The laws that the engine promises, on generated schemes and bids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from generated import CATALOGUE, RULES, SCORERS, away_from_ties, bids_for, compiled, evaluated, schemes
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tender_eval import Evaluation, dump_scheme, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.facts.columns import columns_of
from tender_eval.engine.facts.reading import Facts, read
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.plugins.scorer import Trait

MONOTONE = [n for n in SCORERS if Trait.MONOTONE in CATALOGUE.scorers[n].item.traits]
thorough = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def outcome(evaluation: Evaluation) -> dict[str, Any]:
    """All that is said of each bid but where it came from."""
    return {
        b.id: (b.rank, b.tied, b.status, b.figure, b.award, [(c.id, c.score, c.points) for c in b.criteria], b.reasons)
        for b in evaluation.bids
    }


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_order_and_names_of_bids_do_not_matter(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    bids = data.draw(bids_for(scheme))
    first = outcome(evaluated(scheme, bids))
    order = data.draw(st.permutations(range(len(bids.bids))))
    renamed = tuple(replace(bids.bids[n], id=f"other-{9 - n}", name=f"Somebody else, {9 - n}") for n in order)
    again = outcome(evaluated(scheme, replace(bids, bids=renamed)))
    assert {f"other-{9 - int(name[1:])}": result for name, result in first.items()} == again


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_ranks_are_consistent_with_figures(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    result = evaluated(scheme, data.draw(bids_for(scheme)))
    sign = -1 if result.best == "highest" else 1
    ranked = [b for b in result.bids if b.rank is not None and b.figure is not None]
    for a in ranked:
        better = [b for b in ranked if (b.rank or 0) < (a.rank or 0)]
        assert len(better) == (a.rank or 0) - 1, "competition ranks: 1, 1, 3"
        for b in better:
            near = a.id in result.near and b.id in result.near
            assert near or sign * (b.figure or 0) <= sign * (a.figure or 0)
        for b in ranked:
            if b.rank == a.rank:
                assert result.level(a, b)
    assert {b.status for b in result.bids if b.rank is None} <= {"rejected", "not_shortlisted"}
    assert all(b.reasons for b in result.bids if b.rank is None), "a bid that is not ranked is told why"
    if scheme.plan.rule.rule.item.name != "grants_within_pot":
        assert set(result.winner) == {b.id for b in ranked if b.rank == 1}
        assert result.tied == (len(result.winner) > 1)


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_no_figure_is_a_float_and_points_stay_within_what_is_available(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    result = evaluated(scheme, data.draw(bids_for(scheme)))
    rounded = scheme.scheme.rounding is not None
    for criterion in (c for b in result.bids for c in b.criteria):
        assert isinstance(criterion.points, Fraction)
        assert rounded or criterion.points <= criterion.available
        if criterion.score is not None:
            assert isinstance(criterion.score, Fraction)
            assert rounded or criterion.score <= 1
            assert rounded or criterion.points == criterion.score * criterion.available


@pytest.mark.slow
@settings(thorough, max_examples=25)
@given(data=st.data())
def test_exact_and_batch_agree(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    bids = data.draw(bids_for(scheme))
    n = len(bids.bids)
    some = data.draw(st.lists(st.booleans(), min_size=n, max_size=n).filter(any), label="present in draw 2")
    draws = [[True] * n, some]
    exact = [
        evaluated(scheme, replace(bids, bids=tuple(b for b, p in zip(bids.bids, d, strict=True) if p))) for d in draws
    ]
    columns = float_columns(scheme, bids)
    batch = scheme.evaluate_batch(columns, np.array(draws).T)
    for draw, result in enumerate(exact):
        found = {b.id: b for b in result.bids}
        settled = away_from_ties(result)
        for row, bid in enumerate(bids.bids):
            if bid.id not in found:
                assert batch.ranks[row, draw] == 0
                assert not batch.rejected[row, draw]
                continue
            one = found[bid.id]
            assert bool(batch.rejected[row, draw]) == (one.rank is None)
            if one.figure is not None:
                figure = float(one.figure)
                assert abs(batch.figures[row, draw] - figure) <= 1e-9 * max(1.0, abs(figure))
            if settled:
                assert batch.ranks[row, draw] == (one.rank or 0)
            if settled and batch.awards is not None and one.award is not None:
                assert abs(batch.awards[row, draw] - float(one.award)) <= 1e-6


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_batches_give_under_each_weights_what_a_new_batch_gives(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes()))
    bids = data.draw(bids_for(scheme))
    evaluated(scheme, bids)
    columns = float_columns(scheme, bids)
    names = [leaf.id for leaf in scheme.plan.leaves]
    there = st.lists(st.booleans(), min_size=len(bids.bids), max_size=len(bids.bids)).filter(any)
    present = np.array(data.draw(there, label="present"))
    batches = scheme.batches(columns, present, keep=["quality"])
    for draws in (3, 1, 3):
        drawn = data.draw(st.lists(st.integers(1, 50), min_size=draws * len(names), max_size=draws * len(names)))
        weights = dict(zip(names, np.array(drawn, dtype=float).reshape(len(names), draws), strict=True))
        again = batches.evaluate(weights)
        fresh = scheme.evaluate_batch(columns, present, weights=weights, keep=["quality"])
        for field in ("points", "figures", "ranks", "rejected"):
            np.testing.assert_array_equal(getattr(again, field), getattr(fresh, field), err_msg=field)
        np.testing.assert_array_equal(again.criteria["quality"], fresh.criteria["quality"])


def float_columns(scheme: CompiledScheme, bids: Bids) -> dict[str, np.ndarray]:
    """Every column that the scheme reads, as the exact run reads it."""
    problems = Problems()
    everybody = np.ones(len(bids.bids), dtype=np.bool_)
    wanted = [(who, reads, everybody) for who, reads in scheme.plan.reads()]
    columns = columns_of(bids, Facts(scheme.scheme, bids.tender), wanted, problems)
    assume(
        not problems and not columns.unstated
    )  # of a bid that is turned away before, the exact run does not read them
    arrays = {name: np.array([[float(v)] for v in values]) for name, values in columns.arrays.items()}
    for condition in scheme.scheme.conditions:
        pooled = "pooled." if condition.pooled else ""
        name = pooled + condition.reads.removeprefix("supplier.") if pooled else condition.reads
        arrays[name] = np.array([[float(number(read(bid, name, bids.tender)))] for bid in bids.bids])
        arrays["tender.annual_value"] = np.array(
            [[float(number(read(b, "tender.annual_value", bids.tender)))] for b in bids.bids]
        )
    return arrays


def number(step: Any) -> Fraction:
    """A figure that every generated bid holds."""
    found = step.number
    assert found is not None
    return found


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_bettering_a_figure_never_lowers_the_bids_own_rank(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes(MONOTONE, minimums=False)))
    assume(all(Trait.MONOTONE in leaf.scorer.item.traits_for(leaf.params) for leaf in scheme.plan.leaves))
    bids = data.draw(bids_for(scheme))
    before = evaluated(scheme, bids)
    row = data.draw(st.integers(0, len(bids.bids) - 1))
    other = data.draw(bids_for(scheme, most=1)).bids[0]
    better = bettered(bids.bids[row], other, data.draw(st.sampled_from(["price", "delivery", "reach"])))
    after = evaluated(scheme, replace(bids, bids=(*bids.bids[:row], better, *bids.bids[row + 1 :])))
    was, now = before.bid(better.id), after.bid(better.id)
    if was.rank is not None and scheme.plan.rule.rule.item.name != "highest_quality_within_budget":
        assert now.rank is not None
        assert now.rank <= was.rank


def bettered(bid: Any, other: Any, what: str) -> Any:
    """The bid with the better of two prices or marks."""
    if what == "price":
        figure = min(bid.figures["price"], other.figures["price"], key=lambda f: f.value)
        return replace(bid, figures={**bid.figures, "price": figure})
    mark = max(bid.marks[what], other.marks[what], key=lambda m: m.agreed.value)
    return replace(bid, marks={**bid.marks, what: mark})


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_another_bid_never_changes_an_independent_score(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes(minimums=False)))
    alone = {leaf.id for leaf in scheme.plan.leaves if leaf.independent}
    bids = data.draw(bids_for(scheme))
    assume(len(bids.bids) > 1)
    together = scores(evaluated(scheme, bids), alone)
    apart = scores(evaluated(scheme, replace(bids, bids=bids.bids[:1])), alone)
    assert apart[bids.bids[0].id] == together[bids.bids[0].id]


def scores(evaluation: Evaluation, of: set[str]) -> Mapping[str, list[Any]]:
    """The scores of each bid at some criteria."""
    return {b.id: [(c.id, c.score) for c in b.criteria if c.id in of] for b in evaluation.bids}


@pytest.mark.slow
@thorough
@given(data=st.data())
def test_a_scheme_dumped_and_loaded_is_the_same(data: st.DataObject) -> None:
    scheme = scheme_from_data(data.draw(schemes()))
    problems = Problems()
    again = read_scheme(Source("dumped.yaml", dump_scheme(scheme).encode()), problems)
    assert [str(p) for p in problems] == []
    assert again == scheme


def test_every_registered_scorer_and_rule_is_generated() -> None:
    assert len(SCORERS) >= 18
    assert len(RULES) >= 10
