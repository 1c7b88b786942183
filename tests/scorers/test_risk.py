"""The risk scorer: hand-worked values, bands of likelihood, and silence that is never safety."""

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
from tender_eval.scorers.risk import RiskAdjusted

SCORER = RiskAdjusted()
# Staffing: likelihood x 50%. Finance: marks 1, 3, 5 are likelihoods of 5%, 25%, 70%; x 30%.
PARAMS = SCORER.Params.model_validate(RiskAdjusted.examples[1])


def scores(staffing, finance):
    columns = {"values.staffing_risk": exact_array(staffing), "marks.finance_risk": exact_array(finance)}
    return list(SCORER.score(BidTable(columns, np.ones(len(staffing), bool)), PARAMS, Steps()))


def test_by_hand():
    # 1 - 0.2 x 0.5 - 0.25 x 0.3; 1 - 0 - 0.05 x 0.3; 1 - 1 x 0.5 - 0.7 x 0.3
    assert scores([Fraction(1, 5), 0, 1], [4, 1, 5]) == [
        Fraction(825, 1000),
        Fraction(985, 1000),
        Fraction(290, 1000),
    ]


def test_certain_loss_of_everything_scores_zero_and_no_risk_scores_all():
    params = SCORER.Params.model_validate({"risks": [{"id": "r", "reads": "values.r", "impact": "100%"}]})
    found = SCORER.score(BidTable({"values.r": exact_array([1, 0])}, np.ones(2, bool)), params, Steps())
    assert list(found) == [0, 1]


def test_a_likelihood_is_required_and_bounded():
    staffing, finance = SCORER.reads(PARAMS)
    assert (staffing.default, staffing.at_least, staffing.at_most) == (None, 0, 1)
    assert (finance.default, finance.at_least, finance.at_most) == (None, 1, None)
    assert staffing.better == finance.better == "lower"


def test_the_working_carries_every_figure_in_words(kept):
    columns = {"values.staffing_risk": exact_array([0]), "marks.finance_risk": exact_array([4])}
    SCORER.score(BidTable(columns, np.ones(1, bool)), PARAMS, kept)
    banding, total = said = kept.said
    assert banding == "likelihood of finance = if_(marks.finance_risk >= from, share, 0)"
    assert total == ("1 - likelihood of staffing x impact of staffing - likelihood of finance x impact of finance")
    assert said[total]["likelihood of finance"][0] == Fraction(1, 4)


RISK = {"id": "r", "reads": "values.r", "impact": "60%"}


@pytest.mark.parametrize(
    ("risks", "code"),
    [
        ([], "TE018"),
        ([RISK, RISK], "TE020"),
        ([RISK, {**RISK, "id": "s", "impact": "41%"}], "TE028"),
        ([{**RISK, "impact": "101%"}], "TE015"),
        ([{"id": "r", "reads": "values.r"}], "TE011"),
        ([{**RISK, "bands": [{"from": 1, "share": "90%"}, {"from": 2, "share": "10%"}]}], "TE028"),
    ],
)
def test_parameters_that_are_refused(risks, code):
    problems = Problems()
    assert validate(SCORER.Params, {"risks": risks}, Location("scheme.yaml", 3, 5), problems) is None
    assert code in [d.code for d in problems]


likelihoods = st.fractions(min_value=0, max_value=1, max_denominator=50)
marks = st.fractions(min_value=1, max_value=6, max_denominator=8)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(likelihoods, marks), min_size=1, max_size=5))
def test_exact_and_batch_agree(bids):
    staffing, finance = (list(c) for c in zip(*bids, strict=True))
    exact = scores(staffing, finance)
    columns = {
        "values.staffing_risk": np.array([[float(v)] for v in staffing]),
        "marks.finance_risk": np.array([[float(v)] * 3 for v in finance]),
    }
    batch = SCORER.score(BidTable(columns, np.ones((len(bids), 3), bool)), in_floats(PARAMS), Steps())
    assert np.allclose(batch, np.array([[float(s)] * 3 for s in exact]), rtol=0, atol=1e-9)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(likelihoods, likelihoods, marks, marks)
def test_less_risk_never_earns_less(one, two, mark, other):
    low, high = scores([max(one, two), min(one, two)], [max(mark, other), min(mark, other)])
    assert 0 <= low <= high <= 1
