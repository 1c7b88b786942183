from collections.abc import Callable
from typing import Any

import pytest

from tender_eval import Evaluation
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.terminal import document_text
from tender_eval.languages.inert import width
from tender_eval.lots.award import AcrossLots
from tender_eval.report.evaluation.across import award_document, lots_document
from tender_eval.report.evaluation.brief import evaluation_document, stage_document

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]


def shown(evaluation: Evaluation, line: int = 100) -> str:
    return document_text(evaluation_document(evaluation), line)


ORDINARY = """\
Refuge services (demo)
Ranked by points, the highest first (rule highest_score)

  rank  bid    supplier      points    quality /60    price /40  status
------  -----  ----------  --------  -------------  -----------  --------
     1  b      B              92.00          52.00        40.00  ranked
     2  a      A              89.33          56.00        33.33  ranked
     -  c      C                  -          12.00            -  rejected
     -  d      D                  -              -            -  rejected

Winner: b
b wins with 92.00 points, 2.67 more than a.

Rejected
  c (C): "quality" (Quality): 12 of 60 points is below the minimum 50% = 30
  d (D): condition "insured" is not met: declarations.insured is false (bids), must be true
"""


def test_the_ranking_the_winner_and_why(ordinary: Evaluation) -> None:
    assert shown(ordinary) == ORDINARY


def test_shared_ranks_are_marked(evaluate: Evaluate, a_bid: MakeBid) -> None:
    table = shown(evaluate(a_bid("a", 100), a_bid("b", 100)))
    assert table.count("    1=  ") == 2
    assert "Winner: undecided between a and b\n" in table


def test_names_cannot_steer_the_terminal_and_long_ones_are_cut(evaluate: Evaluate, a_bid: MakeBid) -> None:
    evil = a_bid("a", 100, supplier={"name": "\x1b[2J\u202eEvil"}, declarations={"insured": False})
    long = a_bid("b", 100, supplier={"name": "Long " * 40})
    table = shown(evaluate(evil, long))
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert r"\x1b[2J\u202eEvil" in table
    assert "Long Long Long Long Long Long L…" in table
    assert all(width(line) <= 100 for line in table.splitlines())


def test_flags_are_shown(evaluate: Evaluate, a_bid: MakeBid) -> None:
    table = shown(evaluate(a_bid("a", 100), a_bid("b", 40)))
    assert "To be looked at\n  b (B): abnormally low?" in table


def test_criteria_that_do_not_fit_beside_the_ranking_stand_below_it(evaluate: Evaluate) -> None:
    marks = {f"question-number-{n}": 5 for n in range(10)}
    criteria = [{"id": name, "weight": 10, "scorer": {"name": "mark", "out_of": 5}} for name in marks]
    scheme = {"criteria": criteria, "conditions": [], "award": {"rule": "highest_score"}, "abnormally_low": None}
    bids = [{"id": n, "supplier": {"name": f"Somebody {n}"}, "marks": marks} for n in ("a", "b")]
    table = shown(evaluate(*bids, scheme=scheme), 80)
    assert all(len(line) <= 80 for line in table.splitlines())
    assert all(f"{name} /10" in table for name in marks)


def test_lots_and_the_award_across_them(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    table = document_text(lots_document(by_lot, across))
    assert table.startswith("Refuge services (demo)\n")
    assert [line for line in table.splitlines() if line.startswith("Lot ")] == [
        "Lot north",
        "Lot south",
        "Lot west",
        "Lot south is not awarded: a tie is undecided.",
        "Lot west is not awarded: no bid is left.",
    ]
    assert "north  a      A           points  88.00" in table


def test_lots_that_are_awarded_together_have_no_winner_each(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    class Together:
        independent = False

        def __getattr__(self, name: str) -> object:
            return getattr(across, name)

    table = document_text(lots_document(by_lot, Together()))  # type: ignore[arg-type]  # is asked the same
    assert "Winner" not in table
    assert table.count("Who is awarded the lot is told below, across the lots.") == 3


def test_an_award_tells_why_not_lot_by_lot(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    told = document_text(award_document(across, by_lot)).splitlines()
    assert told[:2] == ["Refuge services (demo)", "Across the lots, each decided by itself"]
    at = told.index("Why not: lot north")
    assert told[at + 1].startswith("  b: a is ahead by ")


def test_the_quality_stage_ranks_nobody_and_goes_by_id(evaluate: Evaluate, a_bid: MakeBid) -> None:
    found = evaluate(a_bid("b", 100), a_bid("a", 120), a_bid("c", 90, declarations={"insured": False}))
    told = document_text(stage_document({"": found}))
    assert "No result yet: prices are still closed\nMarks are locked." in told
    rows = [line.split() for line in told.splitlines() if line[:3] in ("a  ", "b  ", "c  ")]
    assert [row[:3] for row in rows] == [["a", "A", "in"], ["b", "B", "in"], ["c", "C", "rejected"]]
    assert "no bid is ranked before the prices are opened" in told.replace("\n", " ")
    assert "Winner" not in told
    assert "  c (C): condition" in told


def test_the_ranking_in_markdown_is_a_table(ordinary: Evaluation) -> None:
    lines = document_markdown(evaluation_document(ordinary)).splitlines()
    assert lines[0] == "# Refuge services (demo)"
    assert lines[4:7] == [
        "| rank | bid | supplier | points | quality /60 | price /40 | status |",
        "| ---: | --- | --- | ---: | ---: | ---: | --- |",
        "| 1 | b | B | 92.00 | 52.00 | 40.00 | ranked |",
    ]
    assert "> **Winner: B**" in lines
    assert "## Rejected" in lines


def test_text_of_bidders_cannot_break_out_of_its_cell(evaluate: Evaluate, a_bid: MakeBid) -> None:
    name = "a|b\n<script>x</script> [x](http://x) `c` *d*"
    text = document_markdown(evaluation_document(evaluate(a_bid("a", 100, supplier={"name": name}))))
    row = next(line for line in text.splitlines() if line.startswith("| 1 "))
    assert row.replace("\\|", "").count("|") == 8
    assert "<script>" not in text
    assert "\\[x\\](http://x) \\`c\\` \\*d\\*" in row


def test_lots_in_markdown(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    text = document_markdown(lots_document(by_lot, across))
    assert "## Lot north" in text
    assert "| north | a | A | points | 88.00 |" in text
    assert "Lot south is not awarded: a tie is undecided." in text


@pytest.mark.parametrize("line", [60, 80, 100])
def test_no_line_is_longer_than_the_terminal(ordinary: Evaluation, line: int) -> None:
    assert max(width(text) for text in shown(ordinary, line).splitlines()) <= line
