"""Files to records: the one way that schemes and bids come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.base.collector import collection_paused
from tender_eval.base.limits import DEEPEST, LONGEST_NUMBER
from tender_eval.base.prints import kept_out
from tender_eval.files.bids.file import BIDS_FORMAT, BidsFile, check_bids
from tender_eval.files.bids.shares import Asked, check_written
from tender_eval.files.kinds import is_other, right_format
from tender_eval.files.nodes import WithoutColumns, table
from tender_eval.files.readers import Brought, reader_for
from tender_eval.files.schemes.checks import check_scheme
from tender_eval.files.schemes.file import SCHEME_FORMAT, SchemeFile
from tender_eval.files.schemes.regime import take_out_unknown
from tender_eval.files.sound_parts import NO_FAULTY_PARTS, FaultyParts, validate_sound_parts
from tender_eval.files.source import Source, read_source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Given, Items, Location, Table, Text, place
from tender_eval.model.scheme import Scheme

if TYPE_CHECKING:
    from pandas import DataFrame

_SEEMS_MISSING = frozenset(("TE011", "TE056"))
"""What is not told of bids with columns left out: it may stand in one of these."""

NO_READERS: Brought = MappingProxyType({})
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
    return problems.sound(read_scheme(read_source(path), problems))


def load_bids(path: str | Path, readers: Brought = NO_READERS, reader: str = "") -> Bids:
    """A bids file of any known kind as records.

    Args:
        readers: readers of plugins, by what they are called (`Catalogue.readers`); asked before the built-in ones.
        reader: the one of these that is to read it, by its name; without, a file that tender-eval reads itself is read
            by none of them.

    Raises:
        Refused: with every problem of the file.
    """
    problems = Problems()
    return problems.sound(read_bids(replace(read_source(path), reader=reader), readers, problems))


def read_scheme(source: Source, problems: Problems) -> Scheme | None:
    """A scheme with its problems noted; where there are some, what is left without the faulty parts."""
    return read_sound_scheme(source, problems)[0]


def read_sound_scheme(source: Source, problems: Problems) -> tuple[Scheme | None, FaultyParts]:
    """As `read_scheme`, and the faulty parts that were left out."""
    if is_other(SCHEME_FORMAT, source, problems):
        return None, NO_FAULTY_PARTS
    data = parse_yaml(source, problems)
    regime = data.get("regime") if source.recorded and isinstance(data, Table) else None
    unread = take_out_unknown(regime) if isinstance(regime, Table) else ()
    scheme, faulty = _scheme(data, Location(source.name), source.sha256, problems)
    return (replace(scheme, regime=replace(scheme.regime, unread=unread)) if scheme and unread else scheme), faulty


class SoundBids(NamedTuple):
    """Bids, or what is left of them; where their file speaks of the tender; whether every column was read."""

    bids: Bids | None
    tender: frozenset[Location] = frozenset()
    whole: bool = True


def read_bids(source: Source, readers: Brought, problems: Problems) -> Bids | None:
    """Bids with their problems noted; where there are some, what is left without the faulty parts."""
    return read_sound_bids(source, readers, problems).bids


@collection_paused()
def read_sound_bids(source: Source, readers: Brought, problems: Problems, asked: Asked | None = None) -> SoundBids:
    """As `read_bids`, and where a fault is the tender's, or may leave anything out.

    Args:
        asked: what the scheme takes as a mark or as money, by column, where the scheme is known.
    """
    data = _restated(source, readers, problems)
    if data is None:
        return SoundBids(None)
    where, own = Location(source.name), Problems()
    own.extend(problems)  # what is told already is not told again
    check_written(data, asked or {}, own)
    bids = _bids(data, where, source.sha256, own)
    whole = not isinstance(data, WithoutColumns)
    before = frozenset(problems)
    problems.extend(d for d in own if d not in before and (whole or d.code not in _SEEMS_MISSING))
    if bids and source.second_bids:
        bids = replace(bids, second_bids=True)
    return SoundBids(bids, frozenset(_places(data.get("tender"))), whole)


def _restated(source: Source, readers: Brought, problems: Problems) -> Table | None:
    """The file in the shape of a bids file; None where nothing is left of it."""
    where = Location(source.name)
    if is_other(BIDS_FORMAT, source, problems):
        return None
    try:
        with kept_out(f"a reader ({', '.join(readers)})"):
            called, reader = reader_for(source, readers)
            before = len(problems)
            data = reader.read(source, problems) if reader else None
    except Refused:
        raise
    except (Exception, SystemExit) as e:  # whatever a plugin's reader raises is its fault, and is named
        names = ", ".join(readers)
        message = f"a reader ({names or 'built in'}) raised {type(e).__name__}: {e}"
        problems.add("TE045", where, message, "report it to the plugin's author")
        return None
    if reader is None:
        known = sorted({".yaml", ".csv", ".xlsx", ".json", *(s for kind in readers.values() for s in kind.suffixes)})
        problems.add("TE006", where, f"no reader knows {source.name}", f"bids come as {', '.join(known)}")
        return None
    if not isinstance(data, Table | None):
        message = f'the reader "{reader.name}" gave a {type(data).__name__}, not a table'
        problems.add("TE046", where, message, "report it to the plugin's author")
        return None
    if data is None and len(problems) == before:
        right_format(data, BIDS_FORMAT, _top(where), problems)
    if called:
        message = f"{source.name} was read by {called}, not by tender-eval itself"
        problems.tell("TE049", where, message, "see that the bids are those of the file")
    return data


def _places(value: object) -> Iterator[Location]:
    """Where a value and all that it holds stand."""
    if isinstance(value, Table | Text | Items):
        yield value.where
    if isinstance(value, Table):
        yield from (place(key, value.where) for key in value)
    inner = value.values() if isinstance(value, Table) else value if isinstance(value, Items) else ()
    yield from (where for part in inner for where in _places(part))


def scheme_from_data(data: Mapping[str, object], name: str = "scheme") -> Scheme:
    """A scheme from Python data in the shape of a scheme file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return problems.sound(_scheme(locate(data, where, problems), where, "", problems)[0])


