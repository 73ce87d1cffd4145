"""Which of several times counts for a notebook, and what says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from course_utils.instructor.intake.files import NO_TIME
from course_utils.instructor.intake.layouts import Platform

SLACK = timedelta(minutes=1)
"""What the times of an archive and of a list may differ by."""


@dataclass(frozen=True)
class When:
    """When a notebook was handed in."""

    time: datetime
    clock: str
    """What says so, for the line that tells of it."""
    sure: bool = False
    """Whether it is the platform's own word."""


def when(own: datetime, listed: datetime | None, platform: Platform) -> When:
    """The time of the platform's list, if there is one, else the file's own.

    In a platform's archive the file's own time is that of the download. Is the listed one later,
    then the list speaks of another notebook, or of another zone, and does not count.
    """
    download = platform != "plain"
    clock = "time of the download" if download else "time of the file"
    if listed is None:
        return When(own, clock)
    if download and NO_TIME != own < listed - SLACK:
        later = f"{listed:%Y-%m-%d %H:%M:%S} UTC: download both again, or check --zone"
        return When(own, f"{clock}; the list says {later}")
    return When(listed, "time of the list", sure=True)
