"""Filters in TOML files: under keys that are MLflow's, in every kind of string."""

from __future__ import annotations

import importlib
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import Edit, apply
from mlq.hosts import find_filters
from mlq.hosts.toml import regions
from support.embedded import accepted, check
from support.hosts import check_map

toml = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")

# What is wrong is mended in the words of the string.
MENDED = {
    "a table": (
        r"""
        title = 'x' # filter_string = "a"
        [tool.mlflow.search]
        n = 1
        filter_string = "tags.a = \"x\" AND params.b = 3"
                                                       ^ MLQ401
        """,
        "'3'",
    ),
    "a literal string": (
        """
        [[mlflow]]
        filter_string = 'params.b = 3'
                                    ^ MLQ401
        """,
        '"3"',
    ),
    "lines": (
        '''
        mlflow.filter_string = """
        metrics.a > 1 \\
          AND params.b = 3
                         ^ MLQ401
        """
        ''',
        "'3'",
    ),
    "an inline table in a list": (
        """
        searches = [
          # one
          { library = "mlflow.search_runs", limit = [1, 2], filter_string = 'params.b = 3' },
                                                                                        ^ MLQ401
          { x = 1 }]
        """,
        '"3"',
    ),
    "a dotted key": (
        """
        "mlflow" . runs.'filter_string' = "params.b = 3"
                                                      ^ MLQ401
        """,
        "'3'",
    ),
    "a task": (
        """
        [tool.poe.tasks]
        failed = "mlflow traces search --filter-string 'tags.b = 3'"
                                                                 ^ MLQ402
        """,
        r"\"3\"",
    ),
}


@pytest.mark.parametrize(("source", "fixed"), MENDED.values(), ids=MENDED.keys())
def test_a_filter_is_checked_and_mended(source: str, fixed: str) -> None:
    check(source, "a.toml", fixed)


SILENT = {
    "nobody's": "filter_string = 'a = 1'\n",
    "another library's": "[mlflow]\n[mlflow.langfuse]\nfilter_string = 'a = 1'\n",
    "another key": "[mlflow]\nfilter = 'a = 1'\n",
    "a number": "[mlflow]\nfilter_string = 1\n",
    "a comment": "[mlflow]\n# filter_string = 'a = 1'\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert find_filters(text, path="a.toml") == []


def test_what_is_broken_harms_no_other() -> None:
    text = "[mlflow]\nx = 'open\ny = [1, }\nz = \nfilter_string = 'a = 1'\n"
    assert [region.text for region in find_filters(text, path="a.toml")] == ["a = 1"]


def test_completion_writes_what_the_string_must_hold() -> None:
    source = "mlflow.filter_string = 'attributes.status = $0'"
    assert (
        accepted(source, "a.toml", "FINISHED") == "mlflow.filter_string = 'attributes.status = \"FINISHED\"'"
    )


TEXT = st.text("ab'\"\\ \n#\t", min_size=1, max_size=8)


@st.composite
def string(draw: st.DrawFn) -> str:
    """A string of any kind."""
    text = draw(TEXT)
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    if quote[0] == "'":
        return quote + text.replace("'", "").replace("\n", "" if len(quote) == 1 else "\n") + quote
    escaped = text.replace("\\", draw(st.sampled_from(["\\\\", "\\t", "\\u00e9"]))).replace('"', '\\"')
    end = draw(st.sampled_from(["\n", "\\\n   ", '"x'])) if len(quote) == 3 else "\\n"
    return quote + escaped.replace("\n", end) + quote


@settings(deadline=None)
@given(written=string(), new=TEXT, data=st.data())
def test_a_string_says_and_takes_what_toml_reads(written: str, new: str, data: st.DataObject) -> None:
    file = f"x = [1, '#']\n[mlflow]\nfilter_string = {written}\ny = 1\n"
    value = toml.loads(file)["mlflow"]["filter_string"]
    if not value.strip():
        return
    [region] = regions(file)
    assert region.text == value
    check_map(region, file)
    start = data.draw(st.integers(0, len(region.text)))
    end = data.draw(st.integers(start, len(region.text)))
    edit = region.edit(Edit(start, end, new))
    if edit:
        mended = toml.loads(apply([edit], file))["mlflow"]["filter_string"]
        assert mended == apply([Edit(start, end, new)], value)


@given(text=st.text("ab.=-'\"\\ \n\t#{}[],1", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(regions(f"mlflow.filter_string = 'a = 1'\n{text}"), tuple)
