"""Building the site with Jupyter Book and serving it on this machine."""

import functools
import http.server
import shutil
import subprocess
import sys
from pathlib import Path

BUILT = Path("_build") / "html"


def build(root: Path) -> int:
    """Build `root` into _build/html; warnings are errors. Returns the exit status."""
    print("Building the site; chapters that changed run first.", flush=True)
    command = [sys.executable, "-m", "jupyter_book", "build", ".", "-W", "--keep-going", "-q"]
    status = subprocess.run(command, cwd=root, check=False).returncode
    if status:
        # Sphinx warns of a page only when it reads it: forget what it read, or the next build of
        # the same broken page would pass in silence.
        shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
    return status


def server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A plain file server of `folder` on loopback; port 0 takes a free one."""
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
