"""The colours of a report; tests hold how well one can be read on another."""

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
PARTS = ("#0a4157", "#95431a", "#61821e", "#a783c5", "#523b05", "#b92736", "#728395")
"""For the parts of a bar; each stands out from paper by itself, and from its neighbour by a gap and by how light it is:
in print without colour, too."""
