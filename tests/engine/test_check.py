"""A check gives what is sound, or everything that is refused of both files."""

import pytest

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems, Refused

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCHEME = """\
format: tender-eval/scheme/1
id: demo
title: Demo
currency: GBP
criteria: [{id: price, title: Price, weight: 100, scorer: ratio_to_lowest}]
award: {rule: highest_score, on_rejection: recompute}
"""
BIDS = "format: tender-eval/bids/1\nbids: [{id: a, supplier: {name: A}, price: 10}]\n"


def source(name: str, text: str) -> Source:
    return Source(name, text.encode())


def test_what_is_sound_is_all_there() -> None:
    found = check(source("s.yaml", SCHEME), source("b.yaml", BIDS), CATALOGUE)
    assert isinstance(found, Sound)
    assert found.compiled.evaluate(found.bids).winner == ("a",)
    assert found.diagnostics == ()


def test_a_scheme_alone_has_no_bids() -> None:
    found = check(source("s.yaml", SCHEME), None, CATALOGUE)
    assert isinstance(found, Sound)
    assert found.bids is None


def test_what_is_wrong_with_either_file_is_refused_at_once() -> None:
    scheme, bids = SCHEME.replace("weight: 100", "weight: 90"), BIDS.replace("id: a, ", "id: a b, ")
    found = check(source("s.yaml", scheme), source("b.yaml", bids), CATALOGUE)
    assert isinstance(found, Refused)
    assert {d.where.source for d in found.diagnostics if d.where} == {"s.yaml", "b.yaml"}


def test_what_a_faulty_bid_states_and_the_scheme_has_no_place_for_is_told_at_once() -> None:
    scheme = SCHEME + "durations: [start]\nfull_cost: {costs: {staff: once}}\n"
    stated = "id: a, values: {other: x, start: 1}, costs: {staf: 9}, "
    found = check(source("s.yaml", scheme), source("b.yaml", BIDS.replace("id: a, ", stated)), CATALOGUE)
    assert isinstance(found, Refused)
    assert [(d.code, d.hint) for d in found.diagnostics if d.code != "TE013"] == [
        ("TE012", "write its unit too, such as 42 days or 6 weeks"),
        ("TE021", 'did you mean "costs.staff"?'),
    ]


def test_problems_refuse_what_was_made_in_spite_of_them() -> None:
    problems = Problems()
    assert problems.sound("made") == "made"
    with pytest.raises(AssertionError):  # a bug of ours: what is not made says why
        problems.sound(None)
    problems.add("TE001", None, "cannot be read")
    with pytest.raises(Refused, match="cannot be read"):
        problems.sound("made")
