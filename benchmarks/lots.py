"""60 lots, 60 bidders and 3,340 bids with pairs of lots, at most three lots each: proved, beside scipy's milp alone.

python benchmarks/lots.py [TENDERS]

The matrix is the same for both: a column a bid, a row a lot and a row a bidder. CPU time, for HiGHS uses no thread
beside ours here and the machine may be busy. The price of ten rules solves once more without each of ten limits.
"""

from __future__ import annotations

import statistics
import sys
import time
from fractions import Fraction
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tender_eval.lots.optimum.programme import Programme, Row
from tender_eval.lots.optimum.search import most_worth, worth_at_least

LOTS, BIDDERS, BIDS, MOST = 60, 60, 3340, 3
SINGLES = 22  # lots that a bidder bids for by themselves; the rest are pairs of these
RULES = 10  # limits of one bidder that are left out in turn


def tender(seed: int) -> Programme:
    """Points to two places, by how good a bidder is at all; a pair is worth up to 3 points more than its lots."""
    random = Random(seed)
    worth, by_lot, by_bidder = list[Fraction](), [dict[int, int]() for _ in range(LOTS)], list[dict[int, int]]()
    for bidder in range(BIDDERS):
        mine, quality = dict[int, int](), random.uniform(40, 60)
        lots = random.sample(range(LOTS), SINGLES)
        points = {lot: round(quality + random.gauss(0, 5) + 40 * random.uniform(0.75, 1), 2) for lot in lots}
        number = BIDS // BIDDERS + (bidder < BIDS % BIDDERS)
        pairs = {frozenset((lot,)) for lot in lots}
        while len(pairs) < number:
            pairs.add(frozenset(random.sample(lots, 2)))
        for offer in sorted(pairs, key=sorted):
            more = random.uniform(0, 3) if len(offer) == 2 else 0
            mine[len(worth)] = len(offer)
            for lot in offer:
                by_lot[lot][len(worth)] = 1
            worth.append(Fraction(str(round(sum(points[lot] for lot in offer) + more, 2))))
        by_bidder.append(mine)
    return Programme(worth, [*(Row(parts, 1) for parts in by_lot), *(Row(parts, MOST) for parts in by_bidder)])


def bare(programme: Programme) -> float:
    """What scipy's milp says is worth most."""
    at, of, by = [], [], []
    for n, row in enumerate(programme.rows):
        for choice, share in row.parts.items():
            at.append(n)
            of.append(choice)
            by.append(float(share))
    matrix = csr_array((by, (at, of)), shape=(len(programme.rows), len(programme.worth)))
    found = milp(
        -np.array([float(w) for w in programme.worth]),
        constraints=LinearConstraint(matrix, -np.inf, [row.most for row in programme.rows]),
        integrality=np.ones(len(programme.worth)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    return -float(found.fun)


def timed(work):  # type: ignore[no-untyped-def]
    """What it gives, and the seconds of CPU time that it takes."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def main(tenders: int) -> None:
    alone, proved, sole, rules = [], [], [], []
    for seed in range(tenders):
        programme = tender(seed)
        value, plain = timed(lambda p=programme: bare(p))
        found, first = timed(lambda p=programme: most_worth(p))
        assert found is not None
        assert abs(float(found.value) - value) < 1e-4, "scipy finds another"
        other = Row(dict.fromkeys(found.chosen, 1), len(found.chosen) - 1)
        _, second = timed(lambda p=programme, o=other, f=found: worth_at_least(p.with_rows(o), f.value))
        _, ten = timed(lambda p=programme, f=found: [_without(p, n, f.chosen) for n in range(RULES)])
        alone.append(plain)
        proved.append(first / plain)
        sole.append((first + second) / plain)
        rules.append((first + ten) / plain)
    print(
        f"{LOTS} lots, {BIDDERS} bidders, {BIDS} bids, {tenders} tenders: milp alone {statistics.median(alone):.3f} s"
    )
    for what, ratios in (("proved", proved), ("proved to be the only one", sole), ("price of ten rules", rules)):
        print(
            f"  {what}: median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f} times that"
        )


def _without(programme: Programme, bidder: int, start: frozenset[int]) -> Fraction:
    """What is worth most without the limit of one bidder."""
    rows = [row for n, row in enumerate(programme.rows) if n != LOTS + bidder]
    found = most_worth(Programme(programme.worth, rows), start)
    assert found is not None
    return found.value


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
