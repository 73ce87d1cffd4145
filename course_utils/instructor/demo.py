"""A sample class, made from the answer banks: right, partly right, empty, broken and hostile.

It lies in a folder of its own, with a copy of the course's notebooks, and is handed in as Moodle
would give it.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from course_utils.instructor.markup import read

ASSIGNMENT = "lazy_training"
KEPT = ("solutions", "exercises")
NOTES = ("# message:", "# fails:")
"""What a bank says of a wrong answer; no student does."""
HOSTILE = {
    "train": "def train(*args, **kwargs):\n    while True:\n        pass",
    "relative_movement": "import os\n\ndef relative_movement(snapshots):\n    os._exit(0)",
    "LinSin_forward": (
        "def forward(self, x):\n"
        '    return open("solutions/lazy_training/lazy_training.md").read()\n\n'
        "LinSin.forward = forward"
    ),
}


def make(root: Path, folder: Path) -> Path:
    """Make the class in `folder`, which is new or an older demo; the archive that was handed in.

    ValueError where something else lies there, or the answer banks are missing.
    """
    banks = root / "tests" / "answers" / ASSIGNMENT
    if not banks.is_dir():
        raise ValueError(f"{banks}: no answer banks: run it in a clone of the course")
    if folder.exists() and not (folder / ".demo").exists():
        raise ValueError(f"{folder}: there is something else: name another folder by --folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ".demo").touch()
    for name in KEPT:
        shutil.copytree(root / name, folder / name)
    for name in ("nbgrader_config.py", "_config.yml"):
        shutil.copy(root / name, folder)
    archive = folder / "moodle.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for number, data in enumerate(_class(root, banks), start=1):
            student = f"Student {number:02d}_{1000 + number}_assignsubmission_file_"
            file.writestr(f"{student}/{ASSIGNMENT}.ipynb", data)
    return archive


def _class(root: Path, banks: Path) -> Iterator[bytes]:
    """The notebooks of the class, one a student."""
    release = (root / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    cells = read(root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.md").cells
    solved = {cell.name: cell.source for cell in cells if cell.role == "exercise"}
    yield _filled(release, solved, "The features hardly move, so the network is a linear model.")
    for name in solved:
        yield _filled(release, solved | {name: _one(banks / "right" / name, name)})
        yield _filled(release, solved | {name: _one(banks / "wrong" / name, name)}, "No idea.")
    yield release
    yield release[: len(release) // 2]
    for name, source in HOSTILE.items():
        yield _filled(release, solved | {name: f"# exercise: {name}\n{source}"})


def _one(folder: Path, name: str) -> str:
    """The first answer of a bank, as it stands in a student's notebook."""
    lines = min(folder.glob("*.py")).read_text(encoding="utf-8").splitlines()
    source = "\n".join(line for line in lines if not line.startswith(NOTES))
    return f"# exercise: {name}\n{source}"


def _filled(release: bytes, answers: dict[str, str], in_words: str = "") -> bytes:
    notebook = json.loads(release)
    for cell in notebook["cells"]:
        grader = cell["metadata"].get("nbgrader", {})
        if grader.get("grade_id") in answers:
            cell["source"] = answers[grader["grade_id"]]
        elif cell["cell_type"] == "markdown" and grader.get("solution") and in_words:
            cell["source"] = in_words
    return json.dumps(notebook).encode()
