"""Messages over a stream socket: four bytes of length, then as many bytes."""

import socket
import struct

LENGTH = struct.Struct(">I")
LARGEST = 64 * 2**20
"""Bytes of one message; a longer one is refused before it is read."""


class FrameError(OSError):
    """The other side left, or sent what is no message."""


def send(connection: socket.socket, data: bytes) -> None:
    if len(data) > LARGEST:
        raise FrameError(f"a message of {len(data)} bytes: at most {LARGEST} can cross")
    try:
        connection.sendall(LENGTH.pack(len(data)))
        connection.sendall(data)
    except ConnectionError:
        raise FrameError("the other side has left") from None


def receive(connection: socket.socket) -> bytes:
    """The next message; FrameError at the end of the stream."""
    (length,) = LENGTH.unpack(_exactly(connection, LENGTH.size))
    if length > LARGEST:
        raise FrameError(f"a message of {length} bytes: at most {LARGEST} can cross")
    return _exactly(connection, length)


def _exactly(connection: socket.socket, n: int) -> bytes:
    parts = bytearray()
    while len(parts) < n:
        try:
            part = connection.recv(min(n - len(parts), 2**20))
        except ConnectionError:  # it left before it had read everything
            part = b""
        if not part:
            raise FrameError("the other side has left")
        parts += part
    return bytes(parts)
