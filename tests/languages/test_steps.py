"""Every kind of label, name, remark and way has its words, and no message is left that none asks for."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

import numpy as np
import pytest
from shipped import pairs, shipped
from worked import worked

from tender_eval.engine.evaluating.trace import Recorder, told
from tender_eval.languages.catalogue import _read
from tender_eval.languages.figures import ranked_name, with_value
from tender_eval.languages.formulas import method
from tender_eval.languages.formulas import worked as with_figures
from tender_eval.languages.steps import formula, label, working
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, FacetOf, Formula, OwnWords, Said, Way, notation
from tender_eval.model.explanation.labels import (
    CommonFigure,
    FigureOfBid,
    RankedBy,
    RankingFigure,
    ShownOnly,
    Unit,
    ranked_figure,
    unit_of,
)
from tender_eval.model.explanation.reasons import GrantNotReached
from tender_eval.model.explanation.terms import Facet, Term

KINDS: dict[str, type[Enum]] = {
    "label": CommonFigure, "figure": RankingFigure, "figure with": RankingFigure, "term": Term, "facet": Facet,
    "remark": Said, "way": Way,
}  # fmt: skip
OF_DATA = {
    "label.rank of", "label.condition", "label.adjustment", "label.funder", "label.member", "label.mark of",
    "label.not scored at", "label.figure of bid", "label.shown only", "figure with.own", "way.share of", "way.rounded",
    "way.rounded digits", "paid.once",
    "paid.per year", "paid.in year", "paid.discounted start_of_year", "paid.discounted end_of_year",
}  # fmt: skip


def test_each_kind_has_its_message_and_each_message_its_kind() -> None:
    keys = (key[0] if isinstance(key, tuple) else key for key in _read("en_GB")._catalog)  # type: ignore[attr-defined]
    messages = {key.partition("\x04")[2] for key in keys if key.startswith("steps\x04")}
    kinds = {f"{area}.{member.value}" for area, kind in KINDS.items() for member in kind}
    assert messages == kinds | OF_DATA


def test_a_record_states_what_bids_are_ranked_by_in_the_words_of_the_catalogue() -> None:
    assert all(label(RankedBy(figure)) == figure.value for figure in RankingFigure)


@pytest.mark.slow
def test_every_term_is_used_by_a_method() -> None:
    from ast import Attribute, Call, Constant, parse, walk
    from pathlib import Path

    import tender_eval

    folders = [Path(tender_eval.__file__).parent / name for name in ("engine", "scorers", "model/pricing")]
    nodes = [n for folder in folders for file in folder.rglob("*.py") for n in walk(parse(file.read_text("utf-8")))]
    by_name = {n.attr for n in nodes if isinstance(n, Attribute)}
    templates = [c.value for n in nodes if isinstance(n, Call) for c in walk(n) if isinstance(c, Constant)]
    in_text = {word for t in templates if isinstance(t, str) for word in t.replace("(", " ").replace(")", " ").split()}
    in_text = {word.strip(",") for word in in_text}
    assert sorted(t.value for t in Term if t.name not in by_name and t.value not in in_text) == []


def test_a_label_names_what_it_is_about() -> None:
    assert label(FigureOfBid(Term.LOWEST, Column("price"), "a")) == "lowest: price of bid a"
    assert label(ShownOnly(OwnWords("Reach"))) == "Reach (shown only: the rule does not count it)"
    assert label(RankedBy(OwnWords("moons"))) == "moons"


def test_a_plugin_says_it_in_words_of_its_own() -> None:
    recorder = Recorder(np.ones(2, dtype=np.bool_))
    recorder.working("moons / [values.a-b], by the tide", **{"moons": Fraction(3), "values.a-b": Fraction(1, 2)})
    how, note = told(recorder.of(1), 1)
    assert how is not None
    assert note is None
    assert how.lines[0].formula.own
    assert method(how) == "moons / [values.a-b], by the tide"
    assert with_figures(how) == "3 / (1/2), by the tide" or with_figures(how) == "3 / 0.5, by the tide"


def test_a_note_that_ends_a_formula_is_told_once() -> None:
    why = GrantNotReached(Fraction(5), None, tie=False)
    for written in (notation("min(asked, left)").with_remark(Said.WHY, Term.WHY), "min(asked, left), why"):
        recorder = Recorder(np.ones(1, dtype=np.bool_))
        notes = np.array([why], dtype=object)
        recorder.working(written, asked=Fraction(5), left=Fraction(2), why=notes)
        how, note = told(recorder.of(0), 0)
        step = Step(CommonFigure.AWARD, Fraction(2), how, note=note)
        assert (formula(step), note) == ("min(asked, left), why", why)
        assert working(step).startswith("min(5, 2), ")
        assert working(step).count("min(") == 1


def test_lines_stand_in_a_row_and_one_without_figures_is_its_own_working() -> None:
    step = Step(CommonFigure.SCORE, Fraction(1), worked(("a; b", {"a": 1}), ("50%, as published", {})))
    assert formula(step) == "a, b; 50%, as published"
    assert working(step) == "1, b; 50%, as published"
    assert working(Step(CommonFigure.SCORE, Fraction(1), worked(("50%, as published", {})))) == ""


def test_a_formula_is_bound_and_named_without_words() -> None:
    part = notation("{impact} x share", impact=FacetOf(Facet.IMPACT, "delay"))
    bound = part.between("max(0, ", ")").coming_to(Term.LIMIT)
    assert bound == Formula(("", Term.LIMIT, " = max(0, ", FacetOf(Facet.IMPACT, "delay"), " x ", Term.SHARE, ")"))


@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_every_shipped_step_has_words(scheme: str, bids: str) -> None:
    for evaluation in shipped(scheme, bids).evaluations.values():
        for step in (step for bid in evaluation.bids for step in bid.step.walk()):
            assert label(step.label)
            assert bool(step.how or step.note) == bool(formula(step) or working(step))


def test_what_bids_are_ranked_by_is_data_and_has_its_words_alone_and_with_a_value() -> None:
    told = {ranked_name(figure): with_value(figure, "9.50") for figure in RankingFigure}
    assert all(name in said and "9.50" in said for name, said in told.items())
    assert (told["points"], told["price"]) == ("9.50 points", "a price of 9.50")
    assert told["quality points per price"] == "quality points per price of 9.50"
    own = OwnWords("distance from ten hours")
    assert (ranked_name(own), with_value(own, "9.50")) == (own.text, "9.50 (distance from ten hours)")


def test_a_figure_of_a_plugin_that_is_called_as_a_known_one_is_that() -> None:
    assert ranked_figure("quality points") is RankingFigure.QUALITY_POINTS
    assert ranked_figure("weighted points") == OwnWords("weighted points")
    assert unit_of(ranked_figure("weighted points")) is Unit.OTHER  # no word of it is read
    assert [unit_of(figure).value for figure in (RankingFigure.POINTS, RankingFigure.PRICE)] == ["points", "money"]
