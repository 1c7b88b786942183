"""What a simulation came to, as the terminal and a page show it."""

from __future__ import annotations

from tender_eval.documents.html import document_html
from tender_eval.documents.terminal import LINE, document_text
from tender_eval.report.simulation.document import simulation_document
from tender_eval.simulation.results.outcome import SimulationOutcome


def simulation_text(outcome: SimulationOutcome, line: int = LINE) -> str:
    return document_text(simulation_document(outcome, brief=True), line)


def simulation_page(outcome: SimulationOutcome) -> str:
    return document_html(simulation_document(outcome))
