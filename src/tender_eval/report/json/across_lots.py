"""What was found of the award across lots, as JSON: the part ``across_lots`` of ``tender-eval/fairness/1``."""

from __future__ import annotations

from typing import Any

from tender_eval.fairness.findings.across import AcrossFindings, Award, AwardChange, AwardShares
from tender_eval.fairness.findings.results import GroupImpact
from tender_eval.model.digits import shown
from tender_eval.report.fairness import samples
from tender_eval.report.fairness.names import FAIRNESS


def across_data(found: AcrossFindings) -> dict[str, Any]:
    """The award, who is first by itself, what moves it, how firm it is, and groups over all lots."""
    return {
        "award": _award(found.award),
        "first": _award(found.first),
        "undecided": list(found.undecided),
        "independent": found.independent,
        "sought": list(found.sought),
        "changes": [_change(change) for change in found.changes],
        "near_published": _shares(found.near),
        "any_weights": _shares(found.whole),
        "marking": _shares(found.marks),
        "groups": {group.group: group_data(group) for group in found.groups},
    }


def group_data(group: GroupImpact) -> dict[str, Any]:
    """How one group fares."""
    return {
        "title": samples.group_title(group.group, FAIRNESS),
        "members": group.members,
        "others": group.others,
        "selected": group.selected,
        "selected_others": group.selected_others,
        "ratio": group.ratio,
        "chance": group.chance,
        "by_chance": group.by_chance,
        "rejected": group.rejected,
        "rejected_others": group.rejected_others,
        "makes_the_gap": group.widest_gap,
        "basis": samples.group_sample(group.sample, FAIRNESS),
        "gaps": dict(group.gaps),
    }


def _award(award: Award) -> dict[str, list[str]]:
    return {lot: list(won) for lot, won in award.items()}


def _change(change: AwardChange) -> dict[str, Any]:
    was, to = change.was, change.to
    return {
        "kind": change.kind,
        "lot": change.lot or None,
        "bid": change.bid or None,
        "criterion": change.criterion or None,
        "was": None if was is None else shown(was),
        "to": None if to is None else shown(to),
        "exact_was": None if was is None else str(was),
        "exact_to": None if to is None else str(to),
        "award": _award(change.award),
    }


def _shares(found: AwardShares | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "draws": found.draws,
        "awarded": {lot: dict(own) for lot, own in found.awarded.items()},
        "same": found.same,
        "standard_error": found.standard_error,
    }
