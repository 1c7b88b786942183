"""The table for the terminal begins with the answer and leaves nothing out."""

from dataclasses import replace

import pytest
from lot_outcomes import SPEC, made_up
from written import simulation_text

from tender_eval.simulation.results.outcome import SweepPoint
from tender_eval.simulation.spec.labels import origin_in_words
from tender_eval.simulation.spec.parameters import Origin


def test_it_begins_with_the_answer() -> None:
    told = simulation_text(made_up())
    assert told.startswith("Made up\n\nCutting the contract from 1 lot into 8 raises")


def test_designs_stand_side_by_side_with_errors_and_differences() -> None:
    told = simulation_text(made_up())
    (row,) = [line for line in told.splitlines() if line.startswith("Small providers that bid ")]
    assert row.split()[-4:] == ["1.20", "±0.010", "6.30", "±0.010"]
    assert "+5.10 ±0.010" in told
    assert "+45.0 ±1.00" in told


@pytest.mark.slow
def test_the_parts_that_must_go_with_every_answer_are_there() -> None:
    told = simulation_text(made_up())
    for part in ("Where the small providers end", "What the assumptions move", "No single best", "What went in"):
        assert part in told
    assert "ASSUMPTION" in told
    assert "The quality of by-and-for providers (turns " in told
    assert "1 person                           24%" in told
    assert "377 authorities" not in told
    assert "If 377 authorities each tendered once like this" in simulation_text(made_up(authorities=377))


def test_a_sweep_is_told_point_by_point() -> None:
    found = made_up()
    point = SweepPoint({"timetable_days": 14.0}, found.designs, found.paired)
    assert "With the days to bid at 14\n" in simulation_text(replace(found, sweep=(point,)))


def test_names_cannot_steer_the_terminal() -> None:
    found = made_up(title="x\x1b[2J")
    evil = replace(found.designs[1], label="y\x1b]0;z")
    paired = (replace(found.paired[0], label=evil.label),)
    assert "\x1b" not in simulation_text(replace(found, designs=(found.designs[0], evil), paired=paired))


def test_sentences_keep_to_the_line() -> None:
    told = simulation_text(made_up(), 80).partition("Means of")[0]
    assert max(len(line) for line in told.splitlines()) <= 80


def test_tables_keep_to_a_line_of_80() -> None:
    found = made_up(authorities=377)
    designs = tuple(replace(found.designs[1], label=f"design {n}") for n in range(7))
    paired = tuple(replace(found.paired[0], label=f"design {n}") for n in range(1, 7))
    teams = tuple(replace(t, weeks={d.label: 123.4 for d in designs}) for t in found.teams)
    frontier = tuple(replace(found.frontier[0], dominated_by=("1 lot", "design 3")) for _ in designs)
    told = simulation_text(replace(found, designs=designs, paired=paired, teams=teams, frontier=frontier), 80)
    assert max(len(line) for line in told.splitlines()) <= 80
    assert all(told.count(f"design {n}") >= 3 for n in range(7))


@pytest.mark.slow
def test_trials_of_fewer_tenders_are_told_beside_the_sensitivity() -> None:
    told = " ".join(simulation_text(made_up()).partition("What the assumptions move")[2].partition("\n\n")[0].split())
    assert "The trials have fewer tenders than the answer (512, not 1,000)" in told
    assert "fewer tenders" not in simulation_text(made_up(draws=512))


@pytest.mark.slow
def test_quality_is_named_among_what_was_tried_only_where_it_was() -> None:
    found = made_up()
    without = replace(found.sensitivity, parameters=found.sensitivity.parameters[1:])
    assert "2 of 2, among them all on quality." in " ".join(simulation_text(found).split())
    assert "1 of 1. JSON and CSV" in " ".join(simulation_text(replace(found, sensitivity=without)).split())


@pytest.mark.parametrize("line", [80, 100])
def test_sources_are_given_whole(line: int) -> None:
    long = "accounts of 2025, " * 12 + "p.4"
    found = made_up(f"{SPEC}sources: {{local.income: '{long}'}}\n")
    told = simulation_text(found, line).partition("What went in\n")[2]
    assert max(len(row) for row in told.splitlines()) <= line
    table, _, notes = told.strip().partition("\n\n")
    plain = " ".join(notes.split())
    (row,) = [r for r in table.splitlines() if r.startswith("local.income ")]
    assert f"{row.split()[-1]}. {long}" in plain
    sources = {
        origin_in_words(s, "GBP")
        for s in found.assumptions
        if s.unit not in ("name", "truth") and ".facts." not in s.name
    }
    assert all(" ".join(source.split()) in plain for source in sources - {"", "no source"})
    assert plain.count("a mean of 5,812 pounds a bid") == 1
    assert "…" not in notes


def test_a_source_cannot_steer_the_terminal() -> None:
    found = made_up()
    first, *rest = found.assumptions
    evil = replace(first, source=Origin("named", "x\x1b[2J"))
    assert "\x1b" not in simulation_text(replace(found, assumptions=(evil, *rest)))


def test_the_weeks_of_a_team_say_that_people_have_other_work_too() -> None:
    told = " ".join(simulation_text(made_up()).partition("Weeks of the whole")[2].partition("\n\n")[0].split())
    assert told.endswith("Most have other work too: each person counts as 0.5 of full time.")
