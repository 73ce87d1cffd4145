"""The execution cache is anew when what chapters run on changes, and only then."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.bank import ROOT

SOURCES = {
    "requirements.txt": "numpy==2.0\n",
    "course_utils/__init__.py": "",
    "course_utils/models.py": "WIDTH = 10\n",
    "course_utils/theory/descent.py": "RATE = 0.1\n",
    "course_utils/explorables/plane.js": "export const size = 3;\n",
    "course_utils/instructor/cli.py": "STATUS = 2\n",
    "course_utils/__pycache__/models.cpython-311.pyc": "compiled",
    "book/chapter.md": "# Chapter\n",
}


@pytest.fixture(scope="module")
def fresh_cache() -> ModuleType:
    path = ROOT / "book" / "_ext" / "fresh_cache.py"
    spec = importlib.util.spec_from_file_location("fresh_cache", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(tmp_path) -> Path:
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def append(path: Path) -> None:
    path.write_text(path.read_text() + "# changed\n")


CHANGES = {
    "requirements": lambda root: append(root / "requirements.txt"),
    "empty_module": lambda root: append(root / "course_utils/__init__.py"),
    "module": lambda root: append(root / "course_utils/models.py"),
    "nested_module": lambda root: append(root / "course_utils/theory/descent.py"),
    "script_of_a_figure": lambda root: append(root / "course_utils/explorables/plane.js"),
    "new_module": lambda root: (root / "course_utils/new.py").touch(),
    "no_module": lambda root: (root / "course_utils/models.py").unlink(),
    "other_name": lambda root: (root / "course_utils/models.py").rename(
        root / "course_utils/network.py"
    ),
    "other_folder": lambda root: (root / "course_utils/models.py").rename(
        root / "course_utils/theory/models.py"
    ),
}
NO_CHANGES = {
    "staffs_part": lambda root: append(root / "course_utils/instructor/cli.py"),
    "new_in_staffs_part": lambda root: (root / "course_utils/instructor/new.py").touch(),
    "compiled": lambda root: append(root / "course_utils/__pycache__/models.cpython-311.pyc"),
    "chapter": lambda root: append(root / "book/chapter.md"),  # jupyter-cache sees to that
    "clock": lambda root: [os.utime(path, (1, 1)) for path in root.rglob("*")],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_chapters_run_on_changes_the_fingerprint(change, fresh_cache, root):
    before = fresh_cache.fingerprint(root)
    change(root)
    assert fresh_cache.fingerprint(root) != before


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES.keys())
def test_anything_else_does_not(change, fresh_cache, root):
    before = fresh_cache.fingerprint(root)
    change(root)
    assert fresh_cache.fingerprint(root) == before


def test_the_place_of_the_course_does_not_matter(fresh_cache, root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("other") / "course"
    before = fresh_cache.fingerprint(root)
    root.rename(elsewhere)
    assert fresh_cache.fingerprint(elsewhere) == before


def cache_path(fresh_cache: ModuleType, root: Path) -> Path:
    config = SimpleNamespace(nb_execution_cache_path="")
    fresh_cache.set_cache_path(SimpleNamespace(srcdir=str(root)), config)
    return Path(config.nb_execution_cache_path)


def test_old_caches_go_and_the_current_one_stays(fresh_cache, root):
    first = cache_path(fresh_cache, root)
    assert first.parent == root / "_build"
    for folder in (first, root / "_build" / "html", root / "_build" / ".doctrees"):
        folder.mkdir(parents=True)
        (folder / "kept").touch()
    assert cache_path(fresh_cache, root) == first
    assert (first / "kept").exists()
    append(root / "requirements.txt")
    second = cache_path(fresh_cache, root)
    assert second != first
    left = sorted(path.name for path in (root / "_build").iterdir())
    assert left == [".doctrees", "html"]


def test_sphinx_calls_it_before_it_reads_a_page(fresh_cache):
    calls = []
    app = SimpleNamespace(connect=lambda event, call: calls.append((event, call)))
    assert fresh_cache.setup(app)["parallel_read_safe"] is True
    assert calls == [("config-inited", fresh_cache.set_cache_path)]
