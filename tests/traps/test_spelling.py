"""A key or name that nothing reads is an error that says what was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from inline import CATALOGUE, evaluate, leaf, refusal, scheme

from tender_eval import Diagnostic, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

Write = Callable[[str, str | bytes], str]
SCHEME = """\
format: tender-eval/scheme/1
id: s
title: t
currency: GBP
scales:
  five:
    - {mark: 0, score: 0%, title: Poor}
    - {mark: 5, score: 100%, title: Good}
conditions:
  - {id: policy, title: A policy, reads: declarations.policy, must_be: true}
criteria:
  - id: quality
    title: Quality
    weight: 60
    minimum: 50%
    scorer: mark
    scale: five
  - id: price
    weight: 40
    scorer: {name: ratio_to_lowest, single_bid: 80%}
award:
  rule: {name: highest_score}
  ties: [{highest: quality}]
  on_rejection: recompute
rounding: {places: 2, mode: half_up, at: [criterion]}
abnormally_low: {below_mean_by: 25%}
panel: {divergence: 2}
"""
BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: T, annual_value: 10, lots: []}
bids:
  - id: a
    supplier: {name: A, legal_form: charity, annual_income: 5}
    consortium:
      members: [{name: B, share: 10%, confirmed: true}]
    declarations: {policy: true}
    price: 10
    marks:
      quality: {agreed: 5, individual: {e: 5}, reason: "r"}
"""

SCHEME_KEYS = [
    ("titel: t", "title: t", "TE010", 3, "title"),
    ("curency: ", "currency: ", "TE010", 4, "currency"),
    ("scroe: 0%", "score: 0%", "TE010", 7, "score"),
    ("must-be: true", "must_be: true", "TE010", 10, "must_be"),
    ("wieght: 60", "weight: 60", "TE010", 14, "weight"),
    ("minimun: 50%", "minimum: 50%", "TE010", 15, "minimum"),
    ("scorrer: mark", "scorer: mark", "TE010", 16, "scorer"),
    ("on_rejecton: ", "on_rejection: ", "TE010", 24, "on_rejection"),
    ("recomputes", "recompute", "TE016", 24, "recompute"),
    ("[{higest: quality}]", "[{highest: quality}]", "TE010", 23, "highest"),
    ("halfup", "half_up", "TE016", 25, "half_up"),
    ("criterium]", "criterion]", "TE016", 25, "criterion"),
    ("below_means_by", "below_mean_by", "TE010", 26, "below_mean_by"),
    ("divergences", "divergence", "TE010", 27, "divergence"),
    ("abnormaly_low", "abnormally_low", "TE010", 26, "abnormally_low"),
]

COMPILED = [
    ("scorer: marks", "scorer: mark", "TE044", 16, "mark"),
    ("name: ratio_to_lowst", "name: ratio_to_lowest", "TE044", 20, "ratio_to_lowest"),
    ("singel_bid", "single_bid", "TE010", 20, "single_bid"),
    ("name: higest_score", "name: highest_score", "TE044", 22, "highest_score"),
    ("highest: qualty", "highest: quality", "TE021", 23, "quality"),
]

BID_KEYS = [
    ("tendr: ", "tender: ", "TE010", 2, "tender"),
    ("anual_value", "annual_value", "TE010", 2, "annual_value"),
    ("suplier: ", "supplier: ", "TE010", 5, "supplier"),
    ("legal_from", "legal_form", "TE010", 5, "legal_form"),
    ("member: ", "members: ", "TE010", 7, "members"),
    ("confirmd", "confirmed", "TE010", 7, "confirmed"),
    ("declaration: ", "declarations: ", "TE010", 8, "declarations"),
    ("prise: ", "price: ", "TE010", 9, "price"),
    ("mark:\n", "marks:\n", "TE010", 10, "marks"),
]


def the(code: str, said: tuple[Diagnostic, ...]) -> Diagnostic:
    return next(d for d in said if d.code == code)


@pytest.mark.parametrize(("wrong", "right", "code", "line", "meant"), SCHEME_KEYS)
def test_in_a_scheme(write: Write, wrong: str, right: str, code: str, line: int, meant: str) -> None:
    assert SCHEME.count(right) >= 1
    said = the(code, refusal(load_scheme, write("scheme.yaml", SCHEME.replace(right, wrong, 1))))
    assert said.where is not None
    assert (said.where.line, said.hint) == (line, f'did you mean "{meant}"?')


