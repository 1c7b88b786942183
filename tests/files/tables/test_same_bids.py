"""Benefits, costs, dates and durations are the same bids in YAML, CSV and XLSX, date cells among them."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval import load_bids
from tender_eval.model.bids import Bids

HEADINGS = (
    "id", "price", "costs.staff", "benefits.own.amount", "benefits.own.source", "benefits.plain", "values.start",
    "values.lead",
)  # fmt: skip
AMOUNTS = st.integers(0, 10**8).map(lambda n: n / 100)
ROWS = st.lists(
    st.tuples(
        AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(["Report of 2025", "a; b", "=1+1"]), AMOUNTS,
        st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)),
        st.sampled_from(["6 weeks", "42 days", "1 day"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def stated(bids: Bids) -> list[tuple[str, dict[str, object]]]:
    return [(bid.id, {name: figure.value for name, figure in sorted(bid.figures.items())}) for bid in bids.bids]


@pytest.mark.slow
@given(ROWS)
def test_the_three_kinds_of_files_give_the_same_bids(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("same")
    _yaml(folder, rows)
    _csv(folder, rows)
    _xlsx(folder, rows)
    found = [stated(load_bids(folder / f"bids.{kind}")) for kind in ("yaml", "csv", "xlsx")]
    assert found[0] == found[1] == found[2]
    assert [figures["values.start"] for _, figures in found[0]] == [str(row[5]) for row in rows]


def _yaml(folder: Path, rows: list[tuple[object, ...]]) -> None:
    lines = [
        f"  - {{id: b{n}, price: {price}, costs: {{staff: {staff}}}, values: {{start: {start}, lead: {lead}}}, "
        f'benefits: {{own: {{amount: {own}, source: "{source}"}}, plain: {plain}}}}}'
        for n, (price, staff, own, source, plain, start, lead) in enumerate(rows)
    ]
    (folder / "bids.yaml").write_text(
        "\n".join(["format: tender-eval/bids/1", "bids:", *lines]) + "\n", encoding="utf-8"
    )


def _csv(folder: Path, rows: list[tuple[object, ...]]) -> None:
    lines = [",".join(f'"{cell}"' for cell in (f"b{n}", *row)) for n, row in enumerate(rows)]
    (folder / "bids.csv").write_text("\n".join([",".join(HEADINGS), *lines]) + "\n", encoding="utf-8")


def _xlsx(folder: Path, rows: list[tuple[object, ...]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bids"
    sheet.append(HEADINGS)
    for n, row in enumerate(rows):
        sheet.append([f"b{n}", *row])
        sheet.cell(n + 2, 5).data_type = "s"  # text, also where it begins as a formula does
    book.save(folder / "bids.xlsx")
