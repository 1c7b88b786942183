"""The award across the lots of a tender: who is awarded which, by what, and why each other bid is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tender_eval.documents.model import Block, Document, heading, items, paragraph, table
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.messages import Called
from tender_eval.languages.results import lost
from tender_eval.languages.runs import Inline, Run, Runs
from tender_eval.languages.steps import working as working_of
from tender_eval.lots.award import AcrossLots
from tender_eval.lots.better import Better, Going, Unproved
from tender_eval.lots.offered import OfferAwarded, offers_awarded
from tender_eval.lots.rules import Came, CostsOfLimits, LotChange, PriceOfRule
from tender_eval.model.digits import figure_places, fixed, shown
from tender_eval.model.evaluation import BidResult, Evaluation, bids_of
from tender_eval.report.evaluation.brief import id_of, illustration, in_short, ranked_by, supplier_of, title_of
from tender_eval.report.evaluation.figures import WORDS, PrintedFigures
from tender_eval.report.evaluation.verdict import Verdict, nobody
from tender_eval.report.terms.limits import limits_in_words

_PENNIES = 2  # places of amounts of money


def lots_document(lots: Mapping[str, Evaluation], across: AcrossLots) -> Document:
    """Each lot, and who is awarded which."""
    first = next(iter(lots.values()))
    blocks: list[Block] = []
    for lot, found in lots.items():
        blocks += [heading(WORDS.say("result.lot", id=lot)), *in_short(found, 2, awards=across.independent)]
    blocks += [heading(across_heading(across)), *awarded_lots(across, lots), *illustration(first)]
    return Document(title_of(first), ranked_by(first), tuple(blocks))


def award_document(found: AcrossLots, lots: Mapping[str, Evaluation], costs: CostsOfLimits | None = None) -> Document:
    """The award with its limits, and the reasons lot by lot; with what the limits cost, where that is asked for."""
    blocks = list(awarded_lots(found, lots))
    if terms := list(terms_of(found, lambda bid: bid, shown, str)):
        blocks += [heading(WORDS.say("across.limits")), items(terms, tone="out")]
    for lot, whys in found.reasons.items():
        if whys:
            told = [WORDS.say("across.lost by", name=why.bid, why=lost(why)) for why in whys]
            blocks += [heading(WORDS.say("across.why not", lot=lot)), items(told, tone="out")]
    first = next(iter(lots.values()))
    blocks += limit_costs(costs, first) if costs is not None else ()
    return Document(title_of(first), across_heading(found), (*blocks, *illustration(first)))


def across_heading(found: AcrossLots) -> str:
    """How the award across the lots was made, in one line."""
    if found.independent:
        return WORDS("across.by itself")
    return WORDS("across.by mechanism", name=found.policy.mechanism.name)


def awarded_lots(found: AcrossLots, lots: Mapping[str, Evaluation]) -> Iterator[Block]:
    """Who is awarded which lot, and the lots that nobody is awarded."""
    rows: list[list[Inline]] = []
    for award in found.awards:
        figure = PrintedFigures(award.evaluation, brief=True).figure(award.bid.figure)
        rows.append(
            [Run(award.lot), id_of(award.bid), supplier_of(award.bid), ranked_name(award.evaluation.figure), figure]
        )
    if rows:
        heads = ("across.lot", "brief.bid", "brief.supplier", "across.ranked by", "across.figure")
        yield table("", [*map(WORDS, heads)], rows)
    for lot in found.unawarded:
        yield paragraph(unawarded(found, lots[lot]))
    yield from combined_offers(found, lots, id_of, _money)
    yield from better_told(found, next(iter(lots.values())), lambda bid: bid)


def combined_offers(
    found: AcrossLots,
    lots: Mapping[str, Evaluation],
    name: Callable[[BidResult], Inline],
    amount: Callable[[Fraction | None], str],
    headed: Callable[[str], str] = str,
) -> Iterator[Block]:
    """The offers for several lots that are awarded: each with its lots, its price, and what they cost alone.

    Args:
        name, amount: how an offer is called, and how an amount of money is written, also one that is not there.
        headed: how the heads of columns are written.
    """
    offers = offers_awarded(found, lots)
    rows = [(name(one.bid), in_a_row(one.lots), *map(amount, (one.price, one.alone, _less(one)))) for one in offers]
    heads = [headed(WORDS(f"offers.{head}")) for head in ("offer", "lots", "price", "alone", "less")]
    if rows:
        yield table(WORDS("offers.caption"), heads, rows, (2, 3, 4))


def _less(one: OfferAwarded) -> Fraction | None:
    return None if one.price is None or one.alone is None else one.alone - one.price


def better_told(found: AcrossLots, any_lot: Evaluation, name: Callable[[str], Inline]) -> Iterator[Block]:
    """The award of all lots that would be better within the same limits, where there is one.

    Args:
        name: how a bid is called, by its id.
    """
    better = found.better
    if isinstance(better, Unproved):
        yield paragraph(WORDS.say("better.not proved"))
    if not isinstance(better, Better):
        return
    if better.best_lots > better.lots:
        yield paragraph(WORDS.say_count("better.lots", better.best_lots, lots=better.lots))
    else:
        figure = WORDS("better.together", figure=ranked_name(any_lot.figure))
        mode = any_lot.rounding_mode
        places = figure_places({better.best_total, better.total}, any_lot.places, mode)
        best, total = (fixed(value, places, mode) for value in (better.best_total, better.total))
        yield paragraph(WORDS.say("better.total", figure=figure, best=best, total=total))
    yield items([_goes(going, name) for going in better.goes], tone="out")
    yield paragraph(WORDS.say("better.not said", mechanism=found.policy.mechanism.name))


def _goes(going: Going, name: Callable[[str], Inline]) -> Runs:
    if not going.best:
        return WORDS.say("better.to nobody", lot=going.lot, held=name(going.held))
    if not going.held:
        return WORDS.say("better.from nobody", lot=going.lot, best=name(going.best))
    return WORDS.say("better.goes", lot=going.lot, held=name(going.held), best=name(going.best))


def unawarded(found: AcrossLots, evaluation: Evaluation) -> Runs:
    """Why nobody is awarded a lot."""
    if found.conflict and evaluation.ranked:
        return WORDS.say("across.conflict", lot=evaluation.lot, limits=in_a_row(found.conflict))
    if evaluation.lot in found.given_up:
        key = "across.given up"
    elif evaluation.lot in found.undecided:
        key = "across.tied" if evaluation.tied else "across.hangs"
    else:
        key = "across.full" if evaluation.ranked else "across.nobody"
    return WORDS.say(key, lot=evaluation.lot)


def terms_of(
    found: AcrossLots,
    name: Callable[[str], Inline],
    amount: Callable[[Fraction], str],
    working: Callable[[str], str],
) -> Iterator[Runs]:
    """The limits and capacities within which the lots were awarded, and their order.

    Args:
        name, amount, working: how a bid is called, by its id, and how an amount and a working are written.
    """
    for limit in limits_in_words(found.policy.limits):
        yield WORDS.say("across.limit", limit=limit)
    for bid, step in found.capacities.items():
        value = amount(step.value) if isinstance(step.value, Fraction) else shown(step.value)
        told = working_of(step)
        key = "across.capacity worked" if told else "across.capacity"
        yield WORDS.say(key, name=name(bid), value=value, working=working(told))
    if found.order:
        yield WORDS.say("across.order", lots=in_a_row(found.order))


def verdict_across(
    found: AcrossLots, evaluation: Evaluation, figures: PrintedFigures, called: Called | None = None
) -> Verdict:
    """The outcome of one lot.

    Args:
        called: what stands for ids in reasons.
    """
    won = found.winners(evaluation.lot)
    winner = next((bid for bid in evaluation.bids if bid.id in won), None)
    if winner is not None:
        because = (_place(evaluation, winner, figures), *_ahead(found, evaluation, winner, figures, called))
        headline = WORDS.say_count("verdict.winners", 1, names=figures.called(winner))
        return Verdict("won", headline, because, (WORDS.say("across.firmness"),))
    if not evaluation.ranked:
        return nobody(evaluation)
    why = unawarded(found, evaluation)
    if evaluation.lot not in found.undecided:
        return Verdict("none", WORDS.say("verdict.none"), (why,))
    who = (WORDS.say("verdict.open"),) if evaluation.tied else ()
    return Verdict("tied", WORDS.say("across.open"), (why, *who), (WORDS.say("firm.undecided"),))


def _place(evaluation: Evaluation, winner: BidResult, figures: PrintedFigures) -> Runs:
    ranked, bids = len(evaluation.ranked), len(bids_of(evaluation.ranked))
    key = "across.place" if ranked == bids else "across.place of offers"
    value = figures.named(winner.figure)
    return WORDS.say(key, value=value, rank=winner.rank, ranked=ranked, bids=WORDS.count("bids", bids))


def _ahead(
    found: AcrossLots, evaluation: Evaluation, winner: BidResult, figures: PrintedFigures, called: Called | None
) -> Iterator[Runs]:
    """Why each bid that ranks above the one that is awarded, or level with it, is not."""
    for bid in evaluation.bids:
        why = found.reason(evaluation.lot, bid.id)
        if why and bid.rank is not None and bid.rank <= (winner.rank or 0):
            yield WORDS.say("across.ahead", name=figures.called(bid), why=lost(why, called=called))


def limit_costs(costs: CostsOfLimits, any_lot: Evaluation) -> Iterator[Block]:
    """A row a limit, then lot by lot what would go another way without it."""
    yield heading(WORDS.say("costs.heading"))
    if costs.conflict:
        yield paragraph(WORDS.say("costs.conflict", limits=in_a_row(costs.conflict)))
    if not costs.prices:
        yield paragraph(WORDS.say("costs.none"))
        return
    yield paragraph(WORDS.say("costs.say"))
    figure = WORDS("better.together", figure=ranked_name(any_lot.figure))
    heads = [WORDS("costs.limit"), WORDS("costs.lots"), figure, WORDS("costs.price")]
    now = costs.prices[0].with_it
    rows: list[list[Inline]] = [_row(WORDS("costs.as it is"), now, any_lot)]
    rows += [_row(WORDS("costs.without", limit=one.rule), one.without, any_lot) for one in costs.prices]
    yield table("", heads, rows)
    for one in costs.prices:
        yield from _lot_by_lot(one, any_lot)


def _row(what: Inline, came: Came, any_lot: Evaluation) -> list[Inline]:
    return [what, str(len(came.bids)), _figure(came.total, any_lot), _money(came.price)]


def _lot_by_lot(one: PriceOfRule, any_lot: Evaluation) -> Iterator[Block]:
    if one.changes:
        yield paragraph(WORDS.say("costs.changes", limit=one.rule))
        yield items([_change(change, any_lot) for change in one.changes], tone="out")
    else:
        yield paragraph(WORDS.say("costs.nothing", limit=one.rule))


def _change(change: LotChange, any_lot: Evaluation) -> Runs:
    if not change.without:
        return WORDS.say("better.to nobody", lot=change.lot, held=change.with_it)
    if not change.with_it:
        return WORDS.say("better.from nobody", lot=change.lot, best=change.without)
    return WORDS.say(
        "costs.change", lot=change.lot, held=change.with_it, best=change.without,
        figure=ranked_name(any_lot.figure), more=_figure(change.figure, any_lot, signed=True),
        price=_money(change.price, signed=True),
    )  # fmt: skip


def _figure(value: Fraction | None, any_lot: Evaluation, *, signed: bool = False) -> str:
    return "-" if value is None else _signed(value, fixed(value, any_lot.places, any_lot.rounding_mode), signed)


def _money(value: Fraction | None, *, signed: bool = False) -> str:
    return "-" if value is None else _signed(value, fixed(value, _PENNIES), signed)


def _signed(value: Fraction, text: str, signed: bool) -> str:
    return f"+{text}" if signed and value > 0 else text
