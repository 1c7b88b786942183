"""The table of parameters is complete, and says of every default what it rests on."""

from dataclasses import fields

import pytest

from tender_eval.simulation.spec.labels import about, source_in_words, unit_in_words
from tender_eval.simulation.spec.parameters import (
    BASES,
    SETTINGS,
    STANDARD_TYPES,
    TYPE_FIELDS,
    Parameter,
    of_type,
    parameters,
)
from tender_eval.simulation.spec.records import ProviderType, Settings

EVERY = tuple(parameters())


def test_every_setting_has_its_row_and_every_row_a_setting() -> None:
    assert {p.name for p in SETTINGS} == {f.name for f in fields(Settings)}


def test_every_field_of_a_type_has_its_row() -> None:
    assert {p.name for p in TYPE_FIELDS} == {f.name for f in fields(ProviderType)} - {"name", "facts"}


def test_names_are_unique() -> None:
    assert len({p.name for p in EVERY}) == len(EVERY)


@pytest.mark.parametrize("parameter", EVERY, ids=lambda p: p.name)
def test_each_row_is_sound(parameter: Parameter) -> None:
    assert parameter.basis in BASES
    assert parameter.unit
    assert about(parameter.name).endswith(".")
    assert unit_in_words(parameter.unit, "GBP")
    if parameter.basis in "SD":
        assert any(c.isdigit() for c in source_in_words(parameter.source)), "evidence names its source"
    for value in (parameter.default, parameter.low, parameter.high):
        if isinstance(value, (int, float)):
            assert parameter.least <= value <= parameter.most
    if parameter.choices:
        assert parameter.default in parameter.choices


@pytest.mark.parametrize("parameter", [p for p in EVERY if p.basis != "C"], ids=lambda p: p.name)
def test_each_figure_that_is_not_certain_can_be_tried_at_two_other_values(parameter: Parameter) -> None:
    assert parameter.low is not None
    assert parameter.high is not None
    assert parameter.low <= parameter.default <= parameter.high  # type: ignore[operator]
    assert parameter.low != parameter.high or parameter.default == 0


def test_the_trials_of_a_type_go_with_its_value() -> None:
    assert (of_type("local", "count", 8).low, of_type("local", "count", 8).high) == (4, 12)
    assert (of_type("local", "quality", 0.98).low, of_type("local", "quality", 0.98).high) == (0.94, 1)
    assert of_type("local", "home_areas", 0.25).default == STANDARD_TYPES["local"]["home_areas"]
    assert of_type("a type of my own", "income", 5.0).default == 1_000_000
