"""A figure where readers and students meet it: the site, nbconvert's page, and JupyterLab."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Page, expect

from course_utils import explorables
from course_utils.instructor.book import BUILT
from tests.bank import ROOT
from tests.e2e.classroom import BIN, ENVIRONMENT

pytestmark = pytest.mark.chromium
NAME = "two_weights"
SOURCE = f"from course_utils import explorables\n\nexplorables.{NAME}()"
CHAPTERS = {
    "two_weights": "exact_solutions",
    "modes": "exact_solutions",
    "denoising": "denoising_autoencoders",
    "scaled_weight": "scaling",
    "eigenbasis": "right_basis",
    "features_and_fit": "bias_complexity",
    "flow_and_descent": "gradient_flow",
    "particles": "birth_death",
}
PATIENCE_MS = 60_000
"""Of a kernel or a server that starts on a busy machine."""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook that has run, with the figure as its one output."""
    ran = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)])
    ran.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(ran, timeout=120).execute()
    path = tmp_path_factory.mktemp("notebook") / "play.ipynb"
    nbformat.write(ran, path)
    return path


def plays(page: Page, name: str = NAME) -> None:
    """Its slider answers to the keyboard: the curves move and the sentence changes."""
    figure = page.locator(f"figure[data-figure={name}]")
    figure.get_by_role("button", name="Skip").click()
    slider = figure.locator("input[type=range]").first
    curves = "all => all.map(p => p.getAttribute('d')).join()"
    before = figure.locator(".x-panel path").evaluate_all(curves)
    said = figure.locator(".x-says").inner_text()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(figure.locator(".x-says")).not_to_have_text(said)
    assert figure.locator(".x-panel path").evaluate_all(curves) != before
    expect(figure.locator("img.explorable-still")).to_be_hidden()


def test_every_figure_has_its_chapter() -> None:
    assert set(CHAPTERS) == set(explorables.__all__) - {"Explorable"}


@pytest.mark.parametrize(("name", "chapter"), CHAPTERS.items())
def test_on_the_site_and_from_a_file_of_it(browser: Browser, address: str, name, chapter) -> None:
    for place in (address, (ROOT / BUILT).as_uri()):
        page = browser.new_context(color_scheme="dark").new_page()
        page.goto(f"{place}/book/{chapter}.html")
        plays(page, name)
        around = page.locator(f"figure[data-figure={name}]").locator("xpath=..")
        ground = around.evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground == "rgba(0, 0, 0, 0)", "the theme's light ground shows around it"
        page.context.close()


def test_in_what_nbconvert_makes_of_a_notebook(browser: Browser, notebook: Path) -> None:
    text, _ = HTMLExporter().from_filename(str(notebook))
    place = notebook.with_suffix(".html")
    place.write_text(text, encoding="utf-8")
    page = browser.new_context().new_page()
    page.goto(place.as_uri(), wait_until="domcontentloaded")  # what else it wants is cut off
    plays(page)
    page.context.close()


@pytest.fixture
def lab(notebook: Path) -> Iterator[str]:
    """The address of a JupyterLab in the notebook's folder."""
    command = [BIN / "jupyter-lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        command, cwd=notebook.parent, env=ENVIRONMENT, text=True, **pipes
    ) as process:
        try:
            said = ""
            for line in process.stdout:
                said += line
                if match := re.search(r"http://127\.0\.0\.1:(\d+)/\S*token=(\w+)", line):
                    yield f"http://127.0.0.1:{match[1]}/lab/tree/{notebook.name}?token={match[2]}"
                    return
            raise AssertionError(said)
        finally:
            process.terminate()


def test_in_jupyterlab_once_the_cell_has_run(browser: Browser, lab: str) -> None:
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(lab)
    # Of a file that comes from elsewhere JupyterLab runs no script: the picture stands for it.
    expect(page.locator(".jp-OutputArea img").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.locator(".x-panel").count() == 0
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.locator(".x-live").wait_for()
    plays(page)
    page.context.close()


def test_the_notebook_holds_no_more_than_it_needs(notebook: Path) -> None:
    (output,) = json.loads(notebook.read_text())["cells"][0]["outputs"]
    assert set(output["data"]) == {"text/html", "image/png", "text/plain"}
