"""Query files: what is read, and what is said about what is wrong."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq_grammar.queryfile import QueryFile, parse
from mlq_grammar.queryfile_tree import ENTITIES
from support import marks

EXAMPLE = """\
-- Best churn models of the last week; don't ask.
best_churn:
  SEARCH runs IN 'churn', 'churn-v2'
  WHERE metrics.auc > 0.9
    AND params.model = 'xgboost'
  ORDER BY metrics.auc DESC, start_time DESC
  VIEW all
  LIMIT 20;

metrics.rmse < 0.3;
"""


def problems(source: str) -> QueryFile:
    """Check that the problems are the marked ones: each says the kind, `: `, and a part of the message."""
    marked = marks.read(source)
    file = parse(marked.text)
    assert [(problem.span, problem.kind) for problem in file.problems] == [
        (span, said.partition(": ")[0]) for span, said in marked.marks
    ]
    for problem, (_, said) in zip(file.problems, marked.marks, strict=True):
        assert said.partition(": ")[2] in problem.message
    return file


def test_a_query_has_all_its_sections() -> None:
    file = parse(EXAMPLE)
    best, bare = file.queries
    assert not file.problems
    assert (best.name, best.entity, best.view, best.limit) == ("best_churn", "runs", "all", 20)
    assert [experiment.text for experiment in best.experiments] == ["churn", "churn-v2"]
    assert [item.text for item in best.order_by] == ["metrics.auc DESC", "start_time DESC"]
    assert best.filter == "metrics.auc > 0.9\n    AND params.model = 'xgboost'"
    assert (bare.name, bare.entity, bare.filter, bare.view, bare.limit) == (
        None,
        "runs",
        "metrics.rmse < 0.3",
        "active",
        None,
    )


def test_every_part_knows_its_place() -> None:
    [best, _] = parse(EXAMPLE).queries
    spans = [best.name_span, best.entity_span, best.filter_span, best.view_span, best.limit_span]
    assert [span.of(EXAMPLE) for span in spans if span] == ["best_churn", "runs", best.filter, "all", "20"]
    assert [item.span.of(EXAMPLE) for item in best.order_by] == [item.text for item in best.order_by]
    assert [item.span.of(EXAMPLE) for item in best.experiments] == ["'churn'", "'churn-v2'"]
    assert best.span.of(EXAMPLE).startswith("best_churn:")
    assert best.span.of(EXAMPLE).endswith("LIMIT 20")


@pytest.mark.parametrize("entity", ENTITIES)
def test_keywords_and_entities_stand_in_any_case(entity: str) -> None:
    [query] = parse(f"n: Search {entity.upper()} wHERE a = 1 order  By b limit 3").queries
    assert (query.entity, query.filter, query.limit) == (entity, "a = 1", 3)
    assert [item.text for item in query.order_by] == ["b"]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("metrics.a > 1", ["metrics.a > 1"]),
        ("metrics.a > 1;metrics.b > 1", ["metrics.a > 1", "metrics.b > 1"]),
        ("a: x = 1; b: y = 2", ["x = 1", "y = 2"]),
        ("a:\nx = 1;\nb:\r\nWHERE y = 2;", ["x = 1", "y = 2"]),
        ("a = 1 -- one\n  AND b = 2 # two", ["a = 1 \n  AND b = 2"]),
        ("a = 1 # it's; done\nAND b = 2", ["a = 1 \nAND b = 2"]),
        ("a = '-- # ;' AND `b;--` = \"#\"", ["a = '-- # ;' AND `b;--` = \"#\""]),
        ("a = 'it''s; x' ; b = 1", ["a = 'it''s; x'", "b = 1"]),
        (
            "params.view = 'x' AND tags.limit = 'search where'",
            ["params.view = 'x' AND tags.limit = 'search where'"],
        ),
        ("run_id IN ('a', 'b') AND name = 'c:'", ["run_id IN ('a', 'b') AND name = 'c:'"]),
        ("SEARCH prompts", [""]),
        ("", []),
        ("  \n-- nothing\n", []),
        (";;", []),
    ],
)
def test_a_filter_is_what_mlflow_gets(text: str, filters: list[str]) -> None:
    file = parse(text)
    assert [query.filter for query in file.queries] == filters
    assert not file.problems


def test_a_file_says_everything_that_is_wrong() -> None:
    file = problems(
        """
        first:
          SEARCH run WHERE a = 1;
                 ^^^ unknown-entity: write runs
        good:
          SEARCH traces WHERE b = 2 LIMIT 5;
        first:
        ^^^^^ duplicate-name: first
          c = 3 VIEW gone LIMIT many;
                     ^^^^ bad-view: active, deleted, all
                                ^^^^ bad-limit: whole number
        best churn: SEARCH IN 'x' WHERE d = 4;
        ^^^^^^^^^^ bad-name: best_churn:
                    ^^^^^^ missing-entity: runs, experiments
        SEARCH runs IN churn, metrics.e > 5;
                       ^^^^^ bad-experiments: 'churn'
                              ^^^^^^^^^ bad-experiments: quotes
                                        ^^^ missing-where: WHERE
        """
    )
    assert [query.filter for query in file.queries] == ["a = 1", "b = 2", "c = 3", "d = 4", "> 5"]
    assert file.queries[1].limit == 5


def test_a_missing_semicolon_is_seen_at_the_next_name_or_search() -> None:
    file = problems(
        """
        a: x = 1
               ^ missing-semicolon: ;
        b: y = 2
               ^ missing-semicolon: ;
        SEARCH traces WHERE z = 3
        """
    )
    assert [query.filter for query in file.queries] == ["x = 1", "y = 2", "z = 3"]


def test_an_unclosed_quote_swallows_no_other_query() -> None:
    file = problems(
        """
        a: tags.x = 'one
                    ^^^^ unclosed-quote: another '
          AND b = 2
          LIMIT 3;
        c: tags.y = 'two';
        d: tags.z = "three;
                    ^^^^^^ unclosed-quote: another "
        e: `metrics
           ^^^^^^^^ unclosed-quote: another `
        """
    )
    assert [query.filter for query in file.queries] == [
        "tags.x = 'one\n  AND b = 2",
        "tags.y = 'two'",
        'tags.z = "three',
        "`metrics",
    ]
    assert file.queries[0].limit == 3


def test_sections_are_written_once_and_where_they_mean_something() -> None:
    problems(
        """
        WHERE a = 1 WHERE b = 2 LIMIT 1 LIMIT 2 ORDER BY;
                    ^^^^^ duplicate-section: join
                                        ^^^^^ duplicate-section: LIMIT
                                                ^^^^^^^^ empty-section: ORDER BY
        SEARCH prompts IN 'x', 'y' WHERE a = 1 VIEW all;
                          ^^^^^^^^ unused-section: IN
                                               ^^^^^^^^ unused-section: VIEW
        ORDER BY a,, b VIEW LIMIT 0
                 ^^^^^ empty-section: commas
                       ^^^^ bad-view: VIEW
                                  ^ bad-limit: LIMIT
        """
    )


def test_a_file_shows_where_a_query_may_begin() -> None:
    text = "a = 1;\n\n"
    [gap] = parse(text).gaps
    assert [outer.of(text) for _, outer in gap.room] == ["\n\n"]
    assert len(parse("").gaps) == 1
    assert not parse("a = 1").gaps


PARTS = st.sampled_from(
    [
        "search ",
        "runs ",
        "where ",
        "order by ",
        "view ",
        "limit ",
        "in ",
        "name:",
        "a.b ",
        "= ",
        "'",
        '"',
        "`",
        ";",
        "\n",
        "\r",
        " ",
        "-- x",
        "# y",
        ",",
        "(",
        ")",
        "1 ",
        "\\",
        "\x00",
        "�",
        "😀",
        ":",
        "all ",
        "-",
    ]
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_no_text_raises_and_every_span_is_in_it(text: str) -> None:
    file = parse(text)
    for problem in file.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    for query in file.queries:
        if query.condition:
            for inner, outer in query.condition.pieces:
                assert inner.of(query.filter) == outer.of(text)
            assert "".join(outer.of(text) for _, outer in query.condition.pieces) == query.filter


@pytest.mark.parametrize(
    "text",
    ["'" * 50_000, "a " * 50_000, "a: " * 20_000, "a;\n" * 20_000, "`;\n" * 20_000, "'\\" * 20_000],
)
def test_a_hostile_file_takes_seconds_at_most(text: str) -> None:
    started = time.process_time()
    parse.__wrapped__(text)
    assert time.process_time() - started < 10
