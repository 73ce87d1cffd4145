"""nbgrader's gradebook as the course opens it: one writer at a time, and errors of one line.

SQLite in `gradebook.db` of the course's folder by default; PostgreSQL by its `db_url`, such as
`postgresql://name@host/gradebook`. Beside nbgrader's tables stands one of ours, `course_graded`,
which remembers what was brought in from which record. It lies in the same database so that it
changes together with the marks or not at all; nbgrader and its migrations leave it alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from nbgrader.api import Base, Gradebook
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import scoped_session

LOCK = ".gradebook.lock"
PATIENCE_S = 60
ADVISORY_LOCK = 0x636F757273650001  # "course" and a number: any fixed one does

GRADED = Table(
    "course_graded",
    MetaData(),
    # The id of nbgrader's SubmittedNotebook; no foreign key, or nbgrader could not delete it.
    Column("submission", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("answers", Text, nullable=False),
    Column("reviewed", Boolean, nullable=False),
)


class GradebookError(ValueError):
    """The gradebook cannot be used; the message says why and what to do, in one line."""


@contextmanager
def writing(root: Path, db_url: str | None) -> Iterator[Gradebook]:
    """The gradebook, made if there is none, for this process alone to write to."""
    url = _url(root, db_url)
    with _sole_writer(root), _one_line(url):
        engine = create_engine(url)
        try:
            with engine.connect() as guard:
                if engine.dialect.name == "postgresql":
                    _take_advisory_lock(guard)
                _prepare(engine, url)
                gradebook = Gradebook(url)
                try:
                    yield gradebook
                finally:
                    gradebook.close()
        finally:
            engine.dispose()


@contextmanager
def reading(root: Path, db_url: str | None) -> Iterator[Gradebook | None]:
    """The gradebook to read from, or None if there is none yet; nothing is written."""
    url = _url(root, db_url)
    if url.get_backend_name() == "sqlite" and not Path(_file_of(url)).exists():
        yield None
        return
    with _one_line(url):
        engine = create_engine(url)
        try:
            found = _is_made(engine, url)
        finally:
            engine.dispose()
        if not found:
            yield None
            return
        gradebook = Gradebook(url, course_id="")  # with a course it would write its name
        try:
            yield gradebook
        finally:
            gradebook.close()


def begin(session: scoped_session) -> None:
    """Start a transaction that may write, so that what is read in it holds until its end."""
    if session.get_bind().dialect.name == "sqlite":
        session.rollback()
        session.execute(text("BEGIN IMMEDIATE"))


def _url(root: Path, db_url: str | None) -> URL:
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
        raise GradebookError(f"{_shown(url)}: {what}") from None
    if backend not in ("sqlite", "postgresql"):
        raise GradebookError(f"{_shown(url)}: {backend} is not supported: {remedy}")
    if backend == "sqlite" and _file_of(url) in ("", ":memory:"):
        raise GradebookError(f"{_shown(url)}: a database in memory keeps nothing: {remedy}")
    return _patient(url) if backend == "sqlite" else url


def _patient(url: URL) -> URL:
    """SQLite waits while the formgrader saves a mark."""
    return url.update_query_dict({"timeout": str(PATIENCE_S)})


def _file_of(url: URL) -> str:
    """SQLite's file, in either of its two forms of an address."""
    return (url.database or "").removeprefix("file:")


def _shown(url: URL) -> str:
    """The address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def _sole_writer(root: Path) -> Iterator[None]:
    """The kernel gives the lock back however the process ends."""
    lock = FileLock(root / LOCK)
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        what = "another command is writing to the gradebook: wait until it ends"
        raise GradebookError(f"{root / LOCK}: {what}") from None


def _take_advisory_lock(connection: Connection) -> None:
    """The same on the server, against writers on other machines; held until we disconnect."""
    taken = connection.execute(
        text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK}
    ).scalar()
    connection.commit()
    if not taken:
        where = _shown(connection.engine.url)
        raise GradebookError(f"{where}: another machine is writing to it: wait until it ends")


def _prepare(engine: Engine, url: URL) -> None:
    """Make the tables that are missing: all or none, even when killed."""
    made = _is_made(engine, url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if not made:
            Base.metadata.create_all(connection)
            column = "version_num VARCHAR(32) NOT NULL"
            connection.execute(text(f"CREATE TABLE alembic_version ({column})"))
            insert = text("INSERT INTO alembic_version (version_num) VALUES (:version)")
            connection.execute(insert, {"version": _version()})
        GRADED.create(connection, checkfirst=True)


def _is_made(engine: Engine, url: URL) -> bool:
    """Whether nbgrader's tables are there, in the version of the installed nbgrader."""
    tables = set(inspect(engine).get_table_names())
    if not tables:
        return False
    if "alembic_version" not in tables or not {"assignment", "grade"} <= tables:
        raise GradebookError(f"{_shown(url)}: holds other tables, no gradebook: give another one")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != _version():
        what = f"a gradebook of version {found}, and nbgrader here wants {_version()}"
        remedy = "keep a copy, then run: nbgrader db upgrade"
        raise GradebookError(f"{_shown(url)}: {what}: {remedy}")
    return True


def _version() -> str | None:
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


@contextmanager
def _one_line(url: URL) -> Iterator[None]:
    """Errors of the database as one line: without SQL, parameters and password."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())[:300]
        raise GradebookError(f"{_shown(url)}: {said}: {_remedy(said)}") from None


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
