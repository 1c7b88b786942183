"""The scheme's own rule across lots is what is simulated, but for what the spec states in its place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.random import SeedSequence
from rough_play import few_trials, rough_play
from simulated import design, figures, made, shipped_scheme

from tender_eval import load_scheme
from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Refused
from tender_eval.model.scheme import Scheme
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.run import RunOptions, simulate_lots
from tender_eval.simulation.spec.lot_rule import Capacity, LotRule, rule_of
from tender_eval.simulation.spec.parameters import Origin
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import run_first_tenders, run_second_tenders

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
LEAD = Path("schemes/lots-largest-lead.yaml").read_text(encoding="utf-8")
EVEN = (1 / 8,) * 8
CAPACITY = "60% of supplier.annual_income"


def read(text: str, scheme: str = LEAD, others: str = "") -> Spec:
    files = {"lead.yaml": scheme, "other.yaml": others or LEAD}
    source = Source("spec.yaml", f"format: tender-eval/lots-spec/1\n{text}".encode())
    return load_spec(source, CATALOGUE, lambda name: Source(name, files[name].encode()))


def faults(text: str, scheme: str = LEAD) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(text, scheme)
    return [str(d) for d in refused.value.diagnostics]


def test_a_spec_that_says_nothing_of_lots_takes_the_rule_of_its_scheme() -> None:
    for text in ("scheme: lead.yaml\nlots: [4]\n", "designs: [{lots: 4, scheme: lead.yaml}]\n"):
        (only,) = read(text).designs
        assert rule_of(only, EVEN) == LotRule(
            True, "largest_lead", 3, 1, Capacity(Fraction("0.6"), "supplier.annual_income")
        )


def test_what_the_spec_states_stands_in_its_place_and_is_told() -> None:
    stated = "scheme: lead.yaml\nlots: [4]\nparameters: {lots_awarded: 0, lots_tendered: 3}\n"
    found = rule_of(read(stated).designs[0], EVEN)
    assert (found.mechanism, found.lots_awarded) == ("largest_lead", 0)
    assert found.overruled == (("lots_awarded", 1, 0),)
    by_design = "scheme: lead.yaml\ndesigns: [{lots: 4}, {lots: 8, parameters: {lots_awarded: 2}}]\n"
    assert [rule_of(d, EVEN).overruled for d in read(by_design).designs] == [(), (("lots_awarded", 1, 2),)]


@pytest.mark.slow
def test_each_design_has_the_rule_of_its_own_scheme_and_reports_it(monkeypatch: pytest.MonkeyPatch) -> None:
    few_trials(monkeypatch)
    rough_play(monkeypatch)
    other = LEAD.replace("most_awarded: 1", "most_awarded: 2").replace("lots-largest-lead", "two-each")
    text = "scheme: lead.yaml\ndraws: 40\ndesigns: [{lots: 4}, {name: two, lots: 4, scheme: other.yaml}]\n"
    spec = read(text + "market: {types: {local: {count: 2}, national: {count: 2}}}\n", others=other)
    outcome = simulate_lots(spec, CATALOGUE, RunOptions(workers=1), sensitivity_draws=8, points=0)
    assert [d.rule.lots_awarded for d in outcome.designs] == [1, 2]
    assert outcome.designs[1].changed == {"lots_awarded": 2}
    stated = {s.name: s for s in outcome.assumptions}
    assert (stated["lots_awarded"].value, stated["lots_awarded"].source) == (
        1,
        Origin("scheme", "lots-largest-lead"),
    )


def test_a_sweep_stands_in_place_of_the_scheme() -> None:
    spec = read("scheme: lead.yaml\nlots: [4]\nsweep: {lots_awarded: [2]}\n")
    from tender_eval.simulation.spec.variations import varied

    assert varied(spec, {"lots_awarded": 2}).designs[0].settings.lots_awarded == 2


def limited(capacity: str, tmp_path: Path) -> Scheme:
    path = tmp_path / "scheme.yaml"
    path.write_text(LEAD.replace(CAPACITY, capacity).replace("    most_awarded: 1\n", ""), encoding="utf-8")
    return load_scheme(path)


@pytest.mark.slow
@pytest.mark.parametrize("rerun", [True, False])
@pytest.mark.parametrize("capacity", ["25% of supplier.annual_income", "300000"])
def test_nobody_is_awarded_more_than_the_capacity_of_the_scheme(capacity: str, rerun: bool, tmp_path: Path) -> None:
    of = limited(capacity, tmp_path)
    prepared = made(design(4, of, mechanism="largest_lead", consortium_share=0.6, rerun=rerun))
    model = prepared.model()
    drawn = draw_market(Streams(SeedSequence(3)), model.draws_needed, 400)
    done = run_first_tenders(model, prepared.solutions[0], drawn)
    (history,) = run_second_tenders(model, prepared.solutions[0].policies, [done.first_round(drawn)])
    won = (history.bids.winner[None] == np.arange(len(done.bidders.income))[:, None, None]) * model.lots.annual[:, None]
    pooled = done.bidders.income * np.where(done.bidders.leads, 4.0, 1.0)
    most = 300_000.0 if capacity == "300000" else 0.25 * pooled
    assert (won.sum(axis=1) <= most * (1 + 1e-9)).all()
    bid = (done.first.entered * model.lots.annual[:, None]).sum(axis=1)
    assert (bid > most).any()  # they bid for more, so the limit decides
    assert (history.bids.winner >= 0).mean() > 0.3


@pytest.mark.slow
def test_a_lot_beyond_the_capacity_of_the_scheme_is_too_large_to_carry(tmp_path: Path) -> None:
    free, held = figures(
        made(design(1, limited("100000000", tmp_path))), made(design(1, limited("300000", tmp_path))), draws=100
    )
    assert free["funnel.won"].sum() > 0
    assert (held["unserved"] == 1).all()
    assert held["funnel.capacity"].mean() > free["funnel.capacity"].mean()


def test_what_cannot_be_simulated_of_a_scheme_is_refused_where_it_stands() -> None:
    text = "scheme: lead.yaml\nlots: [4]\n"
    (unknown,) = faults(text, LEAD.replace("supplier.annual_income", "values.vans"))
    assert "error TE052: the capacity is a share of" in unknown
    assert unknown.startswith("lead.yaml:")
    (misspelt,) = faults(text, LEAD.replace("mechanism: largest_lead", "mechanism: largest_leed"))
    assert misspelt.startswith("lead.yaml:")
    assert "TE044" in misspelt
    (at_odds,) = faults(text + "parameters: {mechanism: independent, lots_awarded: 0}\n")
    assert "TE028" in at_odds
    assert "the scheme states a capacity" in at_odds


COUNTY = Path("schemes/county-by-and-for-lots.yaml").read_text(encoding="utf-8")


def test_limits_that_no_award_of_a_design_can_keep_to_lapse_in_it_and_are_told() -> None:
    one, two, four = read("scheme: lead.yaml\nlots: [1, 2, 4]\n", COUNTY).designs
    found = [rule_of(each, EVEN) for each in (one, two, four)]
    assert [rule.lapsed for rule in found] == [("most_value", "fewest_suppliers")] * 2 + [()]
    assert (found[0].most_value, found[0].fewest_suppliers) == (None, 0)
    assert (found[2].most_value, found[2].fewest_suppliers) == (Fraction(1, 4), 4)
    assert [(rule.reserved, rule.by_share) for rule in found] == [((), True), ((), True), ((4,), True)]
    assert found[2].quotas == ("incumbents",)
    assert not any(rule.offers for rule in found)
    least = COUNTY.replace("at_most: 4", "at_least: 3")
    incumbents = "market: {types: {local: {facts: {declarations.incumbent: 1}}}}\n"
    (small,) = read(f"scheme: lead.yaml\nlots: [2]\n{incumbents}", least).designs
    assert "quotas.incumbents" in rule_of(small, EVEN).lapsed


def test_a_mechanism_of_the_spec_keeps_to_the_limits_of_the_scheme_or_is_refused() -> None:
    text = "scheme: lead.yaml\nlots: [4]\nparameters: {mechanism: %s}\n"
    (looks_at_none,) = faults(text.replace("}", ", lots_awarded: 0}") % "independent", COUNTY)
    assert 'TE028: the mechanism "independent" looks at no limit, and the scheme states most_value' in looks_at_none
    (one_by_one,) = faults(text % "lot_order", COUNTY)
    assert "cannot see to the minimum of the scheme" in one_by_one
    read(text % "lot_order", COUNTY.replace("    fewest_suppliers: 4\n", ""))


def test_a_limit_on_awards_is_refused_where_a_lot_goes_to_several() -> None:
    several = (
        Path("schemes/light-touch-60-40.yaml")
        .read_text(encoding="utf-8")
        .replace("award:\n", "award:\n  suppliers: 3\n")
    )
    (told,) = faults("scheme: lead.yaml\nlots: [4]\nparameters: {lots_awarded: 2}\n", several)
    assert "TE028: a limit on what one may be awarded is not simulated where each lot goes to 3" in told


def test_a_scheme_without_a_rule_leaves_it_to_the_spec() -> None:
    found = rule_of(design(4, shipped_scheme(), lots_awarded=2), EVEN)
    assert found == LotRule(False, "lot_order", 0, 2)


def test_offers_for_several_lots_are_told_and_nothing_else_of_them_is_simulated() -> None:
    text = Path("schemes/rape-support-in-lots.yaml").read_text(encoding="utf-8")
    offers = "    packages: by_lot\n    discounts: where_awarded\n    compare: all_offers\n"
    taken = text.replace("    most_awarded: 2\n", f"    most_awarded: 2\n{offers}")
    assert taken != text
    (plain,), (with_offers,) = (read("scheme: lead.yaml\nlots: [2]\n", of).designs for of in (text, taken))
    assert rule_of(plain, EVEN).offers == ()
    assert rule_of(with_offers, EVEN).offers == ("packages", "discounts")
    assert replace(rule_of(with_offers, EVEN), offers=()) == rule_of(plain, EVEN)
