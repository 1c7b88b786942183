"""What was checked of a record, and the verdicts on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tender_eval.audit.checks import FAILED, HELD, Check
from tender_eval.audit.verify import Verification
from tender_eval.documents.model import Cell, Document, Table, Tone, items, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, json_text
from tender_eval.languages.runs import runs
from tender_eval.report.record.head import head_text
from tender_eval.report.terms.heads import heads

t = catalogue("record")
_TONES: Mapping[str, Tone] = {HELD: "won", FAILED: "bad"}
_VERDICTS = {True: "yes", False: "no", None: "unknown"}


def verification_text(name: str, found: Verification) -> str:
    """What was checked, a line each, and what it comes to."""
    lines = [*lines_of(found.checks), head_text(found.entries, found.head, name), *_sentences(found)]
    return "".join(f"{inert(line)}\n" for line in lines)


def verification_document(name: str, found: Verification) -> Document:
    """The three verdicts, then what was checked."""
    verdicts = items(_sentences(found), tone="lead")
    head = head_text(found.entries, found.head, name)
    return Document(t("verified.title", name=name), head, (verdicts, checks_table(found.checks)), t.tag)


def lines_of(checks: Sequence[Check]) -> list[str]:
    """What was checked, a line each."""
    return [f"{check.outcome:<11}  {check.name}: {check.words}" for check in checks]


def checks_table(checks: Sequence[Check]) -> Table:
    """What was checked, a row each."""
    rows = [
        (Cell(runs(check.outcome), tone=_TONES.get(check.outcome, "")), check.name, check.words) for check in checks
    ]
    return table(t("checks.caption"), heads(t, "checks", "outcome name words"), rows, widths=(12, 24, 64))


def _sentences(found: Verification) -> list[str]:
    return [t(f"verified.{name} {_VERDICTS[verdict]}") for name, verdict in _verdicts(found).items()]


def verification_json(found: Verification) -> str:
    """The same as data."""
    fault = found.fault
    data = {
        "format": "tender-eval/verification/2",
        **_verdicts(found),
        "entries": str(found.entries),
        "head": found.head,
        "checks": [
            {"name": c.name, "outcome": c.outcome, "verdict": c.verdict, "words": c.words} for c in found.checks
        ],
        "fault": fault and {"n": str(fault.number), "field": fault.field, "message": fault.message},
    }
    return json_text(data)


def _verdicts(found: Verification) -> dict[str, bool | None]:
    return {"consistent": found.consistent, "anchored": found.anchored, "approved": found.approved}
