"""What the styles of a workbook let a cell show: number formats, and letters that cannot be told from their ground."""

from __future__ import annotations

from collections.abc import Sized

from tender_eval.base.limits import LONGEST_FORMAT, MOST_STYLES
from tender_eval.files.workbook.number_formats import BUILT_IN
from tender_eval.files.workbook.part import Attributes, Closed, Grammar, Part, PartFault, main

NOTHING = ";;;"
"""The number format that shows nothing: as good as letters in the colour of their ground."""
_WHITE_INDEXES = ("1", "9")  # of the palette of ECMA-376, part 1, 18.8.27
_FONTS, _FONT, _FILLS, _FILL = (main(name) for name in ("fonts", "font", "fills", "fill"))
_COLOUR, _PATTERN, _GROUND = (main(name) for name in ("color", "patternFill", "fgColor"))
_FILLED: Grammar = Grammar({_PATTERN: Grammar({_GROUND: Grammar()}), main("gradientFill"): Grammar()})
_LETTERS: Grammar = Grammar({_COLOUR: Grammar()})


class Styles(Part):
    """The styles part: for each style of a cell, its number format."""

    grammar = Grammar(
        {
            main("styleSheet"): Grammar(
                {
                    main("numFmts"): Grammar({main("numFmt"): Closed()}),
                    _FONTS: Grammar({_FONT: _LETTERS}),
                    _FILLS: Grammar({_FILL: _FILLED}),
                    main("cellXfs"): Grammar({main("xf"): Grammar()}),
                    main("dxfs"): Grammar(
                        {main("dxf"): Grammar({main("numFmt"): Grammar(), _FONT: _LETTERS, _FILL: Grammar()})}
                    ),
                }
            )
        }
    )
    held = ("numFmts", "cellXfs")

    def __init__(self) -> None:
        super().__init__(
            {
                main("numFmt"): self._format, main("xf"): self._style, _FONT: self._font, _FILL: self._fill,
                _COLOUR: self._coloured, _PATTERN: self._patterned, _GROUND: self._grounded,
                main("gradientFill"): self._shaded, main("dxf"): self._conditional,
            },
            {},
        )  # fmt: skip
        self._named: dict[str, str] = {}
        self._styles: list[tuple[str, str, str]] = []
        self._fonts: list[str] = []
        self._fills: list[str] = []
        self._conditionals = 0
        self._reformats: set[int] = set()
        self._white: set[int] = set()

    def _style(self, attributes: Attributes) -> None:
        self._count(self._styles)
        self._styles.append(tuple(attributes.get(name, "0") for name in ("numFmtId", "fontId", "fillId")))  # type: ignore[arg-type]

    def _format(self, attributes: Attributes) -> None:
        if self._conditionals:  # those of conditional formats come behind all others
            self._reformats.add(self._conditionals - 1)
            return
        self._count(self._named)
        code = attributes.get("formatCode", "")
        if len(code) > LONGEST_FORMAT:
            raise PartFault(f"a number format of more than {LONGEST_FORMAT} characters")
        self._named[attributes.get("numFmtId", "")] = code

    def _conditional(self, _attributes: Attributes) -> None:
        self._count(self._reformats)
        self._conditionals += 1

    def _font(self, _attributes: Attributes) -> None:
        if self._conditionals:
            return
        self._count(self._fonts)
        self._fonts.append("")

    def _coloured(self, attributes: Attributes) -> None:
        if self._conditionals:
            if _colour(attributes) == _WHITE:
                self._white.add(self._conditionals - 1)
        elif self._fonts:
            self._fonts[-1] = _colour(attributes)

    def _fill(self, _attributes: Attributes) -> None:
        if self._conditionals:
            self._white.discard(self._conditionals - 1)
            return
        self._count(self._fills)
        self._fills.append(_WHITE)

    def _patterned(self, attributes: Attributes) -> None:
        if self._fills and attributes.get("patternType", "none") not in ("none", "solid"):
            self._fills[-1] = "a pattern"

    def _grounded(self, attributes: Attributes) -> None:
        if self._fills and self._fills[-1] == _WHITE:
            self._fills[-1] = _colour(attributes)

    def _shaded(self, _attributes: Attributes) -> None:
        if self._fills:
            self._fills[-1] = "a gradient"

    def _count(self, held: Sized) -> None:
        if len(held) >= MOST_STYLES:
            raise PartFault(f"more than {MOST_STYLES} styles or number formats", "TE004")

    @property
    def conditional(self) -> frozenset[int]:
        """The numbers of conditional formats that show another figure, or none: by a number format of their own, or in
        white letters on no ground.
        """
        return frozenset(self._reformats | self._white)

    def formats(self) -> list[str]:
        """The number format of each style, in their order; where letters have the colour of their ground, `NOTHING`."""
        return [
            NOTHING if self._unseen(font, fill) else self._named.get(name) or _built_in(name)
            for name, font, fill in self._styles
        ]

    def _unseen(self, font: str, fill: str) -> bool:
        letters = _of(font, self._fonts)
        return bool(letters) and letters == (_of(fill, self._fills) or _WHITE)


_WHITE = "FFFFFF"


def _of(number: str, found: list[str]) -> str:
    return found[int(number)] if number.isascii() and number.isdigit() and int(number) < len(found) else ""


def _colour(attributes: Attributes) -> str:
    """A colour by its six digits, or by what names it; white as the ground of a sheet is."""
    if attributes.get("tint", "0") not in ("0", "0.0"):
        return f"{attributes.get('theme', '')} {attributes['tint']}"
    if attributes.get("theme") == "0" or attributes.get("indexed") in _WHITE_INDEXES:
        return _WHITE
    named = next((f"{name} {attributes[name]}" for name in ("theme", "indexed") if name in attributes), "")
    return attributes.get("rgb", "")[-6:].upper() or named


def _built_in(name: str) -> str:
    return BUILT_IN.get(int(name), "General") if name.isascii() and name.isdigit() and len(name) < 4 else "General"
