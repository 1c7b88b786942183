"""Social value commitments: hand-worked values, and over-promising that wins nothing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.scorer import in_floats
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.social_value import SocialValueCommitments

SCORER = SocialValueCommitments()
EXAMPLE = SocialValueCommitments.examples[0]
PARAMS = SCORER.Params.model_validate(EXAMPLE)  # 28000 a job, 16.50 x 80% an hour; 10% of five years


def table(jobs, hours, annual):
    columns = {
        "values.local_jobs": exact_array(jobs),
        "values.volunteer_hours": exact_array(hours),
        "tender.annual_value": exact_array([annual] * len(jobs)),
    }
    return BidTable(columns, np.ones(len(jobs), bool))


def scores(jobs, hours, annual=340000, params=PARAMS):
    return list(SCORER.score(table(jobs, hours, annual), params, Steps()))


def test_by_hand():
    # The cap is 10% of 5 x 340000 = 170000. 3 x 28000 = 84000. 1000 x 16.50 x 80% = 13200.
    assert scores([3, 0, 3], [0, 1000, 1000]) == [
        Fraction(84000, 170000),
        Fraction(13200, 170000),
        Fraction(97200, 170000),
    ]


def test_over_promising_earns_no_more_than_the_cap():
    at_cap = Fraction(170000, 28000)
    assert scores([at_cap, 7, 7_000_000], [0, 0, 10**12]) == [1, 1, 1]


def test_the_largest_promise_does_not_lower_the_others():
    assert scores([3, 4], [0, 0])[0] == scores([3, 10**9], [0, 0])[0]


def test_nothing_promised_earns_nothing():
    assert scores([0], [0]) == [0]


def test_silence_counts_as_zero_and_the_contract_value_is_required():
    jobs, hours, contract = SCORER.reads(PARAMS)
    assert (jobs.default, hours.default, contract.default) == (0, 0, None)
    assert (jobs.at_least, jobs.better) == (0, "higher")
    assert (contract.column, contract.above) == ("tender.annual_value", 0)


def test_the_working_names_every_row(kept):
    SCORER.score(table([3], [1000], 340000), PARAMS, kept)
    assert all(name in formula for formula, figures in kept.said.items() for name in figures)
    assert list(kept.said) == [
        (
            "committed = values.local_jobs x value of values.local_jobs + values.volunteer_hours x value of "
            "values.volunteer_hours x part delivered of values.volunteer_hours"
        ),
        "limit = cap x tender.annual_value x years",
        "min(committed, limit) / limit",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cap": "0%"}, "TE028"),
        ({"cap": "120%"}, "TE015"),
        ({"years": 0}, "TE015"),
        ({"proxies": []}, "TE018"),
        ({"proxies": [EXAMPLE["proxies"][0]] * 2}, "TE028"),
        ({"proxies": [{**EXAMPLE["proxies"][0], "value": -1}]}, "TE015"),
        ({"proxies": [{"reads": "values.x", "value": 1, "unit": "hours"}]}, "TE011"),
        ({"proxies": [{**EXAMPLE["proxies"][0], "delivered": {"share": "80%"}}]}, "TE011"),
    ],
)
def test_parameters_that_are_refused(change, code):
    problems = Problems()
    assert validate(SCORER.Params, {**EXAMPLE, **change}, Location("scheme.yaml", 3, 5), problems) is None
    assert [d.code for d in problems] == [code]


@pytest.mark.parametrize("required", ["cap", "years", "proxies"])
def test_what_changes_an_award_has_no_default(required):
    problems = Problems()
    params = {k: v for k, v in EXAMPLE.items() if k != required}
    assert validate(SCORER.Params, params, Location("scheme.yaml", 3, 5), problems) is None
    assert [d.code for d in problems] == ["TE011"]


amounts = st.fractions(min_value=0, max_value=10_000, max_denominator=40)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=5), st.integers(1, 10**6))
def test_exact_and_batch_agree(bids, annual):
    jobs, hours = (list(c) for c in zip(*bids, strict=True))
    exact = scores(jobs, hours, annual)
    columns = {
        "values.local_jobs": np.array([[float(j)] * 2 for j in jobs]),
        "values.volunteer_hours": np.array([[float(h)] * 2 for h in hours]),
        "tender.annual_value": np.full((len(bids), 1), float(annual)),
    }
    batch = SCORER.score(BidTable(columns, np.ones((len(bids), 2), bool)), in_floats(PARAMS), Steps())
    assert np.allclose(batch, np.array([[float(s)] * 2 for s in exact]), rtol=0, atol=1e-9)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(amounts, amounts, amounts)
def test_promising_more_never_earns_less(jobs, hours, more):
    low, high = scores([jobs, jobs + more], [hours, hours])
    assert 0 <= low <= high <= 1
