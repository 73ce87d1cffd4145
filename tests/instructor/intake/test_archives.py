"""Folders and archives that somebody made to do harm, and some that nobody did."""

import os
import struct
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake import archives
from course_utils.instructor.intake.archives import opened

MODE = {"link": 0o120777, "pipe": 0o010644, "block": 0o060644, "socket": 0o140644}


def member(name: str, *, unix_mode: int = 0, **fields: Any) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x", date_time=(2026, 11, 25, 12, 0, 0))
    info.filename = info.orig_filename = name
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = unix_mode << 16
    for key, value in fields.items():
        setattr(info, key, value)
    return info


def pack(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            archive.writestr(info, data)
    return path


def read(path: Path, **options: Any) -> tuple[dict[str, bytes], dict[str, str]]:
    """What can be read, and what is refused and why."""
    with opened(path, **options) as listing:
        files, refused = {}, dict(listing.refused)
        for file in listing.files:
            try:
                files[file.path] = file.read()
            except Refused as error:
                refused[file.path] = str(error)
    return files, refused


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


def test_bombs_by_what_the_archive_says(tmp_path):
    path = pack(tmp_path / "a.zip", ("a/x.ipynb", bytes(5_000_000)), ("a/y.ipynb", bytes(900_000)))
    files, refused = read(path)
    assert list(files) == ["a/y.ipynb"]
    assert "-fold" in refused["a/x.ipynb"]


def test_bombs_that_say_less_than_they_hold(tmp_path):
    """The sizes in both headers are made small; the stream goes on."""
    path = pack(tmp_path / "a.zip", ("a/x.ipynb", bytes(5_000_000)))
    data = path.read_bytes().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 1000))
    path.write_bytes(data)
    files, refused = read(path)
    assert files == {}
    assert "cannot be unpacked" in refused["a/x.ipynb"]


def test_large_files_are_read_up_to_the_limit_and_a_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    monkeypatch.setattr("course_utils.instructor.intake.files.MAX_BYTES", 1000)
    data = os.urandom(3000)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "x.ipynb").write_bytes(data)
    for path in (tmp_path / "class", pack(tmp_path / "a.zip", ("x.ipynb", data))):
        assert read(path) == ({"x.ipynb": data[:1001]}, {})


def test_all_that_is_read_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 2500)
    members = [(f"{i}/x.ipynb", os.urandom(1000)) for i in range(5)]
    files, refused = read(pack(tmp_path / "a.zip", *members))
    assert files == dict(members[:2])
    assert all("give it in parts" in reason for reason in refused.values())


def test_encrypted_members_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    (tmp_path / "x.ipynb").write_text("{}")
    subprocess.run(["zip", "-qP", "secret", path, "x.ipynb"], cwd=tmp_path, check=True)
    files, refused = read(path)
    assert files == {}
    assert refused["x.ipynb"] == "it is encrypted: hand it in without a password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_is_refused(tmp_path, method):
    path = pack(tmp_path / "a.zip", (member("x.ipynb", compress_type=method), b"1"))
    assert "plain .zip" in read(path)[1]["x.ipynb"]


def test_archives_within_are_files(tmp_path):
    inner = pack(tmp_path / "inner.zip", ("jane/x.ipynb", b"1")).read_bytes()
    assert read(pack(tmp_path / "a.zip", ("jane/x.zip", inner))) == ({"jane/x.zip": inner}, {})


def test_too_many_members(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 50)
    path = pack(tmp_path / "a.zip", *[(f"{i}/x.ipynb", b"") for i in range(51)])
    (tmp_path / "class").mkdir()
    for i in range(51):
        (tmp_path / "class" / f"{i}.ipynb").touch()
    for place in (path, tmp_path / "class"):
        with pytest.raises(ValueError, match="more than 50 files"):
            read(place)


