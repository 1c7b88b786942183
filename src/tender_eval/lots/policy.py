"""What a scheme says of awarding lots, resolved: the mechanism, its parameters, and limits that it keeps to."""

from __future__ import annotations

from typing import Any, NamedTuple

from tender_eval.engine.facts.names import known_column, no_share_of
from tender_eval.engine.scoring.guarded import asked
from tender_eval.files import mends
from tender_eval.files.sound_parts import NO_FAULTY_PARTS, FaultyParts
from tender_eval.files.validate import validate
from tender_eval.lots.catalogue import mechanisms_of
from tender_eval.lots.run import WHO
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, Refused, did_you_mean
from tender_eval.model.location import Table, place
from tender_eval.model.scheme import Bound, Call, LotLimits, Scheme
from tender_eval.model.suppliers import suppliers_of
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.mechanism import Mechanism
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import in_floats

INDEPENDENT = LotLimits(Call("independent"))

SINGLE = ("most_awarded", "capacity", "most_value", "most_suppliers", "fewest_suppliers")
"""The limits on awards that stand once in a scheme."""


class LotPolicy(NamedTuple):
    """The limits of a scheme, and the mechanism with its parameters in both arithmetics."""

    limits: LotLimits
    mechanism: Registered[Mechanism]
    params: Any
    floats: Any


def policy_of(scheme: Scheme, catalogue: Catalogue) -> LotPolicy:
    """How a scheme awards lots; each lot by itself where it says nothing.

    Raises:
        Refused: with everything that is wrong with it.
    """
    problems = Problems()
    return problems.sound(policy_into(scheme, catalogue, problems))


def policy_into(
    scheme: Scheme, catalogue: Catalogue, problems: Problems, faulty: FaultyParts = NO_FAULTY_PARTS
) -> LotPolicy | None:
    """As `policy_of`, or None with the problems noted, but where faulty parts were taken out."""
    limits = scheme.award.lots or INDEPENDENT
    before = len(problems)
    of = limits.capacity.of if limits.capacity else ""
    if limits.capacity and of and (fault := no_share_of(of, of_bid=True)):
        message = f'the capacity is a share of "{of}", {fault.why}'
        problems.add("TE031", place(of, limits.capacity.where), message, fault.mend)
    if faulty.at(limits.where, "mechanism"):
        return None
    try:
        settled = _mechanism(limits, catalogue, problems)
        if settled:
            _check_limits(limits, *settled, problems)
            _check_rule(scheme, limits, settled[0].item, catalogue, problems)
    except Refused as e:  # a plugin is at fault
        problems.extend(e.diagnostics)
        return None
    return LotPolicy(limits, *settled, in_floats(settled[1])) if settled and len(problems) == before else None


def check_lots(
    scheme: Scheme, bids: Bids | None, catalogue: Catalogue, problems: Problems, faulty: FaultyParts = NO_FAULTY_PARTS
) -> None:
    """Note everything that is wrong with what a scheme says of lots and, where they are sound, with its bids."""
    policy = policy_into(scheme, catalogue, problems, faulty)
    if scheme.award.lots and bids is not None and bids.tender.lots:
        check_bids_against_limits(scheme.award.lots, bids, problems, faulty)
        if policy is not None:
            check_values(policy, bids, problems)


def _mechanism(limits: LotLimits, catalogue: Catalogue, problems: Problems) -> tuple[Registered[Mechanism], Any] | None:
    call, known = limits.mechanism, mechanisms_of(catalogue)
    if call.name not in known:
        message = f'there is no award mechanism "{call.name}"'
        problems.add("TE044", place(call.name, call.where), message, did_you_mean(call.name, known))
        return None
    found = known[call.name]
    mechanism: Mechanism = asked(WHO, found, call.where, lambda: found.item)
    bare = "add {}" if call.params else f"write {{{{name: {call.name}, {{}}}}}}"
    params = validate(mechanism.Params, _located(call), call.where, problems, f'the parameters of "{call.name}"', bare)
    return None if params is None else (found, params)


