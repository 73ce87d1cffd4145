"""What is there, what is missing, and how to mend it: a line each.

What the course needs is read from its own installed metadata, so it stands once, in
`pyproject.toml`. Python's own libraries only: this must run where everything else is missing.
"""

import importlib
import platform
import re
import sys
from dataclasses import dataclass
from importlib import metadata

from course_utils import __version__

NEEDS_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One line; `mend` says what to do, and is empty where all is well."""

    name: str
    found: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{'!' if self.mend else ' '} {self.name:<13} {self.found}"
        return f"{line}: {self.mend}" if self.mend else line


def doctor(*, quiet: bool = False) -> bool:
    """Print what is there and what is missing; return whether all that is needed is there.

    `quiet` prints nothing where all is well, and does not look for a GPU. A missing GPU is no
    fault: everything runs without one.
    """
    found = [_python(), Finding("course_utils", __version__), *_packages()]
    well = not any(finding.mend for finding in found)
    if not (quiet and well):
        print(*found, *([] if quiet else [_gpu()]), sep="\n")
    return well


def _python() -> Finding:
    old = sys.version_info < NEEDS_PYTHON
    need = ".".join(map(str, NEEDS_PYTHON))
    return Finding("Python", platform.python_version(), f"install {need} or newer" if old else "")


def _packages() -> list[Finding]:
    """Each package that the course states as needed, without importing it."""
    try:
        needs = metadata.requires("course-utils") or []
    except metadata.PackageNotFoundError:
        return [Finding("packages", "unknown", "install the course's wheel with pip")]
    plain = (re.fullmatch(r"([\w.-]+)>=([\d.]+)", need.replace(" ", "")) for need in needs)
    return [_package(*need.groups()) for need in plain if need]


def _package(name: str, at_least: str) -> Finding:
    mend = f'run  %pip install "{name}>={at_least}"  and restart the kernel'
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(name, "missing", mend)
    return Finding(name, version, mend if _numbers(version) < _numbers(at_least) else "")


def _numbers(version: str) -> tuple[int, ...]:
    """(2, 14, 1) of "2.14.1+cu130"; what stands after the first three numbers does not count."""
    return tuple(int(number) for number in re.findall(r"\d+", version.split("+")[0])[:3])


def _gpu() -> Finding:
    """Whether torch sees one; torch is imported here and not before."""
    try:
        cuda = importlib.import_module("torch").cuda
        name = cuda.get_device_name() if cuda.is_available() else ""
    except Exception as error:  # a broken torch raises errors of many kinds
        return Finding("GPU", f"unknown, torch fails with {type(error).__name__}")
    none = "none, not needed (in Colab: Runtime > Change runtime type)"
    return Finding("GPU", name or none)
