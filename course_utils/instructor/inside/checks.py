"""The child that runs test cells; no student code runs here.

The names that answer cells provide are stand-ins: calling one asks the process of the answers.

    S + JSON {setup, names}     run the set-up cells, make stand-ins    -> R + JSON
    T + JSON {name, source}     run a test cell                         -> R + JSON result
    C + value                   asked by a stand-in                     -> A + value, or D + why
"""

import builtins
import json
import linecache
import socket
import sys
import traceback
from typing import Any

from course_utils.checks import CheckFailed
from course_utils.instructor.inside import frames, objects
from course_utils.instructor.inside.codec import CodecError, Decoder, Encoder, Node

BEGIN_HIDDEN = "### BEGIN HIDDEN TESTS"
SAID = {
    *(name for name, kind in vars(builtins).items() if isinstance(kind, type)),
    *("function", "method", "builtin_function_or_method", "generator", "module"),
}
"""Names of types that messages may tell: another name could hold what the answer was given."""
LOST = ("died", "timeout")
"""What the grader says of a process of answers that will not reply."""
LONGEST_NAME, LONGEST_MESSAGE, LONGEST_TRACE, LAST_LINE = 80, 2000, 8000, 1000
"""Characters of a class's name, an error's text and its trace in a reply; lines of a cell."""


class AnswerRaised(Exception):
    """Beside one of Python's own kinds: the answer raised it, not the check."""

    described: dict[str, Any]


class AnswersLost(BaseException):
    """The process of the answers died or ran out of time; no check can catch it by accident."""


class Link:
    """The way to the process of the answers."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.encoder, self.decoder = Encoder(_encode), Decoder(self._decode)

    def ask(self, request: dict[str, Any]) -> Any:
        """What a call or an attribute gives; raises what the answer raised."""
        frames.send(self.connection, b"C" + self.encoder.message(request))
        reply = frames.receive(self.connection)
        if reply[:1] != b"A":
            why = reply[1:].decode(errors="replace")
            raise AnswersLost(why if why in LOST else "died")
        try:
            answer = _reply(self.decoder.message(reply[1:]), call=request["call"])
        except CodecError as error:
            raise _raised({"kind": "ValueError", "text": str(error), "crossing": True}) from None
        if "error" in answer:
            raise _raised(answer["error"])
        given = [*request["args"], *request["kwargs"].values()]
        for mine, theirs in zip(given, answer.get("arguments", []), strict=False):
            objects.copy_back(mine, theirs)
        return answer.get("value", _Method)

    def _decode(self, node: Node, decoder: Decoder) -> Any:
        if node[0] != "h":
            return objects.decode(node, decoder)
        _, number, kind = node
        if type(number) is not int or not 0 <= number < 2**32:
            raise CodecError("no handle")
        if type(kind) is not str or len(kind) > LONGEST_NAME or not kind.isidentifier():
            raise CodecError("no handle")
        return type(kind if kind in SAID else "object", (StandIn,), {})(self, None, number)


def _reply(answer: Any, *, call: bool) -> dict[str, Any]:
    """A value, an error, or for an attribute that it is a method; CodecError for all else."""
    if type(answer) is not dict or len(answer.keys() & {"value", "error", "method"}) != 1:
        raise CodecError("no reply")
    if call and "method" in answer:
        raise CodecError("no reply")
    if type(answer.get("arguments", [])) is not list:
        raise CodecError("no reply")
    return answer


class StandIn:
    """A function or class of the answers, by its name, or an object of theirs, by its number."""

    def __init__(self, link: Link, name: str | None, number: int = -1) -> None:
        self._link, self._name, self._number = link, name, number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("", args, kwargs, call=True)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        value = self._ask(attribute, (), {}, call=False)
        if value is _Method:
            return lambda *args, **kwargs: self._ask(attribute, args, kwargs, call=True)
        return value

    def _ask(self, attribute: str, args: tuple, kwargs: dict, *, call: bool) -> Any:
        request = {
            "name": self._name,
            "handle": None if self._name else self,
            "attribute": attribute,
            "call": call,
            "args": list(args),
            "kwargs": kwargs,
        }
        return self._link.ask(request)


class _Method:
    """What stands for an attribute that can be called."""


class Checks:
    """Test cells, each in a namespace of its own that begins with set-up and answers."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.link = connection, Link(connection)
        self.shared: dict[str, Any] = {"__name__": "__main__"}

    def serve(self) -> None:
        while True:
            try:
                request = frames.receive(self.connection)
            except frames.FrameError:
                return
            body = json.loads(request[1:])
            result = self._start(body) if request[:1] == b"S" else self._test(body)
            frames.send(self.connection, b"R" + json.dumps(result).encode())

    def _start(self, body: dict[str, Any]) -> dict[str, Any]:
        for cell in body["setup"]:
            exec(compile(cell["source"], cell["name"], "exec"), self.shared)
        self.shared |= {name: StandIn(self.link, name) for name in body["names"]}
        return {}

    def _test(self, cell: dict[str, Any]) -> dict[str, Any]:
        """Status, public text, text for staff, and whether a hidden test said it."""
        name, source = cell["name"], cell["source"]
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            exec(compile(source, name, "exec"), dict(self.shared))
        except AnswersLost as lost:
            return {"status": str(lost), "hidden": _is_hidden(source, name)}
        except BaseException as error:
            return _result(error, source, name)
        return {"status": "passed"}


