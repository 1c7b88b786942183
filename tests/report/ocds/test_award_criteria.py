"""By what an award goes, as the release states it, is asked of the award rule and never read off its name."""

from __future__ import annotations

import json
from typing import Any

import cases
import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import AwardRule, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.table import Reads
from tender_eval.report.ocds.outcome import outcome_of
from tender_eval.report.ocds.release import Publisher, ocds_release

DATE = "2026-05-06T09:30:00Z"
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 5})
PRICE = leaf("price", 40, "ratio_to_lowest")


class ByPrice(AwardRule):
    """The price alone, by another name.

    Source: invented for this test.
    """

    name = "by_price"
    figure = "price"
    best = "lowest"
    stated: Any = e.figure("price")

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price"),)

    def expression(self, params: Any) -> Any:
        return self.stated

    def rank_by(self, tally: Any, params: Any, steps: Any) -> Any:
        return tally.column("price")


class ByAnything(ByPrice):
    """The price alone, and it does not say so.

    Source: invented for this test.
    """

    name = "by_anything"
    stated = Unsupported("a secret")


@pytest.mark.parametrize(
    ("rule", "leaves", "kind"),
    [
        ("lowest_price", (PRICE,), "priceOnly"),
        ("by_price", (PRICE,), "priceOnly"),
        ("by_anything", (PRICE,), "ratedCriteria"),
        ({"name": "highest_quality_within_budget", "budget": 100}, (QUALITY,), "qualityOnly"),
        ("highest_score", (QUALITY,), "qualityOnly"),
        ("highest_score", (QUALITY, PRICE), "ratedCriteria"),
        ("lowest_cost_per_quality_point", (QUALITY,), "ratedCriteria"),
        ({"name": "grants_within_pot", "pot": 30, "cap": 20, "when_short": "stop"}, (QUALITY,), "ratedCriteria"),
    ],
)
def test_by_what_the_award_goes(rule: Any, leaves: Any, kind: str) -> None:
    brought = PluginInfo("invented", "invented", "1")
    rules = {one.name: Registered(one.name, brought, one, AwardRule) for one in (ByPrice, ByAnything)}
    stated = scheme(*(part | {"weight": 100 // len(leaves)} for part in leaves))
    stated["award"] = {"rule": rule, "on_rejection": "recompute"}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE._replace(rules={**CATALOGUE.rules, **rules}))
    marks = {"marks": {"quality": 4}} if QUALITY in leaves else {}
    given = bids({name: {"price": price, **marks} for name, price in (("a", 10), ("b", 20))})
    case = cases.case_of(compiled, bids_from_data(given))
    outcome = outcome_of(case, DATE, draft=True)
    text = ocds_release(case, "ocds-213czf-1", DATE, Publisher("Council"), outcome, losers=True)
    assert json.loads(text)["releases"][0]["tender"]["awardCriteria"] == kind
