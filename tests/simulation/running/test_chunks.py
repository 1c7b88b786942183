"""A chunk is the same wherever and with however many others it is made."""

import pickle

import pytest
import synthetic_tenders
from numpy.random import SeedSequence
from synthetic_tenders import CHUNK, Market

from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.chunks import CELLS, ChunkFailed, Job, attempt, chunk_size, succeeded


def test_the_seed_of_a_chunk_is_the_child_that_spawning_would_give() -> None:
    seen: list[SeedSequence] = []

    def simulate(prepared, seed, draws):
        seen.append(seed)
        return synthetic_tenders.simulate(prepared, seed, draws)

    Job(simulate, (Market(),), 11, 1000, CHUNK, "").compute(3)
    expected = SeedSequence(11).spawn(4)[3]
    assert (seen[0].generate_state(8) == expected.generate_state(8)).all()


def test_chunks_differ_and_repeat() -> None:
    job = synthetic_tenders.job(1000)
    assert job.compute(1) == job.compute(1) == pickle.loads(pickle.dumps(job)).compute(1)
    assert job.compute(1) != job.compute(2)
    assert job.compute(1) != synthetic_tenders.job(1000, seed=8).compute(1)


@pytest.mark.parametrize(("draws", "chunks", "last"), [(1, 1, 1), (64, 1, 64), (65, 2, 1), (1000, 16, 40)])
def test_every_tender_is_in_one_chunk(draws: int, chunks: int, last: int) -> None:
    job = synthetic_tenders.job(draws)
    assert (job.chunks, job.counted(chunks - 1)) == (chunks, last)
    assert sum(job.compute(index).draws for index in range(job.chunks)) == draws


def test_fewer_draws_are_the_beginning_of_more() -> None:
    prices = []

    def simulate(prepared, seed, draws):
        found = synthetic_tenders.simulate(prepared, seed, draws)
        prices.append(found[0]["price"])
        return found

    for draws in (100, 128):
        job = Job(simulate, (Market(),), 11, draws, CHUNK, "")
        assert (
            job.compute(1).designs[0]["price"].total
            == Tallies.of([{"price": prices[-1][: draws - CHUNK]}], draws - CHUNK).designs[0]["price"].total
        )
    assert (prices[0] == prices[1]).all()


@pytest.mark.parametrize("cells", [1, 8, 22, 176, 12_000, 50_000])
def test_chunks_take_bounded_room(cells: int) -> None:
    size = chunk_size(cells)
    assert size * cells <= CELLS
    assert size == 4096 or 2 * size * cells > CELLS


def test_a_bug_in_a_chunk_is_told_with_its_number_and_place() -> None:
    with pytest.raises(ChunkFailed, match=r"(?s)chunk 2 .*synthetic_tenders.*ZeroDivisionError: one over nothing"):
        succeeded(attempt(synthetic_tenders.job(1000, Market(fails=2)), 2))


def test_what_a_chunk_refuses_is_told_as_it_was() -> None:
    outcome = pickle.loads(pickle.dumps(attempt(synthetic_tenders.job(1000, Market(refuses=2)), 2)))
    with pytest.raises(
        Refused, match=r"^error TE045: the scorer failed\n  mend: .*\nin chunk 2 of the simulation$"
    ) as e:
        succeeded(outcome)
    assert [d.code for d in e.value.diagnostics] == ["TE045"]


@pytest.mark.parametrize(("seed", "draws", "chunk"), [(-1, 1, 1), (0, 0, 1), (0, 1, 0)])
def test_a_job_without_tenders_is_none(seed: int, draws: int, chunk: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        Job(synthetic_tenders.simulate, (Market(),), seed, draws, chunk, "")
