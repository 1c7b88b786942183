from collections.abc import Callable
from pathlib import Path

import pytest

from tender_eval.audit.compare import Difference, differences
from tender_eval.audit.verify import read_case
from tender_eval.audit.writing import enter
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.record.differences import differences_text

Make = Callable[..., Path]
LATER = "2026-05-03T09:30:00+01:00"


def found(before: Path, after: Path, catalogue: Catalogue) -> tuple[Difference, ...]:
    return differences(read_case(before, catalogue), read_case(after, catalogue))


@pytest.mark.slow
def test_nothing_changed(recorded: Make, catalogue: Catalogue) -> None:
    same = found(recorded("a"), recorded("b"), catalogue)
    assert same == ()
    assert differences_text(same) == "The two records hold the same inputs and come to the same result.\n"


@pytest.mark.slow
def test_a_mark_and_a_price_and_what_they_did(recorded: Make, catalogue: Catalogue, whole_bids: str) -> None:
    changed = whole_bids.replace("reach: 3", "reach: 5").replace("price: 9000", "price: 9500")
    said = found(recorded("a"), recorded("b", bids=changed), catalogue)
    assert said == (
        Difference("bids", "cedar, price", "9000", "9500"),
        Difference("marks", "alder, reach", "3", "5"),
        Difference("award", "winner", "birch", "alder"),
        Difference("ranking", "birch", "rank 1 with 88 points", "rank 2 with 88 points"),
        Difference("ranking", "alder", "rank 2 with 85.333333... points", "rank 1 with 93.333333... points"),
    )
    assert "marks\n  alder, reach: 3 -> 5\naward\n  winner: birch -> alder\n" in differences_text(said)


@pytest.mark.slow
def test_every_part_of_a_marks_story(recorded: Make, catalogue: Catalogue, whole_bids: str) -> None:
    changed = whole_bids.replace("e1: 4", "e1: 5").replace("Names who", "Says who").replace("[e1, e2]", "[e1]")
    said = found(recorded("a"), recorded("b", bids=changed), catalogue)
    names = [d.name for d in said]
    assert names == ["alder, delivery, given by e1", "alder, delivery, reason", "alder, delivery, agreed by"]
    assert differences_text(said).endswith("The ranking is the same.\n")


@pytest.mark.slow
def test_values_of_the_scheme(recorded: Make, catalogue: Catalogue, scheme_text: str) -> None:
    changed = scheme_text.replace("weight: 40, scorer: {", "weight: 30, scorer: {").replace("weight: 20", "weight: 30")
    said = found(recorded("a"), recorded("b", scheme=changed), catalogue)
    assert said[:2] == (
        Difference("scheme", "criteria.quality.criteria.delivery.weight", "40", "30"),
        Difference("scheme", "criteria.quality.criteria.reach.weight", "20", "30"),
    )
    comment = found(recorded("c"), recorded("d", scheme=scheme_text + "# same\n"), catalogue)
    assert [d.name for d in comment] == ["the file, but nothing that it says"]


@pytest.mark.slow
def test_bids_members_and_the_tender(recorded: Make, catalogue: Catalogue, whole_bids: str) -> None:
    changed = whole_bids.replace("id: cedar", "id: cypress").replace("T-1", "T-2")
    member = "    consortium: {members: [{name: M, share: 10%}]}\n"
    changed = changed.replace("    marks: {delivery: 4", member + "    marks: {delivery: 4")
    said = found(recorded("a"), recorded("b", bids=changed), catalogue)
    by_name = {(d.section, d.name): (d.before, d.after) for d in said}
    assert by_name["tender", "id"] == ("T-1", "T-2")
    assert by_name["bids", "cedar"] == ("Cedar", "-")
    assert by_name["bids", "cypress, price"] == ("-", "9000")
    assert by_name["bids", "birch, member M, share"] == ("-", "0.1")
    assert by_name["ranking", "cypress"][0] == "-"


@pytest.mark.slow
def test_a_correction_and_the_stage(recorded: Make, catalogue: Catalogue) -> None:
    before, after = recorded("a", stage="quality"), recorded("b", stage="quality")
    said = {"bid": "cedar", "field": "marks.reach", "old": "2", "new": "3", "reason": "Sheet misread"}
    enter(after, "correct", said, catalogue, LATER)
    assert [d.section for d in found(before, after, catalogue)] == ["marks", "marks", "corrections"]
    stages = found(before, recorded("c"), catalogue)
    assert stages[0] == Difference("stage", "stage", "quality", "complete")
