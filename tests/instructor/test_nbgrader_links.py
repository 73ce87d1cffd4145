"""What nbgrader's steps make of a link in place of a submission."""

import shutil

import pytest
from nbgrader.converters.base import NbGraderException

from course_utils.instructor.nbgrader_steps import Graded
from tests.instructor import classes

NAME = classes.NAME


@pytest.mark.parametrize("target", ["solutions", "submitted/s0"])
def test_a_link_is_not_taken_for_what_it_leads_to(target, tmp_path):
    """Neither the solution nor another's work is shown as this student's."""
    course = classes.make(tmp_path / "course", 1)
    link = course / "submitted" / "eve" / NAME / f"{NAME}.ipynb"
    link.parent.mkdir(parents=True)
    link.symlink_to(course / target / NAME / f"{NAME}.ipynb")
    with pytest.raises(NbGraderException, match="'eve': no file of its own"):
        Graded().from_filename(str(link), {"nbgrader": {"db_url": None}})
    shutil.rmtree(link.parent)
    link.parent.symlink_to(course / "submitted" / "s0" / NAME)
    with pytest.raises(NbGraderException, match="'eve': no file of its own"):
        Graded().from_filename(str(link), {"nbgrader": {"db_url": None}})
    assert not (course / "graded").exists()