def _located(call: Call) -> Table:
    """The parameters of a call with their place."""
    if isinstance(call.params, Table):
        return call.params
    table = Table(call.where)
    table.update(call.params)
    return table


def _check_limits(limits: LotLimits, registered: Registered[Mechanism], params: Any, problems: Problems) -> None:
    mechanism = registered.item
    capped = [name for name in SINGLE if getattr(limits, name) is not None]
    capped += [name for name in ("reserved", "quotas") if getattr(limits, name)]
    where = place(limits.mechanism.name, limits.mechanism.where)
    if capped and not mechanism.honours_limits:
        message = (
            f"{' and '.join(capped)} limit{'s' if len(capped) == 1 else ''} what one supplier is awarded, but the "
            f'mechanism "{limits.mechanism.name}" does not say which lots it gives up'
        )
        problems.add("TE027", where, message, "state mechanism: lot_order, largest_lead or best_total")
    elif limits.offers.any and not mechanism.takes_packages:
        message = f'the mechanism "{limits.mechanism.name}" awards lot by lot, and cannot take offers for several lots'
        problems.add("TE028", where, message, "state mechanism: best_total, or remove packages and discounts")
    elif (limits.fewest_suppliers or any(q.fewest for q in limits.quotas)) and not mechanism.meets_minimums:
        message = f'the mechanism "{limits.mechanism.name}" awards one lot after another, and cannot see to a minimum'
        problems.add("TE028", where, message, "state mechanism: best_total, or remove fewest_suppliers and at_least")
    elif limits.order and asked(WHO, registered, where, lambda: mechanism.uses_order(params)) is False:
        message = f'an order of lots is stated, but the mechanism "{limits.mechanism.name}" does not go by it'
        problems.add("TE028", where, message, "state mechanism: lot_order, or remove the order")


def _check_rule(
    scheme: Scheme, limits: LotLimits, mechanism: Mechanism, catalogue: Catalogue, problems: Problems
) -> None:
    """Note where several bids are awarded each lot, which only a mechanism that looks at no limit can take."""
    if not mechanism.honours_limits:
        return
    rule = catalogue.rules.get(scheme.award.rule.name)
    several = f"suppliers: {scheme.award.suppliers} are awarded" if scheme.award.suppliers > 1 else ""
    if rule and rule.item.shares_out_money():
        several = f'the award rule "{rule.name}" shares out money'
    if several:
        message = f'the mechanism "{limits.mechanism.name}" awards each lot to one bid, but {several} in each'
        where = place(limits.mechanism.name, limits.mechanism.where)
        problems.add("TE028", where, message, "award each lot by itself (mechanism: independent, without limits)")
    elif rule and mechanism.totals:
        _check_total(scheme, limits, rule, problems)


def _check_total(scheme: Scheme, limits: LotLimits, rule: Registered[AwardRule], problems: Problems) -> None:
    """Note what a total over lots cannot be made of."""
    called, where = limits.mechanism.name, place(limits.mechanism.name, limits.mechanism.where)
    call = scheme.award.rule
    params = validate(rule.item.Params, _located(call), call.where, Problems())
    answer = asked("the award rule", rule, call.where, lambda: rule.item.over_lots(params)) if params else ()
    if isinstance(answer, Unsupported):
        message = f'the mechanism "{called}" adds up figures of several lots; the rule "{rule.name}": {answer.why}'
        hint = "take a rule whose figures can be added, such as highest_score or lowest_price"
        problems.add("TE028", where, message, hint)
    if scheme.award.near_tie is not None:
        message = f'the mechanism "{called}" adds up figures, and near_tie takes figures for equal that are not'
        problems.add("TE028", where, message, "remove near_tie, or award the lots by lot_order or largest_lead")


