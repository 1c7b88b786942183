"""The heads of tables."""

from __future__ import annotations

from tender_eval.languages.catalogue import Catalogue


def heads(t: Catalogue, of: str, names: str, **values: object) -> tuple[str, ...]:
    """The heads of the columns of a table; keys are ``<of>.head.<name>``."""
    return tuple(t(f"{of}.head.{name}", **values) for name in names.split())
