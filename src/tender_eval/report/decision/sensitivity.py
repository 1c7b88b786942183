"""What would turn an award: the gap to the next bid, marks that decide by one step, the nearest price."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.fairness.findings.results import MarkTipping, PriceTipping
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.mark import mark_tipping
from tender_eval.fairness.tipping.price import price_tipping
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, number, percentage
from tender_eval.languages.runs import Inline, Runs, name
from tender_eval.model.diagnostics import Refused
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot

t = catalogue("decision", "report")
MOST_MARKS = 4
HUNDREDTH = Fraction(1, 100)


def sensitivity(evaluated: EvaluatedLot) -> Iterator[Runs]:
    """What is known of how near the award is to another, a sentence each; nothing while nobody comes first."""
    if not evaluated.decided:
        return
    yield from evaluated.verdict.firmness[:1]
    if evaluated.case.across or evaluated.evaluation.shares_money or len(evaluated.decided) != 1:
        return
    if evaluated.evaluation.settled:
        return  # an order that people settled is not one that a mark or a price gave
    scenario = Scenario(evaluated.case.compiled, evaluated.case.bids, evaluated.evaluation.lot)
    try:
        marks, prices = mark_tipping(scenario), price_tipping(scenario)
    except Refused:
        return
    yield from _marks(evaluated, marks)
    yield from _price(evaluated, prices)


def _marks(evaluated: EvaluatedLot, found: tuple[MarkTipping, ...]) -> Iterator[Runs]:
    if not found:
        yield t.say("turning.no mark")
    titles = {node.id: node.title for node in evaluated.plan.nodes}
    for one in found[:MOST_MARKS]:
        said: dict[str, Inline] = {"mark": number(one.mark), "to": number(one.to)}
        said["winner"] = t.listed([_called(evaluated, bid) for bid in one.winner])
        key = "turning.mark" if one.winner else "turning.mark nobody"
        yield t.say(key, name=_called(evaluated, one.bid), criterion=name(titles[one.criterion]), **said)
    if len(found) > MOST_MARKS:
        yield t.say_count("turning.more marks", len(found) - MOST_MARKS)


def _price(evaluated: EvaluatedLot, found: tuple[PriceTipping, ...]) -> Iterator[Runs]:
    """The bid that would win with the smallest discount."""
    can = [(one, one.wins_at) for one in found if one.wins_at is not None and one.price]
    if not can:
        return
    nearest, at = max(can, key=lambda pair: pair[1] / pair[0].price)
    currency = evaluated.case.compiled.scheme.currency
    less = 1 - at / nearest.price
    share = percentage(Fraction(round(less * 10_000), 10_000))
    pence = Fraction(at // HUNDREDTH) * HUNDREDTH
    yield t.say("turning.price", name=_called(evaluated, nearest.bid), below=money(pence, currency), share=share)


def _called(evaluated: EvaluatedLot, bid: str) -> Inline:
    result = evaluated.evaluation.find(bid)
    return evaluated.figures.called(result) if result else name(bid)
