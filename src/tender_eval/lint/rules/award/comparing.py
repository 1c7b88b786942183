"""What makes an award depend on which bids are in."""

from __future__ import annotations

from tender_eval.lint.criteria import counted_criteria, quoted
from tender_eval.plugins.lint_rule import SchemeView


def what_compares_bids(scheme: SchemeView) -> str:
    """Whatever makes the award depend on which bids are in, with its verb; empty where nothing does."""
    names = [quoted(leaf) for leaf in counted_criteria(scheme) if leaf.relative]
    names += [f'"{criterion.id}"' for criterion in scheme.scheme.walk() if criterion.scale_to_best]
    if scheme.rule_compares_bids:
        names.append(f"the rule {scheme.rule.name}")
    return f"{' and '.join(names)} {'compares' if len(names) == 1 else 'compare'}" if names else ""
