"""The doctor tells what is missing and how to mend it; a missing GPU is no fault."""

import subprocess
import sys
from importlib import metadata

import pytest

from course_utils import doctor


@pytest.fixture
def needs(monkeypatch):
    """The course's needs are what a test says."""
    return lambda *lines: monkeypatch.setattr(metadata, "requires", lambda name: list(lines))


def test_all_is_well_where_all_is_there(needs, capsys):
    needs("numpy>=1.26", "torch>=2.2", 'nbgrader>=99; extra == "instructor"')
    assert doctor.doctor() is True
    said = capsys.readouterr().out
    assert "!" not in said
    assert "nbgrader" not in said
    assert all(name in said for name in ("Python", "course_utils", "numpy", "torch", "GPU"))


@pytest.mark.parametrize(("need", "why"), [("numpy>=99.1", ""), ("nowhere-1>=2.0", "missing")])
def test_what_is_missing_or_old_gets_its_remedy(needs, capsys, need, why):
    needs("scipy>=1.11", need)
    assert doctor.doctor() is False
    (bad,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("!"))
    assert f'%pip install "{need}"' in bad
    assert why in bad


def test_quiet_says_something_only_where_something_is_missing(needs, capsys):
    needs("numpy>=1.26")
    assert doctor.doctor(quiet=True) is True
    assert capsys.readouterr().out == ""
    needs("numpy>=1.26", "nowhere-1>=2.0")
    assert doctor.doctor(quiet=True) is False
    said = capsys.readouterr().out
    assert "! nowhere-1" in said
    assert "GPU" not in said


def test_versions_compare_as_numbers():
    assert doctor._numbers("2.14.1+cu130") > doctor._numbers("2.2")


def test_it_needs_nothing_but_python_to_start():
    look = "import course_utils.doctor, sys; print({'numpy', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
