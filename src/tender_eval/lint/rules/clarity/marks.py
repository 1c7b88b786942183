"""Where the marks of a scale are written."""

from __future__ import annotations

from tender_eval.files.numbers import parse_number
from tender_eval.model.location import Items, Location, Table
from tender_eval.model.marking.scales import ScaleStep
from tender_eval.plugins.lint_rule import SchemeView


def mark_at(scheme: SchemeView, scale: str, step: ScaleStep) -> Location:
    """The line of a mark: steps are sorted by mark, so it is found by its number as the file has it."""
    listed = scheme.document.get("scales")
    written = listed.get(scale) if isinstance(listed, Table) else None
    for item in written if isinstance(written, Items) else ():
        if isinstance(item, Table) and parse_number(str(item["mark"])) == step.mark:
            return item.where
    return scheme.at("scales", scale)
