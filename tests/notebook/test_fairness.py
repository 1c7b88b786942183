"""What was found of a scheme as frames: what the records say, by lot too."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tender_eval import compile_scheme, load_bids, load_catalogue, load_scheme
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def analysed(scheme: str, bids: str) -> Analysis:
    made = compile_scheme(load_scheme(ROOT / scheme), CATALOGUE)
    return analyse(made, load_bids(ROOT / bids), AnalysisOptions(draws=50))


@pytest.mark.slow
def test_the_findings_of_a_tender_are_frames() -> None:
    analysis = analysed("fixtures/price-trap/scheme.yaml", "fixtures/price-trap/bids.yaml")
    found, frames = analysis.lots[""].findings, analysis.to_frames()
    assert repr(analysis) == "<Analysis: <Findings of price-trap: winner: B; 3 bids>>"
    assert found.to_frames().keys() == frames.keys()
    bids = frames["bids"].set_index("bid")
    assert bids.index.tolist() == list(found.bids)
    assert bids.loc["B", "place"] == 1
    assert bids.loc["B", "figure"] == pytest.approx(float(found.figures["B"]))
    assert found.acceptability is not None
    assert bids.loc["A", "share_at_rank.1"] == found.acceptability.ranks["A"][0]
    assert frames["reversals"]["changes_award"].tolist() == [one.changes_award for one in found.reversals]
    assert frames["weights"]["flips_at"].tolist()[0] == pytest.approx(float(found.tipping[0].flips_at or 0))
    assert frames["prices"]["wins_at"].fillna(0).tolist() == pytest.approx(
        [float(p.wins_at or 0) for p in found.prices]
    )
    assert frames["gaming"]["kind"].tolist() == [one.kind for one in found.gaming]
    assert found.to_frames(exact=True)["bids"]["figure"].tolist()[0] == found.figures["B"]
    assert isinstance(found.to_frames(exact=True)["nearest_weights"]["points"][0], Fraction)
    assert list(frames["alternatives"].columns)[:2] == ["scheme", "title"]


@pytest.mark.slow
def test_those_of_lots_say_which_lot() -> None:
    analysis = analysed("schemes/lots-largest-lead.yaml", "fixtures/lots-largest-lead.bids.yaml")
    frames = analysis.to_frames()
    assert frames["bids"]["lot"].unique().tolist() == ["north", "south", "east", "west"]
    assert all(next(iter(frame.columns)) == "lot" for frame in frames.values())
