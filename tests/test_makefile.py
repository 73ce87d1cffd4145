"""`make` alone lists every command; README begins with the two that matter."""

import os
import re
import subprocess

import pytest

from course_utils.instructor import cli
from tests.bank import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = dict(re.findall(r"^([\w-]+):[^#=\n]*(?:##\s*(.*))?$", MAKEFILE, re.MULTILINE))
DOCUMENTED = {name: line for name, line in TARGETS.items() if line}


def make(*arguments: str) -> str:
    """Run make as a user does, whatever make these tests run under."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def test_make_alone_lists_every_documented_command_with_its_line():
    listed = dict(line.split(None, 1) for line in make().splitlines())
    assert listed == DOCUMENTED
    assert {"help", "course", "notebooks", "site", "serve", "test", "clean"} <= set(listed)


def test_phony_targets_and_targets_are_the_same():
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert sorted(phony[1].split()) == sorted(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_can_be_made(target):
    assert make("--dry-run", target)


def test_the_commands_of_course_exist(capsys):
    used = set(re.findall(r'"\$\(COURSE\)" (\w+)', MAKEFILE))
    assert used
    for command in used:
        with pytest.raises(SystemExit) as end:
            cli.main([command, "--help"])
        assert (command, end.value.code) == (command, 0), capsys.readouterr().err


def test_readme_begins_with_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    commands = [line.split("#")[0].strip() for line in lines]
    assert [command for command in commands if command][:2] == ["make course", "make test"]
    assert {command.removeprefix("make ") for command in commands[:2]} <= set(DOCUMENTED)
