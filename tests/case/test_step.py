"""What is said to do about an act that is not due is right when it is obeyed, for every kind of act in every phase."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from acting import AT, BIDS, SCHEME, Acting, source

from tender_eval.base.canonical import Data
from tender_eval.case.acts import ACTS
from tender_eval.case.step import not_due
from tender_eval.model.diagnostics import Refused

FIRST = re.compile(r"case ([a-z-]+) comes first")
ONCE = {"receive", "offer", "lock", "open_prices", "submit_marks", "agree", "change_panel"}
"""The acts that can be too late, whatever is set aside."""
SAID: Mapping[str, Mapping[str, Data]] = {
    "set_aside": {"reason": "x"},
    "close": {},
    "evaluate": {},
    "lock": {},
    "decide": {},
}


def received(bids: str = BIDS["one"], *acts: str) -> Acting:
    case = Acting.opened()
    case("receive", file=source("b.yaml", bids))
    for kind in acts:
        case(kind, **SAID[kind])
    return case


def opened_prices() -> Acting:
    case = received(BIDS["two_envelopes"], "lock")
    case.open_prices()
    return case


def evaluated(*acts: str) -> Acting:
    case = Acting.evaluated()
    for kind in acts:
        case(kind, **SAID[kind])
    return case


def asked() -> Acting:
    case = Acting.evaluated()
    case("query", bid="low", text="?", about="query")
    return case


def nobody(case: Acting) -> Acting:
    case("decide", no_award="true", forced="true", reason="The funding is gone")
    return case


CASES: Mapping[str, Callable[[], Acting]] = {
    "published": Acting.opened,
    "received": received,
    "locked": lambda: received(BIDS["one"], "lock"),
    "locked sealed": lambda: received(BIDS["two_envelopes"], "lock"),
    "prices open": opened_prices,
    "evaluated": evaluated,
    "tied": lambda: Acting.evaluated("lots"),
    "asked": asked,
    "decided": lambda: evaluated("decide"),
    "closed": lambda: evaluated("decide", "close"),
    "set aside": lambda: evaluated("set_aside"),
    "set aside before the marks were locked": lambda: received(BIDS["one"], "set_aside"),
    "set aside while prices were sealed": lambda: received(BIDS["two_envelopes"], "lock", "set_aside"),
    "ended before bids": lambda: nobody(Acting.opened()),
    "ended before the marks were locked": lambda: nobody(received()),
}


def act(case: Acting, kind: str) -> None:
    """Take an act, as a person who was told to would."""
    if kind == "receive":
        case("receive", file=source("b.yaml", BIDS["one"]))
    elif kind == "open_prices":
        case.open_prices()
    elif kind == "settle":
        case("settle", lot="north", order=["a", "b"], procedure="drawn by lot")
    elif kind == "close_matter":
        case("close_matter", matter=next(iter(case.state.matters)), reason="x")
    else:
        case(kind, **SAID[kind])


def obey(case: Acting, kind: str) -> str:
    """Do what is said to come first until an act of a kind is due at every lot; what is said else ends it."""
    for _ in range(6):
        said = next(filter(None, (not_due(kind, case.state, lot) for lot in case.state.lots)), "")
        if not said or not (found := FIRST.search(said)):
            return said
        other = re.search("or case ([a-z]+) where no prices are sealed", said)
        sealed = not any("price" in bid.figures for bid in case.state.bids.bids)
        do(case, (found if sealed or not other else other)[1].replace("-", "_"))
    raise AssertionError(f"{kind} is not due after all that was said to come first")


def do(case: Acting, kind: str) -> None:
    """Take an act with whatever its own refusal says comes first."""
    for _ in range(6):
        try:
            act(case, kind)
        except Refused as e:
            said = e.diagnostics[0]
        else:
            return
        first = FIRST.search(said.hint) or re.search(r"case (settle|close-matter)", said.hint)
        assert first, (kind, said)
        do(case, first[1].replace("-", "_"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("of", CASES)
def test_what_is_said_to_come_first_makes_an_act_due(of: str, kind: str) -> None:
    case = CASES[of]()
    ended = obey(case, kind)
    assert not ended or kind in ONCE, (of, kind, ended)
    assert "comes first" not in ended


@pytest.mark.parametrize("of", CASES)
def test_the_award_can_be_decided_from_wherever_a_case_stands(of: str) -> None:
    case = CASES[of]()
    if case.state.phase().decided:
        do(case, "set_aside")
    do(case, "decide")
    assert case.state.phase().decided


def test_a_lot_that_is_decided_is_set_aside_first(lots: Acting) -> None:
    lots("decide", lot="south")
    assert not_due("correct", lots.state, "north") == ""
    assert not_due("correct", lots.state, "south") == "it is decided: case set-aside comes first"
    assert not_due("lock", lots.state, "south") == "the marks are locked once"


def test_a_lot_is_evaluated_again_beside_one_that_is_decided(lots: Acting) -> None:
    lots("settle", lot="north", order=["b", "a"], procedure="drawn by lot")
    lots("decide")
    lots("set_aside", lot="south", reason="x")
    lots("evaluate")
    assert (lots.state.phase("north"), lots.state.phase("south")) == ("decided", "evaluated")


def test_a_lot_is_given_up_before_the_others_are_evaluated() -> None:
    case = received(BIDS["lots"])
    case("decide", lot="north", no_award="true", reason="The funding is gone")
    for kind in ("lock", "evaluate", "decide"):
        case(kind)
    assert (case.winner("north"), case.winner("south")) == ((), ("a",))


def test_a_case_is_closed_once() -> None:
    assert evaluated("decide", "close").refusal("close") == [("TE087", "the case is closed already, by entry 4")]


DEADLINE = SCHEME + "deadline: 2026-05-02T10:30:00+01:00\n"  # as AT in UTC
EARLY, LATE = "2026-05-02T09:29:59Z", "2026-05-02T09:30:01Z"
NOBODY: Mapping[str, Data] = {"no_award": "true", "reason": "No tender came"}


def test_that_nobody_is_awarded_because_no_tender_came_is_decided_after_the_deadline() -> None:
    case = Acting.opened(DEADLINE)
    for at in (EARLY, AT):
        (told,) = case.refused("decide", at, **NOBODY)
        assert told.message == "tenders can come in until 2026-05-02T10:30:00+01:00"
        assert "--force" in told.hint
    case.at(LATE, "decide", **NOBODY)
    assert (case.state.phase(), case.winner()) == ("decided", ())


def test_a_procurement_is_ended_before_its_deadline_by_force_alone() -> None:
    """Section 55(1) of the Procurement Act 2023 lets an authority decide so at any time after publishing."""
    case = Acting.opened(DEADLINE)
    case.at(EARLY, "receive", file=source("b.yaml", BIDS["one"]))
    assert case.refused("decide", EARLY, **NOBODY)
    case.at(EARLY, "decide", **NOBODY, forced="true")
    assert case.state.phase() == "decided"


def test_where_no_deadline_is_stated_nobody_is_awarded_once_bids_came_or_by_force() -> None:
    assert Acting.opened().refusal("decide", **NOBODY) == [
        ("TE087", "no tender was received, and the scheme states no deadline until which they can come in")
    ]
    case = received()
    case("decide", **NOBODY)
    assert case.state.phase() == "decided"


def test_prices_that_stand_among_bids_are_told_where_they_stay() -> None:
    case = Acting.opened()
    sealed: Mapping[str, Data] = {"name": "prices.csv", "sha256": "0" * 64}
    (told, *_) = case.refused("receive", AT, file=source("b.yaml", BIDS["one"]), sealed=dict(sealed))
    assert told.hint == "take prices out; they stay in a file of their own until case open-prices"
