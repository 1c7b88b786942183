"""Letters say what the case has: to whom, what, and in which phase, whatever was entered before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval import Refused, load_catalogue
from tender_eval.base.canonical import Data, canonical
from tender_eval.case.acts import Act
from tender_eval.case.case import Case
from tender_eval.case.fold import Told, at_one_sitting, opened, take
from tender_eval.case.inputs import file_data
from tender_eval.case.phases import Phase
from tender_eval.case.state import State
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.source import Source
from tender_eval.model.location import Location
from tender_eval.report.letters.document import duties_of, summaries

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
NAMES = {"a": "Alderside", "b": "Birchwold", "c": "Cedarlea", "d": "Damsonbury"}
SCHEME: dict[str, Data] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "regime": {"law": "procurement-act-2023"},
    "conditions": [{"id": "insured", "title": "Insured", "reads": "declarations.insured", "must_be": True}],
    "scales": {"s": [{"mark": n, "score": f"{n * 50}%", "title": f"Mark {n}", "descriptor": "x"} for n in range(3)]},
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "minimum": 1, "scorer": "mark", "scale": "s"},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}


def bid(name: str, price: int, care: int, *, insured: bool = True, lots: tuple[str, ...] = ()) -> dict[str, Data]:
    mark: dict[str, Data] = {"care": {"agreed": str(care), "reason": "Staff are named."}}
    priced: dict[str, Data] = {"price": str(price)} if not lots else {"lots": {x: {"price": str(price)} for x in lots}}
    return {
        "id": name,
        "supplier": {"name": NAMES[name]},
        "declarations": {"insured": insured},
        "marks": mark,
        **priced,
    }


BIDS = (bid("a", 120, 2), bid("b", 100, 2), bid("c", 100, 1), bid("d", 90, 2, insured=False))
TIED = (bid("a", 100, 2), bid("b", 100, 2), bid("c", 100, 1), bid("d", 90, 2, insured=False))


def source(name: str, data: Mapping[str, Any]) -> Source:
    return Source(name, canonical(dict(data)))


def bids_file(*bids: dict[str, Data], lots: tuple[str, ...] = ()) -> Source:
    tender: dict[str, Data] = {"tender": {"lots": [{"id": x, "title": x.title()} for x in lots]}} if lots else {}
    return source("bids.json", {"format": "tender-eval/bids/1", "bids": list(bids), **tender})


class Acting:
    """A case that acts are taken in; those that are refused leave it as it is."""

    def __init__(self, *bids: dict[str, Data], lots: tuple[str, ...] = (), scheme: dict[str, Data] | None = None):
        self.state: State = opened(source("scheme.json", SCHEME | (scheme or {})), CATALOGUE)
        self.told: list[Told] = []
        if bids:
            self.act("receive", file=file_data(bids_file(*bids, lots=lots)))

    def act(self, kind: str, **body: Data) -> Acting:
        act = Act(
            len(self.told) + 1, kind, {"made_by": ["Ann"], **body}, f"2026-05-{len(self.told) % 28 + 1:02}T09:00:00Z"
        )
        self.state, told = take(self.state, act, CATALOGUE, Location("record.jsonl"))
        self.told.append(told)
        return self

    @property
    def case(self) -> Case:
        return Case(self.state, (), "0" * 64, tuple(self.told))

    def letters(self, **asked: Any) -> dict[str, str]:
        return {name: document_markdown(made) for name, made in summaries(self.case, **asked).items()}


def evaluated(*bids: dict[str, Data], **more: Any) -> Acting:
    return Acting(*(bids or BIDS), **more).act("lock").act("evaluate")


def decided(*bids: dict[str, Data], **more: Any) -> Acting:
    return evaluated(*bids, **more).act("decide")


BID = st.sampled_from(sorted(NAMES))
OUT = st.builds(lambda kind, bid: (kind, {"bid": bid, "clause": "s.19(3)(c)", "reason": "x"}),
                st.sampled_from(["withdraw", "exclude", "disregard"]), BID)  # fmt: skip
IN = st.builds(lambda bid: ("readmit", {"bid": bid, "reason": "x"}), BID)
MARK = st.builds(
    lambda bid, old, new: ("correct", {"bid": bid, "field": "marks.care", "old": old, "new": new, "reason": "Read."}),
    BID, st.sampled_from("012"), st.sampled_from("012"),
)  # fmt: skip
PRICE = st.builds(
    lambda bid, old, new: ("correct", {"bid": bid, "field": "price", "old": old, "new": new, "reason": "Typed."}),
    BID, st.sampled_from(["90", "100", "120"]), st.sampled_from(["100", "120"]),
)  # fmt: skip
ASK = st.builds(lambda bid: ("query", {"bid": bid, "text": "?", "about": "query"}), BID)
DRAWN = st.builds(
    lambda order: ("settle", {"order": list(order), "procedure": "drawn by lot"}), st.permutations(["a", "b"])
)
ACT: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    OUT, IN, MARK, PRICE, ASK, DRAWN,
    st.sampled_from([
        ("lock", {}), ("evaluate", {}), ("decide", {}), ("decide", {"no_award": "true", "reason": "No money is left."}),
        ("set_aside", {"reason": "x"}), ("close_matter", {"matter": "m1", "reason": "x"}), ("close", {}),
    ]),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=20)
@given(st.booleans(), st.lists(ACT, max_size=5), st.lists(ACT, max_size=8))
def test_letters_reach_each_supplier_once_and_name_nobody_that_is_not_awarded(
    tied: bool, before: list[tuple[str, dict[str, Any]]], after: list[tuple[str, dict[str, Any]]]
) -> None:
    made = Acting(*(TIED if tied else BIDS))
    for kind, body in [*before, ("lock", {}), ("evaluate", {}), *after, ("decide", {})]:
        try:
            made.act(kind, **body)
        except Refused:
            continue
    case = made.case
    if not case.decided(""):
        with pytest.raises(Refused, match="TE088"):
            made.letters()
        if not case.evaluations:
            return
    letters = made.letters(draft=not case.decided(""))
    assert sorted(letters) == sorted(NAMES)
    awarded = case.awarded("")
    for own, text in letters.items():
        assert ("**Your tender was successful.**" in text) == (own in awarded)
        named = {other for other, name in NAMES.items() if other != own and name in text}
        assert named <= set(awarded)
        standing = case.bid_status(own, "")
        if standing in ("withdrawn", "excluded", "disregarded"):
            assert f"Your tender was {standing}" in text
        result = case.evaluations[""].bid(own) if case.evaluations else None
        if result and not result.criteria:
            assert not named, "who was turned away before assessment is told nothing of others"


TABLE = {
    Phase.PUBLISHED: (False, False),
    Phase.RECEIVED: (False, False),
    Phase.MARKING: (False, False),
    Phase.MARKS_LOCKED: (False, False),
    Phase.PRICES_OPEN: (False, True),
    Phase.EVALUATED: (False, True),
    Phase.UNDECIDED: (False, True),
    Phase.DECIDED: (True, True),
    Phase.CLOSED: (True, True),
    Phase.SET_ASIDE: (False, True),
}
"""By phase, whether letters go out, and whether there can be drafts."""


def in_phase(phase: Phase) -> Acting:
    match phase:
        case Phase.PUBLISHED:
            return Acting()
        case Phase.RECEIVED:
            return Acting(*({k: v for k, v in one.items() if k != "marks"} for one in BIDS))
        case Phase.MARKING:
            return Acting(*BIDS)
        case Phase.MARKS_LOCKED:
            return Acting(*BIDS).act("lock")
        case Phase.PRICES_OPEN:
            made = Acting(*BIDS)
            found = evaluated().state
            reached = {"receive": 1, "lock": 1, "open_prices": 1}
            made.state = State(found.whole, None, found.received, reached, evaluations=found.evaluations)
            return made
        case Phase.EVALUATED:
            return evaluated()
        case Phase.UNDECIDED:
            return evaluated(*TIED)
        case Phase.DECIDED:
            return decided()
        case Phase.CLOSED:
            return decided().act("close")
        case Phase.SET_ASIDE:
            return decided().act("set_aside", reason="A court ordered it.")


@pytest.mark.parametrize("phase", list(Phase))
def test_the_phase_says_whether_there_are_letters(phase: Phase) -> None:
    made, (letters, drafts) = in_phase(phase), TABLE[phase]
    assert made.case.phase() == phase
    for draft, there in ((False, letters), (True, drafts)):
        if there:
            texts = made.letters(draft=draft)
            assert sorted(texts) == sorted(NAMES)
            assert all(("DRAFT" in text.splitlines()[0]) == draft for text in texts.values())
            for own, text in texts.items():
                if not phase.evaluated:
                    assert "is ranked" not in text
                    assert "| Total |" not in text.replace("*", "")
                if not made.case.awarded(""):
                    assert "uccessful tender" not in text
                    assert not [name for other, name in NAMES.items() if other != own and name in text]
        else:
            with pytest.raises(Refused) as refused:
                made.letters(draft=draft)
            (told,) = refused.value.diagnostics
            assert told.code == "TE088"
            assert f"the phase is {phase.replace('_', ' ')}" in told.message
            assert "tender-eval case " in told.hint


def test_while_prices_are_closed_a_draft_names_nobody_and_nothing_across_price() -> None:
    closed = bids_file(*({k: v for k, v in one.items() if k != "price"} for one in BIDS))
    state = at_one_sitting(source("scheme.json", SCHEME), closed, CATALOGUE, "quality")
    case = Case(state, (), "0" * 64)
    with pytest.raises(Refused, match=r"TE088.*marks locked"):
        summaries(case)
    for own, made in summaries(case, draft=True).items():
        text = document_markdown(made)
        assert not [name for other, name in NAMES.items() if other != own and name in text]
        assert "is ranked" not in text
        assert "**Total**" not in text
        assert "successful tender" not in text
        if own != "d":
            assert "Nothing is decided yet: quality and price have not been evaluated together." in text
            assert "Price" in text.partition("## How tenders were assessed")[2], "the whole scheme is told"


def test_a_bid_that_was_disregarded_has_its_own_scores_and_the_clause_and_names_the_right_winner() -> None:
    made = (
        evaluated().act("disregard", bid="b", clause="s.19(3)(c)", reason="The price was not explained.").act("decide")
    )
    letters = made.letters()
    assert "Your tender was disregarded" in letters["b"]
    assert "s.19(3)(c)" in letters["b"]
    assert "The price was not explained." in letters["b"]
    assert "ranked" not in letters["b"]
    assert "## The scores of your tender" in letters["b"]
    assert "Your tender was successful." in letters["a"]
    assert "of Alderside" in letters["c"]
    assert NAMES["b"] not in letters["c"]


def test_a_bid_that_was_excluded_before_the_marks_were_locked_is_told_why_and_no_scores_of_others() -> None:
    made = Acting(*BIDS).act("exclude", bid="c", clause="s.28", reason="It was late.").act("lock").act("evaluate")
    text = made.act("decide").letters()["c"]
    assert text.startswith("# What became of your tender")
    assert "excluded under s.28: It was late." in text.replace("Excluded", "excluded")
    assert "so it gets no assessment summary and no scores of other tenders (section 50(5)" in text
    assert NAMES["b"] not in text


def test_a_bid_that_fails_a_condition_is_told_so_and_no_scores_of_others() -> None:
    text = decided().letters()["d"]
    assert "Condition “Insured”." in text
    assert NAMES["b"] not in text


def test_who_withdrew_is_told_so_and_nothing_of_others() -> None:
    text = evaluated().act("withdraw", bid="c", reason="").act("decide").letters()["c"]
    assert "Your tender was withdrawn" in text
    assert NAMES["b"] not in text


def test_where_nobody_is_awarded_every_letter_says_so_with_the_reason() -> None:
    made = evaluated().act("decide", no_award="true", reason="The budget was cut.")
    for own, text in made.letters().items():
        assert ("**Nobody is awarded the contract. The reason:** The budget was cut." in text) == (own != "d")
        assert "successful tender" not in text
        assert not [name for other, name in NAMES.items() if other != own and name in text]


def test_how_a_tie_was_settled_is_said_wherever_the_winner_is() -> None:
    made = evaluated(*TIED).act(
        "settle", order=["b", "a"], procedure="drawn by lot", witnesses=["A. Chair", "B. Clerk"]
    )
    letters = made.act("decide").letters()
    for own in "abc":
        assert "the order was settled (drawn by lot). Witnesses: A. Chair and B. Clerk." in letters[own]
    assert "Your tender was one of the 2 with this figure, and came out in place 2." in letters["a"]
    assert "came out in place" not in letters["c"]
    assert "The successful tender, of Birchwold" in letters["a"]


def test_an_open_matter_is_told_in_a_draft_and_names_nobody() -> None:
    made = evaluated().act("query", bid="b", text="Explain the price.", about="query")
    for own, text in made.letters(draft=True).items():
        if own != "d":
            assert "Nothing is decided yet: a question that was asked must be settled first." in text


def test_corrections_are_told_before_and_after_with_the_reason_to_whom_they_concern() -> None:
    made = evaluated()
    made.act("correct", bid="a", field="price", old="120", new="80", reason="A figure was typed twice.")
    made.act("correct", bid="c", field="declarations.insured", old="true", new="false", reason="It lapsed.")
    letters = made.act("decide").letters()
    assert "| 4 May 2026 | price | £120 | £80 | A figure was typed twice. |" in letters["a"]
    assert "the rank of your tender became 1; it was 2." in letters["a"]
    assert "| 5 May 2026 | insured | yes | no | It lapsed. |" in letters["c"]
    for own in "bd":
        assert "What was put right" not in letters[own]
    assert "It lapsed." not in letters["a"]


def test_letters_go_out_lot_by_lot() -> None:
    lots = ("east", "west")
    bids = [bid("a", 120, 2, lots=("east",)), bid("b", 100, 2, lots=lots), bid("c", 90, 1, lots=("west",))]
    made = evaluated(*bids, lots=lots).act("decide", lot="east")
    letters = made.letters()
    assert sorted(letters) == ["a", "b"]
    assert "Not decided yet, and told in a letter of its own: West." in letters["b"]
    assert "Lot: West" not in letters["b"]
    assert NAMES["c"] not in letters["b"]
    assert "of Birchwold" in letters["a"]
    with pytest.raises(Refused, match=r"TE088.*lot west is evaluated"):
        made.letters(bid="c")
    assert sorted(made.act("decide", lot="west").letters()) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("law", "duties"),
    [
        ("below-threshold", {"assessment"}),
        ("pcr-2015", {"assessment", "introduction", "method", "standstill"}),
        ("procurement-act-2023", {"assessment", "introduction", "method", "facts", "standstill"}),
    ],
)
def test_which_parts_a_template_may_not_leave_out_is_the_laws_to_say(law: str, duties: set[str]) -> None:
    assert set(duties_of(evaluated(scheme={"regime": {"law": law}}).case)) == duties


@pytest.mark.parametrize("kind", ["disregard", "exclude"])
@pytest.mark.parametrize("law", ["procurement-act-2023", "pcr-2015"])
def test_what_a_tender_that_was_disregarded_is_told_of_the_winner_is_for_the_law(kind: str, law: str) -> None:
    """Section 50(5)(b) gives it no summary; regulation 86(7) and (8) do until its exclusion is definitive."""
    case = evaluated(scheme={"regime": {"law": law}})
    case.act(kind, bid="b", clause="s.19(3)(d)", reason="It came in two parts.").act("decide")
    letter = case.letters()["b"]
    own, _, told = letter.partition("## The successful tender")
    assert "60.00" in own, "its own scores"
    assert NAMES["a"] in told
    if law == "procurement-act-2023":
        assert "is due no assessment summary (section 50(5)" in told
        assert "Staff are named." not in told
        assert "It is provided under" not in letter
    else:
        assert "Staff are named." in told
        assert "It is provided under regulation 86" in letter
