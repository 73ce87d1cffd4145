"""Sources that break the rules: what each breaks, and where the message should say it is."""

from dataclasses import dataclass

from tests.instructor.demo import SOURCE, changed


@dataclass(frozen=True)
class Case:
    """One malformed source."""

    id: str
    text: str
    message: str
    """Part of the error."""
    at: str = ""
    """How the line begins that the error names (the first such line); empty: the first line."""
    cell: int | None = None
    """The cell that the error names, if it names one."""
    file: str = "demo.md"

    @property
    def place(self) -> str:
        """What stands in the error after the file's name."""
        before = self.text[: self.text.index(f"\n{self.at}") + 1] if self.at else ""
        cell = f"cell {self.cell}: " if self.cell else ""
        return f":{before.count(chr(10)) + 1}: {cell}"


def edit(id: str, old: str, new: str, message: str, at: str = "", cell: int | None = None) -> Case:
    """The sound source with one place changed."""
    return Case(id, changed(old, new), message, at, cell)


def between(begin: str, end: str) -> str:
    """The source from `begin` on, up to `end`."""
    start = SOURCE.index(begin)
    return SOURCE[start : SOURCE.index(end, start)]


ANSWER, CHECK = "# exercise: double", "# check: double (2 points)"
OTHER = "# check: double_of_nothing (1 point)"
BEGIN, END = "    ### BEGIN SOLUTION", "    ### END SOLUTION"
HIDDEN, SHOWN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
MODEL = "Because a number plus itself is twice the number."
LAST = "assert isclose(double(zero), zero)"
TRIPLE = f"# exercise: triple\ndef triple(x):\n{BEGIN}\n    return 3 * x\n{END}\n"
SETUP = between("```{code-cell} ipython3\n:tags: [setup]", "Write `double`")

NAMES = [
    edit("no_role", f"{ANSWER}\n", "", "no role", "def double(x):", 4),
    edit("raw_cell", SETUP, "```{raw-cell}\nimport math\n```\n\n", "no role", "import math", 2),
    edit("two_roles", "[setup]", "[setup, experiment]", "no role", "import math", 2),
    edit("duplicate_check", OTHER, "# check: double (1 point)", "'check_double' stands in cell 5",
         "# check: double (1 point)", 6),
    edit("duplicate_open", '"open": "why"', '"open": "double"', "'double' stands in cell 4",
         MODEL, 10),
    edit("check_without_answer", OTHER, "# check: triple (1 point)", "checks none of the answers",
         "# check: triple (1 point)", 6),
    edit("answer_without_check", f"{OTHER}\n", f"{TRIPLE}\n", "nothing checks 'triple'",
         "# exercise: triple", 6),
    Case("check_of_the_longer_name",
         changed(between(CHECK, "```"), TRIPLE.replace("triple", "double_of_nothing"))
         .replace("points: 6", "points: 4"), "nothing checks 'double'", ANSWER, 4),
    edit("name_with_blank", '"why"', '"why not"', "name 'why not'", MODEL, 10),
    edit("name_not_text", '"why"', "null", "name None", MODEL, 10),
    edit("name_taken", '"why"', '"install"', "name 'install'", MODEL, 10),
    edit("name_of_last", '"why"', '"before_submission"', "name 'before_submission'", MODEL, 10),
    edit("name_not_ascii", OTHER, "# check: double_größe (1 point)", "double_größe",
         "# check: double_größe (1 point)", 6),
    edit("name_too_long", OTHER, f"# check: double_{'o' * 60} (1 point)", "ooo",
         f"# check: double_{'o' * 60} (1 point)", 6),
]  # fmt: skip

