"""IPython's own lines are covered, and what is Python stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts.python.magics import cover, read_cell

COVERED = {
    "x = 1\n%matplotlib inline\ny": "x = 1\n0#atplotlib inline\ny",
    "%time x = f()": "0;    x = f()",
    "r = %timeit -n 3 -o f()": "r = 0;              f()",
    "if a:\n    !pip install 'b\n'c'": "if a:\n    0#ip install 'b\n'c'",
    "files = !ls": "files = 0#s",
    "!echo a \\\n  b\nc": "0#cho a \\\n   \nc",
    "f?\n??g\nh": "0#\n0#g\nh",
    "a = '''\n!x\n%y z\n'''": "a = '''\n!x\n%y z\n'''",
    "a = (b\n%c)": "a = (b\n%c)",
    "a = 'x' \\\n%d": "a = 'x' \\\n%d",
    "a % b != c": "a % b != c",
}


@pytest.mark.parametrize(("text", "covered"), COVERED.items())
def test_a_magic_is_covered(text: str, covered: str) -> None:
    assert cover(text)[0] == covered


CELLS = {
    "%%time\n%%capture out\nx": ("python", "      \n             \nx"),
    "\n%%sql\nselect 1": ("", "\n     \nselect 1"),
    "%%bash\nls": ("shellscript", "      \nls"),
    "%%script  bash\nls": ("shellscript", "              \nls"),
    "x = 1": ("python", "x = 1"),
}


@pytest.mark.parametrize(("text", "cell"), CELLS.items())
def test_a_cell_may_be_of_another_language(text: str, cell: tuple[str, str]) -> None:
    assert read_cell(text)[:2] == cell


def test_commands_are_told() -> None:
    text = "%%time\nif a:\n    out = !ls -l\n    !!pwd"
    assert [span.of(text) for span in read_cell(text).commands] == ["ls -l", "pwd"]


@given(text=st.text("%!? =x\n\\'\"()#{", max_size=40))
def test_a_text_keeps_its_length_and_its_lines(text: str) -> None:
    covered = read_cell(text).text
    assert len(covered) == len(text)
    assert [at for at, char in enumerate(covered) if char == "\n"] == [
        at for at, char in enumerate(text) if char == "\n"
    ]
