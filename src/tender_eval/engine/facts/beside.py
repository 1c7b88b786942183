"""Money beside the price of a bid: benefits, what each funder pays, and whether the price meets the full cost.

Nothing of it changes a price. A benefit counts where a criterion reads it, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.facts.days import note_days
from tender_eval.engine.facts.price import SMALLEST, evaluated_price, money
from tender_eval.engine.facts.statements import stated
from tender_eval.model import numeric
from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.flags import BelowFullCost, BeyondFunder, CostsNotStated, Flag, SourceNotStated
from tender_eval.model.explanation.formulas import Column, Line, Paid, Worked, chained, named, notation
from tender_eval.model.explanation.labels import CommonFigure, FunderOf
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.numeric import Array
from tender_eval.model.pricing.beside import BENEFITS, Benefit, Beside, Cost, FullCost
from tender_eval.model.scheme import Scheme

Read = Callable[[Bid, str], Step | Missing]
"""A figure of a bid, by its column."""
_SHARE = notation("price_asked x share")


class MoneyBeside(NamedTuple):
    """What is shown beside the price of one bid: each amount with its working, and what a panel must look at."""

    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]


NOTHING = MoneyBeside((), ())


def benefit_of(bid: Bid, column: str, scheme: Scheme, read: Read) -> Step | Missing:
    """A benefit of a bid, or all of them together, in the scheme's currency."""
    benefits, made = scheme.beside.benefits, bid.figures.get(column)
    if made is not None and not made.where.source:  # by a program, in place of what it follows from
        return stated(bid, column)
    if column == BENEFITS:
        return _together(bid, [_benefit(bid, benefit, read) for benefit in benefits])
    found = next((benefit for benefit in benefits if benefit.column == column), None)
    return _benefit(bid, found, read) if found else stated(bid, column)


def _benefit(bid: Bid, benefit: Benefit, read: Read) -> Step | Missing:
    if benefit.each is None:
        return stated(bid, benefit.column)
    units = read(bid, benefit.of)
    if isinstance(units, Missing) or not isinstance(units.value, Fraction):
        return units
    how = Worked((Line(notation("{of} x each", of=Column(benefit.of)), (units.value, benefit.each)),))
    return Step(Column(benefit.column), units.value * benefit.each, how, inputs=(units,))


def _together(bid: Bid, found: Iterable[Step | Missing]) -> Step | Missing:
    steps = list(found)
    if parts := tuple(step for step in steps if isinstance(step, Missing)):
        return Missing(BENEFITS, Whose.BID, bid, made_of=tuple(part.column for part in parts), parts=parts)
    read = [step for step in steps if isinstance(step, Step)]
    return next((step for step in read if step.number is None), None) or _sum(Column(BENEFITS), read)


def _sum(label: Column, steps: list[Step]) -> Step:
    values = tuple(step.number or Fraction(0) for step in steps)
    formula = chained("+", (named(step.label) for step in steps if isinstance(step.label, Column)))
    return Step(label, sum(values, Fraction(0)), Worked((Line(formula, values),)), inputs=tuple(steps))


def price_asked(bid: Bid, scheme: Scheme) -> Step | None:
    """What a bid asks for, in the scheme's currency: undiscounted, before adjustments and rounding; None where it does
    not say."""
    plain = replace(scheme.price, discount_rate=Fraction(0), adjustments=()) if scheme.price else None
    step = evaluated_price(bid, replace(scheme, price=plain, rounding=None))
    if isinstance(step, Missing) or not isinstance(step.value, Fraction):
        return None
    return step._replace(label=CommonFigure.PRICE_ASKED)


def money_beside(bid: Bid, scheme: Scheme, read: Read) -> MoneyBeside:
    """All that a scheme shows beside the price, as far as the bid states it."""
    if not scheme.beside:
        return NOTHING
    benefits = [_benefit(bid, benefit, read) for benefit in scheme.beside.benefits]
    steps = [step for step in benefits if isinstance(step, Step) and isinstance(step.value, Fraction)]
    if steps and len(benefits) > 1:
        steps.append(_sum(Column(BENEFITS), steps))
    flags: list[Flag] = list(_without_source(bid, scheme))
    asked = price_asked(bid, scheme)
    if asked is not None and (scheme.beside.funders or scheme.beside.full_cost):
        steps.append(asked)
        for step, flag in _funded(asked, scheme):
            steps.append(step)
            flags += flag
    if full := scheme.beside.full_cost:
        cost, flag = _full_cost(bid, full, asked, scheme)
        steps += cost
        flags += flag
    return MoneyBeside(tuple(steps), tuple(flags))


def _without_source(bid: Bid, scheme: Scheme) -> Iterator[Flag]:
    own = [b for b in scheme.beside.benefits if b.each is None and b.column in bid.figures]
    if unsaid := tuple(b.id for b in own if f"{b.column}.source" not in bid.figures):
        yield SourceNotStated(unsaid)


