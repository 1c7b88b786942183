"""A scheme for the terminal: what is asked, what it is worth in points, and how the award is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from textwrap import fill

from tabulate import tabulate

from tender_eval.languages.inert import cut, inert
from tender_eval.model.scheme import Bound, Call, Condition, Criterion, Minimum, ScaleStep, Scheme
from tender_eval.model.wording import percent, shown
from tender_eval.report.limits_in_words import limits_in_words

LINE = 100
LONGEST_TITLE = 44
LONGEST_CALL = 40
ON_REJECTION = {
    "recompute": "the others are scored again without it (recompute)",
    "keep_order": "the scores of the others stay as they were (keep_order)",
}


def scheme_text(scheme: Scheme, points: Mapping[str, Fraction]) -> str:
    """A scheme as it was published.

    Args:
        points: the points available at each criterion, by id.
    """
    told = [f"{inert(scheme.title)} ({scheme.id})", *_about(scheme), "", _criteria(scheme, points), ""]
    for scale in scheme.scales:
        told += [f"Marks on the scale {scale.id}", *map(_step, scale.steps), ""]
    if scheme.conditions:
        told += [
            "Conditions, pass or fail before anything is scored",
            *map(_condition, scheme.conditions),
            "",
        ]
    told += [fill(line, LINE, subsequent_indent="    ") for line in _terms(scheme)]
    return "\n".join(told) + "\n"


def _about(scheme: Scheme) -> Iterator[str]:
    if scheme.source:
        yield f"Source: {inert(', '.join(str(v) for v in scheme.source.values()))}"
    if scheme.notes:
        yield fill(inert(" ".join(scheme.notes.split())), LINE)


def _criteria(scheme: Scheme, points: Mapping[str, Fraction]) -> str:
    rows = [
        (
            "  " * depth + cut(c.id, LONGEST_TITLE),
            cut(c.title, LONGEST_TITLE),
            shown(points[c.id]),
            cut(_call(c.scorer), LONGEST_CALL) if c.scorer else "",
            _minimum(c.minimum),
        )
        for c, depth in _tree(scheme.criteria, 0)
    ]
    heads = ("criterion", "title", "points", "scorer", "minimum")
    align = ("left", "left", "right", "left", "right")
    return tabulate(rows, heads, tablefmt="simple", colalign=align, disable_numparse=True, preserve_whitespace=True)


def _tree(criteria: tuple[Criterion, ...], depth: int) -> Iterator[tuple[Criterion, int]]:
    for criterion in criteria:
        yield criterion, depth
        yield from _tree(criterion.criteria, depth + 1)


def _minimum(minimum: Minimum | None) -> str:
    if minimum is None:
        return ""
    return percent(minimum.share) if minimum.share is not None else f"mark {shown(minimum.mark)}"


def _call(call: Call) -> str:
    return f"{call.name} {_plain(call.params)}" if call.params else str(call.name)


def _plain(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{k}: {_plain(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_plain, value)) + "]"
        case _:
            return shown(value)


def _step(step: ScaleStep) -> str:
    title = f"{step.title}, " if step.title else ""
    means = f": {' '.join(step.descriptor.split())}" if step.descriptor else ""
    said = f"  {shown(step.mark)}  {title}{percent(step.score)} of the points{means}"
    return fill(inert(said), LINE, subsequent_indent="    ")


def _condition(condition: Condition) -> str:
    if condition.must_be is not None:
        asked = f"must be {shown(condition.must_be)}"
    elif condition.one_of:
        asked = f"must be one of {', '.join(condition.one_of)}"
    elif condition.at_least:
        asked = f"must be at least {_bound(condition.at_least)}"
    else:
        asked = f"must be at most {_bound(condition.at_most)}" if condition.at_most else ""
    title = f"{condition.title}: " if condition.title else ""
    pooled = ", added over the consortium" if condition.pooled else ""
    return fill(inert(f"  {condition.id}  {title}{condition.reads} {asked}{pooled}"), LINE, subsequent_indent="    ")


def _bound(bound: Bound) -> str:
    return f"{percent(bound.amount)} of {bound.of}" if bound.of else shown(bound.amount)


def _terms(scheme: Scheme) -> Iterator[str]:
    award = scheme.award
    if scheme.price:
        made = ", ".join(f"{c.id} {c.paid.replace('_', ' ')}" for c in scheme.price.components)
        rate = f", discounted at {percent(scheme.price.discount_rate)} a year" if scheme.price.discount_rate else ""
        paid = f" (paid at the {scheme.price.payments.replace('_', ' ')})" if rate else ""
        yield f"Price: {made}; over {scheme.price.years} years{rate}{paid}"
    if scheme.payment == "received":
        yield "Payment: received; the bidders pay, so the higher price is the better one"
    if scheme.shortlist:
        by = ", ".join(scheme.shortlist.by) or "the criteria that do not read the price"
        most = f"the best {scheme.shortlist.top}" if scheme.shortlist.top else None
        yield f"Shortlist: {most or f'from {percent(scheme.shortlist.at_least or Fraction(0))}'} on {by}"
    yield f"Award: {inert(_call(award.rule))}" + (f", to {award.suppliers} suppliers" if award.suppliers > 1 else "")
    if award.lots:
        limits = "; ".join(["", *limits_in_words(award.lots)])
        yield fill(inert(f"Lots: {_call(award.lots.mechanism)}{limits}"), LINE, subsequent_indent="  ")
    ties = ", then ".join(f"{t.best} {t.reads}" for t in award.ties)
    yield (f"Ties: {ties}; still equal, a declared tie" if ties else "Ties: none broken; equal bids are a declared tie")
    if award.on_rejection:
        yield f"When a bid is rejected: {ON_REJECTION.get(award.on_rejection, award.on_rejection)}"
    rounding = scheme.rounding
    if rounding:
        yield f"Rounding: {rounding.mode} to {rounding.places} places, at {', '.join(rounding.at)}"
    else:
        yield "Rounding: none, but of what is printed"
    if scheme.abnormally_low:
        low = scheme.abnormally_low
        yield f"Abnormally low: flagged from {percent(low.below)} below the {low.of} price"
    if scheme.divergence is not None:
        yield f"Panel: marks {shown(scheme.divergence)} apart must be moderated"
