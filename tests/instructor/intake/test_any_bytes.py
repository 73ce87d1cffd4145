"""Whatever the bytes are, a plain notebook comes of them or a refusal."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.instructor.intake.submission import Refused, identity, read
from tests.instructor.intake.raw_notebooks import BYTES, RELEASED, check_plain, raw, text, written

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
KEYS = ("cells", "metadata", "source", "cell_type", "id", "attachments", "nbformat", "worksheets",
        "input", "level", "nbgrader", "tags", "course", "outputs")  # fmt: skip


def outcome(data: bytes) -> None:
    """Refused, or a notebook that nothing is to be feared of."""
    try:
        notebook = read(data)
    except Refused:
        return
    assert identity(notebook, RELEASED) in {None, *RELEASED}
    check_plain(notebook)


@given(st.binary() | st.text().map(str.encode) | JSON.map(written))
@settings(deadline=None)
def test_any_bytes(data):
    outcome(data)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_notebook_with_values_replaced(data):
    cells = [text(cell_type="heading", level=1), {"cell_type": "code", "input": "a"}]
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]}
    notebook = data.draw(st.sampled_from([raw(), old]))
    for _ in range(data.draw(st.integers(1, 3))):
        place: Any = notebook
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if not isinstance(inner, dict | list) or data.draw(st.booleans()):
                if isinstance(place, dict) and data.draw(st.booleans()):
                    key = data.draw(st.sampled_from(KEYS))
                place[key] = data.draw(JSON)
                break
            place = inner
    outcome(written(notebook))


@given(st.integers(0, len(BYTES) - 1), st.binary(max_size=4), st.integers(0, 4))
@settings(deadline=None)
def test_a_notebook_with_bytes_replaced(start, new, length):
    outcome(BYTES[:start] + new + BYTES[start + length :])
