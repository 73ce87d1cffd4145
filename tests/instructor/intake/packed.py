"""Archives made by hand, and what can be read of them."""

import zipfile
from pathlib import Path
from typing import Any

from course_utils.checks.plain_json import Refused
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
