"""The files of notebooks: each character of a cell has its place in the JSON; fixes change nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.findings import apply
from mlq.hosts import find_filters, problem_of
from mlq.hosts.notebook import nbformat
from mlq.hosts.pages import pages_of
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq_grammar.spans import Span
from support.hosts import check_map, texts
from support.notebooks import written

SOURCES = st.lists(st.text("a\"'\\\n\r\t/é\u2028漢😀\x00\ud83d{}[],:", max_size=12), min_size=1, max_size=4)
IMPORT = "import mlflow\n%pip install mlflow"
SEARCH = "mlflow.search_runs(filter_string=WANTED)"


def cell(source: object, **more: object) -> dict[str, object]:
    return {"outputs": [{"text": ['"source": [']}], "source": source, "cell_type": "code"} | more


def dumped(notebook: object, **how: Any) -> str:
    return json.dumps(notebook, **how)


@given(
    lines=SOURCES,
    is_list=st.booleans(),
    indent=st.sampled_from([None, 1]),
    is_ascii=st.booleans(),
)
def test_each_character_is_where_the_map_says(
    lines: list[str], is_list: bool, indent: int | None, is_ascii: bool
) -> None:
    said = "".join(lines)
    file = dumped({"cells": [cell(lines if is_list else said)]}, indent=indent, ensure_ascii=is_ascii)
    # A pair of surrogates in one string is one character; in two strings it is two.
    [read] = nbformat.read(file)
    assert read.source.text == "".join(json.loads(json.dumps(lines if is_list else [said])))
    for at, char in enumerate(read.source.text):
        outer = read.source.map.to_outer(Span(at, at + 1))
        assert nbformat.said(outer.of(file)) == char
        assert read.source.map.to_inner(outer.start) == at
        assert nbformat.said(nbformat.write(char)) == char


@pytest.mark.parametrize("escaped", [False, True])
def test_a_fix_changes_only_the_filter(escaped: bool) -> None:
    bad = "WANTED = \"params.a = 3 AND tags.n = '😀'\"\n"
    notebook = json.loads(written(("markdown", "# é"), IMPORT, "# it's\n" + bad, SEARCH))
    file = dumped(notebook, ensure_ascii=escaped, indent=2)
    [found] = Analysis(Document(file, "notebook")).diagnostics()
    assert file[found.finding.start : found.finding.end] == "3"
    notebook["cells"][2]["source"][1] = bad.replace("3", "'3'")
    mended = apply(found.finding.fixes[0].edits, file)
    assert mended == dumped(notebook, ensure_ascii=escaped, indent=2)
    assert Analysis(Document(mended, "notebook")).diagnostics() == []


LITERALS = (
    '"params.a = 3"',
    "'params.a = 3'",
    '"params.a = \\"b\\" AND params.c = 1"',
    '"""\n  params.a = 3\n  AND params.b = 4\n"""',
    'r"params.a = 3 \\d"',
    '("params.a = 3 AND "\n "params.\\u00e9 = 4 OR x = 1")',
    'f"params.a = {3}"',
)


@pytest.mark.parametrize("literal", LITERALS)
def test_a_fix_is_what_it_is_in_a_python_file(literal: str) -> None:
    source = f"import mlflow\nmlflow.search_runs(filter_string={literal})"
    file = written(source)
    plain = Analysis(Document(source, "python")).diagnostics()
    found = Analysis(Document(file, "notebook")).diagnostics()
    assert plain
    assert [each.finding.code for each in found] == [each.finding.code for each in plain]
    for here, there in zip(found, plain, strict=True):
        for fix, same in zip(here.finding.fixes, there.finding.fixes, strict=True):
            [mended] = nbformat.read(apply(fix.edits, file))
            assert mended.source.text == apply(same.edits, source)


def test_a_filter_may_go_over_lines() -> None:
    [whole] = find_filters(written('mlflow.search_runs(filter_string="""\n  a = 1\n""")'), path="a.ipynb")
    assert whole.text == "\n  a = 1\n"
    file = written("mlflow.search_runs(filter_string=('a = 1 '\n 'AND b = 2")
    [being_typed] = find_filters(file, path="a.ipynb")
    assert being_typed.text == "a = 1 AND b = 2"
    check_map(being_typed, file)


def test_cells_share_their_names_in_order() -> None:
    wanted = "WANTED = 'params.a = {}'"
    file = written(IMPORT, wanted.format(1), ("raw", "WANTED = 3"), "%%sql\nselect 'x", "f(", SEARCH, wanted)
    assert texts(file, path="a.ipynb") == ["params.a = 1"]
    assert texts(written(IMPORT, SEARCH, wanted), path="a.ipynb") == []


LANGUAGES = {
    "none said": ({"x": 1}, True),
    "Python": ({"language_info": {"name": "python", "version": "3.12"}}, True),
    "PySpark": ({"language_info": {"name": "pyspark"}, "kernelspec": {"language": "python"}}, True),
    "R": ({"language_info": {"name": "R"}}, False),
    "Julia, never run": ({"kernelspec": {"language": "julia", "name": "julia-1.9"}}, False),
    "nonsense": ({"language_info": 3, "kernelspec": [None]}, True),
}


@pytest.mark.parametrize(("metadata", "is_read"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_only_python_is_read(metadata: dict[str, object], is_read: bool) -> None:
    search = "mlflow.search_runs(filter_string='a = 1')"
    assert texts(written(search, **metadata), path="a.ipynb") == (["a = 1"] if is_read else [])


def test_a_cell_may_have_a_language_of_its_own() -> None:
    search = "mlflow.search_runs(filter_string='a = 1')"
    julia = cell(search, metadata={"vscode": {"languageId": "julia"}})
    python = cell(search, metadata={"vscode": {"languageId": "python"}})
    metadata = {"language_info": {"name": "julia"}}
    assert texts(dumped({"cells": [julia]}), path="a.ipynb") == []
    assert texts(dumped({"cells": [python], "metadata": metadata}), path="a.ipynb") == ["a = 1"]


def test_notebooks_of_format_3_are_read() -> None:
    search = {"cell_type": "code", "language": "python", "input": ["mlflow.search_runs([],\n", "'a = 1')"]}
    sheets = [{"cells": [{"cell_type": "heading", "source": "Runs"}]}, {"cells": [search]}]
    file = dumped({"metadata": {"name": ""}, "nbformat": 3, "worksheets": sheets})
    assert texts(file, path="a.ipynb") == ["a = 1"]
    assert [(page.number, page.text[:4]) for page in pages_of(file, "notebook")] == [(1, "Runs"), (2, "mlfl")]


def test_the_last_of_two_members_counts() -> None:
    file = '{"cells": [{"source": "x"}], "cells": [{"cell_type": "code", "source": "y", "source": ["z"]}]}'
    assert [(each.number, each.source.text) for each in nbformat.read(file)] == [(1, "z")]


NO_NOTEBOOKS = {
    "": "",
    " \n": "",
    "\ufeff" + '{"cells": []}': "",
    "{": "is no JSON at line 1, column 2",
    '{"cells": [\n  {"source": "a\nb"}]}': "is no JSON at line 2, column",
    '{"cells": [{"source": ["a" "b"]}]}': "is no JSON at line 1, column 28",
    '{"cells": []} x': "is no JSON at line 1, column 15: extra data",
    '{"cells": {}}': "is no JSON at line 1, column 11: expecting '['",
    '{"cells": [{1: 2}]}': "is no JSON",
    "<<<<<<< HEAD\n{": "is no JSON at line 1, column 1",
    "[]": "is no JSON at line 1, column 1: expecting '{'",
    '{"metadata": {}}': "is JSON, but no notebook: it has no cells",
    '{"metadata": ' + "[" * 100_000: "is nested too deeply",
    dumped({"cells": [cell("x = 1\n" * 400_000)]}): "holds more than 2 MB of code, the most that is read",
}


@pytest.mark.parametrize(("file", "problem"), NO_NOTEBOOKS.items(), ids=range(len(NO_NOTEBOOKS)))
def test_what_is_no_notebook_has_a_reason(file: str, problem: str) -> None:
    assert problem_of(file, "notebook").startswith(problem)
    assert bool(problem_of(file, "notebook")) == bool(problem)
    assert find_filters(file, path="a.ipynb") == []


@given(st.text('{}[],:" \n\\uabc1', max_size=60).map(lambda text: '{"cells": [{"source": ' + text))
def test_nothing_is_raised_whatever_the_text(file: str) -> None:
    try:
        json.loads(file)
    except ValueError:
        assert problem_of(file, "notebook")
    find_filters(file + "search_runs", path="a.ipynb")
    pages_of(file, "notebook")
