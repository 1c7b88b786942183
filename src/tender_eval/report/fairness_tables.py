"""The tables of a fairness report, for the terminal and the page: captions, heads and cells, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.fairness.findings import Alternative, Dummy, Fairness, Ploy, Reversal
from tender_eval.fairness.studied import Stressed
from tender_eval.languages.inert import cut
from tender_eval.model.wording import shown
from tender_eval.report.fairness_voice import (
    Voice,
    apart,
    capital,
    is_low,
    percent_of,
    rate_of,
    ratio_of,
    signed,
)
from tender_eval.report.fairness_words import (
    acts_alike,
    formula_of,
    less,
    title_of,
    told_once,
)
from tender_eval.report.in_words import grouped
from tender_eval.report.printed import printed_figure

NONE = "-"
LONGEST_CELL = 60  # columns of a name that a file gives
PLACES = 6  # places in the ranking that have a column of their own; the last holds all later ones


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it. ``numbers`` are the columns of figures; ``notes`` stand below."""

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    notes: tuple[str, ...] = ()


def bids_table(stressed: Stressed, voice: Voice) -> Table | None:
    """The ranking as it stands, with ids and names, which the sentences use one or the other of."""
    evaluation = stressed.evaluation
    rows = []
    for bid in evaluation.bids:
        rank = NONE if bid.rank is None else str(bid.rank)
        figure = grouped(printed_figure(evaluation, bid.figure) or NONE)
        rows.append((bid.id, cut(bid.name, LONGEST_CELL), rank, figure))
    heads = {"figure": capital(cut(stressed.found.figure, LONGEST_CELL))}
    return _table("bids", voice, ("bid", "bids.supplier", "bids.rank", "figure"), rows, (2, 3), heads)


def reversals_table(found: Fairness, voice: Voice) -> Table | None:
    """Who changes places when a bid comes or goes; what changes the winner first."""
    keys = ("reversals.change", "reversals.ahead", "reversals.behind", "reversals.winner")
    ordered = sorted(told_once(found.reversals), key=lambda r: not r.changes_award)
    return _table("reversals", voice, keys, [_reversal(r, found, voice) for r in ordered], ())


def _reversal(reversal: Reversal, found: Fairness, voice: Voice) -> tuple[str, ...]:
    dummy = reversal.dummy.says if reversal.dummy else ""
    change = voice.say(f"reversals.{reversal.change}", bid=voice.name(reversal.bid), dummy=dummy)
    behind, ahead = reversal.pair
    same = not reversal.changes_award and reversal.bid not in found.winner
    winner = voice.say("reversals.same") if same else voice.names(reversal.winner_after) or NONE
    return (change, voice.name(ahead), voice.name(behind), winner)


def tipping_table(found: Fairness, voice: Voice) -> Table | None:
    """The nearest weight of each criterion that changes the winner."""
    rows = []
    for tip in found.tipping:
        if tip.flips_at is None:
            rows.append((voice.title(tip.criterion), shown(tip.weight), voice.say("tipping.never"), NONE, NONE))
            continue
        at = apart(tip.flips_at, tip.weight)
        flips = at if tip.exact else voice.say("tipping.about", value=at)
        change = signed(tip.flips_at - tip.weight)
        rows.append((voice.title(tip.criterion), shown(tip.weight), flips, change, voice.names(tip.winner)))
    keys = ("criterion", "tipping.weight", "tipping.flips", "tipping.moves", "tipping.beyond")
    return _table("tipping", voice, keys, rows, (1, 2, 3))


def nearest_table(found: Fairness, voice: Voice) -> Table | None:
    """The nearest weights at which another bid draws level, beside the scheme's."""
    if found.nearest is None or not found.nearest.moved:
        return None
    now = {tip.criterion: tip.weight for tip in found.tipping}
    rows = []
    for criterion, there in found.nearest.weights.items():
        weight = now.get(criterion)
        if weight is None:
            rows.append((voice.title(criterion), NONE, apart(there, there), NONE))
        elif weight != there:
            rows.append((voice.title(criterion), shown(weight), apart(there, weight), signed(there - weight)))
    return _table("nearest", voice, ("criterion", "tipping.weight", "nearest.there", "nearest.change"), rows, (1, 2, 3))


def marks_table(found: Fairness, voice: Voice) -> Table | None:
    """Each mark that changes the winner by one step."""
    rows = [
        (voice.name(m.bid), voice.title(m.criterion), shown(m.mark), shown(m.to), voice.names(m.winner) or NONE)
        for m in found.marks
    ]
    return _table("marks", voice, ("bid", "criterion", "marks.mark", "marks.to", "winner"), rows, (2, 3))


def prices_table(found: Fairness, voice: Voice) -> Table | None:
    """The price at which each losing bid draws level."""
    rows = []
    for tip in found.prices:
        if tip.wins_at is None:
            rows.append((voice.name(tip.bid), voice.money(tip.price), voice.say("prices.never"), NONE))
            continue
        at = voice.below(tip.wins_at)
        below = at if tip.exact else voice.say("tipping.about", value=at)
        rows.append((voice.name(tip.bid), voice.money(tip.price), below, percent_of(less(tip, tip.wins_at))))
    return _table("prices", voice, ("bid", "price", "prices.wins", "prices.change"), rows, (1, 2, 3))


