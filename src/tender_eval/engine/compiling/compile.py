"""Scheme and catalogue to plan: resolves names, parameters and weights, and refuses what is not stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from tender_eval.engine.compiling.panel import check_panel
from tender_eval.engine.compiling.price_direction import price_notices
from tender_eval.engine.compiling.requirements import (
    check_adjustments,
    check_beside,
    check_column,
    check_conditions,
    check_estimates,
    check_requires,
    check_scaling,
    check_shortlist,
    check_stated,
    unrequired,
)
from tender_eval.engine.compiling.sealing import check_sealed, sealed_figures
from tender_eval.engine.compiling.several_lots import check_offers
from tender_eval.engine.facts.names import known_column
from tender_eval.engine.plan import CompiledRule, Gate, Leaf, Plan, PlanNode, Tie
from tender_eval.engine.questions import price_column, scale_of
from tender_eval.engine.scoring.guarded import asked
from tender_eval.files.fields import Fields
from tender_eval.files.schemes.checks import check_ids, knows_all_criteria
from tender_eval.files.schemes.lots import in_lot
from tender_eval.files.sound_parts import NO_FAULTY_PARTS, FaultyParts
from tender_eval.files.validate import validate
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.location import Location, Table, place
from tender_eval.model.marking.scales import Scale
from tender_eval.model.scheme import Call, Criterion, Scheme
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.rule import AwardRule, QualityParams
from tender_eval.plugins.scorer import CriterionView, Scorer, Trait, in_floats
from tender_eval.plugins.table import Reads, declared

HUNDRED = Fraction(100)
Item = TypeVar("Item", Scorer, AwardRule)


def compile_into(
    scheme: Scheme,
    catalogue: Catalogue,
    problems: Problems,
    faulty: FaultyParts = NO_FAULTY_PARTS,
    notices: tuple[Diagnostic, ...] | None = None,
) -> Plan | None:
    """The plan of a scheme, or None with every problem noted, but where faulty parts were taken out.

    Args:
        notices: the warnings about the scheme, where they are known.
    """
    before = len(problems)
    check_requires(scheme, problems)
    points = dict(_points(scheme))
    leaves = tuple(_leaves(scheme, points, catalogue, faulty, problems))
    by_id = {leaf.id: leaf for leaf in leaves}
    nodes = tuple(_node(c, depth, points, scheme) for root in scheme.criteria for c, depth in root.tree())
    ids = [c.id for c in scheme.walk()] if knows_all_criteria(scheme, faulty) else None
    rule = _rule(scheme, catalogue, by_id, ids, problems)
    ties = tuple(_tie(t.reads, t.best, t.where, ids, problems) for t in scheme.award.ties)
    check_conditions(scheme, problems)
    check_estimates(scheme, problems)
    check_scaling(scheme, problems)
    if len(problems) > before or rule is None:
        return None
    plan = Plan(
        scheme=scheme,
        catalogue=catalogue,
        leaves=leaves,
        nodes=nodes,
        roots=tuple(c.id for c in scheme.criteria),
        gates=tuple(_gates(scheme, by_id)),
        rule=rule,
        ties=ties,
        shortlist_by=_shortlist_by(scheme, by_id, rule),
    )
    if not (faulty.at(scheme.where, "award") or faulty.at(scheme.award.where, "rule", "on_rejection")):
        check_stated(plan, problems)
        check_offers(plan, problems)
    check_adjustments(plan, problems)
    check_beside(plan, problems)
    check_panel(plan, problems)
    check_sealed(plan, problems)
    check_shortlist(plan, problems, faulty)
    if scheme.award.variants and rule.rule.item.shares_out_money():
        message = f'the award rule "{rule.rule.name}" shares out money, and variants let a supplier have several bids'
        problems.add("TE028", scheme.award.where, message, "remove variants: a supplier makes one bid for each lot")
    if len(problems) > before:
        return None
    if notices is None:
        tried = () if before else price_notices(plan)  # a scheme with faults of its own is not tried
        notices = (*tried, *unrequired(plan, catalogue))
    plan = plan.with_sealed(sealed_figures(plan))
    by_lot = _by_lot(plan, catalogue, problems, faulty)
    return None if len(problems) > before else plan._replace(notices=notices, by_lot=by_lot)


def _by_lot(plan: Plan, catalogue: Catalogue, problems: Problems, faulty: FaultyParts) -> dict[str, Plan]:
    """The plan of each lot, where criteria or weights differ between them."""
    found: dict[str, Plan] = {}
    for lot in plan.scheme.lots:
        own = Problems()
        part = compile_into(plan.scheme.for_lot(lot), catalogue, own, faulty, notices=())
        problems.extend(in_lot(lot, own, problems))
        if part is not None:
            found[lot] = part._replace(marks_elsewhere=plan.marks_known()).with_sealed(plan.sealed)
    return found


def _unsure(criterion: Criterion, scheme: Scheme, faulty: FaultyParts) -> bool:
    """Whether what its scorer needs may have been taken out."""
    scaled = criterion.scorer is not None and "scale" in criterion.scorer.params
    return faulty.at(criterion.where, "scorer", "scale") or (scaled and faulty.at(scheme.where, "scales"))


def quality_roots(scheme: Scheme, leaves: Mapping[str, Leaf], price: str) -> tuple[str, ...]:
    """Every root criterion none of whose leaves reads the price, a part of it, or what the rule calls the price."""

    def of_price(column: str) -> bool:
        return column == price or reads_price(column)

    return tuple(
        root.id
        for root in scheme.criteria
        if not any(of_price(r.column) for c in root.walk() if c.id in leaves for r in leaves[c.id].reads)
    )


def _points(scheme: Scheme) -> Iterator[tuple[str, Fraction]]:
    """The points available at each criterion, whatever convention its weights are in."""

    def within(criterion: Criterion, parent: Fraction) -> Iterator[tuple[str, Fraction]]:
        weight = criterion.weight or _in_any_lot(criterion, scheme)
        if scheme.weights == "of_parent":
            weight = parent * weight / HUNDRED
        parts = [pair for part in criterion.criteria for pair in within(part, weight)]
        if criterion.weight is None:  # a group of points: what its parts come to
            ids = {part.id for part in criterion.criteria}
            weight = sum((p for name, p in parts if name in ids), Fraction(0))
        yield criterion.id, weight
        yield from parts

    for root in scheme.criteria:
        yield from within(root, HUNDRED)


def _in_any_lot(criterion: Criterion, scheme: Scheme) -> Fraction:
    """What it weighs in the first lot that states it, for want of a weight of its own."""
    stated = (weights[criterion.id] for weights in scheme.weights_by_lot.values() if criterion.id in weights)
    return next(stated, Fraction(0))


def _leaves(
    scheme: Scheme, points: Mapping[str, Fraction], catalogue: Catalogue, faulty: FaultyParts, problems: Problems
) -> Iterator[Leaf]:
    for criterion, depth in (one for root in scheme.criteria for one in root.tree()):
        if _unsure(criterion, scheme, faulty):
            continue
        try:
            if leaf := _leaf(criterion, depth, points[criterion.id], scheme, catalogue, problems):
                yield leaf
        except Refused as e:  # a plugin is at fault; the other criteria are checked all the same
            problems.extend(e.diagnostics)


def _leaf(
    criterion: Criterion,
    depth: int,
    points: Fraction,
    scheme: Scheme,
    catalogue: Catalogue,
    problems: Problems,
) -> Leaf | None:
    call = criterion.scorer
    if call is None or (found := _named(call, catalogue.scorers, "scorer", problems)) is None:
        return None
    scorer: Scorer = asked(f'criterion "{criterion.id}"', found, call.where, lambda: found.item)
    params = _params(call, scorer.Params, problems)
    if params is None:
        return None
    before = len(problems)
    scales: dict[str, Scale] = {s.id: s for s in scheme.scales}

    def refuse(code: str, message: str, hint: str) -> None:
        problems.add(code, place(message, call.where), f'criterion "{criterion.id}": {message}', hint)

    def settled() -> Leaf | None:
        ready = scorer.prepare(params, CriterionView(criterion.id, scales, refuse, scheme.panel.computed))
        if len(problems) > before:
            return None
        reads = declared(scorer.reads(ready))
        for column in reads:
            check_column(column.column, f'criterion "{criterion.id}"', call.where, problems)
        return Leaf(
            criterion.id, criterion.title, depth, points, found, ready, in_floats(ready), reads,
            _alone(scorer, ready, reads, scheme), scorer.unbounded_below(ready), criterion.where,
            scheme.rounding_at(criterion, "score"), scorer.unbounded_above(ready),
        )  # fmt: skip

    leaf: Leaf | None = asked(f'criterion "{criterion.id}"', found, call.where, settled)
    return leaf


def _alone(scorer: Scorer, params: Any, reads: tuple[Reads, ...], scheme: Scheme) -> bool:
    """Whether it scores each bid alone, by figures that are the bid's own."""
    compared = scheme.price is not None and scheme.price.compares and any(r.column == "price" for r in reads)
    return Trait.INDEPENDENT in scorer.traits_for(params) and not compared


