"""nbgrader's own server on a course, asked over HTTP on loopback as the marker's browser does."""

import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.classroom import BIN, ENVIRONMENT


@dataclass(frozen=True)
class Formgrader:
    """A server that runs."""

    address: str
    token: str

    def page(self, path: str) -> str:
        return self._ask("GET", path).decode()

    def get(self, path: str) -> Any:
        return json.loads(self._ask("GET", f"api/{path}"))

    def put(self, path: str, **fields: Any) -> Any:
        return json.loads(self._ask("PUT", f"api/{path}", json.dumps(fields).encode()))

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        address = f"{self.address}/formgrader/{path}"
        request = urllib.request.Request(address, body, headers, method=method)
        until = time.monotonic() + 60
        while True:  # the server names its address a moment before it listens
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return answer.read()
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


@contextmanager
def formgrader(course: Path) -> Iterator[Formgrader]:
    """Start it in the course's folder, stop it in the end."""
    command = [BIN / "jupyter-server", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=course, env=ENVIRONMENT, text=True, **pipes) as server:
        try:
            said = ""
            for line in server.stdout:
                said += line
                if match := re.match(r"\s+(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", line):
                    yield Formgrader(match[1], match[2])
                    return
            raise AssertionError(said)
        finally:
            server.terminate()
