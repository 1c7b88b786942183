"""The sheet that somebody of the panel marks on: their bids and criteria, and nothing of price or of others' marks."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from tender_eval.case.panel.giving import exactly
from tender_eval.case.panel.sheets import check_of, to_mark
from tender_eval.case.state import State
from tender_eval.files.marks.workbook import CASE
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.panel import ABSTAIN, SHEET, Person
from tender_eval.report.csv.evaluation import guarded
from tender_eval.report.panel.asked import AskedMark, asked_marks
from tender_eval.report.workbook.book import Workbook, Worksheet, as_float
from tender_eval.report.workbook.entry import OPEN, choose, offer

t = catalogue("panel")
WIDTHS = {
    "bid": 12, "supplier": 22, "lot": 10, "criterion": 16, "question": 30, "scale": 46, "mark": 10, "reason": 56,
    "note": 30,
}  # fmt: skip
HEAD = {"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True}
WRITE = {"locked": False, "border": 1, "bg_color": "#FFFBE6"}
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


def headings(rows: Iterable[AskedMark]) -> tuple[str, ...]:
    """The headings of a table of marks; lots only where there are some."""
    lots = any(row.key.lot for row in rows)
    return tuple(name for name in WIDTHS if lots or name != "lot")


def sheet_of(state: State, case: str, person: Person, shape: str, *, tabs: bool = False) -> bytes:
    """The sheet of somebody, with what they gave so far.

    It hangs on the scheme, the bids, the panel and what this person declared and gave: on nothing that others gave.

    Args:
        case: what sheets call the case (`tender_eval.case.panel.sheets.reference`).
        shape: xlsx, csv or yaml.
        tabs: a tab a bid in place of one long table, in a workbook.
    """
    rows = asked_marks(state, to_mark(state, person))
    if tabs:
        return _workbook(state, case, person, rows, tabs=True)
    return _WRITERS[shape](state, case, person, rows)


def _written(state: State, person: Person, row: AskedMark) -> tuple[str, str, str]:
    """What the person gave so far: the mark, the reason and the note."""
    given = state.given.get(person.id, {}).get(row.key)
    return (exactly(given.mark), given.reason, given.note) if given else ("", "", "")


def _workbook(state: State, case: str, person: Person, rows: Sequence[AskedMark], *, tabs: bool = False) -> bytes:
    book = Workbook(t("title", person=person.name, scheme=state.whole.scheme.title))
    how_to(book, state, t("how.who", person=person.name), [t(f"how.{n}") for n in range(1, 6)])
    if tabs:
        for n, (_, of_bid) in enumerate(groupby(rows, key=lambda row: row.key.bid), 1):
            some = list(of_bid)
            name = _NO_NAME.sub(" ", f"{n} {some[0].supplier}")[:_LONGEST_NAME].strip()
            _table(book, name, state, person, some)
    else:
        _table(book, t("marks"), state, person, rows)
    hidden(book, case, person.id, check_of(case, person))
    return book.close()


def how_to(book: Workbook, state: State, who: str, lines: Sequence[str]) -> None:
    """The first sheet: whose marks these are, of what, and how they are written."""
    page = Worksheet(book, t("how"), (110,))
    page.sheet.set_footer(t("foot"))
    tender = state.received.tender.title if state.received else ""
    page.heading(tender or state.whole.scheme.title, 14)
    for line in (who, *lines):
        page.text(0, line, text_wrap=True)
        page.row += 1
    page.sheet.protect("", OPEN)


def hidden(book: Workbook, case: str, person: str, check: str) -> None:
    """The hidden sheet that says of which case and person the workbook is."""
    page = Worksheet(book, CASE, (12, 40))
    for key, value in (("format", SHEET), ("case", case), ("person", person), ("check", check)):
        page.text(0, key)
        page.text(1, value)
        page.row += 1
    page.sheet.protect()
    page.sheet.hide()


def _table(book: Workbook, name: str, state: State, person: Person, rows: Sequence[AskedMark]) -> None:
    columns = headings(rows)
    page = Worksheet(book, name, tuple(float(WIDTHS[column]) for column in columns))
    page.sheet.set_footer(t("foot"))
    at = {column: n for n, column in enumerate(columns)}
    for column in columns:
        page.text(at[column], column, **HEAD)
    page.row += 1
    page.freeze(at["question"])
    for row in rows:
        describe(page, at, row)
        mark, reason, note = _written(state, person, row)
        write_mark(page, at["mark"], mark)
        page.text(at["reason"], reason, text_wrap=True, num_format="@", **WRITE)
        page.text(at["note"], note, text_wrap=True, num_format="@", **WRITE)
        offer_marks(page, at["mark"], row)
        page.row += 1
    page.sheet.protect("", OPEN)


def describe(page: Worksheet, at: Mapping[str, int], row: AskedMark) -> None:
    """The locked cells of a row: of which bid and criterion it is, what is asked, and what each mark means."""
    bid, lot, criterion = row.key
    for name, text in (("bid", bid), ("supplier", row.supplier), ("lot", lot), ("criterion", criterion)):
        if name in at:
            page.text(at[name], text, text_wrap=True, border=1)
    page.text(at["question"], row.question, text_wrap=True, border=1)
    page.lines(at["scale"], row.scale, border=1)


def write_mark(page: Worksheet, column: int, mark: str) -> None:
    """A mark that may be changed, as a number where it is one that a spreadsheet holds exactly; else an open cell."""
    if mark.isdigit():
        page.sheet.write_number(page.row, column, int(mark), page.book.format(align="center", **WRITE))
    else:
        page.text(column, mark, align="center", **WRITE)


def offer_marks(page: Worksheet, column: int, row: AskedMark, *, abstaining: bool = True) -> None:
    """Offer the marks of a row: a list where they can be counted, else bounds.

    Args:
        abstaining: whether somebody may abstain in place of a mark.
    """
    rows = page.row, page.row
    choices = [one for one in row.choices if abstaining or one != ABSTAIN]
    if choose(page, rows, column, choices) or row.field.least is None or row.field.most is None:
        return
    least, most = as_float(row.field.least), as_float(row.field.most)
    here = page.here(column).here
    within = f"AND(ISNUMBER({here}),{here}>={least},{here}<={most})"
    rule = f'=OR({here}="{ABSTAIN}",{within})' if abstaining else f"={within}"
    offer(page, rows, column, validate="custom", value=rule, error_message=row.scale[0])


def _csv(state: State, case: str, person: Person, rows: Sequence[AskedMark]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = headings(rows)
    writer.writerow(("case", "person", "check", *columns))
    for row in rows:
        bid, lot, criterion = row.key
        mark, reason, note = _written(state, person, row)
        texts = {
            "bid": bid, "supplier": row.supplier, "lot": lot, "criterion": criterion, "question": row.question,
            "scale": "; ".join(row.scale), "mark": mark, "reason": reason, "note": note,
        }  # fmt: skip
        writer.writerow((case, person.id, check_of(case, person), *map(guarded, (texts[c] for c in columns))))
    return out.getvalue().encode()


def _yaml(state: State, case: str, person: Person, rows: Sequence[AskedMark]) -> bytes:
    lines = [f"format: {SHEET}", f"case: {_quoted(case)}", f"person: {_quoted(person.id)}"]
    lines += [f"check: {_quoted(check_of(case, person))}", "marks:"]
    before: tuple[str, ...] = ()
    for row in rows:
        mark, reason, note = _written(state, person, row)
        told = (row.supplier, *(row.scale if row.scale != before else ()))
        before = row.scale
        lines += [f"  # {line}" for line in told if line.isprintable()]
        lines.append(f"  - bid: {_quoted(row.key.bid)}")
        lines += [f"    lot: {_quoted(row.key.lot)}"] if row.key.lot else []
        lines += [f"    criterion: {_quoted(row.key.criterion)}", f"    question: {_quoted(row.question)}"]
        lines += [f"    {name}: {_quoted(said)}" for name, said in (("mark", mark), ("reason", reason), ("note", note))]
    return "\n".join((*lines, "")).encode()


def _quoted(text: str) -> str:
    """A text as YAML holds it whatever stands in it."""
    return json.dumps(text)


_WRITERS = {"xlsx": _workbook, "csv": _csv, "yaml": _yaml}
