"""Numbers as a scheme states them, in parameters that may hold anything."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.diagnostics import Refused

PLUGIN_FAULTS = frozenset(("TE045", "TE046", "TE047", "TE048"))
"""What no other figures would mend."""


def unless_a_plugin(refused: Refused) -> Refused:
    """A refusal of invented figures, for which others may be tried.

    Raises:
        Refused: it is a plugin that is at fault.
    """
    if any(d.code in PLUGIN_FAULTS for d in refused.diagnostics):
        raise refused
    return refused


def as_number(value: object) -> Fraction | None:
    """A number as a scheme states it, or None.

    >>> [as_number(v) for v in (5, "2.5", True, "many")]
    [Fraction(5, 1), Fraction(5, 2), None, None]
    """
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            return None
    return None
