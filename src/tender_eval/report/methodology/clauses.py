"""What holds of every tender: conditions, rounding, abnormally low prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.scheme import Rounding
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.low_prices import low_price_test
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
    if rounding is not None:
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


def low_section(plan: Plan) -> Iterator[Block]:
    """What is done about abnormally low prices."""
    low = plan.scheme.abnormally_low
    if low:
        yield heading(t("low"))
        told = [low_price_test(test, plan.scheme.currency) for test in low.tests]
        if len(told) == 1:
            yield paragraph(t("low.say", told=told[0]))
        else:
            yield paragraph(t("low.say_several"))
            yield items(told)
        yield paragraph(t("low.asked"))
