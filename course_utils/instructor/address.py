"""The one public address, set in `_config.yml`, and what notebooks say of it."""

from pathlib import Path

import yaml

from course_utils import __version__

HEAD = """\
# In Colab: fetches the course's package. Where it is installed, nothing happens.
try:
    from course_utils import __version__
except ModuleNotFoundError:
"""
FETCH = """\
    import subprocess
    import sys

    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*command, "{wheel}"], check=True)"""
EXPLAIN = """\
    raise ModuleNotFoundError(
        "course_utils is not installed. On a laptop: run `make course` in the course's folder "
        "and open this notebook with .venv/bin/jupyter lab. In Colab: upload the wheel that your "
        "instructor gave you and run  %pip install --no-deps *.whl"
    ) from None"""


def public_address(root: Path) -> str:
    """Where the public tree lives, without a slash at its end; empty where none is set.

    Raises
    ------
    ValueError : where it is set but does not begin with https://.
    """
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    address = str(config.get("public_address") or "").rstrip("/")
    if address and not address.startswith("https://"):
        raise ValueError(f"_config.yml: public_address={address!r}: begin it with https://")
    return address


def install_code(address: str) -> str:
    """The first code cell of a released notebook: gets the course's package where it is missing.

    Without an address it says what to do. No version of anything else is asked for: Colab brings
    its own NumPy and torch.
    """
    wheel = f"{address}/raw/main/course_utils-{__version__}-py3-none-any.whl"
    return HEAD + (FETCH.replace("{wheel}", wheel) if address else EXPLAIN)
