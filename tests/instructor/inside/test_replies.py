"""What an answer's process may say to a check: one of a few exceptions comes of it, or a value."""

import builtins
import json
import socket
import threading
from contextlib import contextmanager

import numpy as np
import pytest
import torch

from course_utils import data, models
from course_utils.instructor.inside import checks, frames
from course_utils.instructor.inside.checks import AnswerRaised, AnswersLost, Link, StandIn, _raised
from course_utils.instructor.inside.codec import Decoder
from tests.instructor.inside import wire
from tests.instructor.inside.wire import allowed, packed, refuse, sent


@contextmanager
def answering(*replies):
    """A stand-in whose calls get these replies, one after the other, and the requests it makes."""
    ours, theirs = socket.socketpair()
    requests = []

    def answer():
        for reply in replies:
            requests.append(frames.receive(theirs))
            frames.send(theirs, reply)
        theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with ours:
            yield StandIn(Link(ours), "f"), requests
    finally:
        thread.join()


def reply(value):
    return b"A" + sent(value, wire.encoded)


def outcome(message, *args, **kwargs):
    """What a call of the stand-in gives or raises, if it is any of what is documented."""
    with answering(message) as (f, _):
        try:
            return f(*args, **kwargs)
        except (AnswerRaised, AnswersLost) as error:
            return error


def is_crossing(error):
    return isinstance(error, AnswerRaised) and error.described["crossing"]


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


# arguments ----------------------------------------------------------------------------------------


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


# errors -------------------------------------------------------------------------------------------

KINDS = sorted(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_python_is_raised_as_what_the_answer_raised(kind):
    error = outcome(reply({"error": {"kind": kind, "text": "why", "line": 7}}))
    assert isinstance(error, AnswerRaised)
    assert "why" in str(error)
    assert error.described["text"] == "why"
    assert error.described["line"] == 7
    base = getattr(builtins, kind)
    special = {"StopIteration", "StopAsyncIteration"}  # would end a check's loop
    special |= {k for k in KINDS if k.startswith("Unicode") or k.endswith("Group")}
    if issubclass(base, Exception) and kind not in special:
        assert isinstance(error, base)
        assert error.described["kind"] == kind
    elif not issubclass(base, Exception):
        assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)


def test_a_loop_does_not_end_where_an_answer_stops():
    with answering(reply({"error": {"kind": "StopIteration", "text": ""}})) as (f, _):
        numbers = map(f, [1, 2])
        with pytest.raises(AnswerRaised):
            list(numbers)


NO_KINDS = ["object", "exit", "BaseException", "GeneratorExit", "eval", "__import__", "print", ""]
NO_KINDS += ["type", "__debug__", "__doc__", "None", "CheckFailed", "AnswersLost", "os.system", "é"]
NO_KINDS += ["\ud800", "\0", "A" * 10**6, None, 3, True, 2.5, [], ["ValueError"], {}, b"KeyError"]
NO_KINDS += [
    np.zeros(3),
    torch.zeros(2),
    object(),
    ValueError,
]


@pytest.mark.parametrize("kind", NO_KINDS, ids=lambda kind: ascii(kind)[:20])
def test_what_is_no_kind_is_an_exception_as_any(kind):
    error = outcome(reply({"error": {"kind": kind, "text": "why"}}))
    assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)
    assert error.described["kind"] == "Exception"
    assert str(error) == "why"


VALUES = [None, True, -1, 3, 10**3000, 2.5, "text", "\ud800", "a" * 10**6, b"why", [1], {"a": 1}]
VALUES += [np.zeros(3), np.float64(2), torch.zeros(2), torch.float32, object(), len, (1, 2)]
VALUES += [models.ShallowMLP(2, seed=0), data.ToyRegression(3, seed=0), data.landscape("bowl")]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("field", ["kind", "text", "line", "cell", "trace", "crossing", "other"])
def test_a_description_may_hold_anything(field, value):
    good = {"kind": "ValueError", "text": "why", "line": 1, "cell": "", "trace": "", "crossing": 0}
    error = outcome(reply({"error": good | {field: value}}))
    assert isinstance(error, AnswerRaised)
    check_description(error)


@pytest.mark.parametrize("described", VALUES, ids=lambda value: type(value).__name__)
def test_a_description_may_be_anything(described):
    error = outcome(reply({"error": described}))
    assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)
    check_description(error)


def check_description(error):
    """It is plain, short, and can be written down."""
    what = error.described
    assert set(what) == {"kind", "text", "line", "trace", "crossing"}
    assert type(what["kind"]) is type(what["text"]) is type(what["trace"]) is str
    assert what["line"] is None or type(what["line"]) is int
    assert type(what["crossing"]) is bool
    assert len(json.dumps(what)) < 60_000
    str(what).encode()
    str(error).encode()


def test_a_module_that_was_broken_on_purpose_is_not_written_out():
    """`str` of it runs the code of its class."""
    broken = models.ShallowMLP(2, seed=0)
    broken.layers[0].in_features = object()
    error = _raised({"kind": "ValueError", "text": broken, "trace": broken})
    assert str(error) == ""


def test_a_line_is_one_of_a_cell():
    lines = {line: _raised({"line": line}).described["line"] for line in (-1, 0, 1, 999, 10**3000)}
    assert lines == {-1: None, 0: None, 1: 1, 999: 999, 10**3000: None}


def test_texts_are_cut():
    error = _raised({"kind": "KeyError", "text": "a" * 10**6, "trace": "b" * 10**6})
    assert len(error.described["text"]) == checks.LONGEST_MESSAGE
    assert len(error.described["trace"]) == checks.LONGEST_TRACE


# handles ------------------------------------------------------------------------------------------


def handle(*parts):
    return b"A" + packed(["d", [[["s", 5], ["h", *parts]]]], b"value")


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


# any reply ----------------------------------------------------------------------------------------


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
