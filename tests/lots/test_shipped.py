"""The shipped schemes with lots, worked through by hand, or by looking at every award."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from all_awards import allowed, best_of_all, parties
from awards_in_arrays import best_in_arrays

from tender_eval import compile_scheme, load_bids, load_catalogue, load_scheme
from tender_eval.languages.results import text
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.lots.contest import capacities_of, contest_of
from tender_eval.lots.offered import offers_awarded
from tender_eval.lots.policy import policy_of
from tender_eval.lots.qualified import qualified_of
from tender_eval.model.scheme import Call, LotLimits, Scheme
from tender_eval.plugins.mechanism import Contest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCHEME = load_scheme(ROOT / "schemes" / "lots-largest-lead.yaml")
BIDS = load_bids(ROOT / "fixtures" / "lots-largest-lead.bids.yaml")


def with_limits(limits: LotLimits | None) -> Scheme:
    return replace(SCHEME, award=replace(SCHEME.award, lots=limits))


def awarded(scheme: Scheme) -> AcrossLots:
    return award_lots(compile_scheme(scheme, CATALOGUE), BIDS)


def by_lot(found: AcrossLots) -> dict[str, str]:
    return {award.lot: award.bid.id for award in found.awards}


def why(found: AcrossLots, lot: str, bid: str) -> tuple[str, str]:
    (reason,) = (r for r in found.reasons[lot] if r.bid == bid)
    return reason.kind, text(reason)


def test_worked_example() -> None:
    """Points are 60 x mark / 4 + 40 x lowest price / price.

    north: harbour 100, alder 92, cedar 62. South: harbour 100, alder 77, cedar 62. East: harbour 85, birch 77.
    West: alder 92, cedar 85. Capacities, 60% of income: harbour 3,000,000; alder, with its confirmed member,
    60% x 350,000 = 210,000; birch 90,000, which is east's value exactly; cedar 360,000.
    1. West is worth 240,000: only cedar has room, so west leads all others and goes to cedar.
    2. South: harbour leads alder by 23 of 100; cedar is at its limit. North: by 8 of 100. East: by 8 of 85. South
       leads by most and goes to harbour.
    3. North: only alder has room. East: only birch. Both lead all others; in the order of the tender north goes to
       alder, then east to birch.
    """
    found = awarded(SCHEME)
    assert by_lot(found) == {"north": "alder", "south": "harbour", "east": "birch", "west": "cedar"}
    assert found.order == ("west", "south", "north", "east")
    assert (found.unawarded, found.undecided, found.tied) == ((), (), False)
    assert [award.value for award in found.awards] == [120000, 180000, 90000, 240000]
    assert found.capacities["alder"].value == Fraction(210000)
    assert why(found, "west", "alder") == (
        "capacity",
        "ranked 1, but the lot's annual value 240000 is above its capacity 210000 (60% of pooled.annual_income)",
    )
    assert why(found, "north", "harbour") == (
        "capped",
        "ranked 1, but its supplier is awarded south: 1 is the most lots that one supplier is awarded",
    )
    assert why(found, "south", "alder") == (
        "outscored",
        "harbour is ahead by 23.00 points (100.00 against 77.00)",
    )


def test_each_lot_by_itself() -> None:
    found = awarded(with_limits(None))
    assert by_lot(found) == {"north": "harbour", "south": "harbour", "east": "harbour", "west": "alder"}
    assert found.independent


def test_in_the_order_of_the_lots() -> None:
    """North goes to harbour (100); south to alder (77), which can carry 180,000; east to birch; west to cedar."""
    limits = SCHEME.award.lots
    assert limits is not None
    found = awarded(with_limits(replace(limits, mechanism=Call("lot_order"))))
    assert by_lot(found) == {"north": "harbour", "south": "alder", "east": "birch", "west": "cedar"}
    assert found.order == ("north", "south", "east", "west")


def test_a_published_order_is_kept() -> None:
    """East first: harbour takes it (85), so north goes to alder and south, beyond birch, to cedar."""
    limits = SCHEME.award.lots
    assert limits is not None
    order = ("east", "north", "south", "west")
    found = awarded(with_limits(replace(limits, mechanism=Call("lot_order"), order=order)))
    assert by_lot(found) == {"north": "alder", "south": "cedar", "east": "harbour"}
    assert found.unawarded == ("west",)
    assert why(found, "west", "cedar")[0] == "capped"


@pytest.mark.parametrize("figure", ["supplier.annual_income", "pooled.annual_income"])
def test_unconfirmed_members_add_nothing_to_capacity(figure: str) -> None:
    """With the unconfirmed Hope House alder could carry 450,000; it can carry 210,000."""
    limits = SCHEME.award.lots
    assert limits is not None
    assert limits.capacity is not None
    found = awarded(with_limits(replace(limits, capacity=replace(limits.capacity, of=figure))))
    assert found.capacities["alder"].value == Fraction(210000)
    assert why(found, "west", "alder")[0] == "capacity"


def shipped(name: str) -> tuple[AcrossLots, Contest]:
    """The award of a shipped scheme and its bids, and the contest that it is of."""
    compiled = compile_scheme(load_scheme(ROOT / "schemes" / f"{name}.yaml"), CATALOGUE)
    bids = load_bids(ROOT / "fixtures" / f"{name}.bids.yaml")
    policy, lots = policy_of(compiled.scheme, CATALOGUE), compiled.evaluate_lots(bids)
    capacities = capacities_of(policy.limits.capacity, bids, lots)
    contest = contest_of(policy, bids, lots, capacities, (), qualified_of(policy.limits, bids, lots))
    return award_lots(compiled, bids, lots), contest


def test_refuge_in_four_areas_is_the_best_of_every_award() -> None:
    found, contest = shipped("refuge-four-areas")
    best = best_of_all(contest, (Fraction(1),) * 4)
    assert best is not None
    rows = [bid.id for bid in load_bids(ROOT / "fixtures" / "refuge-four-areas.bids.yaml").bids]
    (only,) = best.awards
    assert [rows[row] for row in only] == [by_lot(found)[lot] for lot in ("north", "south", "east", "central")]
    assert why(found, "central", "coast")[0] == "capacity"


def test_centres_that_bid_together_are_one_supplier_whoever_of_them_leads() -> None:
    found, contest = shipped("rape-support-in-lots")
    best = best_of_all(contest, (Fraction(1),) * 3)
    assert best is not None
    rows = [bid.id for bid in load_bids(ROOT / "fixtures" / "rape-support-in-lots.bids.yaml").bids]
    assert [[rows[row] for row in one] for one in best.awards] == [list(by_lot(found).values())]
    bids = ("together_riverside", "together_hinterland", "hinterland")
    together, led_by_another, alone = (parties(contest, rows.index(bid)) for bid in bids)
    assert together == led_by_another > alone
    assert why(found, "north", "hinterland")[0] == why(found, "north", "together_riverside")[0] == "capped"


@pytest.mark.slow
def test_supported_homes_are_the_best_of_every_award_of_every_offer() -> None:
    """A pair at one price, two homes at a discount and one alone; the arithmetic stands beside the scheme."""
    found, contest = shipped("supported-homes-offers")
    best = best_in_arrays(contest, (Fraction(1),) * 5)
    assert best is not None
    rows = [bid.id for bid in load_bids(ROOT / "fixtures" / "supported-homes-offers.bids.yaml").offers]
    (only,) = best.awards
    assert [rows[row] for row in only] == list(by_lot(found).values())
    assert best.total == 1763200
    free = best_in_arrays(contest._replace(fewest_suppliers=0), (Fraction(1),) * 5)
    assert free is not None
    assert free.total == 1670000
    lots = {award.lot: award.evaluation for award in found.awards}
    told = [(one.bid.id, one.lots, one.price, one.alone) for one in offers_awarded(found, lots)]
    assert told == [
        ("cedar+mill+park", ("mill", "park"), 786000, 415000 + 398000),
        ("beacon+2_or_more", ("quay", "well"), Fraction(96, 100) * 770000, 770000),
    ]


@pytest.mark.slow
def test_twelve_areas_are_the_best_of_every_award_that_keeps_to_the_limits() -> None:
    """Lot by lot; what falls behind even with the best bid of each lot to come is left."""
    found, contest = shipped("county-by-and-for-lots")
    worth = contest.figures * contest.values
    lots = contest.standing.shape[1]
    to_come = [sum(max(worth[contest.standing[:, lot], lot]) for lot in range(n, lots)) for n in range(lots + 1)]
    free = contest._replace(fewest_suppliers=0)
    best: list[tuple[Fraction, tuple[int, ...]]] = []
    waiting: list[tuple[Fraction, tuple[int, ...]]] = [(Fraction(0), ())]
    while waiting:
        total, award = waiting.pop()
        if best and total + to_come[len(award)] < best[0][0]:
            continue
        if len(award) == lots:
            if allowed(contest, award):
                best = [*(one for one in best if one[0] == total), (total, award)]
            continue
        for bid in sorted(range(len(worth)), key=lambda bid: worth[bid, len(award)]):
            if contest.standing[bid, len(award)] and allowed(free, (*award, bid)):
                waiting.append((total + worth[bid, len(award)], (*award, bid)))
    ((_, only),) = best
    rows = [bid.id for bid in load_bids(ROOT / "fixtures" / "county-by-and-for-lots.bids.yaml").bids]
    assert [rows[row] for row in only] == list(by_lot(found).values())
