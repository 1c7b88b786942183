"""The mark of one person put right, which is how a computed mark is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from acting import Acting
from desks import SCHEME, given, opened, refused

from tender_eval.model.panel import OneMark

COMPUTED = SCHEME.replace("panel: {divergence: 2}", "panel: {marks: mean, of: marks, least: 1}")
BIDS = ("alder", "birch")
ANN = {"bid": "alder", "field": "marks.care.individual.ann", "old": "4", "new": "5", "reason": "Misread the annex"}


@pytest.fixture
def case() -> Acting:
    """A case that is evaluated by the means of what two people gave; nobody marks the third bid."""
    case = opened(COMPUTED)
    case("exclude", bid="cedar", clause="s.26", reason="Late accounts")
    for person, mark in (("ann", "4"), ("bob", "3")):
        marks = [given(bid, name, mark) for bid in BIDS for name in ("care", "voice")]
        case("submit_marks", person=person, marks=marks)
    case("lock")
    case("evaluate")
    return case


def counts(case: Acting, bid: str = "alder") -> object:
    bids = case.state.whole.with_computed_marks(case.state.bids).bids
    return next(one for one in bids if one.id == bid).marks["care"].value


def test_the_mark_that_is_computed_follows_the_one_that_was_put_right(case: Acting) -> None:
    assert counts(case) == Fraction(7, 2)
    told = case("correct", **ANN, panel_reason="Annex C has the rota")
    assert (counts(case), counts(case, "birch")) == (Fraction(4), Fraction(7, 2))
    assert told.before != told.after
    one = case.state.given["ann"][OneMark("alder", "", "care")]
    assert (one.mark, one.reason, one.entry) == (5, "Annex C has the rota", told.act.number)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"field": "marks.care"}, "TE085", 'the scheme computes the mark for "care" of bid "alder"'),
        ({"old": "3"}, "TE085", "is 4, not 3"),
        ({"old": ""}, "TE085", "is 4"),
        ({"new": "4"}, "TE085", "changes nothing"),
        ({"new": "2"}, "TE053", "is 2"),
        ({"field": "marks.care.individual.zoe"}, "TE530", "nobody of the panel"),
        ({"field": "marks.care.individual.cat"}, "TE071", "no mark of cat"),
        ({"field": "marks.price.individual.ann"}, "TE021", "no criterion that a panel marks"),
        ({"bid": "elm"}, "TE070", "no bid"),
    ],
)
def test_what_cannot_be_put_right(case: Acting, change: dict[str, str], code: str, said: str) -> None:
    found = refused(case, "correct", **{**ANN, **change})
    assert any(told == code and said in message for told, message in found), found


def test_a_mark_that_the_bids_were_received_with_is_put_right_there() -> None:
    case = Acting.evaluated("panel")
    case("correct", bid="mid", field="marks.care.individual.bob", old="4", new="5", reason="Misread")
    mark = next(bid for bid in case.state.bids.bids if bid.id == "mid").marks["care"]
    assert (mark.value, dict(mark.given)) == (4, {"ann": 4, "bob": 5})
