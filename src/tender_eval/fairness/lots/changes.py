"""What moves the award across lots: one mark, one price, one weight, one bid that goes; each confirmed exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tender_eval.fairness.findings.across import Award, AwardChange, Kind
from tender_eval.fairness.lots.firmness import published_alike
from tender_eval.fairness.lots.together import Together
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.crossovers import EvenPath, simplest
from tender_eval.fairness.tipping.mark import MarkStep, mark_steps, marks_in_draws
from tender_eval.fairness.tipping.price import LEAST
from tender_eval.fairness.tipping.varied_weights import VariedWeight, varied_weights
from tender_eval.model.bids import bid_of
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Mask

STEPS = 32  # values tried at once, first on the whole path and then on the part that holds the change
ROUNDS = 6  # of narrowing: to less than a billionth of the path
MANY = 1_000  # draws, about, that the nearest of a few prices takes
AT_ONCE = 256  # marks tried at once
EDGE = Fraction(1, 10**6)  # of all points: how near to none or to all of them weights are tried


def award_changes(together: Together) -> Iterator[AwardChange]:
    """Every mark of a bid, a step higher or lower, that moves the award; and of each price and weight the nearest."""
    yield from _bids_that_go(together)
    yield from _marks(together)
    sought = kinds_sought(together)
    if "price" in sought:
        discounts = _discounts(together)
        for lot, scenario in together.lots.items():
            for row in scenario.order:
                if row not in discounts:
                    yield from _price(together, lot, row, [one for one in scenario.order if discounts.get(one) == row])
    if "weight" in sought:
        for varied in varied_weights(next(iter(together.lots.values()))):
            yield from _weight(together, varied)


def kinds_sought(together: Together) -> tuple[Kind, ...]:
    """The kinds of changes that are looked for; prices and weights take hundreds of awards each."""
    if not _tried_in_draws(together):
        return "removed", "mark"
    return ("removed", "mark", "price", "weight") if published_alike(together) else ("removed", "mark", "price")


def _tried_in_draws(together: Together) -> bool:
    """Whether the award can be tried hundreds of times in floats for each price and weight."""
    return together.in_draws and together.most_draws >= MANY


def _moved(together: Together, after: Award | None) -> Award:
    """The lots that go to others; none where the award could not be made."""
    now = together.award
    return {} if after is None else {lot: won for lot, won in after.items() if set(won) != set(now[lot])}


def _bids_that_go(together: Together) -> Iterator[AwardChange]:
    for bid in together.bids.bids:
        moved = _moved(together, together.award_without(bid.id))
        if moved:
            yield AwardChange("removed", "", bid.id, "", None, None, moved)


def _marks(together: Together) -> Iterator[AwardChange]:
    """A mark that is given once for several lots is changed in all of them."""
    own = {bid.id: bid for bid in together.bids.bids}
    common: dict[tuple[str, str, str, Fraction], dict[str, MarkStep]] = {}
    for lot, scenario in together.lots.items():
        for step in mark_steps(scenario):
            row, at, _, to = step
            bid = bid_of(row)  # what it offers for several lots has its marks
            if not scenario.competing[scenario.rows[row]]:
                continue
            name = at.column.removeprefix("marks.")
            part = own[bid].lots.get(lot)
            by_itself = part is not None and name in part.marks
            common.setdefault((bid, lot if by_itself else "", at.criterion, to), {}).setdefault(lot, step)
    tried = list(common.values())
    for changed in (tried[n] for n in np.flatnonzero(_screened(together, tried))):
        first, (bid, at, was, to) = next(iter(changed.items()))
        there = {lot: _with_mark(together.lots[lot], bid_of(bid), at.criterion, to) for lot in changed}
        if moved := _moved(together, together.award_with(there)):
            yield AwardChange("mark", first if len(changed) == 1 else "", bid_of(bid), at.criterion, was, to, moved)


def _with_mark(scenario: Scenario, bid: str, criterion: str, to: Fraction) -> Scenario:
    """A lot with another mark of a bid, and of whatever it offers for several lots."""
    for row in (row for row in scenario.rows if bid_of(row) == bid):
        scenario = scenario.with_mark(row, criterion, to)
    return scenario


def _screened(together: Together, tried: Sequence[Mapping[str, MarkStep]]) -> Mask:
    """In which of these floats see the award move, ``(tried,)``; all, where they cannot tell."""
    found = np.ones(len(tried), dtype=np.bool_)
    if not _tried_in_draws(together):
        return found
    for start in range(0, len(tried), AT_ONCE):
        some = tried[start : start + AT_ONCE]
        try:
            results = {
                lot: scenario.batch(marks_in_draws(scenario, [changed.get(lot) for changed in some]))
                for lot, scenario in together.lots.items()
                if any(lot in changed for changed in some)
            }
        except Refused:
            continue
        found[start : start + AT_ONCE] = together.changes(results, len(some))
    return found


def _discounts(together: Together) -> Mapping[str, str]:
    """The discounts for several lots, by row, and the bid off whose prices each is taken."""
    return {row.id: bid.id for bid in together.bids.bids for row in bid.for_several[len(bid.packages) :]}


def _price(together: Together, lot: str, bid: str, discounts: Sequence[str]) -> Iterator[AwardChange]:
    """The nearest lower price of a bid in one lot at which any lot goes to another; its discounts go down with it."""
    scenario = together.lots[lot]
    price = scenario.price_of(bid)
    if scenario.price_column is None or price is None or price <= 0:
        return
    shares = {row: stated / price for row in discounts if (stated := scenario.price_of(row)) is not None}

    def screen(prices: NDArray[np.float64]) -> Mask:
        columns = scenario.columns_at_prices(bid, prices)
        for row, share in shares.items():
            for name, wide in scenario.columns_at_prices(row, prices * float(share)).items():
                columns[name][scenario.rows[row]] = wide[scenario.rows[row]]
        return together.changes({lot: scenario.batch(columns)}, len(prices))

    def there(own: Fraction) -> Mapping[str, Scenario]:
        moved = scenario.with_price(bid, own)
        for row, share in shares.items():
            moved = moved.with_price(row, own * share)
        return {lot: moved}

    for at, moved in _nearest(together, price, price * LEAST, screen, there):
        yield AwardChange("price", lot, bid, "", price, at, moved)


def _weight(together: Together, varied: VariedWeight) -> Iterator[AwardChange]:
    """The nearest points of a criterion, in every lot, the others in proportion, at which any lot goes to another."""

    def screen(weights: NDArray[np.float64]) -> Mask:
        points = varied.points_draws(weights)
        results = {lot: scenario.batches.evaluate(points) for lot, scenario in together.lots.items()}
        return together.changes(results, len(weights))

    def there(weight: Fraction) -> Mapping[str, Scenario]:
        points = varied.points_at(weight)
        return {lot: scenario.reweighted(points) for lot, scenario in together.lots.items()}

    ends = varied.total * EDGE, varied.total * (1 - EDGE)
    found = [one for end in ends for one in _nearest(together, varied.weight, end, screen, there)]
    if found:
        at, moved = min(found, key=lambda one: abs(one[0] - varied.weight))
        yield AwardChange("weight", "", "", varied.criterion, varied.weight, at, moved)


def _nearest(
    together: Together,
    start: Fraction,
    end: Fraction,
    screen: Callable[[NDArray[np.float64]], Mask],
    there: Callable[[Fraction], Mapping[str, Scenario]],
) -> Iterator[tuple[Fraction, Award]]:
    """The first value on a path at which the award moves: narrowed in floats, then confirmed exactly."""
    inside, outside = start, end
    for _ in range(ROUNDS):
        path = EvenPath(inside, outside, STEPS)
        try:
            changed = np.flatnonzero(screen(path.floats()))
        except Refused:
            return
        if not changed.size:
            break
        inside, outside = path.at(int(changed[0])), path.at(int(changed[0]) + 1)
    if outside == end and inside == start:
        return
    tried = [simplest(*sorted((inside, outside))), outside]  # a simple number is mostly what it is
    if outside != end:
        tried.append(2 * outside - inside)  # what floats take for a tie may be none yet
    for at in tried:
        if moved := _moved(together, together.award_with(there(at))):
            yield at, moved
            return
