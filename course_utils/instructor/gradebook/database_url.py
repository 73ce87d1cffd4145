"""Where the gradebook lies, and what its database says when it cannot be used: in one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

PATIENCE_S = 60
VARIABLE = "COURSE_DB_URL"
"""Where an address may stand, for the course's commands and for nbgrader's."""


class GradebookError(ValueError):
    """The gradebook cannot be used; the message says why and what to do, in one line."""


def url_of(root: Path, db_url: str | None) -> URL:
    """The address to use; GradebookError for one that cannot be, without its password."""
    db_url = (os.environ.get(VARIABLE) or None) if db_url is None else db_url
    if db_url is None:
        path = str((root / "gradebook.db").absolute())
        return _patient(URL.create("sqlite", database=path))
    remedy = "give sqlite:////PATH or postgresql://USER@HOST/NAME"
    try:
        url = make_url(db_url)
        backend = url.get_backend_name()
        url.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise GradebookError(f"db_url: not the address of a database: {remedy}") from None
    except ModuleNotFoundError as error:
        what = f"{error.name} is missing: pip install 'course-utils[instructor]'"
        raise GradebookError(f"{shown(url)}: {what}") from None
    if backend not in ("sqlite", "postgresql"):
        raise GradebookError(f"{shown(url)}: {backend} is not supported: {remedy}")
    if backend == "sqlite" and file_of(url) in ("", ":memory:"):
        raise GradebookError(f"{shown(url)}: a database in memory keeps nothing: {remedy}")
    return _patient(url) if backend == "sqlite" else url


def _patient(url: URL) -> URL:
    """SQLite waits while the formgrader saves a mark."""
    return url.update_query_dict({"timeout": str(PATIENCE_S)})


def file_of(url: URL) -> str:
    """SQLite's file, in either of its two forms of an address."""
    return (url.database or "").removeprefix("file:")


def shown(url: URL) -> str:
    """The address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def one_line(url: URL) -> Iterator[None]:
    """Errors of the database as one line: without SQL, parameters and password."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())[:300]
        raise GradebookError(f"{shown(url)}: {said}: {_remedy(said)}") from None


def _remedy(said: str) -> str:
    remedies = {
        "readonly": "make it and its folder writable",
        "read-only": "give an address that can be written to",
        "locked": "another program writes to it: close it, then run this again",
        "not a database": "move it away, or give its address as db_url",
        "unable to open": "check that the folder is there and may be written to",
        "disk": "make room on the disk, then run this again",
    }
    known = (remedy for word, remedy in remedies.items() if word in said)
    return next(known, "check that the database runs and that db_url is right")
