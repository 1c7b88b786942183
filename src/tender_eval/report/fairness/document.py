"""What was found of a scheme as one document: the answer, then the figures topic by topic, then how it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tender_eval.documents.model import Block, Details, Document, Notice, heading, items, pairs, paragraph, row, table
from tender_eval.fairness.findings.analysis import Analysis, LotAnalysis
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, Runs, code, name, runs
from tender_eval.report.evaluation.figures import PrintedFigures
from tender_eval.report.evaluation.verdict import verdict_of
from tender_eval.report.fairness import (
    across,
    comparison,
    gaming,
    glance,
    groups,
    notes,
    price_curves,
    ranking,
    reversals,
    robustness,
    tipping,
    weights,
    worth,
)
from tender_eval.report.fairness.lot_report import LotReport
from tender_eval.report.fairness.names import FAIRNESS, LONGEST_ID, LONGEST_NAME, Names, count
from tender_eval.report.fairness.samples import made_up_bids
from tender_eval.report.terms.scheme import illustrative

MOST_OPEN = 3  # lots that are told in full: more are folded, for nobody reads, or prints, all of them
LONGEST_TITLE = 4 * LONGEST_NAME
ROOM = 100 - LONGEST_ID  # columns of a title beside an id, where there is little room

SENTENCES: tuple[Callable[[LotReport], Iterator[Runs]], ...] = (
    ranking.sentences, robustness.weight_sentences, robustness.mark_sentences, reversals.sentences,
    tipping.weight_sentences, tipping.mark_sentences, tipping.price_sentences, tipping.rejection_sentences,
    worth.sentences,
    weights.sentences, groups.sentences, gaming.sentences, comparison.sentences,
)  # fmt: skip
SECTIONS: tuple[Callable[[LotReport], Iterator[Block]], ...] = (
    ranking.section, reversals.section, tipping.section, worth.section, robustness.section, weights.section,
    price_curves.section, groups.section, gaming.section, comparison.section, notes.section,
)  # fmt: skip
METHODS = (
    "exact", "rank reversal", "tipping", "worth", "smaa", "near", "bands", "effective", "groups", "low", "advice",
)  # fmt: skip


def fairness_document(analysis: Analysis, *, brief: bool = False) -> Document:
    """An analysis. The same analysis gives the same document.

    Args:
        brief: sentences and short tables, for a terminal, instead of headings, charts and the method.
    """
    return _terminal(analysis) if brief else _page(analysis)


def _lot_reports(analysis: Analysis, brief: bool) -> Mapping[str, LotReport]:
    plan = analysis.compiled.plan
    total = plan.available
    several = any(analysis.lots)

    def report(lot: str, lot_analysis: LotAnalysis) -> LotReport:
        anchor = f"lot-{lot}" if lot else "tender"
        folded = not brief and len(analysis.lots) > MOST_OPEN
        names = Names.of(analysis, lot_analysis)
        return LotReport(lot_analysis, names, total, anchor, 2 if several else 1, brief, folded)

    return {lot: report(lot, lot_analysis) for lot, lot_analysis in analysis.lots.items()}


def _terminal(analysis: Analysis) -> Document:
    scheme, options = analysis.compiled.scheme, analysis.options
    blocks: list[Block] = []
    reports = _lot_reports(analysis, brief=True)
    if analysis.across is not None:
        blocks += across.blocks(analysis, analysis.across, next(iter(reports.values())))
    for lot, report in reports.items():
        blocks += [heading(FAIRNESS.say("lot", id=lot))] if lot else []
        blocks += _made_up(report)
        verdict = verdict_of(report.lot_analysis.evaluation)
        because = verdict.because
        if analysis.across is not None and not analysis.across.independent:
            blocks += [paragraph(across.headline(analysis.across, lot, report.names))]
            because = (across.by_itself(analysis.across, lot, report.names), *because)
        else:
            blocks += [paragraph(verdict.headline)]
        blocks += [items((*because, *_answer(report)))]
        blocks += (block for section in SECTIONS for block in section(report))
    blocks += _illustrative(analysis)
    title = FAIRNESS("table.title", title=cut(scheme.title, ROOM), id=cut(scheme.id, LONGEST_ID))
    draws = FAIRNESS("table.draws", draws=count(options.draws), seed=options.seed)
    return Document(title, draws, tuple(blocks), FAIRNESS.tag)


def _answer(report: LotReport) -> Iterator[Runs]:
    return (sentence for told in SENTENCES for sentence in told(report))


def _made_up(report: LotReport) -> Iterator[Block]:
    how = report.findings.made_up
    if how is not None:
        told = report.messages.say("answer.made up", how=made_up_bids(how, report.names))
        yield paragraph(told) if report.brief else Notice((), (paragraph(told),))


def _page(analysis: Analysis) -> Document:
    scheme, reports = analysis.compiled.scheme, _lot_reports(analysis, brief=False)
    first = next(iter(reports.values()))
    blocks = [heading(FAIRNESS.say("answer.heading"), anchor="result"), *_made_up(first)]
    if any(reports):
        verdicts = {lot: _verdict(analysis, lot, report) for lot, report in reports.items()}
        if analysis.across is None:
            blocks += _lots(analysis, reports, {lot: verdict.headline for lot, verdict in verdicts.items()})
        else:
            blocks += across.blocks(analysis, analysis.across, first)
        blocks += _glance(reports)
        for lot, report in reports.items():
            title = across.lot_title(analysis, lot)
            blocks += [heading(title, anchor=report.anchor), verdicts[lot], *_answer_and_sections(report)]
    else:
        blocks += [_verdict(analysis, "", first), *_answer_and_sections(first)]
    blocks += _illustrative(analysis)
    made = first.findings.made_up is not None
    facts: list[tuple[Inline, Inline]] = [
        (FAIRNESS("facts.scheme"), name(cut(scheme.title, LONGEST_TITLE))),
        (FAIRNESS("facts.bids"), FAIRNESS("facts.made up") if made else count(len(analysis.bids.bids))),
        (FAIRNESS("facts.draws"), count(analysis.options.draws)),
        (FAIRNESS("facts.seed"), str(analysis.options.seed)),
    ]
    return Document(
        cut(analysis.bids.tender.title or scheme.title, LONGEST_TITLE),
        blocks=(*blocks, *_method(analysis)),
        language=FAIRNESS.tag,
        kind=FAIRNESS("kind"),
        facts=pairs(facts).pairs,
        contents=FAIRNESS("contents"),
        foot=FAIRNESS.say("foot"),
    )


def _answer_and_sections(report: LotReport) -> Iterator[Block]:
    yield items(_answer(report), tone="lead")
    sections = tuple(block for section in SECTIONS for block in section(report))
    if report.folded:
        yield Details(report.messages("glance.in full"), sections)
    else:
        yield from sections


def _glance(reports: Mapping[str, LotReport]) -> Iterator[Block]:
    """All lots in one table, each by itself, where each is folded below."""
    if not any(report.folded for report in reports.values()):
        return
    yield heading(FAIRNESS.say("glance.heading"), anchor="glance")
    if any(report.findings.limited_across_lots for report in reports.values()):
        yield paragraph(FAIRNESS.say("answer.limited all"))
    if any(report.findings.offers_left_out for report in reports.values()):
        yield paragraph(FAIRNESS.say("answer.alone"))
    yield glance.at_a_glance(reports)
    yield paragraph(FAIRNESS.say("glance.folded"))


def _illustrative(analysis: Analysis) -> Iterator[Block]:
    """What of the scheme stands in none of its sources."""
    if told := illustrative(analysis.compiled.scheme):
        yield paragraph(told, tone="soft")


def _verdict(analysis: Analysis, lot: str, report: LotReport) -> Notice:
    """Who wins; of a lot that limits tie to others, who is awarded it, and who would win it by itself."""
    evaluation = report.lot_analysis.evaluation
    found = verdict_of(evaluation, PrintedFigures(evaluation, report.names.currency))
    if analysis.across is None or analysis.across.independent:
        return found.notice()
    return across.lot_notice(analysis.across, lot, found.because, report.names)


def _lots(analysis: Analysis, reports: Mapping[str, LotReport], headlines: Mapping[str, Runs]) -> Iterator[Block]:
    """The answer for each lot, with the way to it."""
    rows = [row((across.lot_title(analysis, lot, report.anchor), headlines[lot])) for lot, report in reports.items()]
    yield table(FAIRNESS("lots.caption"), [FAIRNESS("lots.column"), FAIRNESS("lots.answer")], rows)
    if any(report.findings.limited_across_lots for report in reports.values()):
        yield Notice((), (paragraph(FAIRNESS.say("answer.limited")),))


def _method(analysis: Analysis) -> Iterator[Block]:
    options = analysis.options
    yield heading(FAIRNESS.say("method.heading"), anchor="method")
    yield items(FAIRNESS.say(f"method.{m}", draws=count(options.draws), seed=options.seed) for m in METHODS)
    hashes = {"scheme": analysis.compiled.scheme.sha256}
    if all(lot_analysis.findings.made_up is None for lot_analysis in analysis.lots.values()):
        hashes["bids"] = analysis.bids.sha256
    yield pairs((FAIRNESS(f"method.{of}"), runs(code(sha256))) for of, sha256 in hashes.items() if sha256)
