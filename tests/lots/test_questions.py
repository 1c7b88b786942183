"""Mechanisms are asked what they do; each answers every question or says that it does not, and the output says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from contests import CATALOGUE, LIMITED, contests, exact
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline import refusal, scheme
from marked import LEAVES

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.cli.method_entries import mechanism_entry
from tender_eval.documents.terminal import document_text
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import AnalysisOptions
from tender_eval.languages.results import text
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.lots.limits import Load, best_ranked, row_of
from tender_eval.lots.policy import LotPolicy, policy_of
from tender_eval.lots.questions import keeps_to_limits, most_draws, passes_over, uses_order, why_passed_over
from tender_eval.lots.run import run_mechanism
from tender_eval.model.bids import Bids
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import Catalogue, PluginInfo, Registered
from tender_eval.plugins.mechanism import ANY_NUMBER, Contest, LotAwards, Mechanism
from tender_eval.report.methodology.document import publish


class Worst(Mechanism):
    """Each lot goes to the last bid with room.

    Source: invented for this test.
    """

    name = "worst"

    def award(self, contest: Contest, params: Any) -> LotAwards:
        winner = np.full(contest.standing.shape[1:], -1)
        load = Load.nothing(contest)
        for lot in contest.lots:
            takes = best_ranked(-contest.ranks[:, lot], load.room(lot))
            winner[lot] = row_of(takes)
            load = load.plus(lot, takes)
        return LotAwards(winner, np.zeros(winner.shape, dtype=np.bool_), contest.lots)


def with_worst(**answers: Any) -> Catalogue:
    brought = type("Brought", (Worst,), {"name": "worst", "__doc__": Worst.__doc__, **answers})
    registered = Registered("worst", PluginInfo("acme", "acme-lots", "1.2"), brought, Mechanism)
    return CATALOGUE._replace(mechanisms={**CATALOGUE.mechanisms, "worst": registered})


def compiled(mechanism: str, catalogue: Catalogue, **limits: Any) -> CompiledScheme:
    lots = {"mechanism": mechanism, **limits}
    return compile_scheme(scheme_from_data(scheme(*LEAVES, award={"lots": lots})), catalogue)


def policy(mechanism: str, catalogue: Catalogue, **limits: Any) -> LotPolicy:
    return policy_of(compiled(mechanism, catalogue, **limits).scheme, catalogue)


def ordered(catalogue: Catalogue) -> LotPolicy:
    return policy("worst", catalogue, order=["north", "south"])


def words(published: CompiledScheme) -> str:
    """A published method, on one line."""
    return " ".join(document_text(publish(published)).split())


def answers(value: Any) -> Any:
    return lambda self, *asked: value


def bids() -> Bids:
    """Two bids for two lots; a is first at both."""
    return bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "tender": {"lots": [{"id": "north", "annual_value": 100}, {"id": "south", "annual_value": 100}]},
            "bids": [
                {"id": n, "lots": {lot: {"price": 5, "marks": {"quality": mark}} for lot in ("north", "south")}}
                for n, mark in (("a", 9), ("b", 4))
            ],
        }
    )


@pytest.mark.parametrize(
    ("name", "limits", "order", "over"),
    [
        ("independent", False, False, False),
        ("lot_order", True, True, False),
        ("largest_lead", True, True, False),
        ("best_total", True, True, True),
        ("bidder_preference", True, True, True),
    ],
)
def test_every_built_in_mechanism_answers_every_question(name: str, limits: bool, order: bool, over: bool) -> None:
    asked = policy(name, CATALOGUE)
    assert (keeps_to_limits(asked), uses_order(asked), passes_over(asked)) == (limits, order, over)


def test_how_many_draws_a_mechanism_takes_depends_on_whether_it_awards_them_at_once() -> None:
    two = exact([[90, 80], [81, 40]], most_lots=1)
    at_once = {name for name in CATALOGUE.mechanisms if most_draws(policy(name, CATALOGUE), two) >= ANY_NUMBER}
    assert at_once == {"independent", "lot_order", "largest_lead", "best_total"}
    assert most_draws(policy("worst", with_worst()), two) == 2_000
    assert most_draws(policy("worst", with_worst(totals=True)), two) == 50
    assert most_draws(policy("worst", with_worst(most_draws=answers(-3))), two) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", LIMITED)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_built_in_mechanism_passes_over_a_bid_with_room(name: str, data: st.DataObject) -> None:
    registered = CATALOGUE.mechanisms[name]
    (contest,) = data.draw(contests())
    awards = run_mechanism(registered, registered.item.Params(), contest)
    load = Load.nothing(contest)
    for lot in awards.order:
        room, row = load.room(lot), awards.winner[lot]
        if row >= 0:
            assert contest.ranks[row, lot] == contest.ranks[room, lot].min()
            load = load.plus(lot, np.arange(len(contest.standing)) == row)


def awarded(catalogue: Catalogue) -> AcrossLots:
    return award_lots(compiled("worst", catalogue), bids())


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("with it nobody else would be left", "; it says: with it nobody else would be left"),
        (Unsupported("it is a secret"), "; of why, nothing is said: it is a secret"),
    ],
)
def test_whoever_is_passed_over_is_told_why_or_that_nothing_is_said(why: Any, told: str) -> None:
    reason = awarded(with_worst(why_passed_over=answers(why))).reason("north", "a")
    assert reason is not None
    assert text(reason) == "ranked 1, and no limit is reached; the mechanism awards the lot to b" + told


def test_a_mechanism_that_says_nothing_is_told_of_wherever_that_matters() -> None:
    catalogue = with_worst()
    scheme_, reason = compiled("worst", catalogue), awarded(catalogue).reason("north", "a")
    assert reason is not None
    assert text(reason).endswith("; of why, nothing is said: it does not say why it passes a bid over")
    published = words(scheme_)
    assert "Whether the order of the lots decides who is awarded which is not stated" in published
    assert "Whether a lot can go to another than its best tender with room is not stated" in published
    facts = dict(mechanism_entry("worst", catalogue).facts)
    assert facts["the order of the lots can decide"].startswith("not stated: it does not say")
    assert facts["passes over the best bid with room"].startswith("not stated: it does not say")


@pytest.mark.slow
def test_the_published_method_says_what_the_mechanism_answers() -> None:
    catalogue = with_worst(uses_order=answers(True), passes_over=answers(True))
    published = words(compiled("worst", catalogue))
    assert "A lot can go to another than its best tender with room." in published
    assert "The published order is that in which the tender lists its lots." in published
    assert "The published order is that in which" not in words(compiled("worst", catalogue, order=["north", "south"]))
    assert "The published order is that in which" in words(compiled("lot_order", CATALOGUE, most_awarded=1))


def test_an_order_that_the_mechanism_does_not_go_by_is_refused() -> None:
    (said,) = refusal(ordered, with_worst(uses_order=answers(False)))
    assert (said.code, said.message) == (
        "TE028", 'an order of lots is stated, but the mechanism "worst" does not go by it'
    )  # fmt: skip
    assert ordered(with_worst()).limits.order  # it does not say


@pytest.mark.parametrize(("name", "limited"), [("independent", False), ("lot_order", True)])
def test_fairness_speaks_of_limits_where_the_mechanism_keeps_to_some(name: str, limited: bool) -> None:
    found = analyse(compiled(name, CATALOGUE), bids(), AnalysisOptions(draws=100), "north").lots["north"].findings
    assert found.limited_across_lots is limited


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("uses_order", uses_order),
        ("passes_over", passes_over),
        ("most_draws", lambda policy: most_draws(policy, None)),  # type: ignore[arg-type]
        ("why_passed_over", lambda policy: why_passed_over(policy, None, None, 0, 0)),  # type: ignore[arg-type]
    ],
)
def test_an_answer_that_is_none_names_the_mechanism(question: str, ask: Any) -> None:
    (said,) = refusal(ask, policy("worst", with_worst(**{question: answers(5.5)})))
    assert said.code == "TE046"
    assert said.message.startswith("the award of lots: worst (acme-lots 1.2) returned 5.5 where ")


def test_what_it_raises_when_it_is_asked_names_it() -> None:
    def fails(self: Mechanism, *asked: Any) -> Any:
        raise ZeroDivisionError("oh")

    (said,) = refusal(passes_over, policy("worst", with_worst(passes_over=fails)))
    assert (said.code, said.message) == (
        "TE045", "the award of lots: worst (acme-lots 1.2) raised ZeroDivisionError: oh"
    )  # fmt: skip
