"""The chair's sheet for the meeting: what everybody gave side by side, and open cells for what is agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tender_eval.case.panel.giving import exactly
from tender_eval.case.panel.progress import Compared, compared
from tender_eval.case.panel.sheets import MEETING, check_of
from tender_eval.case.state import State
from tender_eval.files.marks.workbook import PRESENT
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.bids import Mark
from tender_eval.model.digits import shown
from tender_eval.model.panel import Person
from tender_eval.report.panel.asked import AskedMark, asked_marks
from tender_eval.report.panel.comparison import no_mark
from tender_eval.report.panel.sheet import HEAD, WIDTHS, WRITE, describe, hidden, how_to, offer_marks, write_mark
from tender_eval.report.workbook.book import Workbook, Worksheet
from tender_eval.report.workbook.entry import OPEN, choose

t = catalogue("panel")
_OF_PERSON = 28


def meeting_sheet(state: State, case: str) -> bytes:
    """The workbook: the marks furthest apart first, and who is there.

    Args:
        case: what sheets call the case (`tender_eval.case.panel.sheets.reference`).
    """
    book = Workbook(t("meeting", scheme=state.whole.scheme.title))
    computed = "computed" if state.whole.scheme.panel.computed else "agreed"
    how_to(book, state, t("meeting.who"), [t(f"meeting.{key}") for key in ("look", computed, "reason", "present")])
    _marks(book, state)
    _present(book, state)
    hidden(book, case, MEETING.id, check_of(case, MEETING))
    return book.close()


def _marks(book: Workbook, state: State) -> None:
    found = compared(state)
    asked = asked_marks(state, [one.key for one in found])
    people = [one for one in state.panel or () if one.marks]
    lots = any(one.key.lot for one in found)
    first = [name for name in ("bid", "supplier", "lot", "criterion", "question", "scale") if lots or name != "lot"]
    columns = {name: float(WIDTHS[name]) for name in first}
    columns |= {_heading(one): float(_OF_PERSON) for one in people} | {"apart": 8.0}
    columns |= {name: float(WIDTHS[name]) for name in ("mark", "reason", "note")}
    page = Worksheet(book, t("marks"), tuple(columns.values()))
    page.sheet.set_paper(8)  # A3: on A4 the marks of a few people side by side are too small to read
    page.sheet.set_footer(t("foot"))
    at = {name: n for n, name in enumerate(columns)}
    for name, column in at.items():
        page.text(column, name, **HEAD)
    page.row += 1
    page.freeze(at["question"])
    for one, row in zip(found, asked, strict=True):
        describe(page, at, row)
        _sides(page, at, one, people, state)
        _agreed(page, at, row, one.agreed, computed=state.whole.scheme.panel.computed)
        page.row += 1
    page.sheet.protect("", OPEN)


def _heading(person: Person) -> str:
    """The heading of what somebody gave, which is none of ours whatever they are called."""
    return t("gave", person=person.name)


def _sides(page: Worksheet, at: Mapping[str, int], one: Compared, people: Sequence[Person], state: State) -> None:
    sides = {side.person: side for side in one.sides}
    for person in people:
        side, lines = sides.get(person.id), list[str]()
        if side is not None:
            lines = [exactly(side.mark), *filter(None, (side.reason, t("noted", note=side.note) if side.note else ""))]
        else:
            lines = [no_mark(state, one, person)]
        page.lines(at[_heading(person)], lines, border=1, **({"bg_color": "#FDE9D9"} if one.apart else {}))
    spread = "" if one.spread is None else shown(one.spread)
    page.text(at["apart"], spread, align="center", border=1, bold=one.apart)


def _agreed(page: Worksheet, at: Mapping[str, int], row: AskedMark, agreed: Mark | None, *, computed: bool) -> None:
    if computed:
        page.sheet.write_blank(page.row, at["mark"], None, page.book.format(border=1, bg_color="#EEEEEE"))
    else:
        write_mark(page, at["mark"], shown(agreed.value) if agreed else "")
        offer_marks(page, at["mark"], row, abstaining=False)
    page.text(at["reason"], agreed.reason if agreed else "", text_wrap=True, num_format="@", **WRITE)
    page.text(at["note"], agreed.note if agreed else "", text_wrap=True, num_format="@", **WRITE)


def _present(book: Workbook, state: State) -> None:
    """Who of the panel is there: a yes beside each."""
    page = Worksheet(book, PRESENT, (14, 30, 24, 12))
    page.sheet.set_footer(t("foot"))
    for column, name in enumerate(("id", "name", "role", "present")):
        page.text(column, name, **HEAD)
    page.row += 1
    for one in state.panel or ():
        for column, text in enumerate((one.id, one.name, one.role)):
            page.text(column, text, border=1)
        page.text(3, "", align="center", **WRITE)
        choose(page, (page.row, page.row), 3, ("yes", "no"))
        page.row += 1
    page.sheet.protect("", OPEN)
