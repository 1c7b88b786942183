"""Names that look alike on paper: two spellings of one person must not count as two.

After Unicode Technical Standard 39 (Unicode Security Mechanisms), section 4: compared is what a name looks like, its
skeleton. The table is our own, of the letters of other scripts that a reader of Latin ones takes for these; a word that
mixes scripts is told whether or not its letters stand in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LETTERS = {
    "3": "\u0437",
    "4": "\u13ce",
    "a": "\u0430\u03b1\u13aa\ua4ee\u0251\u1d00",
    "ae": "\u04d5",
    "b": "\u0432\u044c\u03b2\u13cf\u13f4\ua4d0\u0299\u0185",
    "c": "\u0441\u03c2\u03f2\u13df\ua4da\u1d04",
    "d": "\u0501\u13a0\u13e7\ua4d3\u1d05\u0111",
    "e": "\u0435\u0451\u0454\u03b5\u13ac\ua4f0\u1d07",
    "f": "\u03dd\ua4dd\ua730",
    "g": "\u050d\u0581\u13c0\ua4d6\u0261\u0262",
    "h": "\u043d\u04bb\u045b\u050b\u0570\u13bb\ua4e7\u029c\u0127",
    "i": "\u0456\u0457\u03b9\u0582\u13a5\ua4f2\u0131\u026a\u0269",
    "j": "\u0458\u03f3\u0575\u13ab\ua4d9\u1d0a",
    "k": "\u043a\u049b\u049d\u03ba\u13e6\ua4d7\u1d0b",
    "l": "\u04cf\u056c\u13de\ua4e1\u029f\u0142\u01c0",
    "m": "\u043c\u03bc\u13b7\ua4df\u1d0d",
    "n": "\u043f\u03b7\u0578\u057c\ua4e0\u0274",
    "o": "\u043e\u0473\u04e9\u03bf\u03c3\u03b8\u0585\ua4f3\u1d0f\u00f8",
    "p": "\u0440\u03c1\u0584\u13e2\ua4d1\u1d18",
    "q": "\u051b\u0566",
    "r": "\u0433\u13a1\u13d2\ua4e3\u0280",
    "s": "\u0455\u057f\u13d5\u13da\ua4e2\ua731\u01a8\u0283",
    "t": "\u0442\u03c4\u13a2\ua4d4\u1d1b\u0167",
    "u": "\u03c5\u057d\ua4f4\u1d1c\u028b",
    "v": "\u0475\u03bd\u13d9\ua4e6\u1d20",
    "w": "\u051d\u03c9\u0561\u057a\u13b3\u13d4\ua4ea\u1d21",
    "x": "\u0445\u04b3\u03c7\ua4eb",
    "y": "\u0443\u04af\u03b3\u13a9\u13bd\ua4ec\u028f",
    "z": "\u03b6\u13c3\ua4dc\u1d22",
}
"""By a plain letter, letters of Cyrillic, Greek, Armenian, Cherokee, Lisu and of phonetic Latin that look like it, in
small letters where there are any.
"""
_SMALL = str.maketrans({letter: plain for plain, letters in _LETTERS.items() for letter in letters})
_CAPITAL = _SMALL | str.maketrans({"\u03b7": "h", "\u03bd": "n", "\u03c5": "y"})
"""Of three Greek letters the capital looks like another one than the small letter does."""
_STROKES = str.maketrans("1|i0", "lllo")
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # nothing is printed, and no category says so
_WRITTEN_TOGETHER = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"))


def skeletons(name: str) -> frozenset[str]:
    """What a name looks like, its letters taken for small ones and for capitals; nothing where nothing is seen of it.

    >>> skeletons("A. Chair") == skeletons("a  CHAIR") == skeletons("\u0410. \u0421hair")
    True
    >>> skeletons("Ann Lee") & skeletons("Anna Lee"), skeletons(" \u200b.")
    (frozenset(), frozenset())
    """
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    seen = "".join(c for c in whole if unicodedata.category(c) not in ("Mn", "Cf") and c not in _UNSEEN)
    found = (seen.translate(table).translate(_STROKES) for table in (_SMALL, _CAPITAL))
    plain = ("".join(filter(str.isalnum, text)).replace("rn", "m").replace("vv", "w") for text in found)
    return frozenset(filter(None, plain))


def alike(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two names that look alike, in capitals, spaces, accents, or letters of another script.

    >>> alike(["Ann", "Bob", "ANN"]), alike(["Ann", "Bob"])
    (('Ann', 'ANN'), None)
    """
    seen: dict[str, str] = {}
    for name in names:
        found = skeletons(name)
        if other := next((seen[one] for one in sorted(found) if one in seen), None):
            return other, name
        seen.update(dict.fromkeys(found, name))
    return None


def mixed_scripts(name: str) -> tuple[str, ...]:
    """The scripts of which one word of a name has letters, where there are several: a reader sees one of them.

    >>> mixed_scripts("Ann \u041f\u0435\u0442\u0440\u043e\u0432\u0430"), mixed_scripts("\u0410nn")
    ((), ('Cyrillic', 'Latin'))
    """
    for word in unicodedata.normalize("NFKC", name).split():
        letters = (c for c in word if c.isalpha() and unicodedata.category(c) != "Lm")
        found = {unicodedata.name(c, "unknown").split()[0] for c in letters}
        if len(found) > 1 and not found <= _WRITTEN_TOGETHER:
            return tuple(sorted(script.capitalize() for script in found))
    return ()


def not_two_people(names: Iterable[str]) -> str:
    """Why these names are not those of two people or more; nothing where they are."""
    given = [name for name in names if skeletons(name)]
    for name in given:
        if scripts := mixed_scripts(name):
            return f'"{name}" has letters of {" and ".join(scripts)} in one word: whose name it is cannot be read'
    if found := alike(given):
        return f'"{found[0]}" and "{found[1]}" look like one name'
    return "" if len(given) > 1 else "fewer than two are named"
