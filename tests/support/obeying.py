"""Mends obeyed word by word: what a diagnostic tells to write is written there, and nothing else.

A mend that none of the patterns fits is an error here, so that no new wording goes untried.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

import yaml
from openpyxl import Workbook

from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic

Data = dict[str, Any]
Rows = list[dict[str, str]]
Added = set[tuple[int, str]]
FILL: Data = {"name": "Alder", "areas": ["north"], "quality": 4, "people": 100}
"""What stands for the three dots, by the last part of the name; any other is 50."""


def filled(name: str) -> Any:
    return FILL.get(name.removesuffix(".agreed").rpartition(".")[2], 50)


# Keys and values: YAML, JSON and OCDS


def as_yaml(data: Data) -> Source:
    parts = json.loads(json.dumps(data))  # each its own: shared ones would be written as aliases
    return Source("bids.yaml", yaml.dump(parts, Dumper=yaml.CSafeDumper, sort_keys=False).encode())


def as_json(data: Data) -> Source:
    return Source("bids.json", json.dumps(data).encode())


def fragment(text: str, as_json: bool) -> Data:
    """The keys and values that a mend shows, with the dots filled in; in a JSON file they must be JSON."""
    text = re.sub(r'("?([\w-]+)"?: )(?:\.\.\.|\[\.\.\.\])', lambda m: m[1] + json.dumps(filled(m[2])), text)
    made: Data = json.loads(f"{{{text}}}") if as_json else yaml.safe_load(f"{{{text}}}")
    return made


def obey_in_keys(data: Data, told: Iterable[Diagnostic]) -> Data:
    """A bids file, or an OCDS release, with every mend obeyed."""
    done, added = copy.deepcopy(data), Added()
    for diagnostic in told:
        _obey_in_keys(done, diagnostic, added)
    return done


def _bid_of(data: Data, diagnostic: Diagnostic) -> Data:
    named = re.search(r'bid "([^"]+)"', diagnostic.message)
    assert named, diagnostic
    bids = data["releases"][0]["bids"]["details"] if "releases" in data else data["bids"]
    found: Data = next(bid for bid in bids if bid["id"] == named[1])
    return found


def _put(into: Data, what: Data, added: Added) -> None:
    """Write keys where there were none; what two mends add under one key is written together."""
    for key, value in what.items():
        if (id(into), key) not in added:
            assert key not in into, f"{key} would stand twice"
            into[key] = copy.deepcopy(value)
            added.add((id(into), key))
        elif isinstance(value, dict):
            missing = {k: v for k, v in value.items() if k not in into[key]}
            into[key] |= missing


def _obey_in_keys(data: Data, diagnostic: Diagnostic, added: Added) -> None:
    hint, as_json = diagnostic.hint, (diagnostic.where is not None and diagnostic.where.source.endswith(".json"))
    if m := re.fullmatch(r"(?:add|give) (.+) (?:to the (bid's \w+|bid|lot|tender|bids file)|(in its place))", hint):
        what = fragment(m[1], as_json)
        if m[2] in ("tender", "bids file"):
            _put(data["tender"] if m[2] == "tender" else data, what, added)
        elif m[2] == "lot":
            lot = re.search(r'lot "([^"]+)"', diagnostic.message)
            assert lot
            _put(next(one for one in data["tender"]["lots"] if one["id"] == lot[1]), what, added)
        elif m[2]:
            bid = _bid_of(data, diagnostic)
            _put(bid if m[2] == "bid" else bid[m[2].removeprefix("bid's ")], what, added)
        else:
            bid = _bid_of(data, diagnostic)
            place = next(part for part in (bid, *bid.get("lots", {}).values()) if "price" in part)
            del place["price"]
            _put(place, what, added)
    elif m := re.fullmatch(r"write (\S+: \.\.\.) below (lots: [\w :,-]+:)(, or below .*)?( instead)?", hint):
        bid, what = _bid_of(data, diagnostic), fragment(m[1], as_json)
        for path in m[2].split(", "):
            into = bid
            for key in re.findall(r"[\w-]+(?=:)", path):
                into = into.setdefault(key, {})
            _put(into, what, added)
        if m[4]:
            _take_out(bid, diagnostic)
    elif m := re.fullmatch(r"put its figures below lots: and ([\w-]+)(?: or [\w-]+)*:", hint):
        bid = _bid_of(data, diagnostic)
        figures = {key: bid.pop(key) for key in ("price", "prices", "marks", "values") if key in bid}
        bid.setdefault("lots", {}).setdefault(m[1], {}).update(figures)
    elif m := re.fullmatch(r"it states (\w+)\.([\w-]+): use one name in bid and scheme", hint):
        wanted = re.search(rf" {m[1]}\.([\w-]+)", diagnostic.message)
        assert wanted
        bid = _bid_of(data, diagnostic)
        for part in (bid, *bid.get("lots", {}).values()):
            if m[2] in part.get(m[1], {}):
                part[m[1]][wanted[1]] = part[m[1]].pop(m[2])
    elif hint.startswith(("remove it", "keep one of the two")):
        _take_out(_bid_of(data, diagnostic), diagnostic)
    elif m := re.fullmatch(r'state it in ("lotValues": .*), with an item for each lot', hint):
        bid = _bid_of(data, diagnostic) if 'bid "' in diagnostic.message else data["releases"][0]["bids"]["details"][0]
        (item,) = fragment(m[1].replace('"relatedLot": ...', '"relatedLot": "?"'), as_json)["lotValues"]
        bid["lotValues"] = [{**copy.deepcopy(item), "relatedLot": lot} for lot in bid["relatedLots"]]
    elif m := re.fullmatch(r'add \{(.*)\} to the "requirementResponses" of the bid', hint):
        _bid_of(data, diagnostic).setdefault("requirementResponses", []).append(fragment(m[1], as_json))
    elif hint.startswith('name its lot in "relatedLots"'):
        _bid_of(data, diagnostic)["relatedLots"] = [data["releases"][0]["tender"]["lots"][0]["id"]]
    else:
        raise AssertionError(f"nobody knows how to obey: {diagnostic} / {hint}")


def _take_out(bid: Data, diagnostic: Diagnostic) -> None:
    """Take out of the bid itself the price that the diagnostic speaks of."""
    name = re.search(r"states (?:its price twice: as )?(price|prices\.([\w-]+))\b", diagnostic.message)
    assert name
    if name[2]:
        del bid["prices"][name[2]]
    else:
        del bid["price"]
    if not bid.get("prices", True):
        del bid["prices"]


# Tables: CSV and workbooks


def rows_of(data: Data) -> Rows:
    """The bids as rows, headings and cells; what is said of the tender stands in the first."""
    about = _flat({"tender": {k: v for k, v in data.get("tender", {}).items() if k != "lots"}})
    for lot in data.get("tender", {}).get("lots", []):
        about |= _flat({"tender": {"lots": {lot["id"]: {k: v for k, v in lot.items() if k != "id"}}}})
    rows = [_flat(bid) for bid in data["bids"]]
    return [{**row, **(about if n == 0 else {})} for n, row in enumerate(rows)]


def _flat(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, part in value.items() for k, v in _flat(part, f"{path}.{key}" if path else key).items()}
    return {path: "; ".join(map(str, value)) if isinstance(value, list) else str(value)}


def headings_of(rows: Rows) -> list[str]:
    return list(dict.fromkeys(heading for row in rows for heading in row))


def as_csv(rows: Rows) -> Source:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, headings_of(rows), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return Source("bids.csv", buffer.getvalue().encode())


def as_workbook(rows: Rows, tender: dict[str, str] | None = None) -> Source:
    book, buffer = Workbook(), io.BytesIO()
    sheet, headings = book.worksheets[0], headings_of(rows)
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    if tender:
        second = book.create_sheet("Tender")
        for pair in tender.items():
            second.append(list(pair))
    book.save(buffer)
    return Source("bids.xlsx", buffer.getvalue())


def obey_in_rows(rows: Rows, told: Iterable[Diagnostic]) -> tuple[Rows, dict[str, str]]:
    """The rows with every mend obeyed, and what goes into the sheet "Tender"."""
    done, tender = copy.deepcopy(rows), dict[str, str]()
    for diagnostic in told:
        _obey_in_rows(done, tender, diagnostic)
    return done, tender


def _obey_in_rows(rows: Rows, tender: dict[str, str], diagnostic: Diagnostic) -> None:
    hint = diagnostic.hint
    named = re.search(r'bid "([^"]+)"', diagnostic.message)
    row = next((row for row in rows if named and row["id"] == named[1]), rows[0])
    if m := re.fullmatch(r'give it in the sheet "Tender" \((\w+) in column A, its value in column B\), or in .*', hint):
        tender[m[1]] = _cell(m[1])
    elif m := re.fullmatch(r"give it in a column headed (\S+), the same in every row", hint):
        for one in rows:
            one[m[1]] = _cell(m[1])
    elif m := re.fullmatch(r"give it in a column headed ([^\s,]+)(, .*)?", hint):
        story = any(heading.startswith(f"{m[1]}.") for heading in headings_of(rows))
        assert not story or ".agreed" in hint
        row[f"{m[1]}.agreed" if story else m[1]] = _cell(m[1])
        if hint.endswith("beside one headed supplier.name"):
            row["supplier.name"] = "Alder"
    elif m := re.fullmatch(r"(?:give the|state it in) columns (?:headed )?(.+) (?:in its place|instead)", hint):
        for heading in m[1].split(", "):
            row[heading] = _cell(heading)
        _take_out_of_row(row, diagnostic)
    elif m := re.fullmatch(r"fill its columns of (lots\.[\w-]+)(?: or lots\.[\w-]+)*", hint):
        for heading in headings_of(rows):
            if heading.startswith(f"{m[1]}."):
                row[heading] = row.pop(heading.removeprefix(f"{m[1]}."), "") or _cell(heading)
    elif m := re.fullmatch(r"it states (\S+): use one name in bid and scheme", hint):
        wanted = re.search(rf" ({m[1].partition('.')[0]}\.[\w-]+)", diagnostic.message)
        assert wanted
        for one in rows:
            for heading in [h for h in one if h == m[1] or h.endswith(f".{m[1]}")]:
                one[heading.replace(m[1], wanted[1])] = one.pop(heading)
    elif hint.startswith(("remove it", "keep one of the two")):
        _take_out_of_row(row, diagnostic)
    else:
        raise AssertionError(f"nobody knows how to obey: {diagnostic} / {hint}")


def _cell(heading: str) -> str:
    value = filled(heading)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _take_out_of_row(row: dict[str, str], diagnostic: Diagnostic) -> None:
    said = re.search(r"(?:states (?:its price twice: as )?|gives one )(prices\.[\w-]+|price)\b", diagnostic.message)
    assert said
    lot = re.search(r'for lot "([^"]+)"', diagnostic.message)
    if row.pop(said[1], "") == "" and lot:
        del row[f"lots.{lot[1]}.{said[1]}"]
