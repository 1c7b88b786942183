"""Which law a scheme is under, and the base of rules that rest on the Procurement Act 2023 alone."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from tender_eval.model.regime import Law, Procedure, Regime
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty, replaced


def states_the_act(scheme: SchemeView) -> bool:
    """Whether the scheme says that it is under the Procurement Act 2023."""
    return scheme.scheme.regime.law is Law.PROCUREMENT_ACT_2023


def states_what_the_act_replaced(scheme: SchemeView) -> bool:
    """Whether it names the regulations that the Act replaced, and is no call-off from a framework under them.

    Such a call-off stays under them, whenever it is made: SI 2024/716, regs. 5(3)(a) and 8(3)(a).
    """
    regime = scheme.scheme.regime
    return replaced(regime.law) and regime.procedure is not Procedure.CALL_OFF


def under_the_act(scheme: SchemeView) -> bool:
    """Whether the Act's clauses are to be held against it.

    Those of a scheme that names regulations which it replaced as well, on a day on which it is in force; of a scheme
    that names no law, unless it is in another country's currency.
    """
    if scheme.scheme.regime.law is None:
        return scheme.scheme.currency in ("", "GBP")
    return states_the_act(scheme) or states_what_the_act_replaced(scheme)


def governing(scheme: SchemeView) -> Regime:
    """The regime, under the Act where its clauses are to be held against the scheme."""
    regime = scheme.scheme.regime
    return replace(regime, law=Law.PROCUREMENT_ACT_2023) if under_the_act(scheme) else regime


def may_reserve(scheme: SchemeView) -> bool:
    """Whether the competition may be reserved to local suppliers, or to small ones, as far as the regime says."""
    return duty(governing(scheme), "local_reservation", scheme.on) is not None


class ActRule(LintRule):
    """A rule that rests on the Act: it says nothing of schemes under other laws, or of days before it was in force."""

    thresholds: ClassVar[tuple[str, ...]] = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """What `check_under_the_act` finds, of a scheme that the Act governs."""
        return self.check_under_the_act(scheme) if under_the_act(scheme) else ()

    @abstractmethod
    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every place of such a scheme that the rule has something to say about."""
