"""Feedback pages: what students read, what they must not, and hostile text everywhere."""

import base64
import errno
import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.pages import (
    feedback,
    feedback_sections,
    safe_html,
    safe_markdown,
    student_work,
)
from course_utils.instructor.pages.feedback import Page, feedback_page, write_feedback
from course_utils.instructor.pages.safe_markdown import markdown
from course_utils.instructor.pages.student_work import Mark, Work
from course_utils.instructor.record import OpenAnswer, Record
from tests.bank import ROOT
from tests.instructor.pages.pages import (
    ATTACKS,
    PICTURE,
    SECRET,
    check,
    failed,
    faults,
    hostile,
    on_a_phone,
    record,
    text_of,
)

QUESTIONS = {
    "train": "Exercise 1: a loop",
    "phi": "Exercise 2: features",
    "why": "Exercise 3: why?",
}


def page_of(one: Record, **fields: Any) -> str:
    plain: dict[str, Any] = {"answers": {}, "open_answers": {}, "manual": {}}
    return feedback_page(one, **({"title": "Lazy", "questions": QUESTIONS} | plain | fields))


def test_points_are_shown_per_question_and_in_all() -> None:
    one = record(
        check("phi", points=4, earned=4), check(points=3, earned=3),
        failed(name="check_train_more", points=2, public="train: the step goes uphill."),
    )  # fmt: skip
    text = text_of(page_of(one))
    assert "7 of 13 points so far" in text
    assert text.index("Exercise 1: a loop 3 of 5") < text.index("Exercise 2: features 4 of 4")
    assert "not right yet check_train_more 0 of 2 train: the step goes uphill." in text
    assert "Not marked yet: Exercise 3: why? ." in text


def test_a_marker_replaces_points_and_comments() -> None:
    manual = {
        "why": Mark(2.5, "Say **which** grew."), "check_train": Mark(1),
        "train": Mark(None, "Nearly."),
    }  # fmt: skip
    page = page_of(record(failed()), manual=manual)
    text = text_of(page)
    assert "3.5 of 7 points Question" in text
    assert "<strong>which</strong>" in page
    assert text.index("Nearly.") < text.index("Exercise 3: why? 2.5 of 4 points")


def test_an_open_answer_that_was_left_scores_zero() -> None:
    one = record(check(), open_answers=(OpenAnswer("why", 4, False),))
    text = text_of(page_of(one, open_answers={"why": "YOUR ANSWER HERE"}))
    assert "3 of 7 points Question" in text
    assert "The answer was left as it was." in text
    assert "YOUR ANSWER HERE" not in text


def test_nothing_for_staff_reaches_a_student() -> None:
    one = record(
        failed(values=SECRET, hidden=True, public="train: wrong values."),
        check("phi", values=SECRET, public=SECRET),  # it passed: whatever it holds stays here
        review=(SECRET,),
    )
    page = page_of(one)
    assert SECRET not in page
    assert "A person still has to look at this submission." in text_of(page)
    assert "a test that is not shown" in text_of(page)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("in /srv/course/tests/x.py: no", "in (path): no"),
        ("No such file: '/home/ada b/my course/x'", "No such file: (path)"),
        (r"in C:\Users\ada\x.py", "in (path)"),
        ("file:///srv/course/x and ~/course/x", "(path) and (path)"),
        ("bad: Traceback (most recent call last):\n  x = 3", "bad:"),
        ("bad\nTraceback (most recent call last):\n  x = 3", "bad"),
        ('bad\n  File "/srv/x.py", line 3, in f\n    x = 3', "bad"),
        ("dL/dw is df/dx, 1/2/3, and/or", "dL/dw is df/dx, 1/2/3, and/or"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
    ],
)
def test_messages_lose_paths_and_tracebacks(said: str, shown: str) -> None:
    assert safe_html.message(said) == shown
    assert shown.split("\n")[0] in text_of(page_of(record(failed(public=said))))


@pytest.mark.parametrize(("sandboxed", "said"), [(True, False), (False, True)])
def test_a_page_says_that_there_was_no_sandbox(sandboxed: bool, said: bool) -> None:
    page = page_of(record(check(), sandboxed=sandboxed))
    assert ("run without a sandbox" in text_of(page)) == said


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
@given(st.data())
@settings(max_examples=80, deadline=None)
def test_hostile_text_in_every_field_is_only_text(data: st.DataObject) -> None:
    def draw() -> str:
        return data.draw(hostile())

    status = data.draw(st.sampled_from(list(feedback_sections.STATUS)))
    one = Record(
        draw(), draw(), SECRET, draw(), (
            failed(draw(), name=draw() or "x", public=draw(), values=SECRET, status=status),
            check(draw(), name=draw() or "y", hidden=True),
        ), (OpenAnswer(draw(), 4, True),), record().usage, (SECRET,), (SECRET,), False,
    )  # fmt: skip
    names = [check.answer for check in one.checks] + [one.open_answers[0].name]
    page = feedback_page(
        one,
        title=draw(),
        questions={name: draw() for name in data.draw(st.permutations(names))},
        answers={name: draw() for name in names},
        open_answers={name: draw() for name in names},
        manual={name: Mark(1.0, draw()) for name in names},
    )
    assert faults(page) == []
    assert SECRET not in page
    page.encode()


