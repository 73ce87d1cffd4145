"""Messages over a socket: whole or not at all."""

import socket
import threading
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.inside import frames
from course_utils.instructor.inside.frames import FrameError, receive, send


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(st.binary(max_size=300), max_size=5))
def test_messages_arrive_one_by_one(messages):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in messages:
            send(ours, message)
        assert [receive(theirs) for _ in messages] == messages


@settings(max_examples=300, deadline=None, database=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_messages_or_no_message(data):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(data)
        ours.close()
        rest = data
        for message in all_of(theirs):
            assert rest[4:].startswith(message)
            rest = rest[4 + len(message) :]


def all_of(connection):
    """The messages until FrameError."""
    with suppress(FrameError):
        while True:
            yield receive(connection)


def test_a_message_arrives_that_is_larger_than_the_socket_holds(pair):
    ours, theirs = pair
    message = bytes(range(256)) * 2**14
    sender = threading.Thread(target=send, args=(ours, message))
    sender.start()
    assert receive(theirs) == message
    sender.join()


def test_a_length_beyond_the_limit_is_refused_before_anything_is_read(pair):
    ours, theirs = pair
    for length in (frames.LARGEST + 1, 2**32 - 1):
        ours.sendall(frames.LENGTH.pack(length))
        with pytest.raises(FrameError, match=f"a message of {length} bytes"):
            receive(theirs)


def test_what_is_too_long_is_not_sent_at_all(pair):
    ours, theirs = pair
    with pytest.raises(FrameError, match="at most"):
        send(ours, bytes(frames.LARGEST + 1))
    send(ours, b"next")
    assert receive(theirs) == b"next"


def test_who_leaves_has_left_whether_or_not_all_was_read():
    for said in (b"", b"unread"):
        ours, theirs = socket.socketpair()
        with ours:
            ours.sendall(said)
            theirs.close()
            with pytest.raises(FrameError, match="left"):
                receive(ours)
            with pytest.raises(FrameError, match="left"):
                send(ours, b"more")
