"""Archives that are encrypted, damaged or none, and the names and times in good ones."""

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

from course_utils.instructor.intake.archives import opened
from tests.instructor.intake.packed import member, pack, read


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
