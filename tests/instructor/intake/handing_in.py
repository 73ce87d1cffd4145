"""Folders and archives as students hand them in, and what was taken of them."""

import json
import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from course_utils.instructor.intake import RefusedFile, Taken, intake
from tests.bank import ROOT

LAZY = (ROOT / "exercises/lazy_training/lazy_training.ipynb").read_bytes()
SCALING = (ROOT / "exercises/scaling/scaling.ipynb").read_bytes()
NAME = "lazy_training"
FILE = "_assignsubmission_file"
DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def edited(text: str, notebook: bytes = LAZY) -> bytes:
    """The notebook as a student saves it: with an answer."""
    content = json.loads(notebook)
    content["cells"].append({"cell_type": "code", "metadata": {}, "source": [text], "id": "mine",
                             "outputs": [], "execution_count": 1})  # fmt: skip
    return json.dumps(content).encode()


def copy_course(root: Path) -> Path:
    for name in (NAME, "scaling", "linear_networks"):
        shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
    return root


def folder(path: Path, files: dict[str, bytes], time: datetime = DAY) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
        os.utime(path / name, (0, time.timestamp()))
    return path


def archive(path: Path, files: dict[str, bytes], time: datetime = DAY) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, time.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, data)
    return path


def take(course: Path, files: dict[str, bytes], time: datetime = DAY, **options: Any) -> Any:
    """Intake of an archive, its times in UTC, the results sorted into taken and refused."""
    path = archive(course.parent / "a.zip", files, time)
    results = intake(path, NAME, course, **{"zone": UTC} | options)
    taken = {result.student: result for result in results if isinstance(result, Taken)}
    refused = {result.source: result for result in results if isinstance(result, RefusedFile)}
    assert len(taken) + len(refused) == len(results)
    assert all(str(result).isprintable() for result in results)
    return taken, refused


def notebook_of(course: Path, student: str) -> bytes:
    return (course / "submitted" / student / NAME / f"{NAME}.ipynb").read_bytes()


def time_of(course: Path, student: str) -> datetime:
    """When nbgrader says that it was submitted."""
    directory = CourseDirectory(root=str(course))
    path = directory.format_path("submitted", student, NAME)
    return directory.get_existing_timestamp(path).replace(tzinfo=UTC)
