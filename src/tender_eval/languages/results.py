"""What a result says of a bid, in words: why it was turned away, what to look at, why it lost a lot.

Results hold data (`tender_eval.model.explanation.reasons`, `tender_eval.lots.reasons`); this is the one place at which
it is put in words. Records are written with `text`, pages with the runs of the other functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tender_eval.languages import formulas
from tender_eval.languages.messages import Called, Each, Id, Message, Money, PlainWords, Ranked, RunWords, Theirs, say
from tender_eval.languages.offers import of_offer, with_said
from tender_eval.languages.runs import Runs, runs
from tender_eval.lots import reasons as lots
from tender_eval.model.digits import fixed, percent, shown
from tender_eval.model.evaluation import BidResult
from tender_eval.model.explanation import flags as flagged
from tender_eval.model.explanation import reasons as facts
from tender_eval.model.explanation.formulas import Worked
from tender_eval.model.explanation.workings import noted

LOW_PLACES = 1  # of the per cent that a price is below the others


def reasons(
    bid: BidResult, language: str = "", *, to_bidder: bool = False, called: Called | None = None
) -> tuple[Runs, ...]:
    """Why a bid is not ranked, or not funded; each reason by itself.

    Args:
        to_bidder: in the manner of letters: criteria by their titles, numbers with signs between thousands.
        called: what stands for ids, and that amounts are money; then in the manner of letters too.
    """
    return tuple(told(reason, language, to_bidder=to_bidder, called=called) for reason in bid.reasons)


def flags(bid: BidResult, language: str = "", *, called: Called | None = None) -> tuple[Runs, ...]:
    """What a panel must look at before it decides."""
    return tuple(told(flag, language, called=called) for flag in bid.flags)


def lost(reason: lots.Reason, language: str = "", *, called: Called | None = None) -> Runs:
    """Why a bid is not awarded a lot, with what else would have been enough."""
    return runs(RunWords(language, called is not None, called).of(_with_also(reason)))


def told(value: facts.Worded, language: str = "", *, to_bidder: bool = False, called: Called | None = None) -> Runs:
    """Anything that a result says, as runs; what others wrote is a name."""
    return runs(RunWords(language, to_bidder or called is not None, called).of(_said(value)))


def text(value: facts.Worded, language: str = "") -> str:
    """The same as plain text, with what others wrote letter by letter: as records hold it."""
    return PlainWords(language).of(_said(value))


def texts(values: Iterable[facts.Worded], language: str = "") -> str:
    """Several in a row, as one text."""
    return "; ".join(text(value, language) for value in values)


def asked(answer: facts.ConditionAnswer, language: str = "") -> str:
    """What a condition asks for."""
    return PlainWords(language).of(say("condition.asks", reads=answer.reads, wanted=_wanted(answer.wanted)))


def answered(answer: facts.ConditionAnswer, language: str = "") -> str:
    """What was read for a condition."""
    return PlainWords(language).of(_read(answer))


def _said(value: facts.Worded) -> Message | Each:
    """The message for what a result says."""
    match value:
        case lots.Reason():
            return _of_lot(value)
        case flagged.AbnormallyLowPrice() | flagged.MarksApart() | flagged.FewMarks():
            return _flag(value)
        case flagged.UnconfirmedMembers() | flagged.TotalDiffers():
            return _flag(value)
        case flagged.BelowFullCost() | flagged.CostsNotStated() | flagged.BeyondFunder() | flagged.SourceNotStated():
            return _flag(value)
        case facts.GrantNotPossible() | facts.GrantNotReached() | facts.GrantTurn():
            return _grant(value)
        case facts.NotFunded(why):
            return say("grant.not funded", why=Theirs(_own_why(why)) if isinstance(why, Worked) else _said(why))
        case facts.NoQualityPoints():
            return say("rule.no quality")
        case facts.OverBudget(budget):
            return say("rule.over budget", budget=Money(budget))
        case facts.TurnedAwayByRule(_, reason):
            return say("rule.own words", reason=Theirs(reason))
        case facts.SupplierHasPlace(by):
            return say("place.supplier", by=Id("bids", by))
    return _not_met(value)


def _own_why(worked: Worked) -> str:
    """Why a plugin's rule gives nothing: what it says behind its working, or else the working."""
    expression, why = noted(formulas.worked(worked) or formulas.method(worked))
    return why or expression


