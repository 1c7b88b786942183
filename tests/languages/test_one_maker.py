"""Numbers, percentages, money and lists are written in languages/ alone: nothing else that people read formats one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tender_eval
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import at_digits, at_places, percentage

SRC = Path(tender_eval.__file__).parent
FOR_PROGRAMS = ("report/json/", "report/csv/", "report/ocds/")
"""What programs read has digits and commas of no language."""
NOTATIONS = {
    "report/lint/pages.py": "pages for the repository, in English as the rules are",
    "report/diagnostics.py": "diagnostics have their English at their place",
    "report/terms/parameters.py": "a setting of a scheme as YAML has it",
    "documents/": "the writers: pixels of charts, ids and names of classes",
}
FORMATS = (
    r"\{[^{}]*:[+ ]?[,_]?(\.\{?\w+\}?)?[fgeE%]\}",  # {share:.1f}
    r"\{[^{}]*:[+ ]?,\}",  # {count:,}
    r"\bformat\([^)]*, ?[\"'][+,.]",
    r"[\"'],? and [\"']\.join|[\"'] or [\"']\.join|\", \"\.join",
    r"import .*\bpercent\b",
)


def written_elsewhere() -> dict[str, list[str]]:
    """Lines outside of languages/ that write a number or a list for people, by file."""
    found: dict[str, list[str]] = {}
    for room in ("report", "documents", "simulation/results", "fairness/findings"):
        for path in sorted((SRC / room).rglob("*.py")):
            name = path.relative_to(SRC).as_posix()
            if name.startswith(FOR_PROGRAMS):
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                if any(re.search(form, line) for form in FORMATS):
                    found.setdefault(name, []).append(line.strip())
    return found


@pytest.mark.slow
def test_nothing_else_writes_numbers_and_lists() -> None:
    found = written_elsewhere()
    assert {name: lines for name, lines in found.items() if not name.startswith(tuple(NOTATIONS))} == {}
    assert all(any(name.startswith(known) for name in found) for known in NOTATIONS)


def test_numbers_of_a_language_stand_in_every_maker() -> None:
    """In German a comma stands before decimals and a point between thousands."""
    assert at_places(1234.567, 2, language="de") == "1.234,57"
    assert at_digits(0.0123456, 2, language="de") == "0,012"
    assert (at_places(-0.5, 1, signed=True), at_places(0.5, 1, signed=True)) == ("-0.5", "+0.5")


@pytest.mark.parametrize("texts", [(), ("north",), ("north", "south"), ("north", "south", "east", "west")])
def test_a_list_in_a_cell_has_a_sign_between_its_parts(texts: tuple[str, ...]) -> None:
    assert in_a_row(texts) == ", ".join(texts)


def test_percentages_are_grouped() -> None:
    from fractions import Fraction

    assert [percentage(Fraction(n)) for n in (0, "1/2", "1/3", 25)] == ["0%", "50%", "33.333333...%", "2,500%"]
