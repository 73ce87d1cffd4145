"""JSON that a stranger wrote, read within limits: size, depth, how much it holds.

The limits are checked on the bytes, before anything is built: a parser that is asked for a million
nested lists, or for an integer of a million digits, has lost already.
"""

import codecs
import json
import re
from typing import Any

MAX_BYTES = 20_000_000
MAX_DEPTH = 100
MAX_TOKENS = 1_000_000
"""Strings, brackets and commas: a notebook of 10 000 lines with a figure of 100 000 points holds
some 150 000. What they take in memory is at most a few hundred bytes each."""
MAX_DIGITS = 20

# A string, closed or not, in one step: the possessive `*+` and the open end keep a file of lone
# quotes and backslashes from being read again from each of them.
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Refused(ValueError):
    """A file that is not taken in; the message is for the student, who can act on it."""


def loads(data: bytes) -> Any:
    """The JSON value in `data`; Refused if it is none or exceeds a limit.

    UTF-8 without a byte order mark, as Jupyter writes and nbgrader reads it. NaN and Infinity,
    which Python writes into JSON, become None; half a surrogate pair becomes U+FFFD, so that all
    text can be written again.
    """
    if not data.strip():
        raise Refused("the file is empty: save the notebook, look at it, hand it in again")
    if data.startswith(codecs.BOM_UTF8):
        raise Refused(
            "the file begins with a byte order mark, so an editor has saved it: open it in "
            "Jupyter or Colab, save it there, hand it in again"
        )
    if len(data) > MAX_BYTES:
        raise Refused(
            f"the file has {len(data) / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f} are taken: "
            "clear the outputs, save, hand in again"
        )
    _check_shape(data)
    try:
        value = json.loads(
            data.decode("utf-8"), parse_int=_integer, parse_constant=lambda constant: None
        )
    except UnicodeDecodeError as error:
        raise Refused(
            f"byte {error.start} is not UTF-8: download the notebook again as .ipynb, "
            "do not convert it"
        ) from None
    except json.JSONDecodeError as error:
        what = f"no notebook, or only a part of one (line {error.lineno}: {error.msg})"
        raise Refused(f"{what}: download it again as .ipynb") from None
    return _writable(value)


def _check_shape(data: bytes) -> None:
    """Refused if brackets nest too deep or there is too much of all; one pass over the bytes."""
    depth = 0
    for count, token in enumerate(TOKEN.finditer(data)):
        if count >= MAX_TOKENS:
            raise Refused(
                f"the file holds more than {MAX_TOKENS} values: clear the outputs, save, "
                "hand in again"
            )
        first = data[token.start()]
        if first in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused(
                    f"values are nested more than {MAX_DEPTH} deep: clear the outputs, save, "
                    "hand in again"
                )
        elif first in b"]}":
            depth -= 1


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Refused(f"an integer of {len(digits)} digits: clear the outputs, save, hand in again")
    return int(digits)


def _writable(value: Any) -> Any:
    """The value without half surrogate pairs."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    return value
