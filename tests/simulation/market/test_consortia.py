"""Step 3: consortia among those who fail alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import design, figures, made, weighted

from tender_eval.simulation.market.consortia import (
    able_to_bid,
    chance_of_partners,
    chances,
    consortia_formed,
    income_together,
    with_partners,
)
from tender_eval.simulation.market.eligibility import Eligibility
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.spec.records import Provider
from tender_eval.simulation.tender import run_first_tenders

NO, YES = np.zeros((1, 2, 1), dtype=bool), np.ones((1, 2, 1), dtype=bool)
ONE = np.array([[[True], [False]]])


def test_the_chance_grows_with_the_days_from_none_to_certainty() -> None:
    days = np.array([0.0, 14.0, 30.0, 60.0, 600.0])
    found = [chance_of_partners(0.3, d) for d in days]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[3] == pytest.approx(0.3)
    assert found[-1] < 1
    assert chance_of_partners(0.0, 60.0) == 0
    assert chance_of_partners(1.0, 60.0) == 1


@pytest.mark.parametrize(
    ("alone", "joint", "luck", "leads"),
    [(NO, YES, 0.2, True), (NO, YES, 0.4, False), (ONE, YES, 0.0, False), (NO, NO, 0.0, False), (NO, ONE, 0.0, True)],
)
def test_only_who_fails_every_lot_alone_finds_partners(
    alone: np.ndarray, joint: np.ndarray, luck: float, leads: bool
) -> None:
    eligibility = Eligibility(alone, alone, joint)
    found = consortia_formed(eligibility, np.array([[luck]]), 0.3)
    assert found.tolist() == [[leads]]
    assert (able_to_bid(eligibility, found) == (joint if leads else alone)).all()


NAMED = ((0, (1, 2)),)
INCOME = np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0], [9.0, 9.0]])
LEADS = np.array([[True, False], [False] * 2, [False] * 2, [False] * 2])


def test_named_partners_pool_what_they_have_and_nobody_else_finds_any() -> None:
    assert income_together(INCOME, NAMED, 4.0)[:, 0].tolist() == [7.0, 2.0, 4.0, 9.0]
    assert income_together(INCOME, (), 4.0)[:, 0].tolist() == [4.0, 8.0, 16.0, 36.0]
    assert chances(NAMED, 4, 0.3).ravel().tolist() == [1.0, 0.0, 0.0, 0.0]
    assert chances((), 4, 0.3).ravel().tolist() == [0.3] * 4


def test_who_bids_as_a_partner_bids_no_more_and_stands_where_its_lead_does() -> None:
    whole = np.ones((4, 1, 2), dtype=bool)
    alone = whole.copy()
    alone[0] = False
    able = able_to_bid(Eligibility(alone, alone, whole), LEADS, NAMED)
    assert able[:, 0, 0].tolist() == [True, False, False, True]  # together
    assert able[:, 0, 1].tolist() == [False, True, True, True]  # nobody leads, so each bids by itself
    won = np.array([[True, False], [False, True], [False, False], [False, False]])
    assert with_partners(won, LEADS, NAMED).tolist() == [[True, False], [True, True], [True, False], [False, False]]


@pytest.mark.slow
def test_a_consortium_of_the_file_bids_once() -> None:
    """Three that fail alone, of whom one names the others, and one that does not."""
    small = [
        Provider("lead", "local", income=500_000.0, partners=("one", "two")),
        Provider("one", "local", income=500_000.0),
        Provider("two", "local", income=900_000.0),
        Provider("large", "national", income=5e7),
    ]
    prepared = made(design(1, weighted(60), consortium_share=0.9, timetable_days=300.0), providers=small)
    model = prepared.model()
    assert model.market.partners == ((0, (1, 2)),)
    done = run_first_tenders(
        model, prepared.solutions[0], draw_market(Streams(SeedSequence(3)), model.draws_needed, 200)
    )
    assert done.bidders.leads[0].all()  # 1,900,000 together carry a lot of a million a year; nobody does alone
    assert not done.bidders.leads[1:].any()
    assert not done.first.entered[1:3].any()
    assert (done.bidders.pooled[0] == 1_900_000.0).all()
    (found,) = figures(prepared, draws=200)
    assert (found["bidding.local"] % 3 == 0).all()  # all three, in one bid
    assert (found["bids_per_lot"] <= 2).all()
    assert found["bidding.local"].any()
    assert (found["consortium_bid_share"][found["bidding.local"] > 0] > 0).all()
