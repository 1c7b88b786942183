"""Lots that are awarded together: who is awarded each, by what, and what kept it from the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from markupsafe import Markup

from tender_eval.audit.case import Case
from tender_eval.languages.catalogue import Catalogue
from tender_eval.lots.award import AcrossLots
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.report.in_words import formula, money
from tender_eval.report.limits_in_words import limits_in_words
from tender_eval.report.page.bids import BidView
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.sayings import name_of, say
from tender_eval.report.page.verdict import Verdict


def told_across(case: Case, words: Catalogue) -> Iterator[Markup]:
    """How the lots were awarded: by which mechanism, within which limits and capacities, in which order."""
    found = case.across
    if found is None:
        return
    mechanism = found.policy.mechanism
    yield say(words, "across.by", name=mechanism.name, by=mechanism.origin)
    for limit in limits_in_words(found.policy.limits):
        yield say(words, "across.limit", limit=f"{limit[:1].upper()}{limit[1:]}")
    names = {bid.id: name_of(bid.name) for bid in case.bids.bids}
    for bid, step in found.capacities.items():
        value = money(step.value, case.compiled.scheme.currency) if isinstance(step.value, Fraction) else ""
        key = "across.capacity worked" if step.working else "across.capacity"
        yield say(words, key, name=names[bid], value=value, formula=step.formula, working=formula(step.working))
    if found.order:
        yield say(words, "across.order", lots=", ".join(found.order))


def verdict_across(found: AcrossLots, evaluation: Evaluation, numbers: Numbers, words: Catalogue) -> Verdict:
    """The outcome of one lot."""
    won = found.winners(evaluation.lot)
    winner = next((bid for bid in evaluation.bids if bid.id in won), None)
    if winner is not None:
        because = (_place(evaluation, winner, numbers, words), *_ahead(found, evaluation, winner, words))
        headline = say(words, "verdict.won", name=name_of(winner.name))
        return Verdict("won", headline, because, (say(words, "across.firmness"),))
    if evaluation.lot in found.undecided:
        why = "across.tie" if evaluation.tied else "across.hangs"
        return Verdict("tied", say(words, "across.open"), (say(words, why),), (say(words, "firm.undecided"),))
    if not any(bid.rank is not None for bid in evaluation.bids):
        why = "verdict.all out" if evaluation.bids else "verdict.nobody"
        return Verdict("none", say(words, "verdict.none"), (say(words, why),), ())
    return Verdict("none", say(words, "verdict.none"), (say(words, "across.full"),), ())


def lost_by(found: AcrossLots, lot: str, bids: Iterable[BidView]) -> Iterator[tuple[BidView, str]]:
    """Each ranked bid that is not awarded a lot, with why."""
    for bid in bids:
        if bid.ranked and (why := found.reason(lot, bid.id)):
            yield bid, why.text


def _place(evaluation: Evaluation, winner: BidResult, numbers: Numbers, words: Catalogue) -> Markup:
    ranked = sum(bid.rank is not None for bid in evaluation.bids)
    return say(words, "across.place", value=numbers.value(winner.figure), rank=winner.rank, ranked=ranked)


def _ahead(found: AcrossLots, evaluation: Evaluation, winner: BidResult, words: Catalogue) -> Iterator[Markup]:
    """Why each bid that ranks above the one that is awarded, or level with it, is not."""
    for bid in evaluation.bids:
        why = found.reason(evaluation.lot, bid.id)
        if why and bid.rank is not None and bid.rank <= (winner.rank or 0):
            yield say(words, "across.ahead", name=name_of(bid.name), why=why.text)
