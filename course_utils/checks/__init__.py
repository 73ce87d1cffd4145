"""What the checks in the notebooks are made of, and a look at the notebook before it is handed in.

comparing    comparisons with messages that teach: `Check`, `CheckFailed`
handing_in   `before_submission`: what is missing, untouched or failing in a notebook
own_notebook where the notebook is that a cell stands in
cells        a notebook's cells, and which answer each one is
rerun        set-up, answers and visible checks once more, in a new Python
clean_run    what that new Python does
running      a cell of answers, run as it is when graded; stand_ins: Colab's names, that do nothing
plain_json   JSON within limits; intake reads what is handed in by the same ones
"""

from course_utils.checks.comparing import Check, CheckFailed
from course_utils.checks.handing_in import Report, before_submission

__all__ = ["Check", "CheckFailed", "Report", "before_submission"]
