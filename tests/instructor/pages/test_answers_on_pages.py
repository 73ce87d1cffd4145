"""Students' code, pictures and text, as their pages show them."""

import re

import pytest

from course_utils.instructor.pages import safe_html, safe_markdown
from course_utils.instructor.pages.safe_markdown import markdown
from tests.instructor.pages.made import ATTACKS, PICTURE, check, failed, record
from tests.instructor.pages.page_of import page_of
from tests.instructor.pages.reading import faults


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
