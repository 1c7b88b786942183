"""What bids must state for a scheme, in a few lines."""

from __future__ import annotations

from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.languages.lists import in_a_row
from tender_eval.model.digits import shown
from tender_eval.report.template.required_fields import Field, required_fields

_INDENT = "    "


def requirements_text(plan: Plan) -> str:
    """What each bid, each member of a consortium and the tender must state, in which files, and what writes a table."""
    words, asked = catalogue("template"), required_fields(plan)
    must = [_called(one) for one in asked.of_bids if not one.optional]
    may = [_called(one) for one in asked.of_bids if one.optional]
    lines = [words("needs.bids", columns=in_a_row(must))] if must else []
    lines += [words("needs.computed")] if asked.marks and plan.scheme.panel.computed else []
    lines += [words("needs.optional", columns=in_a_row(may))] if may else []
    lines += [words("needs.members", columns=in_a_row(asked.of_members))] if asked.of_members else []
    lines += [words("needs.tender", columns=in_a_row(asked.of_tender))] if asked.of_tender else []
    if asked.of_packages:
        lines += [words(f"needs.packages {'lots' if 'lots' in asked.of_packages else 'by lot'}")]
    lines += [words("needs.discounts")] if asked.of_discounts else []
    sealed = [inert(one.heading) for one in asked.of_bids if plan.is_sealed(one.heading)]
    if sealed and not all(leaf.sealed for leaf in plan.leaves):
        lines.append(words("needs.envelopes", columns=in_a_row(sealed)))
    lines.append(words("needs.template"))
    return "\n".join(_INDENT + line for line in lines)


def _called(one: Field) -> str:
    if one.one_of:
        return f"{inert(one.heading)} ({in_a_row(shown(mark) for mark in one.one_of)})"
    if one.least is not None and one.most is not None:
        return f"{inert(one.heading)} ({shown(one.least)} to {shown(one.most)})"
    return inert(one.heading)
