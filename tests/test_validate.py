"""Numbers that a caller gives: copied as they are, or refused by name."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from course_utils import _validate

few = settings(max_examples=50, deadline=None)
KINDS = [np.float64, np.float32, np.int64]
numbers = st.sampled_from(KINDS).flatmap(
    lambda kind: npst.arrays(
        kind,
        npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
        elements={"min_value": -1000, "max_value": 1000},
    )
)


@few
@given(numbers, st.booleans())
def test_finite_numbers_come_back_as_a_new_float64_array(value, as_list):
    received = _validate.finite("x", value.tolist() if as_list and value.size else value)
    assert received.dtype == np.float64
    np.testing.assert_array_equal(received, value)
    assert not np.shares_memory(received, value)


@few
@given(numbers, st.floats(-1000, 1000))
def test_the_smallest_number_decides(value, at_least):
    if value.size == 0 or value.astype(np.float64).min() >= at_least:
        assert _validate.finite("x", value, at_least=at_least).shape == value.shape
    else:
        with pytest.raises(ValueError, match=re.escape(f"at least {at_least:g}")):
            _validate.finite("x", value, at_least=at_least)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, None])
@pytest.mark.parametrize("inside", [lambda bad: bad, lambda bad: [1.0, bad], lambda bad: [[bad]]])
def test_what_is_not_finite_is_named(bad, inside):
    value = inside(bad)
    with pytest.raises(ValueError, match=re.escape(f"x={value!r}: give finite numbers")):
        _validate.finite("x", value, at_least=0)


@pytest.mark.parametrize("value", ["two", [1, "b"], [[1, 2], [3]], 1j, {}, [object()]])
def test_what_holds_no_numbers_is_named(value):
    with pytest.raises(ValueError, match=re.escape(f"x={value!r}: give numbers")):
        _validate.finite("x", value)
