"""The built-in readers of bids files."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Problems
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
    ".xls": "tables.xlsx_reader:XlsxReader",
    ".json": "ocds.reader:OcdsReader",
}
"""The built-in readers by the end of a file's name; each is loaded when it is needed."""


def reader_for(source: Source, plugins: Sequence[type[Reader]]) -> Reader | None:
    """The reader of a file: the first of the plugins' that recognises it, else a built-in one."""
    chosen = next((found for kind in plugins if (found := kind()).recognises(source)), None)
    if chosen is None and source.suffix in SUFFIXES:
        module, _, name = SUFFIXES[source.suffix].partition(":")
        chosen = getattr(import_module(f"tender_eval.files.{module}"), name)()
    return chosen
