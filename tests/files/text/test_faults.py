"""What is wrong with broken YAML is said in the same words whichever parser reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from tender_eval.base.bounds import place, strange_character
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.files.text.parser import PythonLoader
from tender_eval.files.text.scan import first_fault
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Problems

LOADERS = [getattr(yaml, "CSafeLoader", PythonLoader), PythonLoader]

BROKEN = [
    ("a:\n  - {id: x, w: 1\n  - {id: y}\n", (2, 5), 'this "{" is not closed'),
    ("a: {id: x w: 1}\n", (1, 12), 'a comma or "}" is missing before this'),
    ("a: [x, y\nb: 1\n", (1, 4), 'this "[" is not closed'),
    ("a: {id: [x}\n", (1, 11), 'a comma or "]" is missing before this'),
    ("a: {id: x}}\n", (1, 11), "the value has ended"),
    ("a:\n  - b: 1\n\tc: 2\n", (3, 1), "a tab stands"),
    ("a:\n\tb: 1\n", (2, 1), "a tab stands"),
    ("title: Lot 1: refuge\n", (1, 13), 'a second ": " in one line'),
    ("- id: x\n  t: y\n    w: 1\n", (3, 5), "indented further"),
    ("a:\n    b: 1\n  c: 2\n", (3, 3), "does not line up with the keys that began in line 1"),
    ("a:\n  - id: x\n    w: 1\n   s: 2\n", (4, 4), "does not line up with the items of the list"),
    ("a:\n  y: 1\n  - x\n", (3, 3), "an item of a list stands among keys"),
    ('title: "Refuge\na: 1\n', (1, 8), "the quote that opens here is never closed"),
    ("title: 'It's mine'\n", (1, 12), "the value has ended"),
    ("a: @x\n", (1, 4), 'text cannot begin with "@"'),
    ("a: *\n", (1, 4), 'text cannot begin with "*"'),
    ("a: 1\nb\nc: 2\n", (2, 1), 'no ": "'),
    ("a: > x\n", (1, 6), "on the lines below"),
]


@pytest.mark.parametrize(("text", "place_of", "said"), BROKEN)
def test_a_slip_is_named_at_its_place(text: str, place_of: tuple[int, int], said: str) -> None:
    fault = first_fault(text)
    assert fault is not None
    assert (place(text, fault.at), said in fault.message) == (place_of, True), fault
    assert fault.hint


@pytest.mark.parametrize("loader", [yaml.SafeLoader, LOADERS[0]])
@pytest.mark.parametrize("text", [text for text, _, _ in BROKEN])
def test_what_is_told_is_broken_for_a_parser_too(loader: type, text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        list(yaml.parse(text, Loader=loader))


def test_how_a_line_reads_with_its_quotes_is_shown() -> None:
    assert _fault("title: Lot 1: refuge\n") == 'write title: "Lot 1: refuge"'
    assert _fault("  - name: Lot 1: refuge\n") == 'write name: "Lot 1: refuge"'
    assert _fault('title: Lot 1: "refuge"\n') == "put the text after the first colon in quotes"


def _fault(text: str) -> str:
    problems = Problems()
    assert parse_yaml(Source("x.yaml", text.encode()), problems) is None
    (problem,) = problems
    return problem.hint


def test_a_control_character_is_named_where_it_stands() -> None:
    text = "naïve: 1\nb: é\x07\n"
    fault = strange_character(text)
    assert fault is not None
    assert place(text, fault.at) == (2, 5)
    assert fault.message == "the control character U+0007 does not belong in a text file"


@pytest.mark.parametrize("change", [str.upper, lambda t: t.replace(":", "::"), lambda t: t + "\x00"])
def test_whatever_is_broken_is_one_problem(change: Callable[[str], str]) -> None:
    for text, _, _ in BROKEN:
        problems = Problems()
        parse_yaml(Source("x.yaml", change(text).encode()), problems)
        assert len([p for p in problems if p.code == "TE003"]) <= 1


def test_an_amount_of_money_that_a_comma_cuts_in_two_is_told_whole() -> None:
    text = "format: tender-eval/scheme/1\n"
    text += "regime: {law: procurement-act-2023, estimated_value: £1,450,000, light_touch: true}\n"
    problems = Problems()
    read_scheme(Source("s.yaml", text.encode()), problems)
    (found,) = [d for d in problems if str(d.where) == "s.yaml:2:54"]
    assert (found.code, found.message) == ("TE014", '"£1,450,000" has a currency sign')
    assert found.hint == "write 1450000; the scheme names the currency"