def _funded(asked: Step, scheme: Scheme) -> Iterator[tuple[Step, list[Flag]]]:
    price = asked.number or Fraction(0)
    for funder in scheme.beside.funders:
        amount = price * funder.share
        how = Worked((Line(_SHARE, (price, funder.share)),))
        flags: list[Flag] = []
        if funder.most is not None and amount > funder.most:
            flags.append(BeyondFunder(funder.title or funder.id, amount, funder.most))
        yield Step(FunderOf(funder.id), amount, how, where=funder.where), flags


def _full_cost(bid: Bid, full: FullCost, asked: Step | None, scheme: Scheme) -> tuple[list[Step], list[Flag]]:
    """The full cost by the bid's own sheet, and whether the price meets it."""
    costs = {line.id: _line(bid, line, full, scheme) for line in full.costs}
    if unstated := tuple(name for name, step in costs.items() if step is None):
        return [], [CostsNotStated(unstated)]
    other = [step for line in full.other_funding if (step := _line(bid, line, full, scheme)) is not None]
    parts = [step for step in costs.values() if step is not None]
    names = [named(step.label) for step in (*parts, *other) if isinstance(step.label, Column)]
    formula = chained("+", names[: len(parts)])
    if other:
        formula = chained("-", (formula, *names[len(parts) :]))
    values = tuple(step.number or Fraction(0) for step in (*parts, *other))
    cost = sum(values[: len(parts)], Fraction(0)) - sum(values[len(parts) :], Fraction(0))
    step = Step(CommonFigure.FULL_COST, cost, Worked((Line(formula, values),)), inputs=(*parts, *other))
    price = asked.number if asked else None
    short = price is not None and cost - price >= SMALLEST
    return [step], [BelowFullCost(price, cost)] if short and price is not None else []


def _line(bid: Bid, line: Cost, full: FullCost, scheme: Scheme) -> Step | None:
    read = money(bid, line.column, scheme)
    if isinstance(read, Missing) or not isinstance(read.value, Fraction):
        return None
    times = line.times(full.years)
    if times == 1:
        return read._replace(label=Column(line.column))
    how = Paid(read.value, line.paid, full.years, Fraction(0), "start_of_year", times)
    return Step(Column(line.column), read.value * times, how, inputs=(read,))


def note_unfit(bid: Bid, scheme: Scheme, problems: Problems) -> None:
    """Note what a bid states that has no place in the scheme: days, benefits and costs."""
    note_days(bid, scheme.days, problems)
    _note_beside(bid, scheme.beside, problems)


def _note_beside(bid: Bid, beside: Beside, problems: Problems) -> None:
    """Note benefits that the scheme does not list or works out itself, and lines that its cost sheet lacks."""
    made = {b.column: b.of for b in beside.benefits if b.of}
    listed = [b.column for b in beside.benefits]
    full = beside.full_cost
    sheet = [line.column for line in (*full.costs, *full.other_funding)] if full else []
    for name, figure in bid.figures.items():
        kind = name.partition(".")[0]
        if not figure.where.source:
            continue
        if name in made:
            message = f"{bid.called(name)} states {name}, which the scheme works out of {made[name]}"
            problems.add("TE062", figure.where, message, f"take it out, and state {made[name]}")
        elif kind == BENEFITS and listed and name not in listed and name.count(".") == 1:
            message = f"{bid.called(name)} states {name}, which is no benefit of the scheme"
            problems.add("TE021", figure.where, message, did_you_mean(name, listed))
        elif kind == "costs" and sheet and name not in sheet:
            message = (
                f"{bid.called(name)} states {name}, which is no line of the scheme's cost sheet: it would not count"
            )
            problems.add("TE021", figure.where, message, did_you_mean(name, sheet))


def figures_of_benefits(column: str, scheme: Scheme, given: Collection[str]) -> tuple[str, ...]:
    """The columns that a benefit follows from in batches, where it is not given itself; else itself.

    >>> from tender_eval.model.scheme import Award, Call
    >>> beside = Beside((Benefit("beds", of="values.beds", each=Fraction(90)), Benefit("own")))
    >>> scheme = Scheme("s", "S", (), Award(Call("highest_score")), beside=beside)
    >>> figures_of_benefits("benefits", scheme, ()), figures_of_benefits("benefits", scheme, ("benefits",))
    (('values.beds', 'benefits.own'), ('benefits',))
    """
    if column in given or column.partition(".")[0] != BENEFITS:
        return (column,)
    asked = [b for b in scheme.beside.benefits if column in (BENEFITS, b.column)]
    return tuple(b.column if b.column in given or not b.of else b.of for b in asked) or (column,)


def make_benefits(columns: Collection[str], scheme: Scheme, here: dict[str, Array]) -> None:
    """Put the benefits that are read among the columns of a batch, made of those that they follow from."""
    asked = [column for column in columns if column.partition(".")[0] == BENEFITS and column not in here]
    for benefit in scheme.beside.benefits if asked else ():
        if benefit.column not in here and benefit.each is not None and benefit.of in here:
            here[benefit.column] = here[benefit.of] * float(benefit.each)
    if BENEFITS in asked:
        parts = [here[b.column] for b in scheme.beside.benefits]
        here[BENEFITS] = numeric.weighted_sum(parts, [1.0] * len(parts))
