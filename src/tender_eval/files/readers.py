"""The built-in readers of bids files."""

from __future__ import annotations

from tender_eval.files.csv_reader import CsvReader
from tender_eval.files.ocds_reader import OcdsReader
from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.xlsx_reader import XlsxReader
from tender_eval.files.yaml_text import parse_yaml
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
            problems.add("TE012", Location(source.name, 1, 1), "the file is not a mapping", "begin it with format:")
        return None


def built_in_readers() -> tuple[type[Reader], ...]:
    """Every reader that tender-eval brings, in the order in which they are asked."""
    return (YamlReader, CsvReader, XlsxReader, OcdsReader)