def _not_met(reason: facts.Worded) -> Message:
    """Decisions of people, conditions, the shortlist and minimums."""
    match reason:
        case facts.Removed(kind, clause, why):
            known = " under clause" if clause else ""
            key = f"removed.{kind}{known}" if why else f"removed.{kind}{known} alone"
            return say(key, clause=Theirs(clause), why=Theirs(why))
        case facts.ConditionNotMet(condition):
            where = say("condition.place", where=str(reason.where)) if reason.where else ""
            wanted = _wanted(reason.wanted)
            return say(
                "condition.not met",
                to_bidder="condition.not met to bidder",  # without where it was read: files are the authority's own
                condition=Id("conditions", condition.id),
                read=_read(reason),
                place=where,
                wanted=wanted,
            )
        case facts.ConditionAnswer():
            return say("condition.answer", read=_read(reason), wanted=_wanted(reason.wanted))
        case facts.NotStated():
            return say("condition.nothing")
        case facts.ConditionNotStated(condition, reads):
            return say("condition.not stated", condition=Id("conditions", condition.id), reads=Id("figure", reads))
        case facts.NotShortlisted(by, top, share):
            listed = Each(tuple(map(_short, by)))
            if top is not None:
                return say("shortlist.top", top=top, by=listed)
            return say("shortlist.share", share=percent(share or Fraction(0)), by=listed)
        case facts.BelowMinimumMark(criterion, mark, minimum, in_worth):
            key = "minimum.mark not reached" if in_worth else "minimum.mark"
            return say(key, criterion=_titled(criterion), mark=mark, minimum=minimum)
        case facts.NearTheBest(figure, best):
            return say("near the best", figure=figure, best=best)
        case facts.BelowMinimumPoints(criterion, points, available, share):
            return say(
                "minimum.points",
                criterion=_titled(criterion),
                points=points,
                available=available,
                share=percent(share),
                minimum=reason.minimum,
            )
    raise TypeError(f"there are no words for {reason!r}")


def _read(found: facts.ConditionAnswer | facts.ConditionNotMet) -> Message:
    """What was read for a condition."""
    reads: object = Id("figure", found.reads)
    if found.pooled:
        reads = say("condition.pooled", reads=reads, to_bidder="condition.pooled to bidder")
    value: object = Money(found.value, found.reads) if isinstance(found.value, Fraction) else _stated(found.value)
    if found.days:
        value = say("condition.days" if found.days == "days" else "condition.days from", value=value, day=found.days)
    return say("condition.reads", reads=reads, value=value)


def _stated(value: facts.Value) -> object:
    """What a bid states: text is that of others."""
    return value if isinstance(value, bool | Fraction) or value is None else Theirs(shown(value))


def _titled(criterion: facts.Titled) -> Message:
    if criterion.title == criterion.id:
        plain = criterion.id.replace("_", " ")
        return say("criterion.alone", id=criterion.id, title=Theirs(plain), to_bidder="criterion.to bidder")
    title = Theirs(criterion.title)
    return say("criterion.titled", id=criterion.id, title=title, to_bidder="criterion.to bidder")


def _short(criterion: facts.Titled) -> Message:
    """A criterion by its id alone."""
    return _titled(criterion)._replace(key="criterion.id")


