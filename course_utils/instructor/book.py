"""Building the site with Jupyter Book and serving it on this machine."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

BUILT = Path("_build") / "html"
PROGRESS = re.compile(r"Executing notebook|Executed notebook|build succeeded|WARNING: |ERROR: ")


def build(root: Path) -> int:
    """Build `root` into _build/html; warnings are errors. Returns the exit status.

    Progress is printed as it comes; the whole of what Sphinx said is printed if it fails.
    """
    print("Building the site; chapters that changed run first.", flush=True)
    program = Path(sys.executable).with_name("jupyter-book")
    # The chapters' products are small. One thread each is as fast as two, and stays so on a busy
    # machine, where two threads wait for each other.
    with subprocess.Popen(
        [program, "build", ".", "-W", "--keep-going"],
        cwd=root,
        env=os.environ | {"OMP_NUM_THREADS": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if PROGRESS.search(line):
                print(f"  {line.strip()}", flush=True)
    if process.returncode:
        print("".join(said), file=sys.stderr)
        # Sphinx warns of a page only when it reads it: forget what it read, or the next build of
        # the same broken page would pass in silence.
        shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
    return process.returncode


def server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A plain file server of `folder` on loopback; port 0 takes a free one."""
    if not 0 <= port <= 65535:
        raise ValueError(f"port {port}: give a number from 0 to 65535")
    handler = functools.partial(_QuietHandler, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def serve(root: Path, *, port: int) -> int:
    """Serve the built site until Ctrl-C."""
    if not (root / BUILT / "index.html").exists():
        raise ValueError(f"no site in {root / BUILT}: build it first, make course")
    with server(root / BUILT, port) as running:
        print(f"http://127.0.0.1:{running.server_port}/   (Ctrl-C ends it)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass
