"""Filters are found in the code of Markdown, MyST and Quarto files, and nothing is said of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mlq.hosts import explain, find_filters
from mlq.hosts.markdown import embeddings, fences, label_of
from mlq.hosts.snippets import lines_of
from support.embedded import accepted, check, labels

SEARCH = 'mlflow.search_runs([], "params.b = 3")'

FENCES = {
    "backticks": """
        # Title
        ```python
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        """,
    "tildes": """
        ~~~~ py
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        ~~~~
        """,
    "a title": """
        ``` python title="train.py" hl_lines="1"
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        """,
    "in a list": """
        1. Search:

           ```python
           mlflow.search_runs(
               [], "params.b = 3")
                               ^ MLQ401
           ```
        """,
    "behind the mark of a list": """
        - ```python
          mlflow.search_runs([], "params.b = 3")
                                             ^ MLQ401
          ```
        """,
    "in a block quote": '''
        > ```python
        > mlflow.search_runs([], """
        >     metrics.a > 1
        >     AND params.b = 3
                             ^ MLQ401
        > """)
        > ```
        ''',
    "in a list in a block quote": """
        > * one
        >
        >   ```python
        >   mlflow.search_runs([], "params.b = 3")
                                               ^ MLQ401
        >   ```
        """,
    "in an admonition": """
        !!! note

            ```python
            mlflow.search_runs([], "params.b = 3")
                                               ^ MLQ401
            ```
        """,
    "of pandoc": """
        ```{.python .numberLines}
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        """,
    "of Quarto": """
        ::: {.panel-tabset}
        ```{python}
        #| echo: false
        %matplotlib inline
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        :::
        """,
    "of MyST, at a prompt": """
        ```{prompt} bash $
        mlflow runs search --filter-string "params.b = 3"
                                                       ^ MLQ401
        ```
        """,
    "of MyST": """
        ```{code-cell} ipython3
        :tags: [hide-input]

        !pip install mlflow
        %time mlflow.search_runs([], "params.b = 3")
                                                 ^ MLQ401
        ```
        """,
    "in a directive of MyST": """
        ````{tab-item} Python
        :sync: python

        ```{code-block} python
        ---
        lineno-start: 3
        ---
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```
        ````
        """,
    "between colons": """
        :::{code-block} python
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        :::
        """,
    "with prompts": """
        ```python
        >>> mlflow.search_runs(
        ...     [], "params.b = 3")
                                ^ MLQ401
        mlflow.search_runs([], "params.b = 3")
        ```
        """,
    "with prompts of IPython": """
        ```ipython
        In [1]: mlflow.search_runs(
           ...:     [], "params.b = 3")
                                    ^ MLQ401
        Out[1]: mlflow.search_runs([], "params.b = 3")
        ```
        """,
    "with prompts and no name": """
        ```
        >>> mlflow.search_runs([], "params.b = 3")
                                               ^ MLQ401
        ```
        """,
    "of query files": """
        ```mlq
        best: SEARCH runs WHERE params.b = 3;
                                           ^ MLQ401
        ```
        """,
    "never closed": """
        ```python
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        ```python
        mlflow.search_runs([], "params.c = 3")
                                           ^ MLQ401
        """,
}


@pytest.mark.parametrize("source", FENCES.values(), ids=FENCES.keys())
def test_a_fence_is_checked_and_mended(source: str) -> None:
    check(source, "a.md", fixed="'3'")


def test_line_ends_of_windows_stay() -> None:
    text = f"- a\r\n\r\n  ```python\r\n  {SEARCH}\r\n  ```\r\n"
    [region] = find_filters(text, path="a.md")
    assert (region.text, region.line, region.column) == ("params.b = 3", 4, 26)


SILENT = {
    "prose": f"Call `{SEARCH}`.\n\n    {SEARCH}\n",
    "another language": f"```js\n{SEARCH}\n```\n",
    "no language": f"```\n{SEARCH}\n```\n",
    "output": f"```text\n>>> 1\n{SEARCH}\n```\n",
    "a comment": f"<!--\n```python\n{SEARCH}\n```\n-->\n",
    "inline fence": f"```python {SEARCH} ```\n",
    "SQL in a cell": f"```ipython\n%%sql\n{SEARCH}\n```\n",
    "a fence shown in a fence": f"````\n```python\n{SEARCH}\n```\n````\n",
    "another library's": "```python\nfrom opik import Opik\nclient = Opik()\n```\n"
    "```python\nclient.search_traces(filter_string='a')\n```",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert find_filters(text, path="a.md") == []


def test_fences_share_their_names() -> None:
    check(
        """
        ```python
        from mlflow import MlflowClient
        client = MlflowClient()
        ```
        then
        ```python
        broken(
        ```
        and
        ```python
        client.search_traces(filter_string="status = 'OK' OR name = 'a'")
                                                          ^^ MLQ101
        ```
        """,
        "a.md",
    )


def test_the_queries_of_a_fence_are_judged_around_their_filters() -> None:
    check(
        """
        - ```mlq
          a: SEARCH runs;
          a: SEARCH traces;
          ^ MLQ902
          ```
        """,
        "a.md",
    )


def test_completion_writes_what_the_fence_must_hold() -> None:
    source = """
        > ```python
        > mlflow.search_runs([], "attributes.status = $0")
        > ```
        """
    assert "FINISHED" in labels(source, "a.qmd")
    assert "\"attributes.status = 'FINISHED'\"" in accepted(source, "a.qmd", "FINISHED")


def test_the_reason_is_said() -> None:
    text = f"# a\n```python\n{SEARCH}\nlibrary.search_prompts(filter_string='a')\n```\n"
    assert explain(text, "markdown", 3)[0].startswith("Checked as a filter of runs")
    assert "nothing here says that this is MLflow's" in explain(text, "markdown", 4)[0]
    assert explain(text, "markdown", 1) == ("Not checked: no filter begins on this line.",)


# What stands before the opening fence, and before each further line.
CONTAINERS = st.sampled_from(
    [("", ""), ("> ", "> "), (">", ">"), ("- ", "  "), ("10. ", "    "), ("> - ", ">   "), ("- > ", "  > ")]
)
CODE = st.lists(
    st.sampled_from(
        ["x", "  x", "\tx", "      x", "", "~~", "``", "- x", "1. x", "x ```", "    ```", "# x", "<!--"]
    )
)


@st.composite
def block(draw: st.DrawFn) -> list[str]:
    """A fence, perhaps in a list or a block quote, with text around it."""
    first, further = draw(CONTAINERS)
    mark = draw(st.sampled_from(["```", "````", "~~~", "~~~~~"]))
    indentation = " " * draw(st.integers(0, 3))
    other = "~~~" if mark[0] == "`" else "```"
    code = [indentation + line for line in [*draw(CODE), other, *draw(CODE)]]
    info = draw(st.sampled_from(["python", " py", "python x=1", "js", ""]))
    inside = [first + indentation + mark + info, *(further + line for line in [*code, indentation + mark])]
    return ["text", "", *inside, "", "text"]


@settings(deadline=None)
@given(blocks=st.lists(block(), max_size=3), end=st.sampled_from(["\n", "\r\n"]))
def test_a_fence_holds_what_commonmark_says(blocks: list[list[str]], end: str) -> None:
    text = end.join(line for block in blocks for line in block)
    tokens = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    expected = [(label_of(token.info), token.content) for token in tokens if token.content]
    found = [
        (snippet.label, "".join(span.of(text) for span in snippet.lines).replace("\r\n", "\n"))
        for snippet in fences(text, lines_of(text))
    ]
    assert found == expected


@given(text=st.text("`~>-: \n\tx{}py=", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(embeddings(text + "```python\nsearch_runs(\n```"), tuple)
