"""One tender or lot as it is told: what was found, how things are named, and how much room there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.documents.model import Block, Cell, Heading, Table, heading, paragraph, table
from tender_eval.fairness.findings.analysis import LotAnalysis
from tender_eval.fairness.findings.results import Findings
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.runs import Inline
from tender_eval.report.fairness.names import Names

NONE = "-"
MOST_ROWS = 12  # of a table where there is little room


@dataclass(frozen=True, slots=True)
class LotReport:
    """What a room needs to tell its part.

    Attributes:
        total: all points of the scheme.
        anchor: of the lot, before those of its sections.
        level: of the headings of sections.
        brief: tables alone: no headings, no charts, nothing that is as wide as there are bids.
        folded: its sections stand folded, out of the list of contents; what is true of all lots is said once.
    """

    lot_analysis: LotAnalysis
    names: Names
    total: Fraction
    anchor: str = ""
    level: int = 1
    brief: bool = False
    folded: bool = False

    @property
    def findings(self) -> Findings:
        return self.lot_analysis.findings

    @property
    def messages(self) -> Catalogue:
        return self.names.messages

    def opening(self, name: str, lead: Inline = "") -> Iterator[Block]:
        """The heading of a section, and what is to be known before its figures."""
        if not self.brief:
            yield self.heading(name)
            yield from self.lead(lead)

    def heading(self, name: str) -> Heading:
        """The heading of a section; of one that is folded without an anchor, so that it is not listed."""
        anchor = "" if self.folded else f"{self.anchor}-{name}"
        return heading(self.messages(f"{name}.heading"), self.level, anchor)

    def lead(self, lead: Inline) -> Iterator[Block]:
        """A paragraph on a page."""
        if lead and not self.brief:
            yield paragraph(lead)

    def table(
        self,
        name: str,
        keys: Sequence[str],
        rows: Sequence[Sequence[Inline | Cell]],
        numbers: Iterable[int],
        more: Sequence[str] = (),
        notes: Iterable[Inline] = (),
    ) -> Iterator[Table]:
        """A table, or none where it has no rows; ``more`` are heads after those of the catalogue."""
        if rows:
            heads = [*map(self.messages, keys), *more]
            yield table(self.messages(f"{name}.caption"), heads, rows, numbers, brief=MOST_ROWS, notes=notes)
