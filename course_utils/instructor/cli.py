"""The command `course`: parse, one call, print."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from course_utils import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 if all went well, 1 if a check failed, 2 for an error (one line).

    130 if it was stopped by Ctrl-C.
    """
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except ModuleNotFoundError as error:
        remedy = "pip install 'course-utils[instructor]'"
        print(f"course: {error.name} is missing: {remedy}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("course: stopped; the same command goes on where it was", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description="The course's commands for staff.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--root", type=Path, default=Path(), help="the course's folder [.]")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    notebooks = commands.add_parser("notebooks", help="generate solution and student notebooks")
    notebooks.add_argument("--check", action="store_true", help="write nothing; 1 if any is stale")
    notebooks.set_defaults(run=_notebooks)

    site = commands.add_parser("site", help="build the site into _build/html")
    site.set_defaults(run=_site)

    serve = commands.add_parser("serve", help="serve the built site on this machine")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="make a sample class and run a whole round on it")
    demo.add_argument("--folder", type=Path, default=Path("_build/demo"), help="[_build/demo]")
    demo.set_defaults(run=_demo)

    for add in (_add_intake, _add_autograde, _add_reading, _add_export):
        add(commands)
    return parser


def _add_intake(commands: Any) -> None:
    intake = commands.add_parser("intake", help="take in what students handed in")
    intake.add_argument("path", type=Path, help="a folder, or a zip (Moodle, Canvas, plain)")
    intake.add_argument("--assignment", required=True)
    intake.add_argument("--by", choices=["number", "name"], default="number", help="student's id")
    intake.add_argument("--times", type=Path, metavar="CSV", help="the platform's list of times")
    intake.add_argument("--zone", help="of times without one, as Europe/Zurich [this machine's]")
    intake.set_defaults(run=_intake)


def _add_autograde(commands: Any) -> None:
    grade = commands.add_parser("autograde", help="grade submissions, new and changed ones")
    grade.add_argument("assignment")
    grade.add_argument("--workers", type=_whole, metavar="N", help="processes [one a core]")
    grade.add_argument(
        "--dask", metavar="ADDRESS", help="grade on this cluster, as tcp://host:8786"
    )
    grade.add_argument("--no-sandbox", action="store_true", help="for submissions that you trust")
    grade.add_argument("--dry-run", action="store_true", help="say whose marks would move")
    grade.add_argument("--db-url", help="of the gradebook [gradebook.db in this folder]")
    grade.set_defaults(run=_autograde)


def _add_reading(commands: Any) -> None:
    """The commands that show what there is."""
    for name, what in (
        ("review", "say what needs a person"),
        ("feedback", "write a page for each student"),
        ("report", "write a page on the class"),
    ):
        parser = commands.add_parser(name, help=what)
        parser.add_argument("assignment")
        if name != "report":
            parser.add_argument("--db-url", help="of the gradebook")
        parser.set_defaults(run=_show, what=name)


def _add_export(commands: Any) -> None:
    export = commands.add_parser("export", help="write the marks for a platform")
    export.add_argument("assignment")
    export.add_argument("--to", type=Path, required=True, metavar="FILE")
    export.add_argument("--for", dest="kind", choices=["moodle", "canvas", "csv"], default="csv")
    export.add_argument("--title", help="what Canvas calls the assignment")
    export.add_argument("--db-url", help="of the gradebook")
    export.set_defaults(run=_export)


def _whole(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number of at least 1")
    return int(text)


def _course(arguments: argparse.Namespace) -> Path:
    root = arguments.root
    if not (root / "solutions").is_dir():
        raise ValueError(
            f"no solutions/ in {str(root)!r}: run it in the course's folder, or --root"
        )
    return root


def _notebooks(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import notebooks

    root = _course(arguments)
    files = notebooks.generate(root)
    problems = [
        f"{p}: no source generates it; move it away" for p in notebooks.orphans(root, files)
    ]
    if arguments.check:
        problems += [
            f"{file.path}: stale or edited by hand; mend it: course notebooks"
            for file in files
            if file.is_stale()
        ]
    else:
        for path in notebooks.write(files):
            print(f"wrote {path}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _site(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import book

    return book.build(_course(arguments))


def _serve(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import book

    return book.serve(_course(arguments), port=arguments.port)


def _intake(arguments: argparse.Namespace) -> int:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from course_utils.instructor.intake import Taken, intake, times

    try:
        zone = ZoneInfo(arguments.zone) if arguments.zone else None
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"zone={arguments.zone!r}: give one such as Europe/Zurich") from None
    root = _course(arguments)
    by, path = arguments.by, arguments.times
    listed = times.read(path, by=by, zone=zone) if path else times.Times("", {})
    results = intake(
        *(arguments.path, arguments.assignment, root), by=by, times=listed.by_student, zone=zone
    )
    taken = sum(isinstance(result, Taken) for result in results)
    notes = [*listed.problems, *listed.without_file(results)]
    _print([*results, *notes, f"{taken} taken, {len(results) - taken} refused"])
    return 0 if taken == len(results) and not notes else 1


def _autograde(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import classroom

    lines = classroom.autograde(
        _course(arguments),
        arguments.assignment,
        workers=arguments.workers,
        dask=arguments.dask,
        sandboxed=not arguments.no_sandbox,
        dry_run=arguments.dry_run,
        db_url=arguments.db_url,
    )
    return _print(lines)


def _show(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import classroom

    root, assignment = _course(arguments), arguments.assignment
    if arguments.what == "report":
        return _print(classroom.write_report(root, assignment))
    show = classroom.review if arguments.what == "review" else classroom.write_feedback
    return _print(show(root, assignment, db_url=arguments.db_url))


def _export(arguments: argparse.Namespace) -> int:
    from course_utils.instructor.gradebook.export import export

    done = export(
        _course(arguments),
        arguments.assignment,
        to=arguments.to,
        kind=arguments.kind,
        db_url=arguments.db_url,
        title=arguments.title,
    )
    waiting = f"; {len(done.waiting)} wait for a person" if done.waiting else ""
    return _print([f"{done.students} students in {done.path}{waiting}"])


def _demo(arguments: argparse.Namespace) -> int:
    """The six commands, one after the other, each shown before it runs."""
    from course_utils.instructor import demo

    folder = arguments.folder
    archive = demo.make(_course(arguments), folder)
    name, to = demo.ASSIGNMENT, str(folder / "moodle.csv")
    for command in (
        ["intake", str(archive), "--assignment", name],
        ["autograde", name],
        ["review", name],
        ["feedback", name],
        ["report", name],
        ["export", name, "--for", "moodle", "--to", to],
    ):
        print(f"\n$ course --root {folder} {' '.join(command)}", flush=True)
        if (code := main(["--root", str(folder), *command])) > 1:
            return code
    return 0


def _print(lines: Iterable[object]) -> int:
    """Print them; where nobody reads on, as behind `| head`, the rest is done in silence."""
    for line in lines:
        try:
            print(line, flush=True)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    return 0
