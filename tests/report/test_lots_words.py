"""The sentences say what was found, how sure it is, and what is only assumed."""

from dataclasses import replace

from lot_outcomes import SPEC, made_up

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.lots_figures import assumption
from tender_eval.report.lots_words import caveats, headline, trials_are_others
from tender_eval.simulation.basis import all_stated
from tender_eval.simulation.outcome import Estimate, Outcome
from tender_eval.simulation.parameters import parameters
from tender_eval.simulation.spec_reading import load_spec


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
    told = caveats(replace(found, sensitivity=replace(found.sensitivity, open=("years = 2.0",))))
    assert any("In 1 of the trials of the sensitivity" in c and "years = 2.0" in c for c in told)


def test_what_the_user_changed_is_told_beside_the_default() -> None:
    told = " ".join(caveats(made_up()))
    assert "Set otherwise than the defaults: years 3 (default 4), timetable_days 40 (default 30)." in told
    plain = "format: tender-eval/lots-spec/1\nlots: [1, 8]\nparameters: {years: 4}\n"
    assert "Set otherwise" not in " ".join(caveats(made_up(plain)))


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
    assert min(assumed, known - computed, computed) > 0
    told = f"{assumed} are assumptions and {known} are evidence with a source, {computed} of them computed from it"
    assert any(told in c for c in caveats(found))


def read_with(table: str) -> Outcome:
    """The outcome with what went in from a spec that names a file of providers."""
    text = SPEC + "market: {providers: secret/p.csv, types: {local: {}, national: {}}}\n"
    plugins = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    spec = load_spec(Source("spec.yaml", text.encode()), plugins, lambda name: Source(name, table.encode()))
    return replace(made_up(), assumptions=all_stated(spec))


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


def test_trials_of_fewer_tenders_are_told_to_be() -> None:
    assert trials_are_others(made_up()).startswith("The trials have fewer tenders than the answer (512, not 1,000),")
    assert trials_are_others(made_up(draws=512)) == ""
