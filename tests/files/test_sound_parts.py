"""One slip is one message: what only follows from it is not told, and everything else is, in the same run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tender_eval import load_catalogue
from tender_eval.engine.check import check
from tender_eval.files.source import Source

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCHEME = """\
format: tender-eval/scheme/1
id: s
title: t
scales:
  five:
    - {mark: 0, score: 0%}
    - {mark: 5, score: 100%}
conditions:
  - {id: income, reads: supplier.annual_income, at_least: 50% of annual_value}
criteria:
  - id: quality
    weight: 60
    minimum: 50%
    criteria:
      - {id: delivery, weight: 40, scorer: mark, scale: five, minimum: 5}
      - {id: staff, weight: 20, scorer: mark, scale: five}
  - {id: price, weight: 40, scorer: ratio_to_lowest}
price: {years: 3, components: {annual: per_year, exit: year_3}}
award:
  rule: {name: lowest_cost_per_quality_point, quality: [quality]}
  ties: [{highest: quality}]
  on_rejection: recompute
"""
BIDS = """\
format: tender-eval/bids/1
tender: {id: t, annual_value: 1000}
bids:
  - id: a
    supplier: {name: A, annual_income: 900}
    prices: {annual: 10, exit: 1}
    marks: {delivery: 5, staff: 5}
  - id: b
    supplier: {name: B, annual_income: 800}
    prices: {annual: 12, exit: 2}
    marks: {delivery: 5, staff: 0}
"""


def said(scheme: str = SCHEME, bids: str = BIDS) -> list[str]:
    found = check(Source("s.yaml", scheme.encode()), Source("b.yaml", bids.encode()), CATALOGUE)
    return [f"{d.where} {d.code}" for d in found.diagnostics]


def changed(text: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_unspoilt_files_are_sound() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: t\n", "", "s.yaml:1:1 TE011"),
        ("title: t", "titel: t", "s.yaml:3:1 TE010"),
        ("id: s\n", "id: s t\n", "s.yaml:2:5 TE019"),
        ("weight: 60", "weight: sixty", "s.yaml:12:13 TE013"),
        ("weight: 60", "wieght: 60", "s.yaml:12:5 TE010"),
        ("id: quality", "id: quality points", "s.yaml:11:9 TE019"),
        ("minimum: 50%", "minimum: half", "s.yaml:13:14 TE013"),
        ("{id: delivery,", "{idd: delivery,", "s.yaml:15:10 TE010"),
        ("scale: five, minimum", "scale: [five], minimum", "s.yaml:15:57 TE012"),
        ("scale: five, minimum", "scael: five, minimum", "s.yaml:15:50 TE010"),
        ("weight: 40, scorer: mark", "weight: 40, scorer: []", "s.yaml:15:44 TE012"),
        ("weight: 40, scorer: mark", "weight: 40, scorre: mark", "s.yaml:15:36 TE010"),
        ("mark: 5, score: 100%", "mark: 5, score: 100", "s.yaml:7:24 TE015"),
        ("  five:\n", "  zero to five:\n", "s.yaml:5:3 TE019"),
        ("criteria:\n", "critera:\n", "s.yaml:10:1 TE010"),
        ("years: 3", "years: three", "s.yaml:18:16 TE013"),
        ("award:\n", "awrad:\n", "s.yaml:19:1 TE010"),
        ("on_rejection: recompute", "on_rejection: perhaps", "s.yaml:22:17 TE016"),
        ("on_rejection: recompute", "on_rejecton: recompute", "s.yaml:22:3 TE010"),
        ("rule: {name: ", "rule: {nmae: ", "s.yaml:20:9 TE011"),
    ],
)
def test_a_slip_in_the_scheme_is_told_alone(old: str, new: str, told: str) -> None:
    assert said(changed(SCHEME, [(old, new)])) == [told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("annual_value: 1000", "annual_value: £1000", "b.yaml:2:31 TE014"),
        ("  - id: a\n", "  - id: a b\n", "b.yaml:4:9 TE019"),
        ("  - id: a\n    supplier", "  - supplier", "b.yaml:4:5 TE011"),
        ("annual_income: 900", "annual_income: lots", "b.yaml:5:40 TE013"),
        ("supplier: {name: A,", "suplier: {name: A,", "b.yaml:5:5 TE010"),
        ("prices: {annual: 10, exit: 1}", "prices: {annual: 10, exit: one}", "b.yaml:6:32 TE013"),
        ("marks: {delivery: 5, staff: 5}", "marks: [5, 5]", "b.yaml:7:12 TE012"),
        ("staff: 5}", "staff: {agreed: 5, resaon: good}}", "b.yaml:7:45 TE010"),
        ("bids:\n", "bdis:\n", "b.yaml:3:1 TE010"),
    ],
)
def test_a_slip_in_the_bids_is_told_alone(old: str, new: str, told: str) -> None:
    assert said(bids=changed(BIDS, [(old, new)])) == [told]


def test_other_mistakes_are_told_beside_it() -> None:
    scheme = changed(
        SCHEME, [("title: t", "titel: t"), ("weight: 20", "weight: 30"), ("rule: {name: l", "rule: {name: L")]
    )
    bids = changed(BIDS, [("annual: 10", "annual: ten"), ("id: b", "id: a")])
    assert said(scheme, bids) == [
        "b.yaml:6:22 TE013",
        "b.yaml:8:9 TE050",
        "s.yaml:3:1 TE010",
        "s.yaml:11:5 TE022",
        "s.yaml:20:16 TE044",
    ]


def test_bids_are_held_against_a_scheme_whose_weights_are_wrong() -> None:
    scheme = changed(SCHEME, [("weight: 20", "weight: 30")])
    bids = changed(BIDS, [("staff: 0", "staff: 3")])
    assert said(scheme, bids) == ["b.yaml:11:33 TE053", "s.yaml:11:5 TE022"]


def test_bids_are_not_held_against_what_cannot_be_read() -> None:
    scheme = changed(SCHEME, [("mark: 5, score", "mrak: 5, score")])
    assert said(scheme) == ["s.yaml:7:8 TE010"]


def test_sound_bids_are_held_against_the_scheme_beside_faulty_ones() -> None:
    bids = changed(BIDS, [("annual: 10", "annual: ten"), ("staff: 0", "stfaf: 0")])
    assert said(bids=bids) == ["b.yaml:6:22 TE013", "b.yaml:11:26 TE051", "b.yaml:11:33 TE052"]


def test_marks_of_no_criterion_are_told_of_faulty_bids_too() -> None:
    bids = changed(BIDS, [("annual: 10", "annual: ten"), ("staff: 5", "stfaf: 5")])
    assert said(bids=bids) == ["b.yaml:6:22 TE013", "b.yaml:7:26 TE051"]
