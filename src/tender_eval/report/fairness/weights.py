"""Effective weights: what each criterion really decides, beside what it is published to be worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tender_eval.documents.charts import Bar, BarChart, BarRow, Colour, Lane
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.results import EffectiveWeight
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.runs import Inline, Runs
from tender_eval.model.explanation.labels import Unit, unit_of
from tender_eval.report.fairness.axes import ticks
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.numbers import percent_of
from tender_eval.report.fairness.samples import sample_size

FEW_CRITERIA = 4


def sentences(report: LotReport) -> Iterator[Runs]:
    """What the scheme acts like; nothing where it ranks by something else than points, of which shares say little."""
    found, names, messages = report.findings, report.names, report.messages
    if unit_of(found.figure) is not Unit.POINTS:
        return
    roots = {root.id for root in report.lot_analysis.evaluation.roots}
    whole = [w for w in found.effective_weights if w.criterion in roots]
    made_up = found.effective_sample is not None and found.effective_sample.tenders
    where = messages("answer.over others" if made_up else "answer.over these")
    if 2 <= len(whole) <= FEW_CRITERIA:
        opposed = [names.title(w.criterion) for w in whole if w.effective < 0]
        shares = {
            "nominal": _parts(whole, [w.nominal for w in whole], report),
            "effective": _parts(whole, [w.effective for w in whole], report),
        }
        if opposed:
            listed = messages.listed(opposed)
            yield messages.say_count("answer.effective opposed", len(opposed), **shares, opposed=listed, over=where)
        else:
            yield messages.say("answer.effective", **shares, over=where)
    elif len(found.effective_weights) > 1:
        furthest = max(found.effective_weights, key=lambda w: abs(w.effective - w.nominal))
        kind = "against" if furthest.effective < 0 else "over" if furthest.effective > 1 else "one"
        yield messages.say(
            f"answer.effective {kind}",
            title=names.title(furthest.criterion),
            nominal=percent_of(furthest.nominal),
            effective=percent_of(furthest.effective),
            over=where,
        )


def _parts(weights: Sequence[EffectiveWeight], shares: Sequence[float], report: LotReport) -> Runs:
    pairs = zip(weights, shares, strict=True)
    return report.messages.listed(
        [
            report.messages.say("answer.effective of", share=percent_of(s), title=report.names.title(w.criterion))
            for w, s in pairs
        ]
    )


def acts_alike(weights: Sequence[EffectiveWeight]) -> bool:
    """Whether every share is one of a whole, so that a criterion can be said to act like a weight."""
    return all(0 <= w.effective <= 1 for w in weights)


def section(report: LotReport) -> Iterator[Block]:
    """Both shares of each criterion, as a chart and a table."""
    found, messages = report.findings, report.messages
    if not found.effective_weights:
        return
    plain = acts_alike(found.effective_weights)
    acts = "effective.acts" if plain else "effective.shares"
    yield from report.opening("effective", messages("effective.lead"))
    if not report.brief:
        yield _chart(report, messages(acts))
    sobol = any(w.sobol_total is not None for w in found.effective_weights)
    rows: list[tuple[Inline, ...]] = []
    for weight in found.effective_weights:
        indices = (weight.sobol_first, weight.sobol_total) if sobol else ()
        shares = (NONE if s is None else percent_of(s) for s in (weight.nominal, weight.effective, *indices))
        rows.append((report.names.criterion(weight.criterion), *shares))
    keys = ["criterion", "effective.nominal", acts, *(("effective.first", "effective.total") if sobol else ())]
    notes = (
        [messages("effective.note", over=sample_size(found.effective_sample, messages))]
        if found.effective_sample
        else []
    )
    if unit_of(found.figure) is not Unit.POINTS:
        notes.append(messages("effective.points", figure=ranked_name(found.figure)))
    notes += [] if plain else [messages("effective.against")]
    yield from report.table("effective", keys, rows, range(1, len(keys)), notes=notes)


def _chart(report: LotReport, acts: str) -> BarChart:
    """Two bars for each criterion; that of a share below none ends at zero."""
    found, messages = report.findings.effective_weights, report.messages
    least = min((0.0, *(w.effective for w in found)))
    span = max((1.0, *(w.effective for w in found))) - least
    zero = -least / span

    def lane(share: float, colour: Colour) -> Lane:
        start, end = sorted((zero, (share - least) / span))
        return Lane((Bar(start, end, colour),), percent_of(share))

    rows = tuple(
        BarRow(report.names.title_label(w.criterion), (lane(w.nominal, "nominal"), lane(w.effective, "effective")))
        for w in found
    )
    most = report.names.title_label(max(found, key=lambda w: w.effective).criterion)
    return BarChart(
        f"{report.anchor}-weights-chart",
        messages("effective.chart"),
        messages("effective.chart says", most=most),
        rows,
        key=(("nominal", messages("effective.nominal")), ("effective", acts)),
        zero=zero,
        ticks=tuple(((float(n) - least) / span, percent_of(n)) for n in ticks(least, least + span)),
    )
