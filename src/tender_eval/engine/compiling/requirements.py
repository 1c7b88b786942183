"""What a scheme must say, or may not say, before it can be compiled: columns that exist, and nothing left open."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tender_eval.base.pattern import Pattern
from tender_eval.engine.facts.names import mend_of_column, no_share_of
from tender_eval.engine.plan import Plan
from tender_eval.engine.scoring.guarded import of_third_party
from tender_eval.files.schemes.checks import knows_all_criteria
from tender_eval.files.sound_parts import FaultyParts
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Diagnostic, Problems, Severity, did_you_mean
from tender_eval.model.location import Location, place
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.model.scheme import Bound, Criterion, Scheme
from tender_eval.plugins.catalogue import Catalogue, Registered

_REQUIREMENT = Pattern(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*([<>=!~].*)?")


def check_conditions(scheme: Scheme, problems: Problems) -> None:
    """Note what conditions read, pool or take a share of, and no tender or bid can state."""
    for condition in scheme.conditions:
        check_column(condition.reads, f'condition "{condition.id}"', condition.where, problems)
        for bound in (condition.at_least, condition.at_most):
            if bound is not None and bound.of:
                _check_share_of(bound, condition.id, problems)
        if condition.pooled and mend_of_column(condition.column):
            message = f'condition "{condition.id}" pools {condition.reads}, which members do not add to'
            problems.add("TE028", condition.where, message, "pool supplier.annual_income or supplier.years_in_area")


def check_column(column: str, reader: str, where: Location, problems: Problems) -> None:
    """Note a column that no bid can state."""
    if mend := mend_of_column(column):
        message = f'{reader} reads "{column}", which is no fact about a bid'
        problems.add("TE031", place(column, where), message, mend)


def _check_share_of(bound: Bound, condition: str, problems: Problems) -> None:
    """Note where a condition takes a share of what neither a tender nor a bid can state as a number."""
    if fault := no_share_of(bound.of):
        message = f'condition "{condition}" takes a share of "{bound.of}", {fault.why}'
        problems.add("TE031", place(bound.of, bound.where), message, fault.mend)


def check_stated(plan: Plan, problems: Problems) -> None:
    """Refuse a scheme that leaves open what can change its award."""
    award = plan.scheme.award
    relative = [f'"{leaf.id}"' for leaf in plan.leaves if not leaf.independent]
    relative += [f'"{node.id}"' for node in plan.scaled]
    if plan.rule.rule.item.relative(plan.rule.params):
        relative.append(f'the rule "{plan.rule.rule.item.name}"')
    if plan.compares_prices:
        relative.append("the adjustments of the price")
    rejects = bool(plan.gates) or plan.rule.rule.item.rejects(plan.rule.params)
    if relative and rejects and award.on_rejection is None:
        what = f"bids can be rejected, and at {', '.join(relative)} bids are compared with each other"
        message = f"on_rejection is not stated, but {what}"
        hint = "state on_rejection: recompute (as if the rejected had not bid) or keep_order (they still count)"
        problems.add("TE027", award.where, message, hint)


def check_scaling(scheme: Scheme, problems: Problems) -> None:
    """Refuse points that are scaled to the best bid and do not say whether minimums come before or after."""
    stated = {c.scale_to_best for c in scheme.walk()} - {"", "alone"}
    if len(stated) > 1:
        found = [f'"{c.id}"' for c in scheme.walk() if c.scale_to_best in stated]
        message = f"of {' and '.join(found)} some are scaled to the best bid before the minimums, others after them"
        problems.add("TE028", scheme.where, message, "write before_minimums at all of them, or after_minimums")
    for root in scheme.criteria:
        _check_scaled_below(root, "", problems)


def _check_scaled_below(criterion: Criterion, gate: str, problems: Problems) -> None:
    if criterion.minimum is not None and criterion.minimum.share is not None:
        gate = criterion.id
    if gate and criterion.scale_to_best == "alone":
        message = f'"{criterion.id}" is scaled to the best bid, but not said whether before or after the minimum'
        message += "" if gate == criterion.id else f' of "{gate}"'
        hint = "write scale_to_best: after_minimums if the minimum is of the points as earned; else before_minimums"
        problems.add("TE027", criterion.where, message, hint)
    for part in criterion.criteria:
        _check_scaled_below(part, gate, problems)


def check_estimates(scheme: Scheme, problems: Problems) -> None:
    """Note estimates that are a share of what no tender states."""
    for test in scheme.abnormally_low.tests if scheme.abnormally_low else ():
        if test.estimate_of and test.estimate_column != "tender.annual_value":
            message = f'abnormally_low takes a share of "{test.estimate_of}", which is no amount of the tender'
            hint = "write an amount, or a share such as 400% of annual_value"
            problems.add("TE031", place(test.estimate_of, test.where), message, hint)


def check_adjustments(plan: Plan, problems: Problems) -> None:
    """Note what adjustments of the price ask of bids that none can state, and a lowest price that cannot be settled.

    The lowest price is found before bids are compared. Where a comparison itself can reject a bid, whose price then no
    longer counts, that would go round in a circle.
    """
    price = plan.scheme.price
    for adjustment in price.adjustments if price else ():
        for test in (*adjustment.when, *adjustment.unless):
            check_column(test.reads, f'the adjustment "{adjustment.id}"', test.where, problems)
            if test.reads == "price":
                message = f'the adjustment "{adjustment.id}" is for whom the price says that it adjusts'
                problems.add("TE028", test.where, message, "test another figure")
    rejects = any(gate.relative for gate in plan.gates) or plan.rule.rule.item.rejects(plan.rule.params)
    if plan.compares_prices and plan.scheme.award.on_rejection == "recompute" and rejects:
        message = "adjustments go by the lowest price of the bids still in, but bids are rejected by comparing them"
        hint = "state on_rejection: keep_order, or put minimums only at criteria that score each bid alone"
        problems.add("TE028", plan.scheme.award.where, message, hint)


def check_beside(plan: Plan, problems: Problems) -> None:
    """Refuse what would take money beside the price off it, and readers of benefits that the scheme does not list."""
    benefits = plan.scheme.beside.benefits
    listed = [BENEFITS, *(b.column for b in benefits)] if benefits else []
    for benefit in (b for b in benefits if b.of):
        check_column(benefit.of, f'the benefit "{benefit.id}"', benefit.where, problems)
        if reads_price(benefit.of) or benefit.of.partition(".")[0] in (BENEFITS, "marks"):
            message = f'the benefit "{benefit.id}" is worked out of {benefit.of}'
            problems.add(
                "TE028", place(benefit.of, benefit.where), message, "let it be of a number such as values.nights"
            )
    readers = [
        (f'criterion "{leaf.id}"', leaf.reads, leaf.where, any(reads_price(r.column) for r in leaf.reads))
        for leaf in plan.leaves
    ]
    readers.append((f'the award rule "{plan.rule.rule.name}"', plan.rule.reads, plan.rule.where, True))
    for reader, reads, where, priced in readers:
        named = [r.column for r in reads if r.column.partition(".")[0] == BENEFITS]
        for column in (c for c in named if c not in listed):
            hint = did_you_mean(column, listed) if listed else "list the benefits in the scheme: benefits: [{id: ...}]"
            problems.add("TE031", place(column, where), f'{reader} reads "{column}", which is no benefit here', hint)
        if named and priced:
            message = f"{reader} sets {named[0]} against the price, which nothing beside it is taken off"
            problems.add("TE028", where, message, "score it by a criterion of its own, or leave it beside the price")
    for adjustment in plan.scheme.price.adjustments if plan.scheme.price else ():
        for test in (*adjustment.when, *adjustment.unless):
            if test.reads.partition(".")[0] == BENEFITS:
                message = f'the adjustment "{adjustment.id}" changes the price for the sake of {test.reads}'
                problems.add("TE028", test.where, message, "score it by a criterion, or leave it beside the price")


def check_shortlist(plan: Plan, problems: Problems, faulty: FaultyParts) -> None:
    shortlist = plan.scheme.shortlist
    if shortlist is None or faulty.at(shortlist.where, "by"):
        return
    dependent = [leaf.id for leaf in plan.shortlist_leaves if not leaf.independent]
    known = [node.id for node in plan.nodes if node.id in plan.shortlist_by]  # one that is none is told elsewhere
    below = {name for by in known for name in plan.below(by)}
    dependent += [node.id for node in plan.scaled if node.id in below]
    if dependent:
        message = f'the shortlist goes by "{dependent[0]}", which compares bids with each other'
        problems.add("TE028", shortlist.where, message, "shortlist by criteria that score each bid alone")
    if not plan.shortlist_by and knows_all_criteria(plan.scheme, faulty):
        message = "the shortlist does not say by which criteria, and every one reads the price"
        problems.add("TE027", shortlist.where, message, "name those of the first stage: by: [...]")


def unrequired(plan: Plan, catalogue: Catalogue) -> tuple[Diagnostic, ...]:
    """What is told of plugins that take part in a scheme and that it does not require: others cannot know of them."""
    stated = (_REQUIREMENT.fullmatch(text) for text in plan.scheme.requires)
    required = {_normal(found[1]) for found in stated if found}
    used: list[tuple[Registered[Any], Location]] = [(leaf.scorer, leaf.where) for leaf in plan.leaves]
    used.append((plan.rule.rule, plan.rule.where))
    lots = plan.scheme.award.lots
    if lots and (mechanism := catalogue.mechanisms.get(lots.mechanism.name)):
        used.append((mechanism, lots.mechanism.where))
    told: dict[str, Diagnostic] = {}
    for method, where in used:
        name = method.origin.distribution
        if of_third_party(method) and _normal(name) not in required and name not in told:
            message = f'"{method.name}" is of {method.origin}, which the scheme does not require'
            hint = f'add it, so that whoever reads the scheme knows: requires: ["{name}>={method.origin.version}"]'
            told[name] = Diagnostic("TE033", message, where, hint, Severity.WARNING)
    return tuple(told.values())


def _normal(name: str) -> str:
    return re.sub("[-_.]+", "-", name.strip()).lower()


def check_requires(scheme: Scheme, problems: Problems) -> None:
    """Note what the scheme requires and is not installed: a distribution by its name, and which versions of it."""
    if not scheme.requires:
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # not its requirements, which take thrice as long

    for text in scheme.requires:
        where, found = place(text, scheme.where), _REQUIREMENT.fullmatch(text)
        try:
            if found is None:
                raise InvalidSpecifier
            name, stated = found[1], found[2] or ""
            versions = SpecifierSet(stated)
            installed = version(name)
        except InvalidSpecifier:
            problems.add(
                "TE030", where, f'"{text}" is not a requirement', "write a name and a version: tender-eval>=0.1"
            )
        except PackageNotFoundError:
            message = f'the scheme requires "{name}", which is not installed'
            problems.add("TE030", where, message, _brought_by(name, stated) or f'install it: pip install "{text}"')
        else:
            if not versions.contains(installed, prereleases=True):
                message = f"the scheme requires {name}{versions}, but installed is {name} {installed}"
                problems.add("TE030", where, message, f'install it: pip install "{text}"')


def _brought_by(name: str, versions: str) -> str:
    """What is meant where somebody names a method in place of the plugin that brings it."""
    plugin = f"tender-eval-{_normal(name)}"
    try:
        version(plugin)
    except PackageNotFoundError:
        return ""
    return f'write the distribution, which is installed: "{plugin}{versions}"'
