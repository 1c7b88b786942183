"""Which mark counts where several people mark, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.digits import shown
from tender_eval.model.panel_rule import MARKS, SHARES, TRIMMED_MEAN, WEIGHTED_MEAN, PanelRule

t = catalogue("terms")


def marks_in_words(rule: PanelRule, mode: str) -> Iterator[str]:
    """How a mark is computed of individual ones, a sentence at a time.

    Args:
        mode: what the rounding is called, where there is one.
    """
    of = SHARES if rule.of == SHARES else MARKS
    key = f"panel.{rule.marks}.{of}"
    if rule.marks == TRIMMED_MEAN:
        yield t.count(key, rule.trim)
    elif rule.marks == WEIGHTED_MEAN:
        listed = [t("panel.weight", role=role, weight=shown(weight)) for role, weight in rule.weights.items()]
        yield t(key, weights=t.listing(listed))
    else:
        yield t(key)
    if rounding := rule.rounding:
        yield t.count("panel.rounded", rounding.places, mode=mode)
    else:
        yield t("panel.not rounded")
    yield t(f"panel.line.{of}")
    yield t("panel.absent")
    yield t.count("panel.least", rule.fewest)
