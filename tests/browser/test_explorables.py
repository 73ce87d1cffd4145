"""Each figure in a real browser, from a file that is opened directly, with the network cut."""

import importlib
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from course_utils import explorables

pytestmark = pytest.mark.chromium
NAMES = [name for name in explorables.__all__ if name != "Explorable"]
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


class Opened:
    """A page with one figure between two paragraphs, and all that went wrong on it."""

    def __init__(
        self,
        browser: Browser,
        folder: Path,
        name: str,
        figure: explorables.Explorable | None = None,
        **settings,
    ) -> None:
        figure = figure or getattr(explorables, name)()
        body = f"<p>Before</p>{figure.html()}<p id=after>After</p>"
        head = '<meta charset=utf-8><meta name=viewport content="width=device-width"><style>'
        head += f"body{{margin:1em}}</style><script>{WATCH}</script>"
        file = folder / f"{name}.html"
        file.write_text(f"<!doctype html><html data-theme=light><head>{head}</head><body>{body}")
        self.faults: list[str] = []
        self.page: Page = browser.new_context(**settings).new_page()
        self.page.on("console", lambda m: m.type == "error" and self.faults.append(m.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._must_be_here)
        self.page.goto(file.as_uri())

    def _must_be_here(self, request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.faults.append(f"leaves the machine: {request.url}")

    def skip(self) -> Locator:
        """The figure, the question skipped."""
        self.page.get_by_role("button", name="Skip").click()
        return self.page.locator("figure.explorable")

    def values(self) -> dict[str, float]:
        """What the sliders say, by key; those with powers of ten as they are."""
        sliders = self.page.locator("input[type=range]").all()
        return {
            one.get_attribute("data-key"): float(one.get_attribute("data-value")) for one in sliders
        }

    def table(self) -> dict[str, np.ndarray]:
        """The numbers of the table by heading."""
        table = self.page.locator(".x-table table")
        names = table.locator("th").all_inner_texts()
        cells = [number(text) for text in table.locator("td").all_inner_texts()]
        return dict(zip(names, np.reshape(cells, (-1, len(names))).T, strict=True))

    def drawn(self) -> list[str]:
        return self.page.eval_on_selector_all(
            ".x-panel svg path", "all => all.map(p => p.getAttribute('d'))"
        )


def number(text: str) -> float:
    """What `say` wrote: a real minus, powers of ten in raised digits, "no number" for NaN."""
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    power = re.sub("(?:([\\d.]+) · |)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", lambda m: f"{m[1] or 1}e{m[2]}", text)
    plain = power.translate(raised).replace("−", "-")
    return float({"no number": "nan", "∞": "inf", "-∞": "-inf"}.get(plain, plain))


@pytest.mark.parametrize(
    ("text", "value"),
    [("−0.25", -0.25), ("100", 100), ("10⁴", 1e4), ("−10⁻⁵", -1e-5), ("−2.5 · 10⁻¹²", -2.5e-12)],
)
def test_numbers_are_read_as_they_are_said(text, value):
    assert number(text) == value


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


def test_each_slider_moves_curves_words_and_table_by_keyboard(browser, tmp_path, name):
    opened = Opened(browser, tmp_path, name)
    figure = opened.skip()
    figure.locator(".x-table summary").click()
    oracle = importlib.import_module(f"tests.explorables.test_{name}").numbers
    for slider in figure.locator("input[type=range]").all():
        before, drawn = opened.values(), opened.drawn()
        slider.focus()
        lowest = slider.evaluate("e => e.value === e.min")
        for _ in range(3):
            opened.page.keyboard.press("ArrowRight" if lowest else "ArrowLeft")
        opened.page.wait_for_function("!document.querySelector('[data-busy]')")
        after = opened.values()
        key = slider.get_attribute("data-key")
        assert after[key] > before[key] if lowest else after[key] < before[key]
        assert {k: v for k, v in after.items() if k != key} == {
            k: v for k, v in before.items() if k != key
        }
        assert opened.drawn() != drawn, f"{key} moves no curve"
        said = slider.get_attribute("aria-valuetext")
        assert number(re.match(r"\S+( · \S+)?", said)[0]) == pytest.approx(
            after[key], rel=0.01, abs=1e-9
        )
        shown = opened.table()
        for heading, expected in oracle(after).items():
            rows = min(len(shown[heading]), len(expected))
            assert rows
            np.testing.assert_allclose(
                shown[heading][:rows], expected[:rows], rtol=2e-3, atol=1e-6, err_msg=heading
            )
    assert opened.faults == []


def test_a_run_is_drawn_on_top(browser, tmp_path, name):
    figure = importlib.import_module(f"tests.explorables.test_{name}").with_run()
    opened = Opened(browser, tmp_path, name, figure)
    shown = opened.skip()
    assert shown.locator(".x-legend").get_by_text("your run").is_visible()
    lines = shown.locator(".x-panel path.x-c4").evaluate_all(
        "all => all.map(p => [p.getAttribute('d'), p.getTotalLength()])"
    )
    assert lines
    assert all(path and length > 5 for path, length in lines), lines
    assert opened.faults == []


def test_the_guess_comes_first_stays_and_moves_nothing(browser, tmp_path, name):
    opened = Opened(browser, tmp_path, name)
    page, body = opened.page, opened.page.locator(".x-body")
    place = page.locator("#after").bounding_box()
    assert body.evaluate("b => b.inert && getComputedStyle(b).visibility") == "hidden"
    page.get_by_role("button", name="That is my guess").click()  # without a choice: not taken
    assert body.evaluate("b => b.inert")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="That is my guess").click()
    assert not body.evaluate("b => b.inert")
    guess = page.locator(".x-told").inner_text()
    assert guess.startswith("Your guess: ")
    assert page.locator("#after").bounding_box() == place
    page.reload()
    assert page.locator(".x-told").inner_text() == guess
    assert page.locator(".x-cover").count() == 0
    assert page.evaluate("shifts") == []
    assert opened.faults == []


@pytest.mark.parametrize("width", [1300, 390])
def test_it_fits_and_can_be_read_in_both_themes(browser, tmp_path, name, width):
    opened = Opened(browser, tmp_path, name, viewport={"width": width, "height": 900})
    figure, page = opened.skip(), opened.page
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    strokes = []
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        ground = colour(figure, "backgroundColor")
        for text in ["figcaption", ".x-says", ".x-slider span", "button"]:
            assert contrast(colour(figure.locator(text).first, "color"), ground) >= 4.5, text
        for text in [".x-tick", ".x-label", ".x-title"]:
            assert contrast(colour(figure.locator(text).first, "fill"), ground) >= 4.5, text
        lines = figure.locator(".x-panel svg path").all()
        assert all(contrast(colour(one, "stroke"), ground) >= 3 for one in lines)
        strokes.append([colour(one, "stroke") for one in lines])
    assert strokes[0] != strokes[1]
    for control in figure.locator("input, button, summary").all():
        assert control.bounding_box()["height"] >= 20, "too small for a finger"
    first = figure.locator("input[type=range]").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid", "no visible focus"


def test_without_scripts_the_picture_and_the_sentence_remain(browser, tmp_path, name):
    opened = Opened(browser, tmp_path, name, java_script_enabled=False)
    still = opened.page.locator("img.explorable-still")
    assert still.bounding_box()["width"] > 300
    assert opened.page.locator("figcaption").inner_text()


def test_it_is_light(name):
    import gzip

    assert len(gzip.compress(getattr(explorables, name)().html().encode())) <= 30_000


def colour(place: Locator, name: str) -> tuple[float, ...]:
    text = place.evaluate(f"e => getComputedStyle(e).{name}")
    numbers = [float(v) for v in re.findall(r"[\d.]+", text)]
    assert len(numbers) == 3 or numbers[3] == 1, f"{name} {text}: see-through"
    return tuple(numbers[:3])


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The ratio of WCAG 2: relative luminances, each raised by a twentieth."""

    def luminance(rgb):
        c = np.array(rgb) / 255
        linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
