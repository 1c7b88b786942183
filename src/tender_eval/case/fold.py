"""The one fold: a case is what its acts come to, one after the other.

``state = fold(acts)`` depends on nothing but the acts and the plugins. What was recorded of results is never read here:
whoever holds a record against its fold compares them (`tender_eval.audit.replay`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from tender_eval.base.canonical import Data
from tender_eval.case.acts import CHANGES, Act, check_said
from tender_eval.case.amending import amend_scheme, scheme_in_force
from tender_eval.case.awards import close, decide, set_aside
from tender_eval.case.corrections import Change, Correction, change_of, corrected, correction_of
from tender_eval.case.envelopes import check_envelopes, prices_alone_sealed, quality_part, refuse_prices
from tender_eval.case.evaluating import again, evaluated, of_quality
from tender_eval.case.matters import answer, clarify, close_matter, query
from tender_eval.case.outcome import outcome, winners_of
from tender_eval.case.panel.agreeing import agree
from tender_eval.case.panel.changing import change_panel
from tender_eval.case.panel.correcting import of_person, refuse_computed, with_mark_of
from tender_eval.case.panel.declaring import declare_interest, recuse
from tender_eval.case.panel.giving import submit_marks
from tender_eval.case.panel.guard import check_agreed
from tender_eval.case.panel.marks import check_criteria
from tender_eval.case.receiving import correct_file, evaluate, lock, open_prices, receive
from tender_eval.case.removals import readmit, remove
from tender_eval.case.rounds.offers import offer
from tender_eval.case.state import COMPLETE, Matter, State
from tender_eval.case.step import Step, Taken, check_due
from tender_eval.case.ties import settle
from tender_eval.engine.check import check
from tender_eval.files.bids.file import CONTACT
from tender_eval.files.load import read_bids
from tender_eval.files.panel import read_panel
from tender_eval.files.source import Source
from tender_eval.lots.check import limits_check
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark
from tender_eval.plugins.catalogue import Catalogue


class Told(NamedTuple):
    """What an act did: the result before it and after, where it can change one, what it opened and closed, which prices
    its file changed, and which marks it set aside.
    """

    act: Act
    before: Mapping[str, Data]
    after: Mapping[str, Data]
    opened: tuple[Matter, ...] = ()
    closed: tuple[Matter, ...] = ()
    prices: tuple[Change, ...] = ()
    marks: tuple[OneMark, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The figures that it put right: the one that it names, or the prices that its file changed."""
        return (change_of(self.act),) if self.act.kind == "correct" else self.prices

    @property
    def states(self) -> dict[str, Data]:
        """What the entry of the act says of its effect, beside what the act says itself."""
        found: dict[str, Data] = {"before": self.before, "after": self.after} if self.before or self.after else {}
        found |= {"changes": [change._asdict() for change in self.prices]} if self.prices else {}
        return found | ({"marks_set_aside": [mark._asdict() for mark in self.marks]} if self.marks else {})


def _correct(step: Step, state: State) -> Taken:
    return put_right(step, state, correction_of(step.act))


def put_right(step: Step, state: State, change: Correction) -> Taken:
    """A figure put right, and everything evaluated again; how a supplier is written to is no figure."""
    received, problems = state.received or state.bids, Problems()
    if state.whole.plan.is_sealed(change.field) and state.quality is not None and "open_prices" not in state.reached:
        step.refuse("the prices are sealed", "case open-prices comes first")
    if whose := of_person(change.field):
        made = with_mark_of(step, state, change, whose)
        if "lock" in state.reached:
            check_agreed(made)
        return Taken(again(made))
    refuse_computed(step, state, change)
    bids = corrected(received, change, step.from_entry, step.where, problems, state.whole.plan.marks_read())
    problems.refuse()
    made = replace(state, received=bids)
    if change.field.startswith("marks.") and "lock" in state.reached:
        check_agreed(made)
    return Taken(made if change.field in CONTACT else again(made))


