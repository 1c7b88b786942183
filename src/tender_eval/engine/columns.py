"""Bids to columns: every figure that the scheme reads, checked against what its reader accepts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.engine.price import evaluated_price
from tender_eval.engine.readings import Missing, number_of, read
from tender_eval.files import mends
from tender_eval.model import numeric
from tender_eval.model.bids import Bid, Bids, Tender
from tender_eval.model.diagnostics import Problems, did_you_mean, nearly
from tender_eval.model.evaluation import Step
from tender_eval.model.formulas import Column, Derived, Rounded, Way
from tender_eval.model.location import place
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.wording import shown
from tender_eval.plugins.table import Reads


class Columns(NamedTuple):
    """The columns by name, and behind each figure the step that says where it came from.

    ``lacking`` are the bids, by column, that do not state a figure that was asked of them; ``faulty`` those that
    state one that cannot be scored.
    """

    arrays: Mapping[str, Array]
    steps: Mapping[tuple[str, str], Step]  # by bid and column
    lacking: Mapping[str, Mask]
    faulty: Mask


Prices = Mapping[str, Step | tuple[str, ...]]
"""The evaluated price by bid, or the components that it lacks; empty where bids state their price."""


def prices_of(bids: Bids, plan: Plan) -> Prices:
    """The evaluated prices, where the scheme makes them of components."""
    model, rounding = plan.scheme.price, plan.scheme.rounding
    return {} if model is None else {bid.id: evaluated_price(bid, model, rounding) for bid in bids.bids}


def price_of(bid: Bid, plan: Plan, prices: Prices, problems: Problems) -> Step | None:
    """The evaluated price of a bid; where a component is missing, that is noted."""
    found = prices.get(bid.id)
    if isinstance(found, Step) or found is None:
        return found
    wanted = ", ".join(c.id for c in plan.scheme.price.components) if plan.scheme.price else ""
    if "price" in bid.figures:
        message = f"{bid.called('price')} gives one price, but the scheme makes the price of {wanted}"
        problems.add("TE062", bid.figures["price"].where, message, mends.parts_of_price(found, bid))
        return None
    for name in found:
        lacks = read(bid, f"prices.{name}", Tender())
        where, hint = lacks.mend(plan.named()) if isinstance(lacks, Missing) else (None, "")
        message = f"{bid.called('prices')} lacks prices.{name}, of which the scheme makes the price"
        problems.add("TE052", where or bid.where, message, hint)
    return None


def columns_of(
    bids: Bids,
    plan: Plan,
    wanted: Sequence[tuple[str, Reads, Mask]],
    prices: Prices,
    problems: Problems,
) -> Columns:
    """The wanted columns: who reads each, and for which rows; others hold zero, which nobody reads."""
    figures = {reads.column: [Fraction(0)] * len(bids.bids) for _, reads, _ in wanted}
    steps: dict[tuple[str, str], Step] = {}
    missing: set[tuple[str, str]] = set()
    lacking: dict[str, Mask] = {}
    faulty = np.zeros(len(bids.bids), dtype=np.bool_)
    for reader, reads, rows in wanted:
        for n, bid in ((n, bid) for n, bid in enumerate(bids.bids) if rows[n]):
            key = bid.id, reads.column
            if key in missing:  # told once, whoever else reads it
                continue
            step = _reading(bid, reads, bids, prices, plan, reader, problems)
            if step is None:
                missing.add(key)
                lacking.setdefault(reads.column, faulty & False)[n] = True
                continue
            before = len(problems)
            number = number_of(step)
            if number is None:
                message = f'{reads.column} of bid "{bid.id}" is "{shown(step.value)}", but {reader} needs a number'
                problems.add("TE013", step.where or bid.where, message, "write plain digits, such as 35 or 12.50")
                faulty[n] = True
                continue
            if key in steps and number != figures[reads.column][n]:
                message = f'"{reads.column}" of the silent bid "{bid.id}" would count as two different figures'
                problems.add("TE028", bid.where, message, "give its readers in the scheme one default")
            steps[key] = step
            figures[reads.column][n] = number
            _check(number, step, bid, reads, reader, problems)
            faulty[n] |= len(problems) > before
    return Columns({name: numeric.exact_array(column) for name, column in figures.items()}, steps, lacking, faulty)


def _reading(
    bid: Bid,
    reads: Reads,
    bids: Bids,
    prices: Prices,
    plan: Plan,
    reader: str,
    problems: Problems,
) -> Step | None:
    if reads.column == "price" and plan.scheme.price is not None:
        return price_of(bid, plan, prices, problems)
    found = read(bid, reads.column, bids.tender)
    if not isinstance(found, Missing):
        return _rounded_price(found, reads.column, plan)
    if found.of == "tender":  # nothing to measure any bid by, so no bid's default stands in
        message = f"{found.message}, which {reader} needs for {reads.column}"
        problems.add("TE052", found.where or bids.where, message, found.hint)
    elif reads.default is not None:
        return Step(Column(reads.column), reads.default, how=Derived(Way.SILENT))
    else:
        message = f"{bid.called(reads.column)} has no {reads.column}, which {reader} reads"
        where, hint = found.mend(plan.named())
        problems.add("TE052", where or bid.where, message, hint)
    return None


def _rounded_price(step: Step, column: str, plan: Plan) -> Step:
    rounding = plan.scheme.rounding
    if column != "price" or rounding is None or "price" not in rounding.at or not isinstance(step.value, Fraction):
        return step
    value = numeric.round_fraction(step.value, rounding.places, rounding.mode)
    return step._replace(value=value, how=Rounded(rounding.mode, rounding.places), where=None, inputs=(step,))


def _check(number: Fraction, step: Step, bid: Bid, reads: Reads, reader: str, problems: Problems) -> None:
    where = step.where or bid.where
    said = f'{reads.column} of bid "{bid.id}" is {shown(number)}'
    if reads.one_of and number not in reads.one_of:
        marks = ", ".join(shown(m) for m in reads.one_of)
        problems.add("TE053", where, f"{said}, which is no mark of {reader}", f"its marks are {marks}")
    elif reads.above is not None and number <= reads.above:
        hint = "correct it; or let the scheme state a floor, where the scorer has one"
        problems.add("TE054", where, f"{said}; {reader} can score only more than {shown(reads.above)}", hint)
    elif reads.at_least is not None and number < reads.at_least:
        problems.add("TE054", where, f"{said}; {reader} needs at least {shown(reads.at_least)}", "correct it")
    elif reads.at_most is not None and number > reads.at_most:
        problems.add("TE054", where, f"{said}; {reader} allows at most {shown(reads.at_most)}", "correct it")


def _meant(name: str, known: Collection[str], bid: Bid) -> str:
    """The criterion that a mark of none may be for; never one for which the bid has its mark."""
    near = nearly(name, known)
    if near and near[0] in bid.marks:
        return f'remove it, or see which is meant: the bid has a mark for "{near[0]}" as well'
    return did_you_mean(name, known)


def check_bids_against(bids: Bids, plan: Plan, problems: Problems) -> None:
    """Note what in the bids does not fit the scheme: marks of unknown criteria, another currency."""
    known = {r.column.removeprefix("marks.") for _, r in plan.reads() if r.column.startswith("marks.")}
    known |= {c.id for c in plan.scheme.walk()} | {
        c.reads.removeprefix("marks.") for c in plan.scheme.conditions if c.reads.startswith("marks.")
    }
    for bid in bids.bids:
        for name, mark in bid.marks.items():
            if name not in known:
                where = place(name, mark.where)
                who = f'bid "{bid.id}" has a mark'
                if mends.in_table(where):  # told once, at the heading
                    who = "the marks of this column are"
                message = f'{who} for "{name}", which is no criterion of the scheme'
                problems.add("TE051", where, message, _meant(name, known, bid))
    wanted = plan.scheme.currency
    if wanted and bids.currency and bids.currency != wanted:
        message = f"the bids are in {bids.currency}, the scheme in {wanted}"
        problems.add("TE064", place(bids.currency, bids.where), message, f"give all prices in {wanted}")
