"""nbgrader's own server, as a teacher sees it."""

import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.classroom import BIN, ENVIRONMENT, EXERCISES, hand_in


def ask(address: str, *, patience_s: float = 60) -> bytes:
    """GET, again and again: the server names its address a moment before it listens."""
    until = time.monotonic() + patience_s
    while True:
        try:
            with urllib.request.urlopen(address, timeout=patience_s) as answer:
                return answer.read()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_formgrader_lists_the_assignments(course: Path) -> None:
    """The real server with nbgrader's extension, asked over HTTP on loopback."""
    for name in EXERCISES:
        hand_in(course, name, "stub", {})
    command = [BIN / "jupyter-server", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    with subprocess.Popen(
        command,
        cwd=course,
        env=ENVIRONMENT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as server:
        try:
            said = ""
            for line in server.stdout:
                said += line
                if match := re.match(r"\s+(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", line):
                    break
            else:
                pytest.fail(said)
            address = f"{match[1]}/formgrader/api/assignments?token={match[2]}"
            assignments = json.loads(ask(address))
        finally:
            server.terminate()
    received = {a["name"]: (a["num_submissions"], a["max_score"]) for a in assignments}
    assert received == dict.fromkeys(EXERCISES, (1, 20))
