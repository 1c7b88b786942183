"""Each law has letters of its own: what they are called, whom they tell of the winner, and what they hold of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from shipped import case_from

from tender_eval.case.case import Case
from tender_eval.documents.markdown import document_markdown
from tender_eval.regime.standstill import standstill
from tender_eval.report.letters.document import summaries

SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1", "id": "demo", "title": "Refuge services",
    "conditions": [{"id": "safe", "title": "Safe", "reads": "declarations.safe", "must_be": True}],
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip


def bid(name: str, price: int, care: int, *, safe: bool = True) -> dict[str, Any]:
    mark = {"care": {"agreed": care, "reason": f"Staff of {care} years."}}
    stated = {"declarations": {"safe": safe}, "price": price, "marks": mark}
    return {"id": name, "supplier": {"name": name.title()}, **stated}


BIDS = {
    "format": "tender-eval/bids/1",
    "bids": [bid("alder", 50, 5), bid("birch", 40, 3), bid("cedar", 30, 4, safe=False)],
}


def case(law: str, **regime: Any) -> Case:
    return case_from(SCHEME | {"regime": {"law": law, **regime}}, BIDS)


def letter(law: str, name: str, regime: Mapping[str, Any] | None = None, **asked: Any) -> str:
    found = case(law, **(regime or {}))
    period = standstill(date(2026, 6, 1), found.compiled.scheme.regime)
    return document_markdown(summaries(found, name, period, **asked)[name])


@pytest.mark.parametrize(
    ("law", "title"),
    [
        ("procurement-act-2023", "Assessment summary"),
        ("pcr-2015", "Notice of the decision to award the contract"),
        ("ucr-2016", "Notice of the decision to award the contract"),
        ("ccr-2016", "Notice of the decision to award the contract"),
        ("pcsr-2015", "Notice of the decision to award the contract"),
        ("psr-2023", "Decision on your offer"),
        ("psr-wales-2025", "Decision on your offer"),
        ("grant", "How your tender was assessed"),
        ("below-threshold", "How your tender was assessed"),
        ("none", "How your tender was assessed"),
    ],
)
def test_what_it_is_called(law: str, title: str) -> None:
    text = letter(law, "birch")
    assert text.startswith(f"# {title}\n")
    assert ("ssessment summary" in text) == (law == "procurement-act-2023")


@pytest.mark.parametrize(
    ("law", "told"),
    [("procurement-act-2023", False), ("none", False), ("pcr-2015", True), ("pcsr-2015", True), ("psr-2023", True)],
)
def test_who_is_told_of_the_winner_though_it_was_not_assessed(law: str, told: bool) -> None:
    text = letter(law, "cedar")
    assert ("Scores of the successful tender of Alder" in text) is told
    assert ("It is provided under" in text) is told
    assert ("was not assessed for the award" in text) is not told


@pytest.mark.parametrize("law", ["pcr-2015", "pcsr-2015", "ucr-2016", "ccr-2016"])
def test_relative_advantages_where_the_law_asks_for_them(law: str) -> None:
    text = letter(law, "birch")
    assert "| Criterion | Your points | Its points |\n| --- | ---: | ---: |\n| Care | 36.00 | 60.00 |\n\n" in text
    assert "Relative advantages" not in letter(law, "cedar"), "it was not scored"
    assert "Relative advantages" not in letter(law, "alder"), "it won"
    assert "Relative advantages" not in letter(law, "birch", winner="withheld")


def test_nowhere_else() -> None:
    for law in ("procurement-act-2023", "psr-2023", "none"):
        assert "Relative advantages" not in letter(law, "birch")


@pytest.mark.parametrize(
    ("law", "clause"),
    [
        ("procurement-act-2023", "sensitive commercial information (Procurement Act 2023, section 94(1)(b))"),
        ("pcr-2015", "fair competition (Public Contracts Regulations 2015, regulation 86(6))"),
        ("pcsr-2015", "fair competition (Public Contracts (Scotland) Regulations 2015, regulation 85(5))"),
        ("psr-2023", "The scores of the successful tender are withheld."),
    ],
)
def test_what_is_withheld_is_withheld_under_the_law_that_governs(law: str, clause: str) -> None:
    text = letter(law, "birch", winner="withheld")
    assert clause in text
    assert ("94" in text) == (law == "procurement-act-2023")


@pytest.mark.parametrize("law", ["procurement-act-2023", "pcr-2015", "pcsr-2015"])
@pytest.mark.parametrize("procedure", ["call-off", "direct-award"])
def test_no_law_asks_for_a_letter_after_a_call_off_or_a_direct_award(law: str, procedure: str) -> None:
    text = letter(law, "birch", {"procedure": procedure})
    assert text.startswith("# How your tender was assessed\n")
    assert "It is provided under" not in text
    assert "standstill period is eight working days" not in text or procedure == "direct-award"
    assert ("in accordance with a framework" in text) == (law == "procurement-act-2023" and procedure == "call-off")
    assert "standstill period is ten days" not in text


def test_letters_in_wales_cite_the_law_of_wales_and_count_from_the_day_of_its_notice() -> None:
    text = letter("psr-wales-2025", "birch", {"nation": "wales"})
    regulations = "Health Services (Provider Selection Regime) (Wales) Regulations 2025"
    assert f"It is provided under regulation 11(10) of the {regulations}" in text
    assert "representations begin on Monday 1 June 2026" in text
    assert "eighth working day after, Thursday 11 June 2026" in text
    assert f"({regulations}, regulation 12)" in text
    assert "2023" not in letter("psr-2023", "birch", {"nation": "wales"}), "it does not govern there"


def test_a_police_and_crime_commissioner_in_wales_is_under_the_regulations_of_the_united_kingdom() -> None:
    assert "regulation 31 of the Procurement Regulations 2024" in letter(
        "procurement-act-2023", "birch", {"nation": "wales", "authority": "pcc"}
    )
    assert "regulation 32 of the Procurement (Wales) Regulations 2024" in letter(
        "procurement-act-2023", "birch", {"nation": "wales", "authority": "council"}
    )


def test_a_provider_is_told_of_its_offer() -> None:
    assert "Your offer has been successful, and the authority intends to make an award to you." in letter(
        "psr-2023", "alder"
    )
    assert "Your offer has been unsuccessful." in letter("psr-2023", "birch")
    assert "Your offer has been unsuccessful: it was rejected" in letter("psr-2023", "cedar")