@collection_paused()
def bids_from_data(data: Mapping[str, object], name: str = "bids") -> Bids:
    """Bids from Python data in the shape of a bids file. Floats are refused: pass text or Fractions."""
    problems = Problems()
    where = Location(name)
    return problems.sound(_bids(locate(data, where, problems), where, "", problems))


@collection_paused()
def bids_from_frame(frame: DataFrame, name: str = "frame") -> Bids:
    """Bids from a frame of pandas: its columns are headed as those of a table of bids are, a row a bid or a mark.

    The index counts as a column where it has a name. Missing cells say nothing. Whole numbers, ``Decimal``,
    ``Fraction`` and text are exact; a float counts as its shortest decimals where these are at most 15
    digits, as in a workbook, and is refused beyond.

    Args:
        name: what the frame is called in messages, beside the row's label and the column.

    Raises:
        Refused: with every problem of the frame.
    """
    from tender_eval.files.tables.frame import read_frame

    problems = Problems()
    where = Location(name)
    data = read_frame(frame, where, problems)
    return problems.sound(None if data is None else _bids(data, where, "", problems))


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
        case int() if abs(value) >= 10**LONGEST_NUMBER:
            problems.add("TE013", where, f"a whole number of more than {LONGEST_NUMBER} digits", "check it")
            return Text("0", where)
        case str() | int() | Fraction():
            return (Given if isinstance(value, Fraction) else Text)(str(value), where)
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


def _scheme(data: object, where: Location, sha256: str, problems: Problems) -> tuple[Scheme | None, FaultyParts]:
    if not right_format(data, SCHEME_FORMAT, _top(where), problems):
        return None, NO_FAULTY_PARTS
    model, faulty = validate_sound_parts(SchemeFile, data, where, problems, _IN_A_SCHEME, "the scheme")
    scheme = model.record(sha256) if model else None
    if scheme:
        check_scheme(scheme, problems, faulty)
    return scheme, faulty


def _bids(data: object, where: Location, sha256: str, problems: Problems) -> Bids | None:
    if not right_format(data, BIDS_FORMAT, _top(where), problems):
        return None
    model, faulty = validate_sound_parts(BidsFile, data, where, problems, _IN_BIDS, "the bids file")
    bids = model.record(sha256) if model else None
    if bids and isinstance(data, dict):
        check_bids(bids, place(data.get("bids"), where), problems, faulty, place(data.get("tender")))
    return replace(bids, notices=problems.told) if bids else None


def _top(where: Location) -> Location:
    return Location(where.source, 1, 1)
