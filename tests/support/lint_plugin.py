"""The plugin of the guide to lint, written into a folder as its blocks say."""

from __future__ import annotations

import re
from pathlib import Path

NAME = "lcc_rules"
_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "lint.md"


def write_plugin(folder: Path) -> Path:
    """The folder of its one rule."""
    text = _GUIDE.read_text(encoding="utf-8")
    for file, content in re.findall(rf"```\w+\n# ({NAME}/\S+)\n(.*?)```", text, flags=re.DOTALL):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder / NAME / "lcc001_price_alone"
