from dataclasses import replace
from fractions import Fraction

import pytest
from analysed import JUNK, analysis, reversal

from tender_eval.fairness.findings.results import (
    Acceptability,
    EffectiveWeight,
    NarrowRejection,
    NearestWeights,
    PanelDisagreement,
    PossibleWinners,
    PriceTipping,
    Tipping,
)
from tender_eval.fairness.findings.samples import SampleSize
from tender_eval.languages.runs import text_of
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.report.fairness.document import SENTENCES
from tender_eval.report.fairness.lot_report import LotReport
from tender_eval.report.fairness.names import Names

ANY = "weightings of any kind, whatever the scheme publishes"
OWN = "as other panels would mark that are as reliable as this one, by what its individual marks differ by"


def told(several: bool = False, **changes: object) -> tuple[str, ...]:
    """The sentences of the answer, with ids."""
    stated = analysis(**changes)
    (lot_analysis,) = stated.lots.values()
    report = LotReport(
        lot_analysis, replace(Names.of(stated, lot_analysis), several=several), Fraction(100), brief=True
    )
    return tuple(text_of(sentence, short=True) for part in SENTENCES for sentence in part(report))


def only(**changes: object) -> tuple[str, ...]:
    """The sentences where nothing but this was found."""
    nothing = {
        "reversals": (), "tipping": (), "marks": (), "prices": (), "rejections": (), "nearest": None, "winners": None,
        "near": None, "acceptability": None, "panel_disagreement": None, "effective_weights": (), "groups": (),
        "gaming": (), "alternatives": (),
    }  # fmt: skip
    absent = ("No bid that was removed", "No single mark")
    return tuple(s for s in told(**(nothing | changes)) if not s.startswith(absent))


def test_a_lot_under_limits_is_said_to_be_looked_at_by_itself() -> None:
    assert only(limited_across_lots=True)[0].startswith("What follows looks at this lot by itself")
    assert only() == ()


def test_every_finding_has_its_sentence() -> None:
    assert told() == (
        "Over 10,000 weightings drawn around the published one, a comes first in 97%.",
        (
            "As long as each weight stays from half to one and a half of what is published, a and b can be first, "
            "and nobody else."
        ),
        "Over 10,000 weightings of any kind, whatever the scheme publishes, a comes first in 62%.",
        "No weights at all put c first.",
        f"With the marks varied 2,000 times ({OWN}), a wins in 71%.",
        "With the marks of evaluator e1 left out, b wins.",
        "Without c, or with it rejected, b would win instead of a.",
        "If a bid with 10% of the marks at a price of £50 were added, of the others b would be first instead of a.",
        "Without c, b would be ahead of c; the winner stays.",
        "If the weight of quality falls from 60 to just below 57.31, b wins instead.",
        "2 single marks decide by one step; for example b given 93 instead of 92 for quality, and b wins.",
        "b would win at a price just below £123.45, 1.2% less than it asked.",
        "1 bid is turned away by one step. d, at £90 or less instead of £95, would be ranked 1, and d wins.",
        "Published as 60% quality and 40% price; with these bids it acts like 31% quality and 69% price.",
        (
            "Micro and small providers (1 of 3 bids) win at a rate of 0%, the others at 50%; the ratio is 0.00, below "
            "four fifths, and by lot alone awards as uneven come about in 1.0% of cases: a sign to look, not a proof. "
            "They score lowest against the others on quality."
        ),
        (
            "2 of the ways to play the scheme that were tried change the winner. One: A bid with 10% of the marks "
            "at a price of £50 wins; that is 50% of the lowest price of the others."
        ),
        "Under Mean deviation, b wins.",
    )


@pytest.mark.parametrize(
    ("independent", "sentence"),
    [
        (True, "No bid that comes or goes can change the order of the others: "),
        (False, "No bid that was removed, added or rejected changed the order of the others."),
    ],
)  # fmt: skip
def test_no_reversal(independent: bool, sentence: str) -> None:
    assert any(s.startswith(sentence) for s in told(reversals=(), independent=independent))


