"""Who wins without the marks of one person, where the scheme has a rule that says which marks would count then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tender_eval.fairness.findings.results import Order
from tender_eval.fairness.reliability.given import panel_marks
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.model.bids import Mark


def winners_without(scenario: Scenario) -> Mapping[str, Order | None]:
    """The winner without each person who gave a mark that others gave as well, computed of the others' as published.

    Nobody, where too few marks are left to compute one of. None for all of them: marks are agreed, and no rule says
    what would have been agreed without somebody.
    """
    panel = panel_marks(scenario)
    if not panel.criteria:
        return {}
    people = [person for person, there in zip(panel.people, panel.together.comparable, strict=True) if there]
    if not scenario.plan.scheme.panel.computed:
        return dict.fromkeys(people)
    return {person: _winner_without(scenario, person) for person in people}


def _winner_without(scenario: Scenario, person: str) -> Order:
    bids = tuple(
        replace(bid, marks={name: _without(mark, person) for name, mark in bid.marks.items()})
        for bid in scenario.bids.bids
    )
    evaluation = evaluation_if_possible(replace(scenario, bids=replace(scenario.bids, bids=bids)))
    return evaluation.winner if evaluation else ()


def _without(mark: Mark, person: str) -> Mark:
    """The mark without that of a person; what nobody else marked stays as it is."""
    if set(mark.given) == {person}:
        return mark
    return replace(mark, individual={who: given for who, given in mark.individual.items() if who != person})
