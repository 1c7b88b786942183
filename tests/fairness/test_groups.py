"""How kinds of providers fare: rates, gaps in points, and what makes them."""

from __future__ import annotations

from math import comb

import pytest
from inline import CATALOGUE, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.samples import GroupSample
from tender_eval.fairness.groups import group_impact
from tender_eval.fairness.scenarios.scenario import Scenario

PARTS = (
    leaf("skill", 50, {"name": "mark", "out_of": 5}),
    leaf("years", 50, {"name": "ratio_to_highest", "field": "values.years"}),
)


def bid(name, skill, years, **supplier):
    members = supplier.pop("members", None)
    found = {
        "id": name,
        "supplier": {"name": name, **supplier},
        "values": {"years": years},
        "marks": {"skill": skill},
    }
    return found | ({"consortium": {"members": [{"name": "m", "share": "20%"}]}} if members else {})


def scenario(*given_bids, **rest):
    data = {"format": "tender-eval/bids/1", "tender": {"areas": ["North"]}, "bids": list(given_bids)}
    compiled = compile_scheme(scheme_from_data(scheme(*PARTS, **rest)), CATALOGUE)
    return Scenario(compiled, bids_from_data(data))


def ten():
    """Five small bids with the better marks and few years, five large ones of which the last wins."""
    small = [bid(f"s{n}", 4, 4, size="small", areas=["north"]) for n in range(5)]
    large = [bid(f"l{n}", 3, 10 + n, size="large", by_and_for=n == 0, areas=[]) for n in range(4)]
    return scenario(*small, *large, bid("silent", 0, 1))


def test_rates_gaps_and_the_criterion_that_makes_the_gap():
    small = {g.group: g for g in group_impact(ten())}["small"]
    assert (small.members, small.others) == (5, 4)
    assert (small.selected, small.selected_others) == (0, 0.25)
    assert (small.ratio, small.chance) == (None, None)  # one award
    assert small.gaps["skill"] == pytest.approx(10)
    assert small.gaps["years"] == pytest.approx(50 * (4 - 11.5) / 13)
    assert small.widest_gap == "years"
    assert small.sample == GroupSample(10, unknown=1)


def test_groups_are_read_as_the_engine_reads_them():
    found = {g.group: g for g in group_impact(ten())}
    assert found["local"].members == 5  # north, whatever its capitals
    assert (found["by_and_for"].members, found["by_and_for"].others) == (1, 3)
    assert found["by_and_for"].sample == GroupSample(10, unknown=6)
    assert "consortium" not in found  # nobody bids as one


def test_consortia_are_those_with_members():
    found = scenario(*[bid(f"b{n}", 3, 5, members=n < 2) for n in range(10)])
    (consortium,) = [g for g in group_impact(found) if g.group == "consortium"]
    assert (consortium.members, consortium.others) == (2, 8)
    assert consortium.selected == consortium.selected_others == 1  # all tie
    assert consortium.widest_gap == ""


def test_rejection_rates():
    parts = {**PARTS[0], "minimum": "60%"}
    given_bids = [bid(f"b{n}", 2 if n < 5 else 4, 5, size="small" if n < 5 else "large") for n in range(10)]
    data = {"format": "tender-eval/bids/1", "bids": given_bids}
    stated = scheme(parts, PARTS[1], award={"on_rejection": "recompute"})
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(data))
    small = next(g for g in group_impact(found) if g.group == "small")
    assert (small.rejected, small.rejected_others) == (1, 0)
    assert small.gaps == {}  # nobody of the group was ranked


def test_from_one_award_there_is_no_ratio_however_small_the_group():
    found = scenario(bid("a", 3, 10, size="small"), bid("b", 4, 10, size="large"))
    small = next(g for g in group_impact(found) if g.group == "small")
    assert (small.selected, small.selected_others) == (0, 1)
    assert (small.ratio, small.chance, small.by_chance) == (None, None, False)


def test_of_several_awards_the_ratio_is_tested_exactly():
    """Five awards, all to large bids, of five small and five large: one of 252 ways, and one the other way round."""
    small_ones = [bid(f"s{n}", 2, 10, size="small") for n in range(5)]
    found = scenario(*small_ones, *[bid(f"l{n}", 4, 10, size="large") for n in range(5)], award={"suppliers": 5})
    small = next(g for g in group_impact(found) if g.group == "small")
    assert (small.ratio, small.chance) == (0, pytest.approx(2 / 252))
    assert not small.by_chance  # below 1.25%


def tenders(wins, of=40):
    """Two bids a tender, one of them small; of so many tenders the small one wins these."""
    return [
        scenario(bid("a", 4 if n < wins else 2, 10, size="small"), bid("b", 3, 10, size="large")) for n in range(of)
    ]


def small_of(scenarios):
    return next(g for g in group_impact(scenarios[0], further=scenarios[1:]) if g.group == "small")


@pytest.mark.slow
def test_made_up_tenders_do_not_make_a_finding_of_chance():
    # 40 tenders decided by lot: as few as 12 wins or 28 come about in 1.7% of cases, as few as 11 or 29 in 0.6%.
    near, far = small_of(tenders(12)), small_of(tenders(11))
    assert (near.ratio, near.by_chance) == (pytest.approx(12 / 28), True)
    assert (far.ratio, far.by_chance) == (pytest.approx(11 / 29), False)
    assert far.chance == pytest.approx(2 * sum(comb(40, n) for n in range(12)) / 2**40)
    assert [small_of(tenders(n)).by_chance for n in (28, 29)] == [True, False]  # either way


@pytest.mark.slow
def test_a_gap_between_made_up_tenders_is_one_beyond_chance():
    assert small_of(tenders(18)).gaps["skill"] < 0
    assert small_of(tenders(18)).widest_gap == ""
    assert small_of(tenders(2)).widest_gap == "skill"


def test_further_tenders_are_pooled():
    found = scenario(bid("a", 3, 10, size="small"), bid("b", 2, 10, size="large"))
    other = scenario(bid("a", 1, 10, size="small"), bid("b", 2, 10, size="large"))
    small = next(g for g in group_impact(found, further=[other]) if g.group == "small")
    assert (small.members, small.others, small.selected, small.selected_others) == (2, 2, 0.5, 0.5)
    assert small.sample == GroupSample(4, tenders=2)
