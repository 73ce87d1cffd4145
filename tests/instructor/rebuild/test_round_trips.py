"""A student's answers come back as they were written."""

from itertools import zip_longest

import nbformat

from tests import bank
from tests.instructor.handed_in import (
    code_answers,
    handed_in,
    lose_metadata,
    open_answers,
    released,
)
from tests.instructor.rebuild.rebuilding import assert_whole, audit, each_exercise, rebuilt


@each_exercise
def test_answers_come_back(name: str) -> None:
    result = rebuilt(handed_in(name), name)
    assert_whole(result, name)
    for answer in result.answers:
        assert audit(result, answer).startswith("by nbgrader metadata, cell ")


@each_exercise
def test_banked_answers_come_back(name: str) -> None:
    """One answer to each question in a submission, as long as there are."""
    banked = [*bank.answers(name, "right"), *bank.answers(name, "wrong")]
    by_question = [[a for a in banked if a.name == question] for question in code_answers(name)]
    for row in zip_longest(*by_question):
        texts = {answer.name: answer.source for answer in row if answer}
        result = rebuilt(handed_in(name, **texts), name)
        assert result.answers == code_answers(name) | texts
        assert (result.missing, result.doubts) == (frozenset(), ())


@each_exercise
def test_the_release_itself_is_all_missing(name: str) -> None:
    result = rebuilt(released(name), name)
    assert result.missing == set(code_answers(name)) | set(open_answers(name))
    assert (result.notebook, result.doubts) == (released(name), ())


@each_exercise
def test_the_solution_notebook_is_a_submission_too(name: str) -> None:
    path = bank.ROOT / "solutions" / name / f"{name}.ipynb"
    result = rebuilt(nbformat.read(path, as_version=4), name)
    assert (result.answers, result.doubts) == (code_answers(name), ())


@each_exercise
def test_all_metadata_and_ids_lost(name: str) -> None:
    """Code comes back by its markers; the open answer has none, so a person looks."""
    notebook = handed_in(name)
    for node in notebook.cells:
        lose_metadata(node)
    result = rebuilt(notebook, name)
    assert (result.answers, result.open_answers) == (code_answers(name), open_answers(name))
    assert result.missing == frozenset()
    (question,) = open_answers(name)
    assert result.doubts == (f"{question}: found by its place below the question",)
    for answer in result.answers:
        assert audit(result, answer).startswith("by its marker, metadata lost")
