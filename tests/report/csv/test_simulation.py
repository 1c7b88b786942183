"""The CSV holds every figure, and nothing that a spreadsheet would run."""

import csv
import io
import re
from dataclasses import replace

from lot_outcomes import made_up

from tender_eval.report.csv.simulation import HEADS, lots_csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_figure_has_its_row() -> None:
    found = rows(lots_csv(made_up()))
    (bidders,) = [r for r in found if (r["section"], r["design"], r["figure"]) == ("design", "8 lots", "small_bidders")]
    assert (bidders["mean"], bidders["se"], bidders["tenders"], bidders["lots"]) == ("6.3", "0.01", "1000", "8")
    (local,) = [r for r in found if (r["section"], r["design"], r["type"]) == ("paired", "8 lots", "local")][:1]
    assert local["figure"] == "eligible"
    assert {r["section"] for r in found} == {
        "answer", "caveat", "currency", "design", "paired", "frontier", "sensitivity", "stated",
    }  # fmt: skip
    assert found[0]["text"].startswith("Cutting the contract from 1 lot into 8 raises")
    (price,) = [r for r in found if (r["section"], r["figure"]) == ("paired", "price_ratio")]
    assert price["mean"] == "-0.02"


def test_what_went_in_says_what_it_rests_on() -> None:
    found = {r["parameter"]: r for r in rows(lots_csv(made_up())) if r["section"] == "stated"}
    assert found["local.quality"]["basis"] == "ASSUMPTION"
    assert found["authority_per_bid"]["basis"] == "evidence, computed"
    assert (found["years"]["at"], found["years"]["value"], found["years"]["default"]) == ("changed", "3", "4")


def test_each_row_fits_the_headings() -> None:
    for row in csv.reader(io.StringIO(lots_csv(made_up()), newline="")):
        assert len(row) == len(HEADS)


def test_no_cell_begins_a_formula() -> None:
    found = made_up()
    evil = replace(found.designs[1], label='=HYPERLINK("http://x","y")')
    made = replace(found, designs=(found.designs[0], evil), paired=(replace(found.paired[0], label=evil.label),))
    for row in csv.reader(io.StringIO(lots_csv(made), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t")), cell
            assert not cell.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", cell), cell
