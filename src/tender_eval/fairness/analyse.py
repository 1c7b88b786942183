"""Everything that can be found of one scheme: every analysis in order, for a tender or for each of its lots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.batch import CHUNK
from tender_eval.fairness.compare import alternative_of, compare, formula_in_words, price_formulas, with_price_formula
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions, LotAnalysis
from tender_eval.fairness.findings.notes import (
    NobodyRanked,
    NoNearest,
    NoPossible,
    NotCompared,
    Note,
    TooFew,
    Unranked,
    UnrankedToo,
    WithoutFigures,
)
from tender_eval.fairness.findings.results import Alternative, Findings, NearestWeights, PossibleWinners, PriceCurve
from tender_eval.fairness.gaming import gaming
from tender_eval.fairness.groups import group_impact
from tender_eval.fairness.lots.assess import across_lots
from tender_eval.fairness.lots.together import Together
from tender_eval.fairness.price_curves import price_curves
from tender_eval.fairness.reliability.assess import Draws, reliability
from tender_eval.fairness.reversal import rank_reversals
from tender_eval.fairness.robustness.acceptability import acceptability, near_acceptability
from tender_eval.fairness.robustness.disagreement import panel_disagreement
from tender_eval.fairness.robustness.effective_weights import effective_sample, effective_weights
from tender_eval.fairness.robustness.possible_winners import possible_winners
from tender_eval.fairness.scenarios.plans import is_independent
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.mark import mark_tipping
from tender_eval.fairness.tipping.nearest_weights import nearest_weights
from tender_eval.fairness.tipping.price import price_tipping
from tender_eval.fairness.tipping.rejection import narrow_rejections
from tender_eval.fairness.tipping.weight import weight_tipping
from tender_eval.fairness.worth import worth
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Runs
from tender_eval.lots.policy import policy_of
from tender_eval.lots.questions import keeps_to_limits
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.synthetic.assumptions import BidAssumptions
from tender_eval.synthetic.drawn import draw_bids

TENDERS = 50  # made up at the most where there are no bids, to compare groups over
DRAWS_A_TENDER = 100
REASONS = 12  # reasons why bids are not ranked that are told in full


def analyse(compiled: CompiledScheme, bids: Bids | None, options: AnalysisOptions, lot: str = "") -> Analysis:
    """Every analysis of a scheme, over the bids of a tender, of each of its lots, or over bids that are made up.

    Args:
        bids: None to make them up.
        lot: one lot alone.

    Raises:
        Refused: with the problems of the bids, the lot, the bands, or naming the plugin at fault.
    """
    if bids is not None and lot and lot not in {x.id for x in bids.tender.lots}:
        compiled.evaluate(bids, lot)  # refuses, saying which lots there are
    if bids is None:
        part = compiled.for_lot(lot or next(iter(compiled.plan.by_lot), ""))  # of the first where nobody says of which
        bids, made_up = draw_bids(part, seed=options.seed)
        return Analysis(part, bids, options, {"": _lot(Scenario(part, bids), options, made_up)})
    if lot or not bids.tender.lots:
        found = _lot(Scenario(compiled.for_lot(lot), bids.alone, lot), options)
        return Analysis(compiled, bids, options, {lot: _of_alone(found, bids)})
    together = Together(compiled, bids)
    lots = {x: _of_alone(_lot(scenario, options), bids) for x, scenario in together.by_itself.items()}
    across = across_lots(together, options) if len(lots) > 1 else None
    return Analysis(compiled, bids, options, lots, across)


def _of_alone(found: LotAnalysis, bids: Bids) -> LotAnalysis:
    """What was found of a lot by itself, marked where bids offer more for several lots together."""
    if not bids.any_for_several:
        return found
    return replace(found, findings=replace(found.findings, offers_left_out=True))


def _lot(scenario: Scenario, options: AnalysisOptions, made_up: BidAssumptions | None = None) -> LotAnalysis:
    evaluation = scenario.evaluation
    found = Findings(
        scheme_id=evaluation.scheme_id,
        scheme_title=evaluation.scheme_title,
        lot=scenario.lot,
        bids={bid.id: bid.name for bid in evaluation.bids},
        made_up=made_up,
        winner=evaluation.winner,
        order=scenario.order,
        figures={bid.id: bid.figure for bid in evaluation.bids if bid.figure is not None},
        figure=evaluation.figure,
        best=evaluation.best,
        independent=is_independent(scenario.plan),
        limited_across_lots=bool(scenario.lot)
        and keeps_to_limits(policy_of(scenario.plan.scheme, scenario.plan.catalogue)),
    )
    if len(scenario.order) < 2:
        steps = replace(found, marks=mark_tipping(scenario), rejections=narrow_rejections(scenario))
        return LotAnalysis(evaluation, replace(steps, notes=(TooFew(), *_unranked(evaluation))))
    return LotAnalysis(evaluation, _all_findings(scenario, options, found))


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


def _all_findings(scenario: Scenario, options: AnalysisOptions, found: Findings) -> Findings:
    reversals, played = rank_reversals(scenario), gaming(scenario)
    nearest = nearest_weights(scenario)
    tipped = weight_tipping(scenario)
    notes: list[Note] = [*reversals.notes, *tipped.notes, *played.notes]
    if scenario.unread:
        notes.append(WithoutFigures(tuple(scenario.unread)))
    smaa = acceptability(scenario, options.draws, options.seed, options.bands)
    near = near_acceptability(scenario, options.draws, options.seed, options.concentration)
    winners = possible_winners(scenario, options.bands)
    if isinstance(nearest, NoNearest):
        notes.append(nearest)
    if isinstance(winners, NoNearest) and winners != nearest:
        notes.append(NoPossible(winners))
    notes += smaa.notes
    others = _Comparisons(scenario, options)
    effective = effective_weights(scenario, options.seed, sobol=options.sobol)
    own = (alternative_of(scenario, reversals.reversals, effective),) if others.alternatives else ()
    return replace(
        found,
        reversals=reversals.reversals,
        tipping=tipped.tipping,
        marks=mark_tipping(scenario),
        prices=price_tipping(scenario),
        rejections=narrow_rejections(scenario),
        nearest=nearest if isinstance(nearest, NearestWeights) else None,
        winners=winners if isinstance(winners, PossibleWinners) else None,
        worth=worth(scenario),
        near=near if near and near.ranks else None,
        acceptability=smaa if smaa.ranks else None,
        panel_disagreement=panel_disagreement(scenario, options.draws, options.seed),
        reliability=reliability(scenario, Draws(most := min(options.draws, CHUNK), most, options.seed)),
        effective_weights=effective,
        effective_sample=effective_sample(scenario),
        groups=group_impact(scenario, _more_tenders(scenario, options) if found.made_up else ()),
        gaming=played.strategies,
        alternatives=(*own, *others.alternatives),
        curves=(*price_curves(scenario), *others.curves),
        notes=(*notes, *others.notes, *_unranked(scenario.evaluation)),
    )


def _more_tenders(scenario: Scenario, options: AnalysisOptions) -> list[Scenario]:
    """More tenders of bids that are made up: one alone says little of how a kind of provider fares."""
    seeds = range(options.seed + 1, options.seed + min(TENDERS, options.draws // DRAWS_A_TENDER))
    return [Scenario(scenario.scheme, draw_bids(scenario.scheme, seed=seed).bids) for seed in seeds]


class _Comparisons:
    """The same bids under the other schemes and price formulas, and why some could not be compared."""

    def __init__(self, scenario: Scenario, options: AnalysisOptions) -> None:
        self._refusals: dict[str, list[str]] = {}
        self._empty: list[NobodyRanked] = []
        self.alternatives: tuple[Alternative, ...] = ()
        self.curves: list[PriceCurve] = []
        for scheme in options.schemes:
            self._add(scenario.with_scheme(scheme), options.seed, scheme.scheme.title)
        for formula in price_formulas(scenario) if options.price_formulas else ():
            title = formula_in_words(formula)
            try:
                other = scenario.with_scheme(with_price_formula(scenario.scheme, formula))
            except Refused as e:
                self._refused(title, e)
                continue
            if _prices(other) == _prices(scenario):
                continue  # the scheme's own
            if self._add(other, options.seed, formula=title):
                self.curves += _titled(price_curves(other), title)

    def _add(self, other: Scenario, seed: int, title: str = "", formula: str = "") -> bool:
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


def _prices(scenario: Scenario) -> list[tuple[str, object]]:
    """The scorers of the price, with their parameters."""
    leaves = (leaf for leaf in scenario.plan.leaves if leaf.id in scenario.price_leaves)
    return [(leaf.scorer.item.name, leaf.params) for leaf in leaves]


def _titled(curves: tuple[PriceCurve, ...], formula: str) -> Iterator[PriceCurve]:
    return (replace(curve, title=f"{curve.title}, {formula}") for curve in curves)
