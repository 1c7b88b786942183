"""Gaming: the ways to play the scheme that were found, and the bids, made by nobody, that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tender_eval.documents.model import Block, items
from tender_eval.fairness.findings.ploys import Dummy, Friend, GamingStrategy, LossLeader, LowestQuality, ZeroPrice
from tender_eval.languages.numbers import grouped, percentage
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Inline, Runs, capital, joined, spaced
from tender_eval.model.digits import fixed
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import Names, amount
from tender_eval.report.fairness.numbers import percent_of


def sentences(report: LotReport) -> Iterator[Runs]:
    """How many of them change the winner, and one of these."""
    found = report.findings
    gaming = [strategy for strategy in found.gaming if set(strategy.winner) != set(found.winner)]
    if gaming:
        yield report.messages.say_count("answer.gaming", len(gaming), says=strategy_in_words(gaming[0], report.names))
    elif found.gaming:
        yield report.messages.say("answer.no gaming")


def section(report: LotReport) -> Iterator[Block]:
    """All of them; a price of zero also where it does not win."""
    found, messages = report.findings.gaming, report.messages
    if not found:
        return
    yield from report.opening("gaming", messages("gaming.lead"))
    if not report.brief:
        yield items([strategy_in_words(strategy, report.names) for strategy in found])
    keys = ("gaming.kind", "bid", "price", "gaming.marks", "gaming.helps", "winner")
    notes = (messages("gaming.note"),) if any(strategy.bid.share for strategy in found) else ()
    yield from report.table("gaming", keys, [_row(strategy, report) for strategy in found], (2, 3), notes=notes)


def _row(strategy: GamingStrategy, report: LotReport) -> tuple[Inline, ...]:
    names, messages, bid = report.names, report.messages, strategy.bid
    helps = (
        NONE
        if not strategy.beneficiary
        else messages("gaming.itself")
        if strategy.beneficiary == bid.id
        else names.bid(strategy.beneficiary)
    )
    winner = [messages("gaming.this bid") if one == bid.id else names.bid(one) for one in strategy.winner]
    price = NONE if bid.price is None else names.money(bid.price)
    share = NONE if bid.share is None else percent_of(bid.share)
    return (
        messages(f"ploy.{strategy.kind}"),
        dummy_in_words(bid, names),
        price,
        share,
        helps,
        messages.listed(winner) or NONE,
    )


def dummy_in_words(bid: Dummy, names: Names) -> Runs:
    """A bid that nobody made, in words."""
    messages, price = names.messages, None if bid.price is None else names.made_up(bid.price)
    if bid.share is None and bid.times != 1:
        key = "dummy.times" if price is None else "dummy.times priced"
        return messages.say(key, bid=names.bid(bid.copies), times=percentage(bid.times), price=price)
    if bid.share is None:
        told = messages.say("dummy.copy", bid=names.bid(bid.copies))
    elif bid.share:
        told = messages.say("dummy.marks", share=percentage(bid.share))
    else:
        told = messages.say("dummy.no marks")
    return told if price is None else messages.say("dummy.priced", bid=told, price=price)


def strategy_in_words(strategy: GamingStrategy, names: Names) -> Runs:
    """A strategy in a sentence or two."""
    messages, bid = names.messages, _capital(dummy_in_words(strategy.bid, names))
    match strategy.how:
        case LowestQuality(of_lowest):
            key = "wins" if of_lowest is None else "against"
            share = "" if of_lowest is None else f"{grouped(fixed(of_lowest * 100, 0))}%"
            told = messages.say(f"ploy.lowest_quality {key}", bid=bid, share=share)
        case ZeroPrice():
            told = _zero_price(strategy.how, bid, names)
        case LossLeader():
            told = _loss_leader(strategy.how, strategy.bid, bid, names)
        case Friend(instead_of):
            told = messages.say(
                "ploy.friend wins", bid=bid, friend=names.bid(strategy.beneficiary), before=names.bids(instead_of)
            )
    return spaced(told, messages.say("ploy.flagged")) if strategy.flagged else told


def _zero_price(how: ZeroPrice, bid: Runs, names: Names) -> Runs:
    messages = names.messages
    outcome = messages.say(f"outcome.{how.outcome}", rank=how.result.rank)
    if why := reasons(how.result):
        outcome = messages.say("outcome.why", outcome=outcome, reasons=joined(why, messages("enumeration.long")))
    if not how.lost:
        return messages.say("ploy.zero_price alone", bid=bid, outcome=outcome)
    lost = [
        messages.say(
            "ploy.lost",
            bid=names.bid(one.bid),
            was=_places(one.was),
            now=_places(one.now),
            points=amount(one.points),
            criterion=names.criterion(one.criterion),
        )
        for one in how.lost
    ]
    return messages.say("ploy.zero_price takes", bid=bid, outcome=outcome, lost=joined(lost, messages("enumeration")))


def _loss_leader(how: LossLeader, made: Dummy, bid: Runs, names: Names) -> Runs:
    key = "none" if how.takes is None else "same" if how.takes == made.share else "takes"
    return names.messages.say(
        f"ploy.loss_leader {key}",
        bid=bid,
        below=percentage(how.below),
        mean=_places(how.mean),
        usual=names.made_up(how.usual),
        share="" if how.takes is None else percentage(how.takes),
    )


def _places(value: Fraction) -> str:
    return grouped(fixed(value, 2))


def _capital(told: Runs) -> Runs:
    return (replace(told[0], text=capital(told[0].text)), *told[1:])
