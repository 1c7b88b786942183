"""Formulas and workings as the engine recorded them, step by step, in the words of a bidder.

They are read by their notation: a number is grouped, a name is told in words, text of others stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tender_eval.languages import steps
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import grouped, number
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import CommonFigure, RankedBy
from tender_eval.model.explanation.workings import Piece, noted, pieces
from tender_eval.report.terms.figures import figure_name

t = catalogue("terms")
_OF_FORMULAS = ("x", "is")
"""Words of the notation: times, and what stands between a figure that a condition reads and its value."""
PRICE = Column("price")


def formula(text: str, names: Mapping[str, str] | None = None) -> str:
    """A recorded formula or working, with figures by name and numbers grouped.

    Args:
        names: what stands for names in it, such as the titles of criteria for their ids.

    A number beside a word is the word's, such as the year of a catalogue, and stands as it is written.

    >>> formula("values.toms_2022 x 1500, as in National TOMs 2022")
    'toms 2022 × 1,500, as in National TOMs 2022'
    """
    found = list(pieces(text))
    return "".join(_said(piece, names or {}, _of_words(found, at)) for at, piece in enumerate(found))


def _of_words(found: Sequence[Piece], at: int) -> bool:
    """Whether a piece stands beside a word, with no sign of a formula between them."""
    before, after = found[max(0, at - 2) : at], found[at + 1 : at + 3]
    return any(
        len(beside) == 2 and beside[near].text.isspace() and beside[1 - near].kind == "name"
        and beside[1 - near].text not in _OF_FORMULAS
        for beside, near in ((before, 1), (after, 0))
    )  # fmt: skip


def _said(piece: Piece, names: Mapping[str, str], of_words: bool) -> str:
    match piece:
        case Piece("number" | "name", text) if text in names:
            return names[text]
        case Piece("number", digits):
            return digits if of_words else grouped(digits)
        case Piece("column", column):
            return figure_name(column)
        case Piece("name", "x"):
            return t("formula.times")
        case Piece("name", text):
            return text.replace("_", " ")
        case Piece("sign", sign):
            return sign.replace(" ** ", f" {t('formula.power')} ").replace(" * ", f" {t('formula.times')} ")
        case _:
            return piece.text


def formulas(step: Step, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The formulas of a step in the order in which they are worked."""
    return tuple(formula(part, names) for part in steps.formula(step).split("; ") if part)


def workings(step: Step) -> tuple[str, ...]:
    """The same with the numbers in them, and what the last comes to."""
    *before, last = [part for part in steps.working(step).split("; ") if part] or [""]
    if not last or step.value is None:
        return tuple(map(formula, (*before, last) if last else before))
    expression = noted(last)[0]
    said = formula(expression)
    value = _value(step)
    told = said if said == value else t("formula.comes_to", expression=said, value=value)
    return (*map(formula, before), told + formula(last).removeprefix(said))


def _value(step: Step) -> str:
    return number(step.value) if isinstance(step.value, Fraction) else shown(step.value)


def score_step(criterion: Step) -> Step:
    """The score within the step of a criterion."""
    return next((s for s in criterion.inputs if s.label is CommonFigure.SCORE), criterion)


def ranking_step(result: BidResult) -> Step | None:
    """The step of the figure that tenders are ranked by."""
    return next((s for s in result.step.inputs if isinstance(s.label, RankedBy) and steps.working(s)), None)


def price_step(result: BidResult) -> Step | None:
    """The evaluated price, where the scheme makes it of parts."""
    return next((s for s in result.step.walk() if s.label == PRICE and s.inputs), None)


def price_workings(price: Step) -> Iterator[str]:
    """Each part of an evaluated price with its numbers, and their sum."""
    for part in price.inputs:
        if steps.working(part):
            yield t("formula.part", name=figure_name(steps.label(part.label)), working=_comes_to(part))
    if steps.working(price):
        yield _comes_to(price)


def _comes_to(step: Step) -> str:
    return t("formula.comes_to", expression=formula(steps.working(step)), value=_value(step))
