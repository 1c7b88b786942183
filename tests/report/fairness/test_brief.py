import unicodedata
from dataclasses import replace

import pytest
from analysed import MADE_UP, analysis, reversal

from tender_eval.documents.terminal import LINE, document_text
from tender_eval.fairness.findings.analysis import Analysis
from tender_eval.fairness.findings.notes import NoNearest, NoNearestBecause
from tender_eval.languages.inert import width
from tender_eval.languages.runs import text_of
from tender_eval.report.fairness.document import fairness_document
from tender_eval.report.fairness.lot_report import MOST_ROWS
from tender_eval.report.fairness.names import LONGEST_ID, Names


def fairness_table(found: Analysis, line: int = LINE) -> str:
    return document_text(fairness_document(found, brief=True), line)


def test_the_answer_comes_before_the_tables() -> None:
    text = fairness_table(analysis())
    lines = text.splitlines()
    assert lines[0] == "Written inline (inline)"
    assert "Winner: a" in lines[:4]
    assert "- a wins with 86.00 points, 0.40 more than b." in lines
    assert text.index("Without c, or with it rejected, b would win") < text.index("Changes of order among the others")


def test_every_section_has_its_table() -> None:
    text = fairness_table(analysis())
    for caption in (
        "Changes of order among", "How far one weight may move", "The nearest weights at which", "Single marks that",
        "The price at which a losing bid", "Share of random weightings", "Share of draws won", "when the marks of one",
        "What each criterion really decides", "Success of each group", "Ways to play the scheme", "Who wins the same",
    ):  # fmt: skip
        assert caption in text
    assert "about 42.69" in text
    assert "\n  An abnormally low price is flagged" in text


def test_lines_keep_to_the_width() -> None:
    for line in (84, LINE, 140):
        assert all(width(told) <= line for told in fairness_table(analysis(), line).splitlines())


def test_long_ids_that_begin_alike_are_told_apart() -> None:
    names = Names({}, {})
    ids = [f"partnership-of-the-northern-districts-bid-{n}" for n in (1, 2)]
    told = [text_of(names.bid(one), short=True) for one in ids]
    assert told == ["partnership-…ricts-bid-1", "partnership-…ricts-bid-2"]
    assert all(width(names.bid(one).short) <= LONGEST_ID for one in (*ids, "北" * 40, "x" * 25))


def test_a_long_table_is_counted_out() -> None:
    many = tuple(reversal("remove", f"x{n}", ("a", "b")) for n in range(MOST_ROWS + 3))
    assert "and 3 more: --format json has them all" in fairness_table(analysis(reversals=many))


def test_lots_each_have_their_answer() -> None:
    text = fairness_table(analysis(lots=("north", "south")))
    assert text.index("Lot north") < text.index("Lot south")
    assert text.count("Winner: a") == 2


def test_made_up_bids_are_said_first() -> None:
    text = fairness_table(analysis(made_up=MADE_UP))
    assert text.index("No bids were given. 6 bids were made up (seed 1)") < text.index("Winner: a")


def test_a_commissioner_sees_the_bids_that_were_made_up() -> None:
    caption = "The bids, as the scheme ranks them"
    assert caption in fairness_table(analysis(made_up=MADE_UP))
    assert caption not in fairness_table(analysis())


def test_figures_that_differ_are_printed_so() -> None:
    stated = analysis(made_up=MADE_UP)
    (one,) = stated.lots.values()
    small = [replace(bid, figure=bid.figure / 10**6) for bid in one.evaluation.bids if bid.figure is not None]
    tiny = replace(one, evaluation=replace(one.evaluation, bids=tuple(small)))
    told = fairness_table(replace(stated, lots={"": tiny}))
    assert [line.split()[-1] for line in told.splitlines() if line.split()[:1] in (["a"], ["b"], ["c"])][:3] == [
        "0.00008600", "0.00008560", "0.00006400",
    ]  # fmt: skip


def test_assumptions_stand_below_what_rests_on_them() -> None:
    other = analysis().lots[""].findings.alternatives
    formula = replace(other[1], formula="log_ratio")
    told = " ".join(fairness_table(analysis(alternatives=(other[0], formula))).split())
    assert "The settings of the price formulas are assumptions of this comparison" in told
    assert "assumptions of this comparison" not in " ".join(fairness_table(analysis()).split())
    assert "A share of the marks stands, on each scale, for the highest mark that earns no more than it" in told


def test_a_ratio_that_may_be_chance_is_told_as_that() -> None:
    (group,) = analysis().lots[""].findings.groups
    told = " ".join(fairness_table(analysis(groups=(replace(group, by_chance=True),)), 200).split())
    assert "By lot alone: how often awards as uneven as these" in told
    assert "below four fifths" not in told


def test_from_one_award_there_is_no_ratio() -> None:
    (group,) = analysis().lots[""].findings.groups
    told = " ".join(fairness_table(analysis(groups=(replace(group, ratio=None, chance=None),)), 200).split())
    assert "From one award no ratio of rates is made" in told
    assert "By lot alone" not in told


@pytest.mark.slow
def test_hostile_text_is_only_read() -> None:
    evil = "\u202eevil\x1b[2J\n=cmd|x\u2066" + "W" * 100_000
    text = fairness_table(
        analysis(
            {bid: evil + bid for bid in "abc"},
            evil,
            notes=(NoNearest(NoNearestBecause.NOT_STATED, evil[:60], evil[:60]),),
            made_up=replace(MADE_UP, areas=(evil[:60],)),
        )
    )
    kinds = {unicodedata.category(c) for c in text.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(text) < 20_000


def test_the_same_study_gives_the_same_bytes() -> None:
    assert fairness_table(analysis()) == fairness_table(analysis())


def test_a_weight_that_the_rule_does_not_state_is_no_weight_of_nothing() -> None:
    own, other, _ = analysis().lots[""].findings.alternatives
    told = fairness_table(analysis(alternatives=(own, replace(other, nominal_price=None))))
    (row,) = [line for line in told.splitlines() if line.startswith("Mean deviation")]
    assert row.split()[-3] == "-"
    assert "the award rule does not say at which weights it sets quality against price" in " ".join(told.split())
