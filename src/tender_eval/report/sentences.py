"""The outcome in plain words: who wins and why, or why nobody does yet."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.gap import gap_between
from tender_eval.report.printed import printed, printed_figure, with_name

OPEN = "The scheme does not separate them: the authority must decide, by a procedure that it announces."
"""What holds of every tie, also where the scheme has no tie break; no scheme can state what comes after it."""


def winner_line(evaluation: Evaluation) -> str:
    """``Winner: b``, or who stands where when there is no one winner."""
    if not evaluation.winner:
        return "Winner: none"
    if evaluation.tied and not evaluation.shares_money:
        tied = {*tied_names(evaluation)}
        placed = [name for name in evaluation.winner if name not in tied]
        return f"Winner: undecided beside {_and(placed)}" if placed else "Winner: undecided"
    return f"{'Winners' if len(evaluation.winner) > 1 else 'Winner'}: {', '.join(evaluation.winner)}"


def tied_names(evaluation: Evaluation) -> tuple[str, ...]:
    """The bids between whom a tie leaves the award undecided."""
    if not evaluation.tied:
        return ()
    if evaluation.shares_money:
        unfunded = [b for b in _ranked(evaluation) if b.tied and b.award == 0]
        return tuple(b.id for b in unfunded if b.rank == unfunded[0].rank)
    awarded = [b for b in _ranked(evaluation) if b.id in evaluation.winning]
    last = max(b.rank or 0 for b in awarded)
    return tuple(b.id for b in awarded if b.rank == last)


def reasons_why(evaluation: Evaluation) -> tuple[str, ...]:
    """Why the award is as it is, one sentence each."""
    ranked = _ranked(evaluation)
    if not ranked:
        return ("No bid is left to be awarded.",)
    if evaluation.shares_money:
        return _shared_out(evaluation)
    if evaluation.tied:
        return (_undecided(evaluation, ranked),)
    awarded = [b for b in ranked if b.id in evaluation.winning]
    if len(awarded) == 1:
        return (_one_winner(evaluation, ranked),)
    listed = "; ".join(f"{b.id}: {_figure(evaluation, b)}" for b in awarded)
    return (
        f"{_and([b.id for b in awarded])} are the best {len(awarded)} ({listed}).",
        *_border(evaluation, ranked),
    )


def _ranked(evaluation: Evaluation) -> list[BidResult]:
    return [b for b in evaluation.bids if b.rank is not None]


def _one_winner(evaluation: Evaluation, ranked: list[BidResult]) -> str:
    first = ranked[0]
    wins = f"{first.id} wins with {_figure(evaluation, first)}"
    if len(ranked) == 1:
        return f"{wins}; it is the only bid ranked."
    second = ranked[1]
    if first.figure == second.figure:
        return f"{wins}, as much as {second.id}: the scheme's tie break places {first.id} before {second.id}."
    return f"{wins}, {_apart(evaluation, first, second)} than {second.id}."


def _border(evaluation: Evaluation, ranked: list[BidResult]) -> tuple[str, ...]:
    """What separates the last who is awarded from the first who is not."""
    last = [b for b in ranked if b.id in evaluation.winning][-1]
    rest = [b for b in ranked if b.id not in evaluation.winning]
    if not rest:
        return ()
    if last.figure == rest[0].figure:
        return (f"The scheme's tie break places {last.id} before {rest[0].id}.",)
    return (f"{last.id} has {_apart(evaluation, last, rest[0])} than {rest[0].id}.",)


def _undecided(evaluation: Evaluation, ranked: list[BidResult]) -> str:
    tied = tied_names(evaluation)
    figure = _figure(evaluation, next(b for b in ranked if b.id in tied))
    return f"{_and(tied)} are tied with {figure}. {OPEN}"


def _shared_out(evaluation: Evaluation) -> tuple[str, ...]:
    funded = [b for b in _ranked(evaluation) if b.award]
    listed = ", ".join(f"{b.id} {printed(evaluation, b.award)}" for b in funded)
    total = sum((b.award for b in funded if b.award), Fraction(0))
    told = [f"Funded in order of {evaluation.figure}: {listed or 'nobody'}; {printed(evaluation, total)} in all."]
    if tied := tied_names(evaluation):
        told.append(f"{_and(tied)} are tied and the pot does not fund them together. {OPEN}")
    return tuple(told)


def _figure(evaluation: Evaluation, bid: BidResult) -> str:
    return with_name(evaluation, printed_figure(evaluation, bid.figure) or "-")


def _apart(evaluation: Evaluation, better: BidResult, worse: BidResult) -> str:
    """``1.30 more``."""
    gap = gap_between(evaluation, better, worse)
    return f"{gap.printed} {'more' if gap.more else 'less'}"


def _and(names: tuple[str, ...] | list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
