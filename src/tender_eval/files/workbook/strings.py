"""The texts that the cells of a workbook share, and text as a workbook writes it."""

from __future__ import annotations

import re

from tender_eval.base.limits import LONGEST_CELL, LONGEST_TEXTS, MOST_CELLS
from tender_eval.files.workbook.part import PASSED, Attributes, Closed, Grammar, Part, PartFault, main

_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
TEXT = Closed()
RICH = Closed(
    {
        main("t"): TEXT,
        main("r"): Closed({main("t"): TEXT, main("rPr"): PASSED}),
        main("rPh"): PASSED,
        main("phoneticPr"): PASSED,
    }
)
"""Text, or runs of text in several fonts; how it is pronounced is no part of it."""


class SharedStrings(Part):
    """The shared strings, in their order."""

    grammar = Grammar({main("sst"): Grammar({main("si"): RICH})})
    held = ("si",)

    def __init__(self) -> None:
        super().__init__({main("si"): self._begun, main("t"): self._text_begun}, {main("si"): self._ended})
        self.texts: list[str] = []
        self._room_of_all = LONGEST_TEXTS
        self._parts: list[str] = []
        self._closes = {**self._closes, main("t"): self._text_ended}

    def _begun(self, _attributes: Attributes) -> None:
        self._parts = []

    def _text_begun(self, _attributes: Attributes) -> None:
        self.collect(LONGEST_CELL)

    def _text_ended(self) -> None:
        self._parts.append(self.collected())

    def _ended(self) -> None:
        text = "".join(self._parts)
        self._room_of_all -= len(text)
        if len(text) > LONGEST_CELL:
            raise PartFault("a text that is longer than a cell may hold", "TE004")
        if self._room_of_all < 0 or len(self.texts) >= MOST_CELLS:
            raise PartFault("the sheets share more texts than are read", "TE004")
        self.texts.append(decoded(text))


def decoded(text: str) -> str:
    """Text with the ends of lines and the tabs that a workbook writes by their codes.

    >>> decoded("Alder_x000D_\\nHouse")
    'Alder\\r\\nHouse'

    Raises:
        PartFault: at any other code: Excel shows a character there, LibreOffice the code.
    """
    return _CODED.sub(_space, text) if "_x" in text else text


def _space(code: re.Match[str]) -> str:
    character = chr(int(code[1], 16))
    if character not in "\t\n\r":
        raise PartFault(f"a text holds {code[0]}, which some programs show so, and others as one character")
    return character
