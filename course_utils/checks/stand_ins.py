"""What a notebook on Colab offers and a plain process does not: names and modules that do nothing.

Lines that were left in an answer's cell, such as `drive.mount(...)`, `display(...)` and
`get_ipython()`, have nothing to do with the answer and shall cost nothing: neither when it is
graded nor when `before_submission` runs it in a new Python.
"""

import builtins
import importlib
import sys
import types
from contextlib import suppress
from typing import Any

COLAB = ("auth", "data_table", "drive", "files", "output", "patches", "runtime", "userdata")


class Nothing:
    """Whatever is read of it is itself, and so is what calling it gives; it is empty and false."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python asks what an object can do
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __getitem__(self, key: Any) -> Any:
        return self

    def __iter__(self) -> Any:
        return iter(())

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        return None

    def __len__(self) -> int:
        return 0


def install() -> None:
    """Put them in place; to be called once, before any student code."""
    nothing = Nothing()
    google = _package("google")
    colab = _package("google.colab")
    google.__dict__["colab"] = colab
    for name in COLAB:
        module = types.ModuleType(f"google.colab.{name}")
        # A module without a name looks it up here: any function of Colab's is there.
        module.__dict__["__getattr__"] = nothing.__getattr__
        sys.modules[module.__name__] = colab.__dict__[name] = module
    shell = Shell()
    vars(builtins).update(display=_display, get_ipython=lambda: shell)
    # IPython is left as it is, and unloaded: outside a notebook its `display` prints, and its
    # `get_ipython` gives None. With a shell to be found, libraries would start one.
    with suppress(ImportError):
        bars = importlib.import_module("tqdm")
        for name in ("tqdm.notebook", "tqdm.autonotebook", "tqdm.auto"):  # for want of a browser
            module = types.ModuleType(name)
            vars(module).update(tqdm=bars.tqdm, trange=bars.trange, tqdm_notebook=bars.tqdm)
            sys.modules[name] = vars(bars)[name.rpartition(".")[2]] = module


class Shell(Nothing):
    """What `get_ipython()` gives: magics and shell lines go nowhere."""

    def __getattr__(self, name: str) -> Any:
        if name in ("ask_exit", "kernel"):
            raise AttributeError(f"{name}: there is no kernel")
        return super().__getattr__(name)

    def __bool__(self) -> bool:
        return True


def _display(*args: Any, **kwargs: Any) -> None:
    """As IPython's: it gives nothing."""


def _package(name: str) -> types.ModuleType:
    """The package if there is one, and otherwise one in which nothing else is found."""
    try:
        return importlib.import_module(name)
    except ImportError:
        module = types.ModuleType(name)
        module.__path__ = []
        sys.modules[name] = module
        return module
