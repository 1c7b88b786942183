"""The outcome of an evaluation as plain text with bids by their ids, for what has no runs."""

from __future__ import annotations

from tender_eval.languages.runs import text_of
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.evaluation.verdict import tied_names, verdict_of

__all__ = ("reasons_why", "tied_names", "winner_line")


def winner_line(evaluation: Evaluation) -> str:
    """``Winner: b``, or who stands where when there is no one winner."""
    return text_of(verdict_of(evaluation).headline, short=True)


def reasons_why(evaluation: Evaluation) -> tuple[str, ...]:
    """Why the award is as it is, one sentence each."""
    return tuple(text_of(sentence, short=True) for sentence in verdict_of(evaluation).because)
