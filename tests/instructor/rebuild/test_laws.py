"""Whatever is done to the cells of a submission, no answer is another cell's text in silence."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode, from_dict

from course_utils.instructor.rebuild import Rebuilt, rebuild
from course_utils.instructor.rebuild.python_text import normal, same_code
from tests import bank
from tests.instructor.handed_in import code_answers, handed_in, open_answers, released
from tests.instructor.rebuild.damage import (
    Damage,
    damaged,
    damages,
    duplicate,
    leave_stub_and_answer_below,
    lose_all,
    lose_marker,
    lose_nbgrader,
    merge,
    move,
    places,
    rename,
    retag,
    swap_metadata,
    write_code,
)
from tests.instructor.rebuild.rebuilding import assert_as_released


def unmarked(text: str) -> str:
    first, _, rest = text.partition("\n")
    return normal(rest if first.startswith("# exercise") else text)


def in_silence(result: Rebuilt, notebook: NotebookNode, name: str) -> list[str]:
    """Answers that are neither right, nor gone, nor doubted."""
    rights, wrong = code_answers(name) | open_answers(name), []
    doubted = {doubt.partition(":")[0] for doubt in result.doubts}
    cut_off = any("cut off" in doubt for doubt in result.doubts)
    for answer, received in (result.answers | result.open_answers).items():
        right = unmarked(rights[answer])
        gone = answer in result.missing and not any(right in c.source for c in notebook.cells)
        # The stub may stand above it in the same cell: what is defined last counts. Who marks an
        # open answer sees all that was merged with it.
        same = same_code(unmarked(received), right) or unmarked(received).endswith(right)
        same |= answer in result.open_answers and right in received
        if not (gone or same or answer in doubted or cut_off):
            wrong.append(answer)
    return wrong


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(bank.EXERCISES)), damages)
@example("denoising_autoencoders", [(merge, 19, 0), (merge, 19, 0)])
@example("linear_networks", [(leave_stub_and_answer_below, 4, 0), (merge, 30, 0)])
def test_no_answer_is_another_text_in_silence(
    name: str, done: list[tuple[Damage, int, int]]
) -> None:
    notebook = damaged(name, done)
    result = rebuild(released(name), notebook)
    assert_as_released(result, name)
    assert in_silence(result, notebook, name) == []


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(sorted(bank.EXERCISES)),
    st.lists(
        st.tuples(st.sampled_from([move, duplicate, retag, write_code]), places, places), max_size=6
    ),
)
def test_what_students_do_every_day_needs_nobody(name: str, done: list) -> None:
    result = rebuild(released(name), damaged(name, done))
    assert result.answers | result.open_answers == code_answers(name) | open_answers(name)
    assert (result.missing, result.doubts) == (frozenset(), ())


@given(
    st.sampled_from(sorted(bank.EXERCISES)),
    st.sampled_from([lose_nbgrader, lose_all, lose_marker, swap_metadata, rename]),
    *[places] * 2,
)
@settings(deadline=None, max_examples=50)
def test_one_lost_or_wrong_label_costs_no_code_answer(
    name: str, damage: Damage, i: int, j: int
) -> None:
    result = rebuild(released(name), damaged(name, [(damage, i, j)]))
    assert {n: unmarked(text) for n, text in result.answers.items()} == {
        n: unmarked(text) for n, text in code_answers(name).items()
    }
    assert result.missing == frozenset()
    assert not {doubt.partition(":")[0] for doubt in result.doubts} & set(result.answers)


FRAGMENTS = [
    *("# exercise: train\n", "# check: train\n", "def train(", "class LinSin:\n", "LinSin.phi = "),
    *("%%time\n", "!ls \\\n", "'''", "(", "    ", "\t", "\n", "\r\n", "\f", "x = 1\n", "import *"),
]
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(st.characters(), max_size=5)).map("".join)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["train", "check_train", "text_1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nbgrader", "grade_id", "id", "tags"]), inner)
    ),
    max_leaves=6,
)
metadata = st.dictionaries(st.sampled_from(["nbgrader", "id", "tags"]), json)
kinds = st.sampled_from(["code", "markdown", "raw"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 21), kinds, texts, metadata), min_size=1, max_size=4))
def test_nothing_in_a_file_stops_it(changes: list) -> None:
    """Whatever stands in some cells, the rest is graded; and nothing but answers is let in."""
    notebook, changed = handed_in("lazy_training"), set()
    for place, kind, text, data in changes:
        node = notebook.cells[place]
        changed.add(node.id)
        node.cell_type, node.source, node.metadata = kind, text, from_dict(data)
    result = rebuild(released("lazy_training"), notebook)
    assert_as_released(result, "lazy_training")
    doubted = {doubt.partition(":")[0] for doubt in result.doubts}
    for answer, right in code_answers("lazy_training").items():
        assert result.answers[answer] == right or answer in doubted | changed
    assert not any(ord(letter) < 32 for line in (*result.audit, *result.doubts) for letter in line)