def test_where_the_winner_itself_goes_it_is_said_who_was_next() -> None:
    gone = reversal("remove", "a", ("b", "c"), winner_before=("b",), winner_after=("c",))
    assert only(reversals=(gone,)) == (
        "Without a, which is first now, c would win; by the ranking as it stands it would be b.",
    )
    twin = replace(gone, change="reject")
    assert only(reversals=(gone, twin)) == (
        "Without a, which is first now, or with it rejected, c would win; by the ranking as it stands it would be b.",
    )
    rest = replace(gone, pair=("c", "d"), winner_after=("b",))
    assert only(reversals=(rest,)) == (
        "Without a, which is first now, d would be ahead of c; b would win, as the ranking has it.",
    )


def test_removing_and_rejecting_are_told_apart_where_they_differ() -> None:
    gone = reversal("remove", "c", ("a", "b"))
    other = replace(gone, change="reject", winner_after=("d",))
    assert only(reversals=(gone, other)) == (
        "Without c, b would win instead of a.", "If c were rejected, d would win instead of a.",
    )  # fmt: skip


def test_a_tie_that_a_reversal_makes_is_no_win() -> None:
    tie = reversal("remove", "c", ("a", "b"), winner_after=("a", "b"))
    assert only(reversals=(tie,)) == ("Without c, a and b would tie for first place; as it stands a comes first.",)


def test_where_too_few_are_ranked_nothing_is_said_to_have_been_tried() -> None:
    sentences = only(reversals=(), order=("a",))
    assert "Fewer than two bids are ranked, so there was no order to change." in sentences


@pytest.mark.parametrize(("ratio", "told_as"), [(0.7999, "0.7999"), (0.79, "0.79"), (0.0, "0.00")])
def test_a_ratio_below_four_fifths_is_printed_as_such(ratio: float, told_as: str) -> None:
    group = replace(analysis().lots[""].findings.groups[0], ratio=ratio)
    assert f"the ratio is {told_as}, below four fifths, and by lot" in only(groups=(group,))[0]
    assert only(groups=(replace(group, ratio=0.8 - 1e-16),)) == ()
    assert only(groups=(replace(group, by_chance=True),)) == ()  # of made-up tenders: the table has it


def test_schemes_of_the_same_title_are_told_apart() -> None:
    own, other, third = analysis().lots[""].findings.alternatives
    draft, final = replace(other, title=own.title, scheme="draft"), replace(other, title=own.title, scheme="final")
    assert only(alternatives=(own, draft, final)) == (
        "Under Written inline (draft) and Written inline (final), b wins.",
    )  # fmt: skip
    again = replace(draft, winner=("c",))
    assert only(alternatives=(own, draft, again, third)) == (
        "Under Written inline (draft, 1), b wins.", "Under Written inline (draft, 2), c wins.",
    )  # fmt: skip


def test_that_more_of_a_group_are_turned_away_is_told() -> None:
    group = analysis().lots[""].findings.groups[0]
    out = "a proof. Of their bids 40.5% are turned away, of the others' 5%. They score lowest"
    assert out in only(groups=(replace(group, rejected=0.405, rejected_others=0.05),))[0]
    assert "turned away" not in only(groups=(replace(group, rejected=0.1, rejected_others=0.05),))[0]


def test_price_formulas_are_told_apart_from_schemes() -> None:
    own, other, _ = analysis().lots[""].findings.alternatives
    formulas = [replace(other, formula=name) for name in ("log_ratio", "mean_deviation")]
    assert only(alternatives=(own, other, *formulas)) == (
        "Under Mean deviation, b wins.", "With the price scored by log_ratio and mean_deviation, b wins.",
    )  # fmt: skip


def test_bands_are_told_with_the_weightings() -> None:
    smaa = Acceptability(500, {"quality": (Fraction(1), Fraction(2))}, {"a": (1.0, 0.0)}, {}, {}, 0.0)
    assert only(acceptability=smaa) == (
        "Over 500 weightings drawn within the bands given, a comes first in all of them.",
    )


