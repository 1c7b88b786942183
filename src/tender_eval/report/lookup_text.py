"""What can be looked up: lists as tables, and one scorer or award rule in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabulate import tabulate

from tender_eval.languages.inert import inert

LONGEST_CELL = 46


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what may be written, and what holds when nothing is."""

    name: str
    kind: str
    default: str  # or "required"
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A scorer or award rule as it is looked up; ``facts`` are lines such as its traits."""

    name: str
    origin: str
    facts: tuple[str, ...]
    about: str
    parameters: tuple[Parameter, ...]
    examples: tuple[str, ...]


def list_text(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A list as a table."""
    cells = [[inert(cell) for cell in row] for row in rows]
    return tabulate(cells, heads, tablefmt="simple", disable_numparse=True) + "\n"


def entry_text(entry: Entry) -> str:
    """One scorer or award rule: what it does, its source, its parameters and how it is written."""
    told = [f"{entry.name} ({entry.origin})", *entry.facts, "", *map(inert, entry.about.splitlines()), ""]
    if entry.parameters:
        rows = [(p.name, p.kind, p.default, inert(p.description)) for p in entry.parameters]
        heads = ("parameter", "type", "default", "description")
        told += [
            tabulate(
                rows,
                heads,
                tablefmt="simple",
                disable_numparse=True,
                maxcolwidths=[None, LONGEST_CELL // 2, None, LONGEST_CELL],
            ),
            "",
        ]
    else:
        told += ["It has no parameters.", ""]
    told.append("In a scheme")
    for example in entry.examples:
        told += [f"  {line}" for line in example.splitlines()]
    return "\n".join(told) + "\n"
