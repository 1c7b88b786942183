"""What the parameters of a simulation are called, what they are counted in, and where their values are from."""

from __future__ import annotations

from tender_eval.languages.catalogue import Catalogue, catalogue
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.parameters import Basis, Origin


def texts() -> Catalogue:
    """The messages of simulations."""
    return catalogue("simulation")


def label_of(lots: int) -> str:
    """What a design of so many equal lots is called."""
    return texts().count("design.lots", lots)


def about(name: str) -> str:
    """What a parameter is, in a sentence."""
    fact = ".facts." in name
    return texts()("about.fact" if fact else f"about.{name.rpartition('.')[2]}")


def group_in_words(group: str) -> str:
    """A group of parameters, as a heading."""
    return texts()(f"group.{group}")


def unit_in_words(unit: str, currency: str = "") -> str:
    """What a value is counted in; without a currency, amounts are in that of the scheme."""
    if not unit:
        return ""
    t = texts()
    return t(f"unit.{unit}", currency=t.currency(currency) or t("unit.currency"))


def source_in_words(key: str) -> str:
    """Where a default is from."""
    return texts()(f"source.{key}") if key else ""


def basis_meaning(basis: Basis) -> str:
    """What it means that a value rests on this."""
    return texts()(f"basis.{basis} means")


def origin_in_words(stated: Assumption, currency: str = "") -> str:
    """Where a value that was used is from."""
    t, origin = texts(), stated.source
    told = _origin(origin)
    if origin.in_pounds:
        key = "origin.pounds alone" if origin.text in ("", "own") else "origin.in pounds"
        told = t(key, currency=t.currency(currency), source=told)
    return t("origin.known", source=told, n=stated.providers_known) if stated.providers_known else told


def _origin(origin: Origin) -> str:
    match origin.kind:
        case "table":
            return source_in_words(origin.text)
        case "named":
            return origin.text
        case "scheme":
            return texts()("origin.scheme", id=origin.text)
        case _:
            return texts()(f"origin.{origin.kind}")
