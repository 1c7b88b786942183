"""What was found of a scheme as JSON (``tender-eval/fairness/1``). The same analysis gives the same bytes.

Printed figures have places; beside each stands the exact one as a fraction, ``exact_...``. Shares are numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tender_eval.fairness.findings.analysis import Analysis, LotAnalysis
from tender_eval.fairness.findings.ploys import Dummy, GamingStrategy
from tender_eval.fairness.findings.results import (
    Acceptability,
    Alternative,
    Findings,
    MarkTipping,
    NarrowRejection,
    NearestWeights,
    PanelDisagreement,
    PossibleWinners,
    PriceCurve,
    PriceTipping,
    Reversal,
    Tipping,
)
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import json_text
from tender_eval.languages.runs import text_of
from tender_eval.model.bids import Value
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.printed import printed
from tender_eval.report.fairness import gaming, samples
from tender_eval.report.fairness.names import FAIRNESS, Names
from tender_eval.report.fairness.notes import note
from tender_eval.report.fairness.numbers import plain_distinct
from tender_eval.report.json.across_lots import across_data, group_data
from tender_eval.report.json.evaluation import diagnostic_data
from tender_eval.report.json.reliability import reliability_data
from tender_eval.report.json.worth import worth_data

FORMAT = "tender-eval/fairness/1"
DIGITS = 12


def fairness_json(analysis: Analysis) -> str:
    """An analysis: one tender, or each lot of it under ``lots``."""
    found = {
        lot: _lot(lot_analysis, Names.of(analysis, lot_analysis).with_full_ids())
        for lot, lot_analysis in analysis.lots.items()
    }
    together = {"across_lots": across_data(analysis.across)} if analysis.across is not None else {}
    return json_text(_steady({"format": FORMAT, **found.get("", {"lots": found}), **together, **_run(analysis)}))


def _steady(data: Any) -> Any:
    """Floats to as many digits as every machine agrees on."""
    if isinstance(data, dict):
        return {name: _steady(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_steady(value) for value in data]
    return float(f"{data:.{DIGITS}g}") if isinstance(data, float) else data


def _run(analysis: Analysis) -> dict[str, Any]:
    """What a further run needs to give the same."""
    scheme, options = analysis.compiled.scheme, analysis.options
    return {
        "scheme": {"id": scheme.id, "sha256": scheme.sha256, "title": scheme.title}
        | ({"illustrative": list(scheme.illustrative)} if scheme.illustrative else {}),
        "bids_sha256": analysis.bids.sha256 or None,
        "draws": options.draws,
        "seed": options.seed,
        "concentration": options.concentration,
        "bands": {criterion: [str(least), str(most)] for criterion, (least, most) in options.bands.items()},
    }


def _lot(lot_analysis: LotAnalysis, names: Names) -> dict[str, Any]:
    found, evaluation = lot_analysis.findings, lot_analysis.evaluation
    data: dict[str, Any] = {
        "winner": list(found.winner),
        "rank_reversals": [_reversal(r, names) for r in found.reversals],
        "tipping": [_tipping(t) for t in found.tipping],
        "rank_acceptability": _ranks(found.acceptability),
        "effective_weights": {w.criterion: _fields(w, "title", "nominal", "effective") | _sobol(w)
                              for w in found.effective_weights},
        "groups": {group.group: group_data(group) for group in found.groups},
        "gaming": [_strategy(strategy, names) for strategy in found.gaming],
        "effective_over": samples.sample_size(found.effective_sample, FAIRNESS) if found.effective_sample else "",
        "generated": text_of(samples.made_up_bids(found.made_up, names), short=True) if found.made_up else None,
        "tied": evaluation.tied,
        "independent": found.independent,
        "figure": ranked_name(found.figure),
        "best": found.best,
        "bids": [_bid(found, evaluation, bid) for bid in found.bids],
        "marks": [_mark(m) for m in found.marks],
        "prices": [_price(p) for p in found.prices],
        "nearest_weights": _nearest(found.nearest),
        **_acceptability(found.acceptability),
        "near_published": _near(found.near),
        "winners": _winners(found.winners),
        "worth": worth_data(found.worth),
        "rejections": [_rejection(one) for one in found.rejections],
        "marking": _marking(marking) if (marking := found.panel_disagreement) else None,
        "reliability": reliability_data(found.reliability) if found.reliability else None,
        "compare": [_alternative(other, names) for other in found.alternatives],
        "curves": [_curve(curve) for curve in found.curves],
        "notes": [text_of(note(one, names), short=True) for one in found.notes],
        "diagnostics": [diagnostic_data(d) for d in evaluation.diagnostics],
    }  # fmt: skip
    return data | ({"lot": found.lot} if found.lot else {})


def _fields(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _shown(value: Fraction | None) -> str | None:
    return None if value is None else shown(value)


def _bid(found: Findings, evaluation: Evaluation, bid: str) -> dict[str, Any]:
    figure, result = found.figures.get(bid), evaluation.find(bid)
    return {
        "id": bid,
        "supplier": found.bids[bid],
        "rank": result.rank if result else None,
        "figure": printed(evaluation, figure),
        "exact_figure": _exact(figure),
    }


def _dummy(dummy: Dummy, names: Names) -> dict[str, Any]:
    price, share = dummy.price, dummy.share
    return {
        "id": dummy.id,
        "says": text_of(gaming.dummy_in_words(dummy, names), short=True),
        "price": _shown(price),
        "exact_price": _exact(price),
        "share": _shown(share),
        "exact_share": _exact(share),
    }


def _reversal(reversal: Reversal, names: Names) -> dict[str, Any]:
    return {
        "change": reversal.change,
        "bid": reversal.bid,
        "pair": list(reversal.pair),
        "before": list(reversal.before),
        "after": list(reversal.after),
        "winner_before": list(reversal.winner_before),
        "winner_after": list(reversal.winner_after),
        "was": reversal.was,
    } | ({"dummy": _dummy(reversal.dummy, names)} if reversal.dummy else {})


def _tipping(tipping: Tipping) -> dict[str, Any]:
    at, weight = tipping.flips_at, tipping.weight
    return {
        "criterion": tipping.criterion,
        "weight": shown(weight),
        "flips_at": None if at is None else plain_distinct(at, weight),
        "winner": list(tipping.winner),
        "exact_weight": str(weight),
        "exact_flips_at": _exact(at) if tipping.exact else None,
        "within": _exact(tipping.within),
        "only_level": tipping.only_level,
    }


def _mark(mark: MarkTipping) -> dict[str, Any]:
    return {
        "bid": mark.bid,
        "criterion": mark.criterion,
        "mark": shown(mark.mark),
        "to": shown(mark.to),
        "winner": list(mark.winner),
    }


def _price(price: PriceTipping) -> dict[str, Any]:
    at = price.wins_at
    return {
        "bid": price.bid,
        "price": shown(price.price),
        "wins_at": None if at is None else plain_distinct(at, price.price),
        "exact_price": str(price.price),
        "exact_wins_at": _exact(at) if price.exact else None,
    }


def _nearest(nearest: NearestWeights | None) -> dict[str, Any] | None:
    if nearest is None:
        return None
    return {
        "winner": list(nearest.winner),
        "weights": {name: shown(weight) for name, weight in nearest.weights.items()},
        "moved": shown(nearest.moved),
        "exact": nearest.exact,
        "exact_weights": {name: str(weight) for name, weight in nearest.weights.items()},
        "exact_moved": str(nearest.moved),
    }


def _ranks(found: Acceptability | None) -> dict[str, list[float]]:
    return {bid: list(shares) for bid, shares in found.ranks.items()} if found else {}


def _acceptability(found: Acceptability | None) -> dict[str, Any]:
    if found is None:
        return {"central_weights": {}, "confidence": {}, "acceptability": None}
    return {
        "central_weights": {bid: dict(weights) for bid, weights in found.central_weights.items()},
        "confidence": dict(found.confidence),
        "acceptability": {
            "draws": found.draws,
            "sampling": samples.weight_sampling(found, FAIRNESS),
            "standard_error": found.standard_error,
        },
    }


def _near(found: Acceptability | None) -> dict[str, Any] | None:
    """Shares over weights around the published ones."""
    if found is None:
        return None
    return {
        "concentration": found.concentration,
        "rank_acceptability": _ranks(found),
        "draws": found.draws,
        "sampling": samples.weight_sampling(found, FAIRNESS),
        "standard_error": found.standard_error,
    }


def _winners(found: PossibleWinners | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "bands": {name: [str(least), str(most)] for name, (least, most) in found.bands.items()},
        "stated": found.stated,
        "possible": list(found.possible),
        "necessary": list(found.necessary),
        "anywhere": list(found.anywhere),
    }


def _rejection(one: NarrowRejection) -> dict[str, Any]:
    return {
        "bid": one.bid,
        "criterion": one.criterion or None,
        "was": shown(one.was),
        "to": shown(one.to),
        "exact_was": str(one.was),
        "exact_to": str(one.to),
        "rank": one.rank,
        "winner": list(one.winner),
    }


def _marking(marking: PanelDisagreement) -> dict[str, Any]:
    without = {who: list(winner) for who, winner in marking.winner_without.items() if winner is not None}
    unknown = [who for who, winner in marking.winner_without.items() if winner is None]
    spread = samples.mark_spread(marking.spread, FAIRNESS)
    data = {"spread": spread, "draws": marking.draws, "wins": dict(marking.wins), "without": without}
    return data | {"without_unknown": unknown}


def _sobol(weight: object) -> dict[str, Any]:
    indices = _fields(weight, "sobol_first", "sobol_total")
    return {} if indices["sobol_total"] is None else indices


def _strategy(strategy: GamingStrategy, names: Names) -> dict[str, Any]:
    return {
        "kind": strategy.kind,
        "says": text_of(gaming.strategy_in_words(strategy, names), short=True),
        "bid": _dummy(strategy.bid, names),
        "helps": strategy.beneficiary,
        "winner": list(strategy.winner),
        "states": {name: _bid_value(value) for name, value in strategy.states.items()},
        "partners_of": strategy.partners_of or None,
    }


def _bid_value(value: Value) -> Any:
    """A figure of a bid as a bids file has it; numbers that no decimal gives are fractions."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Fraction):
        text = shown(value)
        return str(value) if text.endswith("...") else text
    return value


def _alternative(other: Alternative, names: Names) -> dict[str, Any]:
    margin = other.gap.exact if other.gap else None
    return {
        "scheme": other.scheme,
        "title": _title(other),
        "winner": list(other.winner),
        "order": list(other.order),
        "figure": ranked_name(other.figure),
        "figures": {bid: shown(value) for bid, value in other.figures.items()},
        "exact_figures": {bid: str(value) for bid, value in other.figures.items()},
        "margin": _shown(margin),
        "exact_margin": _exact(margin),
        "margin_share": _shown(other.margin_share),
        "rank_reversals": [_reversal(r, names) for r in other.reversals],
        "effective_price": other.effective_price,
        "nominal_price": other.nominal_price,
        "point_worth": {one.bid: one.money for one in other.worth},
    }


def _title(other: Alternative) -> str:
    return f"{other.title}, {FAIRNESS('compare.formula', formula=other.formula)}" if other.formula else other.title


def _curve(curve: PriceCurve) -> dict[str, Any]:
    return {
        "criterion": curve.criterion,
        "title": curve.title,
        "prices": list(curve.prices),
        "scores": list(curve.scores),
        "bids": {bid: list(point) for bid, point in curve.bids.items()},
    }
