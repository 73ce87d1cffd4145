"""Archives that hold more than they should, or than they say."""

import os
import struct
import zipfile

import pytest

from course_utils.instructor.intake import archives
from tests.instructor.intake.packed import pack, read


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
