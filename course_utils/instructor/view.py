"""What is visible inside a sandbox: the bubblewrap command, and the environment of what runs there.

This Python and its environment, read-only, the parts of the course that answers may import, and a
small /tmp: no other files of the course, no other processes, no network.
"""

import os
import shutil
import sys
from pathlib import Path

import course_utils

PACKAGE = Path(course_utils.__file__).parent
COURSE, ENVIRONMENT = Path("/course"), Path("/environment")
"""Where the package and this Python's environment lie inside, wherever they are outside."""
KEPT = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Variables that pass: they describe the processor."""
ARGUMENTS = ("course_utils.models.fully_connected", "course_utils.models.particles")
"""Modules whose objects checks may give to answers that may not import them."""


class SandboxError(OSError):
    """The sandbox cannot start, or has broken down."""


def wrapped(withheld: tuple[str, ...], *, uid: int, size: int) -> list[str]:
    """bubblewrap with what is visible inside, up to the command that runs there.

    `uid` is the user inside if the grader runs as root; `size` bounds /tmp, in bytes.
    """
    bwrap = bubblewrap()
    root = os.geteuid() == 0
    command = [bwrap, "--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid"]
    command += ["--as-pid-1"]  # no signal from inside reaches it, and orphans come to it
    command += ["--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL"]
    if not root:
        command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    command += _view(withheld, size)
    if root:
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        command += ["--cap-add", "CAP_SETPCAP", "--", "setpriv", f"--reuid={uid}"]
        command += [f"--regid={uid}", "--clear-groups", "--no-new-privs"]
        command += ["--bounding-set=-all", "--inh-caps=-all"]
    return [*command, "--"]


def bubblewrap() -> str:
    """Where it is; SandboxError with the remedy if it is missing."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxError(
            "bubblewrap is missing: apt-get install bubblewrap (or --no-sandbox, for submissions "
            "that you trust)"
        )
    return bwrap


def _view(withheld: tuple[str, ...], size: int) -> list[str]:
    """Mounts: the system's libraries and this Python read-only, the course's visible parts."""
    places = [("/usr", "/usr"), *((str(source), str(place)) for source, place in _pythons())]
    places += [
        (str(path), str(COURSE / path.relative_to(PACKAGE.parent))) for path in _parts(withheld)
    ]
    mounts = ["--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib"]
    mounts += ["--symlink", "usr/lib64", "/lib64", "--symlink", "usr/sbin", "/sbin"]
    mounts += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    made: set[Path] = set()
    for source, target in places:
        for parent in reversed(Path(target).parents[:-1]):  # bubblewrap's own are for root alone
            if parent not in made:
                mounts += ["--perms", "0755", "--dir", str(parent)]
                made.add(parent)
        mounts += ["--ro-bind", source, target]
    if PACKAGE.is_relative_to(sys.prefix):  # not editable: the whole course lies in there
        home = ENVIRONMENT if _in_environment() else Path(sys.prefix)
        mounts += ["--tmpfs", str(home / PACKAGE.relative_to(sys.prefix))]
    mounts += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/dev/shm"):
        mounts += ["--perms", "1777", "--size", str(size), "--tmpfs", folder]
    mounts += ["--remount-ro", "/dev", "--remount-ro", "/"]  # they are the user's own
    return [*mounts, "--chdir", "/tmp"]


def _pythons() -> list[tuple[Path, Path]]:
    """The folders of this Python outside /usr, in their places, and that of its environment."""
    bases = {Path(p).resolve() for p in (sys.base_prefix, sys.base_exec_prefix)}
    if hidden := [p for p in bases if p.is_relative_to("/tmp")]:
        raise SandboxError(f"Python lies in {hidden[0]}, and /tmp is private inside: move it")
    places = [(p, p) for p in sorted(bases) if not p.is_relative_to("/usr")]
    return [*places, (Path(sys.prefix), ENVIRONMENT)] if _in_environment() else places


def _in_environment() -> bool:
    return sys.prefix != sys.base_prefix


def python_inside() -> str:
    """The interpreter by its path inside."""
    if not _in_environment():
        return sys.executable
    return str(ENVIRONMENT / Path(sys.executable).relative_to(sys.prefix))


def _parts(withheld: tuple[str, ...]) -> list[Path]:
    """Files and folders of the package that are visible inside."""
    hidden = {"instructor", "__pycache__", *withheld}
    if withheld:  # the figures show what these modules compute, and need them
        hidden.add("explorables")
    visible = [path for path in sorted(PACKAGE.iterdir()) if path.stem not in hidden]
    return [*visible, PACKAGE / "instructor" / "__init__.py", PACKAGE / "instructor" / "inside"]


def visible_rooms(withheld: tuple[str, ...]) -> list[str]:
    return [path.stem for path in _parts(withheld) if path.is_dir() and path.stem != "inside"]


def private_sources(withheld: tuple[str, ...]) -> dict[str, str]:
    """Sources of the modules of which answers are given objects, but which they may not import."""
    hidden = [name for name in ARGUMENTS if name.split(".")[1] in withheld]
    if "data" in withheld:
        hidden += ["course_utils.data.regression", "course_utils.data.landscapes"]
    return {
        name: (PACKAGE.parent / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        for name in hidden
    }


def environment() -> dict[str, str]:
    """All that a process inside sees of it."""
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(COURSE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",
    }
