"""Files as they arrive: their bytes, their names, and what lies beside them.

A case is what is handed in, its outcome, and part of the reason why it is refused. A neighbour, who
hands in what everybody does, is taken in each time.
"""

# ruff: noqa: E501 (a case is a line)

import json
import os
import stat
import zipfile

import nbformat
import pytest

from tests.instructor.faults.handing_in import (
    NAME,
    check,
    graded,
    make_course,
    marked,
    put,
    take,
    written,
)
from tests.instructor.handed_in import handed_in

pytestmark = pytest.mark.bubblewrap
BYTES, OTHER = written(handed_in(NAME)), written(handed_in("scaling"))
LATER = written(handed_in(NAME, train="# exercise: train\ntrain = None"))


def saved(**fields):
    """The notebook's JSON, some of its fields replaced; "gone" removes one."""
    content = json.loads(BYTES) | fields
    return json.dumps({key: value for key, value in content.items() if value != "gone"}).encode()


CELLS = [{"cell_type": "raw", "source": "", "metadata": {}}]
BYTES_OF = {
    "no notebook": {
        "empty": (b"", "refuse", "empty"),
        "binary": (b"\x7fELF\2\1\1" + bytes(range(256)), "refuse", "not UTF-8"),
        "truncated": (BYTES[: len(BYTES) // 2], "refuse", "only a part"),
        "Latin-1": ('{"nbformat": 4, "x": "ü"}'.encode("latin-1"), "refuse", "not UTF-8"),
        "UTF-16": (BYTES.decode().encode("utf-16"), "refuse", "not UTF-8"),
        "byte order mark": (b"\xef\xbb\xbf" + BYTES, "refuse", "byte order mark"),
        "JSON that is no notebook": (b'{"cells": []}', "refuse", "hand in the .ipynb file itself"),
        "a page of HTML": (b"<!DOCTYPE html><html></html>", "refuse", "download it again"),
        "a zip with another name": (b"PK\3\4" + bytes(30), "refuse", "download it again"),
        "nbformat 5": (saved(nbformat=5), "refuse", "nbformat 5, but 4 is read"),
        "nbformat 2": (saved(nbformat=2), "refuse", "nbformat 2, but 4 is read"),
        "metadata null": (saved(metadata=None), "refuse", "metadata is null"),
        "metadata of a cell null": (saved(cells=[CELLS[0] | {"metadata": None}]), "refuse", "cell 1: metadata"),
        "no cells": (saved(cells="gone"), "refuse", "cells is missing"),
        "cells null": (saved(cells=None), "refuse", "cells is null"),
        "nbformat 3": (written(nbformat.convert(handed_in(NAME), 3)), "merit", ""),
    },
    "too much of it": {
        "hundreds of MB": (300_000_000, "refuse", "at most 20 are taken"),
        "100 000 cells": (saved(cells=CELLS * 100_000), "refuse", ""),
        "2001 cells": (saved(cells=CELLS * 2001), "refuse", "at most 2000"),
        "nested thousandfold": (b"[" * 1000 + b"]" * 1000, "refuse", "nested"),
        "huge integer": (saved(x=0).replace(b'"x": 0', b'"x": ' + b"9" * 5000), "refuse", "5000 digits"),
        "a million values": (b"[" + b"1," * 1_000_001 + b"1]", "refuse", "1000000 values"),
    },
}  # fmt: skip

FILES = {
    "wrong name or notebook": {
        "Copy of": ({"1/Copy of lazy_training.ipynb": BYTES}, "merit", ""),
        "(1)": ({"1/lazy_training (1).ipynb": BYTES}, "merit", ""),
        "named after another": ({"1/scaling.ipynb": BYTES}, "merit", ""),
        "two notebooks, one of them it": ({"1/a.ipynb": OTHER, "1/b.ipynb": BYTES}, "merit", ""),
        "two that could be it": ({"1/a.ipynb": LATER, "1/b.ipynb": BYTES}, "refuse", "keep one"),
        "eleven notebooks": ({f"1/{i}.ipynb": BYTES for i in range(11)}, "refuse", "hand in one"),
        "a PDF": ({"1/x.pdf": b"%PDF"}, "refuse", "hand in the .ipynb file itself"),
    },
    "files beside it": {
        "modules": (dict.fromkeys(["1/numpy.py", "1/course_utils.py", "1/course_utils/__init__.py"], b"1/0") | {"1/x.ipynb": BYTES}, "merit", ""),
        "configuration": (dict.fromkeys(["1/conftest.py", "1/nbgrader_config.py", "1/pyproject.toml", "1/.bashrc"], b"1/0") | {"1/x.ipynb": BYTES}, "merit", ""),
        "a time of its own": ({"1/x.ipynb": BYTES, "1/timestamp.txt": b"1999-01-01"}, "merit", ""),
    },
    "strange but honest names": {
        name: ({f"{student}/x.ipynb": BYTES}, "merit", "")
        for name, student in {
            "spaces": "Jane van Doe", "letters of all kinds": "İpek ü 李雷 🙂", "from right to left": "\u200fיוסי",
            "glob": "[a-z]*?{}", "shell": "$HOME;x'", "formula": "=1+1",
        }.items()
    },
}  # fmt: skip


def zipped(name, mode=stat.S_IFREG, data=BYTES):
    """An archive with a neighbour and a member of this name."""

    def make(folder):
        with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("2/x.ipynb", BYTES)
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            info.external_attr = (mode | 0o644) << 16
            archive.writestr(info, data)
        return folder / "a.zip"

    return make


def beside(make):
    """A folder with a neighbour, to which `make` adds at a path, given a secret elsewhere."""

    def made(folder):
        (folder / "secret.ipynb").write_bytes(BYTES)
        place = put(folder / "class", {"2/x.ipynb": BYTES}) / "1" / "x.ipynb"
        place.parent.mkdir()
        make(place, folder / "secret.ipynb")
        return folder / "class"

    return made


def case_only(place, _):
    put(place.parents[1], {"1/x.ipynb": BYTES, "1/X.ipynb": BYTES})


PATHS = {
    "paths and links": {
        "symbolic link": (beside(lambda place, secret: place.symlink_to(secret)), "refuse", "a symbolic link"),
        "link to a folder": (beside(lambda place, secret: place.symlink_to(secret.parent)), "refuse", "a symbolic link"),
        "hard link": (beside(lambda place, secret: place.hardlink_to(secret)), "refuse", "a hard link"),
        "pipe": (beside(lambda place, _: os.mkfifo(place)), "refuse", "a device or a pipe"),
        "names that differ in case only": (beside(case_only), "refuse", "upper and lower case"),
        "link in an archive": (zipped("1/x.ipynb", stat.S_IFLNK, b"/etc/passwd"), "refuse", "a link or a device"),
        "device in an archive": (zipped("1/x.ipynb", stat.S_IFBLK, b""), "refuse", "a link or a device"),
        "path that goes up": (zipped("1/../../x.ipynb"), "refuse", "leads out"),
        "path from the root": (zipped("/1/x.ipynb"), "refuse", "leads out"),
        "path with a drive": (zipped("C:/1/x.ipynb"), "refuse", "leads out"),
        "NUL in a name": (zipped("1/x.ipynb\0.txt"), "refuse", "control characters"),
        "newline in a name": (zipped("1/x\n.ipynb"), "refuse", "control characters"),
        "zip bomb": (zipped("1/x.ipynb", data=bytes(50_000_000)), "refuse", "-fold"),
    },
}  # fmt: skip


def handed_in_as(what, folder):
    """Bytes are one file, a number is the size of one, a dict is files, a function makes them."""
    if callable(what):
        return what(folder)
    files = (
        what if isinstance(what, dict) else {"1/x.ipynb": what if isinstance(what, bytes) else b""}
    )
    path = put(folder / "class", files | {"2/x.ipynb": BYTES})
    if isinstance(what, int):
        with open(path / "1" / "x.ipynb", "wb") as file:
            file.truncate(what)  # with holes: it takes no room
    return path


@pytest.mark.parametrize(
    ("what", "outcome", "says"),
    [case for table in (BYTES_OF, FILES, PATHS) for case in marked("The file itself", table)],
)
def test_what_arrives(what, outcome, says, tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    taken, refused = take(handed_in_as(what, tmp_path), course)
    assert taken.pop("2", None), refused
    if outcome == "refuse":
        assert (list(taken), [reason for reason in refused.values() if says not in reason]) == (
            [],
            [],
        )
        assert refused
        assert os.listdir(course / "submitted") == ["2"]
    else:
        (student,) = taken
        assert sorted(os.listdir(course / "submitted" / student / NAME)) == [
            f"{NAME}.ipynb",
            "timestamp.txt",
        ]
        check(graded(course, student, monkeypatch), outcome, says)
