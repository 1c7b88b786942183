"""What was found of a scheme, in sentences that a councillor understands: the answer before the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tender_eval.fairness.acceptability import UNIFORM
from tender_eval.fairness.effective import REAL
from tender_eval.fairness.findings import (
    Alternative,
    EffectiveWeight,
    Fairness,
    NearestWeights,
    Order,
    PriceTipping,
    Reversal,
)
from tender_eval.fairness.studied import Stressed
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.wording import shown
from tender_eval.report.fairness_voice import Voice, apart, capital, is_low, percent_of, rate_of, ratio_of
from tender_eval.report.printed import roots_of

NAMED = 3  # findings of a kind that are told in words; the rest are counted, and stand in the tables
NAMED_ORDER = 1
FEW_CRITERIA = 4
MORE_REJECTED = 0.1  # by which the rate of a group that is turned away must be above that of the others to be told
EITHER = "either"  # what stands for removing a bid and rejecting it, where both do the same


def answer(stressed: Stressed, voice: Voice) -> tuple[str, ...]:
    """The findings in sentences, after the sentences that say who wins."""
    found = stressed.found
    before = (_limited, _robust, _marking, _reversals, _weights, _marks, _prices)
    after = (_groups, _gaming, _others)
    return (
        *(sentence for part in before for sentence in part(found, voice)),
        *_effective(stressed, voice),
        *(sentence for part in after for sentence in part(found, voice)),
    )


def _limited(found: Fairness, voice: Voice) -> Iterator[str]:
    if found.limited:
        yield voice.say("answer.limited")


def _robust(found: Fairness, voice: Voice) -> Iterator[str]:
    if not found.acceptability or not found.winner:
        return
    smaa = found.acceptability
    where = {"draws": f"{smaa.draws:,}", "bands": "" if smaa.sampling == UNIFORM else voice.words("answer.bands")}
    firsts = {bid: ranks[0] for bid, ranks in found.acceptability.ranks.items() if ranks}
    if len(found.winner) > 1:
        best = [bid for bid in sorted(firsts, key=lambda bid: -firsts[bid]) if firsts[bid]]
        told = [voice.say("answer.share of", name=voice.name(b), share=voice.share(firsts[b])) for b in best[:NAMED]]
        yield voice.say(
            "answer.first several" if len(best) <= NAMED else "answer.first most", **where, shares=voice.listed(told)
        )
        yield from _never(firsts, voice)
        return
    own, most = firsts.get(found.winner[0], 0.0), max(firsts, key=lambda bid: firsts[bid])
    values = {**where, "name": voice.name(found.winner[0]), "share": voice.share(own)}
    if firsts[most] > own:
        more = {"other": voice.name(most), "more": voice.share(firsts[most])}
        alike = voice.share(own) == more["more"]
        yield voice.say("answer.first alike" if alike else "answer.first less", **values, **more)
    else:
        yield voice.say("answer.first", **values)
    yield from _never(firsts, voice)


def _never(firsts: Mapping[str, float], voice: Voice) -> Iterator[str]:
    never = [bid for bid, share in firsts.items() if not share]
    if 0 < len(never) <= NAMED:
        yield voice.say("answer.never first", names=voice.names(never))


def _marking(found: Fairness, voice: Voice) -> Iterator[str]:
    if not found.marking or not found.winner:
        return
    wins = [found.marking.wins[bid] for bid in found.winner if bid in found.marking.wins]
    if wins and found.marking.draws:
        yield voice.say(
            _marking_key(found, voice),
            spread=found.marking.spread,
            name=voice.name(found.winner[0]),
            share=voice.share(min(wins)),
            draws=f"{found.marking.draws:,}",
        )
    others: dict[Order, list[str]] = {}
    for who, winner in found.marking.without.items():
        if set(winner) != set(found.winner):
            others.setdefault(winner, []).append(who)
    for winner, deciding in others.items():
        told = {"evaluators": voice.listed(deciding), "winner": voice.wins(winner)}
        yield voice.count("answer.evaluators", len(deciding), **told)


def _marking_key(found: Fairness, voice: Voice) -> str:
    if len(found.winner) == 1:
        return "answer.marking"
    return "answer.marking several" if voice.several else "answer.marking tied"


def _reversals(found: Fairness, voice: Voice) -> Iterator[str]:
    reversals = told_once(found.reversals)
    award = [r for r in reversals if r.changes_award]
    order = [r for r in reversals if not r.changes_award]
    told = _first_of_each(award)
    for reversal in told[:NAMED]:
        yield _told(reversal, found, voice)
    changes = {(r.change, r.bid, r.dummy.says if r.dummy else "") for r in award}
    if len(changes) > min(NAMED, len(told)):
        yield voice.count("answer.more wins", len(changes) - min(NAMED, len(told)))
    for reversal in _first_of_each(order)[:NAMED_ORDER]:
        yield _told(reversal, found, voice)
    if not found.reversals:
        yield no_reversal(found, voice)


def no_reversal(found: Fairness, voice: Voice) -> str:
    """Why there is no reversal to report."""
    if len(found.order) < 2:
        return voice.say("answer.too few")
    return voice.say("answer.independent" if found.independent else "answer.no reversal")


def told_once(reversals: Sequence[Reversal]) -> tuple[Reversal, ...]:
    """The reversals; what comes of removing a bid and of rejecting it alike is told once, as ``either``."""

    def same(r: Reversal) -> tuple[object, ...]:
        return r.bid, r.pair, r.was, r.winner_before, r.winner_after

    by = {change: {same(r) for r in reversals if r.change == change} for change in ("remove", "reject")}
    both = by["remove"] & by["reject"]
    return tuple(
        replace(r, change=EITHER) if r.change == "remove" and same(r) in both else r
        for r in reversals
        if not (r.change == "reject" and same(r) in both)
    )


def _told(reversal: Reversal, found: Fairness, voice: Voice) -> str:
    behind, ahead = reversal.pair
    after, before = reversal.winner_after, reversal.winner_before
    first = reversal.bid in found.winner
    ties = len(after) > 1 and not voice.several
    if not reversal.changes_award:
        result = "rest" if first else "order"
    elif not after:
        result = "nobody"
    else:
        result = ("next tie" if ties else "next") if first else "tie" if ties else "wins"
        if reversal.change == "add":  # the bid that comes may be ahead of them all
            result = "tie of others" if ties else "first of others"
    change = f"change.{reversal.change}{' first' if first else ''}"
    return voice.say(
        "answer.change",
        change=voice.say(
            change,
            bid=reversal.dummy.says if reversal.dummy else voice.name(reversal.bid),
            now=voice.words("now.several" if voice.several else "now.first"),
        ),
        result=voice.say(
            f"result.{result}",
            before=voice.names(before),
            after=voice.names(after),
            ahead=voice.name(ahead),
            behind=voice.name(behind),
        ),
    )


def _first_of_each(reversals: Sequence[Reversal]) -> list[Reversal]:
    """One reversal of each kind of change and each new winner, real bids before dummies."""
    kept: dict[tuple[str, Order], Reversal] = {}
    for reversal in sorted(reversals, key=lambda r: (EITHER, "remove", "reject", "add").index(r.change)):
        kept.setdefault((reversal.change, reversal.winner_after), reversal)
    return list(kept.values())


def _weights(found: Fairness, voice: Voice) -> Iterator[str]:
    flips = [(abs(t.flips_at - t.weight), t.flips_at, t) for t in found.tipping if t.flips_at is not None]
    if flips:
        _, at, nearest = min(flips, key=lambda flip: flip[0])
        key = "level" if at == nearest.weight else "rises" if at > nearest.weight else "falls"
        yield voice.say(
            f"answer.{key}",
            title=voice.title(nearest.criterion),
            weight=shown(nearest.weight),
            flips=apart(at, nearest.weight),
            winner=voice.wins(nearest.winner),
        )
    elif found.tipping:
        yield voice.say("answer.no tipping")
    if found.nearest and found.nearest.moved and len(found.nearest.weights) > 2:
        yield nearest_of(found.nearest, voice)


def nearest_of(nearest: NearestWeights, voice: Voice) -> str:
    """The least move over all weights that brings another bid level, in a sentence."""
    key = "answer.nearest" if nearest.exact else "answer.nearest about"
    return voice.say(key, moved=apart(nearest.moved, Fraction(0)), names=voice.names(nearest.winner))


def _marks(found: Fairness, voice: Voice) -> Iterator[str]:
    if not found.marks:
        if found.marking:  # there are marks
            yield voice.say("answer.no marks")
        return
    first = found.marks[0]
    yield voice.count(
        "answer.marks",
        len(found.marks),
        bid=voice.name(first.bid),
        title=voice.title(first.criterion),
        mark=shown(first.mark),
        to=shown(first.to),
        winner=voice.wins(first.winner),
    )


def _prices(found: Fairness, voice: Voice) -> Iterator[str]:
    can = [(t, t.wins_at) for t in found.prices if t.wins_at is not None]
    if can:
        nearest, wins_at = max(can, key=lambda pair: less(*pair))
        name = voice.name(nearest.bid)
        if wins_at >= nearest.price:
            yield voice.say("answer.price level", name=name)
        else:
            share = percent_of(-less(nearest, wins_at))
            yield voice.say("answer.price", name=name, wins=voice.below(wins_at), share=share)
    elif found.prices:
        yield voice.say("answer.no price")


def less(tipping: PriceTipping, wins_at: Fraction) -> Fraction:
    """The change of the price, as a share of it; below zero where it must fall."""
    return (wins_at - tipping.price) / tipping.price if tipping.price else Fraction(0)


def _effective(stressed: Stressed, voice: Voice) -> Iterator[str]:
    found, roots = stressed.found, {root.id for root in roots_of(stressed.evaluation)}
    if not found.figure.endswith("points"):  # shares of the points say little of how such a scheme ranks
        return
    whole = [w for w in found.effective if w.criterion in roots]
    over = voice.say("answer.over these" if found.effective_over == REAL else "answer.over others")
    if 2 <= len(whole) <= FEW_CRITERIA:
        opposed = [voice.title(w.criterion) for w in whole if w.effective < 0]
        shares = {
            "nominal": _parts(whole, [w.nominal for w in whole], voice),
            "effective": _parts(whole, [w.effective for w in whole], voice),
        }
        if opposed:
            listed = voice.listed(opposed)
            yield voice.count("answer.effective opposed", len(opposed), **shares, opposed=listed, over=over)
        else:
            yield voice.say("answer.effective", **shares, over=over)
    elif len(found.effective) > 1:
        furthest = max(found.effective, key=lambda w: abs(w.effective - w.nominal))
        kind = "against" if furthest.effective < 0 else "over" if furthest.effective > 1 else "one"
        yield voice.say(
            f"answer.effective {kind}",
            title=voice.title(furthest.criterion),
            nominal=percent_of(furthest.nominal),
            effective=percent_of(furthest.effective),
            over=over,
        )


def _parts(weights: Sequence[EffectiveWeight], shares: Sequence[float], voice: Voice) -> str:
    pairs = zip(weights, shares, strict=True)
    return voice.listed(
        [voice.say("answer.effective of", share=percent_of(s), title=voice.title(w.criterion)) for w, s in pairs]
    )


def _groups(found: Fairness, voice: Voice) -> Iterator[str]:
    for group in found.groups:
        if group.ratio is None or not is_low(group.ratio) or group.by_chance:
            continue
        told = voice.say(
            "answer.group",
            title=capital(group.title),
            members=f"{group.members:,}",
            bids=f"{group.members + group.others:,}",
            selected=rate_of(group.selected or 0),
            others=rate_of(group.selected_others or 0),
            ratio=ratio_of(group.ratio),
        )
        if (group.rejected or 0) > (group.rejected_others or 0) + MORE_REJECTED:
            rates = {"rejected": rate_of(group.rejected or 0), "others": rate_of(group.rejected_others or 0)}
            told += " " + voice.say("answer.group rejected", **rates)
        if group.makes_the_gap:
            told += " " + voice.say("answer.group gap", title=voice.title(group.makes_the_gap))
        yield told


def _gaming(found: Fairness, voice: Voice) -> Iterator[str]:
    ploys = [ploy for ploy in found.gaming if set(ploy.winner) != set(found.winner)]
    if ploys:
        yield voice.count("answer.gaming", len(ploys), says=ploys[0].says)
    elif found.gaming:
        yield voice.say("answer.no gaming")


def _others(found: Fairness, voice: Voice) -> Iterator[str]:
    others: dict[tuple[bool, Order], list[str]] = {}
    for other in found.alternatives[1:]:
        formula = formula_of(other, found)
        others.setdefault((bool(formula), other.winner), []).append(formula or title_of(other, found))
    changed = {key: titles for key, titles in others.items() if set(key[1]) != set(found.winner)}
    for (formulas, winner), titles in changed.items():
        key = "answer.other formulas" if formulas else "answer.other winners"
        yield voice.say(key, schemes=voice.listed(titles), winner=voice.wins(winner))
    if others and not changed:
        yield voice.count("answer.same winner", len(found.alternatives) - 1)


def acts_alike(weights: Sequence[EffectiveWeight]) -> bool:
    """Whether every share is one of a whole, so that a criterion can be said to act like a weight."""
    return all(0 <= w.effective <= 1 for w in weights)


def best_of(shares: Mapping[str, float]) -> str:
    """The name with the largest share; the first of several."""
    return max(shares, key=lambda name: shares[name])


def title_of(other: Alternative, found: Fairness) -> str:
    """The title of a scheme that is compared, with its id or place where several have that title.

    Where it is this scheme with another price formula, only that.
    """
    if other is found.alternatives[0]:
        return catalogue("fairness")("compare.this")
    alike = [one for one in found.alternatives if one.title == other.title]
    if len(alike) == 1:
        return other.title.removeprefix(f"{found.scheme_title}, ")
    same = [one for one in found.alternatives[1:] if (one.title, one.scheme) == (other.title, other.scheme)]
    nth = 1 + next(n for n, one in enumerate(same) if one is other)
    return f"{other.title} ({other.scheme}{f', {nth}' if len(same) > 1 else ''})"


def formula_of(other: Alternative, found: Fairness) -> str:
    """The price formula that is compared, where all else is as in the scheme."""
    start = f"{found.scheme_title}, price by "
    return other.title.removeprefix(start) if other.title.startswith(start) else ""
