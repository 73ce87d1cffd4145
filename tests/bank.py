"""Answer banks: right and wrong answers to an exercise, and a plain run of its checks on them.

`tests/answers/NAME/right/ANSWER/*.py` and `.../wrong/ANSWER/*.py`: one answer a file. A wrong one
begins with the public message it must get and, where it costs more than its own check, with all
checks that it fails:

    # message: the loss after the step
    # fails: check_train check_train_batches
"""

from dataclasses import dataclass
from pathlib import Path

from course_utils.checks import CheckFailed
from course_utils.instructor.markup import Exercise, read

ROOT = Path(__file__).parent.parent
EXERCISES = {path.stem: path for path in sorted((ROOT / "solutions").glob("*/*.md"))}


@dataclass(frozen=True)
class Answer:
    """One file of a bank."""

    assignment: str
    name: str
    """The answer cell it stands in for, such as `train`."""
    path: Path
    message: str
    """Part of the public message; empty for a right answer."""
    fails: frozenset[str]

    @property
    def source(self) -> str:
        """The answer as it stands in a student's notebook."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return "\n".join([f"# exercise: {self.name}", *lines])

    def __str__(self) -> str:
        return "/".join([self.assignment, *self.path.parts[-3:]])


def answers(assignment: str, kind: str) -> list[Answer]:
    """The bank of one assignment; kind is "right" or "wrong"."""
    folder = ROOT / "tests" / "answers" / assignment / kind
    return [_read_answer(assignment, path) for path in sorted(folder.glob("*/*.py"))]


def _read_answer(assignment: str, path: Path) -> Answer:
    header = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, colon, value = line.removeprefix("# ").partition(": ")
        if not (line.startswith("# ") and colon and key in ("message", "fails")):
            break
        header[key] = value
    name, message = path.parent.name, header.get("message", "")
    fails = header.get("fails", f"check_{name}" if message else "")
    return Answer(assignment, name, path, message, frozenset(fails.split()))


def run_checks(exercise: Exercise, replacements: dict[str, str]) -> dict[str, Exception | None]:
    """Run set-up, answers and checks in one namespace, as a kernel would; errors by check."""
    namespace: dict = {"__name__": "__main__"}
    errors: dict[str, Exception | None] = {}
    for cell in exercise.cells:
        if cell.role not in ("setup", "exercise", "check"):
            continue
        source = replacements.get(cell.name, cell.source)
        try:
            exec(compile(source, cell.name, "exec"), namespace)
        except Exception as error:
            if cell.role == "check":
                errors[cell.name] = error
        else:
            if cell.role == "check":
                errors[cell.name] = None
    return errors


def public_message(error: Exception) -> str:
    """What a student may read of it."""
    return error.public if isinstance(error, CheckFailed) else f"{type(error).__name__}: {error}"


def load(assignment: str) -> Exercise:
    return read(EXERCISES[assignment])
