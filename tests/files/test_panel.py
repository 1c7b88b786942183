"""Who marks: the file of a panel, and what is wrong with one, all at once."""

from __future__ import annotations

import pytest

from tender_eval.files.panel import read_panel
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.panel import Panel, Person

WHOLE = """\
format: tender-eval/panel/1
members:
  - {id: ann, name: Ann Archer, role: commissioner}
  - {id: bob, name: Bob Baker, criteria: [care, staff]}
chair: {id: dee, name: Dee Dunn}
facilitator: {id: eli, name: Eli Ellis}
"""


def read(text: str) -> tuple[Panel | None, list[str]]:
    problems = Problems()
    found = read_panel(Source("panel.yaml", text.encode()), problems)
    return found, list(map(str, problems.sorted()))


def test_the_whole_file() -> None:
    found, told = read(WHOLE)
    assert told == []
    assert found is not None
    assert found.people == (
        Person("ann", "Ann Archer", "commissioner"),
        Person("bob", "Bob Baker", criteria=("care", "staff")),
        Person("dee", "Dee Dunn", "chair", marks=False),
        Person("eli", "Eli Ellis", "facilitator", marks=False),
    )
    assert found.sha256 == Source("panel.yaml", WHOLE.encode()).sha256


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("panel/1", "panel/2", "panel.yaml:1:9: error TE005"),
        ("  - {id: ann, name: Ann Archer, role: commissioner}\n  - {id: bob, name: Bob Baker, criteria: [care, staff]}",
         "  []", "panel.yaml:3:3: error TE018: nobody is a member of the panel"),
        ("Bob Baker", '""', 'panel.yaml:4:21: error TE018: "bob" has no name'),
        ("Bob Baker", "ann  archer", 'panel.yaml:4:21: error TE020: "ann  archer" stands for two people of the panel'),
        ("id: dee", "id: Bob", 'panel.yaml:5:13: error TE020: "Bob" stands for two people of the panel'),
        ("Dee Dunn", "Ann", 'panel.yaml:5:24: error TE020: "Ann" stands for two people of the panel'),
        ("chair", "chairs", 'panel.yaml:5:1: error TE010: unknown key "chairs"'),
        ("{id: dee, name: Dee Dunn}", "Dee Dunn", "panel.yaml:5:8: error TE012: chair must be a mapping"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, says: str) -> None:
    _, told = read(WHOLE.replace(old, new))
    assert len(told) == 1
    assert told[0].startswith(says)


def test_every_problem_is_told_at_once() -> None:
    _, told = read(WHOLE.replace("id: ann", "id: an n").replace("Eli Ellis", "Bob Baker").replace("role", "roll"))
    assert [line.split(": error ")[1][:5] for line in told] == ["TE019", "TE010", "TE020"]
