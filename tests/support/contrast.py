"""How well the colours of a report can be read on one another (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

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

DARK = 0.04045


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
