"""Where submissions are graded: processes of this machine, or the workers of a Dask cluster.

Workers end with the process that asked for them, however that ends, and their sandboxes with them.
Where workers are lost, the error says so in one line.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Client

CONNECTS_IN = 10.0
"""Seconds until a scheduler is taken for one that is not there."""
WITHOUT_WORKERS = 60.0
"""Seconds that a cluster may be without a single worker."""
LOOK_EVERY = 0.5


class WorkersLost(OSError):
    """A process of this machine was killed; new ones can go on."""


class ClusterError(OSError):
    """A cluster that cannot be reached, or whose workers are gone."""


@contextmanager
def executor(workers: int | None, dask: str | None) -> Iterator[Executor]:
    """Processes of this machine, or those of a Dask cluster; one line where they fail."""
    with _pool(workers) if dask is None else _cluster(dask) as found:
        yield found


@contextmanager
def _pool(workers: int | None) -> Iterator[Executor]:
    workers = workers or len(os.sched_getaffinity(0))  # cores that are ours, not all there are
    pool = ProcessPoolExecutor(workers, mp_context=_Context(), initializer=_end_with_parent)
    try:
        yield pool
    except BrokenExecutor:
        raise WorkersLost(
            "a grading process was killed, perhaps for want of memory: the same command goes on "
            "where it was, with fewer --workers if it happens again"
        ) from None
    except BaseException:
        for process in multiprocessing.active_children():
            process.kill()  # what it grades may take minutes
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class _Worker(SpawnProcess):
    """A process that Ctrl-C leaves to its parent, from its first moment on."""

    def start(self) -> None:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # the child inherits it
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Worker


def _end_with_parent() -> None:
    """Otherwise a worker waits for ever for work from a parent that was killed."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    from distributed import Client, KilledWorker
    from distributed.comm import CommClosedError

    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # it is told below, in one line
    try:
        client = Client(address, timeout=CONNECTS_IN)
    except (OSError, ValueError, TypeError) as error:  # the last for tls:// without keys
        first = str(error).partition("\n")[0]
        raise ClusterError(
            f"dask={address!r}: no scheduler answers ({first}): start one by dask scheduler, and "
            "give its address, such as tcp://host:8786"
        ) from None
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(client, ended), daemon=True)
    watch.start()
    try:
        yield client.get_executor(pure=False)
    except (CancelledError, KilledWorker, CommClosedError):
        raise ClusterError(
            f"dask={address!r}: its workers are gone: start some by dask worker {address} "
            "--nthreads 1; the same command goes on where it was"
        ) from None
    finally:
        ended.set()
        watch.join()
        client.close(timeout=CONNECTS_IN)


def _watch(client: "Client", ended: threading.Event) -> None:
    """Dask waits for workers for ever: call everything off once there have been none for long."""
    seen = time.monotonic()
    while not ended.wait(LOOK_EVERY):
        found = False
        with suppress(Exception):  # the scheduler may be gone too
            found = bool(client.nthreads())
        now = time.monotonic()
        seen = now if found else seen
        if now - seen > WITHOUT_WORKERS:
            client.close(timeout=CONNECTS_IN)
            return
