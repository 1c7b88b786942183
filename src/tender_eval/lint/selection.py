"""Which rules are run: codes and their prefixes, as they are selected and ignored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def unknown(prefixes: Iterable[str], codes: Iterable[str]) -> tuple[str, ...]:
    """The prefixes that no code begins with."""
    known = tuple(codes)
    return tuple(p for p in prefixes if not any(code.startswith(p) for code in known))


def selected(codes: Iterable[str], select: Sequence[str], ignore: Sequence[str]) -> tuple[str, ...]:
    """The codes that are run, in order: all where nothing is selected; the longer prefix wins, then ignore.

    >>> selected(["TE301", "TE304", "TE401"], ["TE3"], ["TE304"])
    ('TE301',)
    >>> selected(["TE301", "TE304", "TE401"], ["TE304"], ["TE3"])
    ('TE304',)
    """
    return tuple(
        code for code in sorted(codes) if _longest(code, select or ("",)) > (_longest(code, ignore) if ignore else -1)
    )


def _longest(code: str, prefixes: Iterable[str]) -> int:
    return max((len(p) for p in prefixes if code.startswith(p)), default=-1)
