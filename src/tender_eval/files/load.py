"""Files to records: the one way that schemes and bids come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from tender_eval.files.bids_file import BIDS_FORMAT, BidsFile, check_bids
from tender_eval.files.reader import Reader
from tender_eval.files.readers import reader_for
from tender_eval.files.scheme_checks import check_scheme
from tender_eval.files.scheme_file import SCHEME_FORMAT, SchemeFile
from tender_eval.files.source import Source, read_source
from tender_eval.files.validate import validate
from tender_eval.files.yaml_text import parse_yaml
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text, place
from tender_eval.model.scheme import Scheme

Kind = TypeVar("Kind", Scheme, Bids)


def load_scheme(path: str | Path) -> Scheme:
    """A scheme file as a record.

    Raises:
        Refused: with every problem of the file.
    """
    problems = Problems()
    return _sound(read_scheme(read_source(path), problems), problems)


def load_bids(path: str | Path, readers: Sequence[type[Reader]] = ()) -> Bids:
    """A bids file of any known kind as records.

    Args:
        readers: readers of plugins, asked before the built-in ones.

    Raises:
        Refused: with every problem of the file.
    """
    problems = Problems()
    return _sound(read_bids(read_source(path), readers, problems), problems)


def read_scheme(source: Source, problems: Problems) -> Scheme | None:
    """A scheme with its problems noted; where there are some, what is left without the faulty parts."""
    data = parse_yaml(source, problems)
    return _scheme(data, Location(source.name), source.sha256, problems)


def read_bids(source: Source, readers: Sequence[type[Reader]], problems: Problems) -> Bids | None:
    """Bids with their problems noted; where there are some, what is left without the faulty parts."""
    where = Location(source.name)
    reader = reader_for(source, readers)
    if reader is None:
        known = sorted({".yaml", ".csv", ".xlsx", ".json", *(s for kind in readers for s in kind.suffixes)})
        problems.add("TE006", where, f"no reader knows {source.name}", f"bids come as {', '.join(known)}")
        return None
    before = len(problems)
    data = reader.read(source, problems)
    if data is None and len(problems) > before:
        return None
    return _bids(data, where, source.sha256, problems)


def scheme_from_data(data: Mapping[str, object], name: str = "scheme") -> Scheme:
    """A scheme from Python data in the shape of a scheme file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return _sound(_scheme(locate(data, where, problems), where, "", problems), problems)


def bids_from_data(data: Mapping[str, object], name: str = "bids") -> Bids:
    """Bids from Python data in the shape of a bids file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return _sound(_bids(locate(data, where, problems), where, "", problems), problems)


def locate(value: object, where: Location, problems: Problems) -> object:
    """Python data as located values, all at one place."""
    match value:
        case None:
            return None
        case bool():
            return Text(str(value).lower(), where, plain=True)
        case str() | int() | Fraction():
            return Text(str(value), where)
        case Mapping():
            table = Table(where)
            table.update((Text(str(k), where), locate(v, where, problems)) for k, v in value.items())
            return table
        case list() | tuple():
            items = Items(where)
            items.extend(locate(v, where, problems) for v in value)
            return items
        case float():
            message = f"{value!r} is a float: what it stands for is not exact"
            problems.add("TE013", where, message, "pass text such as '0.1', a whole number or a Fraction")
            return Text("0", where)
        case _:
            problems.add("TE012", where, f"{type(value).__name__} is not a value of a file")
            return None


def _scheme(data: object, where: Location, sha256: str, problems: Problems) -> Scheme | None:
    if not _right_format(data, SCHEME_FORMAT, where, problems):
        return None
    model = validate(SchemeFile, data, where, problems, partial=True)
    scheme = model.record(sha256) if model else None
    if scheme:
        check_scheme(scheme, problems)
    return scheme


def _bids(data: object, where: Location, sha256: str, problems: Problems) -> Bids | None:
    if not _right_format(data, BIDS_FORMAT, where, problems):
        return None
    model = validate(BidsFile, data, where, problems, partial=True)
    bids = model.record(sha256) if model else None
    if bids:
        check_bids(bids, where, problems)
    return bids


def _sound(found: Kind | None, problems: Problems) -> Kind:
    problems.refuse()
    if found is None:
        raise AssertionError("a file without problems has a record")
    return found


def _right_format(data: object, expected: str, where: Location, problems: Problems) -> bool:
    if data is None and problems:
        return False
    found = data.get("format") if isinstance(data, dict) else None
    if found != expected:
        at = place(found, Location(where.source, 1, 1))
        message = f'the format is "{found}"' if found is not None else "the format line is missing"
        problems.add("TE005", at, message, f"write format: {expected}")
    return found == expected
