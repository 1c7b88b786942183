"""Everything that can be found of one scheme: every analysis in order, for a tender or for each of its lots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.compare import beside, compare, formula_in_words, price_formulas, with_price_formula
from tender_eval.fairness.findings.analyses import Alternative, Fairness, PriceCurve
from tender_eval.fairness.findings.notes import (
    NobodyRanked,
    NoNearest,
    NotCompared,
    Note,
    TooFew,
    Unranked,
    UnrankedToo,
    WithoutFigures,
)
from tender_eval.fairness.findings.whole import Setting, Stressed, Study
from tender_eval.fairness.gaming import gaming
from tender_eval.fairness.groups import group_impact
from tender_eval.fairness.price_curves import price_curves
from tender_eval.fairness.reversal import rank_reversals
from tender_eval.fairness.robustness.acceptability import acceptability
from tender_eval.fairness.robustness.disagreement import marking
from tender_eval.fairness.robustness.effective_weights import effective_basis, effective_weights
from tender_eval.fairness.scenarios.scenario import Trial, is_independent
from tender_eval.fairness.tipping.mark import mark_tipping
from tender_eval.fairness.tipping.nearest_weights import nearest_weights
from tender_eval.fairness.tipping.price import price_tipping
from tender_eval.fairness.tipping.weight import tipping
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Runs
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.synthetic.assumed import MadeUp
from tender_eval.synthetic.drawn import draw_bids

TENDERS = 50  # made up at the most where there are no bids, to compare groups over
DRAWS_A_TENDER = 100
REASONS = 12  # reasons why bids are not ranked that are told in full


def study(compiled: CompiledScheme, bids: Bids | None, setting: Setting, lot: str = "") -> Study:
    """Every analysis of a scheme, over the bids of a tender, of each of its lots, or over bids that are made up.

    Args:
        bids: None to make them up.
        lot: one lot alone.

    Raises:
        Refused: with the problems of the bids, the lot, the bands, or naming the plugin at fault.
    """
    made_up = None
    if bids is not None and lot and lot not in {x.id for x in bids.tender.lots}:
        compiled.evaluate(bids, lot)  # refuses, saying which lots there are
    if bids is None:
        bids, made_up = draw_bids(compiled, seed=setting.seed)
    lots = [lot] if lot else [x.id for x in bids.tender.lots] or [""]
    return Study(compiled, bids, setting, {x: _lot(Trial(compiled, bids, x), setting, made_up) for x in lots})


def _lot(trial: Trial, setting: Setting, made_up: MadeUp | None) -> Stressed:
    evaluation = trial.evaluation
    found = Fairness(
        scheme_id=evaluation.scheme_id,
        scheme_title=evaluation.scheme_title,
        lot=trial.lot,
        bids={bid.id: bid.name for bid in evaluation.bids},
        made_up=made_up,
        winner=evaluation.winner,
        order=trial.order,
        figures={bid.id: bid.figure for bid in evaluation.bids if bid.figure is not None},
        figure=evaluation.figure,
        best=evaluation.best,
        independent=is_independent(trial.plan),
        limited=bool(trial.lot and trial.plan.scheme.award.lots),
    )
    if len(trial.order) < 2:
        return Stressed(evaluation, replace(found, notes=(TooFew(), *_unranked(evaluation))))
    return Stressed(evaluation, _stressed(trial, setting, found))


def _unranked(evaluation: Evaluation) -> Iterator[Unranked | UnrankedToo]:
    """Who is not ranked; those of which the same is said together."""
    alike: dict[tuple[Runs, ...], list[BidResult]] = {}
    for bid in evaluation.bids:
        if bid.rank is None:
            alike.setdefault(reasons(bid), []).append(bid)
    groups = list(alike.values())
    yield from (Unranked(tuple(bid.id for bid in bids), bids[0]) for bids in groups[:REASONS])
    if further := tuple(bid.id for bids in groups[REASONS:] for bid in bids):
        yield UnrankedToo(further)


def _stressed(trial: Trial, setting: Setting, found: Fairness) -> Fairness:
    reversals, ploys = rank_reversals(trial), gaming(trial)
    nearest, no_nearest = nearest_weights(trial)
    tipped = tipping(trial)
    notes: list[Note] = [*reversals.notes, *tipped.notes, *ploys.notes]
    if trial.unread:
        notes.append(WithoutFigures(tuple(trial.unread)))
    if no_nearest:
        notes.append(NoNearest(no_nearest))
    smaa = acceptability(trial, setting.draws, setting.seed, setting.bands)
    notes += smaa.notes
    others = _Others(trial, setting)
    effective = effective_weights(trial, setting.seed, sobol=setting.sobol)
    own = (beside(trial, reversals.reversals, effective),) if others.alternatives else ()
    return replace(
        found,
        reversals=reversals.reversals,
        tipping=tipped.tipping,
        marks=mark_tipping(trial),
        prices=price_tipping(trial),
        nearest=nearest,
        acceptability=smaa if smaa.ranks else None,
        marking=marking(trial, setting.draws, setting.seed),
        effective=effective,
        effective_over=effective_basis(trial),
        groups=group_impact(trial, setting.seed, _further(trial, setting) if found.made_up else ()),
        gaming=ploys.ploys,
        alternatives=(*own, *others.alternatives),
        curves=(*price_curves(trial), *others.curves),
        notes=(*notes, *others.notes, *_unranked(trial.evaluation)),
    )


def _further(trial: Trial, setting: Setting) -> list[Trial]:
    """More tenders of bids that are made up: one alone says little of how a kind of provider fares."""
    seeds = range(setting.seed + 1, setting.seed + min(TENDERS, setting.draws // DRAWS_A_TENDER))
    return [Trial(trial.scheme, draw_bids(trial.scheme, seed=seed).bids) for seed in seeds]


class _Others:
    """The same bids under the other schemes and price formulas, and why some could not be compared."""

    def __init__(self, trial: Trial, setting: Setting) -> None:
        self._refusals: dict[str, list[str]] = {}
        self._empty: list[NobodyRanked] = []
        self.alternatives: tuple[Alternative, ...] = ()
        self.curves: list[PriceCurve] = []
        for scheme in setting.schemes:
            self._add(trial.with_scheme(scheme), setting.seed, scheme.scheme.title)
        for formula in price_formulas(trial) if setting.price_formulas else ():
            title = formula_in_words(formula)
            try:
                other = trial.with_scheme(with_price_formula(trial.scheme, formula))
            except Refused as e:
                self._refused(title, e)
                continue
            if _prices(other) == _prices(trial):
                continue  # the scheme's own
            if self._add(other, setting.seed, formula=title):
                self.curves += _titled(price_curves(other), title)

    def _add(self, other: Trial, seed: int, title: str = "", formula: str = "") -> bool:
        title = title or formula
        try:
            self.alternatives += tuple(replace(found, formula=formula) for found in compare([other], seed))
        except Refused as e:
            self._refused(title, e)
            return False
        if not other.order:
            self._empty += (NobodyRanked(title, bids) for bids in _unranked(other.evaluation))
        return True

    def _refused(self, title: str, error: Refused) -> None:
        self._refusals.setdefault(error.diagnostics[0].message, []).append(title)

    @property
    def notes(self) -> Iterator[Note]:
        """What was not compared or has no winner, and why."""
        yield from (NotCompared(tuple(titles), why) for why, titles in self._refusals.items())
        yield from self._empty


def _prices(trial: Trial) -> list[tuple[str, object]]:
    """The scorers of the price, with their parameters."""
    leaves = (leaf for leaf in trial.plan.leaves if leaf.id in trial.price_leaves)
    return [(leaf.scorer.item.name, leaf.params) for leaf in leaves]


def _titled(curves: tuple[PriceCurve, ...], formula: str) -> Iterator[PriceCurve]:
    return (replace(curve, title=f"{curve.title}, {formula}") for curve in curves)
