"""One letter to each supplier, of all its bids and lots; what became of a bid that was not considered."""

from __future__ import annotations

from typing import Any

import pytest
from inline import leaf, scheme
from shipped import case_from

from tender_eval.case.case import Case
from tender_eval.documents.markdown import document_markdown
from tender_eval.report.letters.document import summaries

Data = dict[str, Any]
SCALE = [{"mark": n, "score": f"{n * 20}%", "title": f"Level {n}", "descriptor": "As said."} for n in range(6)]


def case(bids: list[Data], tender: Data | None = None, **award: Any) -> Case:
    stated = scheme(
        leaf("care", 60, {"name": "mark", "scale": "s"}, title="Care"),
        leaf("price", 40, "ratio_to_lowest", title="Price"),
        scales={"s": SCALE},
        award={"on_rejection": "recompute", **award},
    )
    return case_from(stated, {"format": "tender-eval/bids/1", "tender": tender or {}, "bids": bids})


def bid(name: str, supplier: Data, care: int = 3, **more: Any) -> Data:
    mark = {"agreed": care, "reason": "The method is set out, step by step."}
    return {"id": name, "supplier": supplier, "marks": {"care": mark}, **more}


ALDER, BIRCH = {"name": "Alder Ltd", "identifier": "GB-COH-1"}, {"name": "Birch"}
LOTS: Data = {"lots": [{"id": "n", "title": "North"}, {"id": "s", "title": "South"}]}


def by_lot() -> Case:
    return case(
        [
            bid("a1", ALDER, lots={"n": {"price": 100}}),
            bid("b", BIRCH, lots={"n": {"price": 110}, "s": {"price": 90}}),
            bid("a2", ALDER | {"name": "ALDER LIMITED"}, lots={"s": {"price": 120}}),
        ],
        LOTS,
    )


def test_a_supplier_with_bids_for_several_lots_gets_one_letter_that_speaks_of_all() -> None:
    letters = {name: document_markdown(made) for name, made in summaries(by_lot()).items()}
    assert list(letters) == ["a1", "b"]
    alder = letters["a1"]
    assert "| Tender reference | a1, a2 |" in alder
    assert [line for line in alder.splitlines() if line.startswith("## Lot")] == [
        "## Lot: North (tender a1)",
        "## Lot: South (tender a2)",
    ]
    assert "Your tender was successful." in alder
    assert "Your tender was not successful." in alder
    assert "(tender b)" not in letters["b"], "who has one bid is told of lots alone"


@pytest.mark.parametrize("asked", ["a1", "a2"])
def test_the_letter_of_any_of_its_bids_is_the_same(asked: str) -> None:
    assert summaries(by_lot(), asked) == {asked: summaries(by_lot())["a1"]}


def test_every_bid_is_in_exactly_one_letter() -> None:
    told = [name for made in summaries(by_lot()).values() for name in ("a1", "b", "a2") if f" {name}" in str(made)]
    assert sorted(set(told)) == ["a1", "a2", "b"]
    assert len(summaries(by_lot())) == 2


def test_variants_of_one_supplier_are_told_in_one_letter() -> None:
    made = case([bid("a1", ALDER, price=100), bid("a2", ALDER, 4, price=90), bid("b", BIRCH, price=95)], variants=True)
    letters = {name: document_markdown(letter) for name, letter in summaries(made).items()}
    assert list(letters) == ["a1", "b"]
    assert [line for line in letters["a1"].splitlines() if line.startswith("## Your tender")] == [
        "## Your tender a1",
        "## Your tender a2",
    ]


def test_who_has_its_place_with_another_bid_is_told_so() -> None:
    bids = [bid("a1", ALDER, 5, price=90), bid("a2", ALDER, 4, price=90), bid("b", BIRCH, price=95)]
    letter = document_markdown(summaries(case(bids, variants=True, suppliers=2))["a1"])
    assert "takes its place with another tender that ranks above this one" in letter


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("withdrawn", "Your tender was withdrawn, and was not considered."),
        ("excluded", "Your tender was excluded, for what is set out here."),
    ],
)
def test_a_bid_that_was_not_considered_is_told_what_became_of_it_and_nothing_of_others(kind: str, said: str) -> None:
    out = {"id": "b", "supplier": BIRCH, "removed": {"kind": kind, "reason": "it came late", "clause": "s.19"}}
    letter = document_markdown(summaries(case([bid("a", ALDER, price=100), out]))["b"])
    assert said in letter
    assert "it came late" in letter
    assert "Award rule" not in letter
    assert "Alder" not in letter
