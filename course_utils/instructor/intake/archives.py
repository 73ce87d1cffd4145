"""The files in a folder or a zip archive, none of them trusted, none of them unpacked.

`opened` lists what there is. A file is read when asked for, into memory, within limits; nothing is
ever extracted to a path that an archive names. What could lead elsewhere or blow up is refused
with a reason: links, hard links and devices, paths with `..`, from the root, with backslashes or
control characters, names that differ in case only, encrypted members, compression that hides a
thousandfold. Archives within an archive are files like others, not opened.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from course_utils.checks.plain_json import MAX_BYTES, Refused
from course_utils.instructor.intake.files import (
    NO_TIME,
    File,
    Found,
    folded,
    has_control,
    in_folder,
)

MAX_MEMBERS = 50_000
MAX_DIRECTORY = 50_000_000
"""Bytes of a zip's own list of its members."""
MAX_TOTAL = 10_000_000_000
"""Bytes that are read of one archive, all files together."""
MAX_RATIO, FREE = 200, 1_000_000
"""How often a file may be larger than it is in the archive, from so many bytes on."""
ENCRYPTED, UTF_8 = 0x1, 0x800
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Listing:
    """What a folder or an archive holds."""

    files: tuple[File, ...]
    refused: tuple[tuple[str, str], ...]
    """Path and reason of what is not even looked at."""


@contextmanager
def opened(path: Path, zone: tzinfo | None = None) -> Iterator[Listing]:
    """The files at `path`, a folder or a zip archive; those in hidden folders are left out.

    Times: a folder's files have their own; a zip member has the local time in `zone` (by default
    that of this machine), or UTC where the archive says it (the extended timestamp).
    """
    if path.is_dir():
        yield _checked(list(in_folder(path, MAX_MEMBERS)))
        return
    with path.open("rb") as file, _archive(path, file) as archive:
        yield _checked(list(_members(archive, zone)))


def _checked(found: list[Found]) -> Listing:
    """Refuse paths that lead elsewhere, and those that are one on other file systems."""
    same = Counter(folded(path) for path, _ in found)
    files, refused = [], []
    for path, file in found:
        reason = file if isinstance(file, str) else _unsafe(path)
        if not reason and same[folded(path)] > 1:
            reason = "another file has the same name, but for upper and lower case"
        if reason or isinstance(file, str):
            refused.append((path, reason))
        elif not _is_hidden(path):
            files.append(file)
    return Listing(tuple(files), tuple(refused))


def _unsafe(path: str) -> str:
    if has_control(path):
        return "its name holds control characters or is no text"
    if path.startswith("/") or "\\" in path or DRIVE.match(path):
        return "its path leads out of the archive: backslash, drive or root"
    if {"..", ".", ""} & set(path.split("/")):
        return "its path leads out of the archive: '..' or an empty part"
    return ""


def _is_hidden(path: str) -> bool:
    """Jupyter's checkpoints, and what macOS adds to archives."""
    parts = path.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)


def _archive(path: Path, file: BinaryIO) -> zipfile.ZipFile:
    """The opened archive; ValueError if it is none or if its list of members is too long."""
    count, size = _announced(file)
    if count > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise ValueError(f"{str(path)!r}: more than {MAX_MEMBERS} files: give it in parts")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError, OSError) as error:
        raise ValueError(
            f"{str(path)!r} is no zip archive ({error}): give the folder, or the .zip as the "
            "platform gave it"
        ) from None


def _announced(file: BinaryIO) -> tuple[int, int]:
    """How many members a zip says it has, and the size of their list, which is read at once."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - 65_557 - 76))
    tail = file.read()
    end, end_64 = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    if end < 0 or len(tail) < end + 22:
        return 0, 0  # no zip: `zipfile` says so
    count, size = struct.unpack_from("<HI", tail, end + 10)
    if end_64 < 0 or len(tail) < end_64 + 48:
        return count, size
    count_64, size_64 = struct.unpack_from("<QQ", tail, end_64 + 32)
    # All ones stand for "see the 64-bit form".
    return max(count_64, count % 0xFFFF), max(size_64, size % 0xFFFFFFFF)


def _members(archive: zipfile.ZipFile, zone: tzinfo | None) -> Iterator[Found]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"more than {MAX_MEMBERS} files in the archive: give it in parts")
    left = [MAX_TOTAL]
    for member in members:
        path = _name(member)
        if path.endswith("/") and member.file_size == 0 and not _odd(member):
            continue
        yield path, _bomb(member) or File(path, _time(member, zone), _reader(archive, member, left))


def _name(member: zipfile.ZipInfo) -> str:
    """The whole name, also beyond a NUL; UTF-8 where it is that without saying so."""
    name = member.orig_filename
    if member.flag_bits & UTF_8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _odd(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _bomb(member: zipfile.ZipInfo) -> str:
    """Why a member is not to be read, by what the archive says of it."""
    if _odd(member):
        return "a link or a device"
    if member.flag_bits & ENCRYPTED:
        return "it is encrypted: hand it in without a password"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "its compression is unusual: pack it as a plain .zip"
    if member.file_size > max(FREE, MAX_RATIO * member.compress_size):
        return f"it is packed {member.file_size / max(member.compress_size, 1):.0f}-fold"
    return ""


def _reader(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: list[int]
) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with archive.open(member) as file:
                data = file.read(MAX_BYTES + 1)
        except UNREADABLE as e:
            raise Refused(f"it cannot be unpacked ({e}): hand it in again") from None
        left[0] -= len(data)
        if left[0] < 0:
            raise Refused(f"the archive holds more than {MAX_TOTAL / 1e9:.0f} GB: give it in parts")
        return data

    return read


UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError
)  # fmt: skip


def _time(member: zipfile.ZipInfo, zone: tzinfo | None) -> datetime:
    extra = member.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return datetime.fromtimestamp(struct.unpack_from("<i", extra, 5)[0], UTC)
        extra = extra[4 + size :]
    try:
        local = datetime(*member.date_time)
        return (local.replace(tzinfo=zone) if zone else local.astimezone()).astimezone(UTC)
    except (ValueError, OverflowError):  # such as month 0
        return NO_TIME
