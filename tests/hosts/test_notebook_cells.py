"""Cells of a notebook: one scope, in order; IPython's own language and broken cells do no harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts import find_regions, region_at
from mlq.hosts.notebook.joined import SEPARATOR
from mlq.hosts.notebook.magics import read, shell
from mlq.hosts.order_by import find_order_by
from support import marks
from support.hosts import check_map

# Each cell, and the Python that it is.
STATEMENTS = {
    "%matplotlib inline": "0",
    "!pip install 'mlflow": "0",
    "!pip install \\\n  mlflow": "0\n",
    "?mlflow": "0",
    "mlflow.search_runs??": "0",
    "files = !ls *.py": "files = 0",
    "a, b = %sx ls": "a, b = 0",
    "%time runs = f('x')": "0;    runs = f('x')",
    "%timeit -n 10 -r 3 f('x')": "0;                 f('x')",
    "best = %timeit -o f(2)": "best =            f(2)",
    "if ready:\n    %cd data\n    go()": "if ready:\n    0\n    go()",
    "/f x": "0",
    ">>> x = 1\n>>> def f():\n...     return x": "    x = 1\n    def f():\n        return x",
    "In [1]: x = 1\n   ...: y = 2": "        x = 1\n        y = 2",
}
PYTHON = (
    "x = 7 % 3",
    "x = (7\n  % 3)",
    's = """\n!no\n%no\n"""',
    "x != 3",
    "s = 'why?'",
    "# why?",
    "f(x, y='a'\n,z='b')",
    "x = 1 \\\n% 2",
)


@pytest.mark.parametrize(("cell", "python"), STATEMENTS.items())
def test_what_is_ipythons_is_blanked_out(cell: str, python: str) -> None:
    masked = read(cell).python
    assert len(masked) == len(cell)
    assert [line.rstrip() for line in masked.split("\n")] == python.split("\n")


@pytest.mark.parametrize("cell", PYTHON)
def test_python_stays_as_it_is(cell: str) -> None:
    assert read(cell).python == cell


@pytest.mark.parametrize(
    "magic",
    ["%%sql", "%%bash", "%%html", "%%R -i df", "# why\n\n%%sh", "%%unknown", "%sql", "%md", "%scala"],
)
def test_a_cell_of_another_language_holds_nothing(magic: str) -> None:
    assert not read(f"{magic}\nSELECT * FROM runs WHERE note = 'it's\n").python.strip()


@pytest.mark.parametrize(
    "magic", ["%%time", "%%capture out", "%%capture\n%%timeit", "\n%%prun -l 5", "%python"]
)
def test_a_cell_magic_that_runs_python_takes_only_its_line(magic: str) -> None:
    assert read(f"{magic}\nx = 1\n!ls\n").python.split() == ["x", "=", "1", "0"]


@given(st.text("%!?=>. \\\n\r'\"#([{}])xIn1:,/-", max_size=40))
def test_offsets_stay_whatever_the_cell(cell: str) -> None:
    masked = read(cell).python
    assert len(masked) == len(cell)
    assert len(shell(cell)) in {0, len(cell)}
    assert [at for at, char in enumerate(masked) if char in "\r\n"] == [
        at for at, char in enumerate(cell) if char in "\r\n"
    ]


GOOD = (
    "import mlflow\nclient = mlflow.MlflowClient()",
    "WANTED = 'params.a = 3'",
    "def go():\n    return mlflow.search_runs(filter_string=WANTED)",
    "class A:\n    def f(self):\n        client.search_model_versions(\"name = 'x'\")",
    "for n in range(3):\n    mlflow.search_experiments(filter_string=f\"name = '{n}'\")",
)
FOUND = ["params.a = 3", "name = 'x'", "name = '{}'"]
BROKEN = (
    *("f(", "x = f(1,\ny = 2", 'x = """abc', "x = 'abc", "x = f'{a", "x = f'''{a", "a[", "{", "[1, 2"),
    *("if x", "def f(:", "class", "x =", "for i in", "@", "try:", "lambda", "import", "from mlflow import ("),
    *("x = 1 \\", "don't", "Some words", "SELECT * FROM t WHERE a = 'x", "  x = 1\n y = 2", "else:\n  pass"),
)


def found_in(*cells: str) -> list[str]:
    text = SEPARATOR.join(cells)
    regions = find_regions(text, "ipython")
    for region in regions:
        assert SEPARATOR not in text[region.start : region.end]
    return [region.text for region in regions]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_cell_does_no_harm_wherever_it_stands(broken: str) -> None:
    for at in range(len(GOOD) + 1):
        assert found_in(*GOOD[:at], broken, *GOOD[at:]) == FOUND


def test_what_is_whole_in_a_broken_cell_counts() -> None:
    assert found_in(GOOD[0] + "\nx = f(", GOOD[1] + "\nif x", *GOOD[2:]) == FOUND


def test_the_filter_being_typed_is_found_behind_the_cells_before_it() -> None:
    typed = marks.read(SEPARATOR.join([GOOD[0], "runs = client.search_model_versions('na$0", GOOD[1]]))
    assert typed.cursor is not None
    region = region_at(typed.text, "ipython", typed.cursor)
    assert region is not None
    assert (region.api, region.text) == ("search_model_versions", "na")
    check_map(region, typed.text)


def test_a_later_cell_does_not_tell_what_an_earlier_one_means() -> None:
    search, wanted = "mlflow.search_runs(filter_string=w)", "w = 'params.a = {}'"
    assert found_in(GOOD[0], wanted.format(1), search, wanted.format(2)) == ["params.a = 1"]
    assert found_in(GOOD[0], wanted.format(1), wanted.format(2), search) == ["params.a = 2"]


@pytest.mark.parametrize("magic", ["%%writefile search.py", "%%python3"])
def test_python_of_another_process_has_a_scope_of_its_own(magic: str) -> None:
    search = "client.search_model_versions(\"name = 'y'\")"
    alone = f"{magic}\nimport mlflow\nclient = mlflow.MlflowClient()\n{search}"
    assert found_in("import opik\nclient = opik.Opik()", alone, search) == ["name = 'y'"]
    assert found_in(GOOD[0], f"{magic}\nimport opik\nclient = opik.Opik()\n{search}", search) == [
        "name = 'y'"
    ]


SHELLS = {
    "!mlflow runs search": " mlflow runs search",
    "x = 1\nif x:\n    files = !ls \\\n  -l": "     \n     \n             ls \\\n  -l",
    "%%time\n!!ls": "      \n  ls",
    "%sx ls": "    ls",
    "%%bash --out x\nls 'a": "              \nls 'a",
    "%%script --bg bash\nls": "                  \nls",
    "!ls {folder}": "",
    "%%writefile a.sh\nls": "",
    "x != 3": "",
    "s = '''\n!ls\n'''": "",
}


@pytest.mark.parametrize(("cell", "commands"), SHELLS.items())
def test_what_a_shell_runs_is_all_that_is_left_for_it(cell: str, commands: str) -> None:
    assert shell(cell) == commands


def test_the_options_of_mlflows_command_line_are_found_in_cells() -> None:
    search = "mlflow runs search --filter-string 'params.a = {}'"
    assert found_in("!" + search.format(1), f"%%bash\n{search.format(2)}", f"x = !{search.format(3)}") == [
        f"params.a = {number}" for number in (1, 2, 3)
    ]


def test_lists_to_sort_by_are_found_in_cells() -> None:
    text = SEPARATOR.join([GOOD[0], "%time mlflow.search_runs(order_by=['metrics.auc DESC'])", "f("])
    [found] = find_order_by(text, "ipython")
    assert [item.value for item in found.items] == ["metrics.auc DESC"]


SEARCH = "mlflow.search_runs(filter_string='a = 1'"
HOSTILE = {
    "broken cells": [SEARCH] * 1_000,
    "open texts": ['x = """' + SEARCH] * 1_000,
    "magics": [f"%time {SEARCH})\n!ls\n" * 3_000],
    "nested magics": ["%%time\n" * 3_000 + SEARCH],
    "brackets": ["(" * 20_000 + SEARCH],
    "quotes": ["'" * 50_001 + SEARCH],
    "signs": ["%" * 50_000 + "\n" + "a" * 50_000 + "? b\n" + "x" + "= " * 50_000 + "\n" + SEARCH],
    "blank lines": ["\n" * 50_000 + "%%time\n" + SEARCH],
    "commands": ["!mlflow runs search --filter-string 'a = {'\n" * 1_000],
}


@pytest.mark.parametrize("cells", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_cells_take_bounded_time(cells: list[str]) -> None:
    began = time.process_time()
    found_in(*cells)
    assert time.process_time() - began < 10
