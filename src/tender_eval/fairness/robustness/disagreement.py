"""How firm the award is against the panel's own disagreement.

Marks are drawn anew many times in float64, and each evaluator in turn is left out, in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from tender_eval.fairness.findings.results import Order, PanelDisagreement
from tender_eval.fairness.findings.samples import Spread
from tender_eval.fairness.scenarios.reranking import awarded
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.fairness.tipping.mark import MarkedCriterion, marked_criteria
from tender_eval.model.bids import Mark
from tender_eval.model.numeric import Array

DRAWS = 2_000
QUARTERS = 4  # one of them one step up, one one step down, where no evaluator's own marks are given: an assumption


def panel_disagreement(scenario: Scenario, draws: int = DRAWS, seed: int = 1) -> PanelDisagreement | None:
    """The share of draws that each bid wins as marks vary, and who wins without each evaluator.

    Listed are the bids that are ranked, and those that would win a draw. Bids that win together each count a full
    win. An evaluator is left out by putting, wherever it gave a mark and others did, the mean of the others' marks
    in place of the agreed one, taken to the nearest mark of the scale (the higher of two that are as near). One who
    gave no mark that others gave as well cannot be left out, and is not listed.

    Returns:
        None where nothing is marked.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    columns = mark_draws(scenario, np.random.default_rng([seed, 2]), draws)
    if not columns or not scenario.order:
        return None
    won = awarded(scenario, scenario.batch(columns)).mean(axis=1)
    named = [*scenario.order, *(bid for bid, row in scenario.rows.items() if bid not in scenario.ranks and won[row])]
    shares = {bid: float(won[scenario.rows[bid]]) for bid in named}
    return PanelDisagreement(
        spread_of(scenario), draws, shares, {who: _without(scenario, who) for who in _evaluators(scenario)}
    )


def spread_of(scenario: Scenario) -> Spread:
    """How `mark_draws` varies the marks of these bids."""
    own = {len(_own(mark)) >= 2 for _, _, mark in _marks(scenario)}
    if own == {True}:
        return "own"
    return "own or pooled" if own == {True, False} else "assumed"


def mark_draws(scenario: Scenario, rng: Generator, draws: int) -> dict[str, Array]:
    """Columns of marks ``(bids, draws)``, varied as `spread_of` says."""
    found: dict[str, Array] = {}
    moves = _pooled(scenario)
    for bid, at, mark in _marks(scenario):
        if at.column not in found:
            found[at.column] = np.repeat(scenario.columns[at.column][:, None], draws, axis=1)
        values = np.array([float(m) for m in _drawn_from(at, mark, moves)])
        found[at.column][scenario.rows[bid]] = values[rng.integers(len(values), size=draws)]
    return found


def _marks(scenario: Scenario) -> Iterator[tuple[str, MarkedCriterion, Mark]]:
    """Every mark of a bid that is in, by bid and criterion."""
    for at in marked_criteria(scenario.plan):
        for bid in scenario.bids.bids:
            mark = bid.marks.get(at.column.removeprefix("marks."))
            if mark is not None and scenario.present[scenario.rows[bid.id]]:
                yield bid.id, at, mark


def _own(mark: Mark) -> dict[str, Fraction]:
    """The evaluators' own marks, by evaluator."""
    return {who: f.value for who, f in mark.individual.items() if isinstance(f.value, Fraction)}


def _agreed(mark: Mark) -> Fraction:
    return mark.value if isinstance(mark.value, Fraction) else Fraction(0)


def _pooled(scenario: Scenario) -> list[int]:
    """By how many steps evaluators' own marks differ from the agreed ones, over the whole tender."""
    panel = [(at, mark, _own(mark)) for _, at, mark in _marks(scenario)]
    return [round(_steps(at, _agreed(mark), own)) for at, mark, by in panel if len(by) >= 2 for own in by.values()]


def _steps(at: MarkedCriterion, start: Fraction, end: Fraction) -> Fraction:
    scale = sorted(at.reads.one_of)
    if not scale:
        return end - start
    return Fraction(scale.index(at.nearest(end)) - scale.index(at.nearest(start)))


def _moved(at: MarkedCriterion, start: Fraction, steps: int) -> Fraction:
    """A mark so many steps on, held on the scale."""
    scale = sorted(at.reads.one_of)
    if scale:
        return scale[min(max(scale.index(at.nearest(start)) + steps, 0), len(scale) - 1)]
    low, high = at.reads.at_least, at.reads.at_most
    return min(max(start + steps, start if low is None else low), start + steps if high is None else high)


def _drawn_from(at: MarkedCriterion, mark: Mark, moves: list[int]) -> list[Fraction]:
    """The marks that are drawn, each as often as any other; one that is likelier is there several times."""
    own, agreed = [at.nearest(m) for m in _own(mark).values()], _agreed(mark)
    if len(own) >= 2:
        return own
    if moves:
        return [_moved(at, agreed, steps) for steps in moves]
    near = at.steps_from(agreed)
    return [*near, *[agreed] * (QUARTERS - len(near))]


def _evaluators(scenario: Scenario) -> list[str]:
    """Those who gave a mark that others gave as well."""
    return list(dict.fromkeys(who for _, _, mark in _marks(scenario) if len(own := _own(mark)) > 1 for who in own))


def _without(scenario: Scenario, evaluator: str) -> Order:
    changed = scenario
    for bid, at, mark in _marks(scenario):
        own = _own(mark)
        rest = [m for who, m in own.items() if who != evaluator]
        if evaluator in own and rest:
            changed = changed.with_mark(bid, at.criterion, at.nearest(sum(rest, Fraction(0)) / len(rest)))
    evaluation = evaluation_if_possible(changed)
    return evaluation.winner if evaluation else ()
