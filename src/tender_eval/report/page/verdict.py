"""The outcome as markup, for the pages that are templates."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tender_eval.documents.html import inline
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.evaluation import verdict
from tender_eval.report.evaluation.figures import Figures
from tender_eval.report.page.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is won, tied or none."""

    kind: str
    headline: Markup
    because: tuple[Markup, ...]
    firmness: tuple[Markup, ...]


def verdict_of(evaluation: Evaluation, plan: Plan, numbers: Numbers, words: Catalogue) -> Verdict:
    """The outcome of one tender or lot."""
    found = verdict.verdict_of(evaluation, Figures(evaluation, numbers.currency))
    because, firmness = tuple(map(inline, found.because)), tuple(map(inline, found.firmness))
    return Verdict(found.tone, inline(found.headline), because, firmness)