@pytest.mark.parametrize(("wrong", "right", "code", "line", "meant"), COMPILED)
def test_in_what_a_scheme_names(write: Write, wrong: str, right: str, code: str, line: int, meant: str) -> None:
    stated = load_scheme(write("scheme.yaml", SCHEME.replace(right, wrong, 1)))
    said = the(code, refusal(compile_scheme, stated, CATALOGUE))
    assert said.where is not None
    assert (said.where.line, said.hint) == (line, f'did you mean "{meant}"?')


@pytest.mark.parametrize(("wrong", "right", "code", "line", "meant"), BID_KEYS)
def test_in_bids(write: Write, wrong: str, right: str, code: str, line: int, meant: str) -> None:
    said = the(code, refusal(load_bids, write("bids.yaml", BIDS.replace(right, wrong, 1))))
    assert said.where is not None
    assert (said.where.line, said.hint) == (line, f'did you mean "{meant}"?')


def test_the_unspoilt_files_are_sound(write: Write) -> None:
    stated = load_scheme(write("scheme.yaml", SCHEME))
    bids = load_bids(write("bids.yaml", BIDS))
    assert compile_scheme(stated, CATALOGUE).evaluate(bids).winner == ("a",)


def test_a_key_at_its_own_place_and_not_at_its_value(write: Write) -> None:
    said = refusal(load_scheme, write("scheme.yaml", SCHEME.replace("    minimum: 50%", "    minimun: 50%")))
    assert [str(d.where) for d in said if d.code == "TE010"] == ["scheme.yaml:15:5"]


def test_a_key_near_to_nothing_lists_what_is_known(write: Write) -> None:
    said = refusal(load_scheme, write("scheme.yaml", SCHEME + "xyzzy: 1\n"))
    assert the("TE010", said).hint.startswith("known here: abnormally_low, award, benefits, conditions, ")


def test_every_misspelt_key_of_a_file_is_told_in_one_run(write: Write) -> None:
    text = SCHEME
    for wrong, right, _, _, _ in SCHEME_KEYS[:6]:
        text = text.replace(right, wrong, 1)
    said = refusal(load_scheme, write("scheme.yaml", text))
    hints = {d.hint for d in said}
    assert {f'did you mean "{meant}"?' for *_, meant in SCHEME_KEYS[:6]} <= hints


@pytest.mark.parametrize(
    ("scorer", "meant"),
    [
        ({"name": "ratio_to_lowest", "field": "vaules.x"}, ""),
        ({"name": "formula", "expression": "price / lowst"}, "lowest"),
        ({"name": "linear_above_lowest", "below_zero": "clam"}, "clamp"),
        ({"name": "piecewise", "pionts": []}, "points"),
    ],
)
def test_in_a_scorers_parameters(scorer: dict[str, Any], meant: str) -> None:
    said = refusal(compile_scheme, scheme_from_data(scheme(leaf("p", 100, scorer))), CATALOGUE)
    assert any(d.hint == f'did you mean "{meant}"?' for d in said) or not meant
    assert all(d.hint for d in said)


def test_a_figure_that_the_bids_call_otherwise() -> None:
    stated = scheme(leaf("p", 100, {"name": "ratio_to_highest", "field": "values.accepted"}))
    (said,) = refusal(evaluate, stated, {"a": {"values": {"acepted": 5}}})
    assert (said.code, said.hint) == ("TE052", "it states values.acepted: use one name in bid and scheme")


def test_a_key_that_is_stated_already_is_not_offered_for_one_that_is_misspelt() -> None:
    """Obeyed, it would stand twice (TE007)."""
    text = "format: tender-eval/bids/1\nbids:\n  - {id: a, price: 1, prcie: 2}\n"
    problems = Problems()
    read_bids(Source("bids.yaml", text.encode()), {}, problems)
    assert [d.hint for d in problems] == ['remove one of the two: "price" is stated as well']
    problems = Problems()
    read_bids(Source("bids.csv", b"id,price,Price\na,1,2\n"), {}, problems)
    assert [d.hint for d in problems] == ['remove one of the two: "price" is a heading as well']
