"""A real Chromium with the network cut and the built site, shared by the tests of a file."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from course_utils.instructor.book import BUILT, server
from tests.bank import ROOT
from tests.conftest import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The built site on loopback; `make test` builds it first."""
    assert (ROOT / BUILT / "index.html").exists(), "build the site first: make site"
    with server(ROOT / BUILT, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
