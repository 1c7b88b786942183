"""Bands in both arithmetics, and the laws of every scorer that is made of them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tender_eval.model.numeric import TOLERANCE, exact_array
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.scorer import Trait, in_floats
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.consortium import Consortium
from tender_eval.scorers.fact_bands import Bands, banded
from tender_eval.scorers.local_specialist import LocalSpecialist
from tender_eval.scorers.network_strength import NetworkStrength

BANDS = TypeAdapter(Bands).validate_python([{"from": "0.3", "share": "1/3"}, {"from": 2, "share": "80%"}])
CASES = [(scorer(), params) for scorer in (Consortium, LocalSpecialist, NetworkStrength) for params in scorer.examples]
figures = st.fractions(min_value=0, max_value=12, max_denominator=60)


@pytest.mark.parametrize(
    ("figure", "share"),
    [("0", "0"), ("0.2999", "0"), ("0.3", "1/3"), ("1.9999", "1/3"), ("2", "4/5"), ("900", "4/5")],
)
def test_a_figure_at_or_above_a_band_earns_its_share(figure, share):
    assert banded(exact_array([Fraction(figure)]), BANDS)[0] == Fraction(share)
    assert banded(np.array([[float(figure)]]), in_floats(BANDS))[0, 0] == float(Fraction(share))


def test_a_float_that_stands_for_a_boundary_belongs_to_the_band():
    just_below = np.nextafter(0.3, 0)
    assert list(banded(np.array([0.1 + 0.2, just_below]), in_floats(BANDS))) == [1 / 3, 1 / 3]


@pytest.mark.parametrize(("below", "share"), [(0.0, 0.8), (0.9, 0.8), (1.1, 1 / 3), (2.0, 1 / 3)])
def test_the_tolerance_is_as_wide_as_it_says_and_no_wider(below, share):
    """In multiples of the tolerance below a boundary, which is a share of it; on the other side nothing changes."""
    floats = np.array([2 * (1 - below * TOLERANCE), 0.3 * (1 - below * TOLERANCE), 2 * (1 + below * TOLERANCE)])
    near = {0.8: 1 / 3, 1 / 3: 0.0}[share]
    assert list(banded(floats, in_floats(BANDS))) == [share, near, 0.8]


def test_bands_in_batch_keep_the_shape_of_the_column():
    assert banded(np.zeros((3, 1)), in_floats(BANDS)).shape == (3, 1)


def rows(scorer, made, draw, bids):
    """Columns of figures within what the scorer accepts."""
    found = {}
    for reads in scorer.reads(made):
        most = reads.at_most
        found[reads.column] = [v if most is None else v % 1 if v % 2 < 1 else most for v in draw[:bids]]
        draw = draw[bids:]
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("scorer", "params"), CASES)
@settings(max_examples=15, deadline=None)
@given(draw=st.lists(figures, min_size=12, max_size=12), bids=st.integers(1, 4))
def test_exact_and_batch_agree(scorer, params, draw, bids):
    made = scorer.Params.model_validate(params)
    columns = rows(scorer, made, draw, bids)
    exact = scorer.score(BidTable({c: exact_array(v) for c, v in columns.items()}, np.ones(bids, bool)), made, Steps())
    floats = {c: np.array([[float(x)] * 2 for x in v]) for c, v in columns.items()}
    batch = scorer.score(BidTable(floats, np.ones((bids, 2), bool)), in_floats(made), Steps())
    assert all(isinstance(score, Fraction) and 0 <= score <= 1 for score in exact)
    assert np.allclose(batch, np.array([[float(s)] * 2 for s in exact]), rtol=0, atol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("scorer", "params"), CASES)
@settings(max_examples=15, deadline=None)
@given(draw=st.lists(figures, min_size=8, max_size=8), more=figures)
def test_a_better_fact_never_earns_less_and_touches_no_other_bid(scorer, params, draw, more):
    made = scorer.Params.model_validate(params)
    assert {Trait.MONOTONE, Trait.INDEPENDENT} <= scorer.traits_for(made)
    columns = rows(scorer, made, draw, 2)
    before = score(scorer, made, columns)
    for reads in scorer.reads(made):
        mine, other = columns[reads.column]
        raised = mine + more if reads.at_most is None else min(mine + more, reads.at_most)
        after = score(scorer, made, {**columns, reads.column: [raised, other]})
        assert after[0] >= before[0]
        assert after[1] == before[1]


def score(scorer, made, columns):
    return scorer.score(BidTable({c: exact_array(v) for c, v in columns.items()}, np.ones(2, bool)), made, Steps())


@pytest.mark.parametrize(("scorer", "params"), CASES)
def test_the_working_holds_every_figure_that_its_words_name(scorer, params, kept):

    made = scorer.Params.model_validate(params)
    columns = {r.column: exact_array([1]) for r in scorer.reads(made)}
    scorer.score(BidTable(columns, np.ones(1, bool)), made, kept)
    assert all(name in formula for formula, figures in kept.said.items() for name in figures)
    assert list(kept.said)[-1].startswith("share of ")


def test_the_figures_of_a_fact_lie_where_its_own_bands_tell_them_apart():
    scorer = LocalSpecialist()
    params = scorer.Params.model_validate(scorer.examples[1])
    assert scorer.likely("supplier.years_in_area", params) == Likely(0, 10, "the bands of years_in_area")
    assert scorer.likely("supplier.areas_covered", params) == Likely(0, 1, "the bands of areas_covered")
    assert isinstance(scorer.likely("supplier.by_and_for", params), Unsupported)
