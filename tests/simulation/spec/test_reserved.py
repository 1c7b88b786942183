"""Reserved lots of a scheme are found among simulated lots by name, or else by their share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from inline import leaf, scheme
from simulated import design, equal_lots

from tender_eval import scheme_from_data
from tender_eval.model.diagnostics import Refused
from tender_eval.model.scheme import Scheme
from tender_eval.simulation.spec.records import Design
from tender_eval.simulation.spec.reserved import reserved_in

MADE_FOR = {"when": "supplier.by_and_for is true"}
NAMES = ("north", "moors", "vale", "harbour", "estuary", "hills")


def reserving(*each: list[str], lots: int = 12) -> Scheme:
    limits = {"mechanism": "lot_order", "reserved": [{"lots": names, **MADE_FOR} for names in each]}
    regime = {"regime": {"lots": lots}} if lots else {}
    return scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), award={"lots": limits}, **regime))


def cut(of: Scheme, lots: int, names: tuple[str, ...] = ()) -> Design:
    return replace(design(1, of), partition=equal_lots(lots, len(names) or 12), area_names=names)


def test_a_lot_is_reserved_whose_areas_are_all_called_as_reserved_lots() -> None:
    of = reserving(["harbour", "estuary"], ["north"])
    assert reserved_in(cut(of, 6, NAMES)) == ((3, 4), (0,))
    assert reserved_in(cut(of, 3, NAMES)) == ((), ())  # each has an area that is not
    whole = replace(cut(of, 3, NAMES), partition=((0, 1), (2, 5), (4, 3)))
    assert reserved_in(whole) == ((2,), ())


def test_without_names_as_large_a_share_of_the_lots_is_reserved_as_in_the_scheme() -> None:
    of = reserving(["moors", "harbour", "estuary"])
    assert [reserved_in(cut(of, n)) for n in (1, 2, 4)] == [((),), ((),), ((3,),)]
    assert reserved_in(cut(of, 6)) == ((4, 5),)  # a half goes to the even number
    assert reserved_in(cut(of, 12)) == ((9, 10, 11),)
    two = reserving(["a", "b"], ["c", "d"], lots=8)
    assert reserved_in(cut(two, 4)) == ((2,), (3,))


def test_a_reserved_lot_that_is_no_area_beside_others_that_are_is_refused() -> None:
    with pytest.raises(Refused) as e:
        reserved_in(cut(reserving(["harbour", "estuery"]), 6, NAMES))
    (told,) = e.value.diagnostics
    assert (told.code, told.hint) == ("TE056", 'did you mean "estuary"?')


def test_a_scheme_that_does_not_say_how_many_lots_there_are_is_refused_with_what_to_write() -> None:
    with pytest.raises(Refused) as e:
        reserved_in(cut(reserving(["moors"], lots=0), 6))
    (told,) = e.value.diagnostics
    assert told.code == "TE056"
    assert "areas: {moors: 1}" in told.hint
    assert reserved_in(cut(reserving(["harbour"], lots=0), 6, NAMES)) == ((3,),)


def test_a_scheme_that_reserves_nothing_has_no_reserved_lots() -> None:
    assert reserved_in(design(4)) == ()
