"""Formulas in words, with the names of the figures in them or the figures themselves.

The notation of `tender_eval.model.explanation.workings` is the same in every language; names and remarks are messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from tender_eval.languages.catalogue import catalogue, spoken
from tender_eval.languages.phrases import is_said, phrase, plain
from tender_eval.model.digits import percent, shown
from tender_eval.model.explanation import formulas as how
from tender_eval.model.explanation.reasons import Worded
from tender_eval.model.explanation.terms import Term
from tender_eval.model.explanation.workings import in_a_row, in_figures, joined, number, percentage


def name(of: how.Name, language: str = "") -> str:
    """What a figure is called in a formula."""
    return _name(of, language or spoken())


@lru_cache(maxsize=4096)
def _name(of: how.Name, language: str) -> str:
    match of:
        case Term(value=key):
            return message(f"term.{key}", language)
        case how.FacetOf(facet, called):
            return message(f"facet.{facet.value}", language, of=called)
        case how.Column(called) | how.OwnWords(called):
            return called


def method(found: how.How, language: str = "") -> str:
    """How a figure came about, with the names of the figures that it was made of."""
    language = language or spoken()
    match found:
        case how.Worked(lines, rounded):
            return in_a_row([_written(line.formula, language) for line in lines]) + _rounding(rounded, language)
        case how.Derived(way, of, _, rounded):
            return message(f"way.{way.value}", language, of=", ".join(of)) + _rounding(rounded, language)
        case how.ShareOf(share, of):
            return message("way.share of", language, share=percent(share), of=of)
        case how.Paid():
            return _paid(found, language)
        case how.Rounded():
            return _rounded(found, language)


def worked(found: how.How, language: str = "") -> str:
    """How a figure came about, with the figures in it."""
    language = language or spoken()
    match found:
        case how.Worked(lines):
            texts = [_with_figures(line, language) for line in lines]
            if not any(texts):
                return ""
            return in_a_row([text or _written(line.formula, language) for text, line in zip(texts, lines, strict=True)])
        case how.Derived(shows=how.Sum(values, sign, in_percent)):
            return joined(sign, map(percentage if in_percent else number, values))
        case how.Derived(shows=shows):
            return "" if shows is None else shown(shows)
        case how.ShareOf(share, _, figure):
            return joined("x", [percentage(share), number(figure)])
        case how.Paid():
            return _counted(found)
        case how.Rounded():
            return ""


@lru_cache(maxsize=1024)
def _written(of: how.Formula, language: str) -> str:
    """A formula with the names of the figures in it."""
    text = "".join(part if isinstance(part, str) else name(part, language) for part in of.parts)
    remark = _remark(of.remark, [name(called, language) for called in of.remark.names], language) if of.remark else ""
    return f"{text}, {remark}" if remark else text


def _with_figures(line: how.Line, language: str) -> str:
    """A formula with the figures in place of the names; empty where it names none. A note at its end is left out."""
    text, remark, figures = in_figures(line), line.formula.remark, line.figures
    if not text or remark is None or isinstance(figures[-1], Worded):
        return text
    said = _remark(remark, list(map(number, figures[len(line.formula.parts) // 2 :])), language)
    return f"{text}, {said}"


def _remark(remark: how.Remark, figures: Sequence[str], language: str) -> str:
    table = ", ".join(f"{shown(value)}: {percent(share)}" for value, share in remark.table)
    figure, title = (*figures, "", "")[:2]
    return message(f"remark.{remark.said.value}", language, figure=figure, title=title, table=table)


def _rounding(rounded: how.Rounded | None, language: str) -> str:
    return "" if rounded is None else f", {_rounded(rounded, language)}"


def _rounded(rounded: how.Rounded, language: str) -> str:
    mode = rounded.mode
    if language in ("", spoken()) and is_said(plain(mode)):
        mode = phrase(plain(mode))
    if rounded.digits:
        return message("way.rounded digits", language, mode=mode, digits=rounded.digits)
    return message("way.rounded", language, mode=mode, places=rounded.places)


def _paid(found: how.Paid, language: str) -> str:
    rate = ""
    if found.rate and found.paid != "once":
        rate = message(f"paid.discounted {found.payments}", language, rate=percent(found.rate))
    times = "" if found.quantity == 1 else f"{number(found.quantity)} x "
    match found.paid:
        case "once":
            return times + message("paid.once", language)
        case "per_year":
            return times + message("paid.per year", language, years=found.years, discounted=rate)
        case year:
            return times + message("paid.in year", language, year=year.removeprefix("year_"), discounted=rate)


def _counted(found: how.Paid) -> str:
    """A component's figure times what it counts, which discounting makes a geometric series."""
    figure = joined("x", [*([] if found.quantity == 1 else [number(found.quantity)]), number(found.figure)])
    if not found.rate or found.counts == 1:
        return f"{figure} x {joined('x', [number(found.counts)])}"
    growth = f"(1 + {percentage(found.rate)})"
    late = 1 if found.payments == "end_of_year" else 0
    if found.paid != "per_year":
        return f"{figure} / {growth} ** {int(found.paid.removeprefix('year_')) - 1 + late}"
    series = joined("/", [f"(1 - {growth} ** -{found.years})", percentage(found.rate)])
    return f"{figure} x {series}" + ("" if late else f" x {growth}")


def message(key: str, language: str, /, **values: object) -> str:
    """The message of a key, with these texts and numbers in its gaps."""
    template = _templates(language or spoken())(key)
    return template.format_map(values) if values else template


@cache
def _templates(language: str) -> Callable[[str], str]:
    """The messages by key; the steps of a large tender ask for few of them, again and again."""
    return cache(catalogue("steps", language=language).template)
