"""The sentences say what was found, how sure it is, and what is only assumed."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from lot_outcomes import SPEC, made_up

from tender_eval.files.source import Source
from tender_eval.languages.runs import text_of
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.simulation.answer import TOLD, figure_says, unknown
from tender_eval.report.simulation.caveats import caveat_texts as caveats
from tender_eval.report.simulation.figure_format import FigureFormat, assumption
from tender_eval.report.simulation.sentences import headline_text as headline
from tender_eval.report.simulation.sentences import sample_note
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results.outcome import (
    Estimate,
    ParameterEffect,
    ParameterValue,
    SimulationOutcome,
    SweepPoint,
)
from tender_eval.simulation.spec.assumptions import assumptions_of, unused_figures
from tender_eval.simulation.spec.lot_rule import Capacity, LotRule
from tender_eval.simulation.spec.parameters import parameters


def test_the_first_sentence_is_the_answer_with_its_uncertainty_and_its_drivers() -> None:
    assert headline(made_up()) == (
        "Cutting the contract from 1 lot into 8 raises the number of small providers that bid from 1.20 to 6.30 "
        "(+5.10 ± 0.010), raises the share of the value that they win from 10.0% to 55.0% "
        "(+45.0 points ± 1.00) and does not clearly change the price, as a share of the ceiling, "
        "from 90.0% to 88.0% (-2.0 points ± 1.00), where ± is one standard error. What is assumed drives it: most of "
        "all the quality of by-and-for providers (0.74, tried 0.7 to 0.78)."
    )


def test_designs_of_the_users_own_are_named() -> None:
    found = made_up()
    designs = (found.designs[0], replace(found.designs[1], label="ten weeks"))
    paired = (replace(found.paired[0], label="ten weeks"),)
    assert headline(replace(found, designs=designs, paired=paired)).startswith("“ten weeks” in place of “1 lot” raises")


def test_a_design_alone_has_levels() -> None:
    found = made_up()
    told = headline(replace(found, designs=found.designs[:1], paired=()))
    assert told.startswith("With 1 lot, the number of small providers that bid is 1.20 (standard error 0.010);")


def test_what_too_few_tenders_have_is_not_guessed() -> None:
    found = made_up()
    paired = replace(found.paired[0], figures={**found.paired[0].figures, "price_ratio": Estimate(None, None, 0)})
    told = headline(replace(found, paired=(paired,)))
    assert "leaves the price, as a share of the ceiling, unknown" in told


def test_a_change_without_a_standard_error_is_not_told_as_one() -> None:
    """Of a single tender."""
    found = made_up()
    alone = {name: Estimate(e.mean, None, 1) for name, e in found.paired[0].figures.items()}
    single = replace(found, paired=(replace(found.paired[0], figures=alone),))
    assert "raises" not in headline(single)
    assert headline(single).count("unknown, for too few tenders have one") == 3
    assert all(text_of(figure_says(FigureFormat(), single, name)).startswith("not known") for name in TOLD)


def test_quality_by_type_is_always_shown_as_what_drives_the_answer() -> None:
    listed = "by-and-for 0.74, local 0.7, regional 0.66, national 0.66"
    assert any(f"assumed, not known (share of full marks: {listed})" in c for c in caveats(made_up()))
    sources = ", ".join(f"{t}.quality: our scores" for t in ("by_and_for", "local", "regional", "national"))
    sourced = caveats(made_up(SPEC + f"sources: {{{sources}}}\n"))
    assert any("is taken from the sources that you name" in c for c in sourced)


def test_beliefs_that_did_not_settle_are_told_first() -> None:
    gain = "what bids could still gain by other prices, on average and as a share of their lots' value:"
    assert caveats(made_up())[0].endswith(f"settled in every design ({gain} 0.002).")
    found = made_up()
    designs = (found.designs[0], replace(found.designs[1], converged=False, residual=0.04))
    first = caveats(replace(found, designs=designs))[0]
    assert first.startswith("What bidders believe about each other did not settle with 8 lots (what bids")


def test_trials_that_did_not_settle_are_told() -> None:
    found = made_up()
    told = caveats(replace(found, sensitivity=replace(found.sensitivity, unsettled=(ParameterValue("years", 2.0),))))
    assert any("In 1 of the trials of the sensitivity" in c and "years = 2.0" in c for c in told)


def test_what_the_user_changed_is_told_beside_the_default() -> None:
    told = " ".join(caveats(made_up()))
    assert "Set otherwise than the defaults: years 3 (default 4), timetable_days 40 (default 36)." in told
    plain = "format: tender-eval/lots-spec/1\nlots: [1, 8]\nparameters: {years: 4}\n"
    assert "Set otherwise" not in " ".join(caveats(made_up(plain)))


def test_facts_without_a_default_are_not_said_to_have_one() -> None:
    found = made_up(
        SPEC + "market: {types: {local: {facts: {values.hours: 30, supplier.years_in_area: 9}}, national: {}}}\n"
    )
    told = caveats(found)
    assert any(
        c.startswith("Set otherwise") and c.endswith("local.facts.supplier.years_in_area 9 (default 10).") for c in told
    )
    assert "Stated in the spec, and there is no default: local.facts.values.hours 30." in told
    (hours,) = [s for s in found.assumptions if "hours" in s.name]
    assert (hours.default, hours.changed) == (None, False)
    assert not any("there is no default" in c for c in caveats(made_up()))


def test_that_declarations_are_assumed_is_told_once() -> None:
    found = made_up()
    assert not any("declare" in c for c in caveats(found))
    asked = tuple(replace(d, declared=("declarations.safe",)) for d in found.designs)
    (told,) = [c for c in caveats(replace(found, designs=asked)) if "declare" in c]
    assert told.startswith("Every provider is assumed to declare what the scheme asks for (declarations.safe), unless")


def test_facts_that_drive_the_answer_are_named() -> None:
    found = made_up(SPEC + "market: {types: {local: {facts: {values.hours: 30, conditions.c: 1}}, national: {}}}\n")
    effects = found.sensitivity.parameters[0].effects
    moved = ParameterEffect("types.facts", 1.0, 0.5, 2.0, effects, ("price_ratio",))
    told = replace(found, sensitivity=replace(found.sensitivity, parameters=(moved,)))
    named = (
        "the facts stated of providers (supplier.years_in_area, supplier.networks_count, values.hours; tried half and "
        "twice as much)"
    )
    assert headline(told).endswith(f"most of all {named}.")
    assert any(c.startswith(f"Within its range, {named} turns") for c in caveats(told))
    assert assumption("by_and_for.facts.values.hours") == "values.hours of by-and-for providers"


def test_an_assumption_that_turns_the_answer_is_told() -> None:
    told = " ".join(caveats(made_up()))
    assert "the quality of by-and-for providers (0.74, tried 0.7 to 0.78) turns the answer around for the share" in told


def test_every_parameter_has_words() -> None:
    for p in parameters():
        told = assumption(p.name)
        assert " " in told, p.name
        assert told != p.name.replace("_", " ").replace(".", " ")


def test_assumptions_and_evidence_are_counted() -> None:
    found = made_up()
    assumed = sum(s.basis == "A" for s in found.assumptions)
    known, computed = (sum(s.basis in kinds for s in found.assumptions) for kinds in ("SD", "D"))
    assert min(assumed, computed) > 0
    told = f"went in: {assumed} assumptions, {known} with evidence and its source ({computed} computed from it)."
    assert any(told in c for c in caveats(found))


def read_with(table: str, local: str = "{}") -> SimulationOutcome:
    """The outcome with what went in from a spec that names a file of providers."""
    text = SPEC + f"market: {{providers: secret/p.csv, types: {{local: {local}, national: {{}}}}}}\n"
    plugins = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    spec = load_spec(Source("spec.yaml", text.encode()), plugins, lambda name: Source(name, table.encode()))
    return replace(made_up(), assumptions=assumptions_of(spec), unused=unused_figures(spec))


def test_quality_that_is_known_of_all_providers_is_not_called_assumed() -> None:
    told = caveats(read_with("name,type,quality\nA,local,0.5\nB,national,0.6\n"))
    (quality,) = [c for c in told if c.startswith("How good")]
    assert quality == (
        "How good the bids of each provider are is taken from your own file of providers, and drives who wins."
    )
    assert not any("Set it yourself" in c or "secret" in c for c in told)


def test_quality_that_is_known_of_some_providers_is_said_to_be() -> None:
    told = caveats(read_with("name,type,quality\nA,local,0.5\nB,national,0.6\nC,national,\n"))
    (quality,) = [c for c in told if c.startswith("How good")]
    assert "is assumed, not known (share of full marks: national 0.66)" in quality
    assert quality.endswith("Of 2 of the 3 providers it is taken from your own file of providers.")
    none = caveats(read_with("name,type\nA,local\nC,national\n"))
    assert not any("your own file" in c for c in none)


def test_what_the_file_of_providers_leaves_without_use_is_told() -> None:
    table = "name,type,quality,income\nA,local,0.5,200000\nB,local,0.6,\n"
    told = caveats(read_with(table, "{quality: 0.8, income: 300000}"))
    unused_ = "Stated in the spec and not used, for your file of providers states it of each of them: quality of local."
    assert unused_ in told
    assert "Your file of providers has nobody of these types, so nobody of them bids: national." in told
    defaults = caveats(read_with(table, "{quality: 0.7}"))  # as the spec that --init prints has it
    assert not any("not used" in c for c in defaults)
    assert not any("has nobody" in c for c in caveats(made_up()))


def ruled(**rule: Any) -> list[str]:
    found = made_up()
    one, many = found.designs
    return list(caveats(replace(found, designs=(one, replace(many, rule=LotRule(**rule))))))


def test_the_rule_of_the_scheme_is_told_and_where_the_spec_states_another() -> None:
    assert not any("awarded as" in c or "Bidders reckon" in c or "as if they did not" in c for c in ruled())
    told = ruled(
        of_scheme=True,
        mechanism="largest_lead",
        lots_awarded=2,
        capacity=Capacity(Fraction("0.6"), "supplier.annual_income"),
    )
    rule = "mechanism largest_lead, lots_awarded 2, capacity 60% of supplier.annual_income"
    assert f"With 8 lots, lots are awarded as the scheme light-touch-60-40 says: {rule}." in told
    other = ruled(of_scheme=True, overruled=(("lots_awarded", 2, 0),))
    assert any("NOT awarded as" in c and "otherwise: lots_awarded 0 in place of 2. What was" in c for c in other)
    assert any("here they are awarded in the order of the design" in c for c in ruled(of_scheme=True, ordered=True))


def test_limits_that_turn_on_who_a_bidder_is_are_told_and_those_that_no_award_keeps_to() -> None:
    told = ruled(
        of_scheme=True,
        mechanism="best_total",
        most_value=Fraction(1, 4),
        fewest_suppliers=4,
        reserved=(7, 8),
        quotas=("incumbents",),
        by_share=True,
    )
    rule = "mechanism best_total, most_value 25%, fewest_suppliers 4, reserved: lots 7, 8, quotas.incumbents"
    assert f"With 8 lots, lots are awarded as the scheme light-touch-60-40 says: {rule}." in told
    assert any(c.startswith("Which lots are reserved is not known by name") for c in told)
    assert any("quotas, decide who wins; bidders decide where to bid" in c for c in told)
    lapsed = ruled(of_scheme=True, lapsed=("most_value", "fewest_suppliers"))
    few = "With 8 lots, lots are so few that no award could keep to most_value and fewest_suppliers of the scheme"
    assert any(c.startswith(few) for c in lapsed)
    assert not any("is not known by name" in c or "so few" in c for c in ruled(of_scheme=True, reserved=(7,)))


def test_that_offers_for_several_lots_are_not_simulated_is_told_of_a_scheme_that_takes_them() -> None:
    told = ruled(of_scheme=True, offers=("packages", "discounts"))
    said = "The scheme light-touch-60-40 takes offers for several lots together (packages and discounts). They are NOT"
    assert any(c.startswith(said) for c in told)
    assert not any("several lots together" in c for c in ruled(of_scheme=True))


def test_that_nobody_is_taken_to_declare_what_a_quota_asks_for_is_told() -> None:
    found = made_up()
    one, many = found.designs
    told = caveats(replace(found, designs=(one, replace(many, undeclared=("declarations.incumbent",)))))
    assert any("asks for (declarations.incumbent), for the spec states it of no type" in c for c in told)


def test_what_bidders_make_of_a_cap_is_told_where_it_can_bite() -> None:
    def told(**rule: Any) -> bool:
        return any(c.startswith("Bidders reckon with the limit on what one of them is awarded") for c in ruled(**rule))

    assert told(lots_awarded=2)
    assert told(capacity=Capacity(Fraction(300_000)))
    assert told(most_value=Fraction(1, 4))
    assert not told(lots_awarded=8)
    assert not told(lots_tendered=2)
    found = made_up()
    swept = replace(found, sweep=(SweepPoint({"lots_awarded": 2}, found.designs, found.paired),))
    assert any(c.startswith("Bidders reckon with the limit") for c in caveats(swept))


def test_what_shares_mean_where_many_lots_go_unserved_is_told() -> None:
    found = made_up()
    assert not any(c.startswith("Nobody wins") for c in caveats(found))
    one, many = found.designs
    left = replace(one, figures={**one.figures, "unserved": Estimate(0.3, 0.01, 1000)})
    (told,) = [c for c in caveats(replace(found, designs=(left, many))) if c.startswith("Nobody wins")]
    assert told.startswith("Nobody wins 30.0% of the lots with 1 lot: these are awarded directly, above the ceiling")


def test_what_nobody_knows_is_only_what_the_file_of_providers_leaves_open() -> None:
    def left(table: str) -> str:
        return " ".join(unknown(read_with(table)))

    whole = left("name,type,quality,income,days\nA,local,0.5,200000,9\nB,national,0.6,3000000,9\n")
    assert "How good" not in whole
    assert "Whether your market" not in whole
    part = left("name,type,quality,income\nA,local,0.5,200000\nB,local,,\n")
    assert "How good the bids of the providers of whom your file leaves it out are." in part
    assert "one assumed: what they earn and how long they need to write a bid, where your file leaves it out." in part
    drawn = " ".join(unknown(made_up()))
    assert "How good the bids of each type of provider are." in drawn
    assert "each type there are, what they earn and how long they need to write a bid." in drawn


def test_trials_of_fewer_tenders_are_told_to_be() -> None:
    assert sample_note(made_up()).startswith("The trials have fewer tenders than the answer (512, not 1,000),")
    assert sample_note(made_up(draws=512)) == ""
