"""What an answer's process may say to a check: one of a few exceptions comes of it, or a value."""

import numpy as np
import pytest
import torch

from course_utils import data, models
from course_utils.instructor.inside import frames
from course_utils.instructor.inside.checks import AnswerRaised, AnswersLost
from course_utils.instructor.inside.codec import Decoder
from tests.instructor.inside import wire
from tests.instructor.inside.answering import answering, is_crossing, outcome, reply
from tests.instructor.inside.test_errors_of_answers import check_description
from tests.instructor.inside.wire import allowed, packed, refuse, sent


def test_a_value_comes_back_and_arguments_go_out():
    with answering(reply({"value": 2.5, "arguments": [None]})) as (f, requests):
        assert f([1], scale=2) == 2.5
    assert requests[0][:1] == b"C"
    assert Decoder(refuse).message(requests[0][1:]) == {
        "name": "f",
        "handle": None,
        "attribute": "",
        "call": True,
        "args": [[1]],
        "kwargs": {"scale": 2},
    }


WRONG = {
    "nothing": {},
    "a list": [1.0],
    "a number": 1.0,
    "None": None,
    "a method for a call": {"method": True},
    "value and error": {"value": 1.0, "error": {"kind": "ValueError", "text": ""}},
    "value and method": {"value": 1.0, "method": True},
    "another name": {"result": 1.0},
    "arguments without a value": {"arguments": []},
    "arguments that are a number": {"value": 1.0, "arguments": 3},
    "arguments that are None": {"value": 1.0, "arguments": None},
    "arguments that are text": {"value": 1.0, "arguments": "aaaa"},
    "arguments that are a dict": {"value": 1.0, "arguments": {"a": 1}},
    "arguments that are an array": {"value": 1.0, "arguments": np.zeros(3)},
    "arguments that are elsewhere": {"value": 1.0, "arguments": object()},
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_replies_of_another_shape_cannot_be_read(answer):
    dataset = data.ToyRegression(3, seed=0)
    assert is_crossing(outcome(reply(answer), dataset, 2, [3]))


@pytest.mark.parametrize("body", [b"", b"\0", b"\0\0\0\1", b"\0\0\0\2[]", packed(b"[" * 10**5)])
def test_bytes_that_are_no_reply_cannot_be_read(body):
    assert is_crossing(outcome(b"A" + body))


@pytest.mark.parametrize(
    ("message", "status"),
    [
        (b"Ddied", "died"),
        (b"Dtimeout", "timeout"),
        (b"Dpassed", "died"),
        (b"D\xff\xfe", "died"),
        (b"", "died"),
        (b"O", "died"),
        (b'R{"status": "passed"}', "died"),
    ],
)
def test_whoever_is_lost_has_died_or_took_too_long(message, status):
    error = outcome(message)
    assert isinstance(error, AnswersLost)
    assert str(error) == status


def test_no_check_catches_by_accident_that_answers_are_lost():
    assert not issubclass(AnswersLost, Exception)


def test_a_grader_that_leaves_is_no_answer():
    with answering() as (f, _), pytest.raises(frames.FrameError):
        f()


def test_arguments_that_do_not_fit_change_nothing():
    model, dataset = models.ShallowMLP(2, seed=0), data.ToyRegression(4, seed=0)
    before = sent([model, dataset], wire.encoded)
    for arguments in (
        [],
        [dataset, model],
        [None] * 50,
        [models.DeepMLP(2, seed=0), data.landscape("bowl"), *[model] * 20],
        [1, "a"],
        [object(), object()],
        [[model], {"a": dataset}],
        [models.ParticleNetwork(1, 2, seed=1), data.Images("a", np.zeros(1), np.zeros(1))],
    ):
        assert outcome(reply({"value": 1, "arguments": arguments}), model, dataset) == 1
        assert sent([model, dataset], wire.encoded) == before


def test_a_model_that_was_trained_is_the_one_that_was_given():
    model, trained = models.ShallowMLP(2, seed=0), models.ShallowMLP(2, seed=1)
    longer = {"value": 1, "arguments": [None, trained, 3, trained]}
    assert outcome(reply(longer), 0, student=model) == 1
    assert torch.equal(torch.cat([p.flatten() for p in model.parameters()]), weights(trained))


def weights(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def test_any_reply_gives_a_value_or_what_is_documented():
    model, dataset = models.ShallowMLP(2, seed=0), data.ToyRegression(4, seed=0)
    messages = []
    good = [
        reply({"value": v, "arguments": [models.ShallowMLP(2, seed=1), None, dataset]})
        for v in wire.samples()
    ]
    for seed in range(600):
        rng = wire.dice(seed)
        held = bytearray(b"value")
        pairs = [[["s", 5], wire.tree(rng, held)]]
        held += b"arguments"
        pairs += [[["s", 9], ["l", [wire.tree(rng, held) for _ in range(3)]]]]
        messages.append(b"A" + packed(["d", pairs], held))
        held = bytearray(b"error")
        messages.append(b"A" + packed(["d", [[["s", 5], wire.tree(rng, held)]]], held))
        messages.append(b"A" + wire.mutated(rng, good[seed % len(good)][1:]))
    values = 0
    with answering(*messages) as (f, _):
        for _ in messages:
            try:
                value = f(model, 3, dataset)
            except AnswerRaised as raised:
                check_description(raised)
            else:
                assert allowed(value)
                values += 1
    assert values > 100
