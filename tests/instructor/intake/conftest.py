"""A course that takes in."""

from pathlib import Path

import pytest

from tests.instructor.intake.handing_in import copy_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_course(tmp_path / "my course")
