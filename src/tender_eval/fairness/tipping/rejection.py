"""Bids that are turned away by one mark or by their price alone: what would let each in, and where it would then stand.

They are looked for whoever else is ranked, for where one bid is left, one step may have decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import numpy as np

from tender_eval.fairness.findings.results import NarrowRejection
from tender_eval.fairness.scenarios.reranking import Ranking, Reranking
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.fairness.tipping.crossovers import CrossoverSearch, EvenPath, bracket, find_crossover, simplest
from tender_eval.fairness.tipping.mark import MarkStep, mark_steps, marks_in_draws
from tender_eval.fairness.tipping.price import LEAST, TOLERANCE
from tender_eval.model.diagnostics import Refused
from tender_eval.synthetic.columns import by_conditions

PRICES = 200  # tried in float64, evenly from the bid's own down to next to nothing
FEW_PRICES = 20  # tried exactly, where a condition keeps the bid out of batches


def narrow_rejections(scenario: Scenario) -> tuple[NarrowRejection, ...]:
    """What one mark, a step higher or lower, or a lower price alone would do for each bid that is turned away.

    Bids that people took out stay out, and so do those that a fact of theirs keeps out whatever their marks and price.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    out = [bid.id for bid in scenario.evaluation.bids if bid.rank is None and scenario.bid(bid.id).removed is None]
    asked = by_conditions(scenario.plan)
    return tuple(one for bid in out for one in (*_by_marks(scenario, bid, asked), *_by_price(scenario, bid, asked)))


def _in_batches(scenario: Scenario, bid: str) -> bool:
    return bool(scenario.competing[scenario.rows[bid]])


def _by_marks(scenario: Scenario, bid: str, asked: set[str]) -> Iterator[NarrowRejection]:
    """The steps of its marks that let it in."""
    own = [step for step in mark_steps(scenario) if step[0] == bid]
    if not _in_batches(scenario, bid):
        own = [step for step in own if step[1].column in asked]
    for _, at, mark, to in _let_in(scenario, bid, own):
        there = scenario.with_mark(bid, at.criterion, to)
        yield from _where_ranked(there, bid, at.criterion, mark, to)


def _let_in(scenario: Scenario, bid: str, steps: list[MarkStep]) -> list[MarkStep]:
    """The steps that may let it in; all, where they cannot be tried together."""
    if not steps or not _in_batches(scenario, bid):
        return steps
    try:
        ranks = scenario.batch(marks_in_draws(scenario, steps)).ranks[scenario.rows[bid]]
    except Refused:
        return steps
    return [steps[n] for n in np.flatnonzero(ranks)]


def _where_ranked(there: Scenario, bid: str, criterion: str, was: Fraction, to: Fraction) -> Iterator[NarrowRejection]:
    evaluation = evaluation_if_possible(there)
    result = None if evaluation is None else evaluation.find(bid)
    if evaluation is not None and result is not None and result.rank is not None:
        yield NarrowRejection(bid, criterion, was, to, result.rank, evaluation.winner)


def _by_price(scenario: Scenario, bid: str, asked: set[str]) -> Iterator[NarrowRejection]:
    """The highest price below its own that lets it in."""
    price, column = scenario.price_of(bid), scenario.price_column
    if column is None or price is None or price <= 0 or not (_in_batches(scenario, bid) or column in asked):
        return
    search = _search(scenario, bid, price)
    ends = _first_let_in(scenario, bid, price, search)
    if ends is None:
        return
    found = find_crossover(search, *ends)
    near = simplest(found.at - found.within / 2, found.at + found.within / 2)
    to = near if not search.unchanged_at(near) else found.at - found.within / 2
    yield from _where_ranked(scenario.with_price(bid, to), bid, "", price, to)


def _search(scenario: Scenario, bid: str, price: Fraction) -> CrossoverSearch:
    @cache
    def at(own: Fraction) -> Ranking | None:
        try:
            moved = Reranking(scenario.with_price(bid, own))
        except Refused:
            return None
        return moved.at(moved.points)

    return CrossoverSearch(at, lambda found: bid not in found.figures, price * TOLERANCE)


def _first_let_in(
    scenario: Scenario, bid: str, price: Fraction, search: CrossoverSearch
) -> tuple[Fraction, Fraction] | None:
    """Two neighbouring prices, of which the second lets it in."""
    if _in_batches(scenario, bid):
        path = EvenPath(price, price * LEAST, PRICES)
        try:
            ranks = scenario.batch(scenario.columns_at_prices(bid, path.floats())).ranks[scenario.rows[bid]]
        except Refused:
            pass
        else:
            return bracket(search, path, ranks > 0)
    return bracket(search, EvenPath(price, price * LEAST, FEW_PRICES), np.ones(FEW_PRICES, dtype=np.bool_))
