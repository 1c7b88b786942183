"""Who wins a tender or lot and why, as it stands: what every finding is held against."""

from __future__ import annotations

import re
from html import unescape

from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Run, Runs, name, runs
from tender_eval.report.fairness.view import View
from tender_eval.report.sentences import reasons_why, winner_line

_NAMES = re.compile(r"<bdi>(.*?)</bdi>")


def outcome(view: View, plan: Plan) -> tuple[str, Runs, tuple[Runs, ...]]:
    """How it came out in a word, who wins, and why."""
    evaluation = view.stressed.evaluation
    if view.brief:
        return "", runs(winner_line(evaluation)), tuple(map(runs, reasons_why(evaluation)))
    from tender_eval.report.page.numbers import Numbers
    from tender_eval.report.page.verdict import verdict_of

    report = catalogue("report")
    found = verdict_of(evaluation, plan, Numbers(evaluation, view.names.currency, report), report)
    return found.kind, _read(found.headline), tuple(map(_read, found.because))


def _read(markup: str) -> Runs:
    """The runs of a text in which names stand in ``bdi``."""
    parts = _NAMES.split(str(markup))
    return tuple(name(unescape(text)) if n % 2 else Run(unescape(text)) for n, text in enumerate(parts) if text)
