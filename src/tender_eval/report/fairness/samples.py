"""What findings rest on, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tender_eval.fairness.findings.results import Acceptability
from tender_eval.fairness.findings.samples import GroupSample, SampleSize, Spread
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Runs, spaced
from tender_eval.report.fairness.names import Names, amount, count
from tender_eval.report.fairness.numbers import rate_of
from tender_eval.synthetic.assumptions import BidAssumptions, PriceLevel, Worth


def mark_spread(found: Spread, messages: Catalogue) -> str:
    """How marks are drawn anew."""
    return messages(f"spread.{found}")


def weight_sampling(found: Acceptability, messages: Catalogue) -> str:
    """How weights are drawn."""
    if found.concentration is not None:
        return messages("sampling.near", concentration=count(found.concentration))
    if not found.bands:
        return messages("sampling.uniform")
    return messages("sampling.bands", bands=bands_in_words(found.bands, messages))


def bands_in_words(bands: Mapping[str, tuple[Fraction, Fraction]], messages: Catalogue) -> str:
    """Each criterion with its least and most points."""
    told = (
        messages("sampling.band", criterion=criterion, least=number(least), most=number(most))
        for criterion, (least, most) in bands.items()
    )
    return messages("enumeration").join(told)


def sample_size(found: SampleSize, messages: Catalogue) -> str:
    """The bids over which effective weights are worked out."""
    if not found.tenders:
        return messages("over.ranked")
    return messages("over.made up", tenders=count(found.tenders), bids=count(found.bids))


def group_title(group: str, messages: Catalogue) -> str:
    """What the providers of a group are called."""
    return messages.or_else(f"group.{group}", group.replace("_", " "))


def group_sample(basis: GroupSample, messages: Catalogue) -> str:
    """The bids over which the rates of a group are taken."""
    bids = count(basis.bids)
    if basis.tenders > 1:
        told = messages("basis.made up", bids=bids, tenders=count(basis.tenders))
    elif basis.lots:
        told = messages("basis.lots", bids=bids, lots=count(basis.lots))
    else:
        told = messages("basis.as they stand", bids=bids)
    return messages("basis.silent", over=told, n=count(basis.unknown)) if basis.unknown else told


def made_up_bids(how: BidAssumptions, names: Names) -> Runs:
    """All that was assumed of bids that nobody made."""
    messages = names.messages
    kinds = messages("enumeration.long").join(messages(f"kind.{kind}") for kind in how.kinds)
    marks = {"mean": how.mean_mark, "between": how.spread_between, "within": how.spread_within}
    told = [
        messages.say("made up.bids", count=count(how.count), seed=how.seed),
        messages.say("made up.marks", **{name: rate_of(share) for name, share in marks.items()}),
        messages.say("made up.suppliers", kinds=kinds),
        messages.say("made up.worth", yearly=amount(how.worth.yearly), source=_worth(how.worth, messages),
                  areas=messages.listing(how.areas)),
    ]  # fmt: skip
    told += [messages.say("made up.lots")] if how.lots_left_out else []
    told += [messages.say("made up.conditions")] if how.conditions_met else []
    if how.prices:
        level, source = amount(how.prices.level), _price_level(how.prices, names)
        told.append(messages.say("made up.prices", level=level, source=source, spread=how.price_spread))
    if how.out:
        told.append(messages.say("made up.out", n=count(how.out), count=count(how.count)))
    return spaced(*told)


def _worth(worth: Worth, messages: Catalogue) -> str:
    what = messages(f"worth.{worth.source}")
    if worth.source == "assumed":
        return what
    return (
        messages.count("worth.years", worth.years, what=what) if worth.years else messages("worth.no years", what=what)
    )


def _price_level(prices: PriceLevel, names: Names) -> Runs:
    messages = names.messages
    if prices.criterion:
        told = messages.say("level.criterion", criterion=names.criterion(prices.criterion), by=prices.by)
    else:
        told = messages.say("level.rule", by=prices.by) if prices.by else messages.say("level.value")
    return told if prices.times == 1 else messages.say("level.times", times=number(prices.times), what=told)
