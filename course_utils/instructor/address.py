"""The one public address, set in `_config.yml`, and what notebooks say of it."""

import re
from pathlib import Path

import yaml

from course_utils import __version__

DOCTOR = """\
from course_utils.doctor import doctor

doctor(quiet=True);  # says what else is missing, and how to mend it"""
FETCH = """\
# In Colab: fetches the course's package. Where it is installed, nothing happens.
try:
    from course_utils import __version__
except ModuleNotFoundError:
    import subprocess
    import sys

    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*command, "{wheel}"], check=True)"""
EXPLAIN = """\
# Looks for the course's package, and says how to get it where it is missing.
try:
    from course_utils import __version__
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "course_utils is not installed: your instructor gave you its wheel, a file that ends in "
        ".whl. On a laptop: pip install that file. In Colab: upload it under Files and run  "
        "%pip install --no-deps *.whl"
    ) from None"""


def public_address(root: Path) -> str:
    """Where the public tree lives, without a slash at its end; empty where none is set.

    Raises
    ------
    ValueError : where it is set to anything but an address with https://, or cannot be read.
    """
    path = root / "_config.yml"
    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from None
    if not isinstance(config, dict):
        raise ValueError(f"{path}: no settings in it")
    address = str(config.get("public_address") or "").rstrip("/")
    if address and not re.fullmatch(r"https://[\w.~:/-]+", address):
        raise ValueError(f"{path}: public_address={address!r}: give https://HOST/PATH")
    return address


def install_code(address: str) -> str:
    """The first code cell of a released notebook: gets the course's package where it is missing.

    Without an address it says what to do. No version of anything else is asked for: Colab brings
    its own NumPy and torch.
    """
    wheel = f"{address}/raw/main/course_utils-{__version__}-py3-none-any.whl"
    package = FETCH.replace("{wheel}", wheel) if address else EXPLAIN
    return f"{package}\n\n{DOCTOR}"
