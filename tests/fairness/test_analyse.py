"""The analysis of whole schemes: every shipped pair, bids that are made up, and the price trap."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache

import pytest
from inline import bids, leaf, scheme
from shipped import CATALOGUE, ROOT, pairs, shipped
from told import notes_told

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.documents.html import document_html
from tender_eval.documents.terminal import document_text
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions
from tender_eval.fairness.findings.results import Findings
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import BidResult
from tender_eval.report.fairness.document import fairness_document
from tender_eval.report.json.fairness import fairness_json

SMALL = AnalysisOptions(draws=100, seed=3)
SCHEMES = sorted({named for named, _ in pairs()})
TRAP = ROOT / "fixtures" / "price-trap"


@cache
def trap() -> tuple[CompiledScheme, Bids]:
    return compile_scheme(load_scheme(TRAP / "scheme.yaml"), CATALOGUE), load_bids(TRAP / "bids.yaml")


def found(setting: AnalysisOptions = SMALL) -> Findings:
    """What is found of the price trap."""
    return analyse(*trap(), setting).lots[""].findings


def rendered(result: Analysis) -> tuple[str, str, str]:
    brief, whole = (fairness_document(result, brief=is_brief) for is_brief in (True, False))
    return fairness_json(result), document_text(brief), document_html(whole)


SEARCHED = "county-by-and-for-lots.yaml"  # half a minute: the best of twelve lots is searched for, again and again


@pytest.mark.slow
@pytest.mark.parametrize(("named", "offered"), [pair for pair in pairs() if pair[0] != SEARCHED])
def test_every_shipped_pair_can_be_studied(named: str, offered: str) -> None:
    case = shipped(named, offered)
    bids = case.bids
    result = analyse(case.compiled, bids, SMALL)
    alone = bids.alone  # a lot by itself is of the prices for it alone
    lots = case.evaluations if alone is bids else case.compiled.evaluate_lots(alone)
    assert {lot: one.evaluation.winner for lot, one in result.lots.items()} == {
        lot: evaluation.winner for lot, evaluation in lots.items()
    }
    assert all(rendered(result))


@pytest.mark.slow
@pytest.mark.parametrize("named", SCHEMES)
def test_every_shipped_scheme_can_be_studied_without_bids(named: str) -> None:
    compiled = compile_scheme(load_scheme(ROOT / "schemes" / named), CATALOGUE)
    result = analyse(compiled, None, SMALL)
    assert list(result.lots) == [""]
    assert result.lots[""].findings.made_up
    told = rendered(result)
    assert '"generated": null' not in told[0]
    assert all("No bids were given." in text for text in told[1:])


@pytest.mark.slow
def test_the_same_study_gives_the_same_bytes() -> None:
    assert rendered(analyse(*trap(), SMALL)) == rendered(analyse(*trap(), SMALL))
    compiled = trap()[0]
    assert rendered(analyse(compiled, None, SMALL)) == rendered(analyse(compiled, None, SMALL))


def test_the_trap_is_found() -> None:
    fairness = found()
    assert fairness.winner == ("B",)
    without = next(r for r in fairness.reversals if (r.change, r.bid) == ("remove", "C"))
    assert (without.pair, without.winner_before, without.winner_after) == (("B", "A"), ("B",), ("A",))
    # At weight w of quality, B leads by w x 12% - (100 - w) x (50/100 - 50/125) = 0.12 w - 0.1 (100 - w).
    quality = next(t for t in fairness.tipping if t.criterion == "quality")
    assert (quality.flips_at, quality.winner, quality.exact) == (Fraction(1000, 22), ("A",), True)


STATED = frozenset(("scheme_title", "title", "titles", "figure", "why", "formula"))
"""Fields that hold what a scheme, a bidder, a diagnostic or a search says of itself."""


def texts(value: object, field: str = "") -> Iterator[str]:
    """Every text of a finding but those."""
    match value:
        case str() if field not in STATED:
            yield value
        case BidResult():
            pass
        case Mapping():
            yield from (text for key, own in value.items() for text in (*texts(key), *texts(own, field)))
        case tuple():
            yield from (text for own in value for text in texts(own, field))
        case _ if is_dataclass(value):
            named = ((part.name, getattr(value, part.name)) for part in fields(value))
            yield from (text for name, own in named for text in texts(own, name))


@pytest.mark.slow
@pytest.mark.parametrize("setting", [SMALL, AnalysisOptions(draws=100, price_formulas=True)])
@pytest.mark.parametrize("offered", [True, False])
def test_findings_hold_no_english(setting: AnalysisOptions, offered: bool) -> None:
    """What is found is put in words by the report: findings hold ids and names of kinds."""
    case = shipped("framework-four-suppliers.yaml", "framework-four-suppliers.bids.yaml")
    for compiled, given in ((case.compiled, case.bids), trap()):
        fairness = analyse(compiled, given if offered else None, setting).lots[""].findings
        for text in texts(replace(fairness, bids={})):
            assert len(text.split()) <= 4, text
            assert not text.endswith("."), text


def test_bands_hold_the_draws() -> None:
    setting = AnalysisOptions(draws=100, bands={"quality": (Fraction(50), Fraction(70))})
    smaa = found(setting).acceptability
    assert smaa is not None
    assert all(50 <= weights["quality"] <= 70 for weights in smaa.central_weights.values())
    with pytest.raises(Refused) as e:
        found(AnalysisOptions(draws=100, bands={"qualty": (Fraction(50), Fraction(70))}))
    assert [d.code for d in e.value.diagnostics] == ["TE071"]


@pytest.mark.slow
def test_price_formulas_are_compared_each_with_its_curve() -> None:
    fairness = found(AnalysisOptions(draws=100, price_formulas=True))
    own, *others = fairness.alternatives
    assert (own.title, own.winner, own.reversals) == (fairness.scheme_title, fairness.winner, fairness.reversals)
    assert own.effective_price == next(w.effective for w in fairness.effective_weights if w.criterion == "price")
    formulas = [other.formula for other in others]
    assert len(formulas) == len(fairness.curves) - 1 > 5
    assert "ratio_to_lowest" not in formulas  # the scheme's own
    between = next(other for other in others if other.formula == "linear_between_bids")
    assert between.winner == ("A",)


@pytest.mark.slow
def test_other_schemes_are_compared() -> None:
    other = compile_scheme(load_scheme(ROOT / "schemes" / "price-heavy-70-30.yaml"), CATALOGUE)
    case = shipped("light-touch-60-40.yaml", "two-schemes.bids.yaml")
    fairness = analyse(case.compiled, case.bids, AnalysisOptions(draws=100, schemes=(other,))).lots[""].findings
    assert [(o.scheme, o.winner) for o in fairness.alternatives] == [
        ("light-touch-60-40", fairness.winner), ("price-heavy-70-30", ("quickline",)),
    ]  # fmt: skip


def test_a_scheme_that_made_up_bids_do_not_fit_is_told() -> None:
    stated = scheme(leaf("voice", 100, {"name": "mark", "out_of": 5}), title="Voice alone")
    other = compile_scheme(scheme_from_data(stated), CATALOGUE)
    fairness = analyse(trap()[0], None, AnalysisOptions(draws=100, schemes=(other,))).lots[""].findings
    assert fairness.alternatives == ()
    assert any(note.startswith("Not compared: Voice alone: ") for note in notes_told(fairness.notes))


@pytest.mark.slow
def test_a_scheme_without_a_price_formula_says_once_why_none_was_exchanged() -> None:
    case = shipped("victim-services-cpqp.yaml", "victim-services-cpqp.bids.yaml")
    fairness = analyse(case.compiled, case.bids, AnalysisOptions(draws=100, price_formulas=True)).lots[""].findings
    assert fairness.alternatives == ()
    (note,) = (note for note in notes_told(fairness.notes) if note.startswith("Not compared: ratio_to_lowest, "))
    assert "no price formula to exchange" in note


def test_why_nobody_is_ranked_is_told() -> None:
    plain = compile_scheme(load_scheme(ROOT / "schemes" / "light-touch-60-40.yaml"), CATALOGUE)
    why = 'Not ranked: A, B, C: condition "safeguarding" is not met: the bid does not state '
    notes = notes_told(analyse(plain, trap()[1], SMALL).lots[""].findings.notes)
    assert notes[1] == why + "declarations.safeguarding_policy."
    compared = notes_told(found(AnalysisOptions(draws=100, schemes=(plain,))).notes)
    assert [n for n in compared if n.startswith(f"Under {plain.scheme.title} nobody is ranked. {why}")]


@pytest.mark.slow
def test_why_some_are_not_ranked_is_told_too() -> None:
    case = shipped("victim-services-cpqp.yaml", "victim-services-cpqp.bids.yaml")
    notes = notes_told(analyse(case.compiled, case.bids, SMALL).lots[""].findings.notes)
    assert [n.partition(": ")[2].partition(":")[0] for n in notes if n.startswith("Not ranked: ")] == [
        "kingfisher", "tor",
    ]  # fmt: skip


def test_many_reasons_are_not_all_told() -> None:
    strict = scheme(leaf("quality", 100, {"name": "mark", "out_of": 100}, minimum="50%"),
                    award={"on_rejection": "recompute"})  # fmt: skip
    offered = bids({f"b{n:02}": {"marks": {"quality": n if n < 15 else 90}} for n in range(17)})
    result = analyse(compile_scheme(scheme_from_data(strict), CATALOGUE), bids_from_data(offered), SMALL)
    notes = notes_told(result.lots[""].findings.notes)
    assert len([n for n in notes if n.startswith("Not ranked: ")]) == 12
    assert notes[-1] == "Not ranked either, for other reasons: b12, b13, b14."


def test_a_lot_that_the_tender_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as e:
        analyse(*trap(), SMALL, "north")
    assert [d.code for d in e.value.diagnostics] == ["TE056"]


@pytest.mark.slow
def test_made_up_marks_favour_no_kind_of_provider() -> None:
    """Where the scheme asks nothing about suppliers, what is made up of them can be no finding."""
    fairness = analyse(trap()[0], None, AnalysisOptions(draws=5000)).lots[""].findings
    assert fairness.groups
    assert all(group.by_chance and not group.widest_gap for group in fairness.groups)


def test_one_bid_alone_is_not_stressed() -> None:
    compiled, given = trap()
    alone = Bids(given.bids[:1])
    fairness = analyse(compiled, alone, SMALL).lots[""].findings
    assert notes_told(fairness.notes) == ["Fewer than two bids are ranked, so nothing that compares bids was tried."]
    assert all(rendered(analyse(compiled, alone, SMALL)))


@pytest.mark.slow
def test_one_lot_alone() -> None:
    case = shipped("level-playing-field.yaml", "level-playing-field.bids.yaml")
    assert list(analyse(case.compiled, case.bids, SMALL, "south").lots) == ["south"]
    with pytest.raises(Refused):
        analyse(case.compiled, case.bids, SMALL, "east")


def test_in_the_goldilocks_tender_the_middle_bid_cannot_win() -> None:
    halves = scheme(leaf("quality", 50, {"name": "mark", "out_of": 100}), leaf("price", 50, "ratio_to_lowest"),
                    award={"on_rejection": "recompute"})  # fmt: skip
    figures = {"small": 50, "middle": 75, "large": 100}
    offered = bids({name: {"price": n, "marks": {"quality": n}} for name, n in figures.items()})
    result = analyse(compile_scheme(scheme_from_data(halves), CATALOGUE), bids_from_data(offered), SMALL)
    assert set(result.lots[""].findings.winner) == {"small", "large"}
    told = rendered(result)[1]
    assert "Winner: undecided between large and small" in told
    assert "Each has 75.00 points." in told
    assert "No weights at all put middle first." in told


@pytest.mark.slow
def test_hostile_names_go_through_every_analysis_and_stay_inert() -> None:
    evil = "<script>alert(1)</script>=cmd|' /C calc'!A0\u202e\x1b[2J\U0001f469\u200d" + "N" * 100_000
    compiled, given = trap()
    named = replace(given, bids=tuple(replace(bid, name=f"{n}{evil}") for n, bid in enumerate(given.bids)))
    as_json, table, page = rendered(analyse(compiled, named, AnalysisOptions(draws=100, price_formulas=True)))
    assert json.loads(as_json)["bids"][0]["supplier"].endswith(evil)
    for text in (as_json, table, page):
        assert not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "<script" not in page
    assert len(table) + len(page) < 200_000


@pytest.mark.slow
def test_a_bid_that_lacks_the_second_stage_is_said_to_be_left_out() -> None:
    case = shipped("restricted-two-stage.yaml", "restricted-two-stage.bids.yaml")
    notes = notes_told(analyse(case.compiled, case.bids, SMALL).lots[""].findings.notes)
    assert any(
        note.startswith("Not shortlisted or below a minimum, and without further figures: bluebell") for note in notes
    )


def test_bands_under_which_every_bid_is_turned_away_leave_no_shares() -> None:
    parts = [leaf(name, 50, {"name": "mark", "out_of": 10}) for name in ("x", "y")]
    stated = scheme({"id": "all", "weight": 100, "minimum": "50%", "criteria": parts})
    offered = bids({name: {"marks": {"x": high, "y": 1}} for name, high in (("a", 10), ("b", 9))})
    setting = replace(SMALL, bands={"x": (Fraction(10), Fraction(20))})
    result = analyse(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(offered), setting)
    fairness = result.lots[""].findings
    assert fairness.winner == ("a",)
    assert fairness.acceptability is None
    assert any("turn every bid away" in note for note in notes_told(fairness.notes))
    assert all(rendered(result))