POINTS = [
    edit("points_do_not_add_up", "points: 6", "points: 7", "points: 7, but the cells add up to 6"),
    edit("points_not_promised", "  points: 6\n", "", "points: None, but the cells add up to 6"),
    edit("check_of_0_points", "(2 points)", "(0 points)", "points=0",
         "# check: double (0 points)", 5),
    edit("check_without_points", " (2 points)", "", "no role", "# check: double", 5),
    edit("open_of_0_points", '"points": 3', '"points": 0', "points=0", MODEL, 10),
    edit("open_of_half_points", '"points": 3', '"points": 2.5', "points=2.5", MODEL, 10),
    edit("open_of_true_points", '"points": 3', '"points": true', "points=True", MODEL, 10),
    edit("open_without_points", ', "points": 3', "", "points=None", MODEL, 10),
]  # fmt: skip

REGIONS = [
    edit("no_end", f"{END}\n", "", "without its END", BEGIN, 4),
    edit("no_begin", f"{BEGIN}\n", "", "'### END SOLUTION' out of order", END, 4),
    edit("end_first", f"{BEGIN}\n", f"{END}\n{BEGIN}\n", "'### END SOLUTION' out of order", END, 4),
    edit("nested", "    the_secret_sum = x + x", f"{BEGIN} ", "'### BEGIN SOLUTION' out of order",
         f"{BEGIN} ", 4),
    edit("no_region", between(BEGIN, "```"), "    return 2 * x\n", "would be released", ANSWER, 4),
    edit("hidden_in_answer", f"{BEGIN}\n", f"{HIDDEN}\n{BEGIN}\n", "does not belong", HIDDEN, 4),
    edit("solution_in_check", f"{SHOWN}\n", f"{SHOWN}\n### BEGIN SOLUTION\n", "does not belong",
         "### BEGIN SOLUTION", 5),
    edit("region_in_text", "Write `double`.", SHOWN, "does not belong", SHOWN, 3),
    *(edit(f"marker_{id}", BEGIN, marker, "unknown marker", marker, 4) for id, marker in {
        "plural": "    ### BEGIN SOLUTIONS", "lower_case": "    ### begin solution",
        "one_hash": "    # BEGIN SOLUTION", "no_blank": "    ###BEGIN SOLUTION",
        "after_code": "    pass  ### BEGIN SOLUTION"}.items()),
    *(edit(f"marker_in_{id}", old, marker, "unknown marker", marker, cell)
      for id, old, marker, cell in [
        ("set_up", "zero = 0", "zero = 0  # BEGIN HIDDEN TESTS", 2),
        ("text", "Write `double`.", "Write between BEGIN SOLUTION and END SOLUTION.", 3),
        ("check", HIDDEN, "## BEGIN HIDDEN TESTS", 5),
        ("experiment", "trial = double(21)", "trial = double(21)  # END SOLUTION", 8),
        ("model_answer", MODEL, "Between BEGIN SOLUTION and END SOLUTION.", 10)]),
    edit("autotest", "seen = double(math.pi)", "### AUTOTEST double(3)", "unknown marker",
         "### AUTOTEST double(3)", 5),
]  # fmt: skip

