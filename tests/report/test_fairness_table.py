import unicodedata

from stressed import reversal, study

from tender_eval.report.fairness_table import LINE, MOST_ROWS, fairness_table
from tender_eval.report.inert import width


def test_the_answer_comes_before_the_tables() -> None:
    text = fairness_table(study())
    lines = text.splitlines()
    assert lines[0] == "Written inline (inline)"
    assert "Winner: a" in lines[:4]
    assert "- a wins with 86.00 points, 0.40 more than b." in lines
    assert text.index("Without c, or with it rejected, b would win") < text.index("Changes of order among the others")


def test_every_section_has_its_table() -> None:
    text = fairness_table(study())
    for caption in (
        "Changes of order among", "How far one weight may move", "The nearest weights at which", "Single marks that",
        "The price at which a losing bid", "Share of random weightings", "Share of draws won", "when the marks of one",
        "What each criterion really decides", "Success of each group", "Ways to play the scheme", "Who wins the same",
    ):  # fmt: skip
        assert caption in text
    assert "about 42.69" in text
    assert "  Evaluators were not left out" in text


def test_lines_keep_to_the_width() -> None:
    for line in (84, LINE, 140):
        assert all(width(told) <= line for told in fairness_table(study(), line).splitlines())


def test_a_long_table_is_counted_out() -> None:
    many = tuple(reversal("remove", f"x{n}", ("a", "b")) for n in range(MOST_ROWS + 3))
    assert "and 3 more: --format json has them all" in fairness_table(study(reversals=many))


def test_lots_each_have_their_answer() -> None:
    text = fairness_table(study(lots=("north", "south")))
    assert text.index("Lot north") < text.index("Lot south")
    assert text.count("Winner: a") == 2


def test_made_up_bids_are_said_first() -> None:
    text = fairness_table(study(generated="6 bids were made up."))
    assert text.index("No bids were given. 6 bids were made up.") < text.index("Winner: a")


def test_hostile_text_is_only_read() -> None:
    evil = "\u202eevil\x1b[2J\n=cmd|x\u2066" + "W" * 100_000
    text = fairness_table(study({bid: evil + bid for bid in "abc"}, evil, notes=(evil[:60],), generated=evil[:60]))
    kinds = {unicodedata.category(c) for c in text.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(text) < 20_000


def test_the_same_study_gives_the_same_bytes() -> None:
    assert fairness_table(study()) == fairness_table(study())
