"""What must hold between the parts of a scheme: ids, references, weights, minimums, scales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from tender_eval.files.numbers import written
from tender_eval.files.schemes.beside import check_beside
from tender_eval.files.schemes.lots import check_lots, in_lot
from tender_eval.files.sound_parts import NO_FAULTY_PARTS, FaultyParts
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, place
from tender_eval.model.marking.scales import Scale
from tender_eval.model.pricing.adjust import LOWEST, LOWEST_OTHER, OWN
from tender_eval.model.pricing.price import PriceModel
from tender_eval.model.scheme import Criterion, Scheme

HUNDRED = Fraction(100)


def check_scheme(scheme: Scheme, problems: Problems, faulty: FaultyParts = NO_FAULTY_PARTS) -> None:
    """Note everything that is wrong between the parts of a scheme, but where faulty parts were taken out."""
    _unique("criterion", ((c.id, c.where) for c in scheme.walk()), problems)
    _unique("condition", ((c.id, c.where) for c in scheme.conditions), problems)
    for scale in scheme.scales:
        if not faulty.at(scale.where):
            _check_scale(scale, problems)
    for criterion in scheme.walk():
        _check_shape(criterion, scheme, problems, faulty)
    if not faulty.at(scheme.where, "weights", "lots", "weights_by_lot") and check_lots(scheme, problems, faulty):
        for lot in scheme.lots or ("",):
            own = Problems()
            _check_weights(scheme.for_lot(lot), own, faulty)
            problems.extend(in_lot(lot, own, problems))
    if scheme.price and not faulty.at(scheme.price.where, "years"):
        _check_price(scheme.price, problems)
    beside = scheme.beside
    _unique("benefit", ((b.id, b.where) for b in beside.benefits), problems)
    _unique("funder", ((f.id, f.where) for f in beside.funders), problems)
    lines = (*beside.full_cost.costs, *beside.full_cost.other_funding) if beside.full_cost else ()
    _unique("cost", ((c.id, c.where) for c in lines), problems)
    if not faulty.at(scheme.where, "funders", "full_cost", "price"):
        check_beside(scheme, problems)
    if scheme.award.lots:
        order, where = scheme.award.lots.order, scheme.award.lots.where
        _unique("lot order", ((name, place(name, where)) for name in order), problems)
    ids = [c.id for c in scheme.walk()]
    if scheme.shortlist and knows_all_criteria(scheme, faulty):
        check_ids(scheme.shortlist.by, ids, scheme.shortlist.where, "the shortlist", problems)


def knows_all_criteria(scheme: Scheme, faulty: FaultyParts) -> bool:
    """Whether none was taken out: only then a name of none is a mistake."""
    return not any(faulty.at(where, "criteria") for where in (scheme.where, *(c.where for c in scheme.walk())))


def check_ids(named: Iterable[str], known: list[str], where: Location, by: str, problems: Problems) -> None:
    """Note every id that names no criterion."""
    for name in named:
        if name not in known:
            message = f'{by} names "{name}", which is no criterion'
            problems.add("TE021", place(name, where), message, did_you_mean(name, known))


def _unique(kind: str, found: Iterator[tuple[str, Location]], problems: Problems) -> None:
    seen: dict[str, Location] = {}
    for name, where in found:
        if name in seen:
            message = f'two {kind} entries have the id "{name}"; the first is at {seen[name]}'
            problems.add("TE020", place(name, where), message, "give each its own id")
        seen.setdefault(name, where)


def _check_scale(scale: Scale, problems: Problems) -> None:
    marks = scale.marks
    if (twice := next((m for m in marks if marks.count(m) > 1), None)) is not None:
        message = f'scale "{scale.id}" lists the mark {written(twice)} twice'
        problems.add("TE025", scale.where, message, "list each mark once")
    elif len(marks) < 2:
        message = f'scale "{scale.id}" has fewer than two marks'
        problems.add("TE025", scale.where, message, "list every mark that evaluators may give")
    for low, high in pairwise(scale.steps) if not (scale.better or _in_order(scale)) else ():
        if high.score < low.score:
            message = (
                f'in scale "{scale.id}" the mark {written(high.mark)} earns {written(high.score * 100)}%, '
                f"less than the mark {written(low.mark)} with {written(low.score * 100)}%"
            )
            hint = "let the score rise with the mark; if other marks are better, list them from the worst to the best"
            problems.add("TE025", scale.where, message, hint)


def _in_order(scale: Scale) -> bool:
    """Whether the file lists the marks from the worst to the best, or from the best to the worst."""
    scores = {step.mark: step.score for step in scale.steps}
    listed = [scores[mark] for mark in scale.listed]
    return listed in (sorted(listed), sorted(listed, reverse=True))


def _check_shape(criterion: Criterion, scheme: Scheme, problems: Problems, faulty: FaultyParts) -> None:
    if bool(criterion.scorer) == bool(criterion.criteria) and not faulty.at(criterion.where, "scorer", "criteria"):
        both = "both a scorer and parts" if criterion.scorer else "neither a scorer nor parts"
        message = f'criterion "{criterion.id}" has {both}'
        problems.add("TE026", criterion.where, message, 'give it "scorer" or "criteria", one of the two')
    if criterion.criteria and criterion.rounding and "score" in criterion.rounding.at:
        message = f'the rounding of "{criterion.id}" is of its score, but a group has points alone'
        hint = "write at: [points], or leave at out; or round the scores of its parts"
        problems.add("TE028", criterion.where, message, hint)
    minimum = criterion.minimum
    if minimum and minimum.share is not None and not 0 < minimum.share <= 1:
        found = f"{written(minimum.share * 100)}%"
        message = f'the minimum of "{criterion.id}" is {found}; it must be above 0% and at most 100%'
        problems.add("TE024", minimum.where, message, "write a share of the points there, such as 50%")
    unsure = any(faulty.at(c.where, "scorer", "scale", "criteria") for c in criterion.walk())
    if minimum and minimum.mark is not None and not (unsure or faulty.at(scheme.where, "scales")):
        sound = {s.id: s for s in scheme.scales if len(s.marks) > 1 and not faulty.at(s.where)}
        _check_minimum_mark(criterion, minimum.mark, sound, problems)


def _check_minimum_mark(criterion: Criterion, mark: Fraction, scales: Mapping[str, Scale], problems: Problems) -> None:
    asked: dict[str, list[str]] = {}
    for leaf in criterion.walk():
        if leaf.scorer and "scale" in leaf.scorer.params:
            asked.setdefault(str(leaf.scorer.params["scale"]), []).append(f'"{leaf.id}"')
    where = criterion.minimum.where if criterion.minimum else criterion.where
    if not asked:
        message = f'the minimum of "{criterion.id}" is a mark, but nothing there is marked on a scale'
        hint = "write it as a share of the points available: with full marks at 5, a mark of 3 is 60%"
        problems.add("TE024", where, message, hint)
    for name, leaves in asked.items():
        if name in scales and mark not in scales[name].marks:
            listed = ", ".join(written(m) for m in scales[name].marks)
            on = f'"{name}", on which {", ".join(leaves)} {"is" if len(leaves) == 1 else "are"} marked'
            message = f'the minimum {written(mark)} of "{criterion.id}" is no mark of {on}'
            problems.add("TE024", where, message, f"its marks are {listed}; a share is written 50%")


def _check_weights(scheme: Scheme, problems: Problems, faulty: FaultyParts) -> None:
    for criterion in (c for c in scheme.walk() if not faulty.at(c.where, "weight", "criteria")):
        group_of_points = scheme.weights == "points" and criterion.criteria
        if criterion.weight is None and not group_of_points:
            message = f'criterion "{criterion.id}" has no weight'
            problems.add("TE011", criterion.where, message, "add weight: ..., such as weight: 35")
        elif criterion.weight is not None and criterion.weight <= 0:
            message = f'the weight of "{criterion.id}" is {written(criterion.weight)}'
            problems.add("TE023", criterion.where, message, "give it a weight above 0, or remove it")
    if scheme.weights != "points" and scheme.criteria and not faulty.at(scheme.where, "criteria"):
        where = scheme.criteria[0].where
        _check_sum("the root criteria", scheme.criteria, HUNDRED, where, scheme.weights, problems, faulty)
    for group in (c for c in scheme.walk() if c.criteria and not faulty.at(c.where, "criteria", "weight")):
        should = HUNDRED if scheme.weights == "of_parent" else group.weight
        if should is not None:
            what = f'the parts of "{group.id}"'
            _check_sum(what, group.criteria, should, group.where, scheme.weights, problems, faulty)


def _check_sum(
    what: str,
    parts: tuple[Criterion, ...],
    should: Fraction,
    where: Location,
    convention: str,
    problems: Problems,
    faulty: FaultyParts,
) -> None:
    stated = [c.weight for c in parts if c.weight is not None]
    total = sum(stated, Fraction(0))
    if total == should or len(stated) < len(parts) or any(faulty.at(c.where, "weight") for c in parts):
        return
    listed = " + ".join(written(w) for w in stated) + (f" = {written(total)}" if len(stated) > 1 else "")
    message = f"the weights of {what} are {listed}, not {written(should)}"
    hint = f"make them add up to {written(should)} exactly"
    if convention == "of_total" and total == HUNDRED:
        hint += "; if the weights of parts are out of 100, state weights: of_parent"
    else:
        hint += "; if they are points of any total, state weights: points"
    problems.add("TE022", where, message, hint)


def _check_price(price: PriceModel, problems: Problems) -> None:
    named = [(c.id, c.where) for c in price.components] + [(a.id, a.where) for a in price.adjustments]
    _unique("price", iter(named), problems)
    columns = [c.column for c in price.components]
    for adjustment in price.adjustments:
        if adjustment.of not in (OWN, LOWEST, LOWEST_OTHER, *columns):
            message = f'adjustment "{adjustment.id}" is of "{adjustment.of}", of which the price is not made'
            known = [OWN, LOWEST, LOWEST_OTHER, *columns]
            problems.add("TE021", place(adjustment.of, adjustment.where), message, did_you_mean(adjustment.of, known))
    for component in price.components:
        if component.paid.startswith("year_") and int(component.paid[5:]) > price.years:
            message = f'"{component.id}" is paid in {component.paid}, but the years are {price.years}'
            hint = f"write year_{price.years} or an earlier one, or let the years be more"
            problems.add("TE015", place(component.paid, component.where), message, hint)
