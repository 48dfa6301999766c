"""Filters in query files, and where a cursor stands in one."""

from __future__ import annotations

import pytest
from mlq.hosts import find_filters, region_at
from support import marks
from support.hosts import check, check_map


def test_filters_are_found_with_their_entity_and_without_their_comments() -> None:
    found = check(
        """
        -- a comment
        best: SEARCH model_versions WHERE name = 'a' LIMIT 5;
                                          ^^^^^^^^^^ search_model_versions: name = 'a'
        metrics.a > 1;
        ^^^^^^^^^^^^^ search_runs: metrics.a > 1
        """,
        path="queries.mlq",
    )
    assert [region.entity for region in found] == ["model_versions", "runs"]
    assert [(region.line, region.column) for region in found] == [(2, 35), (3, 1)]
    assert {region.shape for region in found} == {"query-file"}


def test_offsets_go_around_comments() -> None:
    text = "metrics.a > 1 -- é \U0001f600\r\n  AND b = 2"
    [region] = find_filters(text, path="q.mlq")
    assert region.text == "metrics.a > 1 \r\n  AND b = 2"
    assert text[region.to_source(region.text.index("AND")) :] == "AND b = 2"
    assert region.map.to_inner(text.index("é")) is None
    check_map(region, text)


def test_an_unknown_entity_has_no_filter_to_judge() -> None:
    assert find_filters("SEARCH nothing WHERE a = 1", path="q.mlq") == []


def test_a_filter_is_written_without_quotes() -> None:
    [region] = find_filters("tags.a = 'x'", path="q.mlq")
    assert region.quote == ""
    assert region.escape('tags.b = "it\'s"') == 'tags.b = "it\'s"'


@pytest.mark.parametrize(
    ("source", "before", "entity"),
    [
        ("$0", "", "runs"),
        ("metrics.a > 1 $0", "metrics.a > 1 ", "runs"),
        ("metrics.a > 1;\n\n  $0\n", "\n\n  ", "runs"),
        ("metrics.a > 1; -- note\n$0", " \n", "runs"),
        ("SEARCH traces WHERE $0;", " ", "traces"),
        ("SEARCH traces WHERE $0", " ", "traces"),
        ("SEARCH traces WHERE\n  $0\n  LIMIT 5", "\n  ", "traces"),
        ("SEARCH traces WHERE a = 1\n  AND $0\nORDER BY b", " a = 1\n  AND ", "traces"),
        ("best:\n  $0", "\n  ", "runs"),
        ("best:\n  metrics.$0", "\n  metrics.", "runs"),
        ("a = 1 -- one\n  AND $0", "a = 1 \n  AND ", "runs"),
    ],
)
def test_a_cursor_stands_in_a_filter_wherever_one_may_be_written(
    source: str, before: str, entity: str
) -> None:
    marked = marks.read(source)
    assert marked.cursor is not None
    region = region_at(marked.text, "mlq", marked.cursor)
    assert region is not None
    inner = region.map.to_inner(marked.cursor)
    assert region.text[:inner] == before
    assert region.entity == entity


@pytest.mark.parametrize(
    "source",
    [
        "-- a com$0ment",
        "-- a comment$0\nmetrics.a > 1",
        "SEARCH ru$0ns WHERE a = 1",
        "a = 1 LIMIT $0",
        "a = 1 ORDER BY $0;",
        "best$0: a = 1",
    ],
)
def test_elsewhere_a_cursor_stands_in_no_filter(source: str) -> None:
    marked = marks.read(source)
    assert marked.cursor is not None
    assert region_at(marked.text, "mlq", marked.cursor) is None


@pytest.mark.parametrize(
    "source", ["mlflow.search_runs(filter_string='$0')", "mlflow.search_runs(['1'], 'a $0"]
)
def test_a_cursor_in_a_python_literal_stands_in_the_filter(source: str) -> None:
    marked = marks.read(source)
    assert marked.cursor is not None
    region = region_at(marked.text, "python", marked.cursor)
    assert region is not None
    assert region.map.to_inner(marked.cursor) == len(region.text)


def test_a_file_of_a_kind_that_no_host_reads_has_no_filters() -> None:
    assert find_filters("mlflow.search_runs(filter_string='a')", path="x.rs") == []
    assert region_at("a", "rust", 1) is None
