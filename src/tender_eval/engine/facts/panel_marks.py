"""Marks that a scheme computes of the individual ones: one rule for both arithmetics, told step by step in exact runs.

Under ``of: shares`` the statistic is of the shares of full marks that the marks earn, and the mark that counts is the
one which, in straight lines between the marks of the scale, earns it: so it stands among marks, minimums and formulas
as an agreed one does. Whoever gave no mark leaves the statistic to the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from tender_eval.engine.facts.statements import mark_of, story
from tender_eval.model import numeric
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import (
    Column,
    FacetOf,
    Line,
    Name,
    OwnWords,
    Said,
    Worked,
    chained,
    named,
    notation,
)
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.explanation.terms import Facet
from tender_eval.model.explanation.workings import number
from tender_eval.model.location import somewhere
from tender_eval.model.marking.scales import Scale
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.panel_rule import MEAN, MEDIAN, SHARES, WEIGHTED_MEAN, PanelRule
from tender_eval.model.tables import interpolate, segment

Scales = Mapping[str, Scale]
"""The scale of each mark that is on one, by the name of the mark."""

ON_LINE = notation("start + (share_of_full_marks - low) * (end - start) / (high - low)")


def computed(given: Array, there: Mask, rule: PanelRule, scale: Scale | None, weights: Sequence[Fraction] = ()) -> Any:
    """The mark that counts, of individual marks with people on axis 0, in either arithmetic.

    Args:
        given: ``(people,)`` for one bid, or ``(people, bids, draws)``.
        there: who gave a mark.
        weights: of these people, in a weighted mean.
    """
    if scale is None or rule.of != SHARES:
        return _rounded(_statistic(given, there, rule, weights), rule)
    shares = numeric.where(there, _shares_of(given, scale), numeric.full(given, 0))
    return _mark_for(_rounded(_statistic(shares, there, rule, weights), rule), scale)


def _statistic(x: Array, there: Mask, rule: PanelRule, weights: Sequence[Fraction]) -> Any:
    if rule.marks == WEIGHTED_MEAN:
        weigh = numeric.exact_array(weights) if numeric.is_exact(x) else np.array([float(w) for w in weights])
        weigh = weigh.reshape(-1, *(1,) * (x.ndim - 1))
        whole = numeric.where(there, numeric.full(x, 0) + weigh, numeric.full(x, 0))
        return numeric.total(x * weigh, there) / numeric.total(whole, there)
    if rule.marks == MEAN:
        return numeric.mean(x, there)
    if rule.marks == MEDIAN:
        return numeric.median(x, there)
    if numeric.is_exact(x):
        ordered = sorted(x[there])
        return numeric.mean(numeric.exact_array(ordered), _middle(np.arange(len(ordered)), len(ordered), rule.trim))
    places = np.arange(len(x)).reshape(-1, *(1,) * (x.ndim - 1))
    return numeric.mean(np.sort(np.where(there, x, np.inf), axis=0), _middle(places, there.sum(axis=0), rule.trim))


def _middle(places: Any, marks: Any, trim: int) -> Mask:
    """Which of the marks in order are not left out at the ends."""
    return np.asarray((places >= trim) & (places < marks - trim))


def _rounded(found: Any, rule: PanelRule) -> Any:
    return found if rule.rounding is None else numeric.round_to(found, rule.rounding.places, rule.rounding.mode)


def _shares_of(marks: Array, scale: Scale) -> Array:
    return interpolate(marks, *_in(marks, scale.marks, tuple(step.score for step in scale.steps)))


def _mark_for(share: Any, scale: Scale) -> Any:
    """The mark that earns a share, in straight lines between the marks."""
    table = [_by_share(scale, of) for of in ("score", "mark")]
    if isinstance(share, Fraction):
        return interpolate(numeric.exact_array([share]), *table)[0]
    return interpolate(share, *_in(share, *table))


def _by_share(scale: Scale, of: str) -> tuple[Fraction, ...]:
    return tuple(getattr(step, of) for step in scale.by_worth)


def _in(like: Array, *columns: Sequence[Fraction]) -> list[Sequence[Any]]:
    """Columns of a table in the arithmetic of figures."""
    return [column if numeric.is_exact(like) else list(map(float, column)) for column in columns]


def made_of(names: Iterable[str], given: Collection[str]) -> dict[str, list[str]]:
    """By name each mark that is computed and not given, with the columns ``marks.<name>.individual.<person>``."""
    found = {
        name: [column for column in given if column.startswith(f"marks.{name}.individual.")]
        for name in names
        if f"marks.{name}" not in given
    }
    return {name: columns for name, columns in found.items() if columns}


def make_marks(
    made: Mapping[str, Sequence[str]], rule: PanelRule, scales: Scales, here: dict[str, Array], roles: Mapping[str, str]
) -> None:
    """Put marks computed of those of people among the columns ``(bids, draws)``.

    Where somebody gave no mark the column holds NaN; so does the mark where fewer gave one than it needs.
    """
    for name, columns in made.items():
        given = np.stack(np.broadcast_arrays(*(here[column] for column in columns)))
        weights = [rule.weight(roles.get(column.rpartition(".")[2], "")) or Fraction(0) for column in columns]
        there = ~np.isnan(given)
        found = computed(given, there, rule, scales.get(name), weights)
        here[f"marks.{name}"] = np.where(there.sum(axis=0) >= rule.fewest, found, np.nan)


def mark_that_counts(bid: Bid, name: str, rule: PanelRule, scales: Scales, roles: Mapping[str, str]) -> Step | Missing:
    """The mark of a bid with how it came about: the agreed one, or the one that the scheme computes.

    A mark that was put in the place of the panel's (`Mark.supposed`) counts as it is.
    """
    mark = bid.marks.get(name)
    if mark is None or mark.supposed or not rule.computed:
        return mark_of(bid, name)
    given = mark.given
    if len(given) < rule.fewest:
        return Missing(f"marks.{name}", Whose.BID, bid, least=rule.fewest, marks=tuple(given))
    weights = {who: rule.weight(roles.get(who, "")) for who in given}
    if unweighed := tuple(who for who, weight in weights.items() if weight is None):
        return Missing(f"marks.{name}", Whose.BID, bid, least=rule.fewest, marks=tuple(given), unweighed=unweighed)
    weigh = {who: weight or Fraction(0) for who, weight in weights.items()}
    column, read = Column(f"marks.{name}"), tuple(story(mark))
    if rule.of != SHARES or (scale := scales.get(name)) is None:
        value = computed(numeric.exact_array(given.values()), _all(given), rule, None, [*weigh.values()])
        return Step(column, value, _worked(given, rule, weigh), where=somewhere(mark.where), inputs=read)
    marks = numeric.exact_array(given.values())
    shares = dict(zip(given, _shares_of(marks, scale), strict=True))
    earned = _rounded(_statistic(numeric.exact_array(shares.values()), _all(given), rule, [*weigh.values()]), rule)
    share = Step(CommonFigure.SHARE_OF_FULL_MARKS, earned, _worked(shares, rule, weigh, Facet.SHARE), inputs=read)
    on_line = _on_line(earned, scale)
    return Step(column, _mark_for(earned, scale), on_line, where=somewhere(mark.where), inputs=(share,))


def _all(given: Mapping[str, Fraction]) -> Mask:
    return np.ones(len(given), dtype=np.bool_)


def _worked(
    given: Mapping[str, Fraction], rule: PanelRule, weigh: Mapping[str, Fraction], facet: Facet | None = None
) -> Worked:
    """The statistic as a formula, of marks or of a facet of them."""
    ordered = sorted(given, key=lambda who: given[who])
    half, said = (len(ordered) - 1) // 2, None
    counted: Sequence[str] = list(given)
    if rule.marks == MEDIAN:
        counted, said = ordered[half : len(ordered) - half], Said.MIDDLE
    elif rule.trim:
        counted, said = ordered[rule.trim : len(ordered) - rule.trim], Said.TRIMMED
    names: list[Name] = [FacetOf(facet, who) if facet else OwnWords(who) for who in counted]
    parts = [named(name) for name in names]
    if rule.marks == WEIGHTED_MEAN:
        parts = [part.between(f"{number(weigh[who])} x ", "") for who, part in zip(counted, parts, strict=True)]
    formula = chained("+", parts)
    if len(counted) > 1 or rule.marks == WEIGHTED_MEAN:
        formula = formula.between("(", f") / {number(sum((weigh[who] for who in counted), Fraction(0)))}")
    if said:
        formula = formula.with_remark(said)
    return Worked((Line(formula, tuple(given[who] for who in counted)),), rule.rounding)


def _on_line(share: Fraction, scale: Scale) -> Worked:
    """The mark that earns a share as a formula."""
    shares, marks = (_by_share(scale, of) for of in ("score", "mark"))
    end = segment(shares, share)
    low, high, start, to = shares[end - 1], shares[end], marks[end - 1], marks[end]
    formula = ON_LINE.with_remark(Said.IN_LINES, table=((step.mark, step.score) for step in scale.steps))
    return Worked((Line(formula, (start, share, low, to, start, high, low)),))
