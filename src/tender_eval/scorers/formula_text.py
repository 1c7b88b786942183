"""A published formula made ready to run and to be shown: its text, and the values to which the scheme gives names.

A name stands for what is published for it, in brackets: the formula is worked out as if that stood in its place, so
that a value is worked out only where the formula takes the branch in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tender_eval.files.fields import fault
from tender_eval.model.explanation.formulas import Column, Name, OwnWords, notation
from tender_eval.model.explanation.formulas import Formula as Written
from tender_eval.model.explanation.workings import parts_of
from tender_eval.plugins.expression.parts import part_of
from tender_eval.plugins.expression.run import NodeFunction
from tender_eval.plugins.expression.tree import Figure, Node, OverBids
from tender_eval.scorers.formula_tokens import MOST_PARTS, Fault
from tender_eval.scorers.grammar import FIGURE_KINDS, WORDS, parse

NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"\[[^\]]*\]|(?<![\w.])[A-Za-z_]\w*(?![\w.])")
_TAKEN = frozenset((*WORDS, *FIGURE_KINDS, "x", "root"))

Texts = tuple[tuple[str, str], ...]
"""Named values in order: what each is called, and its formula as it is published."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text as a formula for people, with a word for each call over all bids; ``words`` maps these to the calls."""

    written: Written
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """A named value: how it is worked out and shown."""

    name: str
    part: NodeFunction
    told: Told


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula ready to run.

    Attributes:
        text: with what is published for each name in the place of the name.
        root, part: the expression as a tree, and as the function that runs it; None where it cannot be read.
        faults: by what they are in: the name of a value, or nothing for the formula itself.
        columns: the figures that it reads, each with where it first stands, in the same way.
        compares: whether it looks at other bids.
        told: the text as people read it; ``short``, with the names in it, where it has some.
    """

    text: str
    root: Node | None
    part: NodeFunction | None
    faults: tuple[tuple[str, Fault], ...]
    columns: Mapping[str, tuple[str, int]]
    compares: bool
    told: Told
    short: Told
    values: tuple[Value, ...]


def check_name(name: str) -> None:
    """Refuse what a value cannot be called.

    Raises:
        ValueError: it is a word of formulas, or no word at all.
    """
    if name in _TAKEN:
        raise fault("TE028", f'a value cannot be called "{name}", which formulas take otherwise', "take another name")
    if not NAME.fullmatch(name):
        hint = "write small letters, figures and underscores, a letter first"
        raise fault("TE028", f'a value cannot be called "{name}"', hint)


@lru_cache(maxsize=256)
def compiled(text: str, field: str, values: Texts) -> Compiled:
    """A formula and the values that it names, ready to run."""
    faults: list[tuple[str, Fault]] = []
    places: dict[str, tuple[str, int]] = {}
    calls: dict[str, list[OverBids]] = {}
    full: dict[str, str] = {}
    used: set[str] = set()
    for name, source in (*values, ("", text)):
        root, found = parse(source, field, tuple(full))
        later = [other for other, _ in values if name and other not in full]
        faults += [(name, _of_later(one, source, later)) for one in found]
        calls[name] = []
        if root is not None:
            columns: dict[str, int] = {}
            _survey(root, columns, calls[name])
            used |= columns.keys() & full.keys()
            places |= {c: (name, at) for c, at in columns.items() if c not in full and c not in places}
        full[name] = in_full(source, full)
    unused = [] if faults else [name for name, _ in values if name not in used]
    faults += [(n, Fault(0, f'nothing is made of "{n}"', "name it in the formula, or remove it")) for n in unused]
    root, found = (None, ()) if faults else parse(full[""], field)
    if found:  # too long, once each name is what it stands for
        message = f"with what the names stand for, {found[0].message}"
        faults.append(("", Fault(0, message, f"at most {MOST_PARTS} numbers, names and signs are worked out")))
    if root is None or faults:
        nothing = Told(notation(""), {})
        return Compiled(full[""], None, None, tuple(faults), {}, False, nothing, nothing, ())
    outermost: list[OverBids] = []
    _survey(root, {}, outermost)
    whole = _told(full[""], outermost, places, {})
    names = {name: full[name] for name, _ in values}
    each = tuple(
        Value(name, part_of(tree, full[name]), _told(source, calls[name], places, names))
        for name, source in values
        if (tree := parse(full[name], field)[0]) is not None
    )
    short = _told(text, calls[""], places, names) if values else whole
    return Compiled(full[""], root, part_of(root, full[""]), (), places, bool(outermost), whole, short, each)


def in_full(text: str, full: Mapping[str, str]) -> str:
    """A formula with what names stand for in their place.

    >>> in_full("gap / values.gap + lowest(gap)", {"gap": "price - 1"})
    '(price - 1) / values.gap + lowest((price - 1))'
    """
    return _WORD.sub(lambda word: f"({full[word[0]]})" if word[0] in full else word[0], text)


def _of_later(found: Fault, source: str, later: Collection[str]) -> Fault:
    """A fault, which may be that a value names one below it."""
    word = _WORD.match(source, found.at)
    return replace(found, hint="a value names only those above it") if word and word[0] in later else found


def _survey(node: Node, columns: dict[str, int], outermost: list[OverBids] | None) -> None:
    """Collect the figures that a formula reads, and the calls over all bids that stand in no other one."""
    if isinstance(node, Figure):
        columns.setdefault(node.column, node.span[0] if node.span else 0)
    if isinstance(node, OverBids) and outermost is not None:
        outermost.append(node)
        outermost = None
    for part in node.parts:
        _survey(part, columns, outermost)


def _told(text: str, calls: Iterable[OverBids], columns: Iterable[str], values: Mapping[str, str]) -> Told:
    """A text as a formula: ``mean(values.a)`` as ``mean_of_values_a``.

    Args:
        values: by name, what stands for the values that the text may name.
    """
    words: dict[str, str] = {}
    shown, after = "", 0
    for start, end in sorted(call.span for call in calls if call.span):
        source = text[start:end]
        name, _, inside = source.partition("(")
        of = "_".join(re.findall(r"\w+", inside))
        word = f"{name.strip()}_of_{of}" if of else name.strip()
        call = in_full(source, values)
        if words.get(word, call) != call or word in values:
            word = f"{word}_{start}"
        words[word] = call
        shown += text[after:start] + word
        after = end
    names: dict[str, Name] = {**{c: Column(c) for c in columns}, **{w: OwnWords(w) for w in (*words, *values)}}
    parts = parts_of(shown + text[after:], tuple(names))
    written = Written(tuple(names.get(part, OwnWords(part)) if n % 2 else part for n, part in enumerate(parts)))
    return Told(written, words)
