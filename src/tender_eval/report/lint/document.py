"""What lint has to say, as a document for those who are to mend the scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tender_eval.documents.model import Block, Document, Listing, heading, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import strong
from tender_eval.lint.run import LintReport, RuleFinding
from tender_eval.report.diagnostics import excerpt_of, lines_of
from tender_eval.report.lint.text import clauses_text, closing, diagnostic_of, silenced

t = catalogue("lint")


def lint_document(linted: Sequence[LintReport], texts: Mapping[str, str], ignored: bool = False) -> Document:
    """The findings of each scheme in the order of its lines; see `tender_eval.report.lint.text.lint_text`."""
    title = t("title", schemes=t.listing([one.source for one in linted]))
    blocks = (*_blocks(linted, texts, ignored), *(paragraph(one, tone="aside") for one in closing(linted)))
    return Document(title, blocks=blocks, language=t.tag)


def _blocks(linted: Sequence[LintReport], texts: Mapping[str, str], ignored: bool) -> Iterator[Block]:
    for one in linted:
        if len(linted) > 1:
            yield heading(one.source)
        lines = lines_of(texts.get(one.source, ""))
        for found in one.findings:
            yield from _finding(found, lines)
        yield from (paragraph(silenced(comment)) for comment in one.ignored if ignored)


def _finding(found: RuleFinding, lines: list[str]) -> Iterator[Block]:
    yield heading(t("finding", code=found.code, name=found.name), 2)
    yield paragraph(strong(t("place", severity=found.severity, where=found.where)), found.message)
    if excerpt := excerpt_of(diagnostic_of(found), lines):
        yield Listing(tuple(excerpt))
    yield paragraph(t("mend", hint=found.hint))
    yield paragraph(t("see", clauses=clauses_text(found)), tone="soft")
