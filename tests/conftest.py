"""What this machine has: tests that need more say so, and in CI may not be left out.

`make system` installs Debian's packages. Without them the tests that need them are skipped, by
name; with CI=true in the environment a skip is a failure. Tests marked `cuda` are for a machine
with a GPU: elsewhere they are not collected, and the header says so.
"""

import os
import shutil

import matplotlib
import pytest
import torch

matplotlib.use("Agg")
pytest_plugins = ["tests.scoreboard"]
CHROMIUM = shutil.which("chromium")
NEEDS = {
    "chromium": (CHROMIUM, "Debian's Chromium is missing: make system"),
    "node": (shutil.which("node"), "Debian's nodejs is missing: make system"),
    "bubblewrap": (shutil.which("bwrap"), "Debian's bubblewrap is missing: make system"),
}


def pytest_report_header() -> list[str]:
    missing = [reason for found, reason in NEEDS.values() if not found]
    gpu = "run" if torch.cuda.is_available() else "left out, no CUDA device"
    return [f"GPU tests: {gpu}", *missing]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for name, (found, reason) in NEEDS.items():
            if item.get_closest_marker(name) and not found:
                item.add_marker(pytest.mark.skip(reason=reason))
    if not torch.cuda.is_available():
        for_gpu = [item for item in items if item.get_closest_marker("cuda")]
        config.hook.pytest_deselected(items=for_gpu)
        items[:] = [item for item in items if item not in for_gpu]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr[-1]}"
    return report
