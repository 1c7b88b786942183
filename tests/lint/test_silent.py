"""Rules that are silent where the scheme says itself what they ask for, or where they have nothing to say."""

from __future__ import annotations

import pytest

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import lint

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})


def trips(code: str, text: str) -> bool:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), checked.diagnostics
    return bool(lint(source, checked.compiled, [CATALOGUE.lint_rules[code]], CATALOGUE.lint_rules).findings)


def bad(code: str) -> str:
    return CATALOGUE.lint_rules[code].item.example("bad")


@pytest.mark.parametrize(
    ("said", "silent"),
    [
        ("notes: Unrounded points decide.", True),
        ("notes: Points are not rounded.", True),
        ("illustrative: [that unrounded points decide]", True),
        ("notes: Printed points are rounded.", False),
    ],
)
def test_who_says_that_unrounded_points_decide_is_not_asked(said: str, silent: bool) -> None:
    text = bad("TE424").replace("currency: GBP\n", f"{said}\ncurrency: GBP\n", 1)
    assert trips("TE424", bad("TE424"))
    assert trips("TE424", text) is not silent


def test_low_prices_abroad_are_for_the_law_there() -> None:
    text = bad("TE355")
    assert trips("TE355", text)
    assert not trips("TE355", text.replace("  law: procurement-act-2023\n", "  law: eu-2014-24\n  nation: none\n", 1))
