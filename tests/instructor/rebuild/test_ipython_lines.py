"""IPython's own lines in an answer become comments."""

import pytest

from tests.instructor.handed_in import handed_in
from tests.instructor.rebuild.rebuilding import NAME, TRAIN, audit, rebuilt


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("%matplotlib inline", "# %matplotlib inline"),
        ("!pip install it's", "# !pip install it's"),
        ("files = !ls *.py", "# files = !ls *.py"),
        ("np.dot?", "# np.dot?"),
        ("!echo a \\\n  b", "# !echo a \\\n# b"),
        ("if np:\n    %pip install torch", "if np:\n    pass  # %pip install torch"),
    ],
)
def test_ipythons_lines_become_comments(line: str, comment: str) -> None:
    marker, _, function = TRAIN.partition("\n")
    result = rebuilt(handed_in(NAME, train=f"{marker}\n{line}\n{function}"))
    expected = f"{marker}\n{comment}\n{function}"
    assert result.answers["train"] == expected
    assert (result.missing, result.doubts) == (frozenset(), ())
    assert "IPython commented out" in audit(result, "train")


def test_what_only_looks_like_ipython_stays() -> None:
    text = TRAIN + '\n\nx = (7\n  % 4)\nnote = """\n%time\n!ls\n%%bash\nwhat?\n"""'
    result = rebuilt(handed_in(NAME, train=text))
    assert result.answers["train"] == text
    assert "IPython" not in audit(result, "train")


def test_a_cell_magic_that_runs_no_python() -> None:
    for magic, doubts in [("%%capture out", 0), ("%%writefile answer.py", 1), ("%%bash", 1)]:
        result = rebuilt(handed_in(NAME, train=f"{magic}\n{TRAIN}"))
        assert result.answers["train"] == f"# {magic}\n{TRAIN}"
        assert len(result.doubts) == doubts
