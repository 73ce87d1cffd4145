"""Stand-ins for objects that stay in an answer's process."""

import numpy as np
import pytest
import torch

from course_utils.instructor.inside.checks import AnswerRaised, StandIn
from course_utils.instructor.inside.codec import Decoder
from tests.instructor.inside.answering import answering, handle, is_crossing, outcome, reply


@pytest.mark.parametrize(
    "parts",
    [
        *((number, "A") for number in (-1, 2**32, 10**400, 1.0, True, None, "0", [], {}, [["n"]])),
        *((0, kind) for kind in ("", "a b", "a.b", "1", "a\0", "é\ud800", None, 3, [], "A" * 81)),
        (),
        (0,),
        (0, "A", 1),
    ],
)
def test_handles_of_other_shapes_are_refused(parts):
    assert is_crossing(outcome(handle(*parts)))


@pytest.mark.parametrize("kind", ["A", "int", "float", "ndarray", "Tensor", "StandIn", "__init__"])
def test_a_handle_is_a_stand_in_whatever_its_name(kind):
    value = outcome(handle(5, kind))
    assert type(value).__name__ == (kind if kind in ("int", "float") else "object")
    assert type(value).__bases__ == (StandIn,)
    assert not isinstance(value, (int, float, np.ndarray, torch.Tensor))


def test_a_stand_in_asks_for_its_object_by_number():
    with answering(handle(7, "A"), reply({"method": True}), reply({"value": 3})) as (f, requests):
        assert f().double(1) == 3
    sent_back = [
        Decoder(lambda node, _: tuple(node)).message(request[1:]) for request in requests[1:]
    ]
    assert [r["handle"] for r in sent_back] == [("h", 7, "object")] * 2
    assert [(r["attribute"], r["call"]) for r in sent_back] == [("double", False), ("double", True)]


def test_a_stand_in_has_no_private_attributes_and_no_length():
    value = outcome(handle(0, "A"))  # its socket is closed: asking would fail
    for name in ("_anything", "__array__", "__len__", "__float__", "__torch_function__"):
        assert not hasattr(value, name)
    for reader in (len, float, iter, list, int, np.float64):
        with pytest.raises(TypeError):
            reader(value)


@pytest.mark.parametrize("answer", [{"method": 1, "value": 2}, {"method": 1, "error": {}}, {}])
def test_an_attribute_is_a_value_or_a_method(answer):
    with answering(reply(answer)) as (f, _), pytest.raises(AnswerRaised):
        f.attribute  # noqa: B018


def test_what_a_check_cannot_give_is_not_sent():
    with answering() as (f, requests), pytest.raises(ValueError, match="cannot cross: function"):
        f(lambda: None)
    assert requests == []
