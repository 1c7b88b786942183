"""Text is read and bounded before a parser has it: the same is told whichever parser is installed.

What the scan lets pass, both parsers of PyYAML read alike; what it tells is broken for the one in C too.
"""

from __future__ import annotations

import re

import pytest
import yaml
from growing import grows_too_fast
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval import Refused
from tender_eval.base.bounds import place, strange_character
from tender_eval.base.limits import DEEPEST, LONGEST_KEY
from tender_eval.files.source import Source
from tender_eval.files.text import brackets, parser, scan, tokens
from tender_eval.files.text.parser import PythonLoader
from tender_eval.files.text.scan import first_fault
from tender_eval.files.text.values import parse_json, parse_yaml
from tender_eval.model.diagnostics import Diagnostic, Problems
from tender_eval.model.location import Items, Table, Text

PIECES = (
    "a", "b: ", "- ", "  ", "    ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", ",", ": ", ":", "? ", "?", '"',
    "'", "#", " # x", "|", ">", "|\n  x\n", ">-\n ", "|2", "&a ", "*a", "!t ", "!!str ", "\t", "---", "...", "\n---\n",
    "%YAML 1.1\n",
    "\\", "\\n", "é", "@", "`", "- a: 1\n", "key: value\n", '"q"', "'it'", "\r\n", "\r", "1,000", "<<", "~", "\x85",
    "\u2028", "=", "x: y", "{id: a, price: 1}", "12:30", "no", "\ufeff", "\x07", "\n- ", "\nkey: ", "it's", "-1", "a:b",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LOADERS = [getattr(yaml, "CSafeLoader", PythonLoader), PythonLoader]
UNLIKE = re.compile(r"[&!]\w*[ \t]*:|\?\s*(?:#.*\s*)?[],}]")
"""What libyaml takes and is refused: an empty key behind an anchor or tag, and a "?" for no key at all."""


def read(
    text: str, loader: type, monkeypatch: pytest.MonkeyPatch, of: object = parse_yaml
) -> tuple[object, tuple[Diagnostic, ...]]:
    monkeypatch.setattr(parser, "Loader", loader)
    problems = Problems()
    found = of(Source("x.yaml", text.encode()), problems)  # type: ignore[operator]
    return located(found), tuple(problems)


def located(value: object) -> object:
    """Values with their places, to compare."""
    match value:
        case Table():
            return value.where, [(located(key), located(part)) for key, part in value.items()]
        case Items():
            return value.where, [located(part) for part in value]
        case Text():
            return value.where, str(value), value.plain
        case _:
            return value


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(text=TEXTS)
def test_both_parsers_tell_and_read_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        in_c, in_python = (read(text, loader, patch) for loader in LOADERS)
    assert in_c == in_python
    assert not any("cannot be read here" in problem.message for problem in in_c[1])


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(text=TEXTS)
def test_what_is_told_is_broken_and_nothing_else_is(text: str) -> None:
    fault = strange_character(text) or first_fault(text)
    try:
        documents = sum(isinstance(e, yaml.DocumentStartEvent) for e in yaml.parse(text, Loader=LOADERS[0]))
    except yaml.YAMLError:
        assert fault is not None
    else:
        assert (fault is None) == (documents <= 1) or UNLIKE.search(text) or "\ufeff" in text
    if fault is not None:
        assert 0 <= fault.at <= len(text)
        assert fault.message
        assert fault.hint


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for of in (parse_yaml, parse_json):
            try:
                first, second = (read(text, loader, patch, of) for loader in LOADERS)
            except Refused as e:  # it begins as UTF-16 does
                codes = [d.code for d in e.diagnostics]
            else:
                codes = ["TE002"] if first == second else []
            assert codes == ["TE002"]


@pytest.mark.parametrize("loader", LOADERS, ids=["C", "Python"])
def test_the_parser_in_python_takes_what_the_other_does(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'a:\tb\tc\t# d\ne: [is it?, f]\ng: |# h\n  i\nj: "k"\t#l\nm:\t\n  n\n\n  o\n'
    problems = Problems()
    monkeypatch.setattr(parser, "Loader", loader)
    found = parse_yaml(Source("x.yaml", text.encode()), problems)
    assert not list(problems)
    assert found == {"a": "b\tc", "e": ["is it?", "f"], "g": "i\n", "j": "k", "m": "n\no"}


DEEP = [
    ("a: " + "[" * 40, 43),
    ("- " * 41, 81),
    ("? " * 41, 81),
    ("{a: " * 41, 161),
    ("[a: " * 21, 81),  # each is a list and a pair in it
    ("- - [{a: " * 1 + "[" * 37, 46),
]


@pytest.mark.parametrize(("text", "column"), DEEP)
def test_what_is_nested_too_deep_is_told_where_it_begins(text: str, column: int) -> None:
    fault = first_fault(text)
    assert fault is not None
    assert (fault.code, place(text, fault.at)) == ("TE004", (1, column))
    assert fault.message == f"nested deeper than {DEEPEST} levels"


def test_indentation_is_depth_with_and_without_dashes() -> None:
    keys = "".join(f"{' ' * n}a:\n" for n in range(DEEPEST))
    assert first_fault(keys) is None
    fault = first_fault(keys + " " * DEEPEST + "a: 1\n")
    assert fault
    assert place(keys + " " * DEEPEST + "a: 1\n", fault.at) == (DEEPEST + 1, DEEPEST + 1)
    lists = "".join(f"{' ' * n}a:\n{' ' * n}-\n" for n in range(DEEPEST // 2))
    assert first_fault(lists) is None
    assert (first_fault(lists + " " * DEEPEST + "- x\n") or fault).code == "TE004"


@pytest.mark.parametrize(
    "text",
    [
        'a: "' + "[" * 99 + '"\n',
        "a: '" + "{" * 99 + "'\n",
        "a: |\n  " + "[" * 99 + "\n  " + "- " * 99 + "\n",
        "a: >-\n\n  " + "{" * 99 + "\n",
        "a: b " + "[" * 99 + "\n",
        "a: 1 # " + "[" * 99 + "\n# " + "{" * 99 + "\n",
        'a: [b, "' + "[" * 99 + "\", '" + "]" * 99 + "'] # [[[\n",
        "a: it's\nb: [" + "it's, " * 99 + "'it''s [']\n",
        "- a\n" * 999 + "- [b]\n" * 999,
        "a: x\n  " + "- - [ {\n  " * 99 + "\n",
        'a: "x\\"' + "[" * 99 + '"\n',
    ],
)
def test_brackets_and_dashes_in_text_and_comments_are_no_depth(text: str) -> None:
    assert first_fault(text) is None
    list(yaml.parse(text, Loader=LOADERS[0]))


@pytest.mark.parametrize("key", ["{}: 1\n", '"{}": 1\n', "{{{}: 1}}\n", "[{}: 1]\n", "- {}: 1\n", "&a {}: 1\n"])
def test_a_key_is_as_long_as_yaml_lets_it_be(key: str) -> None:
    rest = len(key.format("").partition(":")[0].lstrip("[- {"))
    longest = key.format("k" * (LONGEST_KEY - rest))
    assert first_fault(longest) is None
    list(yaml.parse(longest, Loader=LOADERS[0]))
    fault = first_fault(key.format("k" * (LONGEST_KEY - rest + 1)))
    assert fault
    assert (fault.code, fault.message) == ("TE004", f"a key of more than {LONGEST_KEY} characters")


@pytest.mark.parametrize("unit", ["- a\n", "- [b, c]\n", "- {b: c}\n", "-\n"])
def test_entries_are_counted(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    for module in (scan, brackets, tokens):
        monkeypatch.setattr(module, "MOST_ENTRIES", 100)
    assert first_fault(unit * 20) is None
    fault = first_fault(unit * 101)
    assert fault
    assert (fault.code, "keys and items" in fault.message) == ("TE004", True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["#\n", "\n", " ", "&a ", "*a ", "!a\n", "a: b\n", "a", '"', "'", "\\", ":", "a: |\n  x\n", "[]", "- ", "{a: b}, ",
     "x\n ", "\t", "? a\n: b\n", "a #", '["a", ', "- |\n\n", "\u2028", "'a' ", ": ", ",", "a:\n  - b\n"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "a: ", "[", '"', "- |\n "])
def test_the_work_grows_with_the_text_alone(before: str, unit: str) -> None:
    assert not grows_too_fast(lambda times: first_fault(before + unit * times), 100)


LINES = st.lists(
    st.sampled_from(
        ("a: 1", "b:", "  c: [x, {d: e}]", "  f: 'g'", "h:", "- i: j", "  k: l m", "- {n: o}", "- p", "q: r",
         "    s: t", "   u: v", " - w", "x", "y: z: a", "  ", "  # b", "\tc: d", '- "e"', "  - f: g", "    h: [i]",
         "- [[j]]", "k: |", "  l")
    ),
    max_size=12,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(lines=LINES)
def test_ordinary_lines_are_passed_by_the_same_rules(lines: list[str]) -> None:
    """The quick way over most lines finds what the way by tokens does."""
    text = "".join(f"{line}\n" for line in lines)
    quick = first_fault(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "ORDINARY", re.compile("(?!)"))
        patch.setattr(brackets, "ITEMS", re.compile("(?!)"))
        patch.setattr(brackets, "PAIRS", re.compile("(?!)"))
        assert first_fault(text) == quick


def test_a_name_of_any_length_is_not_repeated_whole() -> None:
    problems = Problems()
    parse_yaml(Source("x.yaml", ("a: *" + "b" * 900 + "\n").encode()), problems)
    (found,) = problems
    assert found.code == "TE008"
    assert len(found.message) < 100


def test_what_is_wrong_before_a_fault_is_told_with_it() -> None:
    problems = Problems()
    parse_yaml(Source("x.yaml", b"a: no\na: *b\nc: [\n"), problems)
    assert [(str(d.where), d.code) for d in problems] == [
        ("x.yaml:1:4", "TE009"), ("x.yaml:2:1", "TE007"), ("x.yaml:2:4", "TE008"), ("x.yaml:3:4", "TE003"),
    ]  # fmt: skip