def _wanted(wanted: facts.Wanted) -> Message:
    match wanted:
        case facts.OneOf(values):
            return say("wanted.one of", values=Each(tuple(map(Theirs, values)), style="or"))
        case facts.Exactly(value):
            if isinstance(value, bool):
                return say("wanted.truth", value=value)
            return say("wanted.text", value=Theirs(value))
        case facts.Limit(limit, least, share, column):
            found: object = limit
            if share is not None:
                found = say("wanted.share", limit=limit, share=percent(share), of=Id("figure", column))
            return say("wanted.at least" if least else "wanted.at most", limit=found)


def _grant(note: facts.GrantNote) -> Message:
    match note:
        case facts.GrantNotPossible(floor, ceiling, at_cap=True):
            return say("grant.above cap", floor=Money(floor), cap=Money(ceiling))
        case facts.GrantNotPossible(floor, ceiling):
            return say("grant.above asked", floor=Money(floor), asked=Money(ceiling))
        case facts.GrantNotReached(asked, cap, tie):
            return say("grant.stopped at tie" if tie else "grant.stopped", asks=_asks(asked, cap))
        case facts.GrantTurn(asked, cap, left, tie):
            return say("grant.turn tied" if tie else "grant.turn", asks=_asks(asked, cap), left=Money(left))


def _asks(asked: Fraction, cap: Fraction | None) -> Message:
    if cap is None:
        return say("grant.asks", asked=Money(asked))
    return say("grant.asks above cap", asked=Money(asked), cap=Money(cap))


def _flag(flag: flagged.Flag) -> Message:
    match flag:
        case flagged.AbnormallyLowPrice(price, middle_of, middle, threshold, others):
            below = fixed(flag.below * 100, LOW_PLACES)
            key = f"flag.low against {middle_of}{' of others' if others else ''}"
            clause = Each((say("flag.low clause"),) if flag.under_the_act else ())
            against, from_ = Money(middle), percent(threshold)
            return say(key, price=Money(price), below=below, middle=against, threshold=from_, clause=clause)
        case flagged.MarksApart(criterion, limit, marks, moderated):
            each = Each(tuple(say("flag.mark of", who=Theirs(who), mark=mark) for who, mark in marks))
            called = Id("criteria", criterion)
            key, people = "flag.marks apart", "flag.marks apart to people"
            if not moderated:
                key, people = "flag.marks apart unmoderated", "flag.marks apart unmoderated to people"
            return say(key, to_bidder=people, criterion=called, limit=limit, marks=each)
        case flagged.FewMarks(criterion, given, least):
            called = Id("criteria", criterion)
            key, people = "flag.few marks", "flag.few marks to people"
            return say(key, number=given, to_bidder=people, criterion=called, n=given, least=least)
        case flagged.UnconfirmedMembers(names):
            return say("flag.unconfirmed", names=Each(tuple(map(Theirs, names))))
        case flagged.TotalDiffers(line, stated, product, counts, moved):
            key = "flag.price differs" if not line else f"flag.total {'moved' if moved else counts}"
            return say(key, line=Id("figure", f"totals.{line}"), stated=Money(stated), product=Money(product))
        case _:
            return _beside(flag)


def _beside(flag: flagged.Beside) -> Message:
    match flag:
        case flagged.BelowFullCost(price, cost):
            return say("flag.below full cost", price=Money(price), cost=Money(cost), short=Money(cost - price))
        case flagged.CostsNotStated(lines):
            return say("flag.costs not stated", lines=Each(tuple(Id("figure", f"costs.{line}") for line in lines)))
        case flagged.BeyondFunder(funder, pays, most):
            return say("flag.beyond funder", funder=Theirs(funder), pays=Money(pays), most=Money(most))
        case flagged.SourceNotStated(benefits):
            return say(
                "flag.source not stated", benefits=Each(tuple(Id("figure", f"benefits.{name}") for name in benefits))
            )


def _with_also(reason: lots.Reason) -> Message | Each:
    """A reason, and those beside it: text in records has the first alone."""
    also = (say("lot.besides", why=_said(other)) for other in reason.also)
    return Each((_said(reason), *also), "; ") if reason.also else _said(reason)


