"""No line of an answer or of a hidden test stands in anything that students or readers get.

Compared are lines of at least 25 characters, without their blanks, from solution regions, hidden
tests and model answers, unless the same line is also released with the exercise.
"""

import html
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tests import bank
from tests.instructor import regions

SECRETS = {name: regions.secrets(bank.load(name), at_least=25) for name in bank.EXERCISES}
SITE = bank.ROOT / "_build" / "html"
PICTURES = {".png", ".jpg", ".gif", ".ico", ".woff", ".woff2", ".ttf", ".eot", ".mo"}
TAG = re.compile("<[^>]*>")


def leaks(folder: Path) -> set[tuple[str, str]]:
    """(file, line) for every secret line in the files below a folder."""
    secrets = set().union(*SECRETS.values())
    return {
        (path.relative_to(folder).as_posix(), line)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in PICTURES
        for text in readings(path)
        for line in secrets
        if line in text
    }


def readings(path: Path) -> Iterator[str]:
    """A file's text without blanks: as it is, and as a browser or a notebook shows it."""
    text = path.read_bytes().decode("utf-8", "replace")
    yield regions.squeezed(text)
    if path.suffix in (".html", ".svg"):
        yield regions.squeezed(html.unescape(TAG.sub("", text)))
    if path.suffix in (".ipynb", ".json"):
        yield regions.squeezed("".join(regions.strings(json.loads(text))))


def tracked(under: str = ".") -> list[str]:
    """Files of the course that git has or would take."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z", under]
    done = subprocess.run(command, cwd=bank.ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name and (bank.ROOT / name).exists()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel's files, unpacked."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bank.ROOT / name, copy / name)
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(out)!r})"
    done = subprocess.run([sys.executable, "-c", build], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        archive.extractall(out / "unpacked")
    return out / "unpacked"


@pytest.mark.parametrize("name", bank.EXERCISES)
def test_there_is_something_to_look_for(name):
    cells = bank.load(name).cells
    secret = {role: set() for role in ("exercise", "check", "open")}
    for cell in cells:
        if cell.role in secret:
            secret[cell.role] |= {regions.squeezed(line) for line in regions.split(cell)[1]}
    for role, lines in secret.items():
        assert lines & SECRETS[name], role


def written(folder: Path, kind: str, line: str) -> None:
    """Plant a line in a file of some kind."""
    code = f"def train():\n    {line}\n"
    if kind == "notebook.ipynb":
        cells = [nbformat.v4.new_code_cell(code)]
        code = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    elif kind == "page.html":
        code = highlight(code, PythonLexer(), HtmlFormatter())
    elif kind == "prose.html":
        code = f"<p>{html.escape(line.replace(' ', chr(10)))}</p>"
    (folder / kind).write_text(code)


@pytest.mark.parametrize("kind", ["notebook.ipynb", "page.html", "prose.html", "module.py"])
@pytest.mark.parametrize("name", bank.EXERCISES)
def test_a_planted_line_is_found(kind, name, tmp_path):
    for number, cell in enumerate(bank.load(name).cells):
        for line in regions.split(cell)[1]:
            if regions.squeezed(line) in SECRETS[name]:
                (tmp_path / str(number)).mkdir(exist_ok=True)
                written(tmp_path / str(number), kind, line.strip())
                assert (f"{number}/{kind}", regions.squeezed(line)) in leaks(tmp_path)


@pytest.mark.parametrize("folder", ["exercises", "book", "course_utils"])
def test_nothing_leaks_into_the_sources(folder):
    assert any((bank.ROOT / folder).rglob("*"))
    assert leaks(bank.ROOT / folder) == set()


def test_nothing_leaks_into_the_site():
    if not (SITE / "index.html").exists():
        pytest.skip(f"no site in {SITE}: make site")
    assert leaks(SITE) == set()


def test_the_wheel_holds_the_package_and_nothing_of_the_staffs(wheel):
    files = [p.relative_to(wheel) for p in wheel.rglob("*") if p.is_file()]
    package = {path.as_posix() for path in files if path.parts[0] == "course_utils"}
    assert package == set(tracked("course_utils"))
    others = {path.parts[0] for path in files} - {"course_utils"}
    assert [name for name in others if not name.endswith(".dist-info")] == []
    assert leaks(wheel) == set()
