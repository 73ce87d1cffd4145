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
    text,
)
from sqlalchemy.orm import scoped_session

from course_utils.instructor.alone import alone
from course_utils.instructor.gradebook.database_url import (
    GradebookError,
    file_of,
    one_line,
    shown,
    url_of,
)

LOCK = ".gradebook.lock"
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


@contextmanager
def writing(root: Path, db_url: str | None) -> Iterator[Gradebook]:
    """The gradebook, made if there is none, for this process alone to write to."""
    url = url_of(root, db_url)
    what = "another command is writing to the gradebook: wait until it ends"
    busy = GradebookError(f"{root / LOCK}: {what}")
    with alone(root / LOCK, busy), one_line(url):
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
    url = url_of(root, db_url)
    if url.get_backend_name() == "sqlite" and not Path(file_of(url)).exists():
        yield None
        return
    with one_line(url):
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


def _take_advisory_lock(connection: Connection) -> None:
    """The same on the server, against writers on other machines; held until we disconnect."""
    taken = connection.execute(
        text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK}
    ).scalar()
    connection.commit()
    if not taken:
        where = shown(connection.engine.url)
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
        raise GradebookError(f"{shown(url)}: holds other tables, no gradebook: give another one")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != _version():
        what = f"a gradebook of version {found}, and nbgrader here wants {_version()}"
        remedy = "keep a copy, then run: nbgrader db upgrade"
        raise GradebookError(f"{shown(url)}: {what}: {remedy}")
    return True


def _version() -> str | None:
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()
