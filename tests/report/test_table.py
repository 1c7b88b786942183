from collections.abc import Callable
from typing import Any

from tender_eval import Evaluation
from tender_eval.languages.inert import width
from tender_eval.lots.award import AcrossLots
from tender_eval.report.table import evaluation_table, lots_table

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]

ORDINARY = """\
Refuge services (demo)
Ranked by points, the highest first (rule highest_score)

  rank  bid    supplier      points    quality /60    price /40  status
------  -----  ----------  --------  -------------  -----------  --------
     1  b      B              92.00          52.00        40.00  ranked
     2  a      A              89.33          56.00        33.33  ranked
     -  c      C                  -          12.00            -  rejected
     -  d      D                  -              -            -  rejected

Winner: b
b wins with 92.00 points, 2.67 more than a.

Rejected
  c (C): "quality" (Quality): 12 of 60 points is below the minimum 50% = 30
  d (D): condition "insured" is not met: declarations.insured is false (bids), must be true
"""


def test_the_ranking_the_winner_and_why(ordinary: Evaluation) -> None:
    assert evaluation_table(ordinary) == ORDINARY


def test_shared_ranks_are_marked(evaluate: Evaluate, a_bid: MakeBid) -> None:
    table = evaluation_table(evaluate(a_bid("a", 100), a_bid("b", 100)))
    assert table.count("    1=  ") == 2
    assert "Winner: undecided\n" in table


def test_names_cannot_steer_the_terminal_and_long_ones_are_cut(evaluate: Evaluate, a_bid: MakeBid) -> None:
    evil = a_bid("a", 100, supplier={"name": "\x1b[2J\u202eEvil"}, declarations={"insured": False})
    long = a_bid("b", 100, supplier={"name": "Long " * 40})
    table = evaluation_table(evaluate(evil, long))
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert r"\x1b[2J\u202eEvil" in table
    assert "Long Long Long Long Long Long L…" in table
    assert all(width(line) <= 100 for line in table.splitlines())


def test_flags_are_shown(evaluate: Evaluate, a_bid: MakeBid) -> None:
    table = evaluation_table(evaluate(a_bid("a", 100), a_bid("b", 40)))
    assert "To be looked at\n  b (B): abnormally low?" in table


def test_criteria_that_do_not_fit_beside_the_ranking_stand_below_it(evaluate: Evaluate) -> None:
    marks = {f"question-number-{n}": 5 for n in range(10)}
    criteria = [{"id": name, "weight": 10, "scorer": {"name": "mark", "out_of": 5}} for name in marks]
    scheme = {"criteria": criteria, "conditions": [], "award": {"rule": "highest_score"}, "abnormally_low": None}
    bids = [{"id": n, "supplier": {"name": "Somebody"}, "marks": marks} for n in ("a", "b")]
    table = evaluation_table(evaluate(*bids, scheme=scheme), 80)
    assert all(len(line) <= 80 for line in table.splitlines())
    assert all(f"{name} /10" in table for name in marks)


def test_lots_and_the_award_across_them(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    table = lots_table(by_lot, across)
    assert table.startswith("Refuge services (demo)\n")
    assert [line for line in table.splitlines() if line.startswith("Lot ")] == [
        "Lot north",
        "Lot south",
        "Lot west",
        "Lot south is not awarded: a tie is undecided.",
        "Lot west is not awarded: no bid is left.",
    ]
    assert "north  a      A           points  88.00" in table
