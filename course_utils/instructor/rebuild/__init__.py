"""A submission's answers, put back into the released notebook.

python_text  what a student's Python defines, without running it
pieces       a submission as pieces of evidence
found        what was found of one answer, and how it is told
code         finding a code answer
prose        finding an open answer
notebook     the released notebook with the answers put back; the rest of the record
"""

from course_utils.instructor.rebuild.notebook import Rebuilt, rebuild

__all__ = ["Rebuilt", "rebuild"]
