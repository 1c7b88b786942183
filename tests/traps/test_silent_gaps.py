"""What would change an award in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, bids, evaluate, leaf, refusal, scheme, told

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data

Write = Callable[[str, str | bytes], str]
SCALE = {"s": [{"mark": m, "score": f"{m * 20}%"} for m in range(6)]}


def test_two_lots_with_one_id() -> None:
    tender = {"lots": [{"id": "north", "title": "one"}, {"id": "north", "title": "two"}]}
    given = {**bids({"a": {"lots": {"north": {"price": 1}}}}), "tender": tender}
    assert told(refusal(bids_from_data, given)) == ["bids TE020"]


@pytest.mark.slow
def test_a_minimum_mark_on_a_group_passes_over_no_marked_question() -> None:
    """3 is asked of each marked question, whether it is marked on a scale or out of a highest mark."""
    parts = [leaf("a", 50, {"name": "mark", "scale": "s"}), leaf("b", 50, {"name": "mark", "out_of": 5})]
    group = {"id": "g", "weight": 100, "minimum": 3, "criteria": parts}
    result = evaluate(scheme(group, scales=SCALE), {"x": {"marks": {"a": 3, "b": 1}}, "y": {"marks": {"a": 3, "b": 3}}})
    assert {b.id: b.status for b in result.bids} == {"x": "rejected", "y": "ranked"}


def test_a_percentage_where_weights_are_points() -> None:
    stated = scheme(leaf("a", "60%", "ratio_to_lowest"), leaf("b", 40, "ratio_to_lowest"), weights="points")
    assert told(refusal(scheme_from_data, stated)) == ["scheme TE012"]


def test_a_scheme_without_criteria_under_a_rule_that_adds_up_points() -> None:
    codes = [d.code for d in refusal(lambda: compile_scheme(scheme_from_data(scheme()), CATALOGUE))]
    assert codes == ["TE011"]


def test_a_scale_that_is_not_there_is_told_at_its_own_place(write: Write) -> None:
    text = """\
format: tender-eval/scheme/1
id: s
title: t
scales: {five: [{mark: 0, score: 0%}, {mark: 5, score: 100%}]}
criteria:
  - id: quality
    weight: 100
    scorer: mark
    scale: fve
award: {rule: highest_score}
"""
    said = refusal(lambda: compile_scheme(load_scheme(write("scheme.yaml", text)), CATALOGUE))
    assert [(str(d.where), d.code, d.hint) for d in said] == [("scheme.yaml:9:12", "TE021", 'did you mean "five"?')]


@pytest.mark.parametrize(("wrong", "meant"), [("agred", "agreed"), ("individuals", "individual"), ("reasn", "reason")])
def test_a_misspelt_key_in_the_story_of_a_mark(write: Write, wrong: str, meant: str) -> None:
    story = {"agreed": "agreed: 5", "individual": "individual: {e: 5}", "reason": "reason: r"}
    story[meant] = story[meant].replace(meant, wrong)
    text = "format: tender-eval/bids/1\nbids:\n- id: a\n  marks:\n    q: {" + ", ".join(story.values()) + "}\n"
    said = refusal(load_bids, write("bids.yaml", text))
    assert f'did you mean "{meant}"?' in [d.hint for d in said]


def test_a_forbidden_character_after_text_outside_ascii(write: Write) -> None:
    text = "format: tender-eval/bids/1\nnotes: Ångström, Straße\nbids:\n- {id: a, notes: Å\x07}\n"
    (said,) = refusal(load_bids, write("bids.yaml", text))
    assert (str(said.where), said.code) == ("bids.yaml:4:19", "TE003")


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_a_nan_in_json_is_told_at_its_place(write: Write, literal: str) -> None:
    path = write("bids.json", '{"format": "tender-eval/bids/1",\n "bids": [{"id": "a", "price": ' + literal + "}]}")
    assert told(refusal(load_bids, path)) == ["bids.json:2:32 TE003"]


@pytest.mark.parametrize("written", ["١٢", "１０", "０１２", "1٠"])
def test_digits_of_other_scripts_are_not_plain_digits(written: str) -> None:
    said = refusal(bids_from_data, bids({"a": {"price": written}}))
    assert said[0].code in ("TE013", "TE014")


def test_a_whole_number_beyond_all_measure_from_python() -> None:
    assert refusal(bids_from_data, bids({"a": {"price": 10**5000}}))[0].code in ("TE012", "TE013")


def test_python_data_that_holds_itself_or_is_too_deep() -> None:
    loop: dict[str, Any] = bids({"a": {}})
    loop["tender"] = loop
    assert "TE004" in [d.code for d in refusal(bids_from_data, loop)]


def test_python_keys_that_become_one() -> None:
    assert refusal(bids_from_data, bids({"a": {"marks": {1: 3, "1": 4}}}))[0].code == "TE007"


COMPILED = compile_scheme(scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"))), CATALOGUE)


@pytest.mark.parametrize(
    "column",
    [
        np.array([["a"], ["b"]]),
        np.array([[1 + 1j], [2 + 0j]]),
        np.zeros((0, 5)),
        np.array([["2026-01-01"], ["2026-01-02"]], dtype="datetime64[D]"),
    ],
)
def test_a_batch_of_what_is_no_figure(column: Any) -> None:
    assert {d.code for d in refusal(COMPILED.evaluate_batch, {"price": column})} <= {"TE012", "TE054", "TE063"}


@pytest.mark.parametrize(
    "present", [np.array(True), np.ones((2, 1, 1), dtype=np.bool_), np.ones(3, dtype=np.bool_), np.ones(2)]
)
def test_a_mask_in_a_batch_that_is_none(present: Any) -> None:
    (said,) = refusal(COMPILED.evaluate_batch, {"price": np.array([1.0, 2.0])}, present)
    assert said.message == "present is no boolean mask of shape (bids, draws)"


@pytest.mark.parametrize("weight", [np.nan, np.inf, -1.0])
def test_a_weight_in_a_batch_that_is_none(weight: float) -> None:
    weights = {"price": np.array([50.0, weight])}
    said = refusal(lambda: COMPILED.evaluate_batch({"price": np.array([1.0, 2.0])}, weights=weights))
    assert [d.code for d in said] == ["TE023"]


def test_diagnostics_without_a_place_have_an_order() -> None:
    said = refusal(lambda: COMPILED.evaluate_batch({"price": np.ones(2)}, keep=["zz", "x", "y", "aa", "b", "c"]))
    assert [d.message for d in said] == sorted(d.message for d in said)


def test_points_of_rejected_bids_in_a_batch_are_no_infinity() -> None:
    stated = scheme(
        leaf("quality", 60, {"name": "mark", "out_of": 100}, minimum="50%"),
        leaf("price", 40, "ratio_to_lowest"),
        award={"on_rejection": "recompute"},
    )
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    found = compiled.evaluate_batch({"price": np.array([1.0, 2.0]), "marks.quality": np.array([1.0, 2.0])})
    assert not np.isinf(found.points).any()