def ranks_table(found: Fairness, voice: Voice) -> Table | None:
    """How often each bid takes each place."""
    if found.acceptability is None:
        return None
    firm = found.acceptability.confidence
    shares = {bid: grouped_places(ranks) for bid, ranks in found.acceptability.ranks.items()}
    rows = []
    for bid, ranks in shares.items():
        confidence = (percent_of(firm[bid]) if bid in firm else NONE,) if firm else ()
        rows.append((voice.name(bid), *(percent_of(share) for share in ranks), *confidence))
    heads = place_names(found.acceptability.ranks.values(), voice)
    keys = ("bid", *heads, *(("ranks.confidence",) if firm else ()))
    notes = (voice.say("ranks.note"),) if firm else ()
    return _table("ranks", voice, keys, rows, range(1, len(keys)), {h: h for h in heads}, notes)


def grouped_places(ranks: Sequence[float]) -> tuple[float, ...]:
    """The shares of the places that have a column, the last with all later ones."""
    if len(ranks) <= PLACES + 1:
        return tuple(ranks)
    return (*ranks[:PLACES], sum(ranks[PLACES:]))


def place_names(ranks: Iterable[Sequence[float]], voice: Voice) -> tuple[str, ...]:
    """The heads of those columns."""
    most = max((len(r) for r in ranks), default=0)
    names = [
        voice.words.or_else(f"ranks.place.{n}", "") or voice.say("ranks.place", n=n)
        for n in range(1, min(most, PLACES + 1) + 1)
    ]
    if most > PLACES + 1:
        names[-1] = voice.say("ranks.later", n=PLACES + 1)
    return tuple(names)


def central_table(found: Fairness, voice: Voice) -> Table | None:
    """The average weights with which each bid wins."""
    if found.acceptability is None or not found.acceptability.central_weights:
        return None
    central = found.acceptability.central_weights
    criteria = tuple(dict.fromkeys(c for weights in central.values() for c in weights))
    rows = [
        (voice.title(c), *(f"{weights[c]:.2f}" if c in weights else NONE for weights in central.values()))
        for c in criteria
    ]
    heads = {f"central {bid}": voice.name(bid) for bid in central}
    return _table("central", voice, ("criterion", *heads), rows, range(1, len(heads) + 1), heads)


def marking_table(found: Fairness, voice: Voice) -> Table | None:
    """How often each bid wins when the marks are drawn anew."""
    if found.marking is None:
        return None
    rows = [(voice.name(bid), percent_of(share)) for bid, share in found.marking.wins.items()]
    return _table("marking", voice, ("bid", "marking.wins"), rows, (1,))


def without_table(found: Fairness, voice: Voice) -> Table | None:
    """The winner without the marks of each evaluator."""
    if found.marking is None:
        return None
    rows = [(who, voice.names(winner) or NONE) for who, winner in found.marking.without.items()]
    return _table("without", voice, ("without.evaluator", "winner"), rows, (), notes=(voice.say("without.note"),))


def effective_table(found: Fairness, voice: Voice) -> Table | None:
    """What each criterion decides, beside what it is published to be worth."""
    sobol = any(w.sobol_total is not None for w in found.effective)
    rows = []
    for weight in found.effective:
        indices = (weight.sobol_first, weight.sobol_total) if sobol else ()
        shares = (weight.nominal, weight.effective, *indices)
        told = (NONE if s is None else percent_of(s) for s in shares)
        rows.append((voice.title(weight.criterion), *told))
    plain = acts_alike(found.effective)
    keys = ["criterion", "effective.nominal", "effective.acts" if plain else "effective.shares"]
    keys += ["effective.first", "effective.total"] if sobol else []
    over = [voice.say("effective.note", over=found.effective_over)] if found.effective_over else []
    by = [] if found.figure.endswith("points") else [voice.say("effective.points", figure=found.figure)]
    notes = (*over, *by, *(() if plain else (voice.say("effective.against"),)))
    return _table("effective", voice, keys, rows, range(1, len(keys)), notes=notes)


def groups_table(found: Fairness, voice: Voice) -> Table | None:
    """How each group of providers fares beside all others."""
    rows = []
    for group in found.groups:
        ratio = NONE if group.ratio is None else ratio_of(group.ratio)
        if group.ratio is not None and is_low(group.ratio):
            ratio = voice.say("groups.chance" if group.by_chance else "groups.below", ratio=ratio)
        rows.append(
            (
                capital(group.title),
                str(group.members),
                *(NONE if s is None else rate_of(s) for s in (group.selected, group.selected_others)),
                ratio,
                *(NONE if s is None else rate_of(s) for s in (group.rejected, group.rejected_others)),
                voice.title(group.makes_the_gap) if group.makes_the_gap else NONE,
            )
        )
    names = ("group", "members", "selected", "others", "ratio", "rejected", "rejected others", "gap")
    bases = {group.basis for group in found.groups}
    notes = (
        tuple(voice.say("groups.note", group=capital(group.title), over=group.basis) for group in found.groups)
        if len(bases) > 1
        else tuple(voice.say("effective.note", over=basis) for basis in bases)
    )
    if any(group.by_chance and group.ratio is not None and is_low(group.ratio) for group in found.groups):
        notes += (voice.say("groups.chance note"),)
    return _table("groups", voice, tuple(f"groups.{n}" for n in names), rows, (1, 2, 3, 5, 6), notes=notes)


