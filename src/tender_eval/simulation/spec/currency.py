"""The currency of a spec's amounts: what it states, or that of the schemes, which must all be in one."""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, place
from tender_eval.model.scheme import Scheme

MEND = "state all amounts in one currency, in the spec and in its schemes"


def currency_of(stated: str, schemes: Sequence[tuple[Scheme, Location]], otherwise: str, problems: Problems) -> str:
    """The currency by its code; empty where nothing states one.

    Args:
        stated: what the spec states; empty where it leaves that to its schemes.
        schemes: those of the user's own, each with where the design stands that is scored by it.
        otherwise: the currency where neither the spec nor one of these schemes states any.
    """
    named = [(scheme, where) for scheme, where in schemes if scheme.currency]
    first = named[0][0] if named else None
    others = {s.id: (s, where) for s, where in reversed(named) if first and s.currency != first.currency}
    for scheme, where in others.values():
        if first is not None:
            message = f'"{scheme.id}" is in {scheme.currency} and "{first.id}" in {first.currency}'
            problems.add("TE512", where, f"the scheme {message}, so their amounts cannot be compared", MEND)
    if first and stated and not others and stated != first.currency:
        message = f'the amounts of the spec are in {stated}, and those of the scheme "{first.id}" in {first.currency}'
        hint = f"write {first.currency}, if they are, or name a scheme in {stated}"
        problems.add("TE512", place(stated), message, hint)
    return str(stated or (first.currency if first else otherwise))
