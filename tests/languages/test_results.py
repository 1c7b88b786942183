"""Every kind of reason and flag has words, which keep what others wrote and change nothing else."""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worked import worked

from tender_eval.languages.results import lost, reasons, text, told
from tender_eval.languages.runs import text_of
from tender_eval.languages.steps import formula, working
from tender_eval.lots import reasons as lots
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation import flags as flagged
from tender_eval.model.explanation import reasons as facts
from tender_eval.model.explanation.formulas import Column, Worked
from tender_eval.model.explanation.labels import ConditionOf, RankingFigure, RankOf
from tender_eval.model.gap import Gap
from tender_eval.model.location import Location
from tender_eval.model.pricing.low import MIDDLES

HOSTILE = "a  {n} {} \u202e<b>\x1b[2J 12345"
WORDS = st.sampled_from(["quality", "local links", "b {n}", "{", "4567890", "pooled.income"])
FIGURES = st.fractions(-(10**7), 10**7, max_denominator=700)
ABOVE_ZERO = st.fractions(Fraction(1, 9), 10**7, max_denominator=700)
QUALITY = facts.Titled("quality", "Quality of 10000 services")


def kinds() -> Iterator[type[facts.Worded]]:
    """Every kind of thing that a result says."""
    defined = [kind for module in (facts, flagged, lots) for kind in vars(module).values() if isinstance(kind, type)]
    said = [kind for kind in dict.fromkeys(defined) if issubclass(kind, facts.Worded)]
    yield from (kind for kind in said if not any(kind in other.__mro__[1:] for other in said))


KINDS = tuple(kinds())


