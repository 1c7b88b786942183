"""A cluster of `distributed` (Dask): any number of machines, each with the same versions installed.

The scheduler and its workers run what clients send them as pickles, and the client reads theirs as pickles too: whoever
runs one of them can run anything here. Use only a cluster that you trust, over a network that you trust or with TLS
(``tls://...``), whose files the configuration of Dask names (``distributed.comm.tls``).
"""

from __future__ import annotations

import pickle
import socket
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import CancelledError
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from tender_eval.base.canonical import Data
from tender_eval.base.environment import environment
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.extras import missing
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.chunks import Failure, Job, P, attempt, succeeded, unpickled, versions

_SAME = "install the same versions of tender-eval, its plugins and numpy on the scheduler and every worker"
_WORKERS = "start some; where they end at once, see whether tender-eval is installed with them"
_ADDRESS = "give the address that the scheduler prints, tcp://... or tls://..."
_TLS = (
    "name the files of the authority, the certificate and the key in Dask's configuration:"
    " distributed.comm.tls.ca-file, .client.cert and .client.key"
)
_TRUST = "see who runs the scheduler and its workers: use only a cluster that you trust"
ANSWERS = 30  # seconds for the scheduler to answer
PATIENCE = 30  # seconds for a first worker, and between looks whether any is left


def computed(job: Job[P], indices: Iterator[int], scheduler: str) -> Generator[tuple[int, Tallies], None, None]:
    """Compute chunks on a cluster, in any order; a chunk whose worker was lost is computed again by another.

    Closing the generator takes back what the cluster has not begun.

    Args:
        scheduler: its address, such as ``tcp://host:8786`` or ``tls://host:8786``.

    Raises:
        Refused: what the simulation refused; TE097 without `distributed`; TE522 where the cluster cannot be
            reached, has no workers, loses them again and again, or has other versions installed.
        ChunkFailed: a chunk raised an exception.
    """
    library = _library()
    with connected(scheduler) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
            for index, outcome in _outcomes(library, client, job, indices):
                yield index, succeeded(outcome)
        except TimeoutError:
            raise _refused(f"the scheduler at {scheduler} has no workers", _WORKERS) from None
        except library.KilledWorker as e:
            raise _refused(f"the cluster lost every worker that took a chunk: {e}", "read the workers' logs") from None
        except (CancelledError, OSError) as e:
            raise _refused(f"the scheduler at {scheduler} was lost: {e}", "start it again and run again") from None


def connected(scheduler: str) -> Any:
    """A client of the scheduler; a context that lets go of it.

    Raises:
        Refused: TE097 without `distributed`; TE522 where no scheduler answers.
    """
    library = _library()
    try:
        host, port = address(scheduler)
        # See whether anybody listens: a client would try again and again, and leave a thread behind.
        socket.create_connection((host, port), ANSWERS).close()
        if urlsplit(scheduler).scheme == "tls":
            return _secured(library, scheduler)
        return library.Client(scheduler, timeout=ANSWERS, set_as_default=False)
    except ValueError as e:
        raise _refused(f"no scheduler answers at {scheduler}: {e}", _ADDRESS) from None
    except OSError as e:
        raise _refused(f"no scheduler answers at {scheduler}: {_reason(e)}", _ADDRESS) from None


def _secured(library: Any, scheduler: str) -> Any:
    """A client that talks nothing but TLS, by the files that the configuration of Dask names.

    Raises:
        Refused: TE522 where the files do not make a connection.
    """
    try:
        security = library.Security(require_encryption=True)
        return library.Client(scheduler, timeout=ANSWERS, set_as_default=False, security=security)
    except (OSError, TypeError, ValueError, RuntimeError) as e:  # as the library tells files that lack or do not fit
        raise _refused(f"no connection with TLS to the scheduler at {scheduler}: {type(e).__name__}", _TLS) from None


def address(scheduler: str) -> tuple[str, int]:
    """The host and the port of a scheduler.

    Raises:
        ValueError: it is no such address.

    >>> address("tcp://[::1]:8786")
    ('::1', 8786)
    """
    try:
        parts = urlsplit(scheduler)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in ("tcp", "tls"):
        raise ValueError("an address has the form tcp://host:port or tls://host:port")
    return host, port


