"""The built-in readers of bids files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.location import Location, Table


class YamlReader(Reader):
    """Bids in YAML, as `tender-eval/bids/1` describes them."""

    name = "yaml"
    suffixes = (".yaml", ".yml")

    def read(self, source: Source, problems: Problems) -> Table | None:
        data = parse_yaml(source, problems)
        if isinstance(data, Table):
            return data
        if not problems:
            message, hint = "the file is not a mapping (key: value)", "begin it with format: tender-eval/bids/1"
            problems.add("TE012", Location(source.name, 1, 1), message, hint)
        return None


SUFFIXES = {
    ".yaml": "readers:YamlReader",
    ".yml": "readers:YamlReader",
    ".csv": "tables.csv_reader:CsvReader",
    ".tsv": "tables.csv_reader:CsvReader",
    ".xlsx": "tables.xlsx_reader:XlsxReader",
    ".xlsm": "tables.xlsx_reader:XlsxReader",  # to say what is wrong with it
    ".ods": "tables.xlsx_reader:XlsxReader",
    ".xls": "tables.xlsx_reader:XlsxReader",
    ".json": "ocds.reader:OcdsReader",
}
"""The built-in readers by the end of a file's name; each is loaded when it is needed."""


Brought = Mapping[str, type[Reader]]
"""The readers of plugins, by what they and their distribution are called."""

BUILT_IN = ""


def reader_for(source: Source, plugins: Brought) -> tuple[str, Reader | None]:
    """The reader of a file and what it is called: that of a plugin which recognises it, else a built-in one.

    Raises:
        Refused: TE049 where several plugins recognise it: whose reading decides an award must not turn on the order
            in which they were installed; where one recognises what tender-eval reads itself, and was not asked for;
            where the one that was asked for is none, or does not recognise it.
    """
    found = [(called, reader) for called, kind in plugins.items() if (reader := kind()).recognises(source)]
    if source.reader:
        return _asked_for(source, plugins, found)
    if len(found) > 1:
        message = f"several plugins read {source.name}: {' and '.join(called for called, _ in found)}"
        hint = "leave out all but one: set TENDER_EVAL_LOAD_PLUGINS to the distributions that you need"
        raise Refused([Diagnostic("TE049", message, Location(source.name), hint)])
    if found and source.suffix in SUFFIXES and not source.recorded:
        called, reader = found[0]
        message = f"{called} recognises {source.name}, which tender-eval reads itself"
        hint = f"say that it is to read it: --reader {reader.name}; or leave the plugin out (TENDER_EVAL_LOAD_PLUGINS)"
        raise Refused([Diagnostic("TE049", message, Location(source.name), hint)])
    if found:
        return found[0]
    if source.suffix not in SUFFIXES:
        return BUILT_IN, None
    module, _, name = SUFFIXES[source.suffix].partition(":")
    return BUILT_IN, getattr(import_module(f"tender_eval.files.{module}"), name)()


def _asked_for(source: Source, plugins: Brought, found: Sequence[tuple[str, Reader]]) -> tuple[str, Reader]:
    """The one that was asked for by its name, of those that recognise a file."""
    asked = source.reader
    named = [(called, reader) for called, reader in found if asked in (reader.name, called)]
    if len(named) == 1:
        return named[0]
    known = sorted({kind.name for kind in plugins.values()})
    if named:
        message = f'several readers are called "{asked}": {" and ".join(called for called, _ in named)}'
        hint = f'name one in full: --reader "{named[0][0]}"'
    elif asked in known or asked in plugins:
        message, hint = (
            f'the reader "{asked}" does not recognise {source.name}',
            "leave --reader out, or name another file",
        )
    else:
        message = f'no plugin brings a reader "{asked}"'
        hint = did_you_mean(asked, known) or (
            f"there are {', '.join(known)}" if known else "install the plugin that does"
        )
    raise Refused([Diagnostic("TE049", message, Location(source.name), hint)])