def test_two_that_come_first_alike_are_told_so() -> None:
    smaa = Acceptability(500, {}, {"a": (0.361, 0.639), "b": (0.364, 0.636)}, {}, {}, 0.0)
    assert only(acceptability=smaa) == (f"Over 500 {ANY}, a comes first as often as b: 36%.",)


def test_more_reversals_than_are_told_are_counted() -> None:
    many = tuple(reversal("remove", bid, ("a", "b"), winner_after=(bid,)) for bid in "cdefg")
    sentences = only(reversals=many)
    assert sentences[-1] == "In 2 more cases a bid that comes or goes changes which of the others wins."
    assert len(sentences) == 4
    assert only(reversals=many[:4])[-1] == "In 1 more case a bid that comes or goes changes which of the others wins."


def test_two_dummies_with_the_same_effect_are_told_once() -> None:
    twice = (reversal("add", "dummy", ("a", "b"), dummy=JUNK), reversal("add", "dummy", ("c", "b"), dummy=JUNK))
    assert len(only(reversals=twice)) == 1


def test_another_bid_that_comes_first_more_often_is_named() -> None:
    ranks = {"a": (0.004, 0.996), "b": (0.996, 0.004)}
    smaa = Acceptability(500, {}, ranks, {}, {}, 0.0)
    assert only(acceptability=smaa) == (
        f"Over 500 {ANY}, a comes first in less than 1%, less often than b (more than 99%).",
    )


def test_several_winners_share_first_place() -> None:
    assert f"Over 10,000 {ANY}, first place goes to a in 62% and b in 38%." in told(winner=("a", "b"))


def test_a_bid_that_wins_throughout_the_bands_is_said_to() -> None:
    bands = {"quality": (Fraction(30), Fraction(70))}
    found = PossibleWinners(bands, True, ("a",), ("a",), ("a", "b", "c"))
    assert only(winners=found) == ("As long as the weights stay within the bands given, a wins.",)


def test_who_never_came_first_is_told_by_draws_where_it_is_not_known_exactly() -> None:
    smaa = Acceptability(500, {}, {"a": (1.0, 0.0), "b": (0.0, 1.0)}, {}, {}, 0.0)
    assert only(acceptability=smaa)[-1] == "No weighting that was drawn puts b first."


def test_a_bid_that_one_mark_turns_away_is_named() -> None:
    one = NarrowRejection("d", "quality", Fraction(39), Fraction(40), 2, ("a",))
    sentence = "1 bid is turned away by one step. d, given 40 instead of 39 for quality, would be ranked 2, and a wins."
    assert only(rejections=(one,)) == (sentence,)
    first = replace(one, bid="e", rank=1, winner=("e",))
    assert only(rejections=(one, first))[0].startswith("2 bids are turned away by one step. e, given")


def test_a_tie_with_all_of_the_points_is_told_as_that() -> None:
    tie = Tipping("quality", Fraction(60), Fraction(100), ("a", "b"), only_level=True)
    sentence = "Only with all of the points, 100, on quality is there a change: then a and b would tie for first place."
    assert only(tipping=(tie,)) == (sentence,)
    none = Tipping("price", Fraction(40), Fraction(0), ("a", "b"), only_level=True)
    assert only(tipping=(none,))[0].startswith("Only with no points at all on price is there a change: then a and b")
    nearer = Tipping("price", Fraction(40), Fraction(90), ("b",))
    assert only(tipping=(tie, nearer))[0].startswith("If the weight of price rises from 40")


def test_all_is_all_of_them() -> None:
    assert only(panel_disagreement=PanelDisagreement("own", 100, {"a": 1.0}, {})) == (
        f"With the marks varied 100 times ({OWN}), a wins in all of them.",
    )


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (Fraction(60001, 1000), "If the weight of quality rises from 60 to just above 60.001, b wins instead."),
        (Fraction(60), "The least change in the weight of quality from 60 changes the result: b wins."),
        (None, "No change in the weight of one criterion alone changes the winner."),
    ],
)
def test_tipping(at: Fraction | None, sentence: str) -> None:
    assert only(tipping=(Tipping("quality", Fraction(60), at, ("b",)),)) == (sentence,)


