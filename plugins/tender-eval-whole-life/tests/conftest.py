"""How these tests evaluate: through what `tender_eval` exports, with the plugin found as installed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data


class Desk:
    """Evaluates bids on a scheme whose one criterion, of 100 points, is whole-life cost."""

    def __init__(self) -> None:
        self.catalogue = load_catalogue({})

    def compiled(self, **stated: object) -> Any:
        criterion = {"id": "cost", "weight": 100, "scorer": {"name": "whole_life_cost", **stated}}
        data = {
            "format": "tender-eval/scheme/1", "id": "s", "title": "S", "criteria": [criterion],
            "award": {"rule": "highest_score"},
        }  # fmt: skip
        return compile_scheme(scheme_from_data(data), self.catalogue)

    def evaluate(self, bids: Mapping[str, Mapping[str, object]], **stated: object) -> Any:
        """The evaluation of bids by id, each a mapping of the names under ``values`` to figures."""
        listed = [{"id": name, "values": dict(values)} for name, values in bids.items()]
        data = {"format": "tender-eval/bids/1", "bids": listed}
        return self.compiled(**stated).evaluate(bids_from_data(data))

    def scores(self, bids: Mapping[str, Mapping[str, object]], **stated: object) -> dict[str, Any]:
        """The exact share of full marks of each bid."""
        found = self.evaluate(bids, **stated)
        return {bid: found.bid(bid).criterion("cost").score for bid in bids}


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()
