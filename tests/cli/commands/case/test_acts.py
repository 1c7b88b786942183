"""``tender-eval case``: what each act says, what is refused with what comes first, and how a case stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tender_eval.cli.inputs import Inputs
from tender_eval.model.diagnostics import Diagnostic

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")
PRICED_BIDS = """\
format: tender-eval/bids/1
bids:
  - {id: a, supplier: {name: Alder}, price: 200, marks: {q: {agreed: 4, reason: Named leads}}}
  - {id: b, supplier: {name: Birch}, price: 100, marks: {q: {agreed: 3, reason: Says who leads}}}
"""


def case(run: Run, act: str, *arguments: str, refused: bool = False) -> Result:
    result = run("case", act, "r.jsonl", *arguments)
    assert result.exit_code == int(refused), result.stderr
    assert "Traceback" not in result.stderr
    return result


def status(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case(run, "status", "--format", "json").stdout)
    return found


def evaluated(run: Run, name: str) -> None:
    result = run("evaluate", f"{name}.scheme.yaml", f"{name}.bids.yaml", "--record", "r.jsonl", *AT)
    assert result.exit_code == 0, result.stderr


def test_status_says_what_is_to_be_looked_at_until_it_is_decided(run: Run) -> None:
    evaluated(run, "low")
    told = case(run, "status").stdout
    assert "To be looked at before the decision" in told
    assert "abnormally low?" in told
    case(run, "decide", "--by", "Chair", *AT)
    assert "To be looked at" not in case(run, "status").stdout


@pytest.mark.slow
def test_sealed_price_names_nobody_before_prices_and_then_birch(run: Run) -> None:
    """faults/case/sealed-price."""
    assert "The scheme is published." in case(run, "open", "sealed.scheme.yaml", *AT).stdout
    case(run, "receive", "marks.csv", "--sealed", "prices.csv", *AT)
    case(run, "lock", *AT)
    found = status(run)
    assert (found["phase"], found["winner"], found["decided"]) == ("marks_locked", [], False)
    assert found["next"] == [{"command": "open-prices", "who": "two_people"}]
    assert run("case", "open-prices", "r.jsonl", "prices.csv", "--by", "Ann").exit_code == 2
    case(run, "open-prices", "prices.csv", "--by", "Ann", "--by", "Bob", *AT)
    assert status(run)["winner"] == []
    case(run, "evaluate", *AT)
    found = status(run)
    assert (found["phase"], found["winner"]) == ("evaluated", ["b"])
    case(run, "decide", "--by", "Chair", *AT)
    assert (status(run)["phase"], status(run)["decided"], status(run)["winner"]) == ("decided", True, ["b"])
    assert run("audit", "verify", "r.jsonl").exit_code == 0


@pytest.mark.slow
def test_a_disregarded_bid_leaves_and_birch_wins_with_90(run: Run) -> None:
    """faults/case/fail-disregarded-after."""
    evaluated(run, "low")
    opened = case(run, "query", "--bid", "low", "--text", "Explain your price", *AT).stdout
    assert "Opened: m1, an abnormally low price.\nUndecided.\n" in opened
    case(run, "answer", "--matter", "m1", "--text", "We are cheap", "--outcome", "not_accepted", *AT)
    assert "matter m1, opened by entry 13, is open" in case(run, "decide", refused=True).stderr
    said = case(run, "disregard", "--bid", "low", "--clause", "s.19(3)(c)", "--reason", "not explained", *AT).stdout
    assert "Alder was disregarded under s.19(3)(c): not explained. Before, the award would have gone to Cedar" in said
    found = status(run)
    assert (found["phase"], found["winner"]) == ("evaluated", ["mid"])
    assert found["bids"][0] == {
        "id": "low", "supplier": "Alder", "standing": "disregarded", "clause": "s.19(3)(c)", "entry": 15,
    }  # fmt: skip
    (act,) = [act for act in found["acts"] if act["kind"] == "disregard"]
    assert (act["entry"], act["bid"], act["lot"]) == (15, "low", "")
    assert act["before"]["winner"] == ["top"]
    assert act["after"] == {
        "winner": ["mid"], "ranks": {"mid": 1, "top": 2}, "totals": {"mid": "90.00", "top": "85.50"},
    }  # fmt: skip
    assert found["matters"] == [
        {"id": "m1", "kind": "abnormally_low", "bid": "low", "lot": "", "open": False, "opened_by": 13, "closed_by": 15}
    ]
    assert found["next"] == [{"command": "decide", "who": "authority"}]
    text = case(run, "status").stdout
    assert "Birch comes first; nothing is decided yet." in text
    assert "Alder: disregarded under s.19(3)(c): not explained (entry 15)" in text
    assert "tender-eval case decide r.jsonl" in text


@pytest.mark.slow
def test_a_tie_drawn_by_lot_is_entered(run: Run) -> None:
    """faults/case/fail-tie-lots-drawn."""
    evaluated(run, "tie")
    assert (status(run)["phase"], status(run)["winner"]) == ("undecided", [])
    assert "a tie leaves the award open: a, b" in case(run, "decide", refused=True).stderr
    said = case(run, "settle", "--order", "b,a", "--procedure", "drawn by lot", "--witness", "Ann", *AT).stdout
    assert "the tie was settled, drawn by lot, in the order Birch and Alder; witnesses: Ann." in said
    assert (status(run)["phase"], status(run)["winner"]) == ("evaluated", ["b"])
    case(run, "decide", *AT)
    assert run("audit", "verify", "r.jsonl").exit_code == 0


@pytest.mark.slow
def test_a_decision_is_recorded_with_every_figure_as_it_stands(run: Run) -> None:
    evaluated(run, "low")
    price = ("--bid", "top", "--field", "price", "--old", "400000")
    case(run, "correct", *price, "--new", "300000", "--reason", "Misread", *AT)
    case(run, "decide", *AT)
    kinds = [json.loads(line)["kind"] for line in Path("r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kinds[-1] == "decide"
    assert kinds.count("evaluated") == 2, "evaluated again before it is decided"
    case(run, "decide", refused=True)


@pytest.mark.slow
def test_what_a_mended_file_of_prices_changes_is_told_in_the_report_and_to_the_bidder(run: Run) -> None:
    run("case", "open", "r.jsonl", "sealed.scheme.yaml", "marks.csv", *AT)
    case(run, "lock", *AT)
    case(run, "open-prices", "prices.csv", "--by", "Ann", "--by", "Bob", *AT)
    case(run, "evaluate", *AT)
    Path("mended.csv").write_text("id,price\na,200\nb,150\n", encoding="utf-8")
    case(run, "correct", "--file", "mended.csv", "--reason", "a sum was wrong", "--by", "Ann", "--by", "Bob", *AT)
    case(run, "decide", *AT)
    assert "Birch: price from £100 to £150" in run("report", "r.jsonl", "--format", "markdown").stdout
    letters = {
        bid: run("report", "r.jsonl", "--format", "summaries", "--as", "markdown", "--bid", bid).stdout for bid in "ab"
    }
    assert "| 2 May 2026 | price | £100 | £150 | a sum was wrong |" in letters["b"]
    assert "£100" not in letters["a"]


@pytest.mark.slow
def test_standstill_is_told_from_the_day_of_the_notice(run: Run) -> None:
    Path("low.scheme.yaml").write_text(
        Path("low.scheme.yaml").read_text(encoding="utf-8") + "regime: {law: procurement-act-2023}\n", encoding="utf-8"
    )
    evaluated(run, "low")
    case(run, "decide", "--notice-on", "2026-05-05", *AT)
    assert status(run)["standstill_ends"] == "2026-05-14"
    assert "14 May 2026" in case(run, "status").stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("correct", "r.jsonl", "--bid", "low", "--reason", "x"), "a correction needs --field, --new, or --file"),
        (("correct", "r.jsonl", "--file", "prices.csv", "--reason", "x", "--by", "Ann"), "give --by twice"),
        (("correct", "r.jsonl", "--file", "p", "--bid", "a", "--reason", "x"), "--file stands alone: leave --bid out"),
        (
            (
                "correct",
                "r.jsonl",
                "--bid",
                "a",
                "--field",
                "price",
                "--new",
                "1",
                "--reason",
                "x",
                "--panel-reason",
                "y",
            ),
            "--panel-reason goes with a mark",
        ),
        (("decide", "r.jsonl", "--reason", "x"), "it goes with --no-award"),
        (("open-prices", "r.jsonl", "prices.csv", "--by", "Ann", "--by", " ann "), "give --by twice, with two names"),
        (("exclude", "r.jsonl", "--bid", "a", "--reason", "x"), "Missing option '--clause'"),
    ],
)
def test_a_command_line_that_is_wrong(run: Run, arguments: tuple[str, ...], message: str) -> None:
    evaluated(run, "tie")
    before = Path("r.jsonl").read_bytes()
    result = run("case", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert Path("r.jsonl").read_bytes() == before


@pytest.mark.slow
def test_a_time_in_the_future_is_refused(run: Run) -> None:
    evaluated(run, "tie")
    result = case(run, "clarify", "--text", "x", "--at", "2999-01-01T00:00:00Z", refused=True)
    assert "TE094: 2999-01-01T00:00:00Z is in the future" in result.stderr


@pytest.mark.slow
def test_bids_can_come_with_the_scheme(run: Run) -> None:
    said = run("case", "open", "r.jsonl", "tie.scheme.yaml", "tie.bids.yaml", *AT)
    assert (said.exit_code, status(run)["phase"]) == (0, "received"), said.stderr
    case(run, "lock", *AT)
    case(run, "evaluate", *AT)
    assert status(run)["phase"] == "undecided"


@pytest.mark.slow
def test_nothing_is_left_of_a_case_whose_files_are_at_fault(run: Run) -> None:
    Path("tie.bids.yaml").write_text("format: tender-eval/bids/1\nbids: [{id: a, prise: 1}]\n", encoding="utf-8")
    result = run("case", "open", "r.jsonl", "tie.scheme.yaml", "tie.bids.yaml", *AT)
    assert result.exit_code == 1
    assert "tie.bids.yaml:2:16" in result.stderr
    assert not Path("r.jsonl").exists()


def test_who_opens_a_case_is_told(run: Run) -> None:
    opened = run("case", "open", "t.jsonl", "tie.scheme.yaml", "tie.bids.yaml", "--by", "Ann Buyer")
    assert opened.exit_code == 0
    shown = run("audit", "show", "t.jsonl").output
    assert shown.count("entered by Ann Buyer") == 2, "the scheme, and the bids that came with it"


@pytest.mark.slow
def test_what_is_told_of_agreed_marks_comes_before_their_lock_and_may_refuse_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = PRICED_BIDS.replace("agreed: 3", "agreed: 5, individual: {ann: 3, bob: 2}")
    Path("marked.yaml").write_text(marked, encoding="utf-8")
    Path("refusing.yaml").write_text(f"{Path('sealed.scheme.yaml').read_text()}panel: {{refuse: [outside]}}\n")
    assert run("case", "open", "no.jsonl", "refusing.yaml", "marked.yaml", *AT).exit_code == 0
    before = Path("no.jsonl").read_bytes()
    refused = run("case", "lock", "no.jsonl", *AT)
    assert (refused.exit_code, refused.stderr.count("error TE540"), refused.stderr.count("TE540")) == (1, 1, 1)
    assert Path("no.jsonl").read_bytes() == before
    at_once = run("evaluate", "refusing.yaml", "marked.yaml", "--record", "once.jsonl", *AT)
    assert (at_once.exit_code, "error TE540" in at_once.stderr, Path("once.jsonl").exists()) == (1, True, False)
    case(run, "open", "sealed.scheme.yaml", "marked.yaml", *AT)
    before = Path("r.jsonl").read_bytes()
    unlocked: list[bool] = []

    def told(inputs: Inputs, found: Sequence[Diagnostic]) -> None:
        unlocked.append(Path("r.jsonl").read_bytes() == before)
        assert [one.code for one in found] == ["TE540"]

    monkeypatch.setattr(Inputs, "tell", told)
    case(run, "lock", *AT)
    assert unlocked == [True]
    assert Path("r.jsonl").read_bytes() != before
