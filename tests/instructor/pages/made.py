"""Records and hostile text, of which pages are made."""

from typing import Any

from hypothesis import strategies as st

from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage

SECRET = "SECRET-5531"
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


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
