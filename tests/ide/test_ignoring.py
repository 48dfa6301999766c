"""Comments that suppress findings, as they are written: at a place that speaks of the finding, and once."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import Edit, Finding, apply
from mlq.ide.analysis import Analysis
from mlq.ide.ignoring import beside, for_file
from mlq.ide.model import Document
from support.marks import read
from support.shapes import File, files


def suppressed(text: str, language: str = "python") -> str:
    """Suppress all findings by line; afterwards there are none, and nothing else has changed."""
    document = Document(text, language)
    findings = [each.finding for each in Analysis(document).diagnostics()]
    after = Document(apply(beside(document, findings), text), language)

    assert findings
    assert Analysis(after).diagnostics() == []
    assert beside(after, []) == []
    return after.text


PYTHON = {
    "beside": (
        """
        a.search_runs(filter_string="params.a = 1")
        """,
        """
        a.search_runs(filter_string="params.a = 1")  # mlq: ignore[MLQ401]
        """,
    ),
    "several on a line": (
        """
        search_runs(filter_string="params.a = 1 and status = 'Done'")
        """,
        """
        search_runs(filter_string="params.a = 1 and status = 'Done'")  # mlq: ignore[MLQ401, MLQ502]
        """,
    ),
    "behind a comment": (
        """
        a.search_runs(filter_string="params.a = 1")  # type: ignore
        """,
        """
        a.search_runs(filter_string="params.a = 1")  # type: ignore  # mlq: ignore[MLQ401]
        """,
    ),
    "into a list": (
        """
        search_runs(filter_string="params.a = 1 and status = 'Done'")  # mlq: ignore[unknown-status] x
        """,
        """
        search_runs(filter_string="params.a = 1 and status = 'Done'")  # mlq: ignore[unknown-status, MLQ401] x
        """,
    ),
    "beside the end of a string": (
        '''
        a.search_runs(
            filter_string="""
                params.a = 1
                AND params.b = 2
            """,
            max_results=3,
        )
        ''',
        '''
        a.search_runs(
            filter_string="""
                params.a = 1
                AND params.b = 2
            """,  # mlq: ignore[MLQ401]
            max_results=3,
        )
        ''',
    ),
    "outside of docstrings": (
        '''
        def f():
            """Return runs.

            >>> import mlflow
            >>> mlflow.search_runs(filter_string="params.a = 1")
            """
        ''',
        '''
        def f():
            """Return runs.

            >>> import mlflow
            >>> mlflow.search_runs(filter_string="params.a = 1")
            """  # mlq: ignore[MLQ401]
        ''',
    ),
    "behind backslashes": (
        """
        found = a.search_runs(filter_string="params.a = 1") \\
            or \\
            None
        """,
        """
        found = a.search_runs(filter_string="params.a = 1") \\
            or \\
            None  # mlq: ignore[MLQ401]
        """,
    ),
    "where another string begins": (
        '''
        found = a.search_runs(filter_string="params.a = 1"), """
        more
        """
        ''',
        '''
        found = a.search_runs(filter_string="params.a = 1"), """
        more
        """  # mlq: ignore[MLQ401]
        ''',
    ),
}


@pytest.mark.parametrize(("before", "after"), PYTHON.values(), ids=PYTHON.keys())
def test_beside_what_is_found_in_python(before: str, after: str) -> None:
    assert suppressed(read(before).text) == read(after).text


def test_beside_what_is_found_in_query_files() -> None:
    text = (
        "a:\r\n  WHERE params.a = 1\r\n    AND params.b = 'x\r\ny' AND status = 'Done'  # so\r\n;\r\nLIMIT x"
    )

    assert suppressed(text, "mlq").splitlines()[1::2] == [
        "  WHERE params.a = 1  -- mlq: ignore[MLQ401]",
        "y' AND status = 'Done'  # so  -- mlq: ignore[MLQ502]",
        "LIMIT x  -- mlq: ignore[MLQ910]",
    ]


def in_file(text: str, language: str = "python") -> str:
    document = Document(text, language)
    finding = Analysis(document).diagnostics()[0].finding
    edit = for_file(document, finding)
    assert edit is not None
    after = Document(apply([edit], text), language)
    assert finding.code not in [each.finding.code for each in Analysis(after).diagnostics()]
    return after.text.removesuffix(text)


CALL = "a.search_runs(filter_string=\"params.a = 1 AND status = 'Done'\")\n"


def test_for_a_file() -> None:
    assert in_file(CALL) == "# mlq: ignore-file[MLQ401]\n"
    assert in_file("params.a = 1\r\n", "mlq") == "-- mlq: ignore-file[MLQ401]\r\n"


def test_for_a_file_below_what_has_to_be_first() -> None:
    head = "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n"

    assert in_file(head + CALL) == f"{head}# mlq: ignore-file[MLQ401]\n{CALL}"


def test_for_a_file_in_the_list_that_is_there() -> None:
    text = f"'''Doc.'''\n# mlq: ignore-file[MLQ5]\n{CALL}"

    assert "# mlq: ignore-file[MLQ5, MLQ401]\n" in in_file(text)


def test_in_the_code_of_markdown_and_shell_scripts() -> None:
    fence = "- One\n\n  ```python\n  a.search_runs(filter_string='params.a = 1')\n  ```\n"
    assert suppressed(fence, "markdown") == fence.replace("1')", "1')  # mlq: ignore[MLQ401]")
    assert (
        in_file(f"---\na: b\n---\n{fence}", "markdown").splitlines()[3] == "<!-- mlq: ignore-file[MLQ401] -->"
    )
    script = "mlflow traces search --filter-string \\\n 'tags.a = 3' \\\n --max-results 3\n"
    assert suppressed(script, "shellscript") == script.replace("3\n", "3  # mlq: ignore[MLQ402]\n")


def test_in_the_cells_of_notebooks() -> None:
    sources: list[list[str] | str] = [
        ["import mlflow\n", "# mlq: ignore[MLQ503]\n", CALL.rstrip()],
        ["%%time\n", CALL, "# mlq: ignore[MLQ503]"],
        f"{CALL}x = 1",
    ]
    comment = "  # mlq: ignore[MLQ401, MLQ502]"
    line = CALL.rstrip() + comment

    cleared = edited(
        notebook(sources), lambda finding: finding.fixes[0].edits if finding.code < "MLQ1" else []
    )
    after = suppressed(cleared, "notebook")

    assert [cell["source"] for cell in json.loads(after)["cells"]] == [
        ["import mlflow\n", line],
        ["%%time\n", f"{line}\n", ""],
        f"{line}\nx = 1",
    ]


def test_for_a_notebook_below_the_magic_of_a_cell() -> None:
    after = json.loads(in_file(notebook([["%%time\n", CALL]]), "notebook"))

    assert "".join(after["cells"][0]["source"]) == f"%%time\n# mlq: ignore-file[MLQ401]\n{CALL}"


def notebook(sources: list[list[str] | str]) -> str:
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=1)


def edited(text: str, edits: Callable[[Finding], list[Edit]]) -> str:
    found = Analysis(Document(text, "notebook")).diagnostics()
    return apply([edit for each in found for edit in edits(each.finding)], text)


def test_what_is_said_of_comments_is_removed_and_not_suppressed() -> None:
    document = Document("a = 1  # mlq: ignore\n", "python")
    [diagnostic] = Analysis(document).diagnostics()

    assert beside(document, [diagnostic.finding]) == []
    assert for_file(document, diagnostic.finding) is None


@settings(deadline=None)
@given(files(), st.sampled_from(["\n", "\r\n"]))
def test_any_python_is_silenced_and_means_the_same(file: File, line_end: str) -> None:
    text = file.source.replace("\n", line_end)
    document = Document(text, "python")
    findings = [each.finding for each in Analysis(document).diagnostics()]

    after = apply(beside(document, findings), text)

    assert Analysis(Document(after, "python")).diagnostics() == []
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(text))