TAKES: Mapping[str, Callable[[Step, State], Taken]] = {
    "receive": receive,
    "offer": offer,
    "withdraw": remove,
    "exclude": remove,
    "disregard": remove,
    "readmit": readmit,
    "correct": _correct,
    "correct_file": correct_file,
    "query": query,
    "answer": answer,
    "clarify": clarify,
    "close_matter": close_matter,
    "settle": settle,
    "declare_interest": declare_interest,
    "recuse": recuse,
    "submit_marks": submit_marks,
    "agree": agree,
    "change_panel": change_panel,
    "lock": lock,
    "open_prices": open_prices,
    "evaluate": evaluate,
    "decide": decide,
    "set_aside": set_aside,
    "amend_scheme": amend_scheme,
    "close": close,
}
"""What takes an act of each kind."""


def opened(scheme: Source, catalogue: Catalogue, panel: Source | None = None) -> State:
    """A case as its scheme is published, with the people of its panel where they are given.

    Raises:
        Refused: with every problem of the scheme and of the panel.
    """
    if panel is None:
        return State(scheme_in_force(scheme, catalogue))
    problems = Problems()
    found = read_panel(panel, problems)
    try:
        whole = scheme_in_force(scheme, catalogue)
    except Refused as e:
        raise Refused((*e.diagnostics, *problems.sorted())) from None
    if found:
        check_criteria(found, whole.plan, problems)
    return State(whole, panel=problems.sound(found))


def take(state: State, act: Act, catalogue: Catalogue, where: Location) -> tuple[State, Told]:
    """The case after an act.

    Args:
        where: the place at which problems of the act are told.

    Raises:
        Refused: with what is wrong with the act, or what stands in its way.
    """
    step, problems = Step(act, catalogue, where), Problems()
    check_said(act, where, problems)
    problems.refuse()
    check_due(step, state)
    taken = TAKES[act.kind](step, state)
    changes = act.kind in CHANGES or (state.across is not None and taken.state.given_up != state.given_up)
    after = outcome(taken.state) if changes else {}
    _check_decided(step, taken.state, after)
    before = outcome(state) if changes else {}
    return taken.state, Told(act, before, after, taken.opened, taken.closed, taken.prices, taken.marks)


def _check_decided(step: Step, state: State, after: Mapping[str, Data]) -> None:
    """See that an act at one lot leaves the award of others as it was decided.

    Args:
        state: as it is after the act.

    Raises:
        Refused: TE087 naming the decision.
    """
    winners = winners_of(after)
    for lot, decision in state.decided.items():
        if lot in winners and not decision.no_award and set(winners[lot]) != set(decision.winners):
            message = f"it would change the award of lot {lot}, which entry {decision.entry} decided"
            step.refuse(message, f"case set-aside --lot {lot} comes first")


def at_one_sitting(scheme: Source, bids: Source, catalogue: Catalogue, stage: str = COMPLETE) -> State:
    """A case whose scheme and bids come together: evaluated, or at the quality stage with its marks locked.

    Raises:
        Refused: with every problem of the files; TE082 for a price at the quality stage.
    """
    if stage == COMPLETE:
        checked = check(scheme, bids, catalogue, limits_check(catalogue))
        if isinstance(checked, Refused):
            raise checked
        begun = State(checked.compiled, received=checked.bids, reached={"receive": 1, "lock": 1})
        check_agreed(begun)
        return replace(evaluated(begun, 1), recorded=True)
    problems = Problems()
    alone = check(scheme, None, catalogue, limits_check(catalogue))
    problems.extend(alone.diagnostics)
    found = read_bids(bids, catalogue.readers, problems)
    whole = None if isinstance(alone, Refused) else alone.compiled
    if whole and bids.second_bids:
        whole = prices_alone_sealed(whole)
    elif whole:
        check_envelopes(whole.plan, whole.scheme.where, problems)
    if found:
        refuse_prices(found, whole.plan if whole else None, problems)
    if whole is None:
        raise Refused(problems.sorted())
    part = quality_part(whole)
    begun = State(whole, part, problems.sound(found), {"receive": 1, "lock": 1})
    check_agreed(begun)
    return replace(of_quality(begun, part), recorded=True)
