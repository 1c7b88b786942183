"""What was found of a scheme in words, with ids in place of names."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.fairness.findings.analyses import Dummy, Ploy
from tender_eval.fairness.findings.notes import Note
from tender_eval.languages.runs import text_of
from tender_eval.report.fairness import bases, ploys
from tender_eval.report.fairness.names import Names
from tender_eval.report.fairness.notes import note
from tender_eval.synthetic.assumed import MadeUp

IDS = Names({}, {}, longest=None)


def notes_told(found: Iterable[Note]) -> list[str]:
    return [text_of(note(one, IDS), short=True) for one in found]


def ploy_told(ploy: Ploy) -> str:
    return text_of(ploys.ploy_told(ploy, IDS), short=True)


def dummy_told(dummy: Dummy) -> str:
    return text_of(ploys.dummy(dummy, IDS), short=True)


def made_up_told(how: MadeUp) -> str:
    return text_of(bases.made_up(how, IDS), short=True)
