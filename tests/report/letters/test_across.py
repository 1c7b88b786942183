"""Summaries of lots that are awarded together: why this tender did not win this lot, and nothing of the others."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from demo_cases import case_of, demo

from tender_eval.case.case import Case
from tender_eval.documents.markdown import document_markdown
from tender_eval.engine.compiled import compile_scheme
from tender_eval.model.bids import Bids
from tender_eval.model.scheme import Bound, LotLimits
from tender_eval.report.letters.document import summaries


def with_reasons(bids: Bids) -> Bids:
    """The same bids, every mark with a reason."""

    def told(part: Any) -> Any:
        return replace(part, marks={n: replace(m, reason="Pages 3 to 5 show a method.") for n, m in part.marks.items()})

    return replace(
        bids, bids=tuple(replace(b, lots={lot: told(part) for lot, part in b.lots.items()}) for b in bids.bids)
    )


def shipped(**limits: Any) -> Case:
    case = demo("lots-largest-lead")
    scheme = case.compiled.scheme
    stated = scheme.award.lots
    assert isinstance(stated, LotLimits)
    changed = replace(scheme, award=replace(scheme.award, lots=replace(stated, **limits)))
    return case_of(compile_scheme(changed, case.compiled.plan.catalogue), with_reasons(case.bids))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: document_markdown(made) for name, made in summaries(shipped(), draft=True).items()}


def about(text: str, lot: str) -> str:
    return text.partition(f"## Lot: {lot}\n")[2].partition("\n## ")[0]


def test_a_tender_that_is_not_first_but_awarded_is_told_so(texts: dict[str, str]) -> None:
    told = about(texts["alder"], "Northern districts")
    assert "**Your tender was successful.**" in told
    assert "is ranked 2 of 3. The lots are awarded together, as set out below" in told
    assert "Harbour" not in told, "who stands above it is not told"
    assert "### The successful tender" not in told


def test_at_the_limit_of_lots(texts: dict[str, str]) -> None:
    told = about(texts["harbour"], "Northern districts")
    assert "**Your tender was not successful.**" in told
    assert "is ranked 1 of 3" in told
    assert "You are awarded “Southern districts”. The limit of lots that one supplier may be awarded is 1." in told
    assert "Scores of the successful tender of Alder Women's Centre" in told


def test_beyond_its_capacity(texts: dict[str, str]) -> None:
    told = about(texts["alder"], "City")
    assert "**Your tender was not successful.**" in told
    assert (
        "The annual value of this lot is £240,000. The annual value that you can carry is £210,000 (60% of "
        "annual income: 60% × 350,000)." in told
    )
    assert "Scores of the successful tender of Cedar Outreach" in told


def test_beyond_its_capacity_with_what_it_is_awarded() -> None:
    """With 200,000 for each bid harbour takes south (180,000), so north (120,000) is too much beside it."""
    capacity = Bound(Fraction(200000))
    told = about(
        document_markdown(summaries(shipped(most_awarded=None, capacity=capacity), "harbour", draft=True)["harbour"]),
        "Northern districts",
    )
    assert (
        "The annual value of this lot is £120,000, beside £180,000 for “Southern districts”, which you are "
        "awarded. The annual value that you can carry is £200,000." in told
    )


def test_outscored(texts: dict[str, str]) -> None:
    told = about(texts["cedar"], "Northern districts")
    assert "The successful tender, of Alder Women's Centre, has 92.00 points." in told


def test_the_method_tells_of_limits_and_mechanism(texts: dict[str, str]) -> None:
    for text in texts.values():
        method = text.partition("## How tenders were assessed")[2]
        assert "- Lots that one supplier may be awarded: at most 1" in method
        assert "The lots are awarded by the mechanism “largest lead”:" in method


def test_nobody_but_the_one_that_is_awarded_a_lot_is_named(texts: dict[str, str]) -> None:
    names = {"harbour": "Harbour", "alder": "Alder", "birch": "Birch", "cedar": "Cedar"}
    awarded = {"Northern districts": "alder", "Southern districts": "harbour", "Estuary": "birch", "City": "cedar"}
    for own, text in texts.items():
        for title, winner in awarded.items():
            told = about(text, title)
            for other in set(names) - {own, winner}:
                assert names[other] not in told


def test_an_open_tie_is_no_loss_and_names_nobody() -> None:
    """Without tie break harbour and alder are level at north, and lots go in their order: all hangs on that."""
    case = demo("lots-largest-lead")
    scheme = case.compiled.scheme
    stated = scheme.award.lots
    assert stated is not None
    lots = replace(stated, mechanism=replace(stated.mechanism, name="lot_order"), capacity=None)
    changed = replace(scheme, award=replace(scheme.award, ties=(), lots=lots))
    bids = with_reasons(case.bids)
    harbour = next(b for b in bids.bids if b.id == "harbour")
    alder = next(b for b in bids.bids if b.id == "alder")
    level = replace(alder.lots["north"], figures=harbour.lots["north"].figures, marks=harbour.lots["north"].marks)
    tied = replace(
        bids, bids=tuple(replace(b, lots={**b.lots, "north": level}) if b.id == "alder" else b for b in bids.bids)
    )
    open_ = case_of(compile_scheme(changed, case.compiled.plan.catalogue), tied)
    found = {name: document_markdown(made) for name, made in summaries(open_, draft=True).items()}
    north, south = about(found["alder"], "Northern districts"), about(found["harbour"], "Southern districts")
    assert "Nothing is decided yet. Your tender has the same figure as another" in north
    assert "**Nothing is decided yet: a tie is open.**" in south
    assert "Who may be awarded this lot hangs on a tie" in south
    for told in (north, south):
        assert "not successful" not in told
        assert "The successful tender" not in told
    assert "Harbour" not in north