def gaps_table(found: Fairness, voice: Voice) -> Table | None:
    """Where the points of each group are gained and lost."""
    criteria = tuple(dict.fromkeys(c for group in found.groups for c in group.gaps))
    heads = {f"group {g.group}": capital(g.title) for g in found.groups if g.gaps}
    rows = [
        (voice.title(c), *(f"{g.gaps[c]:+.2f}" if c in g.gaps else NONE for g in found.groups if g.gaps))
        for c in criteria
    ]
    return _table("gaps", voice, ("criterion", *heads), rows, range(1, len(heads) + 1), heads)


def gaming_table(found: Fairness, voice: Voice) -> Table | None:
    """The ploys, and who wins with each; a price of zero is listed also where it does not win."""
    keys = ("gaming.kind", "bid", "price", "gaming.marks", "gaming.helps", "winner")
    marked = any(ploy.bid.share for ploy in found.gaming)
    notes = (voice.say("gaming.note"),) if marked else ()
    return _table("gaming", voice, keys, [_ploy(ploy, voice) for ploy in found.gaming], (2, 3), notes=notes)


def _ploy(ploy: Ploy, voice: Voice) -> tuple[str, ...]:
    helps = {"": NONE, ploy.bid.id: voice.say("gaming.itself")}.get(ploy.helps) or voice.name(ploy.helps)
    kind = voice.words.or_else(f"ploy.{ploy.kind}", ploy.kind.replace("_", " "))
    winner = [voice.say("gaming.this bid") if bid == ploy.bid.id else voice.name(bid) for bid in ploy.winner]
    return (kind, ploy.bid.says, *_figures(ploy.bid, voice), helps, voice.listed(winner) if winner else NONE)


def _figures(dummy: Dummy, voice: Voice) -> tuple[str, str]:
    price = NONE if dummy.price is None else voice.money(dummy.price)
    return price, NONE if dummy.share is None else percent_of(dummy.share)


def compare_table(stressed: Stressed, voice: Voice) -> Table | None:
    """The same bids under each scheme; this one first."""
    found = stressed.found
    if not found.alternatives:
        return None
    rows = [
        (
            title_of(other, found),
            voice.names(other.winner) or NONE,
            _leads(other),
            str(len(told_once(other.reversals))),
            percent_of(other.nominal_price),
            NONE if other.effective_price is None else percent_of(other.effective_price),
        )
        for other in found.alternatives
    ]
    keys = ("scheme", "winner", "ahead", "reversals", "published", "acts")
    heads = tuple("winner" if k == "winner" else f"compare.{k}" for k in keys)
    formulas = any(formula_of(other, found) for other in found.alternatives)
    notes = (voice.say("compare.note"),) if formulas else ()
    return _table("compare", voice, heads, rows, (2, 3, 4, 5), notes=notes)


def _leads(other: Alternative) -> str:
    """By how much the first leads the second: the gap, and its share of the first's figure."""
    if other.margin is None:
        return NONE
    gap = apart(other.margin, Fraction(0))
    return gap if other.margin_share is None else f"{gap} ({percent_of(other.margin_share)})"


def _table(
    name: str,
    voice: Voice,
    keys: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    numbers: Sequence[int] | range,
    heads: dict[str, str] | None = None,
    notes: tuple[str, ...] = (),
) -> Table | None:
    """A table, or None where it has no rows; ``heads`` are the heads that are not texts of the catalogue."""
    if not rows:
        return None
    told = tuple((heads or {}).get(key) or voice.say(key) for key in keys)
    return Table(name, voice.say(f"{name}.caption"), told, tuple(rows), frozenset(numbers), notes)


_MAKERS: dict[str, Callable[[Fairness, Voice], Table | None]] = {
    "reversals": reversals_table, "tipping": tipping_table, "nearest": nearest_table, "marks": marks_table,
    "prices": prices_table, "ranks": ranks_table, "central": central_table, "marking": marking_table,
    "without": without_table, "effective": effective_table, "groups": groups_table, "gaps": gaps_table,
    "gaming": gaming_table,
}  # fmt: skip
TABLES = ("bids", *_MAKERS, "compare")
"""The ids of all tables, in the order of the report."""


def all_tables(stressed: Stressed, voice: Voice) -> Iterator[Table]:
    """Every table that has rows, in the order of the report."""
    if table := bids_table(stressed, voice):
        yield table
    yield from (table for make in _MAKERS.values() if (table := make(stressed.found, voice)))
    if table := compare_table(stressed, voice):
        yield table
