"""A scheme's terms in plain words, for the documents that bidders read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from tender_eval.engine.plan import Plan
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.scheme import Bound, Condition, Criterion, Minimum, Scheme
from tender_eval.model.wording import fixed, percent, shown
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer
from tender_eval.report.printed import printed, printed_figure

_SIGNS = {"GBP": "£", "EUR": "€"}
_THOUSANDS = re.compile(r"(?<![\d.])(\d{4,})(?=\D|$)")
_COLUMN = re.compile(r"\b(?:prices|values|declarations|supplier|consortium|pooled|tender|marks)\.([\w.+-]*\w)")
_SHARE_OF = "consortium.share."


def grouped(text: str) -> str:
    """Numbers with commas between the thousands.

    >>> grouped("30472.64 of 1000000"), grouped("0.12345")
    ('30,472.64 of 1,000,000', '0.12345')
    """
    return _THOUSANDS.sub(lambda found: f"{int(found[1]):,}", text)


def number(value: Fraction) -> str:
    """A number in full, or to six places, with commas between the thousands."""
    return grouped(shown(value))


def points(evaluation: Evaluation, value: Fraction | None) -> str:
    """Points at the scheme's places; a dash where there are none."""
    return grouped(printed(evaluation, value) or "-")


def ranking_figure(evaluation: Evaluation, value: Fraction | None) -> str:
    """What tenders are ranked by; a dash where there is none."""
    return grouped(printed_figure(evaluation, value) or "-")


def money(value: Fraction, currency: str) -> str:
    """An amount, with pence where it has any.

    >>> money(Fraction(2450000), "GBP"), money(Fraction(5, 2), "SEK")
    ('£2,450,000', 'SEK 2.50')
    """
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    pence = grouped(shown(value)) if value.denominator == 1 else grouped(fixed(value, 2))
    return f"-{sign}{pence[1:]}" if pence.startswith("-") else f"{sign}{pence}"


def day(on: date) -> str:
    """A date as it is written in a letter.

    >>> day(date(2026, 6, 2))
    'Tuesday 2 June 2026'
    """
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
    month = (*months, "October", "November", "December")[on.month - 1]
    return f"{weekdays[on.weekday()]} {on.day} {month} {on.year}"


def figure_name(column: str) -> str:
    """A column as a bidder would call it.

    >>> [figure_name(c) for c in ("prices.annual_price", "price", "consortium.share.local+small")]
    ['annual price', 'price', 'share of delivery by providers that are local or small']
    """
    if column.startswith(_SHARE_OF):
        groups = " or ".join(g.replace("_", "-") for g in column.removeprefix(_SHARE_OF).split("+"))
        return f"share of delivery by providers that are {groups}"
    return column.rpartition(".")[2].replace("_", " ").replace("-", " ")


def formula(text: str) -> str:
    """A recorded formula or working, with figures by name and numbers with commas."""
    named = _COLUMN.sub(lambda found: figure_name(found[0]), text).replace("_", " ")
    return grouped(named.replace(" x ", " × ").replace(" ** ", " to the power of ").replace(" * ", " × "))


def figure(column: str, value: object, currency: str) -> str:
    """What a bid states, as it is read."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return money(value, currency) if column.partition(".")[0] in ("price", "prices") else number(value)
        case None:
            return "not stated"
        case _:
            return shown(value)


def first_sentence(item: Scorer | AwardRule) -> str:
    """What a scorer or rule does: the first line of its docstring, of the plugin's as of our own."""
    line = inspect.cleandoc(item.__doc__ or "").partition("\n")[0].replace("`", "")
    return line.replace("_", " ").replace(" x ", " × ").replace(" ** ", " to the power of ")


def numbered(scheme: Scheme) -> Mapping[str, str]:
    """Every criterion's number, such as 1.2."""
    return dict(_numbered(scheme.criteria, ""))


def _numbered(criteria: tuple[Criterion, ...], above: str) -> Iterator[tuple[str, str]]:
    for n, criterion in enumerate(criteria, start=1):
        yield criterion.id, f"{above}{n}"
        yield from _numbered(criterion.criteria, f"{above}{n}.")


def title_of(criterion: Criterion) -> str:
    """The title, or the id where there is none."""
    return criterion.title or criterion.id.replace("_", " ")


def least(minimum: Minimum | None, *, group: bool = False) -> str:
    """A minimum, or that there is none."""
    if minimum is None:
        return "none"
    if minimum.share is not None:
        return f"{percent(minimum.share)} of the points"
    each = " in each question" if group else ""
    return f"mark {shown(minimum.mark)}{each}"


def asked(condition: Condition) -> str:
    """What a condition asks for."""
    name = figure_name(condition.reads)
    if condition.must_be is not None:
        wanted = figure(condition.reads, condition.must_be, "")
        return f"{name}: {wanted}"
    if condition.one_of:
        return f"{name}: one of {', '.join(condition.one_of)}"
    limit = condition.at_least or condition.at_most
    side = "at least" if condition.at_least else "at most"
    together = ", of the supplier and its confirmed consortium members together" if condition.pooled else ""
    return f"{name}: {side} {_bound(limit)}{together}" if limit else name


def _bound(bound: Bound) -> str:
    return f"{percent(bound.amount)} of the {figure_name(bound.of)}" if bound.of else number(bound.amount)


def share_of_total(plan: Plan, criterion: str) -> str:
    """A criterion's points as a share of all points."""
    whole = sum((plan.node(root).points for root in plan.roots), Fraction(0))
    share = plan.node(criterion).points / whole * 100
    return f"{shown(share) if share.denominator == 1 else fixed(share, 2)}%"


def source_line(source: Mapping[str, str]) -> str:
    """Where something comes from: document, date and section."""
    return ", ".join(str(v) for v in source.values())


def ties_in_words(plan: Plan) -> tuple[str, ...]:
    """The steps of the tie break, in order."""
    titles = {c.id: title_of(c) for c in plan.scheme.walk()}
    return tuple(
        f"the {t.best} points for “{titles[t.criterion]}”" if t.criterion else f"the {t.best} {figure_name(t.column)}"
        for t in plan.ties
    )
