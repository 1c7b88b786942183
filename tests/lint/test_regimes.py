"""Every rule on law speaks of its own example under one regime and day, and is silent of the same under another."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.run import lint

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
LAW = r"law: [\w-]+"
BEFORE_THE_ACT = date(2025, 2, 23)
ON_LAW = [code for code in CATALOGUE.lint_rules if code.startswith("TE2")]
OF_THE_ACT = [code for code in ON_LAW if isinstance(CATALOGUE.lint_rules[code].item, ActRule)]
OTHERWISE = {
    "TE215": (LAW, "law: none"),
    "TE216": (LAW, "law: pcsr-2015"),
    "TE218": (LAW, "law: eu-2014-24"),
    "TE220": (r"procedure: open", "procedure: competitive-flexible"),
    "TE222": (LAW, "law: psr-2023"),
    "TE223": (r"regime: \{", "regime: {nation: wales, "),
    "TE224": (LAW, "law: procurement-act-2023"),
    "TE225": (LAW, "law: world-bank"),
    "TE227": (r"nation: scotland", "nation: england"),
    "TE226": (r"authority: central", "authority: council"),
}
"""What makes the example of a rule that does not rest on the Act alone one that it is silent of."""
ELSEWHERE = (*((code, LAW, "law: eu-2014-24") for code in OF_THE_ACT), *((c, *to) for c, to in OTHERWISE.items()))


def says(text: str, code: str, on: date | None = None) -> bool:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return bool(lint(source, checked.compiled, [CATALOGUE.lint_rules[code]], CATALOGUE.lint_rules, on).findings)


def bad(code: str) -> str:
    return CATALOGUE.lint_rules[code].item.example("bad")


def test_every_rule_on_law_is_here() -> None:
    assert sorted(code for code, *_ in ELSEWHERE) == sorted(ON_LAW)


@pytest.mark.slow
@pytest.mark.parametrize(("code", "of", "to"), ELSEWHERE, ids=[code for code, *_ in ELSEWHERE])
def test_a_rule_speaks_under_its_regime_and_is_silent_under_another(code: str, of: str, to: str) -> None:
    other, changed = re.subn(of, to, bad(code), count=1)
    assert changed
    assert says(bad(code), code)
    assert not says(other, code)


@pytest.mark.parametrize("code", OF_THE_ACT)
def test_a_clause_of_the_act_is_held_against_nothing_that_began_before_it(code: str) -> None:
    undated = re.sub(r"published: [\d-]+(, )?", "", bad(code))
    assert not says(undated, code, BEFORE_THE_ACT)
