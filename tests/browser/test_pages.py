"""Every page of the built site in a real browser, from a plain file server, network cut."""

from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
import yaml
from playwright.sync_api import Browser, Page

from course_utils.instructor.book import BUILT
from tests.bank import ROOT

pytestmark = pytest.mark.chromium

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
PAGES = [TOC["root"], *(c["file"] for part in TOC["parts"] for c in part["chapters"])]
SCREENS = {"light": (1300, "light"), "dark": (1300, "dark"), "phone": (390, "light")}


class Visit:
    """A page that was opened, and all that went wrong on it."""

    def __init__(self, browser: Browser, address: str, page: str, screen: str) -> None:
        width, scheme = SCREENS[screen]
        self.faults: list[str] = []
        self.address = address
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: m.type == "error" and self.faults.append(m.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed {request.url}"))
        self.page.on("request", self._must_stay_here)
        self.page.on(
            "response", lambda r: r.status >= 400 and self.faults.append(f"{r.status} {r.url}")
        )
        self.page.goto(f"{address}/{page}.html", wait_until="networkidle")
        if self.page.locator(".math").count():
            self.page.wait_for_selector("mjx-container")

    def _must_stay_here(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"leaves the machine: {request.url}")

    def broken_figures(self) -> list[str]:
        """Figures that did not load, have no size, or no text that says what one sees."""
        return self.page.evaluate("""() => [...document.querySelectorAll("article img")]
            .filter(i => !i.closest("figure[data-live]"))
            .filter(i => !i.complete || !i.naturalWidth || !i.clientWidth
                         || i.alt.trim().length < 40 || i.alt.includes("_images"))
            .map(i => i.src + " alt: " + i.alt)""")

    def raw_formulas(self) -> list[str]:
        """Formulas that are still TeX, failed, or have no size."""
        return self.page.evaluate("""() => [...document.querySelectorAll("article .math")]
            .filter(m => { const f = m.querySelector("mjx-container");
                           return !f || !f.clientWidth || m.querySelector("mjx-merror"); })
            .map(m => m.textContent.trim())""")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", PAGES)
def test_page_is_whole(browser: Browser, address: str, page: str, screen: str) -> None:
    visit = Visit(browser, address, page, screen)
    assert visit.broken_figures() == []
    assert visit.raw_formulas() == []
    wider = visit.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"the page is {wider} px wider than the screen"
    if screen != "phone":  # on a phone the sidebar that holds it is folded away
        boxes = visit.page.locator("input[type=search], .search-button-field, .search-button")
        assert sum(box.is_visible() for box in boxes.all()) == 1, "one search box"
    assert visit.faults == []
    visit.page.context.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(browser: Browser, address: str, page: str) -> None:
    visit = Visit(browser, address, page, "light")
    links = visit.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    assert links
    for link in set(links):
        target = urlparse(link)
        if target.netloc != urlparse(address).netloc:
            assert target.scheme == "https", link
            continue
        file = ROOT / BUILT / unquote(target.path).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        assert file.exists(), f"dead link {link}"
        if target.fragment and file.suffix == ".html":
            assert f'id="{unquote(target.fragment)}"' in file.read_text(), f"dead anchor {link}"
    visit.page.context.close()


def test_buttons_do_something(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, PAGES[1], "light")
    page = visit.page
    themes = set()
    for _ in range(3):  # light, dark, as the system
        page.locator(".theme-switch-button:visible").first.click()
        themes.add(page.locator("html").get_attribute("data-theme"))
    assert themes == {"light", "dark"}

    page.locator(".search-button-field:visible").first.click()
    assert page.locator(".search-button__search-container input").is_visible()
    page.keyboard.press("Escape")

    contents = page.locator("#pst-primary-sidebar, .bd-sidebar-primary").first
    assert contents.is_visible()
    page.locator(".primary-toggle:visible").first.click()
    page.wait_for_function("el => el.getBoundingClientRect().right <= 0 || !el.offsetWidth "
                           "|| getComputedStyle(el).visibility == 'hidden'",
                           arg=contents.element_handle())  # fmt: skip

    page.locator(".dropdown-download-buttons > button").click()
    downloads = page.locator(".dropdown-download-buttons a.dropdown-item, "
                             ".dropdown-download-buttons button.dropdown-item")  # fmt: skip
    assert downloads.count() >= 1
    assert all(item.is_visible() for item in downloads.all())
    assert visit.faults == []
    visit.page.context.close()


def test_all_pages_and_figures_were_built() -> None:
    """As many pages as the contents name, and in each chapter as many figures as its source."""
    built = {
        p.relative_to(ROOT / BUILT).with_suffix("").as_posix()
        for p in (ROOT / BUILT / "book").glob("*.html")
    }
    assert built == set(PAGES)
    for page in PAGES:
        source = (ROOT / f"{page}.md").read_text()
        html = (ROOT / BUILT / f"{page}.html").read_text()
        assert html.count("<img alt=") == source.count("    alt: >-"), page


def test_the_front_door_opens_the_book(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, "index", "light")
    visit.page.wait_for_url(f"{address}/{TOC['root']}.html")
    assert visit.page.title()
    assert Path(urlparse(visit.page.url).path).stem == Path(TOC["root"]).stem
    visit.page.context.close()
