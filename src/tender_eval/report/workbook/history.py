"""What was entered, on sheets of its own: the history, what was changed and what it did, what was asked."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.audit.entries import FINDINGS
from tender_eval.case.acts import Act, listed
from tender_eval.case.case import Case
from tender_eval.case.corrections import Change, change_of
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import runs, text_of
from tender_eval.report.case.effects import effect, field_name, field_value, names_of
from tender_eval.report.case.entry_values import said_in_words
from tender_eval.report.workbook.book import Workbook

WORDS = catalogue("workbook", "case", "report")
SAYS = ("person", "supplier", "nature", "reason", "text", "procedure", "clause", "outcome", "notice_on")
"""What an act says in words or by a day, as far as it has no column."""
FLAGS = ("no_award", "forced", "none")
"""What it says by saying it at all."""


def write_history(book: Workbook, case: Case) -> None:
    """A sheet of every entry of people, and where there are some, one of what was changed and one of matters."""
    entries = [entry for entry in case.entries if entry.kind not in FINDINGS]
    if not entries:
        return
    page = book.page("history", 8, 24, 26, 12, 10, 30, 80)
    page.heading(WORDS("history.title"), 14)
    page.heads(*map(WORDS, ("entry", "when", "history.kind", "bid", "lot", "who", "history.says")))
    page.freeze(1)
    for entry in entries:
        page.number(0, entry.number, "0")
        page.text(1, entry.at)
        page.text(2, WORDS.or_else(f"entry.{entry.kind}", entry.kind.replace("_", " ")), text_wrap=True)
        for column, text in enumerate(
            (*_about(entry.body), in_a_row(listed(entry.body, "made_by")), _says(case, entry.body)), 3
        ):
            page.text(column, text, text_wrap=column > 4)
        page.row += 1
    _changes(book, case)
    _matters(book, case)


def _about(body: Mapping[str, object]) -> tuple[str, str]:
    return str(body.get("bid") or ""), str(body.get("lot") or "")


def _says(case: Case, body: Mapping[str, object]) -> str:
    files = [str(said.get("name", "")) for said in body.values() if isinstance(said, Mapping) and "sha256" in said]
    flags = [WORDS(f"history.{name}") for name in FLAGS if body.get(name)]
    return "; ".join(
        [*files, *flags, *(text_of(said_in_words(case.state, body, one)) for one in SAYS if body.get(one))]
    )


def _changes(book: Workbook, case: Case) -> None:
    """Each figure that was put right, each bid that left or came back, and what that did."""
    found = [(told, said) for told in case.acts if (said := text_of(effect(case.state, told)))]
    if not found:
        return
    page, known = book.page("corrections", 8, 22, 14, 30, 10, 26, 16, 16, 60, 90), names_of(case.state)
    page.heading(WORDS("corrections.title"), 14)
    heads = ("entry", "history.kind", "bid", "supplier", "lot", "field", "before", "after", "reason", "did")
    page.heads(*map(WORDS, heads))
    page.freeze(1)
    for told, said in found:
        for change in told.changes or (change_of(told.act),):
            bid, lot, figure = change.bid, change.lot, _figure(case, change)
            page.number(0, told.act.number, "0")
            page.text(1, WORDS(f"kind.{told.act.kind}"), text_wrap=True)
            for column, text in enumerate((bid, known.get(bid, ""), lot, *figure, told.act.said("reason"), said), 2):
                page.text(column, text, text_wrap=column in (3, 8, 9))
            page.row += 1


def _figure(case: Case, change: Change) -> tuple[str, str, str]:
    """What a figure is called, and what it was before and is after; nothing of an act that is about none."""
    if not change.field:
        return "", "", ""
    old, new = (text_of(runs(field_value(case.state, change.field, one))) for one in (change.old, change.new))
    return text_of(runs(field_name(case.state, change.field))), old, new


def _matters(book: Workbook, case: Case) -> None:
    """Each thing that was asked, with what was said of it."""
    if not case.matters:
        return
    page = book.page("queries", 10, 24, 12, 10, 12, 12, 80, 90)
    page.heading(WORDS("queries.title"), 14)
    page.heads(*map(WORDS, ("matter", "about", "bid", "lot", "opened", "closed", "asked", "answered")))
    page.freeze(1)
    for matter in case.matters:
        said = [act for told in case.acts if (act := told.act).said("matter") == matter.id]
        asked = next((told.act.said("text") for told in case.acts if told.act.number == matter.opened_by), "")
        for column, text in enumerate((matter.id, WORDS(f"matter.{matter.kind}"), matter.bid, matter.lot)):
            page.text(column, text, text_wrap=column == 1)
        page.number(4, matter.opened_by, "0")
        if matter.closed_by is None:
            page.text(5, WORDS("still open"))
        else:
            page.number(5, matter.closed_by, "0")
        page.text(6, asked, text_wrap=True)
        page.text(7, "; ".join(map(_answer, said)), text_wrap=True)
        page.row += 1


def _answer(act: Act) -> str:
    outcome = f" ({WORDS('outcome.' + act.said('outcome'))})" if act.said("outcome") else ""
    return f"{act.said('text') or act.said('reason')}{outcome}"
