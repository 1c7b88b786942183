"""Hand-made findings to render: every field filled, on a scheme and bids that are evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions, LotAnalysis
from tender_eval.fairness.findings.notes import FlagsStopNothing
from tender_eval.fairness.findings.ploys import Dummy, Friend, GamingStrategy, LowestQuality
from tender_eval.fairness.findings.results import (
    Acceptability,
    Alternative,
    EffectiveWeight,
    Findings,
    GroupImpact,
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
from tender_eval.fairness.findings.samples import GroupSample, SampleSize
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.gap import Gap
from tender_eval.synthetic.assumptions import BidAssumptions, PriceLevel, Worth

MADE_UP = BidAssumptions(
    6, 1, 0.66, 0.09, 0.12, ("large",), Worth(Fraction(250_000), "assumed"), ("north",), False, False,
    PriceLevel(Fraction(250_000)), 0.118, 0,
)  # fmt: skip
JUNK = Dummy("dummy", Fraction(50), Fraction(1, 10))


def reversal(change: str, bid: str, pair: tuple[str, str], **more: Any) -> Reversal:
    """A reversal that makes b win instead of a, unless told otherwise."""
    settled = {"before": ("a", "b"), "after": ("b", "a"), "winner_before": ("a",), "winner_after": ("b",)}
    return Reversal(change, bid, pair, **(settled | more))


def full() -> dict[str, Any]:
    """Findings of every kind about the bids a, b and c."""
    stays = {"after": ("a", "b", "c"), "winner_after": ("a",)}
    return {
        "independent": False,
        "reversals": (
            reversal("remove", "c", ("c", "b"), **stays),
            reversal("add", "dummy", ("a", "b"), dummy=JUNK),
            reversal("remove", "c", ("a", "b")),
            reversal("reject", "c", ("a", "b")),
        ),
        "tipping": (
            Tipping("quality", Fraction(60), Fraction(5731, 100) + Fraction(1, 300), ("b",)),
            Tipping("price", Fraction(40), Fraction(4269, 100), ("b",), exact=False, within=Fraction(1, 10**9)),
        ),
        "marks": (
            MarkTipping("b", "quality", Fraction(92), Fraction(93), ("b",)),
            MarkTipping("a", "quality", Fraction(80), Fraction(79), ("b",)),
        ),
        "prices": (PriceTipping("b", Fraction(125), Fraction(12345, 100)), PriceTipping("c", Fraction(95), None)),
        "nearest": NearestWeights(
            ("b",), {"quality": Fraction(5731, 100), "price": Fraction(4269, 100)}, Fraction(269, 100)
        ),
        "acceptability": Acceptability(
            10_000,
            {},
            {"a": (0.62, 0.3, 0.08), "b": (0.38, 0.5, 0.12), "c": (0.0, 0.2, 0.8)},
            {"a": {"quality": 40.5, "price": 59.5}, "b": {"quality": 80.0, "price": 20.0}},
            {"a": 0.94, "b": 0.81},
            0.0049,
        ),
        "near": Acceptability(
            10_000, {}, {"a": (0.97, 0.03, 0.0), "b": (0.03, 0.96, 0.01), "c": (0.0, 0.01, 0.99)}, {}, {}, 0.0017,
            concentration=100,
        ),
        "winners": PossibleWinners(
            {"quality": (Fraction(30), Fraction(90)), "price": (Fraction(20), Fraction(60))}, False,
            ("a", "b"), (), ("a", "b"),
        ),
        "rejections": (NarrowRejection("d", "", Fraction(95), Fraction(90), 1, ("d",)),),
        "panel_disagreement": PanelDisagreement("own", 2000, {"a": 0.71, "b": 0.29}, {"e1": ("b",), "e2": ("a",)}),
        "effective_weights": (
            EffectiveWeight("quality", "Quality", 0.6, 0.31, 0.3, 0.33),
            EffectiveWeight("price", "Price", 0.4, 0.69, 0.67, 0.7),
        ),
        "effective_sample": SampleSize(),
        "groups": (
            GroupImpact("small", 1, 2, 0.0, 0.5, 0.0, 0.0, 0.0, {"quality": -12.0, "price": 4.0},
                        "quality", GroupSample(3), chance=0.01),
        ),
        "gaming": (
            GamingStrategy(LowestQuality(Fraction(1, 2)), JUNK, "dummy", ("dummy",)),
            GamingStrategy(Friend(("a",)), JUNK, "b", ("b",)),
        ),
        "alternatives": (
            Alternative("inline", "Written inline", ("a",), ("a", "b"), {"a": Fraction(86), "b": Fraction(85)},
                        Gap(Fraction(1), "1.00", True), Fraction(1, 86), RankingFigure.POINTS,
                        (reversal("remove", "c", ("a", "b")),), 0.69, 0.4),
            Alternative("mean", "Mean deviation", ("b",), ("b", "a"), {"b": Fraction(90), "a": Fraction(88)},
                        Gap(Fraction(2), "2.00", True), Fraction(2, 90), RankingFigure.POINTS, (), 0.5, 0.4),
            Alternative("cpqp", "Cost per quality point", ("a",), ("a", "b"),
                        {"a": Fraction(5, 4), "b": Fraction(4, 3)}, None, None, RankingFigure.COST_PER_QUALITY_POINT,
                        (reversal("remove", "c", ("a", "b")),), None, 0.5),
        ),
        "curves": (
            PriceCurve("price", "Price, lowest over price", (95.0, 105.0, 115.0, 125.0), (1.0, 0.9048, 0.8261, 0.76),
                       {"a": (100.0, 0.95), "b": (125.0, 0.76), "c": (95.0, 1.0)}),
        ),
        "notes": (FlagsStopNothing(),),
    }  # fmt: skip


def analysis(
    names: Mapping[str, str] | None = None, title: str = "Quality", lots: tuple[str, ...] = ("",), **changes: Any
) -> Analysis:
    """An analysis of three bids with every finding; ``changes`` are fields of the findings."""
    named = names or {"a": "Alder House", "b": "Birch Trust", "c": "Cedar & Co"}
    stated = scheme(
        leaf("quality", 60, {"name": "mark", "out_of": 100}, title=title),
        leaf("price", 40, "ratio_to_lowest", title="Price"),
        award={"on_rejection": "recompute"},
        currency="GBP",
    )
    figures = {"a": (80, 100), "b": (92, 125), "c": (40, 95)}
    offered = {
        bid: {"supplier": {"name": named[bid]}, "marks": {"quality": mark}}
        | ({"lots": {lot: {"price": price} for lot in lots}} if lots != ("",) else {"price": price})
        for bid, (mark, price) in figures.items()
    }
    tender = {} if lots == ("",) else {"tender": {"lots": [{"id": lot} for lot in lots]}}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    given = bids_from_data(bids(offered) | tender)
    found = {}
    for lot in lots:
        evaluation = compiled.evaluate(given, lot)
        fairness = Findings(
            scheme_id="inline",
            scheme_title="Written inline",
            lot=lot,
            bids={bid.id: bid.name for bid in evaluation.bids},
            made_up=None,
            winner=evaluation.winner,
            order=tuple(bid.id for bid in evaluation.bids),
            figures={bid.id: bid.figure for bid in evaluation.bids if bid.figure is not None},
            figure=evaluation.figure,
            best=evaluation.best,
            **full(),
        )
        found[lot] = LotAnalysis(evaluation, replace(fairness, **changes))
    return Analysis(compiled, given, AnalysisOptions(draws=10_000, seed=7), found)
