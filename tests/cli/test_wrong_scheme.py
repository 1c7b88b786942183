"""Bids made for another scheme are told as that; slips within bids that fit are told one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
ASKS = """\
format: tender-eval/scheme/1
id: asks
title: Refuge services
criteria:
{criteria}
award: {{rule: highest_score}}
"""
SEEM = "seem to be made for another scheme"


def told(run: Run, asked: str, stated: str, *further: str) -> str:
    """What is written of bids that state these marks, under a scheme that asks for those."""
    names = asked.split()
    leaves = (f"  - {{id: {n}, title: {n}, weight: 1, scorer: {{name: mark, out_of: 5}}}}" for n in names)
    text = ASKS.format(criteria="\n".join(leaves)) + "weights: points\n"
    Path("asks.yaml").write_text(text, encoding="utf-8")
    marks = ", ".join(f"{name}: 3" for name in stated.split())
    rows = "".join(f"  - {{id: {bid}, marks: {{{marks}}}}}\n" for bid in ("a", "b"))
    Path("other.yaml").write_text(f"format: tender-eval/bids/1\nbids:\n{rows}", encoding="utf-8")
    result = run("fairness", "asks.yaml", "other.yaml", *further)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("delivery safety voice", "first_contact access recovery"),
        ("delivery safety voice social_value", "social_value access recovery staff"),
        ("quality", "delivery safety"),
    ],
)
def test_bids_for_another_scheme_are_told_in_one(run: Run, asked: str, stated: str) -> None:
    text = told(run, asked, stated)
    assert text.startswith('other.yaml:1:1: error TE051: these bids seem to be made for another scheme than "asks": of')
    assert text.endswith("\n1 error\n")
    assert "tender-eval validate --scheme SCHEME BIDS tells every difference" in text


def test_what_they_ask_and_state_is_named(run: Run) -> None:
    text = told(run, "delivery safety voice social_value", "social_value access recovery staff a1 a2 a3 a4")
    assert "(delivery, safety, social_value, voice) they state social_value, and instead" in text
    assert "a1, a2, a3, a4, access, recovery, 1 more\n" in text


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("quality", "qualty"),  # a slip
        ("delivery safety", "delivery saftey"),
        ("delivery safety voice", "delivery people"),  # one question of another round
        ("delivery safety voice social_value", "delivery"),  # not yet marked
        ("delivery", ""),
    ],
)
def test_bids_that_fit_are_told_each_difference(run: Run, asked: str, stated: str) -> None:
    text = told(run, asked, stated)
    assert SEEM not in text
    assert "error TE052" in text


def test_every_difference_is_to_be_had(run: Run) -> None:
    told(run, "delivery safety", "access recovery")
    result = run("validate", "--scheme", "asks.yaml", "other.yaml")
    assert "other.yaml:3:" in result.stderr
    assert result.stderr.endswith("8 errors\n")


def test_another_scheme_that_is_compared_is_named(run: Run) -> None:
    told(run, "delivery safety", "access recovery")
    result = run("fairness", "scheme.yaml", "bids.yaml", "--compare", "asks.yaml")
    assert 'another scheme than "asks"' in result.stderr
    assert result.stderr.endswith("\n1 error\n")


def test_other_faults_are_told_beside_it(run: Run) -> None:
    told(run, "delivery safety", "access recovery")
    bids = Path("other.yaml").read_text(encoding="utf-8").replace("{id: b,", "{id: a,")
    Path("other.yaml").write_text(bids, encoding="utf-8")
    text = run("fairness", "asks.yaml", "other.yaml").stderr
    assert "error TE050" in text


@pytest.mark.parametrize("command", [("evaluate",), ("award",), ("explain",)])
def test_every_command_with_bids_says_so(run: Run, command: tuple[str, ...]) -> None:
    told(run, "delivery safety", "access recovery")
    further = ("a",) if command == ("explain",) else ()
    result = run(*command, "asks.yaml", "other.yaml", *further)
    assert (result.exit_code, result.stdout) == (1, "")
    assert SEEM in result.stderr
    assert result.stderr.endswith("\n1 error\n")
