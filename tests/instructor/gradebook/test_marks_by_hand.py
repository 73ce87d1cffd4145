"""Marks that a person gave survive what is graded later."""

from nbgrader.api import Gradebook

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import by_hand
from course_utils.instructor.pages.student_work import Mark
from tests.e2e.classroom import nbgrader, own_defaults
from tests.instructor.gradebook.formgrader import formgrader
from tests.instructor.gradebook.graded import NAME, OPEN, Notebooks, record
from tests.instructor.gradebook.read_back import mark_by_hand, marks


def test_a_mark_given_in_the_formgrader_survives(course):
    """The page shows what staff need, and what is saved there is there after the next grading."""
    texts = {"ann": {OPEN: "Since <script>alert('ann')</script> the features stay."}}
    arguments = {"root": course, "notebook_of": Notebooks(texts)}
    first = record("ann", lost=["check_train"], review=("two answers named train",))
    gradebook.write([first], **arguments)
    with formgrader(course) as server:
        (listed,) = server.get(f"submitted_notebooks/{NAME}/{NAME}")
        assert (listed["score"], listed["max_score"]) == (13, 20)
        assert (listed["needs_manual_grade"], listed["failed_tests"]) == (True, True)
        assert listed["flagged"]
        page = server.page(f"submissions/{listed['id']}/")
        for shown in (
            "two answers named train",
            "expected 1.25, received 2.5",
            "the features stay",
        ):
            assert shown in page
        assert "<script>alert('ann')" not in page
        (grade,) = (
            g for g in server.get(f"grades?submission_id={listed['id']}") if g["name"] == OPEN
        )
        server.put(f"grade/{grade['id']}", manual_score=3.5, extra_credit=None)
        comments = server.get(f"comments?submission_id={listed['id']}")
        (comment,) = (c for c in comments if c["name"] == OPEN)
        server.put(f"comment/{comment['id']}", manual_comment="Well said.")
        # While the server runs, as a teacher has it.
        (change,) = gradebook.write([record("ann", key="2")], **arguments)
        assert str(change) == "ann: 16.5 -> 19.5 (check_train 0 -> 3)"
        (listed,) = server.get(f"submitted_notebooks/{NAME}/{NAME}")
        assert (listed["score"], listed["needs_manual_grade"], listed["flagged"]) == (
            *(19.5, False, False),
        )
    nbgrader(own_defaults(course), "generate_feedback", NAME)
    assert "Well said." in (course / "feedback" / "ann" / NAME / f"{NAME}.html").read_text()


def test_marks_by_hand_survive_while_the_text_stays(course, db_url):
    texts = {"ann": {OPEN: "Since the features stay."}, "bob": {OPEN: "Since …"}}
    first = [record("ann", lost=["check_train"]), record("bob")]
    gradebook.write(first, root=course, notebook_of=Notebooks(texts), db_url=db_url)
    mark_by_hand(db_url, "ann", OPEN, 3.5, "Well said.")
    mark_by_hand(db_url, "bob", OPEN, 2.0, "Why?")

    assert by_hand.read(course, NAME, db_url=db_url) == {
        "ann": {OPEN: Mark(3.5, "Well said.")},
        "bob": {OPEN: Mark(2.0, "Why?")},
    }

    texts["bob"] = {OPEN: "Since the tangent kernel is constant."}
    again = [record("ann", key="2"), record("bob", key="2")]
    arguments = {"root": course, "notebook_of": Notebooks(texts), "db_url": db_url}
    foretold = gradebook.dry_run(again, **arguments)
    before = marks(db_url)
    changes = gradebook.write(again, **arguments)

    assert foretold == changes
    assert [str(change) for change in changes] == [
        "ann: 16.5 -> 19.5 (check_train 0 -> 3)",
        f"bob: 18 -> 16 ({OPEN} 2 -> 0; {OPEN}: the mark 2 was for another text, withdrawn)",
    ]
    assert marks(db_url)["ann"][OPEN] == before["ann"][OPEN] == (None, 3.5, 3.5, False)
    assert marks(db_url)["bob"][OPEN] == (None, None, 0, True)
    given = by_hand.read(course, NAME, db_url=db_url)
    assert given == {"ann": {OPEN: Mark(3.5, "Well said.")}}
    with Gradebook(db_url) as book:
        assert book.find_comment(OPEN, NAME, NAME, "ann").comment == "Well said."
        assert book.find_comment(OPEN, NAME, NAME, "bob").comment == (
            f"For an earlier text: {OPEN} 2 of 4.\nComment on an earlier text: Why?"
        )
