"""An answer in words, or a marker's comment: Markdown of others, rendered and sanitised.

Raw HTML is text. Links lead to https, http and mail addresses. Pictures are those that stand in the
text itself, as Colab writes them; nothing is fetched. Mathematics is shown as it was typed.
"""

import base64
import re
from collections.abc import Sequence
from typing import Any

import bleach
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from course_utils.instructor.pages.safe_html import cut, visible

TEXT = 20_000
"""Most characters of an answer, pictures not counted."""
PICTURE = 1_000_000
PICTURES = 8
"""Most characters of a picture, and most pictures."""
CELLS = 4_000
"""Most cells that tables may come to."""

PICTURE_ADDRESS = re.compile(r"data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})")
BEGINNINGS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "webp": b"RIFF",
}
LINK = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
HEADING = re.compile(r"h([1-6])")
TAGS = frozenset(
    [
        *("a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol"),
        *("p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    ]
)
ATTRIBUTES = {
    "a": lambda tag, name, value: name == "rel" or (name == "href" and bool(LINK.match(value))),
    "img": lambda tag, name, value: (
        name == "alt" or (name == "src" and value.startswith("picture:"))
    ),
    "ol": ["start"],
}


def markdown(text: str) -> Markup:
    """Safe HTML of a text in Markdown; its headings go below those of the page."""
    pictures: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        pictures[name := f"picture:{len(pictures)}."] = match[0]
        return name

    text = visible(cut(PICTURE_ADDRESS.sub(take, text), TEXT))
    pictures = {n: p for n, p in list(pictures.items())[:PICTURES] if _is_picture(p)}
    parser = _parser(text)
    tokens = parser.parse(text)
    _prepare(tokens, set(pictures))
    html = visible(_cleaner().clean(parser.renderer.render(tokens, parser.options, {})))
    for name, picture in pictures.items():  # nothing in an address means anything in HTML
        html = html.replace(f'src="{name}"', f'src="{picture}"', 1)
    return Markup(html)


def _prepare(tokens: Sequence[Token], pictures: set[str]) -> None:
    """Lower headings, mark links as not ours, leave out pictures that are not in the text."""
    for token in tokens:
        if match := HEADING.fullmatch(token.tag):
            token.tag = f"h{min(int(match[1]) + 3, 6)}"
        if token.type == "link_open":
            token.attrSet("rel", "noopener noreferrer nofollow")
        if token.type == "image":
            if (source := token.attrGet("src")) in pictures:
                pictures.remove(str(source))  # each once: a page does not grow with its uses
            else:
                what = (
                    f"(picture left out: {token.content})"
                    if token.content
                    else "(picture left out)"
                )
                token.type, token.tag, token.content, token.children = "text", "", what, None
        _prepare(token.children or [], pictures)


def _is_picture(address: str) -> bool:
    """Whether it is small enough and begins as its type says."""
    kind, data = PICTURE_ADDRESS.fullmatch(address).groups()  # type: ignore[union-attr]
    return len(data) <= PICTURE and base64.b64decode(data[:16]).startswith(BEGINNINGS[kind])


def _cleaner() -> bleach.Cleaner:
    """A new one each time: it is not safe to share, and the page's only filter for tags."""
    return bleach.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        protocols=["http", "https", "mailto", "picture"],
        strip=True,
    )


def _parser(text: str) -> MarkdownIt:
    """Markdown with tables and mathematics; without what makes a short text a long page.

    A row that is too short is filled up with empty cells, and an address that is defined once can
    be used a thousand times.
    """
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "maxNesting": 20})
    parser.use(dollarmath_plugin, double_inline=True)
    for kind in ("math_inline", "math_inline_double", "math_block", "math_block_label"):
        parser.add_render_rule(kind, _as_typed)
    parser.disable("reference")
    lines = text.split("\n")
    if max(line.count("|") for line in lines) * len(lines) > CELLS:
        parser.disable("table")
    return parser


def _as_typed(_: Any, tokens: Sequence[Token], index: int, *rest: Any) -> str:
    """Mathematics as code, between its dollar signs."""
    token = tokens[index]
    typed = escape(f"{token.markup}{token.content}{token.markup}")
    return f"<p><code>{typed}</code></p>" if token.block else f"<code>{typed}</code>"
