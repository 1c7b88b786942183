"""Ignore comments of a scheme: where they are, what they silence and why.

``# tender-eval: ignore TE304 because <reason>`` silences its own line, or, where nothing else stands on its
line, the next line that is no comment. ``# tender-eval: ignore-file TE304 because <reason>`` silences the file.
Several codes are joined by commas. Comments are found between the tokens of YAML's own scanner, so that a ``#``
in quoted or folded text is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tender_eval.files.text.parser import Loader
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.location import Location
from tender_eval.plugins.lint_rule import CODE, Ignore

FORM = "# tender-eval: ignore TE304 because <reason>"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML ends a line
_COMMENT = re.compile("(?<![^ \t\n\r\x85\u2028\u2029])#[^\n\r\x85\u2028\u2029]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(?=#)")  # of a literal or folded text: a comment may follow it
_OURS = re.compile(
    r"#+\s*(?P<name>tender[-_ ]?eval)(?:\s*(?P<colon>:)\s*(?P<said>.*)|\s+(?P<bare>ignore(?:-file)?\s.*))",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?P<verb>\S+)(?:\s+(?P<codes>.*?))??(?:\s+because\b\s*(?P<reason>.*))?", re.IGNORECASE)
_VERBS = ("ignore", "ignore-file")


class Comment(NamedTuple):
    """A comment with its ``#``, its line and column from 1, and whether nothing else stands on its line."""

    text: str
    line: int
    column: int
    alone: bool


def comments(text: str) -> tuple[Comment, ...]:
    """Every comment of a sound YAML text."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    found = []
    line = 0
    for at, said in _in_gaps(text):
        while line + 1 < len(starts) and starts[line + 1] <= at:
            line += 1
        before = text[starts[line] : at]
        found.append(Comment(said.rstrip(), line + 1, at - starts[line] + 1, not before.strip()))
    return tuple(found)


def _in_gaps(text: str) -> Iterator[tuple[int, str]]:
    """The comments by where they begin: what stands behind a ``#`` outside of every token."""
    after = 0
    for token in yaml.scan(text, Loader=Loader):
        start, end = token.start_mark.index, token.end_mark.index
        for comment in _COMMENT.finditer(text, after, start):
            yield comment.start(), comment[0]
        if getattr(token, "style", None) in ("|", ">") and (header := _HEADER.match(text, start)):
            comment_there = _COMMENT.match(text, header.end())
            if comment_there:
                yield comment_there.start(), comment_there[0]
        after = max(after, end)


def ignores_in(text: str, source: str) -> tuple[Ignore, ...]:
    """Every comment that speaks to tender-eval; one that is written wrongly says so in ``fault``."""
    every = comments(text)
    alone = {c.line for c in every if c.alone}
    ours = ((c, found) for c in every if (found := _OURS.match(c.text)))
    return tuple(_ignore(c, found, source, alone) for c, found in ours)


def _ignore(comment: Comment, found: re.Match[str], source: str, alone: set[int]) -> Ignore:
    said = " ".join((found["said"] or found["bare"] or "").split())
    addressed = bool(found["colon"]) and found["name"].lower() == "tender-eval"
    where = Location(source, comment.line, comment.column)
    parts = _SAID.fullmatch(said)
    verb = (parts["verb"] if parts else "").lower()
    line = 0 if verb == "ignore-file" else _next(comment.line, alone) if comment.alone else comment.line
    codes = tuple(c.upper() for c in re.split(r"[,\s]+", (parts["codes"] if parts else "") or "") if c)
    reason = ((parts["reason"] if parts else "") or "").lstrip(" :,-\u2013\u2014")
    reason = reason if any(c.isalnum() for c in reason) else ""
    fault = _fault(verb, codes) if addressed else 'it does not begin with "# tender-eval:"'
    return Ignore(codes, reason, where, line, fault)


def _next(line: int, alone: set[int]) -> int:
    while line in alone:
        line += 1
    return line


def _fault(verb: str, codes: tuple[str, ...]) -> str:
    if verb not in _VERBS:
        return f'"{verb}" is nothing that can be asked of tender-eval: {did_you_mean(verb, _VERBS)}'
    if not codes:
        return "no code of a rule follows"
    odd = next((code for code in codes if not CODE.match(code)), "")
    return f'"{odd}" is no code of a rule' if odd else ""
