"""Which way the price works: found by scoring made-up bids that differ in the price alone.

What a scheme pays for should not earn more by being dearer, whoever wrote the method: so no name is asked, and the
scorers and the rule themselves are tried, in exact arithmetic, at prices of many sizes. A method that rewards the
dearer bid nowhere or in places only, such as one that goes by the mean, is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.questions import price_column
from tender_eval.engine.scoring.arithmetic import SILENT
from tender_eval.engine.scoring.kernel import run
from tender_eval.files.fields import Fields
from tender_eval.model import numeric
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Diagnostic, Refused, Severity
from tender_eval.model.digits import shown
from tender_eval.model.explanation.labels import called, ranked_figure
from tender_eval.model.location import Location, place
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.scorer import Trait
from tender_eval.plugins.table import Reads

SPREADS = tuple(tuple(Fraction(x) for x in spread.split()) for spread in ("1/2 1 2", "9/10 1 11/10", "1 5/4 3/2 4"))
SIZES = tuple(Fraction(10) ** n for n in (2, 4, 5, 6, 0, 1, 3, 7))  # of prices, where the scheme names none
MOST_NAMED = 8
MOST_SCORED, MOST_RANKED = 48, 8  # made-up tenders that a scorer, and the whole scheme, are tried with
LEVELS = (None, Fraction(1), Fraction(100))  # of the other figures: as large as the price, one, a hundred
_FIGURE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)

Probe = Mapping[str, Array]
Tried = Callable[[Probe], tuple[Array, Array]]
"""What bids come to, more being better, and which of them are in."""


class Reward(NamedTuple):
    """Two made-up bids that differ in the price alone, of which the dearer (or cheaper) comes out better."""

    column: str
    low: Fraction
    high: Fraction
    at_low: Fraction
    at_high: Fraction


def price_notices(plan: Plan) -> tuple[Diagnostic, ...]:
    """What rewards the dearer bid, or where the bidders pay, the lower payment: a warning at each criterion or rule."""
    rule = plan.rule
    price = price_column(rule)
    own = set[str]() if isinstance(price, Unsupported) else {price}
    named = {r.column for _, r in plan.reads() if r.column in own or reads_price(r.column)}
    leaves = [leaf for leaf in plan.leaves if any(r.column in named for r in leaf.reads)]
    if not leaves and not any(r.column in named for r in rule.reads):
        return ()
    received = plan.scheme.payment == "received"
    calls = {c.id: c.scorer for c in plan.scheme.walk()}
    found: list[Diagnostic] = []
    for leaf in leaves:
        if reward := _reward(_scored(leaf), _probes(leaf.reads, named, _sizes(leaf)), received, MOST_SCORED):
            call = calls[leaf.id]
            where = call.where if call else leaf.where
            found.append(_told(f'criterion "{leaf.id}"', "score", reward, received, where))
    if not found:
        reads = [r for _, r in plan.reads()]
        sizes = _named_in([leaf.params for leaf in leaves] + [rule.params])
        if reward := _reward(_ranked(plan), _probes(reads, named, sizes), received, MOST_RANKED):
            what = f'the award rule "{rule.rule.item.name}"'
            where = place(plan.scheme.award.rule.name, rule.where)
            sign = -1 if rule.rule.item.best == "lowest" else 1
            reward = reward._replace(at_low=sign * reward.at_low, at_high=sign * reward.at_high)
            found.append(_told(what, called(ranked_figure(rule.rule.item.figure)), reward, received, where))
    return tuple(found)


def _told(what: str, figure: str, reward: Reward, received: bool, where: Location) -> Diagnostic:
    price = "price" if reward.column == "price" else f"price, {reward.column},"
    shows = f"{shown(reward.low)} has the {figure} {shown(reward.at_low)}"
    shows += f", one at {shown(reward.high)} {shown(reward.at_high)}"
    if received:
        message = (
            f"{what} rewards the lower payment, though payment is received: of bids that differ in it alone one at"
        )
        hint = "let the higher payment score more; or, if the authority pays, remove payment: received"
    else:
        message = f"{what} rewards the dearer bid: of bids that differ in the {price} alone one at"
        hint = "let the lower price score more; or, if the bidders pay the authority, state payment: received"
    return Diagnostic("TE032", f"{message} {shows}", where, hint, Severity.WARNING)


def _reward(tried: Tried, probes: Iterable[Probe], received: bool, most: int) -> Reward | None:
    """What is rewarded the wrong way round, where nothing is rewarded the right way.

    Args:
        most: after so many made-up tenders in which the price changes nothing, it is taken to change nothing.
    """
    found: Reward | None = None
    tried_with = 0
    for probe in islice(probes, 4 * MOST_SCORED):
        if tried_with == (MOST_SCORED if found else most):
            break
        try:
            scores, there = tried(probe)
        except Refused:  # these bids cannot be scored together; whether real ones can is seen with them
            continue
        tried_with += 1
        column = next(c for c, figures in probe.items() if figures[0] != figures[-1])
        prices = probe[column]
        for low, high in combinations([n for n, is_in in enumerate(there) if is_in], 2):
            gain = scores[high] - scores[low]
            if gain and (gain < 0) is not received:
                return None
            if gain and found is None:
                found = Reward(column, prices[low], prices[high], scores[low], scores[high])
    return found


def _scored(leaf: Leaf) -> Tried:
    def tried(probe: Probe) -> tuple[Array, Array]:
        there = np.ones(len(next(iter(probe.values()))), dtype=np.bool_)
        return SILENT.score(leaf, probe, there), there

    return tried


def _ranked(plan: Plan) -> Tried:
    sign = -1 if plan.rule.rule.item.best == "lowest" else 1

    def tried(probe: Probe) -> tuple[Array, Array]:
        there = np.ones(len(next(iter(probe.values()))), dtype=np.bool_)
        outcome = run(plan, SILENT, probe, there, ())
        return sign * outcome.figures, outcome.present

    return tried


def _probes(reads: Sequence[Reads], named: set[str], sizes: Sequence[Fraction]) -> Iterator[Probe]:
    """Columns of made-up bids: prices rise together, then each alone, at every size and spread."""
    columns: dict[str, list[Reads]] = {}
    for one in reads:
        columns.setdefault(one.column, []).append(one)
    varied = [c for c in columns if c in named]
    ways = [varied, *([c] for c in varied)] if len(varied) > 1 else [varied]
    levels = LEVELS if len(columns) > len(varied) else LEVELS[:1]
    for size in sizes:
        for level in levels:
            for spread in SPREADS:
                for way in ways:
                    probe = {
                        c: _column(asked, spread if c in way else (Fraction(1),) * len(spread), size)
                        if c in named
                        else _constant(asked, level or size, len(spread))
                        for c, asked in columns.items()
                    }
                    if all(column is not None for column in probe.values()):
                        yield {c: column for c, column in probe.items() if column is not None}


def _column(asked: Sequence[Reads], spread: Sequence[Fraction], size: Fraction) -> Array | None:
    """Prices of this size, or None where a reader would refuse one of them."""
    figures = [size * x for x in spread]
    return numeric.exact_array(figures) if all(r.takes(f) for r in asked for f in figures) else None


def _constant(asked: Sequence[Reads], level: Fraction, bids: int) -> Array | None:
    """The same figure for every bid, as good as its readers take, so that no minimum is missed."""
    wished = [level]
    for r in asked:
        wished += [*sorted(r.one_of, reverse=True), *(f for f in (r.at_most, r.default, r.at_least) if f is not None)]
        wished += [r.above + 1] if r.above is not None else []
    figure = next((f for f in (*wished[1:], level) if all(r.takes(f) for r in asked)), None)
    if any(r.at_most is None and not r.one_of for r in asked) and all(r.takes(level) for r in asked):
        figure = level
    return None if figure is None else numeric.exact_array([figure] * bids)


def _sizes(leaf: Leaf) -> Sequence[Fraction]:
    """The sizes of prices at which a scorer is tried: one where it promises that the size is nothing to it."""
    if Trait.SCALE_FREE in leaf.scorer.item.traits_for(leaf.params):
        return SIZES[:1]
    return _named_in([leaf.params])


def _named_in(params: Iterable[Any]) -> Sequence[Fraction]:
    """The figures that parameters name, the largest first, then sizes of all kinds."""
    found = {f for one in params for f in _figures(one) if 0 < f < Fraction(10) ** 12}
    return [*sorted(found, reverse=True)[:MOST_NAMED], *SIZES]


def _figures(value: object) -> Iterator[Fraction]:
    match value:
        case Fraction():
            yield value
        case str():
            yield from (Fraction(text) for text in _FIGURE.findall(value)[: 4 * MOST_NAMED])
        case Fields():
            yield from (f for name in type(value).model_fields for f in _figures(getattr(value, name)))
        case tuple():
            yield from (f for part in value for f in _figures(part))
