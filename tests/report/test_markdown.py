import re
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tender_eval import Evaluation
from tender_eval.lots.award import AcrossLots
from tender_eval.report.markdown import escaped, evaluation_markdown, lots_markdown

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]


def test_the_ranking_is_a_table(ordinary: Evaluation) -> None:
    lines = evaluation_markdown(ordinary).splitlines()
    assert lines[0] == "# Refuge services"
    assert lines[4:7] == [
        "| rank | bid | supplier | points | quality /60 | price /40 | status |",
        "| ---: | --- | --- | ---: | ---: | ---: | --- |",
        "| 1 | b | B | 92.00 | 52.00 | 40.00 | ranked |",
    ]
    assert "**Winner: b**" in lines
    assert "### Rejected" in lines


def test_text_of_bidders_cannot_break_out_of_its_cell(evaluate: Evaluate, a_bid: MakeBid) -> None:
    name = "a|b\n<script>x</script> [x](http://x) `c` *d*"
    text = evaluation_markdown(evaluate(a_bid("a", 100, supplier={"name": name})))
    row = next(line for line in text.splitlines() if line.startswith("| 1 "))
    assert row.replace("\\|", "").count("|") == 8
    assert "<script>" not in text
    assert "\\[x\\](http://x) \\`c\\` \\*d\\*" in row


@given(st.text())
def test_no_markup_is_left_in_escaped_text(text: str) -> None:
    shown = escaped(text)
    assert not re.search(r"[<>\n\r\x1b\u202e]", shown)
    assert not re.search(r"(?<!\\)[`*_\[\]|~]", shown.replace("\\\\", ""))
    assert not re.match(r"\s*([#+-]|\d+[.)])\s", shown)


def test_lots(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    text = lots_markdown(by_lot, across)
    assert "## Lot north" in text
    assert "| north | a | A | 88.00 |" in text
    assert "Lot south is not awarded: a tie is undecided." in text
