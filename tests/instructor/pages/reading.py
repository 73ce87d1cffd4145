"""A reader of pages, which names all that has no place in one; and a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bleach._vendor import html5lib
from playwright.sync_api import Dialog, Page, Request, sync_playwright

from tests.conftest import CHROMIUM

TAGS = re.compile(
    "html|head|meta|title|style|body|header|main|footer|section|h[1-6]|p|a|[uod]l|li|d[td]|table"
    "|caption|thead|tbody|t[rhd]|pre|code|span|strong|em|s|bd[io]|[bh]r|div|blockquote|figure|figcaption|img"
    "|details|summary"
)
ATTRIBUTES = re.compile(
    "width|height|lang|charset|http-equiv|content|name|id|class|href|rel|alt|src|start|scope|dir|role|tabindex"
    "|aria-label|aria-labelledby"
)
PLACES = {"a": r"#[a-z]+(-\d+)?|(https?://|mailto:).*", "img": r"data:image/(png|jpeg|gif|webp);.*"}


def faults(page: str) -> list[str]:
    """What should not be in a page: elements, attributes, addresses, characters."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    found = [f"not HTML: {code}" for _, code, _ in parser.errors]
    found += [fault for element in tree.iter() for fault in _faults_of(element)]
    if len(list(tree.iter("style"))) != 1 or len(list(tree.iter("meta"))) != 5:
        found.append("a second style or another meta")
    hidden = re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
        page,
    )
    return [*found, *([f"character {hidden[0]!r}"] if hidden else [])]


def _faults_of(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield "a comment"
        return
    if not TAGS.fullmatch(element.tag):
        yield f"<{element.tag}>"
    for name, value in element.attrib.items():
        if not ATTRIBUTES.fullmatch(name):
            yield f"{element.tag} {name}={value!r}"
        if name in ("href", "src") and not re.fullmatch(PLACES[element.tag], value):
            yield f"{element.tag} {name}={value!r}"


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    return " ".join(" ".join(body.itertext()).split())


@contextmanager
def on_a_phone(page: str, folder: Path, scheme: Any) -> Iterator[tuple[Page, list[str]]]:
    """The page in a real browser, from a file, and all that it said, asked for or popped up."""
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")) and request.failure != "csp":
            wrong.append(request.url)

    def popped_up(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        phone = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
        phone.on("console", lambda said: wrong.append(said.text))
        phone.on("dialog", popped_up)
        phone.on("requestfinished", asked)
        phone.on("requestfailed", asked)
        phone.goto(path.as_uri())
        yield phone, wrong
        browser.close()
