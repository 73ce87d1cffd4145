"""Records, hostile text, and a reader of pages that names all that has no place in one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bleach._vendor import html5lib  # the parser of the standard, as browsers have it
from hypothesis import strategies as st
from playwright.sync_api import Dialog, Page, Request, sync_playwright

from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from tests.conftest import CHROMIUM

SECRET = "SECRET-5531"
TAGS = re.compile(
    "html|head|meta|title|style|body|header|main|footer|section|h[1-6]|p|a|[uod]l|li|d[td]|table"
    "|caption|thead|tbody|t[rhd]|pre|code|span|strong|em|s|bd[io]|[bh]r|div|blockquote|figure|figcaption|img"
    "|details|summary"
)
ATTRIBUTES = re.compile(
    "width|height|lang|charset|http-equiv|content|name|id|class|href|rel|alt|src|start|scope|dir|role|tabindex"
    "|aria-label|aria-labelledby"
)
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
PLACES = {"a": r"#[a-z]+(-\d+)?|(https?://|mailto:).*", "img": r"data:image/(png|jpeg|gif|webp);.*"}

ATTACKS = [
    "<script>alert(1)</script>",
    "</pre></style></title></script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x'>",
    "\" onmouseover=alert(1) x=\"' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "--><!--",
    "]]><![CDATA[",
    "[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) [c](data:text/html,<script>x)",
    "[d](vbscript:x) [e](//evil.example/x) [f](file:///etc/passwd) <javascript:alert(1)>",
    '[r]\n\n[r]: javascript:alert(1) "x"',
    "![p](http://evil.example/p.png) ![q](//evil/q) ![s](data:image/svg+xml;base64,PHN2Zz4=)",
    f"![fine]({PICTURE})",
    f'![" onerror=alert(1) src="picture:0."]({PICTURE} "onload=x") src="picture:0."',
    "![wrong](data:image/png;base64,PHN2Zz48L3N2Zz4=)",
    "```html onclick=x\n<script>\n```",
    "$<script>alert(1)</script>$ $$\\href{javascript:alert(1)}{x}$$",
    "\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil.example\x07x\x9b1m",
    "\u202eevil\u2066\u200f\u061c\ufeff\ud800\ufffe\x00\x7f\x85",
    "&#x202e;&#27;[1m&#0;&lt;script&gt;",
    "`'''\"\"\" f'{' \\",
    "=cmd()|x",
]


def hostile() -> st.SearchStrategy[str]:
    """Attacks, random characters of all kinds, and mixtures."""
    piece = st.sampled_from(ATTACKS) | st.text(st.characters(), max_size=12)
    return st.lists(piece, max_size=4).map("".join)


def check(answer: str = "train", name: str = "", **fields: Any) -> CheckResult:
    """A check that passed, unless the fields say more."""
    plain = {"points": 3, "earned": 3, "status": "passed"}
    return CheckResult(name or f"check_{answer}", answer, **(plain | fields))


def failed(
    answer: str = "train", public: str = "train: wrong values.", **fields: Any
) -> CheckResult:
    return check(answer, **({"earned": 0, "status": "failed", "public": public} | fields))


def record(*checks: CheckResult, student: str = "ada", **fields: Any) -> Record:
    """A record; text for staff alone is the secret."""
    plain: dict[str, Any] = {
        "key": SECRET,
        "submitted": "2026-11-20T13:05:00+01:00",
        "open_answers": (OpenAnswer("why", 4, True),),
        "usage": Usage(cpu=1.5, wall=2.0, peak=10**8),
        "audit": (SECRET,),
    }
    return Record("lazy", student, checks=checks, **(plain | fields))


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
