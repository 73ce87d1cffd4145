"""A stand-in whose calls get replies made by hand."""

import socket
import threading
from contextlib import contextmanager

from course_utils.instructor.inside import frames
from course_utils.instructor.inside.checks import AnswerRaised, AnswersLost, Link, StandIn
from tests.instructor.inside import wire
from tests.instructor.inside.wire import packed, sent


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


def handle(*parts):
    return b"A" + packed(["d", [[["s", 5], ["h", *parts]]]], b"value")