def figure_of(capacity: Bound) -> str:
    """The column that a capacity is a share of; confirmed consortium members' figures are added where they can be.

    >>> from fractions import Fraction
    >>> figure_of(Bound(Fraction(3, 5), "supplier.annual_income"))
    'pooled.annual_income'
    """
    together = "pooled." + capacity.of.removeprefix("supplier.")
    return together if capacity.of.startswith("supplier.") and known_column(together) else capacity.of


def check_bids_against_limits(
    limits: LotLimits, bids: Bids, problems: Problems, faulty: FaultyParts = NO_FAULTY_PARTS
) -> None:
    """Note every lot of the published order that is not the tender's, and every supplier in bids for too many lots."""
    lots = [lot.id for lot in bids.tender.lots]
    unknown = [name for name in limits.order if name not in lots]
    for name in unknown:
        message = f'the order of lots names "{name}", which the tender does not list'
        problems.add("TE056", place(name, limits.where), message, did_you_mean(name, lots))
    missing = [name for name in lots if name not in limits.order] if limits.order else []
    if missing and not unknown and not faulty.at(limits.where, "order"):
        message = f"the order of lots leaves out {', '.join(missing)}"
        where = place(limits.order[0], limits.where)
        problems.add("TE056", where, message, "name every lot of the tender in the order")
    if limits.most_tendered:
        _refuse_too_many_lots(limits.most_tendered, bids, problems)
    for lot in dict.fromkeys(lot for one in limits.reserved for lot in one.lots):
        if lot not in lots:
            message = f'lot "{lot}" is reserved, and the tender does not list it'
            problems.add("TE056", place(lot, limits.where), message, did_you_mean(lot, lots))
    if limits.capacity or limits.most_value:
        _ask_for_values(bids, "the capacity limits" if limits.capacity else "most_value is a share of", problems)


def check_values(policy: LotPolicy, bids: Bids, problems: Problems) -> None:
    """Note every lot without the annual value that the mechanism goes by.

    Raises:
        Refused: TE045, naming the plugin.
    """
    mechanism, where = policy.mechanism, policy.limits.mechanism.where
    if policy.limits.capacity is None and asked(
        WHO, mechanism, where, lambda: mechanism.item.uses_values(policy.params)
    ):
        _ask_for_values(bids, f'the mechanism "{mechanism.name}" goes by', problems)


def _ask_for_values(bids: Bids, why: str, problems: Problems) -> None:
    for lot in bids.tender.lots:
        if "annual_value" not in lot.figures:
            message = f'lot "{lot.id}" states no annual_value, which {why}'
            where = place(lot.id, bids.where)
            problems.add("TE052", where, message, mends.fact_of_lot(lot.id, "annual_value", bids.where))


def _refuse_too_many_lots(most: int, bids: Bids, problems: Problems) -> None:
    """Note the bid with which a supplier is in bids for more lots than it may tender for, alone or with others."""
    suppliers = suppliers_of(bids.bids)
    lots: dict[int, dict[str, str]] = {}
    for bid in (bid for bid in bids.bids if bid.removed is None):
        for supplier in sorted(suppliers.behind[bid.id]):
            named = lots.setdefault(supplier, {})
            before = len(named)
            for lot in (lot for lot, part in bid.lots.items() if part.removed is None):
                named.setdefault(lot, bid.id)
            if len(named) <= most or len(named) == before:
                continue
            if others := list(dict.fromkeys(other for other in named.values() if other != bid.id)):
                message = f'with bid "{bid.id}" a supplier in it is in bids for {len(named)} lots ({", ".join(named)}; '
                message += f"the other{'s are' if len(others) > 1 else ' is'} {', '.join(others)})"
            else:
                message = f'bid "{bid.id}" is for {len(named)} lots ({", ".join(named)})'
            message += f"; one supplier may bid for at most {most}"
            hint = "settle with the bidder which lots it is for"
            problems.add("TE500", place(bid.id, bid.where), message, hint)
            break
