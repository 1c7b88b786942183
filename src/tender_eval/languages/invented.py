"""What was assumed for bids that nobody made, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import ENGLISH, Catalogue, catalogue
from tender_eval.languages.numbers import grouped, money
from tender_eval.model.bids import reads_price
from tender_eval.model.wording import shown
from tender_eval.synthetic.columns import wanted
from tender_eval.synthetic.drawn import AREAS, BETWEEN, LEVEL, PRICE_SPREAD, WITHIN, Assumed
from tender_eval.synthetic.stated import as_number
from tender_eval.synthetic.suppliers import TYPES


def assumptions(plan: Plan, assumed: Assumed, language: str = ENGLISH) -> str:
    """The assumptions behind drawn bids, in sentences."""
    return " ".join(_sentences(plan, assumed, catalogue("invented", language=language)))


def _sentences(plan: Plan, assumed: Assumed, t: Catalogue) -> Iterator[str]:
    currency, language = plan.scheme.currency, t.language
    contract = assumed.contract
    yield t("bids", count=grouped(str(assumed.bids), language), seed=assumed.seed)
    yield t("marks", level=f"{LEVEL:.0%}", between=f"{BETWEEN:.0%}", within=f"{WITHIN:.0%}")
    yield t("suppliers", kinds="; ".join(t(f"supplier.{kind.name}") for kind in TYPES))
    source = t("value.assumed") if not contract.follows_from else t(f"value.{contract.follows_from}")
    if contract.follows_from:
        over = t.count("value.over", contract.years) if contract.years else t("value.one year")
        source = t("value.from", source=source, over=over)
    yearly = money(contract.yearly, currency, language)
    yield t("tender", yearly=yearly, source=source, areas=t.listing(AREAS))
    if plan.scheme.award.lots or (as_number(plan.scheme.regime.get("lots")) or 0) > 1:
        yield t("lots")
    if plan.scheme.conditions:
        yield t("conditions")
    if any(map(reads_price, wanted(plan))):
        yield t(
            "prices", level=money(assumed.price, currency, language), source=_level(assumed, t), spread=PRICE_SPREAD
        )
    if assumed.turned_away:
        yield t("turned away", n=assumed.turned_away, count=assumed.bids)


def _level(assumed: Assumed, t: Catalogue) -> str:
    level = assumed.level
    if level.criterion:
        found = t("level.criterion", criterion=level.criterion, by=level.name)
    else:
        found = t("level.rule", name=level.name) if level.name else t("level.contract")
    return found if assumed.times == 1 else t("level.times", times=shown(assumed.times), level=found)
