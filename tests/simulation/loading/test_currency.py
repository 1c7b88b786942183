"""All amounts of a simulation are in one currency: the spec's, or that of its schemes."""

from __future__ import annotations

import pytest

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.spec.records import Spec

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCHEME = """\
format: tender-eval/scheme/1
id: {name}
title: Price alone
requires: [tender-eval>=0.1]
source: {{document: An invented scheme, date: 2026-05-06}}
{currency}
criteria: [{{id: price, title: Price, weight: 100, scorer: ratio_to_lowest}}]
award: {{rule: highest_score, ties: [{{lowest: price}}], on_rejection: recompute}}
"""
STATED = {"euros": "currency: EUR", "pounds": "currency: GBP", "silent": ""}


def read(text: str) -> Spec:
    def file(name: str) -> Source:
        kind = name.removesuffix(".yaml")
        return Source(name, SCHEME.format(name=kind, currency=STATED[kind]).encode())

    return load_spec(Source("spec.yaml", f"format: tender-eval/lots-spec/1\n{text}\n".encode()), CATALOGUE, file)


def faults(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(Refused) as refused:
        read(text)
    return [(d.code, d.where.line if d.where else 0, d.hint) for d in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("lots: [1]", "GBP"),  # of the scheme that comes with the simulation
        ("lots: [1]\ncurrency: EUR", "EUR"),  # which has no amounts, and goes with any
        ("lots: [1]\nscheme: euros.yaml", "EUR"),
        ("lots: [1]\nscheme: euros.yaml\ncurrency: EUR", "EUR"),
        ("lots: [1]\nscheme: silent.yaml", ""),
        ("lots: [1]\nscheme: silent.yaml\ncurrency: SEK", "SEK"),
        ("designs: [{lots: 1}, {name: two, lots: 1, scheme: euros.yaml}]", "EUR"),
        ("designs: [{lots: 1, scheme: silent.yaml}, {name: two, lots: 1, scheme: euros.yaml}]", "EUR"),
        ("designs: [{lots: 1, scheme: silent.yaml}, {name: two, lots: 1}]", "GBP"),
    ],
)
def test_the_currency_is_that_of_the_spec_or_of_its_schemes(text: str, currency: str) -> None:
    assert read(text).currency == currency


def test_schemes_in_two_currencies_are_an_error_at_the_design() -> None:
    text = (
        "currency: EUR\ndesigns:\n  - {lots: 1, scheme: euros.yaml}\n  - {name: b, lots: 1, scheme: pounds.yaml}\n"
        "  - {name: c, lots: 1, scheme: pounds.yaml}"
    )
    assert [(code, line) for code, line, _ in faults(text)] == [("TE512", 5)]


def test_a_spec_in_another_currency_than_its_scheme_is_an_error_whose_mend_is_right() -> None:
    text = "lots: [1]\nscheme: euros.yaml\ncurrency: {}"
    ((code, line, hint),) = faults(text.format("GBP"))
    assert (code, line, hint) == ("TE512", 4, "write EUR, if they are, or name a scheme in GBP")
    assert read(text.format("EUR")).currency == "EUR"
    assert read(text.format("GBP").replace("euros", "pounds")).currency == "GBP"


@pytest.mark.parametrize("code", ["eur", "£", "Euro"])
def test_a_currency_is_named_by_its_code(code: str) -> None:
    assert [code for code, _, _ in faults(f"lots: [1]\ncurrency: {code}")] == ["TE012"]


def test_the_currency_changes_nothing_that_is_simulated() -> None:
    pounds, euros = read("lots: [1, 2]"), read("lots: [1, 2]\ncurrency: EUR")
    assert (pounds.designs, pounds.types) == (euros.designs, euros.types)
