"""What is asked, answered and made clear; what is asked must be settled before a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tender_eval.case.evaluating import again
from tender_eval.case.removals import without_matters
from tender_eval.case.state import Matter, State
from tender_eval.case.step import Step, Taken
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.explanation.flags import AbnormallyLowPrice

LOW = "abnormally_low"
LATE = "late"
CONFLICT = "conflict"
FEW = "few_marks"
QUERY = "query"
OUTCOMES = ("accepted", "not_accepted")
"""How an answer about a low price came out: accepted, it closes the matter."""


def about(state: State, bid: str, lot: str) -> str:
    """What a query about a bid is about: its low price, where that is flagged, else anything."""
    lots = [lot] if lot in state.evaluations else list(state.evaluations)
    results = [found for name in lots if (found := state.evaluations[name].find(bid))]
    low = any(isinstance(flag, AbnormallyLowPrice) for result in results for flag in result.flags)
    return LOW if low and "evaluate" in state.reached else QUERY


def query(step: Step, state: State) -> Taken:
    """Something is asked, and stands open until it is answered, closed, or its bid is out."""
    act = step.act
    kind = act.said("about")
    if kind not in (LOW, QUERY):
        step.refuse(f'a query is about {LOW} or is any other {QUERY}, not "{kind}"', code="TE085")
    return opened(state, kind, [act.said("bid")], act.said("lot"), act.number)


def opened(state: State, kind: str, bids: Iterable[str], lot: str, number: int) -> Taken:
    """Matters opened by an entry, one for each bid."""
    made = tuple(Matter(f"m{n}", kind, bid, lot, number) for n, bid in enumerate(bids, state.asked + 1))
    matters = {**state.matters, **{matter.id: matter for matter in made}}
    return Taken(replace(state, asked=state.asked + len(made), matters=matters), opened=made)


def answer(step: Step, state: State) -> Taken:
    """What was answered: it closes a matter, but that of a low price only where the answer is accepted."""
    matter, outcome = _open(step, state), step.act.said("outcome")
    if outcome and outcome not in OUTCOMES:
        step.refuse(f'"{outcome}" is no outcome of an answer', f"give {' or '.join(OUTCOMES)}", "TE085")
    if outcome and matter.kind != LOW:
        step.refuse(f"matter {matter.id} is not about a low price", "leave --outcome out", "TE085")
    if matter.kind == LOW and outcome != "accepted":
        return Taken(state)
    return _closed(step, state, matter)


def clarify(step: Step, state: State) -> Taken:
    """Something is made clear; about a matter, it leaves it as it is."""
    if step.act.said("matter"):
        _open(step, state)
    return Taken(state)


def close_matter(step: Step, state: State) -> Taken:
    """A matter is closed, for a reason; that of too few marks once there are enough, or the bid is out.

    Raises:
        Refused: TE538 naming the marks that are too few.
    """
    matter = _open(step, state)
    return _closed(step, again(state) if matter.kind == FEW else state, matter)


def _closed(step: Step, state: State, matter: Matter) -> Taken:
    return without_matters(state, [matter], step.act.number)


def _open(step: Step, state: State) -> Matter:
    """The open matter that an act names.

    Raises:
        Refused: TE087 where there is none of this name.
    """
    named = step.act.said("matter")
    matter = state.matters.get(named)
    if matter is None:
        hint = did_you_mean(named, state.matters) if state.matters else "no matter is open"
        step.refuse(f'there is no open matter "{named}"', hint)
    return matter
