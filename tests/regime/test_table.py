"""The file of the table of law: read strictly."""

from __future__ import annotations

import pytest

from tender_eval import Refused
from tender_eval.files.source import Source
from tender_eval.model.regime import Law, Nation
from tender_eval.regime.table import read_duties

ROW = (
    "  - {id: a, rule: r, says: must, who: {laws: [pcr-2015], nations: [wales]}, about: x,\n"
    "     clauses: [{document: d, section: s}], source: z, verified: true}\n"
)


def read(text: str) -> None:
    read_duties(Source("t.yaml", text.encode()))


def test_a_row() -> None:
    _, (row,) = read_duties(Source("t.yaml", f"checked: 2026-11-30\nrows:\n{ROW}".encode()))
    assert (row.id, row.verified, row.since, row.figure) == ("a", True, None, None)
    assert row.who.laws == {Law.PCR_2015}
    assert row.who.nations == {Nation.WALES}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"checked: 2026-11-30\nrows:\n{ROW}{ROW}", "TE020"),
        ("checked: soon\nrows: []\n", "TE016"),
        ("rows: []\n", "TE011"),
        ("checked: 2026-11-30\nrows: [{id: x}]\n", "TE011"),
        (f"checked: 2026-11-30\nrows:\n{ROW}".replace("pcr-2015", "pcr-2051"), "TE016"),
        (f"checked: 2026-11-30\nrows:\n{ROW}".replace("must", "shall"), "TE016"),
        (f"checked: 2026-11-30\nrows:\n{ROW}".replace("source: z, ", ""), "TE011"),
        (f"checked: 2026-11-30\nrows:\n{ROW}".replace("[{document: d, section: s}]", "[]"), "TE018"),
    ],
)
def test_a_faulty_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read(text)
