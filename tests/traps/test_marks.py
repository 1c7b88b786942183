"""A mark or figure that is not there, or is no number, is an error at its place; nothing stands in for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, leaf, refusal, scheme, told

from tender_eval import Evaluation, compile_scheme, load_bids, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme

Write = Callable[[str, str | bytes], str]
SCALE = [{"mark": m, "score": f"{s}%"} for m, s in ((0, 0), (1, 20), (3, 60), (5, 100))]

HEAD = "format: tender-eval/bids/1\nbids:\n"
SOUND = "- {id: a, price: 100, marks: {delivery: 3}}\n"
NOT_NUMBERS = ["nan", "NaN", ".nan", ".NaN", "NAN", "inf", ".inf", "-.Inf", "-inf", "Infinity"]


def marked() -> CompiledScheme:
    delivery = leaf("delivery", 60, {"name": "mark", "scale": "s"})
    stated = scheme(delivery, leaf("price", 40, "ratio_to_lowest"), scales={"s": SCALE})
    return compile_scheme(scheme_from_data(stated), CATALOGUE)


def evaluate(path: str) -> Evaluation:
    return marked().evaluate(load_bids(path))


@pytest.mark.parametrize("written", NOT_NUMBERS)
def test_a_nan_mark_in_yaml(write: Write, written: str) -> None:
    path = write("bids.yaml", HEAD + SOUND + "- id: b\n  price: 90\n  marks:\n    delivery: " + written + "\n")
    (said,) = refusal(load_bids, path)
    assert (str(said.where), said.code) == ("bids.yaml:7:15", "TE013")
    assert said.message == f'"{written}" is not a number'


@pytest.mark.parametrize("written", NOT_NUMBERS)
def test_a_nan_price_in_csv(write: Write, written: str) -> None:
    path = write("bids.csv", f"id,price,marks.delivery\na,100,3\nb,{written},5\n")
    assert told(refusal(load_bids, path)) == ["bids.csv:3:3 TE013"]


def test_a_missing_mark_is_told_at_its_bid(write: Write) -> None:
    path = write("bids.yaml", HEAD + SOUND + "- id: b\n  price: 90\n  marks: {}\n")
    (said,) = refusal(evaluate, path)
    assert (str(said.where), said.code) == ("bids.yaml:4:3", "TE052")
    assert said.message == 'bid "b" has no marks.delivery, which criterion "delivery" reads'


def test_a_misspelt_mark_is_told_with_what_was_meant(write: Write) -> None:
    path = write("bids.yaml", HEAD + SOUND + "- {id: b, price: 90, marks: {delivry: 3}}\n")
    unknown, missing = sorted(refusal(evaluate, path), key=lambda d: d.code)
    assert (unknown.code, str(unknown.where), unknown.hint) == (
        "TE051",
        "bids.yaml:4:30",
        'did you mean "delivery"?',
    )
    assert (missing.code, missing.hint) == ("TE052", "it states marks.delivry: use one name in bid and scheme")


def test_an_empty_mark_in_yaml(write: Write) -> None:
    path = write("bids.yaml", HEAD + SOUND + "- id: b\n  price: 90\n  marks:\n    delivery:\n")
    assert told(refusal(load_bids, path)) == ["bids.yaml:7:5 TE018"]


def test_an_empty_cell_in_csv_is_a_missing_mark(write: Write) -> None:
    path = write("bids.csv", "id,price,marks.delivery\na,100,3\nb,90,\n")
    assert told(refusal(evaluate, path)) == ["bids.csv:3:1 TE052"]


def test_a_mark_off_its_scale(write: Write) -> None:
    path = write("bids.yaml", HEAD + SOUND + "- {id: b, price: 90, marks: {delivery: 4}}\n")
    (said,) = refusal(evaluate, path)
    assert (str(said.where), said.code, said.hint) == ("bids.yaml:4:40", "TE053", "its marks are 0, 1, 3, 5")


def test_every_bad_mark_is_told_in_one_run(write: Write) -> None:
    rows = ["{delivery: nan}", "{delivery: 2}", "{}", "{delivery: '4,5'}"]
    lines = "".join(f"- {{id: b{n}, price: 90, marks: {row}}}\n" for n, row in enumerate(rows))
    path = write("bids.yaml", HEAD + lines)
    assert told(refusal(load_bids, path)) == ["bids.yaml:3:41 TE013", "bids.yaml:6:41 TE014"]
    path = write("bids.yaml", HEAD + "".join(lines.splitlines(keepends=True)[1:3]))
    assert told(refusal(evaluate, path)) == ["bids.yaml:3:41 TE053", "bids.yaml:4:3 TE052"]


def test_a_nan_in_the_scheme(write: Write) -> None:
    from tender_eval import load_scheme

    path = write(
        "scheme.yaml",
        "format: tender-eval/scheme/1\nid: s\ntitle: t\naward: {rule: highest_score}\ncriteria:\n"
        "- {id: price, weight: .nan, scorer: ratio_to_lowest}\n",
    )
    assert told(refusal(load_scheme, path))[-1] == "scheme.yaml:6:23 TE013"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("column", ["price", "marks.delivery"])
def test_a_nan_in_a_batch(bad: float, column: str) -> None:
    columns: dict[str, Any] = {"price": np.full((2, 3), 90.0), "marks.delivery": np.full((2, 3), 3.0)}
    columns[column][1, 2] = bad
    (said,) = refusal(marked().evaluate_batch, columns)
    assert said.code == "TE054"
    assert f'the column "{column}" holds {bad}' in said.message
    masked = marked().evaluate_batch(columns, np.array([[True] * 3, [True, True, False]]))
    assert masked.ranks[:, 2].tolist() == [1, 0], "who is absent needs no figure"


def test_a_missing_column_in_a_batch() -> None:
    (said,) = refusal(marked().evaluate_batch, {"price": np.full((2, 3), 90.0)})
    assert said.code == "TE052"
    assert '"marks.delivery"' in said.message
