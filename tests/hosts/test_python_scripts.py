"""Notebooks that are Python files: percent scripts and marimo's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.hosts.python.scripts import as_module
from support.embedded import check
from support.hosts import texts

MARIMO = """
    import marimo

    app = marimo.App()

    with app.setup:
        import mlflow


    @app.cell(hide_code=True)
    def _(
        mo,
    ):
        query = "tags.b = 3"
                          ^ MLQ402
        return (
            query,
        )


    @app.cell
    async def _(client, query):
        runs = client.search_traces(filter_string=query)
        return runs,


    @app.cell
    def _():
        client = mlflow.MlflowClient()
        return client,


    @app.function
    def found(x):
        return mlflow.search_runs([], f"params.b = 3 and params.c = {x!r}")
                                                   ^ MLQ401
"""


def test_cells_of_marimo_share_their_names() -> None:
    check(MARIMO, "a.py", fixed="'3'")


def test_a_function_beside_the_cells_keeps_its_return() -> None:
    text = (
        "app = marimo.App()\n@app.function\ndef q():\n    return 'a = 1'\n@app.cell\ndef _():\n    return\n"
    )
    assert "    return 'a = 1'\n" in as_module(text)


PERCENT = {
    "magics": """
        # %%
        %matplotlib inline
        !pip install 'mlflow
        # %% second
        %time runs = mlflow.search_runs([], "params.b = 3")
                                                        ^ MLQ401
        """,
    "a cell of another language": """
        # %%
        %%sql
        select "a' from mlflow.search_runs([], 'params.b = 3')
        # %%
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        """,
    "of nbconvert": """
        # In[1]:
        !ls "
        # In[ ]:
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        """,
    "of Databricks": """
        # Databricks notebook source
        %pip install "mlflow
        # COMMAND ----------
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        """,
}


@pytest.mark.parametrize("source", PERCENT.values(), ids=PERCENT.keys())
def test_magics_in_percent_scripts_do_no_harm(source: str) -> None:
    check(source, "a.py", fixed="'3'")


def test_a_text_that_looks_like_a_magic_stays() -> None:
    text = '# %%\nimport mlflow\nmlflow.search_runs([], """\n%time LIKE\n!x""")\n'
    assert texts(text) == ["\n%time LIKE\n!x"]


PARTS = [
    "# %%\n",
    "%time ",
    "!ls\n",
    "x\n",
    "@app.cell\n",
    "def _(a):\n",
    "    return x,\n",
    "    y\n",
    "'''",
    "(",
]


@given(text=st.lists(st.sampled_from(PARTS), max_size=12).map("".join), is_marimo=st.booleans())
def test_a_file_keeps_its_length_and_its_lines(text: str, is_marimo: bool) -> None:
    text = "app = marimo.App()\n" + text if is_marimo else text
    module = as_module(text)
    assert [len(line) for line in module.split("\n")] == [len(line) for line in text.split("\n")]


def test_a_cell_of_marimo_may_stand_above_what_it_uses() -> None:
    cells = [
        "runs = mlflow.search_runs(filter_string=query)",
        "joined = mlflow.search_runs(filter_string=' AND '.join(clauses))",
        "query = \"tags.a = 'b'\"",
        "clauses = [\"tags.c = 'd'\", 'metrics.e > 1']",
        "import mlflow",
    ]
    text = "import marimo\napp = marimo.App()\n" + "".join(
        f"\n@app.cell\ndef _():\n    {cell}\n    return\n" for cell in cells
    )

    assert sorted(texts(text)) == ["tags.a = 'b'", "tags.c = 'd' AND metrics.e > 1"]
