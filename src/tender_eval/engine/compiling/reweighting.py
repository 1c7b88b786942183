"""A scheme with other weights: the same criteria, scorers, minimums and rule over other points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from tender_eval.engine.compiling.compile import compile_into
from tender_eval.engine.plan import Plan
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.scheme import Criterion


def reweigh(plan: Plan, points: Mapping[str, Fraction]) -> Plan:
    """The plan with these points at its leaves; leaves that are not named keep theirs.

    Groups come to the sum of their parts, and minimums that are shares are of the new points. A weight of zero
    is allowed here, though no published scheme may state one. The scheme of the new plan states its weights as
    points, so that a rule that asks the scheme is told the new ones too.

    Raises:
        Refused: TE071 for a name that is no scored criterion, TE023 for points below zero, or what the award
            rule says to such weights.
    """
    problems = Problems()
    known = {leaf.id: leaf.points for leaf in plan.leaves}
    for name, value in points.items():
        if name not in known:
            message = f'a weight is given for "{name}", no scored criterion'
            problems.add("TE071", None, message, did_you_mean(name, known))
        elif value < 0:
            problems.add("TE023", None, f'the weight of "{name}" is {value}', "give it a weight of at least 0")
    problems.refuse()
    weights = {**known, **points}
    scheme = replace(
        plan.scheme, weights="points", criteria=tuple(_reweighed(c, weights) for c in plan.scheme.criteria)
    )
    return problems.sound(compile_into(scheme, plan.catalogue, problems, notices=plan.notices))


def _reweighed(criterion: Criterion, weights: Mapping[str, Fraction]) -> Criterion:
    parts = tuple(_reweighed(part, weights) for part in criterion.criteria)
    return replace(criterion, weight=weights.get(criterion.id), criteria=parts)