def _reason(error: OSError) -> str:
    """Why nobody can be reached, in the same words on every system."""
    match error:
        case socket.gaierror():
            return "the name of the host is not known"
        case ConnectionRefusedError():
            return "nothing listens there"
        case TimeoutError():
            return f"nothing came back in {ANSWERS} seconds"
    return error.strerror or type(error).__name__


def _library() -> Any:
    try:
        return import_module("distributed")  # it has no types
    except ImportError:
        raise missing("distributed", "dask") from None


def _outcomes(
    library: Any, client: Any, job: Job[P], indices: Iterator[int]
) -> Iterator[tuple[int, Tallies | Failure]]:
    carried = client.submit(_carried, pickle.dumps(job), pure=False)  # sent once; workers pass it on
    flying: dict[Any, int] = {}
    while True:
        room = 2 * sum(client.nthreads().values()) or 2
        while len(flying) < room and (index := next(indices, None)) is not None:
            flying[client.submit(_compute, carried, versions(), index, pure=False)] = index
        if not flying:
            return
        for future in _ready(library, client, list(flying)):
            index = flying.pop(future)
            try:
                outcome = _result(client, future)
            except (library.KilledWorker, CancelledError, OSError, Refused):
                raise
            except Exception as e:  # before our code ran: what the computing raises comes back as a value
                told = f"the cluster cannot take chunks: {type(e).__name__}: {str(e).partition(chr(10))[0]}"
                raise _refused(told, _SAME) from None
            yield index, outcome


def _ready(library: Any, client: Any, flying: list[Any]) -> set[Any]:
    """Those that are done, as soon as one is; nobody waits for a cluster that has no workers any more."""
    while True:
        try:
            with client.as_current():
                return set(library.wait(flying, timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            _see_workers(client)


def _result(client: Any, future: Any) -> Tallies | Failure:
    """The result of a task that was done: what is lost with its worker is computed anew by another."""
    while True:
        try:
            outcome: object = future.result(timeout=PATIENCE)
        except TimeoutError:
            _see_workers(client)
        else:
            if isinstance(outcome, Tallies | Failure):
                return outcome
            raise _refused(f"the cluster gave a {type(outcome).__name__} in place of a result", _TRUST)


def _see_workers(client: Any) -> None:
    """Returns while a scheduler has workers, so that waiting makes sense.

    Raises:
        ConnectionError: the scheduler is gone.
        TimeoutError: it has no workers.
    """
    if client.status != "running":
        raise ConnectionError("it does not answer")
    if not client.nthreads():
        raise TimeoutError


def _carried(job: bytes) -> bytes:
    """The pickled job as a task of its own: should the worker that holds it be lost, another makes it anew."""
    return job


def _compute(job: bytes, expected: dict[str, str], index: int) -> Tallies | Failure:
    here = versions()
    told = [f"a worker has {name} {here[name]}, and the run {expected[name]}" for name in here]
    if here == expected:
        try:
            ready = unpickled(job)
            told = _otherwise(ready.environment)
        except Exception as e:  # a plugin that is not installed there, for one
            told = [f"a worker cannot take the job: {type(e).__name__}: {e}"]
        else:
            if not told:
                return attempt(ready, index)
    return Failure(index, tuple(Diagnostic("TE522", text, None, _SAME) for text in told), "")


def _otherwise(of_run: Mapping[str, Data]) -> list[str]:
    """In what this worker differs from what a job was made on; nothing where the job does not say."""
    if not of_run or of_run == (here := _here()):
        return []
    was, is_ = of_run.get("distributions"), here.get("distributions")
    before, now = (found if isinstance(found, Mapping) else {} for found in (was, is_))
    names = [] if of_run.get("python") == here.get("python") else ["Python"]
    names += [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return [f"a worker has another version or other files of {name} than the run" for name in names]


@cache
def _here() -> Mapping[str, Data]:
    return environment(load_catalogue())


def _refused(message: str, hint: str) -> Refused:
    return Refused([Diagnostic("TE522", message, None, hint)])
