"""Pages in a real browser, and colours that can be read."""

import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.instructor.pages.made import ATTACKS, check, failed, record
from tests.instructor.pages.page_of import page_of
from tests.instructor.pages.reading import on_a_phone


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
