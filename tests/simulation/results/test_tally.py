"""Tallies add up exactly: in any order and grouping, through JSON, and with no cancellation."""

import json
import math
import pickle
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.simulation.results.tally import Moments, Tallies
from tender_eval.simulation.running.saved import from_json, to_json

NAN = math.nan
figures = st.one_of(st.just(NAN), st.floats(-1e60, 1e60), st.integers(-5, 5).map(float), st.just(0.1))


@st.composite
def chunks(draw: st.DrawFn) -> list[Tallies]:
    """Tallies of several chunks of two designs."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    return [
        Tallies.of([{name: _drawn(draw, size) for name in ("price", "bids")} for _ in range(2)], size) for size in sizes
    ]


def _drawn(draw: st.DrawFn, size: int) -> np.ndarray:
    return np.array(draw(st.lists(figures, min_size=size, max_size=size)))


def total(tallies: list[Tallies]) -> Tallies:
    return sum(tallies, Tallies())


def exact(values: list[float]) -> tuple[Fraction, Fraction]:
    return sum(map(Fraction, values), Fraction(0)), sum((Fraction(v) ** 2 for v in values), Fraction(0))


@pytest.mark.slow
@given(chunks(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bits(parts, random) -> None:
    shuffled = random.sample(parts, len(parts))
    assert total(shuffled) == total(parts)
    assert json.dumps(to_json(total(shuffled))) == json.dumps(to_json(total(parts)))


@pytest.mark.slow
@given(chunks(), st.integers(0, 5))
def test_any_grouping_gives_the_same_bits(parts, cut) -> None:
    assert total(parts[:cut]) + total(parts[cut:]) == total(parts)


@pytest.mark.slow
@given(chunks())
def test_the_tally_of_nothing_changes_nothing(parts) -> None:
    assert Tallies() + parts[0] == parts[0] == parts[0] + Tallies()


@pytest.mark.slow
@given(chunks())
def test_json_and_pickle_keep_every_bit(parts) -> None:
    whole = total(parts)
    assert from_json(Tallies, json.loads(json.dumps(to_json(whole)))) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8), min_size=1, max_size=6))
def test_chunks_of_counts_add_up_to_one_pass(parts) -> None:
    merged = sum((Moments.of(np.array(part, dtype=float)) for part in parts), Moments())
    values = [v for part in parts for v in part]
    assert merged == Moments.of(np.array(values, dtype=float)) == Moments(len(values), *exact(values))


@pytest.mark.slow
@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), min_size=1, max_size=6))
def test_chunks_of_floats_add_up_to_one_pass(parts) -> None:
    merged = sum((Moments.of(np.array(part)) for part in parts), Moments())
    values = [v for part in parts for v in part]
    first, second = exact(values)
    assert merged.n == len(values)
    assert abs(merged.total - first) <= 1e-14 * sum(map(abs, values)) + 1e-300
    if len(values) > 1:
        assert float(merged.variance) == pytest.approx(
            float((second - first**2 / len(values)) / (len(values) - 1)), rel=1e-9, abs=1e-9 * max(map(abs, values))
        )


@pytest.mark.slow
@pytest.mark.parametrize("between", [0.0, 1.0, 5.0])
@pytest.mark.parametrize("solves", [4, 8])
def test_errors_are_those_that_means_have_whatever_solutions_differ_by(solves: int, between: float) -> None:
    """In the root of the mean square, within a twelfth: 600 means tell it to 3%, the estimate is off by up to 5%."""
    rng, means, squares = np.random.default_rng(solves), [], []
    for _ in range(600):
        values = rng.standard_normal(16 * solves) + np.tile(rng.standard_normal(solves), 16) * math.sqrt(between / 16)
        found = Moments.of(values, solves)
        means.append(found.mean)
        squares.append(found.se**2)
    assert np.std(means) / math.sqrt(statistics.fmean(squares)) == pytest.approx(1.0, abs=1 / 12)


def test_mean_and_error_are_those_of_the_defined_values() -> None:
    moments = Moments.of(np.array([1.0, NAN, 2.0, 4.0, NAN]))
    assert moments.n == 3
    assert moments.mean == pytest.approx(7 / 3)
    assert moments.se == pytest.approx(statistics.stdev([1, 2, 4]) / math.sqrt(3))


def test_what_is_never_defined_has_no_mean_and_one_value_no_error() -> None:
    never, once = Moments.of(np.array([NAN, NAN])), Moments.of(np.array([NAN, 3.0]))
    assert (never.n, never.mean, never.variance, never.se) == (0, None, None, None)
    assert (once.n, once.mean, once.variance, once.se) == (1, 3.0, None, None)
    assert never + once == once


@pytest.mark.parametrize("value", [0.1, 1e9 / 3, -7.25])
def test_what_never_varies_has_no_error_at_all(value: float) -> None:
    moments = sum((Moments.of(np.full(n, value)) for n in (4096, 100, 4096)), Moments())
    assert moments.variance == 0
    assert moments.mean == value


def test_a_small_spread_on_a_large_mean_is_not_cancelled() -> None:
    rng = np.random.default_rng(1)
    values = 1e9 + 1e-3 * rng.standard_normal(8192)
    merged = Moments.of(values[:4096]) + Moments.of(values[4096:])
    first, second = exact(values.tolist())
    assert float(merged.variance) == pytest.approx(float((second - first**2 / 8192) / 8191), rel=1e-9)


@pytest.mark.slow
@given(st.lists(st.floats(-1e100, 1e100), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_no_variance_is_negative(values, random) -> None:
    cut = random.randrange(len(values))
    merged = Moments.of(np.array(values[:cut])) + Moments.of(np.array(values[cut:]))
    assert merged.variance >= 0


def test_squares_below_what_floats_hold_give_no_variance_below_nought() -> None:
    merged = Moments.of(np.array([0.0])) + Moments.of(np.array([1.1113793747425387e-162]))
    assert Moments.of(np.array([0.0, 1.1113793747425387e-162])).se is not None
    assert merged.se is not None


def test_differences_are_of_tenders_where_both_are_defined() -> None:
    one = {"price": np.array([1.0, 2.0, NAN, 5.0]), "only_here": np.zeros(4)}
    two = {"price": np.array([2.0, NAN, 3.0, 9.0]), "only_there": np.zeros(4)}
    tallies = Tallies.of([one, two, one], 4)
    assert [list(figures) for figures in tallies.paired] == [["price"], ["price", "only_here"]]
    assert tallies.paired[0]["price"] == Moments(2, Fraction(5), Fraction(17))
    assert tallies.paired[1]["price"] == Moments(3, Fraction(0), Fraction(0))
    assert (tallies.designs[0]["price"].n, tallies.designs[1]["price"].n) == (3, 3)


def test_only_the_first_tenders_count() -> None:
    values = np.array([1.0, 2.0, 1e308])
    assert Tallies.of([{"price": values}], 2) == Tallies.of([{"price": values[:2]}], 2)


@pytest.mark.parametrize("values", [[math.inf, 1.0], [1.0, -math.inf], [0.0, 1e200]])
def test_no_infinity_is_averaged(values: list[float]) -> None:
    with pytest.raises(ValueError, match='figure "price": a figure is infinite'):
        Tallies.of([{"price": np.array(values)}], 2)


def test_a_figure_must_have_a_value_for_each_tender() -> None:
    with pytest.raises(ValueError, match="not one value for each of 3 tenders"):
        Tallies.of([{"price": np.zeros(2)}], 3)
    with pytest.raises(ValueError, match="no designs"):
        Tallies.of([], 3)


def test_other_figures_are_not_added() -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Tallies.of([{"price": np.zeros(2)}], 2) + Tallies.of([{"bids": np.zeros(2)}], 2)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"draws": 1, "designs": 3, "paired": []},
        {"draws": 1, "designs": [{"price": [1, "1/0", "1"]}], "paired": []},
        {"draws": 1, "designs": [{"price": [1, "x", "1"]}], "paired": []},
        {"draws": 1, "designs": [{"price": [1, "1e999999999", "1"]}], "paired": []},
        {"draws": 1, "designs": [{"price": [1, "9" * 5000, "1"]}], "paired": []},
        {"draws": 1, "designs": [{"price": [float("inf"), "1", "1"]}], "paired": []},
        {"draws": float("nan"), "designs": [], "paired": []},
        {"draws": "9" * 5000, "designs": [], "paired": []},
    ],
)
def test_what_is_no_tally_is_not_read(data: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(Tallies, data)
