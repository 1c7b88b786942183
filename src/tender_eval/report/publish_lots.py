"""How the lots of a tender are awarded together, for the published methodology."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, items, paragraph
from tender_eval.engine.plan import Plan
from tender_eval.lots.policy import policy_of
from tender_eval.report import publish_words as words
from tender_eval.report.limits_in_words import limits_in_words
from tender_eval.report.publish_scoring import parameters_table


def lots_section(plan: Plan) -> Iterator[Block]:
    """The mechanism in the words of its docstring, and every limit; nothing where the scheme says nothing of lots."""
    limits = plan.scheme.award.lots
    if limits is None:
        return
    mechanism = policy_of(plan.scheme, plan.catalogue).mechanism.item
    yield heading(words.LOTS)
    yield paragraph(words.LOTS_SAY)
    if found := list(limits_in_words(limits)):
        yield items([text[:1].upper() + text[1:] for text in found])
    yield paragraph(words.MECHANISM.format(name=mechanism.name.replace("_", " ")))
    for text in inspect.cleandoc(mechanism.__doc__ or "").replace("`", "").split("\n\n"):
        yield paragraph(" ".join(text.split()))
    yield from parameters_table(words.LOTS.lower(), limits.mechanism, mechanism.Params)
