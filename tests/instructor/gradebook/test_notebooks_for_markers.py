"""The notebook for the person who marks: all that staff should know, and nothing that runs."""

import bs4
import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import autograded
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import NAME, OPEN, Notebooks, record


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


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`<b>` <svg/onload=alert(1)>",
    "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1) 'onclick=x')",
    "[x]\n\n[x]: data:text/html;base64,PHNjcmlwdD4=",
    "![](javascript:alert(1))",
    "<javascript:alert(1)>",
    "&#60;script&#62; [x](java&#115;cript:alert(1)) [x](java&Tab;script:alert(1))",
    r"$\href{javascript:alert(1)}{x}$ $\require{x}$ \&#104;ref",
    "<!-- --><style>*{display:none}</style><?php ?>",
    "\x1b[31mred\x00\u202e",
    "| a |\n|---|\n| <iframe src=//x> |\n\n<details open ontoggle=alert(1)>",
]


def check_harmless(source: str) -> None:
    """Rendered as the formgrader does, it holds no element or address that does anything."""
    page = bs4.BeautifulSoup(markdown2html(source), "html.parser")
    for element in page.find_all(True):
        assert element.name not in {"script", "style", "iframe", "svg", "details", "form", "object"}
        for name, value in element.attrs.items():
            assert not name.startswith("on")
            if name in {"href", "src"}:
                scheme = "".join(str(value).split()).lower()
                assert not scheme.startswith(("javascript:", "data:", "vbscript:"))
    assert "\\href" not in page.get_text()
    assert "\\require" not in page.get_text()


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=5)), max_size=4),
    st.text(max_size=2),
)
def test_what_a_student_wrote_does_nothing_in_the_markers_browser(parts, glue):
    node = graded.notebook({OPEN: glue.join(parts)})
    written = autograded.marked_up(record("ann"), node)
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
        except AssertionError:
            held += 1
    assert held >= 6


def test_plain_mathematics_reads_as_written():
    plain = "Since $a < b$ and `x = 1`, *so* $$\\frac{1}{2} \\sum_i x_i$$ holds: 1 & 2."
    assert autograded.defused(plain) == plain
