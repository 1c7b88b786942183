"""How these tests evaluate: through what `tender_eval` exports, with the plugin found as installed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data

CATALOGUE = load_catalogue({})


def _found(data, bids):
    listed = [{"id": name, **bid} for name, bid in bids.items()]
    compiled = compile_scheme(scheme_from_data(data), CATALOGUE)
    return compiled.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


@pytest.fixture
def scores():
    """Scores of prices by a scorer of this plugin: ``scores("name", 90, 80, ceiling=100)``."""

    def asked(scorer, *prices, **stated):
        criterion = {"id": "c", "weight": 100, "scorer": {"name": scorer, **stated}}
        data = {
            "format": "tender-eval/scheme/1", "id": "s", "title": "S", "criteria": [criterion],
            "award": {"rule": "highest_score", "on_rejection": "recompute"},
        }  # fmt: skip
        found = _found(data, {f"b{n}": {"price": str(price)} for n, price in enumerate(prices)})
        return [found.bid(f"b{n}").criterion("c").score for n in range(len(prices))]

    return asked


@pytest.fixture
def ranked():
    """The evaluation of bids by a rule of this plugin, each bid its quality points of 100 and its price."""

    def asked(rule, bids, **stated):
        quality = {"id": "quality", "weight": 100, "scorer": {"name": "mark", "out_of": 100}}
        data = {
            "format": "tender-eval/scheme/1", "id": "s", "title": "S", "weights": "points", "criteria": [quality],
            "award": {"rule": {"name": rule, **stated}, "on_rejection": "recompute"},
        }  # fmt: skip
        return _found(
            data,
            {
                name: {"price": str(Decimal(price.numerator) / price.denominator), "marks": {"quality": mark}}
                for name, (mark, price) in bids.items()
            },
        )

    return asked
