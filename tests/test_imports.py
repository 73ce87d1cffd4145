"""Who may import whom, read from the sources; and what an import costs."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "course_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXTS = sorted([*(ROOT / "book").rglob("*.md"), *(ROOT / "solutions").glob("*/*.md")])

MAY_IMPORT = {
    "__init__": set(),
    "_validate": set(),
    "doctor": {"__version__"},
    "checks": set(),
    "theory": {"_validate"},
    "data": {"_validate"},
    "models": {"_validate"},
    "training": {"_validate", "data", "models"},
    "plots": {"_validate", "training"},
    "explorables": {"_validate", "data", "models", "training", "theory", "plots"},
}
"""Rooms that a room may import, besides itself; `instructor` may import them all."""

LIBRARIES = {
    "doctor": set(),
    "_validate": {"numpy"},
    "checks": {"numpy"},
    "theory": {"numpy", "scipy"},
}
"""Where this is limited: the libraries, besides Python's own."""


def room(path: Path) -> str:
    """The part of the package that a file belongs to: `training`, `checks`, ..."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(source: str) -> Iterator[str]:
    """Dotted names of all that is imported, at the top or within functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which room is meant"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(source: str) -> set[str]:
    """The rooms of the package among the imports; the package alone is `course_utils`."""
    ours = [name.split(".") for name in imports(source) if name.split(".")[0] == "course_utils"]
    return {parts[1] if len(parts) > 1 else parts[0] for parts in ours}


def code_cells(text: str) -> list[str]:
    """The Python of a MyST notebook, without options and magics."""
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    bare = (re.sub(r"\A---\n.*?^---\n", "", cell, flags=re.M | re.S) for cell in cells)
    return [re.sub(r"^(:|\s*[%!]).*$", "", cell, flags=re.M) for cell in bare]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [m for m in MODULES if room(m) != "instructor"], ids=relative)
def test_a_room_imports_only_what_stands_below_it(path):
    assert room(path) in MAY_IMPORT, "a new room: say here what it may import"
    extra = rooms_imported(path.read_text(encoding="utf-8")) - MAY_IMPORT[room(path)]
    assert extra <= {room(path)}


@pytest.mark.parametrize("path", [m for m in MODULES if room(m) in LIBRARIES], ids=relative)
def test_light_rooms_use_light_libraries(path):
    libraries = {name.split(".")[0] for name in imports(path.read_text(encoding="utf-8"))}
    assert libraries - sys.stdlib_module_names - {"course_utils"} <= LIBRARIES[room(path)]


@pytest.mark.parametrize("path", TEXTS, ids=relative)
def test_chapters_and_exercises_do_without_the_staffs_part(path):
    for cell in code_cells(path.read_text(encoding="utf-8")):
        assert "instructor" not in rooms_imported(cell)


def test_the_readers_above_find_what_there_is():
    """Otherwise they could pass for having seen nothing."""
    assert {room(path) for path in MODULES} >= {"theory", "training", "data", "instructor"}
    assert "models" in rooms_imported((PACKAGE / "training" / "ensemble.py").read_text())
    for name in ("book/lazy_training.md", "solutions/lazy_training/lazy_training.md"):
        found = [rooms_imported(cell) for cell in code_cells((ROOT / name).read_text())]
        assert {"data", "models", "theory"} <= set().union(*found)
    for line in (
        "from course_utils.instructor import cli", "import course_utils.instructor.cli",
        "from course_utils import instructor", "def f():\n    from course_utils import instructor",
    ):  # fmt: skip
        assert rooms_imported(line) == {"instructor"}


HEAVY = ["torch", "torchvision", "matplotlib", "sklearn", "nbgrader", "IPython"]
THEORY = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES
          if room(path) == "theory" and path.stem != "__init__"]  # fmt: skip
LOADS = {
    ("course_utils",): set(),
    ("course_utils.checks",): set(),
    ("course_utils.theory", *THEORY): set(),
    ("course_utils.plots",): {"matplotlib"},
    ("course_utils.training", "course_utils.data", "course_utils.models"): {"torch"},
}
"""Which of the heavy libraries importing loads; the last two show that loading is seen."""


@pytest.mark.parametrize("modules", LOADS, ids=lambda modules: modules[0])
def test_an_import_loads_no_more_than_it_must(modules):
    code = f"import sys, {', '.join(modules)}; print(*(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)
    assert set(done.split()) == LOADS[modules]
