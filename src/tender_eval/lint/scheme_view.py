"""What lint rules see of a scheme, made from its file and its compiled plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.compiling.constants import stated_by
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.questions import (
    can_be_endless,
    counts,
    expression_of,
    own_formula,
    pot_of,
    price_column,
    scale_of,
    shares_out_money,
    subjects_of,
    weights_of,
    worth_of_quality,
)
from tender_eval.engine.scoring.arithmetic import SILENT
from tender_eval.engine.scoring.guarded import guarded, scored_together
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model import numeric
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table
from tender_eval.model.scheme import Criterion
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.lint_rule import Ignore, LeafView, SchemeView, Threshold


def view_of(
    source: Source,
    compiled: CompiledScheme,
    on: date,
    thresholds: Mapping[str, Threshold],
    ignores: tuple[Ignore, ...],
    codes: frozenset[str],
) -> SchemeView:
    """A sound scheme as rules see it."""
    plan = compiled.plan
    whole = plan.available
    shares = {node.id: node.points / whole if whole else Fraction(0) for node in plan.nodes}
    criteria = {c.id: c for c in plan.scheme.walk()}
    document = parse_yaml(source, Problems())
    return SchemeView(
        scheme=plan.scheme,
        leaves=tuple(_leaf(leaf, criteria[leaf.id], shares[leaf.id]) for leaf in plan.leaves),
        shares=shares,
        rule=plan.rule.rule.item,
        rule_params=plan.rule.params,
        rule_reads=plan.rule.reads,
        rule_compares_bids=guarded(plan.rule, lambda: bool(plan.rule.rule.item.relative(plan.rule.params))),
        grants=shares_out_money(plan),
        text=source.text,
        document=document if isinstance(document, Table) else Table(Location(source.name, 1, 1)),
        on=on,
        thresholds=thresholds,
        ignores=ignores,
        codes=codes,
        notices=plan.notices,
        figure=expression_of(plan.rule),
        counts=counts(plan),
        price=price_column(plan.rule),
        weights=_weights(plan),
        pot=pot_of(plan),
        worth_of_quality=worth_of_quality(plan.rule),
        sealed=plan.sealed,
    )


def _weights(plan: Plan) -> tuple[Fraction, Fraction] | Unsupported | None:
    found = weights_of(plan.rule)
    if found is None or isinstance(found, Unsupported):
        return found
    return stated_by(plan, found.quality), stated_by(plan, found.price)


def _leaf(leaf: Leaf, criterion: Criterion, share: Fraction) -> LeafView:
    scorer = leaf.scorer.item
    return LeafView(
        criterion=criterion,
        share=share,
        scorer=scorer,
        params=leaf.params,
        reads=leaf.reads,
        traits=guarded(leaf, lambda: frozenset(scorer.traits_for(leaf.params))),
        expression=expression_of(leaf),
        endless=can_be_endless(leaf),
        scale=scale_of(leaf),
        unbounded_below=leaf.unbounded_below,
        subjects=subjects_of(leaf),
        own_formula=own_formula(leaf),
        score_at=lambda prices: _scores(leaf, prices),
    )


def _scores(leaf: Leaf, prices: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """The scores of bids that state a price alone; None where the scorer cannot score such bids.

    Raises:
        Refused: naming a scorer that raises or returns what it may not.
    """
    if [reads.column for reads in leaf.reads] != ["price"]:
        return None
    everyone = np.ones(len(prices), dtype=np.bool_)
    scores = scored_together(lambda: SILENT.score(leaf, {"price": numeric.exact_array(prices)}, everyone))
    return None if scores is None else tuple(scores.tolist())
