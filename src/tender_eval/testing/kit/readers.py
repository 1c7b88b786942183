"""The test kit for readers: what one promises of the files that it reads, and of those that are none of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tender_eval.files.load import read_bids
from tender_eval.files.reader import Reader
from tender_eval.files.readers import SUFFIXES
from tender_eval.files.source import Source, read_source
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Items, Table, Text
from tender_eval.testing.kit.checks import Check, made, watched

CUTS = 24
"""At how many places a file is cut short, and in how many a byte is changed, to see how the reader takes it."""

OTHERS = (
    b"",
    b"\x00",
    b"{}",
    b"format: tender-eval/bids/1\nbids: [{id: a, price: 1}]\n",
    b"id,price\na,1\n",
    b"\xff\xfe",
)
"""Contents of files that are no reader's own."""


def checks(reader: type[Reader], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a reader, one check each.

    Args:
        files: that it must read.
    """
    tried = _Tried(reader, files)
    promises = [
        tried.is_given_files, tried.recognises_its_files, tried.leaves_other_files_alone, tried.gives_sound_bids,
        tried.says_where_everything_stands, tried.reads_the_same_again, tried.tells_what_is_wrong_with_broken_files,
        tried.does_nothing_else,
    ]  # fmt: skip
    return made(reader, *promises)


def answers(reader: type[Reader]) -> list[str]:
    """Whether it recognises files that are none of its own, and those that end as its own do."""
    item = reader()
    suffixes = (*item.suffixes, *SUFFIXES)
    return [f"{item.recognises(Source(f'x{s}', data))} for {data!r} in x{s}" for s in suffixes for data in OTHERS]


class _Tried:
    """A reader under test."""

    def __init__(self, reader: type[Reader], files: tuple[Path, ...]) -> None:
        self.kind, self.files = reader, files

    def sources(self) -> Iterator[Source]:
        """The files that it must read."""
        assert self.files, "nothing is tried without a file: parametrize_with_checks(Reader, files=[...])"
        yield from map(read_source, self.files)

    def is_given_files(self) -> None:
        """The kit is given files that it must read."""
        assert list(self.sources())

    def recognises_its_files(self) -> None:
        """It recognises each of its files."""
        for source in self.sources():
            found = self.kind().recognises(source)
            assert found is True, f"gives {found!r} where it is asked whether it reads {source.name}"

    def leaves_other_files_alone(self) -> None:
        """It takes no file that tender-eval reads itself, by the end of its name alone."""
        for suffix in SUFFIXES:
            for data in OTHERS:
                assert not self.kind().recognises(Source(f"bids{suffix}", data)), (
                    f"would read a {suffix} that holds {data!r}, which is none of its own"
                )

    def gives_sound_bids(self) -> None:
        """What it gives of each file is sound bids."""
        for source in self.sources():
            problems = Problems()
            bids = read_bids(source, {self.kind.name: self.kind}, problems)
            problems.refuse()
            assert bids is not None, f"gives nothing of {source.name}, and says no reason"
            assert bids.bids, f"gives no bid of {source.name}"

    def says_where_everything_stands(self) -> None:
        """Every value that it gives has its place in the file."""
        for source in self.sources():
            lines = source.data.count(b"\n") + 1
            for value in _values(self.kind().read(source, Problems())):
                assert isinstance(value, Text | Table | Items), f"gives {value!r} of {source.name}, which has no place"
                assert value.where.source == source.name, (
                    f"places {value!r} in {value.where.source}, not in {source.name}"
                )
                line = value.where.line
                assert line <= lines or b"\x00" in source.data, f"places {value!r} in line {line} of {lines}"

    def reads_the_same_again(self) -> None:
        """The same file comes to the same each time."""
        for source in self.sources():
            first, again = (self.kind().read(source, Problems()) for _ in range(2))
            assert first == again, f"reads {source.name} otherwise when it is asked once more"

    def tells_what_is_wrong_with_broken_files(self) -> None:
        """Of a file that is cut short or changed it gives bids or says what is wrong, and raises nothing."""
        for source in self.sources():
            for data in _broken(source.data):
                problems, broken = Problems(), Source(source.name, data)
                try:
                    found = self.kind().read(broken, problems)
                except Refused:
                    continue  # that says what is wrong as well
                except Exception as e:
                    raise AssertionError(
                        f"raises {type(e).__name__}: {e} where {source.name} is broken: note it with problems.add"
                    ) from e
                assert found is None or isinstance(found, Table), f"gives a {type(found).__name__}, not a table"
                assert found is not None or list(problems), (
                    f"gives nothing where {source.name} is broken, and says no reason: note it with problems.add"
                )

    def does_nothing_else(self) -> None:
        """It touches no other file, no network, clock, chance or environment, and prints nothing."""
        for source in self.sources():
            watched(self.kind, partial(self.kind().read, source, Problems()))


def _broken(data: bytes) -> Iterator[bytes]:
    for n in range(CUTS):
        at = len(data) * n // CUTS
        yield data[:at]
        yield data[:at] + b"\xff" + data[at + 1 :]


def _values(value: object) -> Iterator[object]:
    if value is None:
        return
    yield value
    for inner in value.values() if isinstance(value, Table) else value if isinstance(value, Items) else ():
        yield from _values(inner)
