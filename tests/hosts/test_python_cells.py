"""Stretches of Python share their names in order, and a broken one harms no other."""

from __future__ import annotations

import pytest
from mlq.hosts import embedded
from mlq.hosts.embedding import Stretch, lines
from mlq.hosts.python.cells import mended, scoped
from mlq_grammar.spans import Span

CLIENT = "import mlflow\nclient = mlflow.MlflowClient()\n"
SEARCH = "client.search_traces(filter_string='a = 1')\n"


def filters(*cells: str) -> list[str]:
    """Return the texts found in the cells of a file, in order."""
    file = "".join(cells)
    stretches: list[Stretch] = []
    at = 0
    for cell in cells:
        stretches.append(lines(file, [Span(at, at + len(cell))]))
        at += len(cell)
    return [region.text for region in embedded.regions(file, scoped(stretches))]


def test_what_one_binds_the_next_ones_see() -> None:
    assert filters(CLIENT, SEARCH) == ["a = 1"]
    assert filters(SEARCH) == []


def test_a_filter_may_stand_before_its_call() -> None:
    assert filters("q = 'a = 1'\n", CLIENT, "client.search_runs([], q)") == ["a = 1"]


BROKEN = {
    "bracket": "f(1,\n",
    "text": 'x = """never closed\n',
    "other text": "x = '''never closed\n",
    "sum": "x = 1 +\n",
    "assignment": "x =\n",
    "line": "x = 1 \\\n",
    "class": "class A:\n    def f(self):\n        return (1\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_one_harms_no_other(broken: str) -> None:
    assert mended(broken) != broken
    assert filters(CLIENT, broken, SEARCH) == ["a = 1"]
    assert filters(CLIENT, broken, SEARCH, "'''x'''", '"""y"""', ")") == ["a = 1"]


def test_a_broken_one_sees_the_names_before_it() -> None:
    typed = "client.search_traces(filter_string='b = 2', experiment_ids=[\n"
    assert filters(CLIENT, typed, SEARCH) == ["b = 2", "a = 1"]


WHOLE = [
    "",
    "x = 1",
    "# it's",
    "x = '''a''' + \"it's\"",
    "def f():\n    return (1)",
    "print 'x'",
    "if x:\n  y",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_one_leaves_nothing_open(text: str) -> None:
    assert mended(text) == text
