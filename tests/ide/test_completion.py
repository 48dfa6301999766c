"""Completion in one filter: what is offered at `$0`, and the text after an item is chosen."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq.ide.completion import LIMIT, complete
from mlq.ide.completion.keys import MOST
from mlq.ide.hover import hover
from mlq.keys.index import NO_KEYS
from mlq_grammar.dialect import ENTITIES, load
from support.ide import CHURN, accept, index, items, labels
from support.marks import read

PREFIXES = ["metrics.", "params.", "tags.", "dataset."]
ATTRIBUTES = ["status", "run_id", "run_name", "user_id", "artifact_uri", "start_time", "end_time"]
NUMBERS = [">", ">=", "<", "<=", "=", "!="]
TEXTS = ["=", "!=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"]


# What is offered


@pytest.mark.parametrize("source", ["$0", "met$0", "params.model = 'xgboost' AND $0", "a = 1 AND\n  $0"])
def test_a_clause_starts_with_a_prefix_an_attribute_or_a_known_key(source: str) -> None:
    offered = labels(source)
    assert offered[: len(PREFIXES)] == PREFIXES
    assert offered[len(PREFIXES) :][: len(ATTRIBUTES)] == ATTRIBUTES
    assert {"metrics.auc", "metrics.val loss", "params.model", "tags.team"} <= set(offered)


@pytest.mark.parametrize("prefix", ["metrics", "metric"])
def test_behind_a_prefix_stand_the_keys_of_the_store(prefix: str) -> None:
    assert labels(f"{prefix}.$0") == ["auc", "val loss", "train/loss", "in"]


def test_mlflows_own_tags_come_last() -> None:
    assert labels("tags.$0") == ["team", "mlflow.user"]
    assert labels("$0")[-2:] == ["tags.mlflow.user", "attributes."]


def test_behind_the_prefix_of_named_keys_stand_their_names() -> None:
    assert labels("dataset.$0") == ["name", "digest", "context"]
    assert labels("attributes.st$0") == ATTRIBUTES


@pytest.mark.parametrize("source", ["Metrics.$0", "nonsense.$0", "metrics.auc > $0", "metrics.auc > 0.9$0"])
def test_nothing_is_offered_where_nothing_is_known(source: str) -> None:
    assert labels(source) == []


@pytest.mark.parametrize(
    ("source", "operators"),
    [
        ("metrics.auc $0", NUMBERS),
        ("metrics.`val loss` $0", NUMBERS),
        ("metrics.never-seen $0", NUMBERS),
        ("start_time $0", NUMBERS),
        ("params.model $0", TEXTS),
        ("params.model LI$0", TEXTS),
        ("params.model IS $0", TEXTS),
        ("params.model is not $0", TEXTS),
        ("params.model !$0", TEXTS),
        ("metrics.auc =>$0", NUMBERS),
        ("status $0", ["=", "!=", "LIKE", "ILIKE"]),
        ("run_id NOT $0", ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"]),
        ("metrics.auc > 0.9 AND params.model $0", TEXTS),
        ("metrics.auc > 0.9 params.model $0", TEXTS),
        ("metrics.auc $0 0.9", NUMBERS),
        ("no_such_attribute $0", []),
    ],
)
def test_only_operators_that_the_key_takes(source: str, operators: list[str]) -> None:
    assert labels(source) == operators


def test_operators_are_those_of_the_mlflow_that_judges() -> None:
    old = items("params.model $0", mlflow_version="2.22")
    assert [item.label for item in old] == ["=", "!=", "LIKE", "ILIKE"]


@pytest.mark.parametrize(
    "source",
    [
        "params.model = $0",
        "params.model =$0",
        "params.model = '$0",
        "params.model = 'x$0'",
        "params.model LIKE 'x$0",
        "metrics.auc > 0.9 AND params.model = 'x$0 AND status = 'FINISHED'",
        "params.note = 'it's' AND params.model = '$0",
        "params.note = 'it's' AND params.model = 'xg$0'",
        "params.note = 'open AND params.model = 'xg$0",
    ],
)
def test_values_of_the_store(source: str) -> None:
    assert labels(source) == ["xgboost", "lightgbm", "logreg"]


def test_values_that_the_language_names_come_before_those_of_the_store() -> None:
    states = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]
    assert labels("status = $0") == states
    assert labels("status = $0", index(attribute={"status": ("FAILED", "odd")})) == [*states, "odd"]


@pytest.mark.parametrize("source", ["run_id IN ($0", "run_id IN ('0a1b', '$0", "run_id NOT IN ($0)"])
def test_values_in_a_list(source: str) -> None:
    assert labels(source) == ["0a1b", "2c3d"]


@pytest.mark.parametrize(
    "source",
    [
        "metrics.auc > 0.9 $0",
        "params.model = 'x' $0",
        "params.model IS NULL $0",
        "run_id IN ('a') a$0",
        "params.model = 'x' A$0 status = 'FINISHED'",
    ],
)
def test_behind_a_clause_stands_and(source: str) -> None:
    assert labels(source) == ["AND"]


@pytest.mark.parametrize(
    "source",
    [
        "params.model = 'x'$0",
        "metrics.`val loss`$0",
        "run_id IN ('a' $0",
        "metrics.auc > 1 -- $0",
        "run_id IN ('a')$0",
    ],
)
def test_what_is_just_closed_is_left_alone(source: str) -> None:
    assert labels(source) == []


# What it makes of the text


@pytest.mark.parametrize(
    ("source", "label", "text"),
    [
        ("$0", "metrics.", "metrics."),
        ("met$0", "metrics.", "metrics."),
        ("met$0 > 0.9", "metrics.", "metrics. > 0.9"),
        ("met$0rics.auc > 0.9", "params.", "params.auc > 0.9"),
        ("au$0", "metrics.auc", "metrics.auc"),
        ("val$0", "metrics.val loss", "metrics.`val loss`"),
        ("sta$0tus_of_run = 1", "status", "status = 1"),
        ("metrics.$0", "auc", "metrics.auc"),
        ("metrics.a$0cc > 0.9", "auc", "metrics.auc > 0.9"),
        ("metrics.$0 > 0.9", "val loss", "metrics.`val loss` > 0.9"),
        ("metrics.val$0", "val loss", "metrics.`val loss`"),
        ("metrics.`val $0", "val loss", "metrics.`val loss`"),
        (
            "metrics.`val $0 > 0.9 AND params.`max depth` = '4'",
            "val loss",
            "metrics.`val loss` > 0.9 AND params.`max depth` = '4'",
        ),
        ("metrics.`$0`", "val loss", "metrics.`val loss`"),
        ("metrics.`v$0al acc` > 0.9", "auc", "metrics.auc > 0.9"),
        ("metrics.$0`val acc` > 0.9", "auc", "metrics.auc > 0.9"),
        ('params."max$0', "max depth", "params.`max depth`"),
        ("metrics.tr$0", "train/loss", "metrics.`train/loss`"),
        ("metrics.i$0", "in", "metrics.`in`"),
        ("params.model $0", "=", "params.model ="),
        ("params.model LI$0KE 'x'", "ILIKE", "params.model ILIKE 'x'"),
        ("params.model is n$0", "IS NOT NULL", "params.model IS NOT NULL"),
        ("metrics.auc =>$0 0.9", ">=", "metrics.auc >= 0.9"),
        ("run_id not $0", "NOT IN", "run_id NOT IN"),
        ("params.model = $0", "xgboost", "params.model = 'xgboost'"),
        ("params.model =$0", "xgboost", "params.model = 'xgboost'"),
        ("params.model = x$0", "xgboost", "params.model = 'xgboost'"),
        ("params.model = '$0", "xgboost", "params.model = 'xgboost'"),
        ("params.model = '$0'", "xgboost", "params.model = 'xgboost'"),
        ("params.model = 'xg$0'", "xgboost", "params.model = 'xgboost'"),
        (
            "params.model = 'l$0ogreg' AND status = 'FAILED'",
            "xgboost",
            "params.model = 'xgboost' AND status = 'FAILED'",
        ),
        (
            "params.model = 'l$0 AND status = 'FAILED'",
            "logreg",
            "params.model = 'logreg' AND status = 'FAILED'",
        ),
        ('params.model = "x$0', "xgboost", 'params.model = "xgboost"'),
        ("params.note = '$0'", "it's", 'params.note = "it\'s"'),
        ("status = 'fin$0", "FINISHED", "status = 'FINISHED'"),
        ("run_id IN $0", "0a1b", "run_id IN ('0a1b')"),
        ("run_id IN ($0", "0a1b", "run_id IN ('0a1b'"),
        ("run_id IN ('2c3d',$0)", "0a1b", "run_id IN ('2c3d', '0a1b')"),
        ("run_id IN ('0$0')", "2c3d", "run_id IN ('2c3d')"),
        ("metrics.auc > 0.9 $0", "AND", "metrics.auc > 0.9 AND"),
        ("metrics.auc > 0.9 a$0", "AND", "metrics.auc > 0.9 AND"),
    ],
)
def test_the_text_after_choosing(source: str, label: str, text: str) -> None:
    assert accept(source, label) == text


def test_a_value_with_both_quotes_cannot_be_written() -> None:
    assert labels("params.note = $0") == ["it's"]


def test_a_key_that_no_filter_can_name_is_not_offered() -> None:
    assert labels("tags.$0", index(tag={'a`b"c': (), "team": ()})) == ["team"]


def test_backslashes_are_not_offered_in_lists() -> None:
    known = index(dataset={"name": ("c:\\data", "customers")})
    assert labels("dataset.name IN ($0", known) == ["customers"]
    assert labels("dataset.name = $0", known) == ["c:\\data", "customers"]


@pytest.mark.parametrize("entity", ENTITIES)
def test_each_search_starts_with_something(entity: str) -> None:
    known = index(tag={"team": ()}, tags={"team": ()})
    offered = [item.label for item in items("$0", known, entity=entity)]
    has_tags = any("tags" in family.prefixes and not family.refused for family in load(entity).families)
    assert offered
    assert ("tags.team" in offered) == has_tags


def test_without_a_store_the_language_itself_is_offered() -> None:
    assert labels("$0", NO_KEYS) == [*PREFIXES, *ATTRIBUTES, "attributes."]
    assert labels("metrics.$0", NO_KEYS) == []
    assert labels("status = $0", NO_KEYS)[0] == "RUNNING"


def test_a_menu_says_how_many_runs_have_a_key() -> None:
    (model,) = [item for item in items("params.$0") if item.label == "model"]
    assert model.detail == "parameter, 36 of 36 runs"
    assert model.documentation == "`xgboost`, `lightgbm`, `logreg`"


def test_of_very_many_keys_those_that_fit_the_typed_text_best_are_offered() -> None:
    known = index(metric={f"loss{number}": () for number in range(LIMIT)} | {"auc": (), "val_auc": ()})
    assert len(labels("metrics.$0", known)) == MOST
    assert labels("metrics.`AU$0", known) == ["auc", "val_auc"]
    assert labels("metrics.va$0", known) == ["val_auc"]
    assert "metrics.auc" in labels("au$0", known)


@pytest.mark.parametrize(
    ("typed", "is_incomplete"), [("metrics.$0", True), ("params.$0", False), ("$0", True)]
)
def test_a_list_that_is_not_all_says_so(typed: str, is_incomplete: bool) -> None:
    known = index(metric={f"loss{number}": () for number in range(LIMIT)}, parameter={"model": ()})
    marked = read(typed)
    assert marked.cursor is not None
    assert complete(marked.text, marked.cursor, load("runs"), known).is_incomplete is is_incomplete


PIECES = [
    "metrics.",
    "`",
    "'",
    '"',
    "auc",
    "val loss",
    " ",
    "=",
    ">",
    "AND",
    "IN",
    "(",
    ",",
    ")",
    "IS NOT",
    "\n",
    "{}",
    "--",
    "é😀",
]


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=12), entity=st.sampled_from(ENTITIES), data=st.data()
)
def test_any_text_is_answered_with_spans_at_the_cursor(
    pieces: list[str], entity: str, data: st.DataObject
) -> None:
    text = "".join(pieces)
    offset = data.draw(st.integers(0, len(text)))
    hover(text, offset, load(entity), CHURN)
    for item in complete(text, offset, load(entity), CHURN).items:
        assert item.span.start <= offset <= item.span.end <= len(text)


# Moments


NOON = datetime(2026, 11, 24, 12, 30, tzinfo=timezone.utc)


def moments(source: str, entity: str = "runs") -> dict[str, str]:
    marked = read(source)
    assert marked.cursor is not None
    found = complete(marked.text, marked.cursor, load(entity), NO_KEYS, NOON)
    return {item.label: item.text for item in found.items}


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("start_time > $0", "runs"),
        ("attributes.end_time <= 17$0", "runs"),
        ("timestamp_ms >= $0", "traces"),
        ("creation_time < $0", "experiments"),
    ],
)
def test_a_time_is_offered_in_words_and_written_in_milliseconds(source: str, entity: str) -> None:
    offered = moments(source, entity)
    assert list(offered)[:4] == ["an hour ago", "today", "yesterday", "last 7 days"]
    assert offered["an hour ago"] == "1795519800000"
    assert offered["today"] == "1795478400000"
    assert offered["last 7 days"] == "1794873600000"
    assert offered["this month"] == "1793491200000"


@pytest.mark.parametrize("source", ["metrics.auc > $0", "start_time = $0", "start_time > '$0"])
def test_nothing_else_is_a_time(source: str) -> None:
    assert moments(source) == {}
