"""The same bids in every kind of file: YAML, CSV, XLSX, and the workbook that a scheme's template is."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from filled import Filled
from inline import CATALOGUE, leaf, scheme

from tender_eval import compile_scheme, load_bids, scheme_from_data
from tender_eval.model.bids import Bids
from tender_eval.report.template.workbook import template_workbook

Data = dict[str, Any]
TEXTS = ["Report of 2025", "a; b", "=1+1", "Zoë's", 'said "so", twice']


def _money(rnd: random.Random) -> float:
    return rnd.randrange(10**8) / 100


def _marks(rnd: random.Random) -> Data:
    people = {who: rnd.randrange(6) for who in ("ann", "bob") if rnd.random() < 0.7}
    mark = {"agreed": rnd.randrange(6), **({"individual": people} if people else {})}
    return {"care": {**mark, "reason": rnd.choice(TEXTS)}}


def _offer(rnd: random.Random) -> Data:
    """What a bid says of the whole tender, or of one lot."""
    start = datetime.date(2026, 1, 1) + datetime.timedelta(rnd.randrange(9999))
    return {
        "prices": {"yearly": _money(rnd), "once": _money(rnd)},
        "values": {"reach": rnd.randrange(999), "start": start, "lead": rnd.choice(["6 weeks", "42 days", "1 day"])},
        "benefits": {"own": {"amount": _money(rnd), "source": rnd.choice(TEXTS)}},
        "costs": {"staff": _money(rnd), "rent": _money(rnd)},
    }


def _bid(rnd: random.Random, n: int, lots: tuple[str, ...]) -> Data:
    facts = {"name": f"Supplier {n}", "annual_income": _money(rnd), "legal_form": rnd.choice(["charity", "company"])}
    found: Data = {"id": f"b{n}", "supplier": {**facts, "size": rnd.choice(["micro", "large"])}}
    found["declarations"] = {"insured": rnd.random() < 0.5}
    if lots:
        found["lots"] = {
            lot: _offer(rnd) | {"marks": _marks(rnd)} for lot in rnd.sample(lots, rnd.randint(1, len(lots)))
        }
    else:
        found |= _offer(rnd) | {"marks": _marks(rnd)}
    if members := rnd.randrange(3):
        listed = [
            {"name": f"Member {k}", "role": "subcontractor", "share": f"{10 * k}%", "confirmed": rnd.random() < 0.5,
             "annual_income": _money(rnd)}
            for k in range(1, members + 1)
        ]  # fmt: skip
        found["consortium"] = {"members": listed}
    return found


def _tender(seed: int) -> Data:
    """A tender with its bids as a bids file holds them, of one lot or of two."""
    rnd = random.Random(seed)
    lots: tuple[str, ...] = rnd.choice([(), ("north", "south")])
    tender: Data = {"id": "T-1", "annual_value": _money(rnd)}
    if lots:
        tender["lots"] = [{"id": lot, "title": f"The {lot}", "annual_value": _money(rnd)} for lot in lots]
    bids = [_bid(rnd, n, lots) for n in range(rnd.randint(1, 4))]
    stated = {lot for bid in bids for lot in bid.get("lots", ())}
    tender |= {"lots": [lot for lot in tender["lots"] if lot["id"] in stated]} if lots else {}
    return {"format": "tender-eval/bids/1", "tender": tender, "bids": bids}


def _flat(data: object, before: str = "") -> dict[str, object]:
    """Values under the headings of a table; members of a consortium by number."""
    if isinstance(data, list):
        data = dict(enumerate(data, 1))
    if not isinstance(data, dict):
        return {before: data}
    joined = ((f"{before}.{key}" if before else str(key), value) for key, value in data.items())
    return {heading: cell for name, value in joined for heading, cell in _flat(value, name).items()}


def _table(file: Data) -> tuple[list[str], list[list[object]]]:
    tender = file["tender"]
    lots = {lot["id"]: {key: lot[key] for key in lot if key != "id"} for lot in tender.get("lots", ())}
    told = _flat({"tender": {key: tender[key] for key in tender if key != "lots"} | ({"lots": lots} if lots else {})})
    rows = [_flat(bid) | told for bid in file["bids"]]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return heads, [[row.get(head) for head in heads] for row in rows]


def _written(folder: Path, file: Data) -> None:
    """The file in YAML, CSV and XLSX."""
    (folder / "bids.yaml").write_text(yaml.safe_dump(file, allow_unicode=True, sort_keys=False), encoding="utf-8")
    heads, rows = _table(file)
    cells = [heads, *([_typed(cell) for cell in row] for row in rows)]
    lines = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in cells]
    (folder / "bids.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bids"
    sheet.append(heads)
    for n, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(n, column)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"  # text, also where it begins as a formula does
    book.save(folder / "bids.xlsx")


def _typed(cell: object) -> object:
    """A value as somebody types it into a table."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell


def asks(lots: bool) -> Data:
    """A scheme that asks for all that these bids state."""
    conditions = [
        {"id": "insured", "title": "Insured", "reads": "declarations.insured", "must_be": True},
        {"id": "form", "title": "Form", "reads": "supplier.legal_form", "one_of": ["charity"]},
        {"id": "start", "title": "Start", "reads": "values.start", "at_most": 0},
        {"id": "lead", "title": "Lead", "reads": "values.lead", "at_most": 30},
        {"id": "size", "title": "Size", "reads": "supplier.size", "one_of": ["micro"]},
        {"id": "means", "title": "Means", "reads": "supplier.annual_income", "at_least": "50% of annual_value",
         "pooled": True},
    ]  # fmt: skip
    return scheme(
        leaf("care", 40, {"name": "mark", "out_of": 5}),
        leaf("reach", 20, {"name": "formula", "expression": "values.reach / 1000"}),
        leaf("price", 40, "ratio_to_lowest"),
        conditions=conditions,
        dates={"start": "2026-06-01"},
        durations=["lead"],
        benefits=[{"id": "own", "title": "Own"}],
        full_cost={"costs": {"staff": "per_year", "rent": "once"}},
        price={"components": {"yearly": "per_year", "once": "once"}, "years": 3},
        award={"on_rejection": "recompute", **({"lots": {"mechanism": "lot_order"}} if lots else {})},
    )


TEMPLATES = {
    lots: template_workbook(compile_scheme(scheme_from_data(asks(lots)), CATALOGUE).plan) for lots in (False, True)
}


def _plain(bids: Bids) -> object:
    """All that was read, but where it stands."""
    return bids.tender, [(bid, bid.contact) for bid in bids.bids]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_every_kind_of_file_gives_the_same_bids(tmp_path: Path, seed: int) -> None:
    folder, file = tmp_path, _tender(seed)
    _written(folder, file)
    stated = load_bids(folder / "bids.yaml")
    assert len(stated.bids) == len(file["bids"])
    for kind in ("csv", "xlsx"):
        assert _plain(load_bids(folder / f"bids.{kind}")) == _plain(stated), kind
    filled = Filled(TEMPLATES[bool(stated.tender.lots)], stated)
    assert _plain(filled.read(folder)) == _plain(stated), "template"
