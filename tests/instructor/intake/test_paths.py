"""Files of folders and archives, and paths, links and pipes that are refused."""

import os
import subprocess

import pytest

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake.archives import opened
from tests.instructor.intake.packed import MODE, member, pack, read


def test_files_of_a_folder_and_of_an_archive(tmp_path):
    folder = tmp_path / "class"
    data = {"a b/x.ipynb": b"1", "[*]/y/z.ipynb": b"2", "ü\u200f.txt": b"", "李/x.zip": b"PK"}
    hidden = {".DS_Store": b"", "a b/.ipynb_checkpoints/x.ipynb": b"3", "a b/._x.ipynb": b"4"}
    for name, content in (data | hidden).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert read(folder) == (data, {})
    subprocess.run(["zip", "-qr", "../class.zip", "."], cwd=folder, check=True)
    assert read(tmp_path / "class.zip") == (data, {})
    more = [("__MACOSX/._x.ipynb", b"5"), ("folder/", b"")]
    assert read(pack(tmp_path / "own.zip", *data.items(), *more)) == (data, {})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../x.ipynb", "leads out"),
        ("a/../../x.ipynb", "leads out"),
        ("a/..", "leads out"),
        ("/etc/x.ipynb", "root"),
        ("//host/x.ipynb", "root"),
        ("a//x.ipynb", "empty part"),
        ("./x.ipynb", "leads out"),
        ("..\\x.ipynb", "backslash"),
        ("a\\x.ipynb", "backslash"),
        ("C:x.ipynb", "drive"),
        ("a/x.ipynb\x00.txt", "control"),
        ("a\nb/x.ipynb", "control"),
        ("a/\x1b[2J.ipynb", "control"),
        ("a/\x85.ipynb", "control"),
        ("a/\u2028.ipynb", "control"),
    ],
)
def test_paths_that_lead_elsewhere_are_refused(tmp_path, name, message):
    files, refused = read(pack(tmp_path / "a.zip", (member(name), b"1"), ("b/y.ipynb", b"2")))
    assert files == {"b/y.ipynb": b"2"}
    assert list(refused) == [name]
    assert message in refused[name]


@pytest.mark.parametrize(
    "names", [("a/x.ipynb", "A/x.ipynb"), ("a/X.ipynb", "a/x.ipynb"), ("a/ß", "a/SS"),
              ("a/x.ipynb", "a/x.ipynb"), ("a/ü", "a/u\u0308")]
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_one_elsewhere_are_refused(tmp_path, names):
    path = pack(tmp_path / "a.zip", *[(name, b"1") for name in names], ("b/y.ipynb", b"2"))
    files, refused = read(path)
    assert files == {"b/y.ipynb": b"2"}
    assert set(refused) == set(names)


@pytest.mark.parametrize("kind", MODE)
def test_what_is_no_file_in_an_archive_is_refused(tmp_path, kind):
    path = pack(tmp_path / "a.zip", (member("a/x.ipynb", unix_mode=MODE[kind]), b"/etc/passwd"))
    assert read(path) == ({}, {"a/x.ipynb": "a link or a device"})


def test_what_is_no_file_in_a_folder_is_refused(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "class"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "secret.ipynb").write_text("secret")
    (folder / "jane").mkdir(parents=True)
    (folder / "jane" / "link.ipynb").symlink_to(outside / "deep" / "secret.ipynb")
    (folder / "jane" / "dangling.ipynb").symlink_to("nowhere")
    (folder / "jane" / "hard.ipynb").hardlink_to(outside / "deep" / "secret.ipynb")
    (folder / "jack").symlink_to(outside)
    os.mkfifo(folder / "jane" / "pipe.ipynb")
    files, refused = read(folder)
    assert files == {}
    assert {name: reason.split(":")[0] for name, reason in refused.items()} == {
        "jane/link.ipynb": "a symbolic link",
        "jane/dangling.ipynb": "a symbolic link",
        "jane/hard.ipynb": "a hard link to another file",
        "jane/pipe.ipynb": "no file, but a device or a pipe",
        "jack": "a symbolic link",
    }


def test_a_name_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "class").mkdir()
    with open(os.fsencode(tmp_path / "class") + b"/j\xe9r.ipynb", "wb"):
        pass
    assert read(tmp_path / "class") == ({}, {"j\udce9r.ipynb": "its name holds control characters "
                                             "or is no text"})  # fmt: skip


@pytest.mark.parametrize("swap", ["link", "parent", "pipe", "gone"])
def test_a_file_that_becomes_another_while_it_is_read_is_refused(tmp_path, swap):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.ipynb").write_text("secret")
    (tmp_path / "class" / "jane").mkdir(parents=True)
    path = tmp_path / "class" / "jane" / "x.ipynb"
    path.write_text("own")
    with opened(tmp_path / "class") as listing:
        (file,) = listing.files
        path.unlink()
        if swap == "link":
            path.symlink_to(tmp_path / "outside" / "x.ipynb")
        elif swap == "pipe":
            os.mkfifo(path)
        elif swap == "parent":
            path.parent.rmdir()
            path.parent.symlink_to(tmp_path / "outside")
        with pytest.raises(Refused):
            file.read()
