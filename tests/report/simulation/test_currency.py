"""Money is in the currency of the spec, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from lot_outcomes import SPEC, made_up
from written import simulation_page, simulation_text

from tender_eval.report.csv.simulation import lots_csv
from tender_eval.report.json.simulation import lots_data, lots_json
from tender_eval.report.simulation.caveats import caveat_texts
from tender_eval.report.simulation.sentences import headline_text
from tender_eval.simulation.results.outcome import ParameterEffect, SimulationOutcome, SweepPoint
from tender_eval.simulation.spec.lot_rule import Capacity, LotRule

WRITERS = (simulation_text, simulation_page, lots_json, lots_csv)


def in_currency(code: str) -> SimulationOutcome:
    """An outcome in which amounts stand wherever they can."""
    found = made_up(f"{SPEC}currency: {code}\nsources: {{authority_fixed: our books}}\n", authorities=40)
    capped = LotRule(of_scheme=True, mechanism="largest_lead", capacity=Capacity(Fraction(300_000)))
    first, last = found.designs
    designs = (first, replace(last, rule=capped, changed={"bid_cost_fixed": 900.0, "local.income": 7e5}))
    point = SweepPoint({"value": 2e6}, designs, found.paired)
    moved = ParameterEffect("lot_fixed_cost", 1e4, 0.0, 3e4, found.sensitivity.parameters[0].effects, ("price_ratio",))
    sensitivity = replace(found.sensitivity, parameters=(moved, *found.sensitivity.parameters))
    return replace(found, designs=designs, sweep=(point,), sensitivity=sensitivity)


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("code", ["EUR", "SEK", "USD"])
def test_no_sign_of_pounds_in_another_currency(code: str, write: Callable[[SimulationOutcome], str]) -> None:
    assert "£" not in write(in_currency(code))


@pytest.mark.slow
@pytest.mark.parametrize(("code", "sign"), [("GBP", "£"), ("EUR", "€"), ("SEK", "SEK "), ("USD", "US$")])
def test_amounts_have_the_sign_of_their_currency(code: str, sign: str) -> None:
    found = in_currency(code)
    text, page = simulation_text(found), simulation_page(found)
    for told in (text, page):
        assert f"+{sign}40,000" in told  # a difference
        assert f"{sign}2,400,000" in told  # of all authorities
    assert f"{sign}4,000,000 over all years" in page
    assert f"{sign}200,000 a year" in page
    assert f"The cost of a first bid: {sign}900; the income of local providers: {sign}700,000 a year" in page
    assert f"With the value of the contract at {sign}2,000,000" in text
    assert f"the fixed cost of a lot ({sign}10,000, tried {sign}0 to {sign}30,000)" in headline_text(found)
    assert f"{sign}0 to {sign}30,000" in page
    assert f"high: {sign}30,000" in page
    assert any(f"capacity {sign}300,000." in c for c in caveat_texts(found))


def test_defaults_in_pounds_are_no_evidence_of_another_currency() -> None:
    data = [lots_data(in_currency(code))["assumptions"] for code in ("GBP", "EUR")]
    pounds, euros = ({s["name"]: s for s in stated} for stated in data)
    assert (pounds["authority_per_bid"]["basis"], euros["authority_per_bid"]["basis"]) == ("D", "A")
    assert euros["authority_per_bid"]["source"].startswith("a figure in pounds, taken as so many euros: Centre for")
    assert (euros["value"]["basis"], euros["value"]["unit"]) == ("C", "euros over all years")
    assert (euros["authority_fixed"]["basis"], euros["authority_fixed"]["source"]) == ("S", "our books")
    assert euros["bid_cost_share"] == pounds["bid_cost_share"]  # a share, whatever the currency


def test_the_defaults_in_pounds_are_named_where_the_currency_is_another() -> None:
    (told,) = [c for c in caveat_texts(in_currency("EUR")) if "figures in pounds" in c]
    assert told.startswith(
        "These are the defaults, figures in pounds that are taken as so many euros: value, bid_cost_"
    )
    assert "authority_fixed" not in told
    assert told.endswith("Set them in euros.")
    assert not any("in pounds" in c for c in caveat_texts(in_currency("GBP")))


@pytest.mark.slow
def test_without_a_currency_amounts_are_numbers() -> None:
    found = replace(made_up(), currency="")
    assert "+40,000 ±0" in simulation_text(found)
    assert "£" not in simulation_text(found)
    assert "the scheme's currency" in " ".join(simulation_text(found, 160).split())
