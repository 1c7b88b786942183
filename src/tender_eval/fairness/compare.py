"""The same bids under several schemes, or under several price formulas, so that a commissioner can choose one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.compiling.compile import compile_into
from tender_eval.engine.compiling.constants import stated_by
from tender_eval.engine.plan import Leaf
from tender_eval.engine.questions import weights_of
from tender_eval.fairness.findings.results import Alternative, EffectiveWeight, Reversal
from tender_eval.fairness.reversal import rank_reversals
from tender_eval.fairness.robustness.effective_weights import effective_weights
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.worth import worth
from tender_eval.files.load import locate
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.digits import shown
from tender_eval.model.gap import gap_between
from tender_eval.model.location import Location, Table
from tender_eval.model.scheme import Call, Criterion
from tender_eval.plugins.answers import Unsupported
from tender_eval.synthetic.few_digits import with_few_digits

_HERE = Location("(price formula)")


def compare(scenarios: Iterable[Scenario], seed: int = 1) -> tuple[Alternative, ...]:
    """Each scenario side by side: who wins, by how much, what decides, and which reversals it allows.

    Args:
        seed: of the random draws behind the effective weights.

    Raises:
        Refused: a scheme cannot evaluate these bids.
    """
    return tuple(_alternative(scenario, seed) for scenario in scenarios)


def _alternative(scenario: Scenario, seed: int) -> Alternative:
    effective = effective_weights(scenario, seed) if scenario.order else ()
    return alternative_of(scenario, rank_reversals(scenario).reversals, effective)


def alternative_of(
    scenario: Scenario, reversals: tuple[Reversal, ...], weights: Iterable[EffectiveWeight]
) -> Alternative:
    """A scenario as it is compared, given the reversals and effective weights that were found for it."""
    evaluation, scheme = scenario.evaluation, scenario.plan.scheme
    figures = {bid.id: bid.figure for bid in evaluation.bids if bid.figure is not None}
    by_id = {bid.id: bid for bid in evaluation.bids}
    top = [by_id[bid] for bid in scenario.order[:2]]
    gap = gap_between(evaluation, *top) if len(top) == 2 else None
    effective = {e.criterion: e.effective for e in weights}
    by_price = [effective[name] for name in scenario.price_leaves if name in effective]
    return Alternative(
        scheme=scheme.id, title=scheme.title, winner=evaluation.winner, order=scenario.order, figures=figures,
        gap=gap, margin_share=gap.exact / abs(top[0].figure) if gap and top[0].figure else None,
        figure=evaluation.figure, reversals=reversals,
        effective_price=sum(by_price) if by_price else None, nominal_price=nominal_price(scenario),
        worth=found.points if (found := worth(scenario, marks=False)) is not None else (),
    )  # fmt: skip


def nominal_price(scenario: Scenario) -> float | None:
    """The weight that the scheme states for the price, as a share: its criteria's, or else the rule's own.

    0 where the scheme states none, as where the price is divided by the points; None where the rule does not say.
    """
    weights = weights_of(scenario.plan.rule)
    if isinstance(weights, Unsupported):
        return None
    if weights is not None:
        quality, price = (stated_by(scenario.plan, weight) for weight in weights)
        return float(price / (quality + price)) if quality + price else 0.0
    points = sum((leaf.points for leaf in scenario.plan.leaves), Fraction(0))
    of_price = sum((leaf.points for leaf in scenario.plan.leaves if leaf.id in scenario.price_leaves), Fraction(0))
    return float(of_price / points) if points else 0.0


def with_price_formula(scheme: CompiledScheme, formula: Mapping[str, object]) -> CompiledScheme:
    """The scheme with another scorer at each of its criteria that score the price alone.

    Args:
        formula: the scorer as it would stand in a scheme: ``{"name": "fixed_band", "full_at": ..., ...}``.

    Where the scheme does not say what happens on rejection, because it had no need to, it recomputes.

    Raises:
        Refused: TE027 where no criterion scores the price alone, or what is wrong with the formula.
    """
    problems = Problems()
    priced = {leaf.id for leaf in scheme.plan.leaves if _of_price_alone(leaf)}
    if not priced:
        message = "no criterion of the scheme scores the price alone, so there is no price formula to exchange"
        raise Refused([Diagnostic("TE027", message, scheme.scheme.where, "compare whole schemes instead")])
    params = locate({k: v for k, v in formula.items() if k != "name"}, _HERE, problems)
    call = Call(str(formula["name"]), params if isinstance(params, Table) else {}, _HERE)
    stated = scheme.scheme
    found = compile_into(
        replace(
            stated,
            id="-".join([stated.id, *_slug(formula)]),
            criteria=tuple(_with_scorer(c, priced, call) for c in stated.criteria),
            award=replace(stated.award, on_rejection=stated.award.on_rejection or "recompute"),
        ),
        scheme.plan.catalogue,
        problems,
    )
    return CompiledScheme(problems.sound(found))


def _of_price_alone(leaf: Leaf) -> bool:
    columns = [reads.column for reads in leaf.reads]
    return "price" in columns and all(c == "price" or c.startswith("tender.") for c in columns)


def _slug(formula: Mapping[str, object]) -> list[str]:
    """The parts of an id: the name, and the first of the numbers that it is called with."""
    numbers = [str(v).rstrip("%") for k, v in formula.items() if k != "name" and str(v).rstrip("%").isdigit()]
    return [str(formula["name"]).replace("_", "-"), *numbers[:1]]


def _with_scorer(criterion: Criterion, which: set[str], call: Call) -> Criterion:
    parts = tuple(_with_scorer(part, which, call) for part in criterion.criteria)
    return replace(criterion, criteria=parts, scorer=call if criterion.id in which else criterion.scorer)


def formula_in_words(formula: Mapping[str, object]) -> str:
    """A scorer with its parameters on one line; what it does below zero is the same for all that are compared.

    >>> formula_in_words({"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "clamp"})
    'linear_above_lowest (zero_at_percent 50)'
    """
    given = ", ".join(
        f"{name} {shown(value) if isinstance(value, Fraction) else value}"
        for name, value in formula.items()
        if name not in ("name", "below_zero")
    )
    return f"{formula['name']} ({given})" if given else str(formula["name"])


def price_formulas(scenario: Scenario) -> tuple[Mapping[str, object], ...]:
    """The usual price formulas with parameters for these bids.

    Assumptions of this comparison, not of any scheme: the line above the lowest price ends at twice that price,
    logarithms likewise, and the fixed band and the ceiling stand around the mean price of the bids, from three
    quarters of it to five quarters. A real band is published before any price is known.
    """
    prices = [p for bid in scenario.order if (p := scenario.price_of(bid, "price")) is not None]
    if not prices or min(prices) <= 0:
        return ()
    mean = sum(prices, Fraction(0)) / len(prices)
    low, high = with_few_digits(mean * Fraction(3, 4), 2), with_few_digits(mean * Fraction(5, 4), 2)
    found: list[dict[str, object]] = [
        {"name": "ratio_to_lowest"},
        {"name": "linear_above_lowest", "zero_at_percent": 100, "below_zero": "clamp"},
        {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "clamp"},
        {"name": "linear_between_bids"},
        {"name": "log_ratio", "zero_at_multiple": 2, "below_zero": "clamp"},
        {"name": "mean_deviation", "below_zero": "clamp"},
        {"name": "standard_deviation", "k": "20%", "below_zero": "clamp"},
        {"name": "fixed_band", "full_at": low, "zero_at": high},
        {"name": "discount_from_ceiling", "ceiling": high, "significant_discount": "5%", "below_zero": "clamp"},
    ]
    return tuple(found)
