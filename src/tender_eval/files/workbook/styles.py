"""The number formats of a workbook's cells."""

from __future__ import annotations

from collections.abc import Sized

from tender_eval.base.limits import LONGEST_FORMAT, MOST_STYLES
from tender_eval.files.workbook.number_formats import BUILT_IN
from tender_eval.files.workbook.part import Attributes, Closed, Grammar, Part, PartFault, main


class Styles(Part):
    """The styles part: for each style of a cell, its number format."""

    grammar = Grammar(
        {
            main("styleSheet"): Grammar(
                {
                    main("numFmts"): Grammar({main("numFmt"): Closed()}),
                    main("cellXfs"): Grammar({main("xf"): Grammar()}),
                }
            )
        }
    )
    held = ("numFmts", "cellXfs")

    def __init__(self) -> None:
        super().__init__({main("numFmt"): self._format, main("xf"): self._style}, {})
        self._named: dict[str, str] = {}
        self._ids: list[str] = []

    def _style(self, attributes: Attributes) -> None:
        self._count(self._ids)
        self._ids.append(attributes.get("numFmtId", "0"))

    def _format(self, attributes: Attributes) -> None:
        self._count(self._named)
        code = attributes.get("formatCode", "")
        if len(code) > LONGEST_FORMAT:
            raise PartFault(f"a number format of more than {LONGEST_FORMAT} characters")
        self._named[attributes.get("numFmtId", "")] = code

    def _count(self, held: Sized) -> None:
        if len(held) >= MOST_STYLES:
            raise PartFault(f"more than {MOST_STYLES} styles or number formats", "TE004")

    def formats(self) -> list[str]:
        """The number format of each style, in their order."""
        return [self._named.get(name) or _built_in(name) for name in self._ids]


def _built_in(name: str) -> str:
    return BUILT_IN.get(int(name), "General") if name.isascii() and name.isdigit() and len(name) < 4 else "General"
