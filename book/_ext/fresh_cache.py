"""The execution cache knows what the chapters run on.

jupyter-cache keys its entries by a notebook's own code. Its folder's name therefore carries a hash
of the package and of the pinned set: change either, and all chapters run again. Folders of earlier
hashes are removed.
"""

import hashlib
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("config-inited", set_cache_path)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def set_cache_path(app: Sphinx, config: Config) -> None:
    root = Path(app.srcdir)
    folder = root / "_build" / f".cache-{fingerprint(root)}"
    for old in folder.parent.glob(".cache-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    # A changed value also makes Sphinx read every page again.
    config.nb_execution_cache_path = str(folder)


def fingerprint(root: Path) -> str:
    """Hash of everything a chapter's outputs depend on besides its own text."""
    package = root / "course_utils"
    left_out = {"instructor", "__pycache__"}
    sources = [
        p
        for p in package.rglob("*")
        if p.is_file() and left_out.isdisjoint(p.relative_to(package).parts)
    ]
    digest = hashlib.sha256()
    for path in [root / "requirements.txt", *sorted(sources)]:
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
