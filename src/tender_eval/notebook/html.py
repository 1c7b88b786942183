"""An evaluation as a notebook shows it: the result in short, every text of others escaped."""

from __future__ import annotations

from importlib.util import find_spec

from tender_eval.documents.html import blocks_html
from tender_eval.documents.model import heading
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.evaluation.brief import evaluation_document


def evaluation_html(evaluation: Evaluation) -> str | None:
    """The ranking, the winner and why, who is out for what, and what to look at: as ``evaluate`` prints it.

    None where jinja2 is not installed, which comes with pandas: a notebook then shows the short text.
    """
    if find_spec("jinja2") is None:
        return None
    document = evaluation_document(evaluation)
    return blocks_html([heading(document.title), *document.blocks])
