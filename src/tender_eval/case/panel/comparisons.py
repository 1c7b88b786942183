"""Words by which a reason compares one bid with another, instead of holding it against the criterion.

Bids are marked against the criteria and the scale, not against each other, and a reason that is sent to its
supplier must not speak of anybody else's bid. English only. Comparisons with the specification, a target, a
number or an earlier year are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_MEASURES = (
    r"(?!\s+(?:(?:the|a|an|its|their|our|what|that|which|in|was|is)\s+){0,3}"
    r"(?:specif|requir|target|minimum|maximum|standard|nation|statut|asked|scale|guid|baseline|previous|earlier|last"
    r"|before|usual|recommend|expected|planned|budget|year|benchmark|\d|one\b|two\b|three\b|four\b|five\b|six\b"
    r"|seven\b|eight\b|nine\b|ten\b|twelve\b|half\b|once\b))"
)
_GRADES = (
    r"better|worse|stronger|weaker|wider|narrower|broader|deeper|fuller|clearer|poorer|richer|higher|lower|cheaper"
    r"|dearer|larger|smaller|greater|longer|shorter|faster|slower|superior|inferior|safer|closer|nearer|firmer"
)
_QUALITIES = r"good|bad|strong|weak|clear|full|detailed|wide|broad|deep|thorough|convincing|robust|complete"
_TOPS = r"best|worst|strongest|weakest|widest|broadest|cheapest|clearest|fullest|poorest|highest|lowest|most|least|only"
_BIDS = r"bids?|bidders?|tenders?|tenderers?|submissions?|proposals?|applicants?|applications?|competitors?|rivals?"
_ANSWERS = r"answers?|responses?|offers?|method statements?|plans?|approach(?:es)?"

_WIDER = (
    r"communit|societ|public|system|famil|world|econom|sector|workforce|team|determinant|health|partner|network"
    r"|environment|area|borough|county|region|context|benefit|picture|work|than"
)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_GRADES})\b(?:\s+[\w'’-]+){{0,5}}?\s+than\b{_MEASURES}",
        rf"\b(?:more|less|fewer)\s+(?!than\b)(?:[\w'’-]+\s+){{1,5}}?than\b{_MEASURES}",
        rf"\b(?:more|less|fewer)\s+than\s+(?:the\s+|any\s+|all\s+)*(?:others?\b|{_BIDS})",
        rf"\bwider\b(?!\s+(?:{_WIDER}))",
        rf"\b(?:compared|in\s+comparison|by\s+comparison|relative|in\s+contrast)\s+(?:with|to)\b{_MEASURES}",
        rf"\bas\s+(?:{_QUALITIES})\s+as\b{_MEASURES}",
        rf"\b(?:other|another|competing|rival|winning|successful|unsuccessful|losing|remaining|rest\s+of\s+the)\s+(?:{_BIDS})\b",
        rf"\b(?:than|unlike|from|of|among|amongst|like|with|to|beats?)\s+(?:all\s+|any\s+of\s+)?the\s+(?:others\b|other\s+(?:two|three|four|five|{_BIDS})\b)",
        rf"\b(?:of|among|amongst)\s+all\s+(?:the\s+)?(?:{_BIDS})\b",
        rf"\bunlike\s+(?:any|all|the|its|most)?\s*(?:{_BIDS})\b",
        rf"\bthe\s+(?:{_TOPS})\s+(?:of\s+(?:all|any|the)\b|among|amongst|(?:[\w'’-]+\s+)?(?:{_BIDS}|{_ANSWERS})\b)",
        r"\bthe\s+best\s+of\b|\bbest\s+(?:overall|in\s+(?:the\s+)?(?:field|class|competition))\b",
        r"\b(?:second|third|next|runner)[-\s]+(?:best|placed|ranked|up)\b|\b(?:ranks?|ranked|placed|came)\s+(?:first|second|third|last)\b",
        r"\bout(?:performs?|performed|scores?|scored|classes|classed|shines?|shone)\b",
        r"\bcompetitors?\b|\brivals?\b|\bhead\s+and\s+shoulders\b",
    )
)
_COMPANY = re.compile(
    r"^the\s+|[\s,.]{1,3}(?:ltd|limited|plc|llp|cic|cio|inc|llc|c\.i\.c|uk|\(uk\)|trust|charity)\.?$", re.IGNORECASE
)
_SHORTEST_NAME = 4
_MOST_FORMS = 4  # of a company that stand one after the other in a name, such as "The ... Trust (UK) Ltd"
_WORD = re.compile(r"\w+")


class BidderNames:
    """Many names by the word that each begins with: a text is searched only for those whose word it holds.

    >>> sorted(BidderNames(["North Hub Ltd", "The Rowan Trust", "(K)"]).perhaps_in("As Rowan does, and the south."))
    ['(K)', 'The Rowan Trust']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, dict[str, None]] = {}
        for name in names:
            for short in (name, *_names(_readable(name))):
                found = _WORD.match(_readable(short))
                self._by_word.setdefault(_plain(found[0]) if found else "", {})[name] = None

    def perhaps_in(self, text: str) -> Iterator[str]:
        """The names that a text may hold, as `comparison_in` looks for them."""
        words = {"", *map(_plain, _WORD.findall(_readable(text)))}
        yield from {name: None for word in sorted(words) for name in self._by_word.get(word, ())}


def _plain(word: str) -> str:
    """Words that differ in case alone come to the same; a few others do too."""
    return "".join(c.casefold()[:1] for c in word).replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def comparison_in(reason: str, others: Iterable[str] = (), ids: Iterable[str] = ()) -> str | None:
    """The words of a reason that compare bids, or None.

    Args:
        others: names of the other bidders and of their consortium members. One that is a single word counts for
            nothing here, for it may be a word like any other: see `word_that_names`.
        ids: ids of the other bids, which count only after a word such as "bid".

    >>> comparison_in("Offers better cover than the other bids.")
    'better cover than'
    >>> comparison_in("Answers 95% of calls, more than the 90% asked for, and better than the target.")
    """
    text = _readable(reason)
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            return found[0].strip()
    if found_name := _name_in(text, others, of_words=True):
        return found_name
    for name in sorted(set(ids)):
        if found := re.search(rf"\b(?:{_BIDS}|supplier)\s+[\"'“]?{re.escape(name)}(?![\w-])", text, re.IGNORECASE):
            return found[0]
    return None


def word_that_names(reason: str, others: Iterable[str]) -> str | None:
    """A single word of a reason that is the name of another bidder, which it may speak of, or None.

    >>> word_that_names("All staff have training.", ["Training Ltd"])
    'training'
    """
    return _name_in(_readable(reason), others, of_words=False)


def _name_in(text: str, others: Iterable[str], *, of_words: bool) -> str | None:
    """The first name that a text holds whole, of those of several words or of those of one."""
    names = {short for other in others for short in _names(_readable(other)) if (" " in short) == of_words}
    for name in sorted(names):
        if found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            return found[0]
    return None


def _readable(text: str) -> str:
    """The text as it is read: no invisible characters, one space between words."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def _names(name: str) -> tuple[str, ...]:
    """A name, and the name without the form of the company."""
    short = name
    for _ in range(_MOST_FORMS):
        short = _COMPANY.sub("", short).strip()
    return tuple(n for n in (name, short) if len(n) >= _SHORTEST_NAME)
