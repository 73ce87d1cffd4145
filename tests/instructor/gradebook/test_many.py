"""What a grading of a large class asks of the database."""

from sqlalchemy import Engine, event

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import writer
from tests.instructor.gradebook.graded import Notebooks, record
from tests.instructor.gradebook.read_back import marks, sqlite_of


def test_no_query_reads_a_whole_table(course, monkeypatch):
    """So the time per record does not grow with the records that are there."""
    monkeypatch.setattr(writer, "BATCH", 3)
    records = [record(f"s{i}") for i in range(9)]
    asked = set()
    growing = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
    growing.add("course_graded")

    def listen(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and "?" in statement:
            asked.add((statement, str(parameters[0] if executemany else parameters)))
            plan = cursor.connection.execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters[0] if executemany else parameters
            )
            scans = [row[3] for row in plan.fetchall() if row[3].startswith("SCAN")]
            assert not {scan.split()[1] for scan in scans} & growing, statement

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for key in ("1", "2"):
            again = [record(r.student, key=key, lost=["check_train"]) for r in records]
            gradebook.write(again, root=course, notebook_of=Notebooks())
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert len(asked) > 10
    assert len(marks(sqlite_of(course))) == 9
