"""Lint rules that have a folder each: found by the names of the folders, without importing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

_FOLDER = re.compile(r"([a-z]{2,5}[0-9]{3})_([a-z0-9_]+)")


def lint_rules_in(package: str) -> dict[str, str]:
    """Every rule that has a folder in a package, however deep: its code, and where its class is.

    A folder ``te304_steep_price_line`` is a package that defines the class ``SteepPriceLine``, whose code is TE304;
    ``bad.yaml`` and ``good.yaml`` stand beside it.

    Raises:
        ValueError: two folders have one code.
    """
    found: dict[str, str] = {}
    for code, reference in _below(package, import_module(package).__path__):
        if code in found:
            raise ValueError(f"two folders have the code {code}: {found[code]} and {reference}")
        found[code] = reference
    return dict(sorted(found.items()))


def _below(package: str, path: Iterable[str]) -> Iterator[tuple[str, str]]:
    paths = list(path)
    for _, name, is_package in iter_modules(paths):
        if rule := _FOLDER.fullmatch(name) if is_package else None:
            class_name = "".join(word.capitalize() for word in rule[2].split("_"))
            yield rule[1].upper(), f"{package}.{name}:{class_name}"
        elif is_package:
            yield from _below(f"{package}.{name}", [f"{one}/{name}" for one in paths])
