"""What was found of a scheme as one document: the answer, then the figures topic by topic, then how it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tender_eval.documents.model import Block, Document, Notice, heading, items, pairs, paragraph, row, table
from tender_eval.fairness.findings.whole import Stressed, Study
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, Run, Runs, code, name, runs
from tender_eval.report.evaluation.figures import Figures
from tender_eval.report.evaluation.verdict import verdict_of
from tender_eval.report.fairness import (
    compared,
    curves,
    groups,
    notes,
    ploys,
    ranking,
    reversals,
    robustness,
    tipping,
    weights,
)
from tender_eval.report.fairness.bases import made_up
from tender_eval.report.fairness.names import FAIRNESS, LONGEST_ID, LONGEST_NAME, Names, count
from tender_eval.report.fairness.view import View

LONGEST_TITLE = 4 * LONGEST_NAME
ROOM = 100 - LONGEST_ID  # columns of a title beside an id, where there is little room

SENTENCES: tuple[Callable[[View], Iterator[Runs]], ...] = (
    ranking.told, robustness.weights_told, robustness.marks_told, reversals.told, tipping.weights_told,
    tipping.marks_told, tipping.prices_told, weights.told, groups.told, ploys.told, compared.told,
)  # fmt: skip
SECTIONS: tuple[Callable[[View], Iterator[Block]], ...] = (
    ranking.section, reversals.section, tipping.section, robustness.section, weights.section, curves.section,
    groups.section, ploys.section, compared.section, notes.section,
)  # fmt: skip
METHODS = ("exact", "rank reversal", "tipping", "smaa", "effective", "groups", "low", "advice")


def fairness_document(study: Study, *, brief: bool = False) -> Document:
    """A study. The same study gives the same document.

    Args:
        brief: sentences and short tables, for a terminal, instead of headings, charts and the method.
    """
    return _brief(study) if brief else _whole(study)


def _views(study: Study, brief: bool) -> Mapping[str, View]:
    plan = study.compiled.plan
    total = sum((plan.node(root).points for root in plan.roots), Fraction(0))
    several = any(study.lots)

    def view(lot: str, stressed: Stressed) -> View:
        anchor = f"lot-{lot}" if lot else "tender"
        return View(stressed, Names.of(study, stressed), total, anchor, 2 if several else 1, brief)

    return {lot: view(lot, stressed) for lot, stressed in study.lots.items()}


def _brief(study: Study) -> Document:
    scheme, setting = study.compiled.scheme, study.setting
    blocks: list[Block] = []
    for lot, view in _views(study, brief=True).items():
        blocks += [heading(FAIRNESS.say("lot", id=lot))] if lot else []
        blocks += _made_up(view)
        verdict = verdict_of(view.stressed.evaluation)
        blocks += [paragraph(verdict.headline), items((*verdict.because, *_answer(view)))]
        blocks += (block for section in SECTIONS for block in section(view))
    title = FAIRNESS("table.title", title=cut(scheme.title, ROOM), id=cut(scheme.id, LONGEST_ID))
    draws = FAIRNESS("table.draws", draws=count(setting.draws), seed=setting.seed)
    return Document(title, draws, tuple(blocks), FAIRNESS.tag)


def _answer(view: View) -> Iterator[Runs]:
    return (sentence for told in SENTENCES for sentence in told(view))


def _made_up(view: View) -> Iterator[Block]:
    how = view.found.made_up
    if how is not None:
        told = view.words.say("answer.made up", how=made_up(how, view.names))
        yield paragraph(told) if view.brief else Notice((), (paragraph(told),))


def _whole(study: Study) -> Document:
    scheme, views = study.compiled.scheme, _views(study, brief=False)
    first = next(iter(views.values()))
    blocks = [heading(FAIRNESS.say("answer.heading"), anchor="result"), *_made_up(first)]
    if any(views):
        verdicts = {lot: _verdict(view) for lot, view in views.items()}
        blocks += _lots(study, views, {lot: verdict.headline for lot, verdict in verdicts.items()})
        for lot, view in views.items():
            blocks += [heading(_lot(study, lot), anchor=view.anchor), verdicts[lot], *_told(view)]
    else:
        blocks += [_verdict(first), *_told(first)]
    made = first.found.made_up is not None
    facts: list[tuple[Inline, Inline]] = [
        (FAIRNESS("facts.scheme"), name(cut(scheme.title, LONGEST_TITLE))),
        (FAIRNESS("facts.bids"), FAIRNESS("facts.made up") if made else count(len(study.bids.bids))),
        (FAIRNESS("facts.draws"), count(study.setting.draws)),
        (FAIRNESS("facts.seed"), str(study.setting.seed)),
    ]
    return Document(
        cut(study.bids.tender.title or scheme.title, LONGEST_TITLE),
        blocks=(*blocks, *_method(study)),
        language=FAIRNESS.tag,
        kind=FAIRNESS("kind"),
        facts=pairs(facts).pairs,
        contents=FAIRNESS("contents"),
        foot=FAIRNESS.say("foot"),
    )


def _told(view: View) -> Iterator[Block]:
    yield items(_answer(view), tone="lead")
    yield from (block for section in SECTIONS for block in section(view))


def _verdict(view: View) -> Notice:
    evaluation = view.stressed.evaluation
    return verdict_of(evaluation, Figures(evaluation, view.names.currency)).notice()


def _lots(study: Study, views: Mapping[str, View], headlines: Mapping[str, Runs]) -> Iterator[Block]:
    """The answer for each lot, with the way to it."""
    rows = [row((_lot(study, lot, view.anchor), headlines[lot])) for lot, view in views.items()]
    yield table(FAIRNESS("lots.caption"), [FAIRNESS("lots.column"), FAIRNESS("lots.answer")], rows)
    if any(view.found.limited for view in views.values()):
        yield Notice((), (paragraph(FAIRNESS.say("answer.limited")),))


def _lot(study: Study, lot: str, to: str = "") -> Runs:
    title = next((x.title for x in study.bids.tender.lots if x.id == lot), "")
    said = FAIRNESS("lot titled" if title else "lot", id=lot, title=cut(title, LONGEST_NAME))
    return (Run(said, "name" if title else "", to=to),)


def _method(study: Study) -> Iterator[Block]:
    setting = study.setting
    yield heading(FAIRNESS.say("method.heading"), anchor="method")
    yield items(FAIRNESS.say(f"method.{m}", draws=count(setting.draws), seed=setting.seed) for m in METHODS)
    hashes = {"scheme": study.compiled.scheme.sha256}
    if all(stressed.found.made_up is None for stressed in study.lots.values()):
        hashes["bids"] = study.bids.sha256
    yield pairs((FAIRNESS(f"method.{of}"), runs(code(sha256))) for of, sha256 in hashes.items() if sha256)
