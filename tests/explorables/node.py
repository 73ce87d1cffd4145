"""The mathematics of a figure's script, run by Node, to be compared with NumPy's."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from course_utils.explorables import bundle

NODE = shutil.which("node")
CALL = """\
import { readFileSync } from "node:fs";
const figure = await import(process.argv[2]);
const calls = JSON.parse(readFileSync(0, "utf8"));
const plain = (key, v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v);
console.log(JSON.stringify(calls.map(([name, given]) => figure[name](...given)), plain));
"""
needs_node = pytest.mark.node


def call(name: str, calls: list[tuple[str, list[Any]]], folder: Path) -> list[Any]:
    """What the exported functions of a figure return, in one process for all calls.

    Numbers that JSON has not (NaN, Infinity) come back as their names.
    """
    module, runner = folder / f"{name}.mjs", folder / "call.mjs"
    module.write_text(bundle.joined(name), encoding="utf-8")
    runner.write_text(CALL, encoding="utf-8")
    done = subprocess.run(
        [str(NODE), runner, module], input=json.dumps(calls), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
