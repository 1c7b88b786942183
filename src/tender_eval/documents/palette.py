"""The colours of a report, and how well one can be read on another (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

from types import MappingProxyType

COLOURS = MappingProxyType(
    {
        "ink": "#17212b",
        "soft": "#4a5663",
        "paper": "#ffffff",
        "wash": "#f3f6f8",
        "line": "#c5ced6",
        "accent": "#0b4a63",
        "accent-wash": "#e4eff4",
        "bar": "#4f86a0",
        "bar-won": "#0b4a63",
        "won": "#135c35",
        "won-wash": "#e6f3eb",
        "heed": "#7a4200",
        "heed-wash": "#fdf1dc",
        "bad": "#96202c",
        "bad-wash": "#fbeaec",
        "focus": "#ffc533",
    }
)
PARTS = ("#0b4a63", "#c05621", "#5b7a1c", "#7a4ba0", "#a5780a", "#96202c", "#566472")
"""For the parts of a bar; each stands out from paper by itself and from its neighbour by a gap."""

TEXT_ON = (
    ("ink", "paper"), ("ink", "wash"), ("ink", "accent-wash"), ("ink", "won-wash"), ("ink", "heed-wash"),
    ("ink", "bad-wash"), ("ink", "focus"), ("soft", "paper"), ("soft", "wash"), ("accent", "paper"),
    ("accent", "wash"), ("accent", "accent-wash"), ("paper", "accent"), ("paper", "won"), ("won", "paper"),
    ("won", "won-wash"), ("heed", "paper"), ("heed", "heed-wash"), ("bad", "paper"), ("bad", "bad-wash"),
    ("paper", "bad"), ("soft", "won-wash"),
)  # fmt: skip
"""Every pair of text and background that the style uses."""

SHAPES_ON = (("bar", "paper"), ("bar-won", "paper"), ("accent", "paper"))
"""Every pair of a shape that carries meaning and its background."""

_DARK = 0.04045


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= _DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
