"""A scheme record back to the text of a scheme file: loaded again, it is the same scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

import yaml

from tender_eval.files.schemes.file import SCHEME_FORMAT
from tender_eval.model.digits import fixed
from tender_eval.model.panel_rule import PanelRule
from tender_eval.model.pricing.adjust import Adjustment, Test
from tender_eval.model.pricing.low import LowPriceTest
from tender_eval.model.pricing.offers_taken import OffersTaken
from tender_eval.model.pricing.price import PriceModel
from tender_eval.model.scheme import Bound, Call, Condition, Criterion, LotLimits, Minimum, Scheme


def dump_scheme(scheme: Scheme) -> str:
    """The YAML text of a scheme; every number is written exactly, in quotes.

    The result loads as a scheme equal to this one; comments and layout of the original are not kept.
    """
    return yaml.safe_dump(scheme_data(scheme), sort_keys=False, allow_unicode=True, width=110)


def scheme_data(scheme: Scheme) -> dict[str, Any]:
    """The scheme as plain data in the shape of a scheme file."""
    data: dict[str, Any] = {"format": SCHEME_FORMAT, "id": scheme.id, "title": scheme.title}
    data |= _stated_fields(scheme, "title_cy", "requires", "source", "notes", "notes_cy", "illustrative")
    data |= _stated_fields(scheme, "illustrative_cy", "currency", "tax", "deadline")
    if scheme.exchange:
        data["currency"] = {"in": scheme.currency, **_stated_fields(scheme.exchange, "rates", "on", "source")}
    stated = (f.name for f in fields(scheme.regime) if f.name != "concession")  # which payment says
    if regime := _stated_fields(scheme.regime, *stated):
        data["regime"] = regime
    data |= {"payment": scheme.payment} if scheme.payment != "paid" else {}
    if scheme.scales:
        data["scales"] = {
            s.id: [
                _stated_fields(step, "mark", "title", "title_cy", "descriptor", "descriptor_cy")
                | {"score": _earned(step.score)}
                for step in s.by_worth
            ]
            for s in scheme.scales
        }
    if scheme.conditions:
        data["conditions"] = [_condition(c) for c in scheme.conditions]
    if scheme.shortlist:
        data["shortlist"] = _stated_fields(scheme.shortlist, "by", "top", "at_least")
    data["criteria"] = [_criterion(c, scheme.weights) for c in scheme.criteria]
    data["weights"] = scheme.weights
    by_lot = {
        lot: {name: _weight(weight, scheme.weights) for name, weight in own.items()}
        for lot, own in scheme.weights_by_lot.items()
    }
    data |= _stated_fields(scheme, "lots") | ({"weights_by_lot": by_lot} if by_lot else {})
    if scheme.price:
        data["price"] = _price(scheme.price)
    data |= _beside(scheme) | _days(scheme)
    ties = [{t.best: t.reads} for t in scheme.award.ties]
    if then := scheme.award.then:
        ties.append({"draw" if then.by_draw else "decide": then.how})
    data["award"] = {"rule": _call(scheme.award.rule), "ties": ties}
    data["award"] |= _stated_fields(scheme.award, "on_rejection", "suppliers")
    data["award"] |= {"variants": True} if scheme.award.variants else {}
    if near := scheme.award.near_tie:
        data["award"]["near_tie"] = _percentage(near.within) if near.is_share else _digits(near.within)
    if scheme.award.lots:
        limits = _stated_fields(scheme.award.lots, *_LIMITS)
        limits |= _limits_of_some(scheme.award.lots)
        limits |= _stated_fields(scheme.award.lots.offers, *OffersTaken._fields)
        data["award"]["lots"] = {"mechanism": _call(scheme.award.lots.mechanism), **limits}
    if scheme.rounding:
        data["rounding"] = _stated_fields(
            scheme.rounding, "digits" if scheme.rounding.digits else "places", "mode", "at"
        )
    if scheme.abnormally_low:
        first, *others = map(_low, scheme.abnormally_low.tests)
        data["abnormally_low"] = first | ({"also": others} if others else {})
    if panel := _panel(scheme.panel):
        data["panel"] = panel
    data |= _stated_fields(scheme, "sealed")
    return dict(_plain(data))


def _stated_fields(record: Any, *names: str) -> dict[str, Any]:
    found = {name: getattr(record, name) for name in names}
    return {name: _plain(v) for name, v in found.items() if v not in (None, "", (), {})}


def _condition(condition: Condition) -> dict[str, Any]:
    data = _stated_fields(condition, "id", "title", "title_cy", "reads", "one_of", "at_least", "at_most", "source")
    if condition.must_be is not None:
        data["must_be"] = condition.must_be
    return data | ({"pooled": True} if condition.pooled else {})


def _criterion(criterion: Criterion, weights: str) -> dict[str, Any]:
    data = _stated_fields(criterion, "id", "title", "title_cy", "description", "description_cy", "source")
    if criterion.weight is not None:
        data["weight"] = _weight(criterion.weight, weights)
    if criterion.lots:
        data["lots"] = list(criterion.lots)
    if criterion.minimum:
        data["minimum"] = _minimum(criterion.minimum)
    if criterion.scorer:
        data["scorer"] = _call(criterion.scorer)
    if criterion.scale_to_best:
        data["scale_to_best"] = True if criterion.scale_to_best == "alone" else criterion.scale_to_best
    if criterion.rounding:
        data["rounding"] = _stated_fields(criterion.rounding, "places", "mode", "at")
    if criterion.criteria:
        data["criteria"] = [_criterion(c, weights) for c in criterion.criteria]
    return data


def _weight(weight: Fraction, weights: str) -> str:
    # A fraction below one would be read as a share of 100, so it is written as one.
    share = weights != "points" and 0 < weight < 1 and weight.denominator > 1
    return str(weight / 100) if share else _digits(weight)


def _digits(value: Fraction) -> str:
    """A number in digits, as money, marks and points are written; one without end as the fraction that it is."""
    places = next((n for n in range(80) if (value * 10**n).denominator == 1), None)
    return str(value) if places is None else fixed(value, places)


def _low(test: LowPriceTest) -> dict[str, Any]:
    data: dict[str, Any] = {f"below_{test.of}_by": _plain(test.below)}
    if test.estimate is not None:
        data["estimate"] = _plain(Bound(test.estimate, test.estimate_of))
    if test.trim is not None:
        data["trim"] = {"each_end": _plain(test.trim.share), "rounded": test.trim.rounded, "ties": test.trim.ties}
    if again := test.again:
        above = {"without_above": _plain(again.without_above), "fewest": again.fewest}
        data["averaged_again"] = {"below_mean": again.below_mean} if again.below_mean else above
    data |= {"estimate_tax": _plain(test.estimate_tax)} if test.estimate_tax else {}
    data |= {} if test.itself else {"counts_itself": False}
    data |= {"over": test.over} if test.over != "ranked" else {}
    data |= {} if test.at else {"exactly": "not_flagged"}
    return data | {"from_bids": test.from_bids} | ({"to_bids": test.to_bids} if test.to_bids else {})


def _panel(panel: PanelRule) -> dict[str, Any]:
    data: dict[str, Any] = {"marks": panel.marks} if panel.computed else {}
    data |= _stated_fields(panel, "of", "least", "divergence") | ({"trim": panel.trim} if panel.trim else {})
    data |= {"weights": {str(role): _digits(w) for role, w in panel.weights.items()}} if panel.weights else {}
    for name in ("for_all_lots", "refuse"):
        data |= {name: list(named)} if (named := getattr(panel, name)) else {}
    return data | ({"rounding": {"places": r.places, "mode": r.mode}} if (r := panel.rounding) else {})


def _price(price: PriceModel) -> dict[str, Any]:
    data: dict[str, Any] = {"components": {c.id: c.paid for c in price.sums}} if price.sums else {}
    if price.discounted is not None:
        data |= {"from": "discount", "of": price.discounted}
    if price.lines:
        data["schedule"] = [
            _stated_fields(c, "id", "title", "title_cy", "quantity", "unit", "unit_cy", "paid") for c in price.lines
        ]
        data["prevails"] = price.prevails
    data |= {"misplaced_point": True} if price.misplaced_point else {}
    if price.adjustments:
        data["adjust"] = [_adjustment(a) for a in price.adjustments]
        data |= _stated_fields(price, "together", "cap_together")
    return data | _stated_fields(price, "years", "discount_rate", "payments")


def _beside(scheme: Scheme) -> dict[str, Any]:
    beside, full = scheme.beside, scheme.beside.full_cost
    data: dict[str, Any] = {}
    if beside.benefits:
        data["benefits"] = [
            _stated_fields(b, "id", "title", "title_cy", "of", "each")
            | ({"source": dict(b.source)} if b.source else {})
            for b in beside.benefits
        ]
    if beside.funders:
        data["funders"] = [
            _stated_fields(f, "id", "title", "title_cy", "most") | {"share": _share(f.share)} for f in beside.funders
        ]
    if full:
        lines = {"costs": full.costs, "other_funding": full.other_funding}
        years = {} if scheme.price else {"years": full.years}
        source = {"source": dict(full.source)} if full.source else {}
        data["full_cost"] = {key: {c.id: c.paid for c in of} for key, of in lines.items() if of} | years | source
    return data


def _days(scheme: Scheme) -> dict[str, Any]:
    dates = {str(name): day.isoformat() for name, day in scheme.days.items() if day is not None}
    durations = [str(name) for name, day in scheme.days.items() if day is None]
    return ({"dates": dates} if dates else {}) | ({"durations": durations} if durations else {})


def _adjustment(adjustment: Adjustment) -> dict[str, Any]:
    data = _stated_fields(adjustment, "id", "title", "title_cy")
    if adjustment.when:
        data["when"] = [_test(test) for test in adjustment.when]
    share = adjustment.share
    data["by"] = _percentage(share) if share is not None else _digits(adjustment.amount or Fraction(0))
    data |= _stated_fields(adjustment, "of", "cap") if share is not None else _stated_fields(adjustment, "cap")
    if adjustment.unless:
        same = adjustment.unless == adjustment.when
        data["unless_lowest"] = "qualifies" if same else [_test(test) for test in adjustment.unless]
    return data | ({"source": dict(adjustment.source)} if adjustment.source else {})


_LIMITS = (
    "most_tendered", "most_awarded", "capacity", "most_value", "most_suppliers", "fewest_suppliers", "order",
)  # fmt: skip


def _limits_of_some(limits: LotLimits) -> dict[str, Any]:
    """The limits that are on some lots, or on some bids."""
    reserved = [{"lots": list(one.lots), "when": [_test(test) for test in one.when]} for one in limits.reserved]
    quotas = [
        {"id": one.id, "when": [_test(test) for test in one.when]}
        | ({"at_most": one.most} if one.most is not None else {})
        | ({"at_least": one.fewest} if one.fewest else {})
        for one in limits.quotas
    ]
    return ({"reserved": reserved} if reserved else {}) | ({"quotas": quotas} if quotas else {})


def _test(test: Test) -> str:
    if test.values:
        return f"{test.reads} {'is not' if test.negated else 'is'} {' or '.join(test.values)}"
    how, limit = ("at least", test.at_least) if test.at_least is not None else ("at most", test.at_most)
    return f"{test.reads} {how} {_digits(limit or Fraction(0))}"


def _minimum(minimum: Minimum) -> str:
    return _percentage(minimum.share) if minimum.share is not None else _digits(minimum.mark or Fraction(0))


def _share(share: Fraction) -> str:
    """A share as a percentage; one without end as the fraction that it is."""
    return _percentage(share) if "/" not in _digits(share) else str(share)


def _earned(share: Fraction) -> str:
    """What a mark earns: beyond all, or below nothing, it is written with its sign."""
    return _digits(share) if 0 <= share <= 1 else _percentage(share)


def _percentage(share: Fraction) -> str:
    """A share that was written as a percentage, so that it has an end."""
    places = next(n for n in range(80) if (share * 10 ** (n + 2)).denominator == 1)
    return f"{fixed(share * 100, places)}%"


def _call(call: Call) -> Any:
    return (
        {"name": str(call.name), **{str(k): _plain(v) for k, v in call.params.items()}}
        if call.params
        else str(call.name)
    )


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case Fraction():
            return _digits(value)
        case Bound():
            return _digits(value.amount) if not value.of else f"{_share(value.amount)} of {value.of}"
        case str():
            return str(value)
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case list() | tuple():
            return [_plain(v) for v in value]
        case _ if is_dataclass(value):
            return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            return str(value)
