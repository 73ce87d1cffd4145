"""A real PostgreSQL server from Debian's package, on loopback, in a folder of its own.

`initdb` refuses to run as root: then the server runs as `nobody`. Without the package, or without
the driver psycopg, tests that ask for a server are skipped; with CI=true that is a failure.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
INITDB = shutil.which("initdb", path=os.pathsep.join(PLACES))
MISSING = (
    "PostgreSQL is missing: make system"
    if INITDB is None
    else "psycopg is missing: make course"
    if importlib.util.find_spec("psycopg") is None
    else ""
)
"""Why there can be no server; empty if there can."""
PASSWORD = "not a secret: a server for one test"


@contextmanager
def server() -> Iterator[str]:
    """Start a server; yields its address, and stops it in the end."""
    assert INITDB is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    data, port = folder / "data", _free_port()
    initdb = [INITDB, "-D", data, "-U", "staff", "-A", "scram-sha-256", "--pwfile", secret]
    initdb += ["--encoding", "UTF8", "--no-sync"]
    options = {"cwd": folder, "env": environment}
    done = subprocess.run([*as_user, *initdb], text=True, capture_output=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    command = [Path(INITDB).parent / "postgres", "-D", data, "-p", str(port), "-k", folder]
    command += ["-c", "listen_addresses=127.0.0.1"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*as_user, *command], stdout=log, stderr=log, **options)
    try:
        _wait(process, port, folder / "log")
        yield f"postgresql://staff:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)  # "fast": it ends its connections and stops
        process.wait(timeout=60)
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(process: subprocess.Popen, port: int, log: Path, patience_s: float = 60) -> None:
    ready = [Path(str(INITDB)).parent / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
    until = time.monotonic() + patience_s
    while subprocess.run(ready, check=False).returncode != 0:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.1)
