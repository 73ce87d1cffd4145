"""A class of attackers, taken in, graded and told of it: nothing of theirs does anything anywhere.

Each has another one: in the code, an error's message, the answer in words, a picture, the name.
"""

import csv
import shutil

import nbformat
import pytest

from course_utils.instructor import classroom, executors, warm
from course_utils.instructor.gradebook.export import export
from tests.bank import ROOT
from tests.instructor.boxes import boxes
from tests.instructor.faults.handing_in import NAME, make_course, put, take, written
from tests.instructor.faults.test_the_batch import Here
from tests.instructor.gradebook.harmless import check_harmless
from tests.instructor.handed_in import cell, handed_in, released
from tests.instructor.handed_in import put as insert
from tests.instructor.pages.reading import faults
from tests.instructor.pages.test_report import faults_but_our_pictures

pytestmark = pytest.mark.bubblewrap
OPEN = "meaning_of_the_plots"
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "event handler": "<img src=x onerror=alert(1)>",
    "SVG": "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "javascript link": "[a](javascript:alert(1)) <javascript:alert(1)>",
    "data link": "[c](data:text/html,<script>alert(1)</script>)",
    "mathematics": r"$\href{javascript:alert(1)}{x}$",
    "terminal escapes": "\x1b[31mred\x1b]0;title\x07\x9b1m\u202eevil",
    "formula": "=cmd()|x",
}
NAMES = dict.fromkeys(ATTACKS, "") | {
    "event handler": "<img src=x onerror=alert(1)>",
    "javascript link": "[a](javascript:alert(1))",
    "terminal escapes": "\u202eevil",
    "formula": "=1+1",
}
STUDENTS = {attack: name or attack for attack, name in NAMES.items()}


def attacking(attack):
    """A notebook with the attack everywhere; two answers of one name, so that a person looks."""
    notebook = handed_in(NAME, **{OPEN: f"{attack}\n\n![p](attachment:p.svg) ![{attack}](x)"})
    cell(notebook, OPEN).attachments = {"p.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}
    raising = (
        f"# exercise: train\n# {attack!r}\ndef train(*a, **k):\n    raise ValueError({attack!r})"
    )
    cell(notebook, "train").source = raising
    cell(notebook, "train").outputs = [
        nbformat.v4.new_output("display_data", {"text/html": attack, "image/svg+xml": attack})
    ]
    named = f"# exercise: train\nprint({attack!r})\ndef train():\n    '''{attack}'''"
    return written(insert(notebook, 0, named))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("what goes out")
    course = make_course(folder / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    files = {f"{STUDENTS[name]}/x.ipynb": attacking(text) for name, text in ATTACKS.items()}
    taken, refused = take(put(folder / "class", files), course)
    assert (set(taken), refused) == (set(STUDENTS.values()), {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))
        patch.setattr(executors, "executor", lambda *_: Here())
        lines = list(classroom.autograde(course, NAME))
        lines += classroom.write_feedback(course, NAME)
        lines += classroom.write_report(course, NAME)
        lines += classroom.review(course, NAME)
    (course / "said.txt").write_text("\n".join(lines), "utf-8")
    export(course, NAME, to=course / "marks.csv")
    return course


def cases(where, of):
    """Each attack once, as a case of a class."""
    return pytest.mark.parametrize(
        "attack",
        [
            pytest.param(
                name, id=f"{name} {where}", marks=pytest.mark.fault("What goes out", "held", of=of)
            )
            for name in ATTACKS
        ],
    )


@cases("in feedback", "scripts in pages")
def test_feedback(attack, course):
    path = course / "feedback" / STUDENTS[attack] / NAME / f"{NAME}.html"
    page = path.read_text("utf-8")
    assert faults(page) == []
    assert "ValueError" in page  # the attack has come this far


@cases("in the formgrader", "scripts in the marker's browser")
def test_the_formgrader(attack, course):
    path = course / "autograded" / STUDENTS[attack] / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    ours = {node.source for node in released(NAME).cells}
    ours |= {node.source for node in notebook.cells if node.id.startswith("model-")}
    theirs = [node for node in notebook.cells if node.source not in ours]
    assert {"train", OPEN} <= {node.id for node in theirs}
    for node in notebook.cells:
        if node.cell_type != "code" and node in theirs:
            check_harmless(node.source)
            assert "image/svg+xml" not in str(node.get("attachments"))
        for output in node.get("outputs", []):
            assert output.output_type == "error"
            assert all(c.isprintable() or c in "\n\t" for c in "".join(output.traceback))


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
def test_the_report(course):
    page = (course / "reports" / f"{NAME}.html").read_text("utf-8")
    assert faults_but_our_pictures(page) == []


@pytest.mark.fault("What goes out", "held", of="terminal escapes")
def test_what_the_commands_print_holds_no_escapes(course):
    lines = (course / "said.txt").read_text("utf-8").split("\n")
    assert len([line for line in lines if "differ" in line]) == len(ATTACKS)
    assert [line for line in lines if not line.isprintable()] == []


@pytest.mark.fault("What goes out", "held", of="formulas in tables")
def test_names_in_a_table_are_no_formulas(course):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(ATTACKS)
    assert [one for row in rows for one in row if one.strip().startswith(tuple("=+-@"))] == []
    assert [row[0] for row in rows if "1+1" in row[0]] == ["'=1+1"]
