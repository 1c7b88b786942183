"""What holds of every tender: conditions and rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.scheme import Rounding
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import condition_in_words, source_line, title_of

t = catalogue("methodology", "terms")


def conditions_section(plan: Plan) -> Iterator[Block]:
    """Conditions of participation."""
    if not plan.scheme.conditions:
        return
    yield heading(t("conditions"))
    yield paragraph(t("conditions.say"))
    rows = [(c.title or c.id, condition_in_words(c), source_line(c.source)) for c in plan.scheme.conditions]
    yield table(t("conditions.table"), heads(t, "conditions", "condition asked source"), rows, widths=(35, 40, 25))


def rounding_section(plan: Plan) -> Iterator[Block]:
    """What is rounded, when and how."""
    yield heading(t("rounding"))
    rounding, own = plan.scheme.rounding, [c for c in plan.scheme.walk() if c.rounding]
    if rounding is not None and rounding.digits:
        yield paragraph(t.count("rounding.digits", rounding.digits, mode=t(f"rounding.mode.{rounding.mode}")))
    elif rounding is not None:
        yield paragraph(t("rounding.say", **_said(rounding, "stage")))
    elif not own:
        yield paragraph(t("rounding.none"))
    if own:
        yield paragraph(t("rounding.own" if rounding else "rounding.own_alone"))
        yield items(
            t("rounding.of", title=title_of(c), **_said(c.rounding, "own")) for c in own if c.rounding is not None
        )


def _said(rounding: Rounding, kind: str) -> Mapping[str, str]:
    """Places, mode and stages in words; ``kind`` says whether they are those of the scheme or of a criterion."""
    return {
        "places": t.count("rounding.places", rounding.places) if rounding.places else t("rounding.whole"),
        "mode": t(f"rounding.mode.{rounding.mode}"),
        "stages": t.listing([t(f"rounding.{kind}.{stage}") for stage in rounding.at]),
    }
