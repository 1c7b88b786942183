"""Files to records: the one way that schemes and bids come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from tender_eval.files.bids_file import BIDS_FORMAT, BidsFile, check_bids
from tender_eval.files.fields import kind
from tender_eval.files.nodes import table
from tender_eval.files.numbers import LONGEST
from tender_eval.files.partly import SOUND, Marred, validate_partly
from tender_eval.files.reader import Reader
from tender_eval.files.readers import reader_for
from tender_eval.files.scheme_checks import check_scheme
from tender_eval.files.scheme_file import SCHEME_FORMAT, SchemeFile
from tender_eval.files.source import Source, read_source
from tender_eval.files.yaml_text import DEEPEST, parse_yaml
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Items, Location, Table, Text, place
from tender_eval.model.scheme import Scheme

Kind = TypeVar("Kind", Scheme, Bids)

_BUILT_IN = Location("(stand-in)")
_IN_A_SCHEME: Mapping[str, object] = {
    "id": Text("unnamed", _BUILT_IN),
    "title": Text("untitled", _BUILT_IN),
    "award": table(_BUILT_IN, rule=Text("lowest_price", _BUILT_IN)),
}
_IN_BIDS: Mapping[str, object] = {"bids": Items(_BUILT_IN)}


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
    return read_scheme_partly(source, problems)[0]


def read_scheme_partly(source: Source, problems: Problems) -> tuple[Scheme | None, Marred]:
    """As `read_scheme`, and what the faulty parts that were left out have marred."""
    data = parse_yaml(source, problems)
    return _scheme(data, Location(source.name), source.sha256, problems)


def read_bids(source: Source, readers: Sequence[type[Reader]], problems: Problems) -> Bids | None:
    """Bids with their problems noted; where there are some, what is left without the faulty parts."""
    where = Location(source.name)
    try:
        reader = reader_for(source, readers)
        before = len(problems)
        data = reader.read(source, problems) if reader else None
    except Refused:
        raise
    except Exception as e:  # whatever a plugin's reader raises is its fault, and is named
        names = ", ".join(kind.name for kind in readers)
        message = f"a reader ({names or 'built in'}) raised {type(e).__name__}: {e}"
        problems.add("TE045", where, message, "report it to the plugin's author")
        return None
    if reader is None:
        known = sorted({".yaml", ".csv", ".xlsx", ".json", *(s for kind in readers for s in kind.suffixes)})
        problems.add("TE006", where, f"no reader knows {source.name}", f"bids come as {', '.join(known)}")
        return None
    if not isinstance(data, Table | None):
        message = f'the reader "{reader.name}" gave a {type(data).__name__}, not a table'
        problems.add("TE046", where, message, "report it to the plugin's author")
        return None
    if data is None and len(problems) > before:
        return None
    return _bids(data, where, source.sha256, problems)


def scheme_from_data(data: Mapping[str, object], name: str = "scheme") -> Scheme:
    """A scheme from Python data in the shape of a scheme file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return _sound(_scheme(locate(data, where, problems), where, "", problems)[0], problems)


def bids_from_data(data: Mapping[str, object], name: str = "bids") -> Bids:
    """Bids from Python data in the shape of a bids file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return _sound(_bids(locate(data, where, problems), where, "", problems), problems)


def locate(value: object, where: Location, problems: Problems, depth: int = 0) -> object:
    """Python data as located values, all at one place."""
    if depth > DEEPEST:
        problems.add("TE004", where, f"nested deeper than {DEEPEST} levels", "flatten it")
        return None
    match value:
        case None:
            return None
        case bool():
            return Text(str(value).lower(), where, plain=True)
        case int() if abs(value) >= 10**LONGEST:
            problems.add("TE013", where, f"a whole number of more than {LONGEST} digits", "check it")
            return Text("0", where)
        case str() | int() | Fraction():
            return Text(str(value), where)
        case Mapping():
            table = Table(where)
            for k, v in value.items():
                if v is None:  # Python's way to say nothing
                    continue
                if str(k) in table:
                    problems.add("TE007", where, f'two keys read "{k}"', "keep one of the two")
                table[Text(str(k), where)] = locate(v, where, problems, depth + 1)
            return table
        case list() | tuple():
            items = Items(where)
            items.extend(locate(v, where, problems, depth + 1) for v in value)
            return items
        case float():
            message = f"{value!r} is a float: what it stands for is not exact"
            problems.add("TE013", where, message, "pass text such as '0.1', a whole number or a Fraction")
            return Text("0", where)
        case _:
            problems.add("TE012", where, f"{type(value).__name__} is not a value of a file")
            return None


def _scheme(data: object, where: Location, sha256: str, problems: Problems) -> tuple[Scheme | None, Marred]:
    if not _right_format(data, SCHEME_FORMAT, where, problems):
        return None, SOUND
    model, marred = validate_partly(SchemeFile, data, where, problems, _IN_A_SCHEME, "the scheme")
    scheme = model.record(sha256) if model else None
    if scheme:
        check_scheme(scheme, problems, marred)
    return scheme, marred


def _bids(data: object, where: Location, sha256: str, problems: Problems) -> Bids | None:
    if not _right_format(data, BIDS_FORMAT, where, problems):
        return None
    model, marred = validate_partly(BidsFile, data, where, problems, _IN_BIDS, "the bids file")
    bids = model.record(sha256) if model else None
    if bids and isinstance(data, dict):
        check_bids(bids, place(data.get("bids"), where), problems, marred, place(data.get("tender")))
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
    if found == expected:
        return True
    at = place(found, Location(where.source, 1, 1))
    message = f'the format is {kind(found)}, not "{expected}"' if found is not None else "the format line is missing"
    hint = f"write format: {expected}"
    if found in (SCHEME_FORMAT, BIDS_FORMAT):
        is_one, wanted = ("a scheme", "bids") if found == SCHEME_FORMAT else ("a bids file", "a scheme")
        message, hint = f"this is {is_one}, where {wanted} should be", "name the scheme first, then the bids"
    elif str(found).startswith(expected.rpartition("/")[0]):
        hint += ", or install the version of tender-eval that reads the other"
    problems.add("TE005", at, message, hint)
    return False
