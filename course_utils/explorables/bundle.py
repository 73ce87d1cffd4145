"""A figure's module and those it imports, as one script that needs no others.

Figures are ES modules. A page that is opened as a file, or printed by a notebook's cell, can import
none; so they are joined into one scope. That works for modules that import by name from files
(`import { a } from "./b.js";`) and whose names at the top level differ; `joined` refuses others.
"""

import functools
import re
from importlib import resources

PACKAGE = resources.files("course_utils.explorables")
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w/.]+)";\n', re.MULTILINE)
TOP_LEVEL = re.compile(
    r"^(?:export )?(?:const|let|function|class) +([\w$]+|\[[^\]]*\])", re.MULTILINE
)


@functools.cache
def script(name: str) -> str:
    """The classic script that brings all figures of this name on a page to life."""
    body = joined(name, "shared/host.js")
    default = "export default "
    if body.count(default) != 1:
        raise ValueError(f"{name}.js: end it with one `export default {{ render }};`")
    body = body.replace(default, "const figure = ")
    body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
    return f'(() => {{\n"use strict";\n{body}\nmount("{name}", figure);\n}})();'


def joined(name: str, *more: str) -> str:
    """One module: the figure's own and all that it imports, each once, what is imported first."""
    sources: dict[str, str] = {}
    for path in (*more, f"{name}.js"):
        _collect(path, sources)
    seen: dict[str, str] = {}
    for path, source in sources.items():
        for names in TOP_LEVEL.findall(source):
            for one in re.findall(r"[\w$]+", names):
                if one in seen:
                    raise ValueError(f"{path}: {one} stands in {seen[one]} too: rename one of them")
                seen[one] = path
    return "\n".join(sources.values())


def _collect(path: str, sources: dict[str, str]) -> None:
    if path in sources:
        return
    source = PACKAGE.joinpath(path).read_text(encoding="utf-8")
    folder = path.rpartition("/")[0]
    for _, other in IMPORT.findall(source):
        _collect(f"{folder}/{other}".lstrip("/"), sources)
    source = IMPORT.sub("", source)
    if left := re.search(r"^import .*", source, re.MULTILINE):
        raise ValueError(f'{path}: {left[0]}: write import {{ NAME }} from "./FILE.js";')
    sources[path] = source
