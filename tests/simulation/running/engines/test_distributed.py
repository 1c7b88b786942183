"""A real cluster on loopback: the bits of one process, also when a worker is killed in the middle."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import synthetic_tenders
from click.testing import CliRunner
from synthetic_tenders import Market, computed, processes

from tender_eval.base.environment import environment
from tender_eval.cli import main
from tender_eval.files.source import read_source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.running.chunks import ChunkFailed, Job
from tender_eval.simulation.running.engines import check_engine, run
from tender_eval.simulation.running.engines import distributed as engine
from tender_eval.simulation.tender import simulate

pytest.importorskip("distributed")

from dask_cluster import PATIENCE, Cluster, cluster

DRAWS = 2000  # 32 chunks, the last of which counts in part


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory):
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as found:
        yield found


def on(found: Cluster, market: Market, **arguments):
    return run(synthetic_tenders.job(DRAWS, market), "dask", scheduler=found.address, **arguments)


def alone():
    return run(synthetic_tenders.job(DRAWS), workers=1)


def wait_for_workers(found: Cluster, number: int) -> None:
    from distributed import Client

    with Client(found.address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=PATIENCE)


@pytest.mark.slow
def test_a_cluster_gives_the_bits_of_one_process(two_workers: Cluster, tmp_path: Path) -> None:
    wait_for_workers(two_workers, 2)
    log, told = tmp_path / "log", []
    assert on(two_workers, Market(log=log, meet=2), done=lambda *now: told.append(now)) == alone()
    assert sorted(computed(log)) == list(range(32))
    assert len(processes(log)) == 2
    assert told == [(n, 32) for n in range(33)]
    check_engine(synthetic_tenders.job(DRAWS), two_workers.address)


@pytest.mark.slow
def test_the_model_gives_the_same_bits_in_every_engine(two_workers: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text("format: tender-eval/lots-spec/1\nlots: [1, 2]\n", encoding="utf-8")
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    spec = load_spec(read_source(str(file)), catalogue)
    designs = tuple(prepare(d, spec.types_in(d), (), spec.area_weights, catalogue, spec.seed) for d in spec.designs)
    job = Job(simulate, designs, spec.seed, 500, 128, spec.sha256)
    expected = run(job, workers=1)
    assert expected.draws == 500
    assert expected.paired[0]
    assert run(job, workers=2) == expected == run(job, "dask", scheduler=two_workers.address)


@pytest.mark.slow
def test_it_goes_on_from_the_checkpoint_of_another_engine(two_workers: Cluster, tmp_path: Path) -> None:
    log, path = tmp_path / "log", tmp_path / "checkpoint"
    run(synthetic_tenders.job(640), workers=1, checkpoint=path)
    assert on(two_workers, Market(log=log), checkpoint=path) == alone()
    assert sorted(computed(log)) == list(range(10, 32))
    assert run(synthetic_tenders.job(DRAWS, Market(log=log)), workers=1, checkpoint=path) == alone()
    assert len(computed(log)) == 22


@pytest.mark.slow
def test_an_exception_names_its_chunk(two_workers: Cluster) -> None:
    with pytest.raises(ChunkFailed, match=r"(?s)chunk 3 of the simulation failed:.*one over nothing"):
        on(two_workers, Market(fails=3))
    with pytest.raises(Refused, match="TE045: the scorer failed"):
        on(two_workers, Market(refuses=3))
    assert on(two_workers, Market()) == alone()  # the cluster is none the worse


@pytest.mark.slow
def test_other_versions_are_refused(two_workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "versions", lambda: {"tender-eval": "99", "numpy": "1"})
    with pytest.raises(Refused, match=r"TE522: a worker has tender-eval .*, and the run 99") as e:
        on(two_workers, Market())
    assert len(e.value.diagnostics) == 2


@pytest.mark.slow
def test_other_files_are_refused(two_workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    here = environment(load_catalogue())
    other = dict(here, distributions={"tender-eval": {"version": "0.1.0", "sha256": "0" * 64, "plugins": []}})
    job = replace(synthetic_tenders.job(DRAWS), environment=other)
    with pytest.raises(Refused, match=r"TE522: a worker has another version or other files of tender-eval than the ru"):
        run(job, "dask", scheduler=two_workers.address)
    monkeypatch.setattr(engine, "_here", lambda: here)
    assert engine._otherwise(here) == engine._otherwise({}) == []
    assert engine._otherwise(other | {"python": {}}) == [
        f"a worker has another version or other files of {name} than the run" for name in ("Python", "tender-eval")
    ]


@pytest.mark.slow
def test_a_worker_that_cannot_run_us_is_told(two_workers: Cluster, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "only_here.py").write_text("from synthetic_tenders import simulate as real\n\n\n"
                                           "def simulate(*a):\n    return real(*a)\n")  # fmt: skip
    monkeypatch.syspath_prepend(str(tmp_path))
    import only_here

    job = Job(only_here.simulate, (Market(),), 7, DRAWS, 64, "")
    with pytest.raises(Refused, match=r"TE522: .*only_here"):
        run(job, "dask", scheduler=two_workers.address)


@pytest.mark.slow
def test_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with cluster(tmp_path / "cluster", workers=2) as found:
        wait_for_workers(found, 2)
        assert on(found, Market(log=log, meet=2, dies=5, once=tmp_path / "died")) == alone()
    assert set(computed(log)) == set(range(32))
    assert computed(log).count(5) == 2  # what it was at, the other did again
    assert len(processes(log)) == 2


@pytest.mark.slow
def test_a_cluster_that_is_lost_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 1)
    path = tmp_path / "checkpoint"
    with cluster(tmp_path / "cluster", workers=0) as found:
        with pytest.raises(Refused, match=r"TE522: the scheduler at tcp://.* has no workers"):
            on(found, Market())
        only = found.worker()
        wait_for_workers(found, 1)
        with pytest.raises(Refused, match=r"TE522: the scheduler at tcp://.* has no workers"):
            on(found, Market(pause=0.01), done=lambda done, _total: only.kill() if done == 3 else None)
        found.worker()
        wait_for_workers(found, 1)

        def tell(done: int, _total: int) -> None:
            if done == 3:
                found.end_scheduler()

        with pytest.raises(Refused, match=r"TE522: the scheduler at .* was lost"):
            on(found, Market(pause=0.02), checkpoint=path, done=tell)
    log = tmp_path / "log"
    assert run(synthetic_tenders.job(DRAWS, Market(log=log)), workers=1, checkpoint=path) == alone()
    assert len(computed(log)) <= 29


class Holding:
    """A future whose result is at a worker that is gone, and its client."""

    def __init__(self, status: str) -> None:
        self.status = status

    def result(self, timeout: float) -> None:
        raise TimeoutError

    def nthreads(self) -> dict[str, int]:
        return {}


@pytest.mark.parametrize(("status", "told"), [("running", TimeoutError), ("connecting", ConnectionError)])
def test_a_result_that_was_there_is_waited_for_as_long_as_somebody_can_give_it(status: str, told: type) -> None:
    """Whether its worker is gone, or the scheduler too, is told apart however late it is seen."""
    with pytest.raises(told):
        engine._result(Holding(status), Holding(status))


class Giving(Holding):
    """A future that has a result, and its client."""

    def result(self, timeout: float):
        return "anything"


def test_what_is_no_result_is_told_and_counts_for_nothing() -> None:
    """A worker can answer anything: that whoever runs one is trusted stands in the help and in SECURITY.md."""
    with pytest.raises(Refused, match="TE522: the cluster gave a str in place of a result"):
        engine._result(Giving("running"), Giving("running"))
    said = " ".join(CliRunner().invoke(main, ["simulate", "lots", "--help"]).output.split())
    assert "Only a cluster that you trust: it can run anything here" in said
    page = " ".join((Path(__file__).parents[4] / "SECURITY.md").read_text(encoding="utf-8").split())
    assert "Use only a cluster that you trust" in page


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of TLS of a cluster whose scheduler, worker and client have one certificate, as Dask names them."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    folder, key = tmp_path_factory.mktemp("tls"), generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cluster")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    pem = serialization.Encoding.PEM
    cert.write_bytes(made.public_bytes(pem))
    secret.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    sides = {f"{side}.cert": str(cert) for side in ("scheduler", "worker", "client")}
    sides |= {f"{side}.key": str(secret) for side in ("scheduler", "worker", "client")}
    return {"ca-file": str(cert), **sides}


@pytest.mark.slow
def test_a_cluster_is_reached_with_tls_by_the_files_that_dask_is_told_of(
    certified: dict[str, str], tmp_path: Path
) -> None:
    import dask

    named = {f"distributed.comm.tls.{name}": path for name, path in certified.items()}
    with cluster(tmp_path / "cluster", workers=1, tls=certified) as found:
        assert found.address.startswith("tls://")
        with pytest.raises(Refused, match="TE522: no connection with TLS to the scheduler") as e:
            check_engine(synthetic_tenders.job(DRAWS), found.address)
        assert "distributed.comm.tls.ca-file" in e.value.diagnostics[0].hint
        with dask.config.set(named):
            assert on(found, Market()) == alone()


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:1",
        "tcp://127.0.0.1:x",
        "tcp://127.0.0.1",
        "tcp://[:1",
        "tls://127.0.0.1:1",
        "ucx://127.0.0.1:1",
        "",
    ],
)
def test_no_scheduler_is_told(address: str) -> None:
    for begin in (lambda job: run(job, "dask", scheduler=address), lambda job: check_engine(job, address)):
        with pytest.raises(Refused, match="TE522: no scheduler answers at"):
            begin(synthetic_tenders.job(DRAWS))


@pytest.mark.slow
def test_a_missing_library_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refused, match='TE097: "distributed" is not installed') as e:
        run(synthetic_tenders.job(DRAWS), "dask", scheduler="tcp://127.0.0.1:1")
    assert e.value.diagnostics[0].hint == "pip install 'tender-eval[dask]'"
