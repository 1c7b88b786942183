"""The report's section on how reliably the panel marked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from inline import bids, leaf, scheme
from panels import STEPS, drawn_panel
from shipped import CATALOGUE, case_from, case_of

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document
from tender_eval.fairness.findings.reliability import (
    Agreement,
    Estimate,
    Interval,
    OtherPanels,
    Reliability,
    Severity,
    TooLittle,
)
from tender_eval.languages.runs import text_of
from tender_eval.model.explanation.reasons import Removed
from tender_eval.report.evaluation.evaluated_lot import evaluated_lots
from tender_eval.report.evaluation.reliability import reliability_of, reliability_section, sentences, tables, why
from tender_eval.report.evaluation.report import report_document

ALONE = Estimate(0.614, TooLittle.FEW_BIDS)
WITHIN = Estimate(0.614, Interval(0.402, 0.778, "bootstrap", 2000))
ALL = Agreement("", "", 3, 12, 36, ALONE, ALONE, WITHIN, ALONE, ALONE, ALONE)


def found(**given: object) -> Reliability:
    panels = OtherPanels(2000, 0.2375, {"a": 0.8}, 0.0095, 36, 0, agreed=True)
    severity = (Severity("ann", 12, Estimate(-0.1, Interval(-0.2, 0.0, "t")), -0.0),)
    told: dict[str, object] = {
        "overall": ALL,
        "by_criterion": (ALL,),
        "severity": severity,
        "against_mean": (),
        "resting": {"ann": 2},
        "highest": Fraction(5),
        "panels": panels,
    }
    return Reliability(**(told | given))  # type: ignore[arg-type]


def said(whole: Reliability, *, funded: bool = False) -> list[str]:
    return [text_of(sentence) for sentence in sentences(whole, funded=funded)]


def told(whole: Reliability) -> str:
    return document_markdown(Document("", blocks=tuple(tables(whole, lambda who: who, lambda bid: bid))))


def test_a_chair_is_told_of_a_hundred_panels_and_of_alpha() -> None:
    first, second = said(found())
    assert first == "Marks given this reliably would name another winner in about 24 of 100 panels like this one."
    assert second.startswith("Over all criteria 3 people gave 12 bids 36 marks beside those of others.")
    assert "is 0.61 (95% 0.40 to 0.78)" in second


def test_what_is_not_worked_out_says_why() -> None:
    few = found(panels=TooLittle.FEW_IN_COMMON, overall=replace(ALL, interval=TooLittle.FEW_BIDS))
    panels, alpha = said(few)
    assert panels.endswith("would name another winner is not worked out: too few marks beside those of others.")
    assert alpha == "How far the panel agrees over all criteria is not worked out: fewer than 5 bids."
    assert "Who is lenient or severe is not worked out: fewer than three people" in told(
        found(severity=TooLittle.FEW_PEOPLE)
    )


def test_where_no_award_may_be_told_nothing_is_said_of_other_panels() -> None:
    assert len(said(found(panels=None))) == 1
    assert "How many panels" not in told(found(panels=None))


def test_every_reason_has_its_words() -> None:
    assert len({why(reason) for reason in TooLittle}) == len(TooLittle)


def test_severity_is_in_marks_where_all_have_one_highest_and_else_in_shares_of_it() -> None:
    assert "-0.50 marks (95% -1.00 to 0.00) | 0.00 marks" in told(found())
    assert "-10.0% of the highest mark" in told(found(highest=None))


def test_every_interval_says_how_it_was_made() -> None:
    assert "hold 95% of 2,000 draws of whole bids with replacement" in told(found())
    assert "fewer than 10 bids" in told(found())


def test_agreed_marks_are_said_to_be_taken_as_means() -> None:
    assert "An agreed mark is taken to vary" in told(found())
    computed = OtherPanels(2000, 0.2, {}, 0.01, 36, 1, agreed=False)
    assert "An agreed mark" not in told(found(panels=computed))
    assert "1 mark that fewer than two people gave" in told(found(panels=computed))


@pytest.fixture(scope="module")
def marked() -> str:
    rng = np.random.default_rng(2)
    ids = ("care", "reach", "staff", "plan")
    drawn = drawn_panel(rng, rng.normal(3, 1, (10, 4)))
    given = {bid: {"marks": dict(zip(ids, marks, strict=True))} for bid, marks in drawn.items()}
    weights = zip(ids, (44, 27, 18, 11), strict=True)
    parts = [leaf(name, weight, {"name": "mark", "scale": "five"}) for name, weight in weights]
    return document_markdown(report_document(case_from(scheme(*parts, scales={"five": STEPS}), bids(given))))


def test_the_report_of_marks_given_by_several_has_the_section(marked: str) -> None:
    assert "## How reliably the panel marked" in marked
    assert "of 100 panels like this one." in marked
    assert "| p0 | 40 |" in marked


def test_a_report_without_individual_marks_has_none() -> None:
    part = leaf("care", 100, {"name": "mark", "scale": "five"})
    case = case_from(scheme(part, scales={"five": STEPS}), bids({"a": {"marks": {"care": 3}}}))
    (evaluated,) = evaluated_lots(case)
    assert list(reliability_section(evaluated)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("on_rejection", "marks"), [("keep_order", 44), ("recompute", 40)])
def test_bids_taken_out_are_marked_by_other_panels_where_they_count_for_the_others(
    on_rejection: str, marks: int
) -> None:
    rng = np.random.default_rng(4)
    ids = ("care", "reach", "staff", "plan")
    drawn = drawn_panel(rng, rng.normal(3, 1, (11, 4)))
    given = {bid: {"marks": dict(zip(ids, own, strict=True)), "price": 100} for bid, own in drawn.items()}
    parts = [leaf(name, 20, {"name": "mark", "scale": "five"}) for name in ids]
    award = {"rule": "highest_score", "on_rejection": on_rejection}
    stated = scheme(*parts, leaf("price", 20, "ratio_to_lowest"), scales={"five": STEPS}, award=award)
    offered = bids_from_data(bids(given))
    out = Removed("disregarded", "s.19(3)(c)", "Its price could not be kept", assessed=True)
    left = tuple(replace(bid, removed=out) if bid.id == "b3" else bid for bid in offered.bids)
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    (evaluated,) = evaluated_lots(case_of(compiled, replace(offered, bids=left)))
    whole = reliability_of(evaluated)
    assert whole is not None
    assert whole.overall.marks == 3 * marks
    assert isinstance(whole.panels, OtherPanels)
    assert whole.panels.wins.get("b3", 0) == 0
