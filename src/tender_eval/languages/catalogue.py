"""The messages of one language, by key, and how that language counts, lists, dates and writes numbers.

Messages are gettext's, read from the compiled catalogue; lists, dates and numbers are written by Babel from the
Unicode CLDR. A message holds gaps in braces, filled with texts or runs.
"""

from __future__ import annotations

import datetime
import gettext
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from string import Formatter

from tender_eval.languages.runs import Inline, Run, Runs, runs, text_of

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
DOMAIN = "tender_eval"
ENGLISH = "en_GB"
WELSH = "cy"
COMMON = "common"  # the area whose messages serve every other
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
_WELSH_AND = " a(c) "  # CLDR's own way: "a" before consonants, "ac" before vowels
_WELSH_VOWELS = frozenset("aeiouwyâêîôûŵŷ")


def spoken() -> str:
    """The language in which documents are made at this moment: English, but within `spoken_in`."""
    return _SPOKEN.get()


def language_of(tag: str) -> str:
    """The language that a document states as ``en-GB``; English where there are no messages in it."""
    found = tag.replace("-", "_")
    file = files("tender_eval.languages") / "locale" / found / f"{DOMAIN}.mo"
    return found if re.fullmatch(r"[A-Za-z_]+", found) and file.is_file() else ENGLISH


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Within it, whatever states no language of its own is put in words in this one. Make what you need before its end.

    Raises:
        KeyError: there are no messages in the language.
    """
    _messages_of(language)
    held = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(held)


class Catalogue:
    """The texts of a language for some areas, the first that has a key serving. Calling it gives text, `say` runs."""

    def __init__(self, language: str, messages: gettext.NullTranslations | None, areas: tuple[str, ...]) -> None:
        self._language = language  # empty: that which is spoken when it is asked
        self.areas = (*areas, COMMON)
        self._held = messages

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self._language or spoken()

    @property
    def _messages(self) -> gettext.NullTranslations:
        return self._held or _messages_of(self.language)

    @property
    def tag(self) -> str:
        """The language as documents state it: ``en-GB``."""
        return self.language.replace("_", "-")

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with values in its gaps; a key that is not there is a bug."""
        return text_of(self.say(key, **values))

    def say(self, key: str, /, **values: object) -> Runs:
        """The text of a key as runs: values that are runs stay what they are."""
        return _filled(self.template(key), values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The text that fits a number, which fills the gap ``{n}`` unless that is given."""
        return text_of(self.say_count(key, number, **values))

    def say_count(self, key: str, number: int, /, **values: object) -> Runs:
        """The same as runs."""
        return _filled(self.template(key, number), {"n": number, **values})

    def has(self, key: str) -> bool:
        """Whether there is a text for what may have none."""
        return any(self._messages.pgettext(area, key) for area in self.areas)

    def or_else(self, key: str, otherwise: str) -> str:
        """The text of a key, or a text for what the catalogue has no word for."""
        return self(key) if self.has(key) else otherwise

    def own(self, key: str) -> str:
        """The text of a key of the first area alone, with nothing filled in; empty where there is none."""
        return self._messages.pgettext(self.areas[0], key)

    def template(self, key: str, number: int | None = None) -> str:
        """The text of a key with its gaps open, in the form that fits a number where one is given."""
        for area in self.areas:
            if number is None:
                found = self._messages.pgettext(area, key)
            else:
                found = self._messages.npgettext(area, key, key, number)
            if found:
                return found
        raise KeyError(f"there is no message {key!r} in {', '.join(self.areas)}")

    def listed(self, texts: Sequence[Inline], style: str = "standard") -> Runs:
        """Texts as a list in a sentence: ``a, b and c``; with the style ``or``, ``a, b or c``."""
        if len(texts) < 2:
            return runs(texts[0]) if texts else ()
        from babel.lists import format_list

        marks = [chr(0xE000 + n) for n in range(len(texts))]  # of private use, so that no text has them
        pattern = format_list(marks, style=style, locale=self.language)  # type: ignore[arg-type]
        given = dict(zip(marks, texts, strict=True))
        found: list[Inline] = []
        plain = ""
        if self.language == WELSH and _WELSH_AND in pattern:
            last = text_of(runs(texts[-1]))[:1].lower()
            pattern = pattern.replace(_WELSH_AND, " ac " if last in _WELSH_VOWELS else " a ")
        for character in pattern:
            if character in given:
                found += [plain, given[character]]
                plain = ""
            else:
                plain += character
        return tuple(run for part in (*found, plain) for run in runs(part))

    def listing(self, texts: Sequence[str]) -> str:
        """The same as text."""
        return text_of(self.listed(texts))

    def date(self, text: str) -> str:
        """A date such as 2026-05-06 in words; any other text as it stands."""
        try:
            return self.day(datetime.date.fromisoformat(text)) if _DATE.fullmatch(text) else text
        except ValueError:
            return text

    def day(self, on: datetime.date, *, weekday: bool = False) -> str:
        """A date in words, with the day of the week where that is asked for; in Welsh it has no capital."""
        from babel.dates import format_date

        told = format_date(on, "EEEE d MMMM y" if weekday else "long", locale=self.language)
        return f"{told[:1].lower()}{told[1:]}" if weekday and self.language == WELSH else told

    def currency(self, code: str) -> str:
        """A currency in words by its code: ``British pounds``; a code that nobody knows as it stands."""
        if not code:
            return ""
        from babel.numbers import get_currency_name

        several = None if self.language == WELSH else 2  # where the word after a two would be mutated
        return get_currency_name(code, count=several, locale=self.language)

    def time(self, text: str) -> str:
        """A time such as 2026-05-06T09:30:00Z in words, at its own offset; any other text as it stands."""
        try:
            found = datetime.datetime.fromisoformat(text if _DATE.match(text) else "")
        except ValueError:
            return text
        if found.tzinfo is None or "T" not in text:
            return text
        clock = text.partition("T")[2]
        zone = " UTC" if clock[-1:] in "Zz" else ""
        return self("time", day=self.day(found.date()), clock=clock.removesuffix("Z").removesuffix("z") + zone)


def _filled(template: str, values: dict[str, object]) -> Runs:
    if "{" not in template and "}" not in template:
        return runs(template)
    return tuple(run for part in _parts(template, values) for run in runs(part))


def _parts(template: str, values: dict[str, object]) -> Iterator[Inline]:
    """Neighbouring texts come as one, so that a sentence without runs is one run."""
    plain = ""
    for literal, gap, _, _ in Formatter().parse(template):
        plain += literal
        if gap is None:
            continue
        value = values[gap]
        if isinstance(value, Run) or (isinstance(value, tuple) and all(isinstance(run, Run) for run in value)):
            yield plain
            plain = ""
            yield value
        else:
            plain += str(value)
    yield plain


class _Missing(gettext.NullTranslations):
    """What a key comes to that no catalogue has: nothing, where gettext would give the key itself."""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def catalogue(*areas: str, language: str = "") -> Catalogue:
    """The texts of a language, or of whichever is spoken when they are asked for; what it lacks is told in English.

    Args:
        areas: whose messages are meant, such as ``fairness``; each is a file of messages.

    Raises:
        KeyError: there is no such language.
    """
    return Catalogue(language, _messages_of(language) if language else None, areas)


@cache
def _messages_of(language: str) -> gettext.NullTranslations:
    found = _read(language)
    if language != ENGLISH:
        found.add_fallback(_read(ENGLISH))
    return found


@cache
def _read(language: str) -> gettext.GNUTranslations:
    file = files("tender_eval.languages") / "locale" / language / f"{DOMAIN}.mo"
    try:
        with file.open("rb") as opened:
            found = gettext.GNUTranslations(opened)
    except FileNotFoundError:
        raise KeyError(f"there are no messages in {language!r}") from None
    if language == ENGLISH:
        found.add_fallback(_Missing())
    return found
