"""What a document in Welsh says in English all the same, marked so that it is read out as English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tender_eval.documents.foreign import mark_foreign
from tender_eval.documents.model import Block, Document
from tender_eval.engine.plan import Plan
from tender_eval.files.welsh import WELSH, without_welsh
from tender_eval.languages.catalogue import ENGLISH, catalogue
from tender_eval.languages.phrases import first_line, further_lines, is_said
from tender_eval.languages.runs import name, runs
from tender_eval.lots.policy import policy_of
from tender_eval.model.bids import Tender
from tender_eval.model.scheme import Scheme
from tender_eval.report.terms.figures import plain_name

_TAG = ENGLISH.replace("_", "-")
t = catalogue("terms")


def left_in_english(scheme: Scheme, tender: Tender | None = None) -> Iterator[str]:
    """Every text that a document in Welsh takes from them in English, in a sentence to whoever makes it."""
    for told in without_welsh(scheme, tender):
        yield t("welsh.missing", where=told.where, of=told.of, name=told.name, field=f"{told.name}{WELSH}")


def document_marked(document: Document, plan: Plan, tender: Tender | None = None) -> Document:
    """The document with every text marked as English that neither scheme, tender nor tender-eval says in Welsh.

    Args:
        plan: of the scheme with its Welsh texts in place, as `files.welsh.in_welsh` puts them there.
        tender: the tender that the document names, in the same way.
    """
    found = frozenset(_english(plan, tender))
    title = _TAG if document.title in found else ""
    facts = mark_foreign(document.facts, found, _TAG)
    return replace(document, blocks=mark_foreign(document.blocks, found, _TAG), facts=facts, title_language=title)


def in_welsh_drafted(document: Document, plan: Plan, tender: Tender | None, checked_by: str = "") -> Document:
    """A document in Welsh as `document_marked` gives it, and a draft unless somebody has checked it, whom it names.

    To be asked while Welsh is spoken.
    """
    checked = ((runs(t("checked.by")), runs(name(checked_by))),) if checked_by else ()
    draft = document.draft or ("" if checked_by else t("checked.nobody"))
    return replace(document_marked(document, plan, tender), facts=(*document.facts, *checked), draft=draft)


def blocks_marked(blocks: tuple[Block, ...], plan: Plan, tender: Tender | None = None) -> tuple[Block, ...]:
    """The same of blocks."""
    return mark_foreign(blocks, frozenset(_english(plan, tender)), _TAG)


def _english(plan: Plan, tender: Tender | None) -> Iterator[str]:
    scheme = plan.scheme
    for own in (plan, *plan.by_lot.values()):
        yield from (told.text for told in without_welsh(own.scheme, tender))
        yield from (text for item in _methods(own) for text in _of_method(item))
        for _, reads in own.reads():
            if not is_said(named := plain_name(reads.column)):
                yield named
    yield from (named for c in scheme.conditions for n in c.needs if not is_said(named := plain_name(n)))
    yield from [scheme.award.then.how] if scheme.award.then else []


def _methods(plan: Plan) -> Iterator[tuple[Any, Any]]:
    """The scorers, the rule and the mechanism, each with its settings as they were read."""
    yield from ((leaf.scorer.item, leaf.params) for leaf in plan.leaves)
    yield plan.rule.rule.item, plan.rule.params
    if plan.scheme.award.lots:
        policy = policy_of(plan.scheme, plan.catalogue)
        yield policy.mechanism.item, policy.params


def _of_method(method: tuple[Any, Any]) -> Iterator[str]:
    """What a method says of itself and of its settings, where that is in English."""
    item, params = method
    meanings = (field.description or "" for field in getattr(type(params), "model_fields", {}).values())
    for text in (first_line(item), *further_lines(item), *meanings):
        if text and not is_said(text):
            yield text.replace("_", " ") if text == first_line(item) else text
