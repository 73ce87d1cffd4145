"""Where the notebook is that a cell stands in. Each tool tells it in a way of its own.

Colab       the page in the browser is asked, so this is what is on screen
VS Code     leaves the file's path in the variable `__vsc_ipynb_file__`
Jupyter     leaves it in the environment of the kernel, as `JPY_SESSION_NAME`
elsewhere   the caller gives the path

Neither IPython nor Colab's package is imported unless it is there already.
"""

import importlib
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course_utils.checks.plain_json import MAX_BYTES

PATIENCE = 30
"""Seconds that Colab's page gets to send a notebook; it holds pictures, perhaps many."""
GIVE = 'call before_submission("NAME.ipynb") with the path of your notebook'


class NotFound(ValueError):
    """No notebook; the message says what to do."""


@dataclass(frozen=True)
class OwnNotebook:
    """A notebook's bytes, the name of its file, and what is to be known about them."""

    data: bytes
    name: str
    state: str


def own_notebook(path: Any = None) -> OwnNotebook:
    """The notebook at `path`, or the one from which this is called; NotFound if there is none."""
    if path is not None:
        return _on_disk(_given(path))
    if "google.colab" in sys.modules:
        return _from_colab()
    if isinstance(said := _user_variable("__vsc_ipynb_file__"), str):
        return _on_disk(Path(said))
    if said := os.environ.get("JPY_SESSION_NAME"):
        return _on_disk(_from_session(said))
    raise NotFound(f"no notebook found from here: {GIVE}")


def _given(path: Any) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise NotFound(f"path is a {type(path).__name__}, where text belongs: {GIVE}")
    try:
        return Path(os.fsdecode(path)).expanduser()
    except (ValueError, RuntimeError, TypeError) as error:
        raise NotFound(f"path={path!r} is no path ({error}): {GIVE}") from None


def _user_variable(name: str) -> Any:
    """A variable of the notebook; None outside of one."""
    get = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return getattr(get() if get else None, "user_ns", {}).get(name)


def _from_session(said: str) -> Path:
    """The file of a Jupyter session: a whole path, or one that begins where the server did."""
    try:
        here = Path.cwd()
        places = [Path(said), *(folder / said for folder in (here, *here.parents))]
        found = next((place for place in places if place.is_file()), None)
    except OSError:  # the kernel's folder is gone, or one above may not be looked into
        found = None
    if found is None:
        raise NotFound(
            f"{said!r} is not there: if you renamed the notebook, restart its kernel, or {GIVE}"
        )
    return found


def _on_disk(path: Path) -> OwnNotebook:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one byte too many is refused where it is read
            saved = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotFound(f"{str(path)!r} cannot be read ({why}): {GIVE}") from None
    state = f"saved {_ago(saved)}; save first: what you wrote since then is not looked at"
    return OwnNotebook(data, path.name, state)


def _ago(saved: datetime) -> str:
    minutes = int((datetime.now() - saved).total_seconds() // 60)
    if minutes < 1:
        return f"at {saved:%H:%M:%S}, just now"
    if minutes < 120:
        return f"at {saved:%H:%M}, {minutes} minute{'s' * (minutes > 1)} ago"
    return f"on {saved:%d %B %Y at %H:%M}"


def _from_colab() -> OwnNotebook:
    again = f"run this cell once more, or upload the notebook under Files and {GIVE}"
    try:
        message = importlib.import_module("google.colab._message")
        reply = message.blocking_request("get_ipynb", timeout_sec=PATIENCE)
    except Exception as error:  # its errors are its own, and they change
        why = f"{type(error).__name__}: {error}"
        raise NotFound(f"Colab did not give the notebook ({why}): {again}") from None
    notebook = reply.get("ipynb") if isinstance(reply, dict) else None
    if not isinstance(notebook, dict):
        raise NotFound(f"Colab did not give the notebook: {again}")
    metadata = notebook.get("metadata")
    colab = metadata.get("colab") if isinstance(metadata, dict) else None
    said = colab.get("name") if isinstance(colab, dict) else None
    name = said if isinstance(said, str) and said else "the notebook"
    state = "as it is on screen; to hand it in: File > Download > Download .ipynb"
    return OwnNotebook(json.dumps(notebook).encode(), name, state)
