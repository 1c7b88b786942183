"""The outcome of an evaluation in plain sentences, with bids by their ids."""

from tender_eval.languages.runs import text_of
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.evaluation.verdict import verdict_of


def winner_line(evaluation: Evaluation) -> str:
    """``Winner: b``, or who stands where when there is no one winner."""
    return text_of(verdict_of(evaluation).headline, short=True)


def reasons_why(evaluation: Evaluation) -> tuple[str, ...]:
    """Why the award is as it is, one sentence each."""
    return tuple(text_of(sentence, short=True) for sentence in verdict_of(evaluation).because)
