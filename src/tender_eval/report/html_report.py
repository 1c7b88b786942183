"""The evaluation report as one HTML file: no script, nothing fetched, readable without a mouse and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tender_eval.audit.case import Case
from tender_eval.languages.catalogue import Catalogue, catalogue
from tender_eval.report.page.across import told_across
from tender_eval.report.page.entries import EntryView, history
from tender_eval.report.page.lots import LotView, heading_of, lots_of
from tender_eval.report.page.sayings import say
from tender_eval.report.page.sheet import render


@dataclass(frozen=True, slots=True)
class Page:
    """What the template prints."""

    title: str
    tender: str
    scheme: str
    scheme_id: str
    currency: str
    received: int
    lots: tuple[LotView, ...]
    history: tuple[EntryView, ...]
    corrections: int
    head: str
    scheme_sha256: str
    bids_sha256: str
    entries: int
    rule: str
    conditions: tuple[tuple[str, str], ...]
    across: tuple[Markup, ...]

    @property
    def several(self) -> bool:
        return any(lot.id for lot in self.lots)


def html_report(case: Case, sensitivity: str = "") -> str:
    """The report of a case as the text of an HTML file. The same case gives the same text.

    Args:
        sensitivity: what is known of how firm the result is, in a sentence; the gap to the next bid is always
            told.
    """
    words = catalogue("report")
    return render(
        "report.html.j2",
        "report.css.j2",
        page=_page(case, sensitivity, words),
        t=words,
        n=words.count,
        say=lambda key, **values: say(words, key, **values),
        heading_of=lambda lot: heading_of(lot, words),
    )


def _page(case: Case, sensitivity: str, words: Catalogue) -> Page:
    scheme, tender = case.compiled.scheme, case.bids.tender
    lots = tuple(lots_of(case, sensitivity, words))
    entries = history(case.entries, words)
    return Page(
        title=tender.title or scheme.title,
        tender=tender.id,
        scheme=scheme.title,
        scheme_id=scheme.id,
        currency=words.currency(scheme.currency),
        received=len(case.bids.bids),
        lots=lots,
        history=entries,
        corrections=sum(entry.correction for entry in entries),
        head=case.head,
        scheme_sha256=scheme.sha256,
        bids_sha256=case.bids.sha256,
        entries=len(case.entries),
        rule=str(case.compiled.plan.rule.rule),
        conditions=lots[0].method.conditions if lots else (),
        across=tuple(told_across(case, words)),
    )
