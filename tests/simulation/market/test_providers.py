"""Step 1: the market and what is drawn of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import one_type, standard_types

from tender_eval.simulation.market.providers import DrawsNeeded, Streams, draw_market, market_of
from tender_eval.simulation.spec.records import Provider

WANTED = DrawsNeeded(3, 4, True, False, False, False, 2, frozenset({0, 2}))


def test_providers_stand_in_the_order_of_their_types() -> None:
    market = market_of(standard_types(), (), 8)
    assert market.counts.tolist() == [6, 8, 4, 4]
    assert [rows.stop - rows.start for rows in market.rows] == [6, 8, 4, 4]
    assert (market.kind[market.rows[2]] == 2).all()
    assert market.small.sum() == 14


def test_what_is_known_of_a_real_provider_is_not_drawn() -> None:
    types = [one_type(9, name="a", income=5.0, income_sigma=1.0), one_type(9, name="b")]
    providers = [Provider("x", "b"), Provider("y", "a", income=7.0, home=(1,), quality=0.9, days=3.0)]
    market = market_of(types, providers, 3)
    assert market.kind.tolist() == [0, 1]  # by type, whatever the order of the file
    assert market.income.tolist() == [7.0, 1e9]
    assert market.income_sigma.tolist() == [0.0, 0.0]
    assert market.quality_spread.tolist() == [0.0, 1.0]
    assert market.days_spread.tolist() == [0.0, 1.0]
    assert market.home[0].tolist() == [[False, True, False]] * 3


@pytest.mark.parametrize(("share", "number"), [(0.0, 0), (0.01, 1), (0.25, 2), (1.0, 8)])
def test_home_areas_are_neighbours_and_at_least_one(share: float, number: int) -> None:
    home = market_of([one_type(1, home_areas=share)], (), 8).home[0]
    assert (home.sum(axis=1) == number).all()
    if number:
        assert home[6].tolist() == [(n - 6) % 8 < number for n in range(8)]


def test_the_same_seed_draws_the_same_and_a_stream_does_not_depend_on_the_others() -> None:
    once, again = (draw_market(Streams(SeedSequence(4)), WANTED, 5) for _ in range(2))
    more = draw_market(
        Streams(SeedSequence(4)), WANTED._replace(common=True, questions=3, places=frozenset({0, 1, 2})), 5
    )
    for name in ("cost", "quality", "income", "days", "partners", "home", "area_cost"):
        assert (getattr(once, name) == getattr(again, name)).all()
        assert (getattr(once, name) == getattr(more, name)).all()
    assert (once.noise[1] == more.noise[1][[0, 2]]).all()
    assert once.common is None
    assert more.common is not None


def test_streams_differ() -> None:
    drawn = draw_market(Streams(SeedSequence(4)), WANTED, 400)
    columns = [drawn.cost[0], drawn.quality[0], drawn.income[0], drawn.days[0], drawn.noise[0][0, 0], drawn.cost[1]]
    correlation = np.corrcoef(columns) - np.eye(len(columns))
    assert np.abs(correlation).max() < 0.2


def test_designs_that_are_compared_share_their_market() -> None:
    both = WANTED.and_also(WANTED._replace(area_cost=False, common=True, questions=1, places=frozenset({3})))
    assert both == DrawsNeeded(3, 4, True, True, False, False, 2, frozenset({0, 2, 3}))
    with pytest.raises(ValueError, match="same providers and areas"):
        WANTED.and_also(WANTED._replace(providers=2))