def _named(call: Call, known: Mapping[str, Registered[Item]], kind: str, problems: Problems) -> Registered[Item] | None:
    if call.name not in known:
        message = f'there is no {kind} "{call.name}"'
        problems.add("TE044", place(call.name, call.where), message, did_you_mean(call.name, known))
        return None
    return known[call.name]


def _params(call: Call, model: type[Fields], problems: Problems) -> Any:
    data = call.params if isinstance(call.params, Table) else _table(call)
    bare = "add {}" if call.params else f"write {{{{name: {call.name}, {{}}}}}}"
    return validate(model, data, call.where, problems, f'the parameters of "{call.name}"', bare)


def _table(call: Call) -> Table:
    table = Table(call.where)
    table.update(call.params)
    return table


def _node(criterion: Criterion, depth: int, points: Mapping[str, Fraction], scheme: Scheme) -> PlanNode:
    leaves = tuple(c.id for c in criterion.walk() if not c.criteria)
    parts = tuple(c.id for c in criterion.criteria)
    rounding = scheme.rounding_at(criterion, "points")
    return PlanNode(
        criterion.id, criterion.title, depth, points[criterion.id], parts, leaves, rounding, criterion.scale_to_best
    )


def _rule(
    scheme: Scheme, catalogue: Catalogue, leaves: Mapping[str, Leaf], ids: list[str] | None, problems: Problems
) -> CompiledRule | None:
    """The award rule; ``ids`` are those of all criteria, or None where they are not all known."""
    call = scheme.award.rule
    found = _named(call, catalogue.rules, "award rule", problems)
    if found is None:
        return None
    try:
        settled: CompiledRule | None = asked(
            "the award rule", found, call.where, lambda: _settled_rule(call, found, scheme, leaves, ids, problems)
        )
    except Refused as e:
        problems.extend(e.diagnostics)
        return None
    return settled