def test_the_nearest_weights_are_told_where_they_say_more_than_tipping() -> None:
    third = {"quality": Fraction(50), "price": Fraction(40), "voice": Fraction(10)}
    sentence = "Over all weights together, moving 10.00 points is the least that brings b level with the winner."
    assert only(nearest=NearestWeights(("b",), third, Fraction(10))) == (sentence,)


def test_marks_that_decide_nothing_are_said_where_there_are_marks() -> None:
    sentence = "No single mark, given one step higher or lower, changes the winner."
    assert sentence in told(marks=())
    assert sentence not in told(marks=(), panel_disagreement=None)


def test_prices() -> None:
    never, level = PriceTipping("c", Fraction(95), None), PriceTipping("b", Fraction(125), Fraction(125))
    assert only(prices=(never,)) == ("No bid that lost would win by a lower price alone.",)
    assert only(prices=(never, level)) == ("b is level with a bid that wins: a slightly lower price would win.",)


def test_a_price_is_rounded_down_so_that_below_it_is_true() -> None:
    assert "below £0.66," in only(prices=(PriceTipping("b", Fraction(1), Fraction(2, 3)),))[0]


def test_a_criterion_that_works_against_the_rest_is_named() -> None:
    weights = (EffectiveWeight("quality", "", 0.6, 1.94), EffectiveWeight("price", "", 0.4, -0.94))
    assert only(effective_weights=weights, effective_sample=SampleSize()) == (
        (
            "Published as 60% quality and 40% price; with these bids price works against the rest (shares of the "
            "differences: 194% quality and -94% price)."
        ),
    )


def test_effective_weights_of_made_up_bids_say_so() -> None:
    assert "with bids made up for this" in " ".join(told(effective_sample=SampleSize(1_000, 6)))


def test_the_same_winner_everywhere_is_said() -> None:
    same = analysis().lots[""].findings.alternatives[2:]
    assert only(alternatives=(*same, *same)) == (
        "Under the other scheme or price formula compared here the result is the same.",
    )


def test_a_ploy_that_changes_no_winner_is_not_counted() -> None:
    ploys = analysis().lots[""].findings.gaming
    assert "2 of the ways" in only(gaming=ploys)[0]
    assert only(gaming=ploys[1:], winner=("b",)) == ("None of the ways to play the scheme that were tried succeeds.",)


def test_several_who_win_together_are_no_tie() -> None:
    mark = analysis().lots[""].findings.marks[:1]
    both = (replace(mark[0], winner=("a", "b")),)
    (tie,) = only(marks=both)
    assert tie.endswith("and a and b would tie for first place.")
    assert any(s.endswith("and a and b would win.") for s in told(several=True, marks=both, reversals=()))


def test_with_several_winners_the_least_sure_is_told() -> None:
    shares = PanelDisagreement("own", 100, {"a": 0.9, "b": 0.6, "c": 0.1}, {})
    (sentence,) = only(panel_disagreement=shares, winner=("a", "b"))
    assert sentence.endswith("each of those who tie now is first, alone or level, in 60% at the least.")
    told_of_both = told(several=True, panel_disagreement=shares, winner=("a", "b"))
    assert any(s.endswith("each of those who win now wins in 60% at the least.") for s in told_of_both)


def test_several_that_work_against_the_rest_are_told_in_the_plural() -> None:
    weights = tuple(EffectiveWeight(n, "", 0.25, e) for n, e in (("quality", -0.3), ("price", -0.1)))
    (sentence,) = only(effective_weights=weights, effective_sample=SampleSize(), reversals=())
    assert "quality and price work against the rest" in sentence


def test_shares_of_points_are_not_told_where_the_scheme_ranks_by_something_else() -> None:
    assert not [s for s in told(figure=RankingFigure.COST_PER_QUALITY_POINT) if s.startswith("Published as")]
