"""What was found of a scheme as one HTML file: the answer, then charts with their figures, then how it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from tender_eval.fairness.studied import Stressed, Study
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import cut, inert
from tender_eval.report.fairness_tables import TABLES, Table, all_tables
from tender_eval.report.fairness_voice import Voice, apart, awards_several, percent_of, squeezed, titles_of
from tender_eval.report.fairness_words import answer, best_of, nearest_of, no_reversal
from tender_eval.report.page.charts import LONGEST_LABEL, Chart
from tender_eval.report.page.fairness_charts import (
    CURVE_HEIGHT,
    LABEL_ROW,
    PAIR_ROW,
    Curve,
    TippingRow,
    WeightRow,
    curve_chart,
    ranks_chart,
    tipping_chart,
    weights_chart,
)
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.sayings import LONGEST_NAME, listed, name_of, say, say_count
from tender_eval.report.page.sheet import render
from tender_eval.report.page.verdict import Verdict, verdict_of

FAIRNESS = catalogue("fairness", "report")

LONGEST_TITLE = 40  # columns above a bar that still fit on a phone


@dataclass(frozen=True, slots=True)
class CurveView:
    """A price curve with its text and its table."""

    id: str
    title: str
    says: str
    curve: Curve
    table: Table


@dataclass(frozen=True, slots=True)
class LotView:
    """Everything that the page says of one lot."""

    anchor: str
    id: str
    heading: Markup
    verdict: Verdict
    sentences: tuple[str, ...]
    tables: dict[str, Table | None]
    leads: dict[str, str]
    ranks: Chart | None
    ranks_says: str
    tipping: tuple[TippingRow, ...]
    tipping_says: str
    weights: tuple[WeightRow, ...]
    weights_says: str
    curves: tuple[CurveView, ...]
    ploys: tuple[str, ...]
    notes: tuple[str, ...]
    no_reversal: str

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The anchors and headings of the sections that are there."""
        tables = self.tables
        there = {
            "bids": tables["bids"],
            "reversals": True,
            "tipping": tables["tipping"] or tables["marks"] or tables["prices"],
            "ranks": self.ranks or tables["marking"] or tables["without"],
            "effective": self.weights,
            "curves": self.curves,
            "groups": tables["groups"],
            "gaming": self.ploys,
            "compare": tables["compare"],
            "notes": self.notes,
        }
        return tuple((f"{self.anchor}-{name}", FAIRNESS(f"{name}.heading")) for name, shown in there.items() if shown)


@dataclass(frozen=True, slots=True)
class Page:
    """What the template prints."""

    title: str
    scheme: str
    bids: str
    generated: str
    draws: str
    seed: str
    scheme_sha256: str
    bids_sha256: str
    lots: tuple[LotView, ...]
    limited: bool  # whether the scheme's limits across lots may change who is awarded one
    method: tuple[str, ...]

    @property
    def several(self) -> bool:
        return any(lot.id for lot in self.lots)


def fairness_page(study: Study) -> str:
    """A study as the text of an HTML file. The same study gives the same text."""
    scheme, setting = study.compiled.scheme, study.setting
    lots = tuple(_lot(study, lot, stressed) for lot, stressed in study.lots.items())
    draws = f"{setting.draws:,}"
    made_up = next((lot.found.generated for lot in study.lots.values() if lot.found.generated), "")
    methods = ("exact", "rank reversal", "tipping", "smaa", "effective", "groups", "low", "advice")
    page = Page(
        title=cut(study.bids.tender.title or scheme.title, 4 * LONGEST_NAME),
        scheme=cut(scheme.title, 4 * LONGEST_NAME),
        bids=FAIRNESS("page.made up") if made_up else f"{len(study.bids.bids)}",
        generated=FAIRNESS("answer.generated", how=made_up) if made_up else "",
        draws=draws,
        seed=str(setting.seed),
        scheme_sha256=scheme.sha256,
        bids_sha256="" if made_up else study.bids.sha256,
        lots=lots,
        limited=any(stressed.found.limited for stressed in study.lots.values()),
        method=tuple(FAIRNESS(f"method.{m}", draws=draws, seed=setting.seed) for m in methods),
    )
    rows = {"label": LABEL_ROW, "pair": PAIR_ROW, "curve": CURVE_HEIGHT}
    return render("fairness.html.j2", "fairness.css.j2", page=page, t=FAIRNESS, rows=rows)


def _voice(study: Study, stressed: Stressed) -> Voice:
    """Bids and criteria by name; all that a file says is escaped and made inert."""
    names = stressed.found.bids
    titles = titles_of({c.id: c.title for c in study.compiled.scheme.walk()})

    def saying(key: str, /, **values: object) -> str:
        return say(FAIRNESS, key, **values)

    def listing(names: Sequence[str]) -> str:
        return listed(FAIRNESS, [n if isinstance(n, Markup) else escape(inert(n)) for n in names])

    return Voice(
        FAIRNESS,
        lambda bid: name_of(names.get(bid) or bid),
        lambda criterion: Markup('<span class="title">{}</span>').format(name_of(titles(criterion))),
        saying,
        lambda key, number, /, **values: say_count(FAIRNESS, key, number, **values),
        listing,
        study.compiled.scheme.currency,
        awards_several(stressed, study.compiled.scheme.award.suppliers),
    )


