"""Rated criteria and domestic preference of development banks, for tender-eval."""

from __future__ import annotations

from tender_eval import AwardRule, hookimpl
from tender_eval_qcbs.preference import DomesticPreference
from tender_eval_qcbs.rated import RatedCriteria

RULES = (RatedCriteria, DomesticPreference)


@hookimpl
def tender_eval_rules() -> tuple[type[AwardRule], ...]:
    """The award rules that this plugin brings."""
    return RULES