def _settled_rule(
    call: Call,
    found: Registered[AwardRule],
    scheme: Scheme,
    leaves: Mapping[str, Leaf],
    ids: list[str] | None,
    problems: Problems,
) -> CompiledRule | None:
    rule = found.item
    params = _params(call, rule.Params, problems)
    if params is None:
        return None
    if ids is not None:
        check_ids(rule.criteria(params), ids, call.where, f'the award rule "{rule.name}"', problems)
    if isinstance(params, QualityParams) and not params.quality:
        params = params.model_copy(update={"quality": quality_roots(scheme, leaves, params.price)})
        if not params.quality and ids is not None and len(leaves) == len(list(scheme.leaves())):
            message = f'the award rule "{rule.name}" finds no quality criterion: all read the price'
            problems.add("TE027", call.where, message, "name the quality criteria: quality: [...]")
    if ids is not None and not scheme.criteria and rule.needs_criteria:
        message = f'the scheme has no criteria, of which the award rule "{rule.name}" adds up the points'
        problems.add("TE011", scheme.where, message, "add criteria: ...")
        return None
    params = rule.prepare(params, scheme)
    reads = declared(rule.reads(params))
    for column in reads:
        check_column(column.column, f'the award rule "{rule.name}"', call.where, problems)
    for question in (rule.rejects, rule.relative):  # asked again later: a fault shows here
        question(params)
    return CompiledRule(found, params, in_floats(params), reads, call.where)


def _tie(reads: str, best: str, where: Location, ids: list[str] | None, problems: Problems) -> Tie:
    if ids is None or reads in ids:
        # A criterion called "price" earns points: {lowest: price} still means the price itself.
        return Tie("", "price", best) if reads == "price" and best == "lowest" else Tie(reads, "", best)
    if not known_column(reads):
        message = f'the tie break names "{reads}", which is neither a criterion nor a figure'
        problems.add("TE021", place(reads, where), message, did_you_mean(reads, {*ids, "price"}))
    return Tie("", reads, best)


def _gates(scheme: Scheme, leaves: Mapping[str, Leaf]) -> Iterator[Gate]:
    for criterion in scheme.walk():
        minimum = criterion.minimum
        if minimum is None:
            continue
        below = [leaves[c.id] for c in criterion.walk() if c.id in leaves]
        if minimum.share is not None:
            scaled = any(c.scale_to_best not in ("", "after_minimums") for c in criterion.walk())
            relative = scaled or not all(leaf.independent for leaf in below)
            yield Gate(criterion.id, minimum.share, None, "", relative, minimum.where)
        for leaf in below if minimum.mark is not None else ():
            if leaf.reads and (leaf.reads[0].one_of or leaf.reads[0].kind == "mark"):
                reads, column = leaf.reads[0], leaf.reads[0].column
                scale = next((s for s in scheme.scales if s.id == scale_of(leaf)), None)
                falls = reads.between and scale is not None and scale.better == "lower"
                odd = not falls and scale is not None and scale.better != "higher" and minimum.mark in scale.marks
                short = scale.short_of(minimum.mark) if odd and scale and minimum.mark is not None else None
                yield Gate(leaf.id, None, minimum.mark, column, False, minimum.where, short, falls)


def _shortlist_by(scheme: Scheme, leaves: Mapping[str, Leaf], rule: CompiledRule) -> tuple[str, ...]:
    if scheme.shortlist is None:
        return ()
    price = price_column(rule)
    return scheme.shortlist.by or quality_roots(scheme, leaves, "price" if isinstance(price, Unsupported) else price)
