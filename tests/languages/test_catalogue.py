import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import tender_eval
from tender_eval.languages.catalogue import _read, catalogue
from tender_eval.languages.runs import Run, name, text_of

ENGLISH = catalogue("report")
SRC = Path(tender_eval.__file__).parent
TELLERS = {"say", "say_count", "count", "has", "or_else", "template", "words", "WORDS", "FAIRNESS", "t", "n", "_say"}
"""What a key is given to."""


def test_dates_and_times_in_words() -> None:
    assert ENGLISH.date("2026-05-06") == "6 May 2026"
    assert ENGLISH.time("2026-05-06T09:30:00Z") == "6 May 2026, 09:30:00 UTC"
    assert ENGLISH.time("2026-05-06T09:30:00+01:00") == "6 May 2026, 09:30:00+01:00"


@pytest.mark.parametrize(
    "text",
    ["", "last week", "2026-13-06", "2026-5-6", "2026-05-06 ", "٢٠٢٦-05-06", "20260506ab", "2026-W10-1", "20260506T09"],
)
def test_what_is_no_date_stands_as_it_is(text: str) -> None:
    assert ENGLISH.date(text) == text
    assert ENGLISH.time(text) == text


def test_lists_and_numbers() -> None:
    assert [ENGLISH.listing(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip
    assert [ENGLISH.count("bids", n) for n in (0, 1, 2)] == ["0 bids", "1 bid", "2 bids"]


def test_names_stay_names_in_sentences_and_lists() -> None:
    alder, birch = name("Alder", short="a"), name("Birch {n}", short="b")
    told = ENGLISH.say_count("verdict.winners", 2, names=ENGLISH.listed([alder, birch]))
    assert [run.text for run in told if run.kind == "name"] == ["Alder", "Birch {n}"]
    assert "Alder and Birch {n}" in text_of(told)
    assert "a and b" in text_of(told, short=True)


def test_a_language_with_six_plural_forms_is_a_file_of_messages(tmp_path: Path) -> None:
    import gettext
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    from tender_eval.languages.catalogue import Catalogue

    forms = ("dim {n}", "un {n}", "dau {n}", "tri {n}", "chwech {n}", "llawer {n}")
    written = [
        'msgid ""', r'msgstr "Plural-Forms: nplurals=6; plural=(n<4 ? n : n==6 ? 4 : 5);\n"',
        'msgctxt "common"', 'msgid "bids"', 'msgid_plural "bids"', *(f'msgstr[{n}] "{forms[n]}"' for n in range(6)),
    ]  # fmt: skip
    held = BytesIO()
    write_mo(held, read_po(written, locale="cy"))
    held.seek(0)
    messages = gettext.GNUTranslations(held)
    messages.add_fallback(_read("en_GB"))
    told = Catalogue("cy", messages, ("report",))
    assert [told.count("bids", n) for n in (0, 1, 2, 3, 6, 9)] == [
        f"{form.split()[0]} {n}" for form, n in zip(forms, (0, 1, 2, 3, 6, 9), strict=True)
    ]
    assert told("page.kind") == "Evaluation report"  # what it lacks is told in English
    assert told.listing(["a", "b", "c"]) == "a, b, a c"  # CLDR writes a(c)


def test_a_key_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        ENGLISH("no such key")
    with pytest.raises(KeyError):
        ENGLISH.count("no such key", 2)


def test_every_text_can_be_filled() -> None:
    for area, key, text in messages():
        gaps = [gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None]
        assert all(gap.isidentifier() for gap in gaps), (area, key)
        assert Run(text).text == text, (area, key)


@pytest.mark.slow
def test_no_message_is_missing_and_none_is_unused() -> None:
    known = {key for _, key, _ in messages()}
    asked, patterns = used()
    assert sorted(asked - known) == []
    put_together = re.compile("|".join(sorted(patterns)))
    assert sorted(key for key in known - constants() if not put_together.fullmatch(key)) == []


def messages() -> Iterator[tuple[str, str, str]]:
    """The area, the key and each form of every English message."""
    for key, text in _read("en_GB")._catalog.items():  # type: ignore[attr-defined]
        whole = key[0] if isinstance(key, tuple) else key
        if whole:
            area, _, message = whole.partition("\x04")
            yield area, message, text


@cache
def nodes() -> tuple[ast.Constant | ast.JoinedStr | ast.Call, ...]:
    """Whatever of the code can hold a key."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in SRC.rglob("*.py"))
    return tuple(n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant | ast.JoinedStr | ast.Call))


def templates() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in SRC.rglob("*.j2"))


def constants() -> set[str]:
    """Every text of the code that may be a key, and those of the templates."""
    found = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found | set(re.findall(r'"(?=([a-z][\w. ]*)")', templates()))


def used() -> tuple[set[str], set[str]]:
    """The keys that are asked for by name, and patterns of those that are put together."""
    asked, patterns = set(), set()
    for node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
            if re.match(r"[a-z]|\.\+\\\.[a-z]", "".join(parts)) and len(parts) > 1:
                patterns.add("".join(parts))
        if isinstance(node, ast.Call) and node.args and called(node.func) in TELLERS:
            args = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            keys = (a.value for a in args[:1] if re.fullmatch(r"[a-z_]+\.[a-z_ .0-9]+", a.value))
            asked |= {key for key in keys if not key.endswith(".j2")}  # the name of a template
    for first, last in re.findall(r't\("([^"]+)" ~ [\w.]+(?: ~ "([^"]+)")?', templates()):
        patterns.add(f"{re.escape(first)}.+{re.escape(last)}")
    asked |= set(re.findall(r'\b(?:t|n|say)\("([^"]+)"[,)]', templates()))
    return asked, patterns


def called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=found) | ast.Attribute(attr=found):
            return found
        case _:
            return ""
