"""Scheme and catalogue to plan: resolves names, parameters and weights, and refuses what is not stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

from tender_eval.engine.plan import CompiledRule, Gate, Leaf, Node, Plan, Tie
from tender_eval.engine.readings import COLUMN_KINDS, known_column
from tender_eval.files.fields import Fields
from tender_eval.files.scheme_checks import check_ids
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, Table, place
from tender_eval.model.scheme import Call, Criterion, Scale, Scheme
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.rule import AwardRule, QualityParams
from tender_eval.plugins.scorer import CriterionView, Scorer, Trait, in_floats
from tender_eval.plugins.table import Reads

HUNDRED = Fraction(100)
Item = TypeVar("Item", Scorer, AwardRule)


def compile_into(scheme: Scheme, catalogue: Catalogue, problems: Problems) -> Plan | None:
    """The plan of a scheme, or None with every problem noted."""
    before = len(problems)
    _check_requires(scheme, problems)
    points = dict(_points(scheme))
    leaves = tuple(
        leaf
        for criterion, depth in _tree(scheme.criteria)
        if criterion.scorer
        and (leaf := _leaf(criterion, depth, points[criterion.id], scheme, catalogue, problems))
    )
    by_id = {leaf.id: leaf for leaf in leaves}
    nodes = tuple(_node(c, depth, points) for c, depth in _tree(scheme.criteria))
    rule = _rule(scheme, catalogue, by_id, problems)
    ties = tuple(_tie(t.reads, t.best, t.where, scheme, problems) for t in scheme.award.ties)
    for condition in scheme.conditions:
        _check_column(condition.reads, f'condition "{condition.id}"', condition.where, problems)
        if condition.pooled and not known_column("pooled." + condition.reads.removeprefix("supplier.")):
            message = f'condition "{condition.id}" pools {condition.reads}, which members do not add to'
            problems.add("TE028", condition.where, message, "pool supplier.annual_income or supplier.years_in_area")
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
        shortlist_by=_shortlist_by(scheme, by_id),
    )
    _check_stated(plan, problems)
    return plan if len(problems) == before else None


def quality_roots(scheme: Scheme, leaves: Mapping[str, Leaf], price: str) -> tuple[str, ...]:
    """Every root criterion none of whose leaves reads the price, or a component of it."""
    return tuple(
        root.id
        for root in scheme.criteria
        if not any(
            r.column == price or r.column.startswith("prices.")
            for c in root.walk()
            if c.id in leaves
            for r in leaves[c.id].reads
        )
    )


def _tree(criteria: tuple[Criterion, ...], depth: int = 0) -> Iterator[tuple[Criterion, int]]:
    for criterion in criteria:
        yield criterion, depth
        yield from _tree(criterion.criteria, depth + 1)


def _points(scheme: Scheme) -> Iterator[tuple[str, Fraction]]:
    """The points available at each criterion, whatever convention its weights are in."""

    def within(criterion: Criterion, parent: Fraction) -> Iterator[tuple[str, Fraction]]:
        weight = criterion.weight or Fraction(0)
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
    scorer = found.item
    params = _params(call, scorer.Params, problems)
    if params is None:
        return None
    before = len(problems)
    scales: dict[str, Scale] = {s.id: s for s in scheme.scales}

    def refuse(code: str, message: str, hint: str) -> None:
        problems.add(code, place(message, call.where), f'criterion "{criterion.id}": {message}', hint)

    params = scorer.prepare(params, CriterionView(criterion.id, scales, refuse))
    if len(problems) > before:
        return None
    reads = tuple(scorer.reads(params))
    for column in reads:
        _check_column(column.column, f'criterion "{criterion.id}"', call.where, problems)
    return Leaf(
        criterion.id, criterion.title, depth, points, found, params, in_floats(params), reads,
        Trait.INDEPENDENT in scorer.traits_for(params), scorer.unbounded_below(params), criterion.where,
    )  # fmt: skip


def _named(
    call: Call, known: Mapping[str, Registered[Item]], kind: str, problems: Problems
) -> Registered[Item] | None:
    if call.name not in known:
        message = f'there is no {kind} "{call.name}"'
        problems.add("TE044", place(call.name, call.where), message, did_you_mean(call.name, known))
        return None
    return known[call.name]


def _params(call: Call, model: type[Fields], problems: Problems) -> Any:
    data = call.params if isinstance(call.params, Table) else _table(call)
    return validate(model, data, call.where, problems)


def _table(call: Call) -> Table:
    table = Table(call.where)
    table.update(call.params)
    return table


def _node(criterion: Criterion, depth: int, points: Mapping[str, Fraction]) -> Node:
    leaves = tuple(c.id for c in criterion.walk() if not c.criteria)
    parts = tuple(c.id for c in criterion.criteria)
    return Node(criterion.id, criterion.title, depth, points[criterion.id], parts, leaves)


def _rule(
    scheme: Scheme, catalogue: Catalogue, leaves: Mapping[str, Leaf], problems: Problems
) -> CompiledRule | None:
    call = scheme.award.rule
    found = _named(call, catalogue.rules, "award rule", problems)
    params = _params(call, found.item.Params, problems) if found else None
    if found is None or params is None:
        return None
    rule = found.item
    known = [c.id for c in scheme.walk()]
    check_ids(rule.criteria(params), known, call.where, f'the award rule "{rule.name}"', problems)
    if isinstance(params, QualityParams) and not params.quality:
        params = params.model_copy(update={"quality": quality_roots(scheme, leaves, params.price)})
        if not params.quality and len(leaves) == len(list(scheme.leaves())):
            message = f'the award rule "{rule.name}" finds no quality criterion: all read the price'
            problems.add("TE027", call.where, message, "name the quality criteria: quality: [...]")
    params = rule.prepare(params, scheme)
    for column in rule.reads(params):
        _check_column(column.column, f'the award rule "{rule.name}"', call.where, problems)
    return CompiledRule(found, params, in_floats(params), tuple(rule.reads(params)), call.where)


def _tie(reads: str, best: str, where: Location, scheme: Scheme, problems: Problems) -> Tie:
    ids = [c.id for c in scheme.walk()]
    if reads in ids:
        # A criterion called "price" earns points: {lowest: price} still means the price itself.
        return Tie("", "price", best) if reads == "price" and best == "lowest" else Tie(reads, "", best)
    if not known_column(reads):
        message = f'the tie break names "{reads}", which is neither a criterion nor a figure'
        problems.add("TE021", place(reads, where), message, did_you_mean(reads, [*ids, "price"]))
    return Tie("", reads, best)


def _gates(scheme: Scheme, leaves: Mapping[str, Leaf]) -> Iterator[Gate]:
    for criterion in scheme.walk():
        minimum = criterion.minimum
        if minimum is None:
            continue
        below = [leaves[c.id] for c in criterion.walk() if c.id in leaves]
        if minimum.share is not None:
            relative = not all(leaf.independent for leaf in below)
            yield Gate(criterion.id, minimum.share, None, "", relative, minimum.where)
        for leaf in below if minimum.mark is not None else ():
            if leaf.reads and leaf.reads[0].one_of:
                column = leaf.reads[0].column
                yield Gate(leaf.id, None, minimum.mark, column, False, minimum.where)


def _shortlist_by(scheme: Scheme, leaves: Mapping[str, Leaf]) -> tuple[str, ...]:
    if scheme.shortlist is None:
        return ()
    return scheme.shortlist.by or quality_roots(scheme, leaves, "price")


def _check_column(column: str, reader: str, where: Location, problems: Problems) -> None:
    if not known_column(column):
        message = f'{reader} reads "{column}", which is no fact about a bid'
        near = did_you_mean(column, COLUMN_KINDS)
        problems.add("TE031", place(column, where), message, near)


def _check_stated(plan: Plan, problems: Problems) -> None:
    """Refuse a scheme that leaves open what can change its award."""
    scheme, award = plan.scheme, plan.scheme.award
    relative = [f'"{leaf.id}"' for leaf in plan.leaves if not leaf.independent]
    if plan.rule.rule.item.relative(plan.rule.params):
        relative.append(f'the rule "{plan.rule.rule.item.name}"')
    rejects = bool(plan.gates) or plan.rule.rule.item.rejects(plan.rule.params)
    if relative and rejects and award.on_rejection is None:
        message = f"on_rejection is not stated, but bids can be rejected and {', '.join(relative)} compare bids"
        problems.add("TE027", award.where, message, "state on_rejection: recompute, or keep_order")
    by = [leaf for node in plan.shortlist_by for leaf in plan.node(node).leaves]
    dependent = [leaf.id for leaf in plan.leaves if leaf.id in by and not leaf.independent]
    if scheme.shortlist and dependent:
        message = f'the shortlist goes by "{dependent[0]}", which compares bids with each other'
        problems.add("TE028", scheme.shortlist.where, message, "shortlist by criteria that score each bid alone")
    if scheme.shortlist and not plan.shortlist_by:
        problems.add("TE027", scheme.shortlist.where, "the shortlist does not say by what", "state by: [...]")


def _check_requires(scheme: Scheme, problems: Problems) -> None:
    if not scheme.requires:
        return
    from packaging.requirements import InvalidRequirement, Requirement

    for text in scheme.requires:
        where = place(text, scheme.where)
        try:
            wanted = Requirement(text)
            installed = version(wanted.name)
        except InvalidRequirement:
            problems.add("TE030", where, f'"{text}" is no requirement', "write tender-eval>=0.1")
        except PackageNotFoundError:
            problems.add("TE030", where, f'"{wanted.name}" is not installed', f"pip install '{text}'")
        else:
            if not wanted.specifier.contains(installed, prereleases=True):
                message = f"{wanted.name} is {installed}, not {wanted.specifier}"
                problems.add("TE030", where, message, f"pip install '{text}'")
