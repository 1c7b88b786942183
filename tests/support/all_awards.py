"""The best award over lots by looking at every award: written again, in other words than the code's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np
from contests import exact

from tender_eval.plugins.mechanism import Contest, Offers, Quota

Award = tuple[int, ...]
"""The bid of each lot, -1 for nobody."""

NOBODY = -1


class Best(NamedTuple):
    """How many lots can be awarded, the best total of as many, and every award that has it."""

    lots: int
    total: Fraction
    awards: list[Award]


def best_of_all(contest: Contest, weights: Sequence[Fraction]) -> Best | None:
    """The best of every award that there can be; None where there can be none."""
    sign = 1 if contest.best == "highest" else -1
    best: Best | None = None
    for award in every_award(contest):
        if not allowed(contest, award):
            continue
        filled, total = sum(bid >= 0 for bid in award), total_of(contest, weights, award)
        key = (filled, sign * total)
        if best is None or key > (best.lots, sign * best.total):
            best = Best(filled, total, [award])
        elif key == (best.lots, sign * best.total):
            best.awards.append(award)
    return best


def every_award(contest: Contest) -> Iterator[Award]:
    """Every way in which the lots can go to rows that stand for them; a package goes out in one."""
    bids, lots = contest.standing.shape
    packages = {bid: package_of(contest, bid) for bid in range(bids)}

    def go_on(award: Award, lot: int) -> Iterator[Award]:
        if lot == lots:
            yield award
            return
        if award[lot] != NOBODY:
            yield from go_on(award, lot + 1)
            return
        yield from go_on(award, lot + 1)
        for bid in (bid for bid in range(bids) if contest.standing[bid, lot]):
            taken = packages[bid] or (lot,)
            if taken[0] == lot and all(contest.standing[bid, n] and award[n] == NOBODY for n in taken):
                yield from go_on(tuple(bid if n in taken else other for n, other in enumerate(award)), lot + 1)

    yield from go_on((NOBODY,) * lots, 0)


def package_of(contest: Contest, bid: int) -> tuple[int, ...]:
    """The lots of a row that is awarded all of them or none; nothing for any other row."""
    if contest.offers is None or contest.offers.least[bid] == 1:
        return ()
    lots = tuple(np.flatnonzero(contest.offers.lots[bid]).tolist())
    return lots if len(lots) == contest.offers.least[bid] else ()


def offers_count(contest: Contest, award: Award) -> bool:
    """Whether each offer is awarded as many lots as it asks for, and each bid has the prices that it then asks for."""
    offers = contest.offers
    if offers is None:
        return True
    if any(award.count(row) < offers.least[row] for row in {*award} - {NOBODY}):
        return False
    for row in np.flatnonzero(offers.discount).tolist():
        lots = np.flatnonzero(offers.lots[row]).tolist()
        alike = (offers.lots == offers.lots[row]).all(axis=1) & offers.discount
        prices = np.flatnonzero((offers.bid == offers.bid[row]) & (alike | (offers.place == 0))).tolist()
        there = [award[lot] for lot in lots if award[lot] in prices]
        reached = [r for r in prices if offers.least[r] <= len(there)]
        if there and {*there} != {max(reached, key=lambda r: int(offers.least[r]))}:
            return False
    return True


def total_of(contest: Contest, weights: Sequence[Fraction], award: Award) -> Fraction:
    """The figures of an award together."""
    won = [(bid, lot) for lot, bid in enumerate(award) if bid >= 0]
    if contest.divisors is None:
        return sum((contest.figures[bid, lot] * weights[lot] for bid, lot in won), Fraction(0))
    below = sum((contest.divisors[one] for one in won), Fraction(0))
    return sum((contest.figures[one] * contest.divisors[one] for one in won), Fraction(0)) / below if won else below


def allowed(contest: Contest, award: Award) -> bool:
    """Whether no supplier has more than its limits allow, and as many as must be are awarded something."""
    if not offers_count(contest, award) or any(beyond(contest, award)):
        return False
    suppliers = {supplier for bid in award if bid >= 0 for supplier in parties(contest, bid)}
    return len(suppliers) >= contest.fewest_suppliers and all(
        sum(bool(bid >= 0 and quota.who[bid]) for bid in award) >= quota.fewest for quota in contest.quotas
    )


def beyond(contest: Contest, award: Sequence[int]) -> Iterator[str]:
    """What is beyond the limits where lots go to these rows."""
    behind = {int(bid): parties(contest, int(bid)) for bid in award if bid >= 0}

    def held_by(suppliers: set[int]) -> list[int]:
        return [lot for lot, bid in enumerate(award) if bid >= 0 and suppliers & behind[int(bid)]]

    def value_of(lots: list[int]) -> Fraction:
        return sum((contest.values[lot] for lot in lots), Fraction(0))

    everybody = set().union(*behind.values())
    if contest.most_suppliers and len(everybody) > contest.most_suppliers:
        yield "suppliers"
    for supplier in sorted(everybody):
        if contest.most_lots and len(held_by({supplier})) > contest.most_lots:
            yield f"lots of {supplier}"
        if contest.most_value is not None and value_of(held_by({supplier})) > contest.most_value:
            yield f"share of {supplier}"
    for quota in contest.quotas:
        if quota.most is not None and sum(bool(bid >= 0 and quota.who[bid]) for bid in award) > quota.most:
            yield "quota"
    for bid, suppliers in behind.items() if contest.capacity is not None else ():
        assert contest.capacity is not None
        if value_of(held_by(suppliers)) > contest.capacity[bid]:
            yield f"capacity of {bid}"


def parties(contest: Contest, bid: int) -> set[int]:
    """Who stands behind a bid; the bid alone where nobody is behind two."""
    return {bid} if contest.suppliers is None else set(np.flatnonzero(contest.suppliers[bid]).tolist())


def first_of(contest: Contest, awards: Sequence[Award]) -> tuple[Award, set[int]]:
    """Of equal awards the one that comes first by the ranks in the order of the lots, and which lots stay open."""
    left = list(awards)
    for lot in contest.lots:
        ranks = {award: contest.ranks[award[lot], lot] if award[lot] >= 0 else 10**6 for award in left}
        best = [award for award in left if ranks[award] == min(ranks.values())]
        if len({bid_at(contest, award[lot]) for award in best}) > 1:
            left = best
            continue
        first = min(place_at(contest, award[lot]) for award in best)
        left = [award for award in best if place_at(contest, award[lot]) == first]
    open_ = {lot for lot in range(len(left[0])) if len({award[lot] for award in left}) > 1}
    return tuple(-1 if lot in open_ else bid for lot, bid in enumerate(left[0])), open_


def bid_at(contest: Contest, row: int) -> int:
    """The bid that a row is an offer of."""
    return row if contest.offers is None or row == NOBODY else int(contest.offers.bid[row])


def place_at(contest: Contest, row: int) -> int:
    """In which place its bid offers a row."""
    return 0 if contest.offers is None or row == NOBODY else int(contest.offers.place[row])


def drawn(random: Random, bids: int, lots: int) -> tuple[Contest, tuple[Fraction, ...]]:
    """A contest with any of the limits, with ties and gaps, and weights of the lots."""

    def some(likely: float, found: Any) -> Any:
        return found if random.random() < likely else None

    steps = random.choice([2, 6, 40])  # few: many ties
    figures = [
        [some(0.8, Fraction(random.randint(0, steps), random.choice([1, 1, 2, 3]))) for _ in range(lots)]
        for _ in range(bids)
    ]
    contest = exact(
        figures,
        some(0.7, [[random.randint(0, 3) for _ in range(lots)] for _ in range(bids)]),
        random.choice(["highest", "lowest"]),
        [Fraction(random.randint(1, 4)) for _ in range(lots)],
        random.choice([0, 1, 2, 3]),
        some(0.5, [Fraction(random.randint(1, 8)) for _ in range(bids)]),
        tuple(random.sample(range(lots), lots)) if random.random() < 0.5 else (),
        some(0.5, [tuple(random.sample(range(bids), random.choice([1, 1, 2]))) for _ in range(bids)]),
    )
    contest = contest._replace(
        most_value=some(0.3, Fraction(random.randint(1, 8))),
        most_suppliers=some(0.3, random.randint(1, 3)) or 0,
        fewest_suppliers=some(0.2, random.randint(1, 3)) or 0,
        quotas=tuple(
            Quota(
                np.array([random.random() < 0.5 for _ in range(bids)]),
                some(0.7, random.randint(1, 2)),
                some(0.2, 1) or 0,
            )
            for _ in range(random.choice([0, 0, 1, 2]))
        ),
    )
    if random.random() < 0.5:
        contest = with_offers(random, contest, steps)
        bids = len(contest.standing)
    if random.random() < 0.3:
        divisors = np.empty(contest.figures.shape, dtype=object)
        divisors[...] = [[Fraction(random.randint(1, 5)) for _ in range(lots)] for _ in range(bids)]
        return contest._replace(divisors=divisors), (Fraction(1),) * lots
    return contest, tuple(Fraction(random.randint(1, 4)) for _ in range(lots))


def with_offers(random: Random, contest: Contest, steps: int) -> Contest:
    """The contest with packages and discounts of some of its bids, in which ties with their own prices are likely."""
    bids, lots = contest.standing.shape
    rows = [(bid, 0, 1, frozenset(range(lots)), False) for bid in range(bids)]
    figures = [
        [f if s else None for f, s in zip(*row, strict=True)]
        for row in zip(contest.figures, contest.standing, strict=True)
    ]
    for bid in (bid for bid in range(bids) if random.random() < 0.5):
        own = random.sample(range(lots), random.randint(2, lots))
        if random.random() < 0.5:
            leasts = sorted(random.sample(range(2, len(own) + 1), min(len(own) - 1, random.choice([1, 1, 2]))))
            stated = [(least, frozenset(own), True) for least in leasts]
        else:
            others = random.sample(range(lots), random.randint(2, lots))
            stated = [(len(part), frozenset(part), False) for part in {tuple(sorted(p)) for p in (own, others)}]
        for place, (least, part, discount) in enumerate(stated, 1):
            rows.append((bid, place, least, part, discount))
            cells = [Fraction(random.randint(0, steps), random.choice([1, 1, 2, 3])) for _ in range(lots)]
            near = [
                f if f is not None and random.random() < 0.5 else c for f, c in zip(figures[bid], cells, strict=True)
            ]
            figures.append([near[n] if n in part and random.random() < 0.95 else None for n in range(lots)])
    parents = [row[0] for row in rows]
    behind = contest.suppliers[parents] if contest.suppliers is not None else np.eye(bids, dtype=np.bool_)[parents]
    made = exact(figures, None, contest.best)
    return contest._replace(
        figures=made.figures, standing=made.standing, ranks=made.ranks, suppliers=behind,
        capacity=None if contest.capacity is None else contest.capacity[parents],
        quotas=tuple(quota._replace(who=quota.who[parents]) for quota in contest.quotas),
        offers=Offers(
            np.array(parents), np.array([row[1] for row in rows]), np.array([row[2] for row in rows]),
            np.array([[n in row[3] for n in range(lots)] for row in rows], dtype=np.bool_),
            np.array([row[4] for row in rows], dtype=np.bool_),
        ),
    )  # fmt: skip
