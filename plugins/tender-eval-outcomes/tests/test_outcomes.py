"""Offered outcomes and committed metrics, worked by hand; what no scheme may state."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tender_eval_outcomes import SCORERS
from tender_eval_outcomes.metrics import MetricsParams

from tender_eval import Refused, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.languages import steps as words
from tender_eval.testing import parametrize_with_checks

F = Fraction
CATALOGUE = load_catalogue({})
COPED = {"outcome": "coped", "reads": "values.coped", "target": "80%", "baseline": "60%", "counts": "60%"}
INFORMED = {"outcome": "informed", "reads": "values.informed", "target": "90%", "counts": "40%"}


@parametrize_with_checks(*SCORERS)
def test_every_promise_is_kept(check):
    check()


def evaluated(scorer, bids, **stated):
    data = {
        "format": "tender-eval/scheme/1", "id": "s", "title": "S", "award": {"rule": "highest_score"},
        "criteria": [{"id": "c", "weight": 100, "scorer": {"name": scorer, **stated}}],
    }  # fmt: skip
    listed = [{"id": name, **bid} for name, bid in bids.items()]
    compiled = compile_scheme(scheme_from_data(data), CATALOGUE)
    return compiled.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


def scores(scorer, bids, **stated):
    found = evaluated(scorer, bids, **stated)
    return {bid: found.bid(bid).criterion("c").score for bid in bids}


def offers(**bids):
    return {name: {"values": {"coped": coped, "informed": informed}} for name, (coped, informed) in bids.items()}


def test_each_outcome_counts_from_its_baseline_to_its_target():
    # half: 0.6 x (70 - 60) / (80 - 60) + 0.4 x 45 / 90 = 0.3 + 0.2. today: no more than there is, and all informed.
    bids = offers(half=("70%", "45%"), today=("60%", "90%"), less=("50%", 0), all=("80%", "90%"), beyond=(1, 1))
    found = scores("vfs_outcomes", bids, outcomes=[COPED, INFORMED])
    assert found == {"half": F(1, 2), "today": F(2, 5), "less": 0, "all": 1, "beyond": 1}


def test_the_working_names_the_outcome_and_its_figures():
    found = evaluated("vfs_outcomes", offers(a=("70%", "45%")), outcomes=[COPED, INFORMED])
    told = words.working(found.bid("a").criterion("c").step.inputs[0])
    assert "0.5 = max(0, min(1, (0.7 - 0.6) / (0.8 - 0.6))), coped and built resilience" in told
    assert told.endswith("0.6 x 0.5 + 0.4 x 0.5")


def test_a_bid_that_is_silent_about_an_outcome_is_told():
    with pytest.raises(Refused, match=r"values\.informed"):
        scores("vfs_outcomes", {"a": {"values": {"coped": "70%"}}}, outcomes=[COPED, INFORMED])


def test_an_offer_of_more_than_all_victims_is_told():
    with pytest.raises(Refused, match=r"values\.coped"):
        scores("vfs_outcomes", offers(a=("120%", 0)), outcomes=[COPED, INFORMED])


@pytest.mark.parametrize(
    ("outcomes", "code", "said"),
    [
        ([{**INFORMED, "counts": "100%"}], "TE027", "primary"),
        ([COPED], "TE028", "60%"),
        ([COPED, {**INFORMED, "outcome": "coped"}], "TE028", "named twice"),
        ([COPED, {**INFORMED, "reads": "values.coped"}], "TE028", "named twice"),
        ([{**COPED, "baseline": "80%"}, INFORMED], "TE028", "not above its baseline"),
        ([{**COPED, "outcome": "happy"}, INFORMED], "TE016", "happy"),
    ],
)
def test_outcomes_that_are_refused(outcomes, code, said):
    with pytest.raises(Refused) as caught:
        scores("vfs_outcomes", offers(a=(0, 0)), outcomes=outcomes)
    assert code in {d.code for d in caught.value.diagnostics}
    assert said in str(caught.value)


def test_metrics_count_alike_and_silence_is_no_commitment():
    told = {"engaged": True, "departed": True, "new_referrals": False}
    found = scores(
        "vfs_metrics", {"a": {"declarations": told}}, metrics=["engaged", "departed", "new_referrals", "age"]
    )
    assert found == {"a": F(1, 2)}
    assert scores("vfs_metrics", {"a": {"declarations": {"age": True}}}) == {"a": F(1, 12)}


def test_all_twelve_metrics_of_annex_b_are_there():
    assert len(set(MetricsParams().metrics)) == 12


@pytest.mark.parametrize(("metrics", "code"), [([], "TE018"), (["age", "age"], "TE028"), (["postcode"], "TE016")])
def test_metrics_that_are_refused(metrics, code):
    with pytest.raises(Refused, match=code):
        scores("vfs_metrics", {"a": {"declarations": {"age": True}}}, metrics=metrics)
