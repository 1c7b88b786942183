"""The award across the lots of a tender for the terminal: who is awarded which, and why each other bid is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from tabulate import tabulate

from tender_eval.languages import results
from tender_eval.languages.inert import cut, inert
from tender_eval.lots.award import AcrossLots
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.wording import shown
from tender_eval.report.limits_in_words import limits_in_words
from tender_eval.report.printed import printed_figure

LINE = 100  # columns, where the terminal does not say
LONGEST_ID = 24
LONGEST_NAME = 32


def award_table(found: AcrossLots, lots: Mapping[str, Evaluation], line: int = LINE) -> str:
    """The award with its limits, and the reasons lot by lot."""
    one = next(iter(lots.values()))
    title = f"{cut(one.scheme_title, LINE - LONGEST_ID)} ({cut(one.scheme_id, LONGEST_ID)})"
    told = [title, *across_lines(found, lots, line), *_limits(found, line)]
    for lot, reasons in found.reasons.items():
        if reasons:
            told += ["", f"Why not: lot {cut(lot, LONGEST_ID)}"]
            told += [_indented(f"{cut(why.bid, LONGEST_ID)}: {inert(results.text(why))}", line) for why in reasons]
    return "\n".join(told) + "\n"


def across_lines(found: AcrossLots, lots: Mapping[str, Evaluation], line: int) -> list[str]:
    """Who is awarded which lot, and the lots that nobody is awarded."""
    told = [heading(found), ""]
    rows = [
        (
            a.lot,
            cut(a.bid.id, LONGEST_ID),
            cut(a.bid.name, LONGEST_NAME),
            a.evaluation.figure,
            printed_figure(a.evaluation, a.bid.figure) or "-",
        )
        for a in found.awards
    ]
    if rows:
        told.append(
            tabulate(rows, ("lot", "bid", "supplier", "by", "figure"), tablefmt="simple", disable_numparse=True)
        )
    return told + [fill(sentence, line) for sentence in unawarded_sentences(found, lots)]


def heading(found: AcrossLots) -> str:
    """How the award across the lots was made, in one line."""
    if found.independent:
        return "Across the lots, each decided by itself"
    return f"Across the lots, by the mechanism {found.policy.mechanism.name}"


def unawarded_sentences(found: AcrossLots, lots: Mapping[str, Evaluation]) -> Iterator[str]:
    """Why each lot that nobody is awarded is not."""
    for lot in found.unawarded:
        if lot in found.undecided:
            why = "a tie is undecided" if lots[lot].tied else "it hangs on a tie that is undecided"
        else:
            ranked = any(bid.rank is not None for bid in lots[lot].bids)
            why = "no bid for it may be awarded more" if ranked else "no bid is left"
        yield f"Lot {lot} is not awarded: {why}."


def _limits(found: AcrossLots, line: int) -> list[str]:
    told = [_indented(sentence, line) for sentence in limits_in_words(found.policy.limits)]
    for bid, step in found.capacities.items():
        working = f" = {inert(step.working)}" if step.working else ""
        told.append(_indented(f"capacity of {cut(bid, LONGEST_ID)}: {shown(step.value)}{working}", line))
    if found.order:
        told.append(_indented(f"awarded in the order {', '.join(found.order)}", line))
    return ["", "Limits", *told] if told else []


def _indented(text: str, line: int) -> str:
    return fill(text, line, initial_indent="  ", subsequent_indent="    ")
