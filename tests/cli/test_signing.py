"""The days on which contracts were signed: one for all lots, one for each, and nothing that is not plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import click
import pytest
from shipped import case_from

from tender_eval.case.case import Case
from tender_eval.case.state import Decision
from tender_eval.cli.signing import Signed, SignedOn, signed_by_lot, signed_too_early

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "x",
    "title": "X",
    "currency": "GBP",
    "regime": {"law": "procurement-act-2023", "light_touch": False},
    "criteria": [{"id": "price", "title": "Price", "weight": 100, "scorer": "ratio_to_lowest"}],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}


def case(*lots: str) -> Case:
    offer = {"lots": {lot: {"price": 1} for lot in lots}} if lots else {"price": 1}
    bids = {
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": lot} for lot in lots]},
        "bids": [{"id": "a", "supplier": {"name": "Alder"}, **offer}],
    }
    made = case_from(SCHEME, bids)
    decided = {lot: Decision(1, ("a",), notice_on="2026-06-01") for lot in lots or ("",)}
    return replace(made, state=replace(made.state, decided=decided))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-06-01", Signed("", JUNE)),
        ("north=2026-06-01", Signed("north", JUNE)),
        ("a=b=2026-06-01", Signed("a=b", JUNE)),
    ],
)
def test_what_is_read(text: str, found: Signed) -> None:
    assert SignedOn().convert(text, None, None) == found


@pytest.mark.parametrize("text", ["", "north", "north=", "=", "north=01/06/2026", "2026-06-31"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(click.BadParameter):
        SignedOn().convert(text, None, None)


@pytest.mark.parametrize(
    ("lots", "stated", "found"),
    [
        ((), [Signed("", JUNE)], {"": JUNE}),
        ((), [], {}),
        (("n", "s"), [Signed("", JUNE)], {"n": JUNE, "s": JUNE}),
        (("n", "s"), [Signed("n", MAY)], {"n": MAY}),
        (("n", "s"), [Signed("n", MAY), Signed("", JUNE)], {"n": MAY, "s": JUNE}),
        (("n", "s"), [Signed("n", MAY), Signed("n", MAY)], {"n": MAY}),
    ],
)
def test_each_lot_has_its_own_day_or_that_of_all(
    lots: tuple[str, ...], stated: list[Signed], found: dict[str, date]
) -> None:
    assert signed_by_lot(case(*lots), stated) == found


@pytest.mark.parametrize(
    ("lots", "stated", "told"),
    [
        (("n", "s"), [Signed("w", JUNE)], 'no lot "w"; its lots are n, s'),
        ((), [Signed("n", JUNE)], "it has none: give the day alone"),
        (("n", "s"), [Signed("n", MAY), Signed("n", JUNE)], 'two days are given for lot "n"'),
        (("n", "s"), [Signed("", MAY), Signed("", JUNE)], "two days are given for every lot"),
    ],
)
def test_what_is_not_plain_is_refused(lots: tuple[str, ...], stated: list[Signed], told: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        signed_by_lot(case(*lots), stated)
    assert told in refused.value.message


def test_a_contract_within_its_standstill_is_told_and_one_after_it_is_not() -> None:
    told = list(signed_too_early(case("n", "s"), {"n": date(2026, 6, 10), "s": date(2026, 6, 11)}))
    assert [one.partition(":")[0] for one in told] == ["Lot n"]
    assert "ends with 10 June 2026" in told[0]
