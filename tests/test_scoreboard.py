"""The scoreboard itself, on three small tests in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bank import ROOT

CASES = """
import pytest
mark = pytest.mark.fault("The batch", "held", of="{of}")

GOOD, BAD = pytest.param(1, marks=mark, id="good"), pytest.param(0, marks=mark, id="bad")

@pytest.mark.parametrize("x", [GOOD, BAD])
def test_it(x):
    assert x

@mark
def test_what_breaks_before(missing):
    pass

@mark
def test_in_words():
    pass

def test_of_something_else():
    pytest.fail("not asked for")
"""


def scoreboard(folder: Path, of: str, *options: str) -> tuple[int, str]:
    (folder / "test_cases.py").write_text(CASES.replace("{of}", of))
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = .\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.scoreboard", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["alone", "xdist"])
def test_each_case_is_held_or_not(tmp_path, workers):
    status, said = scoreboard(tmp_path, "graded once", "--faults", *workers)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert status == 1
    assert {"good held held", "bad held not held", "in words held held"} <= set(lines)
    assert {"what breaks before held not held", "2 of 4 held"} <= set(lines)
    assert "not asked for" not in said
    assert "no case of The batch: killed and started again" in lines
    assert "no case of The batch: graded once" not in lines


def test_a_class_without_a_case_fails(tmp_path):
    status, said = scoreboard(tmp_path, "graded once", "--faults", "-k", "words")
    assert (status, "no case of" in said) == (0, False), said  # it was not asked for all
    status, said = scoreboard(tmp_path, "graded once", "--faults", "--collect-only")
    assert (status, "no case of What goes out: scripts in pages" in said) == (1, True), said


def test_a_case_of_no_class_is_refused(tmp_path):
    status, said = scoreboard(tmp_path, "graded thrice", "--faults")
    assert status != 0
    assert "'graded thrice', 'held': no such class or outcome in tests/faults.toml" in said
