"""The command `course`: what it lists, how it fails, and that each error is one line."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import course_utils
from course_utils.instructor.cli import main
from tests.instructor import demo

COMMANDS = ("notebooks", "site", "serve")


@pytest.fixture
def error(tmp_path, capsys):
    """Runs a command that must fail in the course at `tmp_path`, and gives its one line."""
    demo.write_demo(tmp_path)

    def run(*arguments: str, root: Path = tmp_path) -> str:
        assert main(["--root", str(root), *arguments]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        line = re.fullmatch(r"course: (.+)\n", said.err)  # one line: a dot is no line end
        assert line is not None, said.err
        return line[1]

    return run


def test_help_lists_every_command_with_what_it_does(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    listed = re.findall(r"^    (\w+) +\S.+$", capsys.readouterr().out, re.MULTILINE)
    assert set(COMMANDS) <= set(listed)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert f"course {command}" in " ".join(capsys.readouterr().out.split())


def test_version(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"{course_utils.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["grade"], [], ["notebooks", "--chekc"], ["serve", "--port", "x"]]
)
def test_what_is_no_command_is_refused(arguments, tmp_path, monkeypatch, capsys):
    demo.write_demo(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = demo.tree(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "course" in capsys.readouterr().err
    assert demo.tree(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_outside_a_course_every_command_says_where_to_run_it(command, error, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    assert "--root" in error(command, root=tmp_path / "elsewhere")
    assert "--root" in error(command, root=tmp_path / "nowhere")


def test_the_installed_command_exits_with_the_status(tmp_path):
    program = Path(sys.executable).with_name("course")
    done = subprocess.run([program, "site"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_reader_that_leaves_ends_nothing(tmp_path):
    """As `| head` does; what a command writes is written all the same."""
    code = (
        "import os; from course_utils.instructor import cli\n"
        "done = []\n"
        "def lines():\n"
        "    for n in range(3): done.append(n); yield n\n"
        "status = cli._print(lines())\n"
        f"open({str(tmp_path / 'done')!r}, 'w').write(f'{{status}} {{done}}')"
    )
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, b"")
    assert (tmp_path / "done").read_text() == "0 [0, 1, 2]"


BAD_CONFIGS = {
    "missing": None,
    "not_yaml": "public_address: [",
    "empty": "",
    "not_utf_8": "title: \udce9",
    "no_address": "public_address: [https://example.org]",
    "not_https": "public_address: http://example.org",
    "breaks_the_code": "public_address: 'https://example.org/\" + \"'",
}


@pytest.mark.parametrize("config", BAD_CONFIGS.values(), ids=BAD_CONFIGS.keys())
def test_a_bad_config_is_named(config, error, tmp_path):
    path = tmp_path / "_config.yml"
    path.unlink()
    if config is not None:
        path.write_bytes(config.encode("utf-8", "surrogateescape"))
    before = demo.tree(tmp_path)
    assert "_config.yml" in error("notebooks")
    assert demo.tree(tmp_path) == before


def test_serve_without_a_site_says_to_build_it(error, tmp_path):
    assert str(tmp_path / "_build" / "html") in error("serve")
    assert "make course" in error("serve")


@pytest.fixture
def site(error, tmp_path) -> Path:
    page = tmp_path / "_build" / "html" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<title>Demo</title>")
    return page


def test_serve_on_a_port_in_use_says_so(site, error):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "in use" in error("serve", "--port", port)


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_serve_on_a_port_that_cannot_be_says_so(port, site, error):
    assert "65535" in error("serve", "--port", port)


@pytest.fixture
def builder(tmp_path, monkeypatch):
    """Puts a script in the place of jupyter-book."""

    def install(script: str) -> None:
        program = tmp_path / "bin" / "jupyter-book"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program.with_name("python")))

    return install


READ = Path("_build", ".doctrees", "page.doctree")


@pytest.mark.parametrize(("status", "kept"), [(0, True), (1, False), (3, False)])
def test_site_returns_the_status_and_forgets_a_failed_build(
    status, kept, site, builder, tmp_path, capsys
):
    (tmp_path / READ).parent.mkdir()
    (tmp_path / READ).write_text("read")
    builder(f"echo secret detail; echo 'WARNING: a page'; echo more >&2; exit {status}")
    assert main(["--root", str(tmp_path), "site"]) == status
    said = capsys.readouterr()
    assert "WARNING: a page\n" in said.out
    assert "secret detail" not in said.out
    assert ("secret detail\nWARNING: a page\nmore\n" in said.err) == (not kept)
    assert (tmp_path / READ).exists() == kept
    assert (tmp_path / READ).parent.exists() == kept
    assert site.read_text() == "<title>Demo</title>"


def test_site_without_jupyter_book_says_so(error, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    assert main(["--root", str(tmp_path), "site"]) == 2
    said = capsys.readouterr().err
    assert "jupyter-book" in said
    assert said.count("\n") == 1


def test_site_runs_in_the_course_with_warnings_as_errors(builder, tmp_path):
    demo.write_demo(tmp_path)
    builder('echo "$PWD $* $OMP_NUM_THREADS" > asked')
    assert main(["--root", str(tmp_path), "site"]) == 0
    folder, *asked = (tmp_path / "asked").read_text().split()
    assert Path(folder).samefile(tmp_path)
    assert asked[:2] == ["build", "."]
    assert "-W" in asked
    assert asked[-1] == "1"
