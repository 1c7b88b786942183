"""Ignore comments: found where YAML has comments and nowhere else, each for its own line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.lint.ignore_comments import comments, ignores_in

SAID = "# tender-eval: ignore TE304 because "


def lines(text: str) -> list[tuple[int, str]]:
    return [(i.line, i.reason) for i in ignores_in(text, "s.yaml")]


def test_a_comment_beside_something_speaks_for_its_line_and_one_alone_for_the_next() -> None:
    text = f"a: 1  {SAID}beside\n{SAID}above\nb: 2\n"
    assert lines(text) == [(1, "beside"), (3, "above")]


def test_comments_that_stand_alone_may_stand_one_above_another() -> None:
    assert lines(f"{SAID}one\n# a word\n{SAID}two\na: 1\n") == [(4, "one"), (4, "two")]


def test_ignore_file_speaks_for_every_line() -> None:
    assert lines(SAID.replace("ignore", "ignore-file") + "all\na: 1\n") == [(0, "all")]


@pytest.mark.parametrize(
    "text",
    [
        f"a: '{SAID}x'\n",
        f'a: "b {SAID}x"\n',
        f'a: "b\n  {SAID}x"\n',
        f"a: |\n  {SAID}x\n",
        f"a: >-\n  b\n  {SAID}x\n\nc: 1\n",
        "a: b#tender-eval\n",
        f"{{a: '{SAID}x'}}\n",
        f"a: [1, '{SAID}x']\n",
        f"a: |2\n    {SAID}x\n",
    ],
)
def test_text_that_looks_like_a_comment_is_none(text: str) -> None:
    yaml.safe_load(text)
    assert comments(text) == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: >-  {SAID}x\n  text\n", 1),
        (f"a: [1,  {SAID}x\n  2]\n", 1),
        (f"a:\n  - 1\n  {SAID}x\n  - 2\n", 4),
        (f"a: |\n  text\n{SAID}x\nb: 1\n", 4),
        (f'a: "x"\t{SAID}x\n', 1),
        (f"ä: 'ünïcode ☃ 𝄞'  {SAID}x\n", 1),
        (f"a: 1\r\nb: 2  {SAID}x\r\n", 2),
        (f"a: 1\rb: 2  {SAID}x\r", 2),
        (f"a: 1  {SAID}x", 1),
        (f"---\na: 1  {SAID}x\n...\n", 2),
    ],
)
def test_comments_wherever_yaml_allows_them(text: str, line: int) -> None:
    assert lines(text) == [(line, "x")]


def test_a_comment_knows_its_column() -> None:
    (found,) = ignores_in(f"a: 'é'  {SAID}x\n", "s.yaml")
    assert str(found.where) == "s.yaml:1:9"


LETTERS = st.text(st.sampled_from(list("ab# \n'\":-|>[]{}\té☃")), max_size=30)
TEXTS = LETTERS.map(lambda t: t + "# tender-eval: ignore TE1")
VALUES = st.dictionaries(st.sampled_from("abcdef"), TEXTS | st.lists(TEXTS, max_size=3), min_size=1)


@pytest.mark.slow
@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans())
def test_no_text_of_a_file_is_taken_for_a_comment(data: dict, style: str | None, flow: bool) -> None:
    text = yaml.safe_dump(data, default_style=style, default_flow_style=flow, allow_unicode=True, width=40)
    assert comments(text) == ()


@pytest.mark.slow
@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.data())
def test_every_comment_between_the_parts_of_a_file_is_found(data: dict, style: str | None, draw: st.DataObject) -> None:
    parts = [yaml.safe_dump({k: v}, default_style=style, allow_unicode=True, width=40) for k, v in data.items()]
    at = draw.draw(st.integers(0, len(parts)))
    text = "".join([*parts[:at], "# here\n", *parts[at:]])
    assert yaml.safe_load(text) == data
    (found,) = comments(text)
    assert (found.text, found.alone) == ("# here", True)
    assert found.line == "".join(parts[:at]).count("\n") + 1


@pytest.mark.parametrize(
    ("said", "codes", "reason", "fault"),
    [
        ("ignore TE304 because of the framework", ("TE304",), "of the framework", ""),
        ("ignore te304,TE305 , TE306 BECAUSE so", ("TE304", "TE305", "TE306"), "so", ""),
        ("ignore TE304", ("TE304",), "", ""),
        ("ignore TE304 because", ("TE304",), "", ""),
        ("ignore TE304 because: of it", ("TE304",), "of it", ""),
        ("ignore TE304 because - (5.2) asks", ("TE304",), "(5.2) asks", ""),
        ("ignore TE304 because ...", ("TE304",), "", ""),
        ("ignore because so", (), "so", "no code of a rule follows"),
        ("ignore TE3 because so", ("TE3",), "so", '"TE3" is no code of a rule'),
        ("ignore TE304 since so", ("TE304", "SINCE", "SO"), "", '"SINCE" is no code of a rule'),
        ("noqa TE304", ("TE304",), "", '"noqa" is nothing that can be asked of tender-eval: known here'),
        ("", (), "", '"" is nothing that can be asked of tender-eval'),
    ],
)
def test_how_a_comment_is_read(said: str, codes: tuple[str, ...], reason: str, fault: str) -> None:
    (found,) = ignores_in(f"a: 1 # tender-eval: {said}\n", "s.yaml")
    assert (found.codes, found.reason) == (codes, reason)
    assert found.fault.startswith(fault) if fault else found.fault == ""


@pytest.mark.parametrize("begins", ["# tender-eval ", "# tender_eval: ", "# Tender Eval: ", "#tendereval "])
def test_a_comment_that_nearly_speaks_to_tender_eval_is_told(begins: str) -> None:
    (found,) = ignores_in(f"a: 1 {begins}ignore TE304 because so\n", "s.yaml")
    assert found.fault == 'it does not begin with "# tender-eval:"'


def test_two_hashes_are_as_good_as_one() -> None:
    (found,) = ignores_in("## tender-eval: ignore TE304 because so\na: 1\n", "s.yaml")
    assert (found.codes, found.fault, found.line) == (("TE304",), "", 2)


def test_other_comments_are_no_concern_of_ours() -> None:
    text = "# yaml-language-server: x\na: 1 # see tender-eval: ignore TE3\n#tender-evaluation: a\n# tender-eval ignores"
    assert ignores_in(text, "s.yaml") == ()