def drawn(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a kind, or of a type that stands in the fields of one."""
    simple = {str: WORDS, Fraction: FIGURES, bool: st.booleans(), int: st.integers(1, 5), type(None): st.none()}
    parts = get_args(hint)
    if hint in simple:
        return simple[hint]
    if hint is Worked:
        return st.lists(WORDS, max_size=2).map(lambda said: worked(*((words, {}) for words in said)))
    if hint is facts.Worded:
        return st.one_of(*map(drawn, get_args(facts.GrantNote)))
    if hint is lots.Reason:  # what else holds: one that has nothing beside it
        return st.builds(lots.NoAward, bid=WORDS)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if get_origin(hint) is Literal:
        return st.sampled_from(parts)
    if get_origin(hint) is tuple:
        return st.lists(drawn(parts[0]), max_size=2).map(tuple) if parts[-1] is ... else st.tuples(*map(drawn, parts))
    if isinstance(hint, UnionType):
        return st.one_of(*map(drawn, parts))
    fields = {name: part for name, part in get_type_hints(hint).items() if get_origin(part) is not ClassVar}
    given = {name: drawn(part) for name, part in fields.items()}
    if hint is flagged.AbnormallyLowPrice:
        given |= {"middle": ABOVE_ZERO, "of": st.sampled_from(MIDDLES)}
    if hint is flagged.TotalDiffers:
        given |= {"counts": st.sampled_from(["unit", "total"])}
    return st.builds(hint, **given)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__.split('.')[1]}-{kind.__name__}")
@settings(max_examples=15)
@given(data=st.data())
def test_every_kind_has_words_as_text_and_as_runs(kind: type[facts.Worded], data: st.DataObject) -> None:
    value = data.draw(drawn(kind))
    said = text(value)
    assert text_of(told(value)) == said
    assert bool(said) or not getattr(value, "reasons", True), "only the reasons of a bid without any are empty"
    assert text_of(told(value, to_bidder=True)) or not said
    assert repr(value) != said


def test_every_kind_is_a_reason_a_flag_or_a_note() -> None:
    """And nothing else: what a union lacks, a type checker would not find unsaid."""
    known = {*get_args(facts.Reason), *get_args(flagged.Flag), *get_args(facts.Note)}
    assert set(KINDS) == known | {kind for kind in KINDS if issubclass(kind, lots.Reason)}


def test_what_has_no_words_is_a_bug() -> None:
    class Unsaid(facts.Worded):
        pass

    with pytest.raises(TypeError, match="no words"):
        text(Unsaid())


@pytest.mark.parametrize(
    "value",
    [
        facts.ConditionNotMet(facts.Titled("c", "c"), "supplier.kind", HOSTILE, facts.OneOf(("a",))),
        facts.ConditionNotMet(facts.Titled("c", "c"), "supplier.kind", "a", facts.Exactly(HOSTILE)),
        facts.TurnedAwayByRule("rule", HOSTILE),
        facts.NotFunded(worked((f"0, {HOSTILE}", {}))),
        flagged.UnconfirmedMembers((HOSTILE, "b")),
        flagged.MarksApart("q", Fraction(2), ((HOSTILE, Fraction(1)), ("b", Fraction(5))), True),
        facts.BelowMinimumMark(facts.Titled("q", HOSTILE), Fraction(1), Fraction(2)),
    ],
)
def test_what_others_wrote_stands_letter_for_letter_on_record_and_is_inert_on_pages(value: facts.Worded) -> None:
    assert HOSTILE in text(value)
    shows = text_of(told(value))
    assert "\u202e" not in shows
    assert "\x1b" not in shows
    names = [run.text for run in told(value, to_bidder=True) if run.kind == "name"]
    assert "a {n} {} \\u202e<b>\\x1b[2J 12345" in names, "a name, with its numbers as they were written"


def test_a_letter_calls_criteria_by_their_titles_and_groups_numbers_alone() -> None:
    minimum = facts.BelowMinimumPoints(QUALITY, Fraction(1250), Fraction(20000), Fraction(1, 10))
    assert text(minimum) == (
        '"quality" (Quality of 10000 services): 1250 of 20000 points is below the minimum 10% = 2000'
    )
    assert to_bidder(minimum) == "“Quality of 10000 services”: 1,250 of 20,000 points is below the minimum 10% = 2,000"
    untitled = facts.BelowMinimumMark(facts.Titled("local_links", "local_links"), Fraction(1), Fraction(3))
    assert text(untitled) == '"local_links": the mark 1 is below the minimum mark 3'
    assert to_bidder(untitled) == "“local links”: the mark 1 is below the minimum mark 3"
    shortlist = facts.NotShortlisted((QUALITY, facts.Titled("reach", "reach")), top=3)
    assert text(shortlist) == "not among the best 3 on quality, reach"
    assert to_bidder(shortlist) == "not among the best 3 on “Quality of 10000 services” and “reach”"


def to_bidder(reason: facts.Reason) -> str:
    result = BidResult("a", "A", "rejected", None, False, None, None, (), (), (reason,), Step(RankOf("a")))
    (found,) = reasons(result, to_bidder=True)
    return text_of(found)


def test_how_many_people_marked_chooses_the_plural() -> None:
    assert [text(flagged.FewMarks("q", given, 3)) for given in (1, 2)] == [
        '1 individual mark for "q", of at least 3',
        '2 individual marks for "q", of at least 3',
    ]


def test_what_a_condition_asks_for() -> None:
    condition = facts.Titled("means", "Enough income")
    where = Location("bids.yaml", 7, 9)
    share = facts.Limit(Fraction(100), least=True, share=Fraction(1, 2), of="annual_value")
    short = facts.ConditionNotMet(condition, "annual_income", Fraction(60), share, pooled=True, where=where)
    assert text(short) == (
        'condition "means" is not met: pooled annual_income is 60 (bids.yaml:7:9), '
        "must be at least 100 (50% of annual_value)"
    )
    stated = {
        "is false, must be true": (False, facts.Exactly(True)),
        'is a, must be "b"': ("a", facts.Exactly("b")),
        "is a, must be one of b, c": ("a", facts.OneOf(("b", "c"))),
        "is 3, must be at most 2.5": (Fraction(3), facts.Limit(Fraction(5, 2), least=False)),
    }
    for said, (value, wanted) in stated.items():
        assert text(facts.ConditionNotMet(condition, "x", value, wanted)) == f'condition "means" is not met: x {said}'
    either = facts.ConditionNotMet(condition, "x", "a", facts.OneOf(("b", "c", "d")))
    assert to_bidder(either).endswith("must be one of b, c or d")


def test_the_step_of_a_condition_says_what_is_asked_for_and_what_was_read() -> None:
    answer = facts.ConditionAnswer("annual_income", Fraction(60), facts.Limit(Fraction(50), least=True), pooled=True)
    step = Step(ConditionOf("means"), True, note=answer)
    assert (formula(step), working(step)) == ("annual_income must be at least 50", "pooled annual_income is 60")
    assert text(answer) == "pooled annual_income is 60, must be at least 50"
    assert working(Step(Column("annual_income"), note=facts.NotStated())) == "not stated"


def test_a_lot_is_lost_by_one_gap_and_its_numbers_choose_the_plural() -> None:
    gap = Gap(Fraction(1, 3), "0.33", True)
    behind = lots.Outscored(bid="b", by="a", gap=gap, figure=RankingFigure.POINTS, theirs="90.33", own="90.00")
    assert text_of(lost(behind)) == "a is ahead by 0.33 points (90.33 against 90.00)"
    assert (behind.kind, behind.margin) == ("outscored", Fraction(1, 3))
    capped = [text(lots.Capped(bid="b", rank=1, most=n, holds=("n", "s")[:n])) for n in (1, 2)]
    assert capped == [
        "ranked 1, but its supplier is awarded n: 1 is the most lots that one supplier is awarded",
        "ranked 1, but its supplier is awarded n, s: 2 are the most lots that one supplier is awarded",
    ]
    hanging = [text(lots.HangsOnTie(bid="b", rank=2, others=("n", "s")[:n])) for n in (0, 1, 2)]
    assert hanging == [
        "ranked 2; the lot is open until a tie is resolved",
        "ranked 2; the lot is open until a tie is resolved (lot n is open as well)",
        "ranked 2; the lot is open until a tie is resolved (lots n, s are open as well)",
    ]
