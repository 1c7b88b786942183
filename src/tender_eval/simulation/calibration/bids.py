"""World Bank notices of contract awards: bids on 3,256 contracts, beside what the simulation makes of them.

Known are the mean and median number of bids (3.99 and 3), the share of contracts with a single one (30%), the median
coefficient of variation of prices (0.172) and the share of joint ventures among 12,994 bids (10.6%), each but the
median with its standard error. The rows may not be shipped, so these figures cannot be reproduced here; a sixth of the
rows of the file are copies, which are left out, and so are contracts in which one bidder stands twice. For a look at
data that nothing is fitted to: the winning bid over the reserve price by the number of bidders in 1,565 auctions of
the city of Tsuchiura, where part of the bidding is suspected to have been collusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.calibration.fit import Simulated, Target, all_prepared
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import run_first_tenders

SINGLE, VARIATION, JOINT = 0.300, 0.172, 0.106
OF_A_MEDIAN = sqrt(np.pi / 2)  # its standard error, beside that of a mean, where figures are about normal
TSUCHIURA: Mapping[str, tuple[range, float]] = {
    "two or three": (range(2, 4), 0.955),
    "four": (range(4, 5), 0.933),
    "six": (range(6, 7), 0.909),
    "eight": (range(8, 9), 0.855),
}


class Tendered(NamedTuple):
    """Simulated tenders for one lot: number of bids, joint bids among them, the variation of their prices (NaN below
    two) and the winning price over the ceiling, ``(tenders,)`` each."""

    bids: Array
    joint: Array
    variation: Array
    price: Array


def bids_targets() -> tuple[Target, ...]:
    """The figures of the notices, with their standard errors."""
    return (
        Target("bids", "bids on a contract, mean", 3.99, 0.06, True),
        Target("single", "contracts with a single bid", SINGLE, 0.008, True),
        Target("variation", "coefficient of variation of prices, median", VARIATION, 0.006, True),
        Target("joint", "bids by joint ventures", JOINT, 0.003, True),
        Target("median", "bids on a contract, median", 3.0, None, False),
    )


def simulated_bids(spec: Spec, catalogue: Catalogue, draws: int) -> dict[str, Simulated]:
    """What `bids_targets` are in the simulation, over all designs of a spec, each as frequent as the others.

    Where nobody bids there is no notice of an award, so only tenders with a bid count. A further figure, ``none``, is
    the share of tenders without a bid.
    """
    return figures_of(every_tender(spec, catalogue, draws))


def figures_of(all_tenders: Tendered) -> dict[str, Simulated]:
    """The same, from the tenders."""
    some = all_tenders.bids > 0
    number, joint = all_tenders.bids[some], float(all_tenders.joint.sum())
    total = float(number.sum())
    variation = all_tenders.variation[~np.isnan(all_tenders.variation)]
    middle = _mean(variation).error * OF_A_MEDIAN
    return {
        "bids": _mean(number),
        "single": _mean(number == 1),
        "variation": Simulated(float(np.median(variation)), middle),
        "joint": Simulated(joint / total, sqrt(joint * (total - joint) / total**3)),
        "median": Simulated(float(np.median(number)), 0.0),
        "none": _mean(~some),
    }


def winning_prices(all_tenders: Tendered, numbers: Sequence[int]) -> Simulated:
    """Mean of the winning price over the ceiling, of tenders with so many bids."""
    return _mean(all_tenders.price[np.isin(all_tenders.bids, numbers)])


def every_tender(spec: Spec, catalogue: Catalogue, draws: int) -> Tendered:
    """Simulated tenders of all designs of a spec, each of one lot: so many of each design, on the same draws."""
    return Tendered(*(np.concatenate(parts) for parts in zip(*_tendered(spec, catalogue, draws), strict=True)))


def _tendered(spec: Spec, catalogue: Catalogue, draws: int) -> Iterator[Tendered]:
    for prepared in all_prepared(spec, catalogue):
        if prepared.design.lots != 1:
            raise ValueError("bids are counted by tender, so each has one lot")
        model = prepared.model()
        drawn = draw_market(Streams(SeedSequence(spec.seed)), model.draws_needed, draws)
        done = run_first_tenders(model, prepared.solutions[0], drawn)
        at, asked = done.where.draw, done.bidding.money
        number = np.bincount(at, minlength=draws)
        joint = np.bincount(at, done.bidders.leads[done.where.provider, at], draws)
        mean = np.bincount(at, asked, draws) / np.maximum(number, 1)
        squares = np.bincount(at, (asked - mean[at]) ** 2, draws)
        several: Mask = number > 1
        variation = np.full(draws, np.nan)
        variation[several] = np.sqrt(squares[several] / (number[several] - 1)) / mean[several]
        yield Tendered(number, joint, variation, done.first.price[0])


def _mean(values: Array) -> Simulated:
    return Simulated(float(values.mean()), float(values.std(ddof=1) / sqrt(len(values))))
