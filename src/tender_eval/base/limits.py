"""How large an input may be: every limit of a file, in one place. `docs/limits.md` is generated from it.

What is larger is refused while it is read, so that no file takes more than its share of time and memory.
"""

from __future__ import annotations

from typing import NamedTuple

LARGEST = 32 * 1024 * 1024
DEEPEST = 40
LONGEST_KEY = 1024
MOST_ENTRIES = 2_000_000
LONGEST_NUMBER = 60

MOST_COLUMNS = 200
MOST_ROWS = 100_000
MOST_CELLS = 500_000
LONGEST_CELL = 32_767

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 10_000
HIGHEST_RATIO = 300
RATIO_MATTERS_FROM = 10 * 1024 * 1024
DEEPEST_PART = 64
LONGEST_TOKEN = 1024 * 1024
LONGEST_TEXTS = 64 * 1024 * 1024
MOST_STYLES = 65_536
LONGEST_FORMAT = 255
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Limit(NamedTuple):
    """A limit as it is documented: of which files, of what, how many, and why that many."""

    of: str
    what: str
    most: str
    why: str = ""


def _mib(size: int) -> str:
    return f"{size // 1024**2} MiB"


LIMITS = (
    Limit("every file", "size", _mib(LARGEST)),
    Limit("every file", "a figure", f"{LONGEST_NUMBER} characters", "a longer one is a mistake or an attack"),
    Limit("YAML and JSON", "mappings and lists within each other", str(DEEPEST)),
    Limit("YAML and JSON", "a key", f"{LONGEST_KEY:,} characters", "YAML 1.1, section 9.2.1 (simple keys)"),
    Limit("YAML and JSON", "keys and items in one file", f"{MOST_ENTRIES:,}"),
    Limit("CSV and XLSX", "columns", str(MOST_COLUMNS)),
    Limit("CSV and XLSX", "rows", f"{MOST_ROWS:,}"),
    Limit("CSV and XLSX", "cells, empty ones included where the file holds them", f"{MOST_CELLS:,}"),
    Limit("CSV and XLSX", "the text of a cell", f"{LONGEST_CELL:,} characters", "what a cell of Excel holds"),
    Limit("XLSX", "all parts together, unpacked", _mib(LARGEST_UNPACKED)),
    Limit("XLSX", "parts", f"{MOST_PARTS:,}"),
    Limit(
        "XLSX",
        "unpacked size to packed size",
        f"{HIGHEST_RATIO} to 1",
        f"from {_mib(RATIO_MATTERS_FROM)}; sheets of repeated rows reach some 60",
    ),
    Limit("XLSX", "elements within each other", str(DEEPEST_PART)),
    Limit("XLSX", "one tag, comment or the like", _mib(LONGEST_TOKEN), "twice that where it ends unread"),
    Limit("XLSX", "texts that the sheets share, together", f"{LONGEST_TEXTS // 1024**2} Mi characters"),
    Limit("XLSX", "styles of cells, and number formats", f"{MOST_STYLES:,}"),
    Limit("XLSX", "a number format", f"{LONGEST_FORMAT} characters", "Excel takes no longer one"),
    Limit("XLSX", "the number of a row", f"{LAST_ROW:,}", "the last one of a sheet"),
    Limit("XLSX", "the number of a column", f"{LAST_COLUMN:,}", "the last one of a sheet"),
)
