"""Who stands at reserved lots and whom quotas are on, of simulated bids; and what a first tender left of the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.scheme import Quota as SchemeQuota
from tender_eval.plugins.mechanism import Quota
from tender_eval.simulation.market.requirements import Requirement, requirements_met
from tender_eval.simulation.spec.lot_rule import Awarding
from tender_eval.simulation.spec.records import INCOMES, ProviderType, Settings
from tender_eval.simulation.tendering.codes import DECLARATIONS, Codes, holds, in_spec


class Members(NamedTuple):
    """Of which simulated bids some tests hold.

    Attributes:
        table: whether those hold that turn on what is known by code, ``(codes,)``.
        incomes: the tests on yearly income.
    """

    table: Mask
    incomes: tuple[Requirement, ...]

    def among(self, code: Array, income: Array, pooled: Array) -> Mask:
        """Whether all hold, of bids with these codes and incomes, which are broadcast together."""
        by_code: Mask = self.table.take(code)
        by_income = requirements_met(self.incomes, None, income, pooled, np.array(np.nan))  # none is of a lot's value
        return by_code if by_income is None else by_code & by_income


class QuotaOf(NamedTuple):
    """How many lots may go, and must go, to some bidders; ``steady`` where these are the same in all tenders."""

    members: Members
    most: int | None
    fewest: int
    steady: bool


@dataclass(frozen=True, slots=True)
class LotLimits:
    """The limits of a scheme that turn on who a bidder is, or on how many are awarded anything.

    Attributes:
        reserved: lots of a design, and who stands at them.
        undeclared: declarations that these ask for and the spec states of no type: nobody is taken to make them.
    """

    reserved: tuple[tuple[tuple[int, ...], Members], ...] = ()
    quotas: tuple[QuotaOf, ...] = ()
    most_suppliers: int = 0
    fewest_suppliers: int = 0
    undeclared: tuple[str, ...] = ()

    @property
    def across_lots(self) -> bool:
        """Whether lots are tied together."""
        return bool(self.quotas or self.most_suppliers or self.fewest_suppliers)

    def closed(self, winner: Array, in_quotas: Mask | None, providers: int) -> Mask:
        """Who may be awarded nothing more after these awards, ``(providers, draws)``.

        Args:
            winner: the row of the provider that has each lot, -1 for nobody, ``(lots, draws)``.
        """
        has = held_by(winner, providers) > 0
        found = np.zeros(has.shape, dtype=np.bool_)
        if self.most_suppliers:
            found |= ~has & (has.sum(axis=0) >= self.most_suppliers)
        for quota, who, held in self._by_quota(winner, in_quotas):
            if quota.most is not None:
                found |= who & (held >= quota.most)
        return found

    def left(self, winner: Array | None, in_quotas: Mask | None, draws: int) -> list[tuple[slice | Array, LotLimits]]:
        """What is left of the limits after these awards, with the draws of which it is so.

        Minimums were kept to wherever anything was awarded. Who has a lot already counts as a supplier once more.
        """
        if winner is None or not self.across_lots:
            return [(slice(0, draws), self)]
        providers = int(winner.max(initial=-1)) + 1
        suppliers = (held_by(winner, providers) > 0).sum(axis=0)
        found = np.column_stack([suppliers, *(held for _, _, held in self._by_quota(winner, in_quotas))])
        each, which = np.unique(found, axis=0, return_inverse=True)
        return [(np.flatnonzero(which.reshape(-1) == n), self._after(*row)) for n, row in enumerate(each.tolist())]

    def _by_quota(self, winner: Array, in_quotas: Mask | None) -> Iterator[tuple[QuotaOf, Mask, Array]]:
        """Each quota, whom it is on, and how many lots went to these, ``(draws,)``."""
        if in_quotas is not None:
            held = held_by(winner, in_quotas.shape[1])
            for quota, who in zip(self.quotas, in_quotas, strict=True):
                yield quota, who, (who * held).sum(axis=0)

    def _after(self, suppliers: int, *held: int) -> LotLimits:
        quotas = tuple(
            quota._replace(
                most=None if quota.most is None else max(quota.most - n, 0), fewest=0 if suppliers else quota.fewest
            )
            for quota, n in zip(self.quotas, held, strict=True)
        )
        return LotLimits(
            quotas=quotas,
            most_suppliers=max(self.most_suppliers - suppliers, 0),  # at nought nobody is left but who has a lot
            fewest_suppliers=0 if suppliers else self.fewest_suppliers,
        )


def held_by(winner: Array, providers: int) -> Array:
    """How many lots each provider has, ``(providers, draws)``, from who has each lot, ``(lots, draws)``."""
    return np.asarray((winner[None] == np.arange(providers)[:, None, None]).sum(axis=1))


def quotas_of(limits: LotLimits, in_quotas: Mask | None) -> tuple[Quota, ...]:
    """The quotas of a contest, whose rows are the providers."""
    rows = () if in_quotas is None else in_quotas
    return tuple(
        Quota(who[:, 0] if quota.steady and who.shape[1] else who, quota.most, quota.fewest)
        for quota, who in zip(limits.quotas, rows, strict=True)
    )


def lot_limits_of(
    awarding: Awarding,
    types: Sequence[ProviderType],
    settings: Settings,
    codes: Codes,
    declared: Sequence[str],
) -> LotLimits:
    """The limits of a design that turn on who a bidder is, or on how many are awarded anything.

    Args:
        declared: what providers are taken to declare, for conditions of the scheme ask it.

    Raises:
        Refused: TE052 where a test reads what is not known of simulated bids, or a quota must be met by bidders of
            whom the market has none; TE028 where a quota turns on what differs between lots.
    """
    reading, limits = _Reading(types, settings, codes, declared), awarding.limits
    reserved = tuple(
        (lots, reading.members(one.when, "a reserved lot", one.where))
        for lots, one in zip(awarding.reserved, limits.reserved, strict=True)
        if lots
    )
    quotas = tuple(reading.quota(quota) for quota in limits.quotas)
    reading.problems.refuse()
    undeclared = tuple(dict.fromkeys(reading.undeclared))
    return LotLimits(reserved, quotas, limits.most_suppliers or 0, limits.fewest_suppliers or 0, undeclared)


class _Reading:
    def __init__(
        self, types: Sequence[ProviderType], settings: Settings, codes: Codes, declared: Sequence[str]
    ) -> None:
        self.types, self.settings, self.codes, self.declared = types, settings, codes, declared
        self.problems = Problems()
        self.undeclared: list[str] = []

    def members(self, tests: Sequence[Test], whose: str, where: Location) -> Members:
        table = np.ones(self.codes.number, dtype=np.bool_)
        for test in (test for test in tests if not _on_income(test)):
            held = self._held(test)
            if None in held:
                message = f"{whose} is for whom {test.reads} says, which is not known of simulated bids"
                hint = f"state it of each type in the spec, such as {self._written(test)}"
                self.problems.add("TE052", where, message, hint)
            table &= np.array([bool(told) for told in held])
        return Members(table, tuple(_requirement(test) for test in tests if _on_income(test)))

    def quota(self, quota: SchemeQuota) -> QuotaOf:
        found = self.members(quota.when, f'the quota "{quota.id}"', quota.where)
        by_kind = found.table.reshape(len(self.codes.sizes), len(self.types), 2, -1)
        if (by_kind != by_kind[:1, :, :, :1]).any():
            message = f'whom the quota "{quota.id}" is on differs between lots of one bidder, which is not simulated'
            self.problems.add("TE028", quota.where, message, "let it turn on what is the same of all bids of a bidder")
        if quota.fewest and not found.table.any():
            written = self._written(next(test for test in quota.when if not _on_income(test)))
            message = f'the quota "{quota.id}" asks for lots for bidders of whom the market has none'
            hint = f"state in the spec who they are, such as {written}"
            self.problems.add("TE052", quota.where, message, hint)
        steady = not found.incomes and bool((by_kind == by_kind[:, :, :1]).all())
        return QuotaOf(found, quota.most, quota.fewest, steady)

    def _held(self, test: Test) -> list[bool | None]:
        """Whether a test holds, by code. Who declares what a quota or a reserved lot asks for is not assumed."""
        types = list(self.types)
        if test.reads.startswith(DECLARATIONS) and test.reads not in self.declared:
            if all(test.reads not in kind.facts for kind in types):
                self.undeclared.append(test.reads)
            types = [replace(kind, facts={test.reads: 0.0, **kind.facts}) for kind in types]
        pooling = self.settings.consortium_income
        return [holds([test], types[k], joint, n, size, pooling) for size, k, joint, n in self.codes.every()]

    def _written(self, test: Test) -> str:
        return in_spec([kind.name for kind in self.types], f"{test.reads}: 1")


def _on_income(test: Test) -> bool:
    return test.reads in INCOMES and not test.values


def _requirement(test: Test) -> Requirement:
    """A test on income as what a provider knows of itself."""
    least, most = (None if bound is None else float(bound) for bound in (test.at_least, test.at_most))
    return Requirement(test.reads, None, test.reads == INCOMES[1], least, most, False, None)
