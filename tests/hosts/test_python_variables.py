"""A variable that is assigned a plain text once is that text."""

from __future__ import annotations

import pytest
from mlq.hosts import find_filters
from support.hosts import check

FOUND = {
    "in the same scope": """
        import mlflow
        query = "a = 'x'"
                ^^^^^^^^^ search_runs: a = 'x'
        mlflow.search_runs(["1"], query)
        """,
    "one of two of the same name": """
        import mlflow
        query = "a = 1"
        def f(query): ...
        def g():
            query = "b = 2"
                    ^^^^^^^ search_runs: b = 2
            mlflow.search_runs(["1"], query)
        """,
    "used twice": """
        import mlflow
        query = "a = 'x'"
                ^^^^^^^^^ search_runs: a = 'x'
        mlflow.search_runs(["1"], query)
        mlflow.search_runs(["2"], query)
        """,
}

UNSURE = {
    "assigned twice, used elsewhere": "q = 'a = 1'\nq = 'b = 1'\ndef f():\n    mlflow.search_runs([], q)",
    "changed through global": (
        "q = 'a = 1'\ndef f():\n    global q\n    q = 'b = 1'\nmlflow.search_runs([], q)"
    ),
    "from elsewhere": "from x import q\nmlflow.search_runs([], q)",
    "unknown": "mlflow.search_runs([], q)",
    "its own": "q = q\nmlflow.search_runs([], q)",
    "no text": "q = 1\nmlflow.search_runs([], q)",
    "a parameter without a default": "q = 'a = 1'\ndef f(q):\n    mlflow.search_runs([], q)",
    "of a function that calls itself": "def q():\n    return q()\nmlflow.search_runs([], q())",
}


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND.keys())
def test_a_variable_is_the_text_that_it_is_assigned(source: str) -> None:
    [region] = check(source)
    assert region.shape == "variable"


def test_a_constant_may_be_joined_of_several_literals() -> None:
    source = "Q: str = ('a = '\n  \"'x'\")\ndef f():\n    mlflow.search_runs(['1'], filter_string=Q)\n"
    [region] = find_filters(source)
    assert region.text == "a = 'x'"
    assert source[region.start : region.end] == "('a = '\n  \"'x'\")"


@pytest.mark.parametrize("source", UNSURE.values(), ids=UNSURE.keys())
def test_what_may_be_another_text_is_not_guessed(source: str) -> None:
    assert find_filters("import mlflow\n" + source) == []
