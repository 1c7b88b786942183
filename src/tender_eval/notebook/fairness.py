"""What was found of a scheme, as frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tender_eval.fairness.findings.analysis import Analysis
from tender_eval.fairness.findings.ploys import GamingStrategy
from tender_eval.fairness.findings.reliability import Agreement, Severity
from tender_eval.fairness.findings.results import (
    Alternative,
    EffectiveWeight,
    Findings,
    GroupImpact,
    MarkTipping,
    NarrowRejection,
    PriceTipping,
    Reversal,
    Tipping,
)
from tender_eval.fairness.findings.worth import MarkWorth, PointWorth
from tender_eval.notebook.frames import Row, frame
from tender_eval.notebook.records import Rows, records

if TYPE_CHECKING:
    from pandas import DataFrame


def analysis_frames(analysis: Analysis, exact: bool = False) -> dict[str, DataFrame]:
    """Those of each tender or lot; see `Analysis.to_frames`."""
    if list(analysis.lots) == [""]:
        return findings_frames(analysis.lots[""].findings, exact)
    together: dict[str, Rows] = {}
    for lot, found in analysis.lots.items():
        for name, (columns, rows) in _tables(found.findings).items():
            _, so_far = together.setdefault(name, (("lot", *columns), []))
            so_far += [{"lot": lot, **row} for row in rows]
    return {name: frame(rows, columns, exact=exact) for name, (columns, rows) in together.items()}


def findings_frames(found: Findings, exact: bool = False) -> dict[str, DataFrame]:
    """Every finding by its name; see `Findings.to_frames`."""
    return {name: frame(rows, columns, exact=exact) for name, (columns, rows) in _tables(found).items()}


def _tables(found: Findings) -> dict[str, Rows]:
    made: dict[str, Rows] = {
        "bids": (("bid", "name", "place", "figure", "wins"), [*_bids(found)]),
        "reversals": records(Reversal, found.reversals, "changes_award"),
        "weights": records(Tipping, found.tipping),
        "marks": records(MarkTipping, found.marks),
        "prices": records(PriceTipping, found.prices),
        "rejections": records(NarrowRejection, found.rejections),
        "effective_weights": records(EffectiveWeight, found.effective_weights),
        "groups": records(GroupImpact, found.groups),
        "gaming": records(GamingStrategy, found.gaming, "kind"),
        "alternatives": records(Alternative, found.alternatives),
        "price_curves": (("criterion", "price", "score", "bid"), [*_curves(found)]),
    }
    if found.worth is not None:
        made["point_worth"] = records(PointWorth, found.worth.points)
        made["mark_worth"] = records(MarkWorth, found.worth.marks)
    if found.acceptability is not None:
        made["central_weights"] = (("bid", "criterion", "weight"), [*_central(found)])
    if found.nearest is not None:
        weights = found.nearest.weights.items()
        made["nearest_weights"] = (
            ("criterion", "points"), [{"criterion": name, "points": points} for name, points in weights]
        )  # fmt: skip
    if found.reliability is not None:
        severity = found.reliability.severity
        made["agreement"] = records(Agreement, (found.reliability.overall, *found.reliability.by_criterion))
        made["severity"] = records(Severity, severity if isinstance(severity, tuple) else ())
    return made


def _bids(found: Findings) -> Iterator[Row]:
    """Each bid: its place, the shares of draws at each rank and won, and whether it can win within bands of weights."""
    smaa, panel = found.acceptability, found.panel_disagreement
    for bid, name in found.bids.items():
        row: dict[str, object] = {"bid": bid, "name": name, "wins": bid in found.winner}
        row |= {"place": found.order.index(bid) + 1 if bid in found.order else None, "figure": found.figures.get(bid)}
        if found.near is not None:
            row |= {f"share_near_published.{n}": share for n, share in enumerate(found.near.ranks.get(bid, ()), 1)}
        if found.winners is not None:
            ranges = found.winners
            row |= {name: bid in getattr(ranges, name) for name in ("possible", "necessary", "anywhere")}
        if smaa is not None:
            row |= {f"share_at_rank.{n}": share for n, share in enumerate(smaa.ranks.get(bid, ()), 1)}
            row["confidence"] = smaa.confidence.get(bid)
        if panel is not None:
            row["share_won_as_marks_vary"] = panel.wins.get(bid)
        yield row


def _curves(found: Findings) -> Iterator[Row]:
    """The curves, with no bid, and the real bids on them."""
    for curve in found.curves:
        for price, score in zip(curve.prices, curve.scores, strict=True):
            yield {"criterion": curve.criterion, "price": price, "score": score, "bid": ""}
        for bid, (price, score) in curve.bids.items():
            yield {"criterion": curve.criterion, "price": price, "score": score, "bid": bid}


def _central(found: Findings) -> Iterator[Row]:
    weights = found.acceptability.central_weights if found.acceptability is not None else {}
    for bid, by_criterion in weights.items():
        for criterion, weight in by_criterion.items():
            yield {"bid": bid, "criterion": criterion, "weight": weight}
