"""When something is entered: by the clock, or as it is given, but never in the future."""

from __future__ import annotations

import click

at_option = click.option("--at", metavar="TIME", help="When, in RFC 3339 with an offset; else the clock's time.")


def now() -> str:
    """The time by the clock, to the second, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry_time(at: str | None) -> str:
    """The time of an entry.

    Raises:
        Refused: TE094 where it is in the future. What is no time is refused by whoever writes the record.
    """
    if not at:
        return now()
    from tender_eval.base.times import instant
    from tender_eval.model.diagnostics import Diagnostic, Refused

    asked, today = instant(at), instant(now())
    if asked is not None and today is not None and asked > today:
        raise Refused([Diagnostic("TE094", f"{at} is in the future", None, "give when it was, or leave --at out")])
    return at
