"""The local specialist scorer: hand-worked values, and each fact by itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.local_specialist import LocalSpecialist

SCORER = LocalSpecialist()
# 40% years (3: half, 10: all), 40% areas covered (a third: half, all: all), 20% by and for.
PARAMS = SCORER.Params.model_validate(LocalSpecialist.examples[1])


def scores(years, areas, by_and_for):
    columns = {
        "supplier.years_in_area": exact_array(years),
        "supplier.areas_covered": exact_array(areas),
        "supplier.by_and_for": exact_array(by_and_for),
    }
    return list(SCORER.score(BidTable(columns, np.ones(len(years), bool)), PARAMS, Steps()))


def test_three_bids_by_hand():
    # 20 + 20 + 20; 40 + 40 + 0; nothing at all
    assert scores([9, 10, 2], [Fraction(1, 3), 1, Fraction(1, 4)], [1, 0, 0]) == [
        Fraction(60, 100),
        Fraction(80, 100),
        0,
    ]


def test_full_marks_for_all_and_none_for_none():
    assert scores([10, 0], [1, 0], [1, 0]) == [1, 0]


def test_equal_bids_score_alike_and_as_a_single_bid_does():
    pair = scores([5, 5], [1, 1], [0, 0])
    assert pair == [Fraction(60, 100)] * 2
    assert scores([5], [1], [0]) == pair[:1]


def test_what_is_read_and_within_which_bounds():
    reads = {r.column: r for r in SCORER.reads(PARAMS)}
    assert set(reads) == {"supplier.years_in_area", "supplier.areas_covered", "supplier.by_and_for"}
    assert all(r.better == "higher" and r.at_least == 0 and r.default == 0 for r in reads.values())
    assert reads["supplier.areas_covered"].at_most == reads["supplier.by_and_for"].at_most == 1
    assert reads["supplier.years_in_area"].at_most is None


def test_areas_covered_together_reads_the_consortium_and_has_no_default():
    together = {"areas_covered_together": {"share": 1, "bands": [{"from": "50%", "share": 1}]}}
    (reads,) = SCORER.reads(SCORER.Params.model_validate(together))
    assert (reads.column, reads.default) == ("consortium.areas_covered", None)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "TE011"),
        ({"by_and_for": {"share": "20%"}}, "TE028"),
        ({"by_and_for": {"share": 1, "bands": []}}, "TE010"),
        ({"years_in_area": {"share": 1}}, "TE011"),
        ({"years": {"share": 1}}, "TE010"),
    ],
)
def test_parameters_that_are_refused(params, code):
    problems = Problems()
    assert validate(SCORER.Params, params, Location("scheme.yaml", 3, 5), problems) is None
    assert code in [d.code for d in problems]
