"""Filters in reStructuredText: directives, literal blocks and doctests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts.rst import embeddings
from support.embedded import check
from support.hosts import texts

SEARCH = 'mlflow.search_runs([], "params.b = 3")'

BLOCKS = {
    "a code block": """
        Title
        =====

        .. code-block:: python
           :caption: a
           :linenos:

           mlflow.search_runs([], '''
                params.b = 3
                           ^ MLQ401
           ''')

        text
        """,
    "in a list": """
        * one

          .. sourcecode:: python3

              mlflow.search_runs([], 'params.b = 3')
                                                 ^ MLQ401
        """,
    "of IPython": """
        .. ipython:: python

           In [1]: mlflow.search_runs([], 'params.b = 3')
                                                      ^ MLQ401
        """,
    "in a tab": """
        .. tabs::

            .. code-tab:: python

                mlflow.search_runs([], 'params.b = 3')
                                                   ^ MLQ401
        """,
    "of a plot": """
        .. plot::
            :include-source:

            mlflow.search_runs([], 'params.b = 3')
                                               ^ MLQ401
        """,
    "a doctest": """
        text

        >>> mlflow.search_runs([],
        ...     'params.b = 3')
                            ^ MLQ401
        mlflow.search_runs([], 'params.b = 3')

        text
        """,
    "a doctest directive": """
        .. doctest::

           >>> mlflow.search_runs([], 'params.b = 3')
                                                  ^ MLQ401
        """,
    "a literal block with prompts": """
        For example::

            >>> mlflow.search_runs([], 'params.b = 3')
                                                   ^ MLQ401
        """,
    "the language of the file": """
        .. highlight:: python

        For example::

            mlflow.search_runs([], 'params.b = 3')
                                               ^ MLQ401
        """,
    "a console": """
        .. code-block:: console

           $ mlflow traces search --filter-string 'tags.b = 3'
                                                            ^ MLQ402
        """,
    "names of a block before": """
        .. code:: python

           from mlflow import MlflowClient
           client = MlflowClient()

        .. code:: python

           client.search_traces(filter_string='tags.b = 3')
                                                        ^ MLQ402
        """,
}


@pytest.mark.parametrize("source", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_block_is_checked_and_mended(source: str) -> None:
    check(source, "a.rst", fixed='"3"')


SILENT = {
    "prose": SEARCH,
    "another language": f".. code-block:: js\n\n   {SEARCH}\n",
    "a literal block": f"text::\n\n   {SEARCH}\n",
    "behind a block": f".. code-block:: python\n\n   x\n\n{SEARCH}\n",
    "a comment": f"..\n   {SEARCH}\n",
    "another directive": f".. note::\n\n   {SEARCH}\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert texts(text, path="a.rst") == []


@given(text=st.text(".:> \n\tcode-x", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(embeddings(text + "\n.. code:: python\n\n  search_runs("), tuple)
