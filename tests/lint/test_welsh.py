"""What a scheme leaves out in Welsh is told once, with every place; and to whom that may owe it all."""

from __future__ import annotations

import pytest

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import lint
from tender_eval.plugins.lint_rule import Finding

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
RULE = CATALOGUE.lint_rules["TE429"]


def found(text: str) -> list[Finding]:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound)
    return [*lint(source, checked.compiled, [RULE], CATALOGUE.lint_rules).findings]


def without(*cut: str) -> str:
    lines = RULE.item.example("good").splitlines(keepends=True)
    return "".join(line for line in lines if not any(part in line for part in cut))


def test_every_place_stands_in_the_one_finding() -> None:
    (told,) = found(without("title_cy: Ansawdd", "title_cy: Cymorth", "title_cy: Pris"))
    assert told.message.startswith("3 texts are not said in Welsh, and others are: ")
    assert told.message.count("title_cy of") == 3
    lines = without("title_cy: Ansawdd", "title_cy: Cymorth", "title_cy: Pris").splitlines()
    for title in ("Outreach and refuge support", "Quality", "Price of the whole contract"):
        at = next(n for n, line in enumerate(lines, 1) if line.endswith(f"title: {title}"))
        assert f"(line {at})" in told.message


@pytest.mark.parametrize(
    ("authority", "nation", "told"),
    [
        ("council", "wales", True), ("central", "wales", True), ("charity", "wales", False),
        ("council", "england", False), ("sub_central", "wales", False),
    ],
)  # fmt: skip
def test_where_nothing_is_said_in_welsh_councils_in_wales_are_told(authority: str, nation: str, told: bool) -> None:
    english = without("title_cy:", "description_cy:", "mark: ")
    regime = f"  authority: {authority}\n  nation: {nation}\n"
    scale = "    - {mark: 0, score: 0%}\n    - {mark: 1, score: 100%}\n"
    text = english.replace("  authority: sub_central\n", regime).replace(
        "zero_to_three:\n", f"zero_to_three:\n{scale}", 1
    )
    assert [finding.where.line for finding in found(text)] == ([10] if told else [])