def test_the_reader_of_pages_finds_faults() -> None:
    page = page_of(record(check()))
    assert faults(page) == []
    for bad in (
        "<script></script>", "<p onclick=x>", "<img src='//x.ex/y'>", "<a href='javascript:x'>",
        "<p style='x'>", "<!-- x -->", "<svg></svg>", "\u202e", "<style></style>",
    ):  # fmt: skip
        assert faults(page.replace("<main>", f"<main>{bad}", 1)), bad


def test_the_policy_allows_this_style_and_no_script() -> None:
    page = page_of(record(check()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules == {
        "default-src": "'none'", "style-src": f"'sha256-{digest}'", "img-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_code_keeps_its_characters_and_shows_hidden_ones() -> None:
    source = "\n\ndef train(x):\n\treturn x < 1 and 'a' & \"b\"  # \u202eé\n\n"
    page = page_of(record(check()), answers={"train": source})
    code = re.search(r'<pre class="code".*?><code>(.*?)</code></pre>', page, re.DOTALL)
    assert code
    plain = re.sub(r"<[^>]+>", "", code[1])
    for entity, character in (("&lt;", "<"), ("&#39;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    assert plain == source.replace("\u202e", "⟨U+202E⟩")


def test_pictures_stand_in_the_text_or_are_left_out() -> None:
    html = markdown(f"![a plot]({PICTURE}) ![b](http://x.example/b.png) ![c](attachment:c.png)")
    assert f'src="{PICTURE}"' in html
    assert html.count("<img") == 1
    assert "(picture left out: b)" in html
    assert "(picture left out: c)" in html


def test_a_picture_is_small_and_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    html = markdown("![a](data:image/png;base64,PHN2Zz48L3N2Zz4=)")
    assert "<img" not in html
    assert "(picture left out: a)" in html
    monkeypatch.setattr(safe_markdown, "PICTURE", 20)
    assert "(picture left out: a)" in markdown(f"![a]({PICTURE})")


def test_raw_html_is_text() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in markdown("<b>x</b>")


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_sanitiser_holds_alone(attack: str) -> None:
    html = safe_html.visible(safe_markdown._cleaner().clean(attack))
    found = faults(page_of(record(check())).replace("</main>", f"{html}</main>"))
    assert [fault for fault in found if not fault.startswith("not HTML")] == []


def test_a_picture_is_not_multiplied() -> None:
    html = markdown(f"![a]({PICTURE}) " + "![a](picture:0.) " * 50)
    assert html.count("data:image") == 1


def test_mathematics_is_shown_as_typed() -> None:
    assert "<code>$w_1 * w_2 * x_1$</code>" in markdown("so $w_1 * w_2 * x_1$ is")
    assert "a_1 &lt; b" in markdown("$$\na_1 < b\n$$")


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 20_000, "*a_ " * 5_000, "> " * 10_000, "`" * 9_999 + " `", "![](" * 5_000),
        *("<" * 20_000, "$" * 19_999, "- " * 10_000, "\\(" * 9_000, "&#x202e;" * 2_000),
        *("\x1b]" * 9_000, "(((((" * 4_000, "f'{" * 6_000, "'''" * 6_001, "0x" * 9_000),
        "|a" * 500 + "\n" + "|-" * 500 + "\n|b" * 4_000,  # two million cells, if it were a table
        f"[a]: https://x.example/{'x' * 9_000}\n\n" + "[a] " * 2_000,  # 18 MB of addresses
        "/a" * 10_000,
    ],
    ids=range(18),
)
def test_no_text_makes_a_page_much_longer(text: str) -> None:
    page = page_of(record(failed(public=text)), open_answers={"why": text}, answers={"train": text})
    assert len(page) < 20_000 + 30 * len(text)


def work(one: Record) -> Work:
    return Work({"train": "x = 1"}, {"why": "because"}, {})


def write(root: Path, *records: Record, beside: Any = work) -> list[Page]:
    return list(
        write_feedback(root, "lazy", records, title="Lazy", questions=QUESTIONS, work=beside)
    )


def test_pages_lie_where_nbgrader_looks(tmp_path: Path) -> None:
    names = ["ada", "José N [x] *", "\u200fö\N{HEBREW LETTER ALEF}\u00a0"]
    pages = write(tmp_path, *(record(check(), student=name) for name in names))
    paths = [tmp_path / "feedback" / name / "lazy" / "lazy.html" for name in names]
    assert pages == [Page(*pair) for pair in zip(names, paths, strict=True)]
    assert all("because" in path.read_text("utf-8") for path in paths)


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_page_that_breaks_breaks_alone(tmp_path: Path) -> None:
    def beside(one: Record) -> Work:
        if one.student == "bob":
            raise RecursionError("too deep\nin there")
        return Work(manual={"why": Mark(float("nan"))} if one.student == "cyd" else {})

    names = ["ada", "bob", "cyd", "../eve", "a\x00", "x" * 300, "fay"]
    pages = write(tmp_path, *(record(check(), student=name) for name in names), beside=beside)
    assert [page.student for page in pages if page.path] == ["ada", "fay"]
    problems = {page.student: page.problem for page in pages if not page.path}
    assert problems["bob"] == "RecursionError: too deep in there"
    assert "why: nan points" in problems["cyd"]
    assert "'../eve': no name for a folder" in problems["../eve"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["lazy.html"] * 2


def test_a_full_disk_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(feedback, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, record(check()))


def test_a_record_of_another_assignment_is_named(tmp_path: Path) -> None:
    pages = list(
        write_feedback(tmp_path, "flow", [record(check())], title="", questions={}, work=work)
    )
    assert "a record of 'lazy', not of 'flow'" in pages[0].problem


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_page_that_breaks_leaves_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path, record(check()))[0].path
    assert path is not None
    before = path.read_bytes()
    assert write(tmp_path, record(failed(points=float("inf"), earned=float("inf"))))[0].path is None
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("exercises/*/*.ipynb")), ids=lambda path: path.stem
)
def test_headings_and_answers_of_a_real_release(path: Path) -> None:
    release = nbformat.read(path, as_version=4)
    found = student_work.headings(release)
    answers = student_work.work_in(release, {})
    assert set(found) == set(answers.answers) | set(answers.open_answers)
    assert len(answers.open_answers) == 1
    assert all(re.fullmatch(r"Exercise \d: [^()]+", heading) for heading in found.values())


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
def test_attachments_are_put_into_the_text() -> None:
    cell = nbformat.v4.new_markdown_cell("![a](attachment:a%20b.png) ![c](attachment:c.svg)")
    cell.metadata.nbgrader = {"solution": True, "grade_id": "why"}
    cell.attachments = {
        "a b.png": {"image/png": PICTURE.split(",")[1]}, "c.svg": {"image/svg+xml": "<svg>"}
    }  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=[cell])
    html = markdown(student_work.work_in(notebook, {}).open_answers["why"])
    assert f'src="{PICTURE}"' in html
    assert "(picture left out: c)" in html


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_a_hostile_page_on_a_phone(tmp_path: Path, scheme: Any) -> None:
    attack = "\n\n".join(ATTACKS)
    hostile_page = page_of(
        record(failed(public=attack), student=attack * 3),
        title="x" * 200, answers={"train": f"# {attack}"}, open_answers={"why": attack},
    )  # fmt: skip
    with on_a_phone(hostile_page, tmp_path, scheme) as (page, wrong):
        assert wrong == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate("document.scripts.length") == 0
        assert page.evaluate("document.querySelector('img').naturalWidth") == 1
        ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 28)"}[scheme]
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
@pytest.mark.chromium
def test_the_policy_stops_what_slips_through(tmp_path: Path) -> None:
    """The second wall alone: a page into which an attack was put unescaped."""
    attack = "<script>alert(1)</script><img src='http://127.0.0.1:9/x' onerror='alert(2)'>"
    broken = page_of(record(check())).replace("<main>", f"<main>{attack}")
    with on_a_phone(broken, tmp_path, "light") as (_, wrong):
        assert len(wrong) == 3
        assert all("Content Security Policy" in said for said in wrong)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_of_letters_have_contrast(theme: int) -> None:
    style = (
        resources.files("course_utils.instructor.pages").joinpath("templates/page.css").read_text()
    )
    root = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[theme]
    colour = dict(re.findall(r"--(\w+): #(\w{6});", root))
    for ink in ("ink", "soft", "link", "good", "bad", "keyword", "text", "number", "name"):
        for ground in ("ground", "raised"):
            assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    assert contrast(colour["ink"], colour["note"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Of two colours, by WCAG 2: from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
