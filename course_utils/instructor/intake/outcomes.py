"""What became of each file that was handed in: one line for the command line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course_utils.instructor.intake.submitted import What


@dataclass(frozen=True)
class Taken:
    """A notebook that is in `submitted/` now."""

    student: str
    source: str
    """Its path in the folder or the archive."""
    time: datetime
    path: Path
    what: What
    name: str = ""
    """The person's name, where the platform gives one."""
    late: bool = False
    """Canvas says so."""
    clock: str = ""
    """What says the time: the platform's list, the file, the download."""

    def __str__(self) -> str:
        who = f"{self.student} ({self.name})" if self.name else self.student
        when = f"{self.time:%Y-%m-%d %H:%M:%S} UTC{', late' if self.late else ''}"
        clock = f", {self.clock}" if self.clock else ""
        return shown(f"took {self.source} for {who}: {self.what}, {when}{clock}")


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken, and why; it is the student's or the staff's to mend."""

    student: str
    """Empty where it is not known."""
    source: str
    reason: str

    def __str__(self) -> str:
        who = f" of {self.student}" if self.student else ""
        return shown(f"refused {self.source}{who}: {self.reason}")


def shown(text: str) -> str:
    """The text for a terminal: what is not printable, such as an escape, is spelled out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
