"""What must hold between the parts of a scheme: ids, references, weights, minimums, scales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, place
from tender_eval.model.scheme import Criterion, Scale, Scheme

HUNDRED = Fraction(100)


def check_scheme(scheme: Scheme, problems: Problems) -> None:
    """Note everything that is wrong between the parts of a scheme."""
    _unique("criterion", ((c.id, c.where) for c in scheme.walk()), problems)
    _unique("condition", ((c.id, c.where) for c in scheme.conditions), problems)
    for scale in scheme.scales:
        _check_scale(scale, problems)
    for criterion in scheme.walk():
        _check_shape(criterion, scheme, problems)
    _check_weights(scheme, problems)
    _check_price(scheme, problems)
    ids = [c.id for c in scheme.walk()]
    if scheme.shortlist:
        check_ids(scheme.shortlist.by, ids, scheme.shortlist.where, "shortlist", problems)


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
    if len(set(marks)) < len(marks):
        problems.add("TE025", scale.where, f'scale "{scale.id}" lists a mark twice', "list each mark once")
    elif len(marks) < 2:
        problems.add("TE025", scale.where, f'scale "{scale.id}" has fewer than two marks', "list every mark")
    scores = [s.score for s in scale.steps]
    if scores != sorted(scores):
        message = f'in scale "{scale.id}" a higher mark earns less than a lower one'
        problems.add("TE025", scale.where, message, "let the score rise with the mark")


def _check_shape(criterion: Criterion, scheme: Scheme, problems: Problems) -> None:
    if bool(criterion.scorer) == bool(criterion.criteria):
        both = "both a scorer and parts" if criterion.scorer else "neither a scorer nor parts"
        message = f'criterion "{criterion.id}" has {both}'
        problems.add("TE026", criterion.where, message, 'give it "scorer" or "criteria", one of the two')
    minimum = criterion.minimum
    if minimum and minimum.share is not None and not 0 < minimum.share <= 1:
        message = f'the minimum of "{criterion.id}" is not between 0% and 100%'
        problems.add("TE024", minimum.where, message, "write a share such as 50%")
    if minimum and minimum.mark is not None:
        _check_minimum_mark(criterion, minimum.mark, scheme, problems)


def _check_minimum_mark(criterion: Criterion, mark: Fraction, scheme: Scheme, problems: Problems) -> None:
    scales = {s.id: s for s in scheme.scales}
    asked = [c for c in criterion.walk() if c.scorer and c.scorer.params.get("scale") in scales]
    where = criterion.minimum.where if criterion.minimum else criterion.where
    if not asked:
        message = f'the minimum of "{criterion.id}" is a mark, but nothing there is marked on a scale'
        problems.add("TE024", where, message, f"write a share, such as {mark}%, of the points available")
    for leaf in asked:
        scale = scales[str(leaf.scorer.params["scale"])] if leaf.scorer else scheme.scales[0]
        if mark not in scale.marks:
            listed = ", ".join(str(m) for m in scale.marks)
            message = f'the minimum {mark} of "{criterion.id}" is no mark of "{scale.id}", on which "{leaf.id}" is marked'
            problems.add("TE024", where, message, f"its marks are {listed}; a share is written 50%")


def _check_weights(scheme: Scheme, problems: Problems) -> None:
    for criterion in scheme.walk():
        group_of_points = scheme.weights == "points" and criterion.criteria
        if criterion.weight is None and not group_of_points:
            message = f'criterion "{criterion.id}" has no weight'
            problems.add("TE011", criterion.where, message, "add weight: ...")
        elif criterion.weight is not None and criterion.weight <= 0:
            message = f'the weight of "{criterion.id}" is {_shown(criterion.weight)}'
            problems.add("TE023", criterion.where, message, "a criterion that does not count does not belong here")
    if scheme.weights != "points" and scheme.criteria:
        _check_sum("the root criteria", scheme.criteria, HUNDRED, scheme.criteria[0].where, problems)
    for group in (c for c in scheme.walk() if c.criteria):
        should = HUNDRED if scheme.weights == "of_parent" else group.weight
        if should is not None:
            _check_sum(f'the parts of "{group.id}"', group.criteria, should, group.where, problems)


def _check_sum(
    what: str, parts: tuple[Criterion, ...], should: Fraction, where: Location, problems: Problems
) -> None:
    weights = [c.weight for c in parts if c.weight is not None]
    if len(weights) < len(parts) or sum(weights) == should:
        return
    listed = " + ".join(_shown(w) for w in weights)
    message = f"the weights of {what} are {listed} = {_shown(sum(weights, Fraction(0)))}, not {_shown(should)}"
    hint = "make them add up exactly, or state weights: of_parent or weights: points"
    problems.add("TE022", where, message, hint)


def _shown(value: Fraction) -> str:
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}"
    return str(value)


def _check_price(scheme: Scheme, problems: Problems) -> None:
    for component in scheme.price.components if scheme.price else ():
        if component.paid.startswith("year_") and scheme.price and int(component.paid[5:]) > scheme.price.years:
            message = f'"{component.id}" is paid in {component.paid}, after the last of {scheme.price.years} years'
            problems.add("TE015", component.where, message, "correct the year, or years:")