def test_too_many_members_that_say_they_are_few(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 50)
    path = pack(tmp_path / "a.zip", *[(f"{i}/x.ipynb", b"") for i in range(51)])
    data = bytearray(path.read_bytes())
    data[-14:-10] = struct.pack("<HH", 1, 1)
    path.write_bytes(data)
    with pytest.raises(ValueError, match="more than 50 files"):
        read(path)


@pytest.mark.parametrize("zip64", [False, True])
def test_too_many_members_are_not_even_listed(tmp_path, monkeypatch, zip64):
    """100 000 of them: `zipfile`, which reads the list at once, is not asked."""
    path = tmp_path / "a.zip"
    count = 100_000 if zip64 else 60_000
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, *[0] * 14)
    said, size = min(count, 0xFFFF), 46 * count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, size, 0, 0)
    if zip64:
        record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, 0)
        end = record + struct.pack("<4sLQL", b"PK\6\7", 0, size, 1) + end
    path.write_bytes(entry * count + end)
    assert len(zipfile.ZipFile(path).infolist()) == count
    monkeypatch.setattr(archives.zipfile, "ZipFile", lambda *a: pytest.fail("listed"))
    with pytest.raises(ValueError, match="more than 50000 files"):
        read(path)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"Rar!\x1a\x07\x01\x00", b"PK\5\6", b"PK\5\6" + b"\xff" * 18]
)
def test_what_is_no_archive(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"no zip archive|more than") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_what_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "a.zip")


GOOD = [("jane/x.ipynb", b"{}" * 99), ("jürg/y.ipynb", b"[]")]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4),
       st.integers(0, 400))  # fmt: skip
@settings(deadline=None)
def test_a_damaged_archive_is_refused_or_read(changes, end):
    with tempfile.TemporaryDirectory() as folder:
        path = pack(Path(folder) / "a.zip", *GOOD)
        data = bytearray(path.read_bytes())
        for place, value in changes:
            data[place % len(data)] = value
        path.write_bytes(data[: len(data) - end // 20])
        try:
            files, _ = read(path)
        except ValueError as error:
            assert type(error) is ValueError  # noqa: PT017
        else:
            assert set(files.values()) <= {data for _, data in GOOD} | {b""}


def test_names_in_utf_8_that_do_not_say_so(tmp_path):
    """As some packers write them: `zipfile` takes them for the IBM PC's letters."""
    path = pack(tmp_path / "a.zip", ("ju\u0308rg/x.ipynb", b"1"))
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags + 1] &= ~0x08
    path.write_bytes(data)
    assert zipfile.ZipFile(path).namelist() == ["ju╠êrg/x.ipynb"]
    assert read(path) == ({"ju\u0308rg/x.ipynb": b"1"}, {})


def times(path: Path, **options: Any) -> dict[str, datetime]:
    with opened(path, **options) as listing:
        return {file.path: file.time for file in listing.files}


def test_the_time_in_an_archive_is_local_unless_it_says_more(tmp_path):
    utc = struct.pack("<HHBi", 0x5455, 5, 1, 1_000_000_000)
    path = pack(
        tmp_path / "a.zip",
        (member("local"), b""),
        (member("utc", extra=struct.pack("<HH4s", 1, 4, b"1234") + utc), b""),
        (member("none", date_time=(1980, 0, 0, 0, 0, 0)), b""),
    )
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    zone = timezone(timedelta(hours=5, minutes=30))
    assert times(path, zone=zone) == {
        "local": noon - timedelta(hours=5, minutes=30),
        "utc": datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC),
        "none": datetime(1970, 1, 1, tzinfo=UTC),
    }
    here = noon.replace(tzinfo=None).astimezone()
    assert times(path)["local"] == here


def test_the_time_in_a_folder_is_the_files(tmp_path):
    path = tmp_path / "class" / "x.ipynb"
    path.parent.mkdir()
    path.touch()
    os.utime(path, (0, 1_000_000_000))
    assert times(path.parent) == {"x.ipynb": datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)}