CODE = [
    edit("no_definition", "def double(x):", "def duoble(x):", "defines no function", ANSWER, 4),
    edit("syntax_of_answer", "x + x", "x +", "syntax", "    the_secret_sum = x +", 4),
    edit("syntax_of_check", "seen == 2", "seen = 2", "syntax", "assert seen = 2 * math.pi", 5),
    edit("syntax_of_set_up", "zero = 0", "zero =", "syntax", "zero =", 2),
    edit("syntax_of_stub", f"{BEGIN}\n    the_secret_sum = x + x",
         f"    sums = (\n{BEGIN}\n    x + x)", "syntax", "    sums = (", 4),
    edit("tabs", "    return the", "\treturn the", "tabs", "\treturn the_secret_sum", 4),
    *(edit(f"check_uses_{id}", LAST, f"{LAST}\n{use}", f"uses {name!r}", use.split("\n")[-1], 6)
      for id, name, use in [("an_experiment", "trial", "assert trial"),
                            ("another_check", "seen", "assert not seen"),
                            ("what_nothing_defines", "missing", "def f():\n    return missing")]),
    edit("check_takes_an_answers_name", LAST, "for double in (1,):\n    assert double",
         "the name 'double' to something else", "for double in (1,):", 6),
    Case("check_uses_a_solution",
         changed(f"{ANSWER}\n", f"{ANSWER}\n{BEGIN[4:]}\nhelp_me = 1\n{END[4:]}\n")
         .replace(LAST, "assert help_me"), "uses 'help_me'", "assert help_me", 6),
    *(edit(f"check_imports_{id}", LAST, f"{LAST}\n{statement}", f"not ['{name}']",
           statement.split("\n")[-1], 6)
      for id, name, statement in [
        ("os", "os", "import os"), ("pickle", "pickle", "from pickle import loads"),
        ("tests", "tests", "from tests import bank"), ("second", "os", "import numpy, os.path"),
        ("in_a_function", "os", "def f():\n    import os"), ("relative", ".", "from . import bank"),
        ("relative_numpy", ".numpy", "from .numpy import pi"),
        ("staff", "course_utils.instructor", "from course_utils.instructor import cli"),
        ("staffs_package", "course_utils.instructor", "from course_utils import instructor")]),
]  # fmt: skip

BODY = SOURCE[SOURCE.index("# Demo") :]
FRONT = [
    edit("no_course", between("course:", "---"), "", "assignment: demo"),
    edit("other_assignment", "assignment: demo", "assignment: other", "assignment: demo"),
    edit("no_kernelspec", between("kernelspec:", "course:"), "", "kernelspec"),
    edit("kernelspec_is_text", between("kernelspec:", "course:"), "kernelspec: python3\n",
         "kernelspec"),
    edit("other_language", "language: python", "language: julia", "kernelspec"),
    edit("tab_in_front_matter", "  points: 6", "\tpoints: 6", "front matter"),
    edit("withheld_is_no_module", "title: Demo", "withheld: [trainning]", "is no module"),
    edit("date_in_front_matter", "title: Demo", "title: 2026-01-01", "front matter"),
    Case("no_front_matter", BODY, "front matter"),
    Case("front_matter_is_a_list", f"---\n- demo\n---\n\n{BODY}", "metadata"),
    Case("front_matter_not_closed", SOURCE.replace("---\n\n", "\n", 1), "front matter"),
    Case("empty", "", "front matter"),
    Case("blank", "\n\n", "front matter"),
    Case("file_name", SOURCE, "call it demo.md", file="other.md"),
    edit("not_utf_8", "Write", "Writ\udce9", "not UTF-8", "Writ\udce9 `double`."),
]  # fmt: skip

FENCES = [
    edit("set_up_not_closed", "zero = 0\n```\n", "zero = 0\n", "not closed", "import math", 2),
    edit("experiment_not_closed", "(21)\n```\n", "(21)\n", "not closed", "trial = double(21)", 8),
    Case("last_cell_not_closed", SOURCE[: SOURCE.index("\n```\n\nWhy")], "not closed",
         "trial = double(21)", 8),
    Case("last_cell_empty", f"{SOURCE}\n```{{code-cell}} ipython3\n\n", "not closed",
         "```{code-cell} ipython3\n\n", 11),
    edit("options_not_closed", "[experiment]\n---", "[experiment]", "Invalid YAML",
         "```{code-cell} ipython3\n---"),
    edit("options_not_yaml", "[setup]", "[setup", "Invalid YAML",
         "```{code-cell} ipython3\n:tags"),
    edit("options_are_text", ":tags: [setup]", ":setup", "setup"),
    edit("tags_are_text", "[setup]", "setup", "setup"),
    edit("not_json", '"points": 3}', '"points": 3', "could not be read",
         '+++ {"open": "why", "points": 3'),
]  # fmt: skip

CASES = [*NAMES, *POINTS, *REGIONS, *CODE, *FRONT, *FENCES]
