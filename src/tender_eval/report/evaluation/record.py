"""The record that a report was made from: its history, what identifies it and how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.audit.earlier import CORRECTION
from tender_eval.audit.entries import FINDINGS
from tender_eval.case.acts import CHANGES, Entry
from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Item, Listing, Notice, heading, items, pairs, paragraph, table
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.phrases import named, phrase
from tender_eval.languages.runs import Inline, code, joined, name, strong
from tender_eval.report.case.entry_values import said_in_words
from tender_eval.report.evaluation.figures import WORDS

HEEDED = frozenset((*CHANGES, CORRECTION)) - {"evaluate"}
"""The kinds of entries that can have changed the result."""
LEFT_OUT = frozenset(("base64", "environment", "before", "after", "changes"))
"""Fields that no person reads here: the bytes of files, the digests of what is installed, and what the first page says
of acts as far as it may be told in the phase."""
EXPLAINED = ("mark", "agreed", "score", "points", "condition", "minimum", "head")


def history_section(case: Case) -> Iterator[Block]:
    """Every entry but the findings of an evaluation, which the rest of the report shows."""
    yield heading(WORDS.say("history.heading"), 1, "history")
    entries = [entry for entry in case.entries if entry.kind not in FINDINGS]
    if not entries:
        yield paragraph(WORDS.say("history.none"))
        return
    yield paragraph(WORDS.say("history.lead"))
    yield items([_entry(case, entry) for entry in entries], tone="out")


def _entry(case: Case, entry: Entry) -> Item:
    kind = WORDS(key) if WORDS.has(key := f"entry.{entry.kind}") else named(entry.kind)
    text = WORDS.say("history.entry", number=entry.number, kind=strong(kind), at=WORDS.time(entry.at))
    said = pairs(_fields(case, entry.body, ""))
    if entry.kind in HEEDED:
        return Item(text, (Notice((), (said,), "heed"),))
    return Item(text, (said,) if said.pairs else ())


def _fields(case: Case, body: Mapping[str, object], under: Inline) -> Iterator[tuple[Inline, Inline]]:
    for key, value in body.items():
        if key in LEFT_OUT:
            continue
        field = joined((under, named(str(key))))
        match value:
            case Mapping():
                yield from _fields(case, value, joined((field, ", ")))
            case list() | tuple() if any(isinstance(v, Mapping) for v in value):
                for n, item in enumerate(value, 1):
                    inner = item if isinstance(item, Mapping) else {"": item}
                    yield from _fields(case, inner, joined((field, f" {n}, ")))
            case list() | tuple():
                yield field, name(in_a_row(map(str, value)))
            case bool():
                yield field, phrase("true" if value else "false")
            case None | "":
                continue
            case _:
                yield field, said_in_words(case.state, body, str(key))


def record_section(case: Case) -> Iterator[Block]:
    """What identifies the record, and how anyone can check it."""
    yield heading(WORDS.say("record.heading"), 1, "record")
    yield paragraph(WORDS.say("record.lead"))
    rows: list[tuple[Inline, Inline]] = [
        (WORDS("record.head"), code(case.head)),
        (WORDS("record.scheme"), code(case.compiled.scheme.sha256)),
        (WORDS("record.bids"), code(case.bids.sha256)),
        (WORDS("record.entries"), str(len(case.entries))),
        (WORDS("record.rule"), str(case.compiled.plan.rule.rule)),
    ]
    yield table(WORDS("record.caption"), [WORDS("record.what"), WORDS("record.value")], rows)
    yield heading(WORDS.say("record.how"), 2)
    command = Item(WORDS.say("record.step 2"), (Listing((WORDS("record.command"),)),))
    yield items([WORDS("record.step 1"), command, WORDS("record.step 3")], numbered=True)


def words_section() -> Iterator[Block]:
    """What the words of the report mean."""
    yield heading(WORDS.say("words.heading"), 1, "words")
    yield pairs(((strong(WORDS(f"words.{word}")), WORDS(f"words.{word} means")) for word in EXPLAINED), "aside")