def _told_apart(name: str, others: Iterable[str], most: int) -> str:
    """A name that is cut at its end, or in its middle where another would then read the same."""
    short = cut(name, most)
    alike = {other for other in others if cut(other, most) == short}
    return squeezed(name, most) if len(alike) > 1 else short


def _lot(study: Study, lot: str, stressed: Stressed) -> LotView:
    return _Viewer(study, lot, stressed).view()


class _Viewer:
    def __init__(self, study: Study, lot: str, stressed: Stressed) -> None:
        self.study, self.lot, self.stressed, self.found = study, lot, stressed, stressed.found
        self.voice = _voice(study, stressed)
        self.anchor = f"lot-{lot}" if lot else "tender"
        self.titles = titles_of({c.id: c.title for c in study.compiled.scheme.walk()})

    def view(self) -> LotView:
        found, voice, plan = self.found, self.voice, self.study.compiled.plan
        evaluation = self.stressed.evaluation
        numbers = Numbers(evaluation, voice.currency, FAIRNESS)
        title = next((x.title for x in self.study.bids.tender.lots if x.id == self.lot), "")
        total = sum((plan.node(root).points for root in plan.roots), Fraction(0)) or Fraction(1)
        smaa = found.acceptability
        return LotView(
            anchor=self.anchor,
            id=self.lot,
            heading=self._heading(title),
            verdict=verdict_of(evaluation, plan, numbers, FAIRNESS),
            sentences=answer(self.stressed, voice),
            tables=dict.fromkeys(TABLES) | {table.id: table for table in all_tables(self.stressed, voice)},
            leads=self._leads(),
            ranks=ranks_chart(smaa, voice, self._label, found.winner) if smaa else None,
            ranks_says=self._ranks_says(),
            tipping=tipping_chart(found.tipping, total, voice, self._title),
            tipping_says=voice.say("tipping.chart says", total=apart(total, total)) if found.tipping else "",
            weights=weights_chart(found.effective, voice, self._title),
            weights_says=self._weights_says(),
            curves=tuple(self._curve(n) for n in range(len(found.curves))),
            ploys=tuple(ploy.says for ploy in found.gaming),
            notes=found.notes,
            no_reversal=no_reversal(found, voice),
        )

    def _heading(self, title: str) -> Markup:
        key = "result.lot titled" if title else "result.lot"
        return say(FAIRNESS, key, id=self.lot, title=name_of(title))

    def _label(self, bid: str) -> str:
        names = {one: name or one for one, name in self.found.bids.items()}
        return _told_apart(names.get(bid, bid), names.values(), LONGEST_LABEL)

    def _title(self, criterion: str) -> str:
        titles = [c.title for c in self.study.compiled.scheme.walk()]
        return _told_apart(self.titles(criterion), titles, LONGEST_TITLE)

    def _leads(self) -> dict[str, str]:
        found, voice, leads = self.found, self.voice, {}
        if found.acceptability:
            smaa = found.acceptability
            error = percent_of(smaa.standard_error)
            leads["ranks"] = voice.say("ranks.lead", draws=f"{smaa.draws:,}", sampling=smaa.sampling, error=error)
        if found.nearest:
            leads["nearest"] = nearest_of(found.nearest, voice)
        return leads

    def _ranks_says(self) -> str:
        if not self.found.acceptability or not self.found.acceptability.ranks:
            return ""
        firsts = {bid: ranks[0] for bid, ranks in self.found.acceptability.ranks.items() if ranks}
        return FAIRNESS("ranks.chart says", best=self._label(best_of(firsts)))

    def _weights_says(self) -> str:
        if not self.found.effective:
            return ""
        most = best_of({w.criterion: w.effective for w in self.found.effective})
        return FAIRNESS("effective.chart says", most=self._title(most))

    def _curve(self, number: int) -> CurveView:
        found, voice = self.found.curves[number], self.voice
        rows, told = [], []
        numbers = {bid: n for n, bid in enumerate(self.found.bids, 1)}
        for bid, (price, score) in sorted(found.bids.items(), key=lambda item: numbers[item[0]]):
            n = numbers[bid]
            amount = voice.money(Fraction(price).limit_denominator(100))
            rows.append((voice.name(bid), str(n), amount, percent_of(score)))
            told.append(
                FAIRNESS("curves.point", number=n, name=self._label(bid), price=amount, score=percent_of(score))
            )
        title = cut(found.title, 2 * LONGEST_NAME)
        heads = tuple(FAIRNESS(key) for key in ("bid", "curves.number", "price", "curves.score"))
        curve = curve_chart(found, numbers, voice)
        says = FAIRNESS(
            "curves.chart says",
            low=curve.low,
            high=curve.high,
            start=percent_of(found.scores[0]) if found.scores else "",
            end=percent_of(found.scores[-1]) if found.scores else "",
            bids="; ".join(told),
        )
        caption = FAIRNESS("curves.caption", title=title)
        table = Table("curve", caption, heads, tuple(rows), frozenset((1, 2, 3)))
        return CurveView(f"{self.anchor}-curve-{number}", FAIRNESS("curves.chart", title=title), says, curve, table)
