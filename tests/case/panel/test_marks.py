"""Marks as they come in: whose they are, and whether these people may give them."""

from __future__ import annotations

import pytest
from acting import AT, MARKED, PANEL, SCHEME, Acting, source

from tender_eval.model.diagnostics import Refused

GROUPED = SCHEME.replace(
    "  - {id: care, title: Care, weight: 60, scorer: {name: mark, out_of: 5}}\n",
    "  - id: quality\n    title: Quality\n    weight: 60\n    criteria:\n"
    "      - {id: care, title: Care, weight: 40, scorer: {name: mark, out_of: 5}}\n"
    "      - {id: staff, title: Staff, weight: 20, scorer: {name: mark, out_of: 5}}\n",
)
BID = "{id: a, supplier: {name: Alder}, declarations: {insured: true}, price: 1, marks: {%s}}"


def told(marks: str, panel: str = PANEL, scheme: str = SCHEME) -> list[tuple[str, int, str, str]]:
    """The code, column, message and mend of each problem of one bid's marks."""
    case = Acting.opened(scheme, panel)
    file = source("b.yaml", "format: tender-eval/bids/1\nbids:\n- " + BID % marks + "\n")
    return [
        (d.code, d.where.column if d.where else 0, d.message, d.hint) for d in case.refused("receive", AT, file=file)
    ]


@pytest.mark.parametrize(
    ("individual", "code", "message", "hint"),
    [
        ("anne: 2", "TE530", '"anne" gives a mark and is nobody of the panel', 'did you mean "ann"?'),
        ("dee: 2", "TE531", "Dee Dunn is the chair of the panel, who does not mark", "take the mark out"),
        (
            "ann: 2, Ann: 3", "TE531", 'Ann Archer gives two marks for "care", as "ann" and as "Ann"',
            "keep the one that was given",
        ),
    ],
)  # fmt: skip
def test_who_gives_no_mark_here(individual: str, code: str, message: str, hint: str) -> None:
    ((found, column, said, mend),) = told(f"care: {{agreed: 2, individual: {{{individual}}}}}")
    assert (found, said, mend) == (code, message, hint)
    assert column == (BID % "care: {agreed: 2, individual: {").index("}}") + len("- ") + 1 + individual.find("Ann") + (
        1 if "Ann" not in individual else 0
    )


def test_whoever_agreed_a_mark_is_of_the_panel() -> None:
    ((code, _, message, hint),) = told("care: {agreed: 2, agreed_by: [Ann Archer, Dee Dunn, Bob Bakr]}")
    assert (code, message, hint) == (
        "TE530",
        '"Bob Bakr" agreed a mark and is nobody of the panel',
        'did you mean "Bob Baker"?',
    )


def test_a_group_of_criteria_stands_for_all_of_it() -> None:
    of_group = PANEL.replace("criteria: [care]", "criteria: [quality]")
    marks = "care: {agreed: 2, individual: {bob: 2}}, staff: {agreed: 2, individual: {bob: 2}}"
    ((code, _, message, hint),) = told(marks, scheme=GROUPED)
    assert (code, message, hint) == (
        "TE531", 'Bob Baker does not mark "staff", as the panel has it', "take the mark out: bob marks care",
    )  # fmt: skip
    Acting.opened(GROUPED, of_group)(
        "receive", file=source("b.yaml", f"format: tender-eval/bids/1\nbids: [{BID % marks}]\n")
    )


def test_people_are_called_in_the_state_as_the_panel_calls_them() -> None:
    case = Acting.opened(panel=PANEL)
    spelt = MARKED.replace(
        "individual: {ann: 2, bob: 3}, agreed_by: [Ann Archer, Bob Baker]",
        "individual: {ANN: 2, Bob: 3}, agreed_by: [ann, bob baker, Ann Archer]",
    )
    case("receive", file=source("b.yaml", spelt))
    mark = case.state.bids.bids[0].marks["care"]
    assert (list(mark.individual), mark.agreed_by) == (["ann", "bob"], ("Ann Archer", "Bob Baker"))


@pytest.mark.parametrize(
    ("criteria", "message", "hint"),
    [
        ("cure", '"cure" is no criterion that a panel marks', 'did you mean "care"?'),
        ("price", '"price" is no criterion that a panel marks', "known here: care"),
    ],
)
def test_what_the_panel_marks_is_marked_by_the_scheme(criteria: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as e:
        Acting.opened(panel=PANEL.replace("[care]", f"[{criteria}]"))
    (found,) = e.value.diagnostics
    assert (found.code, found.message, found.hint) == ("TE021", message, hint)
    assert str(found.where) == f"panel.yaml:4:{PANEL.splitlines()[3].index('[care]') + 2}"


def test_whatever_is_marked_is_marked_by_somebody() -> None:
    with pytest.raises(Refused) as e:
        Acting.opened(GROUPED, PANEL.replace("role: commissioner", "criteria: [care]"))
    assert [d.message for d in e.value.diagnostics] == ['nobody of the panel marks "staff"']
