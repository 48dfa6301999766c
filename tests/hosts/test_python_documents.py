"""Filters in docstrings and comments of Python files, through every quoting on the way."""

from __future__ import annotations

import pytest
from mlq.hosts import explain
from support.embedded import accepted, check
from support.hosts import texts

SEARCH = "mlflow.search_runs([], 'params.b = 3')"

DOCUMENTS = {
    "a doctest": '''
        def f():
            """Search.

            >>> import mlflow
            >>> mlflow.search_runs([],
            ...     'params.b = 3')
                                ^ MLQ401
            []
            """
        ''',
    "a fence": """
        '''Search.

        ```python
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        '''
        """,
    "a code block": '''
        class A:
            r"""Search.

            .. code-block:: python

                mlflow.search_runs([], 'params.b = 3')
                                                   ^ MLQ401
            """
        ''',
    "behind escapes": r"""
        def f():
            '''\tSearch\u00e9:

            >>> x = "\\n"; mlflow.search_runs([], "tags.\x61 = 'a' and params.b = 3")
                                                                                  ^ MLQ401
            '''
        """,
    "a comment": """
        # ```python
        # mlflow.search_runs([], "params.b = 3")
                                             ^ MLQ401
        # ```
        """,
    "a Markdown cell": """
        # %% [markdown]
        # Then:
        #
        # ```python
        # mlflow.search_runs([], "params.b = 3")
                                             ^ MLQ401
        # ```
        # %%
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        """,
}


@pytest.mark.parametrize("source", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_is_checked_and_mended(source: str) -> None:
    check(source, "a.py", fixed="'3'" if '"params' in source or "x61" in source else '"3"')


SILENT = {
    "prose": f'"""{SEARCH}"""',
    "a text": f'x = """>>> {SEARCH}"""',
    "an argument": f'f(""">>> {SEARCH}""")',
    "a comment": f"# {SEARCH}\n# >>> {SEARCH}\n",
    "output": f'"""\n>>> 1\n{SEARCH}\n"""',
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert texts(text) == []


def test_a_call_in_a_docstring_is_judged_there() -> None:
    source = """
        x = 1
        def f(x):
            '''
            >>> import mlflow
            >>> mlflow.search_runs([],
            ...     f"tags.a = '{x}'")
                                ^^^ MLQ820
            '''
        """
    check(source, "a.py")


def test_a_short_docstring_keeps_its_quotes() -> None:
    source = """
        def f():
            "\\n>>> mlflow.search_runs([], 'params.b = 3')"
                                                      ^ MLQ401
        """
    check(source, "a.py", fixed='\\"3\\"')


def test_docstrings_in_a_fence_in_a_docstring() -> None:
    source = '''
        """
        ~~~python
        def f():
            \'\'\'
            >>> mlflow.search_runs([], "params.b = 3")
                                                   ^ MLQ401
            \'\'\'
        ~~~
        """
        '''
    check(source, "a.py", fixed="'3'")


def test_completion_writes_what_the_docstring_must_hold() -> None:
    source = """
        "\\n>>> mlflow.search_runs([], 'status = $0')"
        """
    assert 'status = \\"FINISHED\\"\'' in accepted(source, "a.py", "FINISHED")


def test_the_reason_is_said() -> None:
    text = f'"""\n>>> {SEARCH}\n"""\n{SEARCH}\n'
    assert explain(text, "python", 2)[0].startswith("Checked as a filter of runs")
    assert explain(text, "python", 4)[0].startswith("Checked as a filter of runs")
