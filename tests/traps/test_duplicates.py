"""What stands twice is refused, and both places are named; no reader's choice of the two decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline import refusal, told

from tender_eval import load_bids, load_scheme

Write = Callable[[str, str | bytes], str]
BIDS = "format: tender-eval/bids/1\n"
SCHEME = "format: tender-eval/scheme/1\nid: s\ntitle: t\naward: {rule: highest_score}\n"
PRICE = "- {id: price, weight: 100, scorer: ratio_to_lowest}\n"


def test_two_bids_with_one_id(write: Write) -> None:
    path = write("bids.yaml", BIDS + "bids:\n- {id: a, price: 1}\n- {id: b, price: 2}\n- {id: a, price: 3}\n")
    (said,) = refusal(load_bids, path)
    assert (str(said.where), said.code) == ("bids.yaml:5:8", "TE050")
    assert said.message == 'two bids have the id "a"; the first is at bids.yaml:3:3'


def test_two_rows_with_one_id(write: Write) -> None:
    path = write("bids.csv", "id,price\na,1\nb,2\na,3\n")
    (said,) = refusal(load_bids, path)
    assert (str(said.where), said.code) == ("bids.csv:4:1", "TE050")
    assert "bids.csv:2:1" in said.message


def test_two_criteria_with_one_id_in_different_groups(write: Write) -> None:
    path = write(
        "scheme.yaml",
        SCHEME
        + """\
criteria:
- id: quality
  weight: 60
  criteria:
  - {id: delivery, weight: 60, scorer: {name: mark, out_of: 5}}
- id: other
  weight: 40
  criteria:
  - {id: delivery, weight: 40, scorer: {name: mark, out_of: 5}}
""",
    )
    (said,) = refusal(load_scheme, path)
    assert (str(said.where), said.code) == ("scheme.yaml:13:10", "TE020")
    assert said.message == 'two criterion entries have the id "delivery"; the first is at scheme.yaml:9:5'


def test_a_criterion_with_the_id_of_its_group(write: Write) -> None:
    inner = "- {id: q, weight: 100, criteria: [{id: q, weight: 100, scorer: ratio_to_lowest}]}\n"
    assert told(refusal(load_scheme, write("scheme.yaml", SCHEME + "criteria:\n" + inner))) == [
        "scheme.yaml:6:40 TE020"
    ]


def test_two_conditions_with_one_id(write: Write) -> None:
    conditions = "conditions:\n" + "- {id: policy, reads: declarations.policy, must_be: true}\n" * 2
    path = write("scheme.yaml", SCHEME + conditions + "criteria:\n" + PRICE)
    (said,) = refusal(load_scheme, path)
    assert (str(said.where), said.code) == ("scheme.yaml:7:8", "TE020")
    assert said.message == 'two condition entries have the id "policy"; the first is at scheme.yaml:6:3'


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("bids:\n- {id: a, price: 1, price: 2}\n", "price", "bids.yaml:3:21"),
        ("bids:\n- id: a\n  marks:\n    q: 1\n    q: 2\n", "q", "bids.yaml:6:5"),
        ("bids: []\nbids:\n- {id: a}\n", "bids", "bids.yaml:3:1"),
        ("bids:\n- {id: a, price: 1, 'price': 2}\n", "price", "bids.yaml:3:21"),
        ('bids:\n- {id: a, price: 1, "pric\\u0065": 2}\n', "price", "bids.yaml:3:21"),
        ("bids:\n- id: a\n  marks: {q: {agreed: 1, individual: {e: 1, e: 2}}}\n", "e", "bids.yaml:4:45"),
    ],
)
def test_a_key_that_stands_twice(write: Write, text: str, key: str, place: str) -> None:
    said = refusal(load_bids, write("bids.yaml", BIDS + text))
    twice = [d for d in said if d.code == "TE007"]
    assert [str(d.where) for d in twice] == [place]
    assert twice[0].message.startswith(f'the key "{key}" stands twice; first in line ')


def test_a_json_key_that_stands_twice(write: Write) -> None:
    path = write("bids.json", '{"format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 1, "price": 2}]}')
    assert told(refusal(load_bids, path)) == ["bids.json:1:67 TE007"]


def test_a_heading_that_stands_twice(write: Write) -> None:
    assert told(refusal(load_bids, write("bids.csv", "id,price,price\na,1,2\n"))) == ["bids.csv:1:10 TE007"]


def test_a_scale_that_stands_twice_or_lists_a_mark_twice(write: Write) -> None:
    scale = "  five: [{mark: 0, score: 0%}, {mark: 5, score: 100%}]\n"
    question = "criteria:\n- {id: q, weight: 100, scorer: mark, scale: five}\n"
    path = write("scheme.yaml", SCHEME + "scales:\n" + scale * 2 + question)
    assert told(refusal(load_scheme, path)) == ["scheme.yaml:7:3 TE007"]
    twice = scale.replace("mark: 5", "mark: 0.0")
    path = write("scheme.yaml", SCHEME + "scales:\n" + twice + question)
    assert told(refusal(load_scheme, path)) == ["scheme.yaml:6:3 TE025"]


def test_a_member_that_stands_twice(write: Write) -> None:
    members = "[{name: Beta, share: 10%}, {name: ' BETA', share: 10%}]"
    path = write("bids.yaml", BIDS + f"bids:\n- {{id: a, price: 1, consortium: {{members: {members}}}}}\n")
    (said,) = refusal(load_bids, path)
    assert said.code == "TE055"
    assert "is listed twice" in said.message
