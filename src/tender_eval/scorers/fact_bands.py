"""Scores by stated facts: published bands for each fact, and the facts' shares of full marks."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from tender_eval.files.fields import Fields, Number, Share, Some, fault
from tender_eval.model import numeric
from tender_eval.model.digits import percent, shown
from tender_eval.model.explanation.formulas import Column, FacetOf, Name, chained, notation
from tender_eval.model.explanation.terms import Facet, Term
from tender_eval.model.numeric import TOLERANCE, Array
from tender_eval.plugins.answers import Likely, Unsupported, spanned
from tender_eval.plugins.scorer import NOTHING, Scorer, ScorerParams
from tender_eval.plugins.table import BidTable, Reads, Steps

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node, Operand

ZERO = Fraction(0)
ONE = Fraction(1)


class Band(Fields):
    """A step of a table of bands."""

    from_: Number = Field(alias="from", description="the band begins at this figure, which belongs to it")
    share: Share = Field(description="what a figure at or above it earns")


def _rising(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    for low, high in pairwise(bands):
        if high.from_ <= low.from_:
            message = f"the band from {shown(high.from_)} stands after the one from {shown(low.from_)}"
            raise fault("TE028", message, "list each band once, lowest first")
        if high.share < low.share:
            message = f"the band from {shown(high.from_)} earns less than the one from {shown(low.from_)}"
            raise fault("TE028", message, "let the share rise with the figure")
    return bands


Bands = Annotated[Some[Band], AfterValidator(_rising)]
"""Bands, lowest first: a figure at or above ``from`` earns ``share``; one below the first band, nothing."""


def banded(column: Array, bands: Sequence[Band]) -> Array:
    """What each figure earns by the bands, in either arithmetic.

    In batch runs a float that falls short of a band by no more than the tolerance belongs to it.
    """
    starts = [band.from_ for band in bands]
    shares = [band.share for band in bands]
    if numeric.is_exact(column):
        return numeric.exact_array([ZERO, *shares][bisect_right(starts, figure)] for figure in column)
    floors = np.asarray(starts, dtype=np.float64)
    floors -= TOLERANCE * np.abs(floors)
    return np.asarray([0, *shares], dtype=np.float64).take(np.searchsorted(floors, column, side="right"))


def band_working(earns: Name, column: str, figures: Array, bands: Sequence[Band], steps: Steps) -> None:
    """Record what each figure earns, by the highest band that it reaches; by the first where it reaches none."""
    if not steps.kept:
        return
    starts = [band.from_ for band in bands]
    held = [bands[max(bisect_right(starts, figure) - 1, 0)] for figure in figures]
    named: dict[Name, Any] = {earns: banded(figures, bands), Column(column): figures}
    named |= {Term.FROM: numeric.exact_array(band.from_ for band in held)}
    named |= {Term.SHARE: numeric.exact_array(band.share for band in held)}
    formula = notation("{earns} = if_({figure} >= from, share, 0)", earns=earns, figure=Column(column))
    steps.working(formula, named)


class FactPart(Fields):
    """A fact that is true or false, or a share already: it earns in proportion."""

    share: Share = Field(description="this fact's share of full marks")

    @property
    def steps(self) -> tuple[Band, ...]:
        """The bands by which it earns, where it has some."""
        return ()


class BandedPart(FactPart):
    """A fact that earns by published bands."""

    bands: Bands = Field(description="what the fact earns: at or above from, share; below the first, nothing")

    @property
    def steps(self) -> tuple[Band, ...]:
        return self.bands


class FactParams(ScorerParams):
    """Base of the parameters that name facts, at least one, whose shares of full marks add up to 100%."""

    def stated(self) -> Mapping[str, FactPart | None]:
        """Every fact that can count, by the name of its parameter; None for one that does not."""
        return {name: value for name, value in self if value is None or isinstance(value, FactPart)}

    @model_validator(mode="after")
    def _whole(self) -> FactParams:
        check_shares(self.stated())
        return self


class Fact(NamedTuple):
    """The column of a fact, what it can be at most, and what a bid that is silent on it counts as."""

    column: str
    at_most: Fraction | None = None
    silent: Fraction | None = None


class ScoredFact(NamedTuple):
    """A fact that the scheme scores, and how."""

    name: str
    fact: Fact
    share: Any
    bands: tuple[Band, ...]


def parts_of(params: FactParams, facts: Mapping[str, Fact]) -> tuple[ScoredFact, ...]:
    """The parts that the parameters state; ``facts`` by the names of the parameters."""
    stated = ((name, part) for name, part in params.stated().items() if part is not None)
    return tuple(ScoredFact(name, facts[name], part.share, part.steps) for name, part in stated)


def check_shares(parts: Mapping[str, FactPart | None]) -> None:
    """Refuse parts whose shares of full marks do not come to 100%, and a scorer without parts."""
    stated = {name: part.share for name, part in parts.items() if part is not None}
    if not stated:
        raise fault("TE011", "no fact to score is named", f"give one or more of {', '.join(parts)}")
    total = sum(stated.values(), ZERO)
    if total != 1:
        listed = " + ".join(percent(share) for share in stated.values())
        message = f"the shares of {', '.join(stated)} are {listed} = {percent(total)}, not 100%"
        raise fault("TE028", message, "make them add up to 100%; nothing is scaled for you")


def bands_of(figure: Operand, bands: Sequence[Band], name: str | FacetOf) -> Node:
    """What a figure earns by bands, as an expression; see `banded`."""
    from tender_eval.plugins import expression as e

    return e.steps(figure, e.Table(tuple((Fraction(b.from_), Fraction(b.share)) for b in bands), name))


def expression_of(parts: Sequence[ScoredFact]) -> Node:
    """What `score_parts` gives, as an expression."""
    from tender_eval.plugins import expression as e

    terms = []
    for part in parts:
        figure: Node = e.figure(part.fact.column)
        earned = bands_of(figure, part.bands, part.name) if part.bands else figure
        terms.append(e.parameter_of(Facet.SHARE, part.name, part.share) * earned)
    return e.within(e.total(terms))


def likely_of(column: str, parts: Sequence[ScoredFact]) -> Likely | Unsupported:
    """The figures that the bands of a fact tell apart, from none."""
    for part in parts:
        if part.fact.column == column and part.bands:
            return spanned((ZERO, *(b.from_ for b in part.bands)), f"the bands of {part.name}")
    return Unsupported("no bands tell its figures apart")


class FactScorer(Scorer):
    """Base of the scorers of facts: each states the `ScoredFact`s that its parameters are about."""

    @abstractmethod
    def parts(self, params: Any) -> tuple[ScoredFact, ...]:
        """The facts that the scheme scores."""

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return reads_of(self.parts(params))

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Array:
        return score_parts(bids, self.parts(params), steps)

    def expression(self, params: Any) -> Node:
        return expression_of(self.parts(params))

    def likely(self, column: str, params: Any, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
        return likely_of(column, self.parts(params))


def named_earned(part: ScoredFact) -> Name:
    """What a formula calls what a fact earns: by its band, or the fact itself."""
    return FacetOf(Facet.BAND, part.name) if part.bands else Column(part.fact.column)


def reads_of(parts: Sequence[ScoredFact]) -> tuple[Reads, ...]:
    """The columns of the parts: more is better, and nothing may be negative."""
    return tuple(
        Reads(p.fact.column, better="higher", at_least=ZERO, at_most=p.fact.at_most, default=p.fact.silent)
        for p in parts
    )


def score_parts(bids: BidTable, parts: Sequence[ScoredFact], steps: Steps) -> Array:
    """The sum over the parts of share x what the fact earns."""
    figures: dict[Name, Any] = {}
    terms, products = [], []
    for part in parts:
        column, earns = bids.column(part.fact.column), named_earned(part)
        earned = banded(column, part.bands) if part.bands else column
        if part.bands:
            band_working(earns, part.fact.column, column, part.bands, steps)
        share = FacetOf(Facet.SHARE, part.name)
        figures |= {share: part.share, earns: earned}
        terms.append(part.share * earned)
        products.append(notation("{share} x {earns}", share=share, earns=earns))
    steps.working(chained("+", products), figures)
    return numeric.clip(sum(terms[1:], terms[0]))
