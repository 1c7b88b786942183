from typing import Any

import pytest
from demo_cases import inline_case
from inline import leaf, scheme

from tender_eval.languages.runs import text_of
from tender_eval.report.evaluation.figures import PrintedFigures
from tender_eval.report.evaluation.verdict import Verdict, verdict_of

QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 10})
PRICE = leaf("price", 40, "ratio_to_lowest")


def verdict(by_id: dict[str, Any], **award: Any) -> Verdict:
    rule = award.pop("rule", "highest_score")
    stated = scheme(QUALITY, PRICE, rule=rule, award={"on_rejection": "recompute", **award}, currency="GBP")
    case = inline_case(stated, by_id)
    found = case.evaluations[""]
    return verdict_of(found, PrintedFigures(found, "GBP"))


def bids(**given: tuple[object, object]) -> dict[str, Any]:
    return {
        name: {"supplier": {"name": name.title()}, "price": price, "marks": {"quality": mark}}
        for name, (price, mark) in given.items()
    }


def told(found: Verdict) -> list[str]:
    return [text_of(s) for s in (found.headline, *found.because, *found.firmness)]


def test_the_only_bid() -> None:
    assert told(verdict(bids(ash=(100, 5)))) == [
        "Winner: Ash", "Ash wins with 70.00 points; it is the only bid ranked.",
        "No second bid was ranked, so there is no gap to measure.",
    ]  # fmt: skip


def test_the_most_points() -> None:
    assert told(verdict(bids(ash=(100, 8), birch=(100, 7))))[:3] == [
        "Winner: Ash", "Ash wins with 88.00 points, 6.00 more than Birch.", "Ash and Birch are 6.00 apart on points.",
    ]  # fmt: skip


def test_level_bids_are_separated_by_the_published_tie_break() -> None:
    given = bids(ash=(100, 6), birch=(100, 6))
    given["ash"]["values"], given["birch"]["values"] = {"early": 1}, {"early": 0}
    outcome = verdict(given, ties=[{"highest": "values.early"}])
    found = told(outcome)
    assert found[1] == ("Ash wins with 76.00 points, as much as Birch: the scheme's tie break places Ash before Birch.")
    assert outcome.level
    assert found[2] == "Ash and Birch are level on points: only the published tie break separates them."


def test_places_of_a_framework() -> None:
    given = bids(ash=(100, 9), birch=(100, 8), cedar=(100, 7))
    assert told(verdict(given, suppliers=2)) == [
        "Winners: Ash and Birch",
        "They have the most points: Ash 94.00 and Birch 88.00.",
        "The first without a place is Cedar with 82.00, a difference of 6.00 from Birch.",
        "Birch and Cedar are 6.00 apart on points.",
        "The gap alone does not say how small a change would alter the result: that depends on the scheme.",
    ]


def test_a_tie_for_the_last_place() -> None:
    given = bids(ash=(100, 9), birch=(100, 8), cedar=(100, 8))
    found = verdict(given, suppliers=2)
    assert found.tone == "tied"
    assert told(found)[0] == "Winner: Ash; undecided between Birch and Cedar"
    assert told(found)[3] == "Ash has a place whatever is decided about the others."


def test_many_winners_are_counted() -> None:
    given = bids(**{f"s{n}": (100, n) for n in range(1, 10)})
    assert told(verdict(given, suppliers=7))[0] == "Winners: 7 suppliers"


def test_grants_that_a_tie_leaves_open() -> None:
    pot = {"name": "grants_within_pot", "pot": 150, "cap": 100, "when_short": "stop"}
    found = verdict(bids(ash=(100, 6), birch=(100, 6)), rule=pot)
    assert found.tone == "tied"
    assert told(found)[:2] == ["Funded: none", "Grants go in order of points. In all, £0 is awarded."]
    assert "Ash and Birch are tied and the money left does not fund them together." in told(found)[2]


@pytest.mark.parametrize(("mark", "gap"), [("7.9999", "0.001"), ("7.999", "0.01"), ("7.99", "0.06")])
def test_a_small_gap_is_told_to_as_many_places_as_the_figures_need(mark: str, gap: str) -> None:
    assert told(verdict(bids(ash=(100, 8), birch=(100, mark))))[1].endswith(f", {gap} more than Birch.")
