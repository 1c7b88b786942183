"""What only the terminal does: lines and columns are measured by what they take on the screen."""

from tender_eval.documents.model import Document, paragraph, table
from tender_eval.documents.terminal import document_text
from tender_eval.languages.inert import width
from tender_eval.languages.runs import runs

WIDE = "港の家 "


def test_columns_stand_below_each_other_whatever_their_letters() -> None:
    found = document_text(Document("Bids", blocks=(table("", ("Bid", "Price"), [("Alder", "1"), ("港の家", "2")]),)))
    rows = [line for line in found.splitlines() if line.endswith(("1", "2"))]
    assert [width(row) for row in rows] == [width(rows[0])] * 2


def test_a_paragraph_of_wide_letters_keeps_to_the_line() -> None:
    found = document_text(Document("Bids", blocks=(paragraph(runs(WIDE * 20)),)), line=30)
    assert max(map(width, found.splitlines())) in range(24, 31)
    assert found.count("港の家") == 20


def test_a_cell_that_is_set_in_stays_so_in_its_further_lines() -> None:
    from tender_eval.documents.terminal import _wrapped

    assert _wrapped("  Delivery of refuge", 12) == "  Delivery\n  of refuge"
