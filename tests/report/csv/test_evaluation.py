import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from tender_eval import Evaluation
from tender_eval.report.csv.evaluation import evaluation_csv, guarded, lots_csv

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_a_bid(ordinary: Evaluation) -> None:
    text = evaluation_csv(ordinary)
    assert text.split("\r\n")[0] == (
        "rank,bid,supplier,status,figure,exact_figure,quality points,care points,reach points,price points,"
        "award,flags,reasons"
    )
    assert text.count("\r\n") == text.count("\n") == 5
    found = rows(text)
    assert [r["bid"] for r in found] == ["b", "a", "c", "d"]
    assert (found[1]["figure"], found[1]["exact_figure"], found[1]["price points"]) == ("89.33", "268/3", "33.33")
    assert (found[3]["rank"], found[3]["figure"], found[3]["quality points"]) == ("", "", "")
    assert "insured" in found[3]["reasons"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@x", "\tx", "\rx", "\nx", "-", "-a", "=", "＝x"])
def test_a_cell_that_would_begin_a_formula_is_guarded(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("text", ["Alder;=1+41", "Alder\t=1", "a\n=1", "x; -1+1", 'say ";+1"', "=1;=2", "a,=1", "a;@b"])
def test_no_separator_makes_a_formula_of_a_part_of_a_cell(
    evaluate: Evaluate, a_bid: MakeBid, sep: str, text: str
) -> None:
    """A program takes the separator of its own region, whatever the file was written with."""
    written = evaluation_csv(evaluate(a_bid("a", 100, supplier={"name": text})))
    cells = [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=sep) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(' "')[:1] in ("=", "+", "@") or cell.lstrip().startswith("-1+")]


@pytest.mark.parametrize("text", ["-5", "-5.00", "-1/3", "5", "a=b", "", "a-b"])
def test_plain_numbers_and_text_are_left(text: str) -> None:
    assert guarded(text) == text


def test_names_with_commas_quotes_and_line_ends_stay_one_cell(evaluate: Evaluate, a_bid: MakeBid) -> None:
    found = evaluate(a_bid("a", 100, supplier={"name": '=HYPERLINK("x"), Ltd\nB'}))
    assert rows(evaluation_csv(found))[0]["supplier"] == '\'=HYPERLINK("x"), Ltd\\nB'


def test_lots_are_named_in_the_first_column(by_lot: dict[str, Evaluation]) -> None:
    found = rows(lots_csv(by_lot))
    assert [(r["lot"], r["bid"]) for r in found] == [("north", "a"), ("north", "b"), ("south", "a"), ("south", "b")]
