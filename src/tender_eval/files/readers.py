"""The built-in readers of bids files."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
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
            in which they were installed.
    """
    found = [(called, reader) for called, kind in plugins.items() if (reader := kind()).recognises(source)]
    if len(found) > 1:
        message = f"several plugins read {source.name}: {' and '.join(called for called, _ in found)}"
        hint = "leave out all but one: set TENDER_EVAL_LOAD_PLUGINS to the distributions that you need"
        raise Refused([Diagnostic("TE049", message, Location(source.name), hint)])
    if found:
        return found[0]
    if source.suffix not in SUFFIXES:
        return BUILT_IN, None
    module, _, name = SUFFIXES[source.suffix].partition(":")
    return BUILT_IN, getattr(import_module(f"tender_eval.files.{module}"), name)()
