"""What was found of a scheme in words, with ids in place of names."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.fairness.findings.notes import Note
from tender_eval.fairness.findings.ploys import Dummy, GamingStrategy
from tender_eval.languages.runs import text_of
from tender_eval.report.fairness import gaming, samples
from tender_eval.report.fairness.names import Names
from tender_eval.report.fairness.notes import note
from tender_eval.synthetic.assumptions import BidAssumptions

IDS = Names({}, {}, longest=None)


def notes_told(found: Iterable[Note]) -> list[str]:
    return [text_of(note(one, IDS), short=True) for one in found]


def ploy_told(ploy: GamingStrategy) -> str:
    return text_of(gaming.strategy_in_words(ploy, IDS), short=True)


def dummy_told(dummy: Dummy) -> str:
    return text_of(gaming.dummy_in_words(dummy, IDS), short=True)


def made_up_told(how: BidAssumptions) -> str:
    return text_of(samples.made_up_bids(how, IDS), short=True)