def _of_lot(reason: lots.Reason) -> Message | Each:
    match reason:
        case lots.Rejected() | lots.NotShortlisted() | lots.NotFunded() | lots.PlaceTaken():
            return Each(tuple(map(_said, reason.reasons)), "; ")
        case lots.Outscored():
            by, gap = Id("bids", reason.by), reason.gap.printed
            return say(
                "lot.outscored", by=by, gap=gap, figure=Ranked(reason.figure), theirs=reason.theirs, own=reason.own
            )
        case lots.TieBroken():
            return say("lot.tie broken", by=Id("bids", reason.by), level=reason.level, figure=Ranked(reason.figure))
        case lots.NoAward():
            return say("lot.no award", rank=reason.rank)
        case lots.Capped():
            return say("lot.capped", number=reason.most, rank=reason.rank, holds=_names(reason.holds))
        case lots.OverCapacity():
            return _over(reason)
        case lots.BeyondShare() | lots.EnoughSuppliers() | lots.QuotaReached() | lots.IsReserved():
            return _of_limit(reason)
        case lots.CannotBeKept():
            return say("lot.conflict", rank=reason.rank, limits=_names(reason.limits))
        case lots.TieOpen():
            return say("lot.level", rank=reason.rank, level=_bids(reason.level))
        case lots.HangsOnTie():
            return _hangs(reason)
        case lots.OwnOffer() | lots.OfferBroken() | lots.OfferPassedOver():
            return of_offer(reason)
        case lots.ByMechanism():
            key = "lot.to another" if reason.by else "lot.to nobody"
            return with_said(say(key, rank=reason.rank, by=Id("bids", reason.by)), reason.said, reason.unsaid)
    raise TypeError(f"there are no words for {reason!r}")


def _of_limit(reason: lots.BeyondShare | lots.EnoughSuppliers | lots.QuotaReached | lots.IsReserved) -> Message:
    match reason:
        case lots.BeyondShare():
            key = "lot.share beside" if reason.holds else "lot.share"
            return say(
                key, rank=reason.rank, value=Money(reason.value), held=Money(reason.held), holds=_names(reason.holds),
                most=Money(reason.most), share=percent(reason.share),
            )  # fmt: skip
        case lots.EnoughSuppliers():
            return say("lot.suppliers", number=reason.most, rank=reason.rank)
        case lots.QuotaReached():
            quota = Theirs(reason.quota)
            return say("lot.quota", number=reason.most, rank=reason.rank, quota=quota, holds=_names(reason.holds))
        case lots.IsReserved():
            return say("lot.reserved", rank=reason.rank, reads=Each(tuple(Id("figure", t.reads) for t in reason.tests)))


def _hangs(reason: lots.HangsOnTie) -> Message:
    others = _names(reason.others)
    if not reason.others:
        return say("lot.open", rank=reason.rank)
    return say("lot.open with others", number=len(reason.others), rank=reason.rank, lots=others)


def _over(reason: lots.OverCapacity) -> Message:
    capacity: object = Money(reason.capacity)
    if reason.whose:
        capacity = say("lot.capacity whose", capacity=capacity, bid=Id("bids", reason.whose))
    elif reason.share is not None:
        share, of = percent(reason.share), Id("figure", reason.of)
        capacity = say("lot.capacity share", capacity=capacity, share=share, of=of)
    if not reason.holds:
        return say("lot.capacity", rank=reason.rank, value=Money(reason.value), capacity=capacity)
    held, holds = Money(reason.held), _names(reason.holds)
    value = Money(reason.value)
    return say("lot.capacity beside", rank=reason.rank, value=value, held=held, holds=holds, capacity=capacity)


def _bids(bids: tuple[str, ...]) -> Each:
    return Each(tuple(Id("bids", bid) for bid in bids))


def _names(names: tuple[str, ...]) -> Each:
    return Each(tuple(map(Theirs, names)))
