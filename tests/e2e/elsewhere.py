"""A Python that has only what Colab has too, and the course's wheel: no checkout, no staff tools.

A virtual environment whose site-packages are links to some distributions of this one, and in
which the wheel is unpacked. Made in two seconds, without a network.
"""

import json
import re
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from tests.bank import ROOT

COLAB_HAS = (
    # what course_utils states as its dependencies
    *("numpy", "scipy", "torch", "matplotlib", "scikit-learn", "torchvision"),
    # what runs notebooks
    *("ipython", "ipykernel", "nbformat", "nbclient"),
)
"""Distributions that Colab brings; what they need comes with them, nothing else does."""

RUN = """\
import json, os, resource, sys
import nbformat
from nbclient import NotebookClient

os.environ["JPY_SESSION_NAME"] = os.path.abspath(sys.argv[1])  # as Jupyter's server does
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, allow_errors=True, timeout=300, kernel_name="python3").execute()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"cells": notebook.cells, "cpu": used.ru_utime + used.ru_stime}))
"""


@dataclass(frozen=True)
class Ran:
    """A notebook after its run: its code cells, and the kernel's CPU seconds, imports included."""

    cells: list[dict[str, Any]]
    cpu: float

    def errors(self) -> dict[str, str]:
        """The kind of error of each cell that raised one, by the cell's name."""
        return {
            cell["metadata"]["id"]: output["ename"]
            for cell in self.cells
            for output in cell["outputs"]
            if output["output_type"] == "error"
        }

    def said(self, name: str) -> str:
        """What a cell printed and returned."""
        (cell,) = (cell for cell in self.cells if cell["metadata"]["id"] == name)
        return "".join(
            output.get("text", "") + output.get("data", {}).get("text/plain", "")
            for output in cell["outputs"]
        )


@dataclass(frozen=True)
class Elsewhere:
    """Such a Python, and a folder away from the checkout to work in."""

    python: Path
    work: Path

    def run(self, *arguments: str) -> str:
        """What this Python prints, given these arguments."""
        done = subprocess.run(
            [self.python, *arguments],
            cwd=self.work,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.work), "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def run_notebook(self, source: Path) -> Ran:
        """A copy of the notebook, run from top to bottom in a kernel, past errors."""
        copy = self.work / source.name
        copy.write_bytes(source.read_bytes())
        result = json.loads(self.run("-c", RUN, copy.name))
        code = [cell for cell in result["cells"] if cell["cell_type"] == "code"]
        return Ran(code, result["cpu"])


def build(folder: Path) -> Elsewhere:
    """Make one below a folder, from a wheel built now."""
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--no-build-isolation"]
    subprocess.run([*command, "--out-dir", folder / "wheel", ROOT], check=True)
    venv.create(folder / "python", symlinks=True, with_pip=False)
    (packages,) = (folder / "python").glob("lib/python*/site-packages")
    for name in with_what_they_need(COLAB_HAS):
        link(name, packages)
    (wheel,) = (folder / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (folder / "work").mkdir()
    return Elsewhere(folder / "python" / "bin" / "python", folder / "work")


def with_what_they_need(names: tuple[str, ...]) -> set[str]:
    """These distributions and all that they require here, without extras."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name not in found:
            found.add(name)
            needs = map(Requirement, distribution(name).requires or [])
            waiting += [n.name for n in needs if not n.marker or n.marker.evaluate({"extra": ""})]
    return found


def link(name: str, packages: Path) -> None:
    """Link what a distribution put into site-packages; commands and caches stay away."""
    own = distribution(name)
    tops = {file.parts[0] for file in own.files or ()} - {"..", "__pycache__"}
    for top in tops:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(str(own.locate_file(top))))
