"""The evaluated price of many draws: made of its components, adjusted, rounded, as exact runs do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np

from tender_eval.engine.facts.adjusting import UNADJUSTED, adjusted, column_of, share_of, tests_of
from tender_eval.engine.facts.beside import make_benefits
from tender_eval.engine.facts.price import factor
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.pricing.price import PriceModel
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.table import Reads


def figures_of_price(model: PriceModel, given: Collection[str]) -> Iterator[Reads]:
    """What must be given where the price is made here: its components, or it as it is before it is adjusted."""
    if UNADJUSTED not in given:
        yield from (Reads(c.column) for c in model.components)
        if model.discounted is not None:
            yield Reads("discount")
        elif not model.components:
            yield Reads(UNADJUSTED)
    for asked, tests in tests_of(model).items():
        if column_of(asked) not in given:
            yield from (Reads(test.reads) for test in tests)


def make_money(scheme: Scheme, here: dict[str, Array], read: Collection[str]) -> None:
    """Put the price before adjustments and the benefits that are read among the columns, where they are not given."""
    if scheme.beside.benefits:
        make_benefits(read, scheme, here)
    _make_price(scheme, here)


def _make_price(scheme: Scheme, here: dict[str, Array]) -> None:
    """The price is rounded as the scheme says, where no adjustments follow."""
    if "price" in here:
        _round(scheme, here)
        return
    model = scheme.price
    if UNADJUSTED in here:
        here["price"] = here[UNADJUSTED]
    elif model is not None and model.discounted is not None:
        here["price"] = float(model.discounted) * (1 - here["discount"])
    elif model is not None and model.components:
        columns = [here[c.column] for c in model.components]
        here["price"] = numeric.weighted_sum(columns, _factors(model))
    if model is None or not model.adjustments:
        _round(scheme, here)


@lru_cache(maxsize=16)
def _factors(model: PriceModel) -> list[float]:
    """By how much each component counts: the same in every chunk of draws."""
    return [float(factor(component, model)) for component in model.components]


def _round(scheme: Scheme, here: dict[str, Array]) -> None:
    rounding = scheme.price_rounding
    if rounding and "price" in here:
        here["price"] = numeric.round_to(here["price"], rounding.places, rounding.mode)


def adjust_price(scheme: Scheme, here: dict[str, Array], basis: Mask) -> None:
    """Adjust the prices; the lowest is found among the bids that are still in, as in exact runs."""
    model = scheme.price
    if model is None:
        return
    applies = {asked: _hold(asked, tests, here) for asked, tests in tests_of(model).items()}
    shared = {adjustment.of for adjustment in model.adjustments}
    parts = [c for c in model.components if c.column in shared]
    components = {
        c.column: here[given] if (given := share_of(c.column)) in here else here[c.column] * float(factor(c, model))
        for c in parts
    }
    here.setdefault(UNADJUSTED, here["price"])
    here["price"] = adjusted(here["price"], model, applies, components, basis).prices
    _round(scheme, here)


def _hold(asked: str, tests: Iterable[Test], here: Mapping[str, Array]) -> Mask:
    """Of which bids all tests hold: ``adjust.<id>`` holds it outright, as tests of text need."""
    outright = here.get(column_of(asked))
    if outright is not None:
        return np.asarray(outright != 0)
    found: Mask = np.ones((1, 1), dtype=np.bool_)
    for test in tests:
        column = here[test.reads]
        if test.values:
            held: Mask = np.isin(column, [_as_float(value) for value in test.values])
            found = found & (held != test.negated)
        elif test.at_least is not None:
            found = found & ~numeric.less(column, np.full((1, 1), float(test.at_least)))
        else:
            found = found & ~numeric.less(np.full((1, 1), float(test.at_most or 0)), column)
    return found


def _as_float(value: str) -> float:
    """A value that a column of numbers may hold; of text, one that none does."""
    try:
        return {"true": 1.0, "false": 0.0}[value] if value in ("true", "false") else float(value)
    except ValueError:
        return np.nan
