"""What students handed in -> one submission a student, or a reason why not.

layouts      how Moodle, Canvas and plain folders name students and files
archives     a zip or a folder -> files of students, sizes and links checked first
files        one file, read within bounds
submission   bytes -> a notebook, or Refused with what the student can do
attachments  pictures that a notebook carries
identity     which assignment a notebook belongs to
submitted    `submitted/STUDENT/NAME/`: written whole, with its time
times        the platform's list of times, with `dates_in_words` as Moodle writes them
clocks       which of several times counts
outcomes     what became of each file, in one line
taking_in    all of it, one after the other
"""

from course_utils.instructor.intake.outcomes import RefusedFile, Taken
from course_utils.instructor.intake.taking_in import intake

__all__ = ["RefusedFile", "Taken", "intake"]
