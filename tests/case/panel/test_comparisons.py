"""Which reasons compare bids, and which only look as if."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.case.panel.comparisons import BidderNames, comparison_in, word_that_names

COMPARES = (
    "Better than the rest.",
    "A wider range of partners.",
    "Compared with Alder, thin.",
    "The best of the four answers.",
    "Stronger than any other bid.",
    "Not as detailed as the others.",
    "This is the most convincing answer we read.",
    "It gives more detail than Albion did.",
    "Names fewer staff than another tenderer.",
    "Unlike the other bidders it names staff.",
    "Came second on this question.",
    "Outperforms the field.",
    "The highest number of all bids.",
    "It is superior to the others.",
    "As good as the winning bid.",
    "A fuller answer than bidder two.",
    "Lower than the other two.",
    "be\u200btter  than\nthem",
    "In comparison with the successful tender it lacks dates.",
    "Its competitors give dates.",
)
HOLDS_AGAINST_THE_CRITERION = (
    "Answers 95% of calls, more than the 90% asked for.",
    "Better than the target of 90%.",
    "Support for the wider community.",
    "A named method rather than a generic form.",
    "Starts no later than two days after referral.",
    "No fewer than three staff are on call.",
    "More than one language is offered.",
    "Works with other providers in the borough.",
    "Compared with last year's 80%, 94% were seen in time.",
    "Higher than the national average.",
    "Longer opening hours than the specification asks.",
    "A helpline as well as a drop-in.",
    "Replies as soon as possible.",
    "Lowest level of risk is left unaddressed.",
    "Victims feel safer.",
    "It serves others well.",
    "The other two questions are passed over.",
    "Staff are named. The only gap is supervision.",
    "The commissioner first gave 3; page 31 meets every part of 5.",
)


@pytest.mark.parametrize("reason", COMPARES)
def test_a_comparison_is_found(reason: str) -> None:
    found = comparison_in(reason)
    assert found


@pytest.mark.parametrize("reason", HOLDS_AGAINST_THE_CRITERION)
def test_what_is_no_comparison_is_let_be(reason: str) -> None:
    assert comparison_in(reason) is None


def test_names_of_other_bidders() -> None:
    others = ("Alder Care Ltd", "The Birch Trust", "ABC")
    assert comparison_in("Alder Care shows more.", others) == "Alder Care"
    assert comparison_in("Shown by ALDER CARE LTD.", others)
    assert comparison_in("Alder Careful handling.", others) is None
    assert comparison_in("Teaches ABC to learners.", others) is None, "too short to be told from a word"


def test_ids_of_other_bids_count_after_a_word_for_a_bid() -> None:
    assert comparison_in("Bid a gives dates.", (), ("a",)) == "Bid a"
    assert comparison_in("It has a plan.", (), ("a",)) is None


def test_it_does_not_take_long_on_a_long_reason() -> None:
    assert comparison_in("more detail and better care as the " * 3000) is None


WORDS = [
    "Rowan",
    "rowan",
    "The",
    "Trust",
    "Ltd",
    "(UK)",
    "Hub",
    "KELVIN",
    "\N{KELVIN SIGN}elvin",
    "na\u00efve",
    "\u0130zmir",
    "izmir",
]
WORDS += [
    "\u0131zmir",
    "stra\u00dfe",
    "O'Neil",
    "b-1",
    "bid",
    "offers",
    "than",
    "\ufb01rst",
    "First",
    "+",
    "\u017fouth",
    "South",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(texts, min_size=1, max_size=8), texts)
def test_only_names_whose_first_word_a_text_holds_need_be_looked_for(names: list[str], text: str) -> None:
    assert comparison_in(text, BidderNames(names).perhaps_in(text)) == comparison_in(text, names)
    said = f"As bid {text}"
    assert comparison_in(said, (), BidderNames(names).perhaps_in(said)) == comparison_in(said, (), names)


def test_a_supplier_named_like_a_common_word_stops_no_letter() -> None:
    """A reason that says "training" may speak of training: its bidder's name of one word is told, not refused."""
    reason = "All staff have training within four weeks."
    assert comparison_in(reason, ["Training", "The Training Trust", "Weeks Ltd"]) is None
    assert word_that_names(reason, ["Training"]) == "training"
    assert word_that_names(reason, ["The Weeks Trust (UK) Ltd"]) == "weeks"
    assert word_that_names(reason, ["Rowan", "Alder Care"]) is None
    assert comparison_in("As the Training Trust does.", ["The Training Trust"]) == "the Training Trust"
    assert comparison_in("Bid training is dearer.", (), ("training",)) == "Bid training"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Ltd " * 20_000, "x" + ",." * 40_000, "the " * 20_000, "Trust, " * 20_000 + "x"])
def test_it_does_not_take_long_on_a_long_name(name: str) -> None:
    assert comparison_in("Names who does what.", [name]) is None
