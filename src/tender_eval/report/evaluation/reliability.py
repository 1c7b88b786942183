"""How reliably the panel marked: the sentence that a chair needs, then every figure and how it was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from tender_eval.documents.model import Block, Table, heading, items, paragraph, table
from tender_eval.fairness.findings.reliability import (
    AgainstMean,
    Agreement,
    Estimate,
    Interval,
    OtherPanels,
    Reliability,
    Severity,
    TooLittle,
)
from tender_eval.fairness.reliability.assess import Draws, reliability
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.statistics.ratings import LEAST_CLUSTERS, LEAST_UNITS
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import at_places, number, percentage_at
from tender_eval.languages.runs import Inline, Runs, joined, name
from tender_eval.model.diagnostics import Refused
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot

t = catalogue("reliability", "report")
PLACES = 2
NONE = "-"
COEFFICIENTS = ("nominal", "ordinal", "interval", "single", "average", "concordance")
Called = Callable[[str], Inline]


def scenario_of(evaluated: EvaluatedLot) -> Scenario:
    """The bids, to be evaluated with one thing changed: those that stand, or where those that were taken out still
    count in the scores of others, all of them, for other panels would mark these too.
    """
    scenario = Scenario(evaluated.case.compiled, evaluated.case.bids, evaluated.evaluation.lot)
    if not evaluated.plan.recomputes:
        return scenario
    staying = tuple(bid for bid in scenario.bids.bids if not bid.removed)
    return replace(scenario, bids=replace(scenario.bids, bids=staying))


def reliability_of(evaluated: EvaluatedLot) -> Reliability | None:
    """What the individual marks say; of other panels only where an award may be told, and is by the scheme alone."""
    scenario = scenario_of(evaluated)
    told = evaluated.told and evaluated.decided and not (evaluated.case.across or evaluated.evaluation.settled)
    try:
        return reliability(scenario) if told else reliability(scenario, Draws(panels=0))
    except Refused:
        return reliability(scenario, Draws(panels=0))


def reliability_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """The section of a tender or lot; nothing where no individual marks are given."""
    found = reliability_of(evaluated)
    if found is None:
        return
    people = {one.id: one.name for one in evaluated.case.state.panel or ()}
    bids = {bid.id: evaluated.figures.called(bid) for bid in evaluated.bids}
    yield heading(t.say("heading"), evaluated.level, evaluated.at("reliability"))
    yield from (paragraph(sentence) for sentence in sentences(found, funded=evaluated.evaluation.shares_money))
    yield from tables(found, lambda who: name(people.get(who, who)), lambda bid: bids.get(bid, name(bid)))


def sentences(found: Reliability, *, funded: bool = False) -> Iterator[Runs]:
    """What a chair needs: how many panels like this one would decide otherwise, and how far people agree."""
    if isinstance(found.panels, OtherPanels):
        yield t.say("other panels funded" if funded else "other panels", n=_in_100(found.panels.other))
    elif found.panels is not None:
        yield t.say("no other panels", why=why(found.panels))
    whole, alpha = found.overall, found.overall.interval
    if isinstance(alpha, TooLittle):
        yield t.say("no overall", why=why(alpha))
    else:
        counts = {"people": whole.people, "bids": whole.bids, "marks": whole.marks}
        yield t.say("overall", alpha=_estimate(alpha), **counts)


def tables(found: Reliability, person: Called, bid: Called) -> Iterator[Block]:
    """Every figure, with how it was made."""
    if isinstance(found.panels, OtherPanels):
        made = {"draws": number(Fraction(found.panels.draws)), "error": at_places(100 * found.panels.error, 1)}
        few = found.panels.fewer
        told: list[Inline] = [t.say("other panels made", **made)]
        told += [t.say("other panels agreed")] if found.panels.agreed else []
        told += [t.say_count("other panels fewer", few)] if few else []
        yield paragraph(joined(told, " "), tone="soft")
    yield _agreement(found)
    if isinstance(found.severity, TooLittle):
        yield paragraph(t.say("no severity", why=why(found.severity)))
    else:
        yield _severity(found.severity, found.highest, person)
    if found.against_mean:
        yield _against_mean(found.against_mean, bid)
    if resting := [t.say_count("resting", n, person=person(who)) for who, n in found.resting.items() if n]:
        yield items(resting)


def why(reason: TooLittle, *, interval: bool = False) -> str:
    """Why a figure, or its interval, is not worked out."""
    return t(f"why.{reason.value}", bids=LEAST_CLUSTERS if interval else LEAST_UNITS)


def _agreement(found: Reliability) -> Table:
    every = (*found.by_criterion, found.overall)
    rows = []
    for one in every:
        cells: list[Inline] = [one.title or one.criterion or t("agreement.all"), str(one.people), str(one.bids)]
        cells += [_cell(estimate) for estimate in _estimates(one)]
        rows.append(cells)
    columns = ("criterion", "people", "bids", *COEFFICIENTS)
    heads = [t(f"agreement.{column}") for column in columns]
    return table(t("agreement.caption"), heads, rows, range(1, len(heads)), notes=tuple(_how_made(every)))


def _estimates(one: Agreement) -> tuple[Estimate | TooLittle, ...]:
    return (one.nominal, one.ordinal, one.interval, one.single, one.average, one.concordance)


def _how_made(every: tuple[Agreement, ...]) -> Iterator[Inline]:
    yield t("agreement.note")
    found = [estimate.interval for one in every for estimate in _estimates(one) if isinstance(estimate, Estimate)]
    drawn = [interval.draws for interval in found if isinstance(interval, Interval) and interval.by == "bootstrap"]
    if drawn:
        yield t("agreement.bootstrap", draws=number(Fraction(max(drawn))))
    if any(isinstance(interval, Interval) and interval.by == "F" for interval in found):
        yield t("agreement.f")
    if reasons := dict.fromkeys(why(each, interval=True) for each in found if isinstance(each, TooLittle)):
        yield t("agreement.no interval", why="; ".join(reasons))


def _cell(estimate: Estimate | TooLittle) -> str:
    return why(estimate) if isinstance(estimate, TooLittle) else _estimate(estimate)


def _estimate(estimate: Estimate) -> str:
    value, interval = at_places(estimate.value, PLACES), estimate.interval
    if isinstance(interval, TooLittle):
        return value
    return t("estimate", value=value, low=at_places(interval.low, PLACES), high=at_places(interval.high, PLACES))


def _severity(found: tuple[Severity, ...], highest: Fraction | None, person: Called) -> Table:
    unit = "of highest" if highest is None else "in marks"
    times, places = (100.0, 1) if highest is None else (float(highest), PLACES)

    def shown(value: float) -> str:
        return at_places(value * times, places, signed=True)

    rows = []
    for one in found:
        told = {"value": shown(one.found.value)}
        if isinstance(interval := one.found.interval, Interval):
            told |= {"low": shown(interval.low), "high": shown(interval.high)}
        shrunk = t(f"severity.{unit}", value=shown(one.shrunk))
        rows.append((person(one.person), str(one.marks), t(f"severity.{unit} within", **told), shrunk))
    heads = [t(f"severity.{head}") for head in ("person", "marks", "found", "shrunk")]
    return table(t("severity.caption"), heads, rows, (1,), notes=(t("severity.note"),))


def _against_mean(found: tuple[AgainstMean, ...], bid: Called) -> Table:
    rows: list[tuple[Inline, ...]] = []
    for one in found:
        at, _, counts, mean = one.furthest
        furthest = t.say("means.furthest is", bid=bid(at), counts=number(counts), mean=at_places(float(mean), PLACES))
        gap = percentage_at(float(one.gap), 1)
        cells = (one.title or one.criterion or t("agreement.all"), one.marks, one.higher, one.lower, one.outside)
        rows.append((*map(str, cells), gap, furthest if counts != mean else NONE))
    heads = [t("agreement.criterion")]
    heads += [t(f"means.{head}") for head in ("marks", "higher", "lower", "outside", "gap", "furthest")]
    return table(t("means.caption"), heads, rows, range(1, 6))


def _in_100(share: float) -> str:
    """A share as so many of 100: whole, or to one place below one."""
    return at_places(100 * share, 1 if 0 < share < 0.01 else 0)
