"""Where YAML readers disagree on what a plain value is, it is an error with the two ways to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline import refusal, told

from tender_eval import load_bids, load_scheme

Write = Callable[[str, str | bytes], str]
BIDS = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: 1\n  declarations:\n    fact: "
NAMED = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: 1\n  supplier:\n    name: "
PRICED = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: "

TRUTHS = ["NO", "no", "No", "n", "N", "off", "OFF", "yes", "Yes", "YES", "y", "on", "On"]
NUMBERS = ["012", "-012", "+07", "00", "0o17", "0x1F", "0b11", "12:30", "12:30:45", "-1:30", "1:20.5", "1_000"]


@pytest.mark.parametrize("written", TRUTHS)
def test_no_and_its_like(write: Write, written: str) -> None:
    truth = "true" if written.lower() in ("yes", "y", "on") else "false"
    for text in (BIDS, NAMED):
        said = refusal(load_bids, write("bids.yaml", text + written + "\n"))
        assert told(said) == ["bids.yaml:6:11 TE009"]
        assert said[0].hint == f'write {truth}, or "{written}" in quotes where text is meant'


@pytest.mark.parametrize("written", NUMBERS)
def test_numbers_in_other_bases(write: Write, written: str) -> None:
    for text in (BIDS, NAMED):
        said = refusal(load_bids, write("bids.yaml", text + written + "\n"))
        assert told(said) == ["bids.yaml:6:11 TE009"]
        assert f'write "{written}" in quotes' in said[0].hint
    said = refusal(load_bids, write("bids.yaml", PRICED + written + "\n"))
    assert "TE009" in [d.code for d in said]
    assert {str(d.where) for d in said} == {"bids.yaml:4:10"}


@pytest.mark.parametrize("written", ["NO", "no", "on", "012", "12:30", "0x1F", "~", "null", "true", "1_000"])
def test_in_quotes_they_are_text(write: Write, written: str) -> None:
    for quote in "'\"":
        bids = load_bids(write("bids.yaml", NAMED + quote + written + quote + "\n"))
        assert bids.bids[0].name == written


@pytest.mark.parametrize("written", ["'012'", '"12:30"', "'1_000'", "'NO'", "'0x1F'"])
def test_in_quotes_they_are_still_no_number(write: Write, written: str) -> None:
    (said,) = refusal(load_bids, write("bids.yaml", PRICED + written + "\n"))
    assert (str(said.where), said.code in ("TE013", "TE014")) == ("bids.yaml:4:10", True)


@pytest.mark.parametrize(("written", "value"), [("true", True), ("True", True), ("FALSE", False), ("false", False)])
def test_true_and_false_are_what_they_say(write: Write, written: str, value: bool) -> None:
    bids = load_bids(write("bids.yaml", BIDS + written + "\n"))
    assert bids.bids[0].figures["declarations.fact"].value is value


def test_norway_as_a_condition_and_in_the_scheme(write: Write) -> None:
    text = """\
format: tender-eval/scheme/1
id: s
title: NO
award: {rule: highest_score}
conditions:
  - {id: country, reads: supplier.legal_form, one_of: [SE, NO, DK]}
criteria:
  - {id: price, weight: 0100, scorer: ratio_to_lowest}
"""
    said = refusal(load_scheme, write("scheme.yaml", text))
    disputed = [str(d.where) for d in said if d.code == "TE009"]
    assert disputed == ["scheme.yaml:3:8", "scheme.yaml:6:60", "scheme.yaml:8:25"]


def test_a_key_named_on_is_a_key(write: Write) -> None:
    text = PRICED + "1\n  marks: {q: {agreed: 4, on: 2026-05-02}}\n"
    assert load_bids(write("bids.yaml", text)).bids[0].marks["q"].on == "2026-05-02"


def test_a_merge_key(write: Write) -> None:
    base = "notes: &base\n  price: 1\nformat: tender-eval/bids/1\nbids:\n- id: a\n  <<: *base\n"
    said = refusal(load_bids, write("bids.yaml", base))
    places = told(said)
    assert "bids.yaml:6:3 TE008" in places
    assert "bids.yaml:6:7 TE008" in places
    messages = [d.message for d in said if d.code == "TE008"]
    assert messages == [
        '"&base" is read as a mark of YAML, not as text',
        'the merge key "<<" is not read',
        'the alias "*base" is not read',
    ]


def test_text_that_begins_with_an_ampersand_loses_no_word(write: Write) -> None:
    text = "format: tender-eval/bids/1\nbids:\n- {id: a, supplier: {name: &Sons Ltd}, price: 1}\n"
    said = refusal(load_bids, write("bids.yaml", text))
    assert told(said) == ["bids.yaml:3:28 TE008"]
    mended = load_bids(write("b.yaml", text.replace("&Sons Ltd", '"&Sons Ltd"')))
    assert mended.bids[0].name == "&Sons Ltd"


@pytest.mark.parametrize("tag", ["!!float", "!!str", "!!python/object/apply:os.system", "!secret", "!!binary"])
def test_a_tag(write: Write, tag: str) -> None:
    said = refusal(load_bids, write("bids.yaml", PRICED + f"{tag} 12\n"))
    assert told(said) == ["bids.yaml:4:10 TE008"]


def test_a_comment_sign_or_colon_does_not_cut_a_value_unseen(write: Write) -> None:
    (said,) = refusal(load_bids, write("bids.yaml", NAMED + "Smith: Sons\n"))
    assert said.code == "TE003"
    bids = load_bids(write("bids.yaml", NAMED + "Smith#Sons\n"))
    assert bids.bids[0].name == "Smith#Sons"
