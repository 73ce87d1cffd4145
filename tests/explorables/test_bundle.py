"""A figure's modules become one script; what cannot be joined is refused by name."""

import json
import re
import subprocess
from html.parser import HTMLParser
from importlib import resources

import pytest

from course_utils import explorables
from course_utils.explorables import bundle
from tests.explorables.node import NODE, needs_node

NAMES = [name for name in explorables.__all__ if name != "Explorable"]


@pytest.fixture
def files(monkeypatch, tmp_path):
    """The package's files are those that a test writes."""
    monkeypatch.setattr(bundle, "PACKAGE", tmp_path)

    def write(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source)

    return write


def test_each_module_comes_once_and_what_is_imported_first(files):
    files(
        top='import { a } from "./left.js";\nimport { b } from "./right.js";\nconst t = a + b;\n',
        left='import { x } from "./base.js";\nexport const a = x;\n',
        right='import { x } from "./base.js";\nexport const b = x;\n',
        base="export const x = 1;\n",
    )
    assert re.findall(r"const (\w)", bundle.joined("top")) == ["x", "a", "b", "t"]


@pytest.mark.parametrize(
    ("top", "says"),
    [
        ('import { a } from "./other.js";\nconst b = 1;\n', "b stands in other.js too"),
        ('import { a } from "./other.js";\nexport function a() {}\n', "a stands in"),
        ('import * as a from "./other.js";\n', "write import"),
        ('import x from "d3";\n', "write import"),
    ],
)
def test_what_cannot_be_joined_is_refused(files, top, says):
    files(top=top, other="export const a = 1;\nlet b;\n")
    with pytest.raises(ValueError, match=says):
        bundle.joined("top")


@needs_node
@pytest.mark.parametrize("name", NAMES)
def test_every_module_keeps_to_anywidgets_contract(name, tmp_path):
    (tmp_path / "one.mjs").write_text(bundle.joined(name))
    look = f'import("{tmp_path}/one.mjs").then(m => console.log(JSON.stringify(m.default, '
    look += "(key, v) => typeof v === 'function' ? v.length : v)))"
    done = subprocess.run([str(NODE), "-e", look], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"render": 1}


class Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_one_element_that_fetches_nothing(name):
    figure = getattr(explorables, name)()
    parts = Parts()
    parts.feed(figure.html())
    assert [tag for tag, _ in parts.tags] == ["figure", "style", "script", "img", "figcaption"]
    still = parts.tags[3][1]
    assert still["src"].startswith("data:image/png;base64,")
    assert len(still["alt"]) > 60
    assert "</script" not in bundle.script(name)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", figure.html())
    assert set(figure._repr_mimebundle_()) == {"text/html", "image/png", "text/plain"}


def test_a_quote_in_a_value_stays_a_value():
    figure = explorables.Explorable(
        "two_weights", 'a <b> & "c"', {"x": "'\"><script>"}, explorables.two_weights().picture, '"'
    )
    parts = Parts()
    parts.feed(figure.html())
    assert json.loads(parts.tags[0][1]["data-start"]) == {"x": "'\"><script>"}
    assert [tag for tag, _ in parts.tags].count("script") == 1


def test_the_files_that_a_page_needs_are_in_the_package():
    files = {path.name for path in resources.files("course_utils.explorables").iterdir()}
    assert {f"{name}.js" for name in NAMES} <= files
