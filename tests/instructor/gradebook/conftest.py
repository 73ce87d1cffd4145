"""A course, and each of the two databases, empty at first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.instructor.gradebook import graded, postgres


@pytest.fixture
def course(tmp_path) -> Path:
    return graded.make_course(tmp_path)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if postgres.MISSING:
        pytest.skip(postgres.MISSING)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request, course) -> str:
    """Each test that asks for it runs on both databases, empty at first."""
    if request.param == "sqlite":
        return f"sqlite:///{course / 'marks.db'}"
    url = request.getfixturevalue("server")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
