"""What a step says as data is told wherever its formula and working are."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from shipped import ROOT, shipped

from tender_eval.cli import main
from tender_eval.languages.results import text
from tender_eval.languages.steps import formula, working
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.reasons import ConditionAnswer, GrantNote

GRANTS = ("small-grants-pot.yaml", "small-grants-pot.bids.yaml")
CONDITIONS = ("consortium-lead-provider.yaml", "consortium-sutton.bids.yaml")


def run(*command: str) -> str:
    done = CliRunner().invoke(main, list(command))
    assert done.exit_code == 0, done.output
    return done.output


def paths(pair: tuple[str, str]) -> tuple[str, str]:
    return str(ROOT / "schemes" / pair[0]), str(ROOT / "fixtures" / pair[1])


def noted(pair: tuple[str, str]) -> dict[str, list[Step]]:
    """The steps of each bid that have a note."""
    (evaluation,) = shipped(*pair).evaluations.values()
    found = {bid.id: [step for step in bid.step.walk() if step.note is not None] for bid in evaluation.bids}
    assert any(found.values())
    return found


def spaced(told: str) -> str:
    return " ".join(told.split())


@pytest.mark.slow
@pytest.mark.parametrize("pair", [GRANTS, CONDITIONS])
@pytest.mark.parametrize("shape", ["text", "json"])
def test_an_explanation_tells_them(pair: tuple[str, str], shape: str) -> None:
    for bid, steps in noted(pair).items():
        told = run("explain", *paths(pair), bid, "--format", shape).replace('\\"', '"')
        assert all(working(step) in told and formula(step) in told for step in steps)


@pytest.mark.slow
@pytest.mark.parametrize("pair", [GRANTS, CONDITIONS])
def test_a_record_and_a_report_tell_them(pair: tuple[str, str], tmp_path: Path) -> None:
    record, page = tmp_path / "record.jsonl", tmp_path / "report.html"
    run("evaluate", *paths(pair), "--record", str(record), "--at", "2026-05-06T09:30:00Z")
    kept = record.read_text(encoding="utf-8").replace('\\"', '"')
    steps = [step for found in noted(pair).values() for step in found]
    assert all(working(step) in kept and formula(step) in kept for step in steps)
    run("report", str(record), "--output", str(page))
    shows = unescape(re.sub("<[^>]+>", " ", page.read_text(encoding="utf-8")))
    limits = [step for step in steps if isinstance(step.note, ConditionAnswer) and len(step.inputs) > 1]
    assert limits
    assert all(re.search(f"is {figure_of(step)}", shows) for step in limits)


def figure_of(step: Step) -> str:
    """What was read, as pages write numbers and money."""
    value = working(step).rpartition(" is ")[2]
    return f"£?{int(value):,}"


@pytest.mark.slow
def test_a_published_example_tells_why_a_grant_is_what_it_is() -> None:
    scheme, bids = paths(GRANTS)
    told = spaced(run("schemes", "publish", scheme, "--example", bids)).replace(",", "")
    notes = [step.note for steps in noted(GRANTS).values() for step in steps]
    assert all(text(note).replace(",", "") in told for note in notes if isinstance(note, GrantNote))