def _result(error: BaseException, source: str, name: str) -> dict[str, Any]:
    hidden = _is_hidden(source, name)
    result = {"status": "error", "hidden": hidden, "values": traceback.format_exc(limit=-6)[-4000:]}
    if isinstance(error, CheckFailed):
        return result | {"status": "failed", "public": error.public, "values": error.values}
    if not isinstance(error, AnswerRaised):
        kind = type(error).__name__
        return result | {"public": f"the check cannot read what came back ({kind})"}
    what = error.described
    kind = what["kind"]
    if kind == "NotImplementedError":
        return result | {"status": "missing", "public": "it is not written yet"}
    if what["crossing"]:
        said = "" if hidden else f": {what['text']}"
        return result | {"public": f"what it gives cannot be read{said}"}
    where = f", line {what['line']} of its cell" if what.get("line") else ""
    said = "" if hidden else f": {what['text']}"
    trace = f"{what.get('trace', '')}{kind}: {what['text']}"
    return result | {"public": f"it raised {kind}{where}{said}", "values": trace}


def _is_hidden(source: str, name: str) -> bool:
    """Whether the line of the cell at which it stopped lies in or after the hidden tests."""
    lines = [f.lineno or 0 for f in traceback.extract_tb(sys.exc_info()[2]) if f.filename == name]
    above = source.split("\n")[: lines[0]] if lines else []
    return any(line.strip() == BEGIN_HIDDEN for line in above)


def _raised(described: Any) -> BaseException:
    """An exception of the kind that the answer raised, which says that it was the answer."""
    if type(described) is not dict:
        described = {}
    kind, line = _text(described.get("kind"), LONGEST_NAME), described.get("line")
    text = _text(described.get("text"), LONGEST_MESSAGE)
    base = getattr(builtins, kind, None)
    if not (isinstance(base, type) and issubclass(base, Exception)):
        base, kind = (
            RuntimeError,
            kind if kind in ("SystemExit", "KeyboardInterrupt") else "Exception",
        )
    if issubclass(base, (StopIteration, StopAsyncIteration)):  # it would end a check's loop
        base = RuntimeError
    try:
        made = type(base.__name__, (AnswerRaised, base), {})(text)
    except TypeError:  # some kinds want more arguments
        made = type("RuntimeError", (AnswerRaised, RuntimeError), {})(text)
    made.described = {
        "kind": kind,
        "text": text,
        "line": line if type(line) is int and 0 < line < LAST_LINE else None,
        "trace": _text(described.get("trace"), LONGEST_TRACE),
        "crossing": described.get("crossing") is True,
    }
    return made


def _text(value: Any, longest: int) -> str:
    """Text that can be written down, whatever else came."""
    if type(value) is not str:
        return ""
    return value[:longest].encode(errors="backslashreplace").decode()


def _encode(value: Any, encoder: Encoder) -> Node:
    if isinstance(value, StandIn) and value._name is None:
        return ["h", value._number, type(value).__name__]
    node = objects.encode(value, encoder)
    if node is None:
        raise CodecError(f"a check gives an answer what cannot cross: {type(value).__name__}")
    return node
