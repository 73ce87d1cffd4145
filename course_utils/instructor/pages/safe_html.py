"""Pages that hold text of others: every string is made plain, then escaped, whatever it is.

    render("feedback.html", title=..., ...)

A page is one file with its style in it. Its content-security policy allows that style, by its
hash, and pictures that stand in the page; no script, no form, nothing from elsewhere. The policy is
the second wall: the first is that templates escape all they are given.
"""

import base64
import hashlib
import re
import unicodedata
from datetime import datetime
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

MESSAGE = 2_000
CODE = 50_000
HIGHLIGHTED = 20_000
"""Most characters of a message and of an answer's code, and of code that is coloured."""

# What terminals take for commands: titles and other strings, then colours and movements.
TERMINAL = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]"
)
NOT_PLAIN = re.compile(r"[^\n\t\x20-\x7e]")
# Letters of Persian and Hindi, and families among the emoji, are written with these two.
JOINERS = "\u200c\u200d"
TRACEBACK = re.compile(r'Traceback \(most recent|^[ \t]*File "[^"\n]*", line \d', re.MULTILINE)
PATHS = re.compile(
    r"(?P<quote>['\"])(?:~|file:|[A-Za-z]:)?[\\/][^'\"\n]*(?P=quote)"  # quoted, spaces and all
    r"|[A-Za-z]:\\[^\s'\"]+"
    r"|(?:file:/*|~|(?<![\w.:/<]))(?:/[\w.@+%-]+){2,}/?"
)

_lexer = PythonLexer(stripnl=False, ensurenl=False)
_formatter = HtmlFormatter(nowrap=True)


def visible(text: str) -> str:
    """Text without a terminal's commands; characters that hide or turn others are named.

    >>> visible("a\\x1b[31mb\\u202ec")
    'ab⟨U+202E⟩c'
    """
    text = TERMINAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return NOT_PLAIN.sub(lambda match: _named(match[0]), text)


def _named(character: str) -> str:
    """The character, or its number if it is a control, a direction mark or half of a pair."""
    hides = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    if no_character or (hides and character not in JOINERS):
        return f"⟨U+{ord(character):04X}⟩"
    return character


def cut(text: str, most: int) -> str:
    """The beginning of a text that is too long, and how much is left out."""
    if len(text) <= most:
        return text
    return f"{text[:most]}\n… ({len(text) - most} more characters are left out)"


def message(text: str) -> str:
    """What a check said, fit for a student: no traceback and no path of the grading machine."""
    text = visible(cut(text, MESSAGE))
    if found := TRACEBACK.search(text):
        text = text[: found.start()]
    return PATHS.sub("(path)", text).strip()


def code(source: str) -> Markup:
    """Python in colours; plain where it is so long that colouring would take seconds."""
    text = visible(cut(source, CODE))
    if len(text) > HIGHLIGHTED:
        return escape(text)
    return Markup(highlight(text, _lexer, _formatter))  # the formatter escapes every token


def moment(text: str) -> str:
    """A time of ISO 8601 as people write it; any other text as it is."""
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M %Z}".strip()
    except ValueError:
        return text


def render(template: str, **values: object) -> str:
    """A whole page from one of our templates."""
    style = resources.files(__package__).joinpath("templates", "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment.get_template(template)
    return page.render(style=Markup(style), policy=policy, **values)


def _plain(value: object) -> object:
    """Of whatever a template prints: all but our own markup is made visible, then escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_environment = Environment(
    loader=PackageLoader("course_utils.instructor.pages"),
    autoescape=True,
    finalize=_plain,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"code": code, "message": message, "moment": moment}
