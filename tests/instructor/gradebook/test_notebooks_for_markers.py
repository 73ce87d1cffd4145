"""The notebook for the person who marks: all that staff should know, and nothing that runs."""

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import autograded
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import NAME, OPEN, Notebooks, record
from tests.instructor.gradebook.harmless import ATTACKS, check_harmless


def test_the_notebook_carries_the_messages_for_staff(course):
    result = record("ann", lost=["check_train"], review=("look at <train>",))
    gradebook.write([result], root=course, notebook_of=Notebooks())
    path = course / "autograded" / "ann" / NAME / f"{NAME}.ipynb"
    written = nbformat.read(path, as_version=4)
    nbformat.validate(written)
    outputs = {
        cell.metadata.get("nbgrader", {}).get("grade_id"): cell.outputs
        for cell in written.cells
        if cell.cell_type == "code" and cell.outputs
    }
    assert set(outputs) == {"check_train"}
    (output,) = outputs["check_train"]
    assert output.traceback == [
        "failed, 0 of 3 points: the slope is off",
        "For staff:\nexpected 1.25, received 2.5",
    ]
    assert "look at &lt;train&gt;" in written.cells[0].source
    assert (path.parent / "timestamp.txt").read_text() == result.submitted
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("changed", [True, False])
def test_a_model_answer_stands_above_what_waits_for_a_mark(course, changed):
    gradebook.write([record("ann", changed=changed)], root=course, notebook_of=Notebooks())
    path = course / "autograded" / "ann" / NAME / f"{NAME}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    (at,) = (
        i for i, c in enumerate(cells) if c.metadata.get("nbgrader", {}).get("grade_id") == OPEN
    )
    above = cells[at - 1]
    assert ("Marks: 1 a prediction written down" in above.source) == changed
    assert ("<summary>For staff" in above.source) == changed


@pytest.mark.fault("What goes out", "held", of="scripts in the marker's browser")
@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=5)), max_size=4),
    st.text(max_size=2),
)
def test_what_a_student_wrote_does_nothing_in_the_markers_browser(parts, glue):
    node = graded.notebook({OPEN: glue.join(parts)})
    written = autograded.marked_up(record("ann"), node, {})
    (answer,) = (c for c in written.cells if c.metadata.get("nbgrader", {}).get("grade_id") == OPEN)
    check_harmless(answer.source)
    assert node.cells == graded.notebook({OPEN: glue.join(parts)}).cells  # the one given stays
    nbformat.writes(written).encode()


def test_the_attacks_work_where_they_are_not_defused():
    """So that the test above can fail."""
    held = 0
    for attack in ATTACKS:
        try:
            check_harmless(attack)
        except (AssertionError, InvalidNotebook):
            held += 1
    assert held >= 6


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_picture_is_shown_and_one_that_is_not_there_breaks_no_page():
    held = {"a.png": {"image/png": "iVBORw0KGgo="}}
    text = "![a](attachment:a.png) ![b](attachment:b.png)"
    node = graded.notebook({OPEN: text})
    (cell,) = (c for c in node.cells if c.metadata.get("nbgrader", {}).get("grade_id") == OPEN)
    cell.attachments = held
    with pytest.raises(InvalidNotebook):
        HTMLExporter(template_name="basic").from_notebook_node(node)
    written = autograded.marked_up(record("ann"), node, {})
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(written)
    assert page.count("data:image/png;base64,iVBORw0KGgo=") == 1


def test_plain_mathematics_reads_as_written():
    plain = "Since $a < b$ and `x = 1`, *so* $$\\frac{1}{2} \\sum_i x_i$$ holds: 1 & 2."
    assert autograded.defused(plain) == plain
