"""The child that runs set-up and answer cells and serves calls; a student's code runs here alone.

It never sees a test. What it says may be anything, since the code that it runs may reach all of it.

    R + JSON {name, source}     run a cell                         -> O, or E + JSON error
    C + value                   call, or read an attribute         -> A + value
"""

import builtins
import json
import linecache
import socket
import sys
import traceback
from typing import Any, NoReturn

from course_utils.checks.running import first_error
from course_utils.instructor.inside import frames, objects
from course_utils.instructor.inside.codec import CodecError, Decoder, Encoder, Node

LONGEST_MESSAGE = 2000
"""Characters of an exception's text that cross."""


class Answers:
    """The namespace of the cells, and the objects that checks hold handles of."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.held: dict[int, Any] = {}
        self.encoder, self.decoder = Encoder(self._encode), Decoder(self._decode)

    def serve(self, connection: socket.socket) -> None:
        """Answer until the other side leaves."""
        sys.breakpointhook = _no_breakpoint
        while True:
            try:
                request = frames.receive(connection)
            except frames.FrameError:
                return
            kind, body = request[:1], request[1:]
            frames.send(connection, self._run(body) if kind == b"R" else b"A" + self._call(body))

    def _run(self, body: bytes) -> bytes:
        cell = json.loads(body)
        name, source = cell["name"], cell["source"]
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        error = first_error(source, name, self.namespace)
        return b"O" if error is None else b"E" + json.dumps(described(error)).encode()

    def _call(self, body: bytes) -> bytes:
        """The value, and what became of datasets and models among the arguments; or an error."""
        try:
            request = self.decoder.message(body)
            target, name = self._target(request), request["attribute"]
            if name:
                target = getattr(target, name)
            if request["call"]:
                value = target(*request["args"], **request["kwargs"])
            elif callable(target):
                return self.encoder.message({"method": True})
            else:
                value = target
            given = [*request["args"], *request["kwargs"].values()]
            changed = [v if objects.name_of(v) else None for v in given]
            return self.encoder.message({"value": value, "arguments": changed})
        except BaseException as error:
            return self.encoder.message({"error": described(error)})

    def _target(self, request: dict) -> Any:
        if request["name"] is None:
            return request["handle"]
        try:
            return self.namespace[request["name"]]
        except KeyError:
            raise NameError(f"name {request['name']!r} is not defined") from None

    def _encode(self, value: Any, encoder: Encoder) -> Node:
        """A course object, or a handle to whatever else it is."""
        if node := objects.encode(value, encoder):
            return node
        self.held[len(self.held)] = value
        return ["h", len(self.held) - 1, type(value).__name__[:80]]

    def _decode(self, node: Node, decoder: Decoder) -> Any:
        return self.held[node[1]] if node[0] == "h" else objects.decode(node, decoder)


def described(error: BaseException) -> dict[str, Any]:
    """An exception as plain values: the nearest of Python's own kinds, its text, where it was."""
    kind = next((k for k in type(error).__mro__ if getattr(builtins, k.__name__, None) is k), None)
    frame = next((f for f in reversed(_stack(error)) if f.filename.isidentifier()), None)
    try:
        text = str(error)[:LONGEST_MESSAGE]
    except BaseException:
        text = ""
    return {
        "kind": kind.__name__ if kind else "Exception",
        "text": text,
        "line": frame.lineno if frame else getattr(error, "lineno", None),
        "cell": frame.filename if frame else "",
        "trace": "".join(traceback.format_list(_stack(error)[-8:]))[-4 * LONGEST_MESSAGE :],
        "crossing": isinstance(error, CodecError),
    }


def _stack(error: BaseException) -> list[traceback.FrameSummary]:
    try:
        return list(traceback.extract_tb(error.__traceback__))
    except BaseException:
        return []


def _no_breakpoint(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError("breakpoint() waits for somebody at the keyboard: remove it")
