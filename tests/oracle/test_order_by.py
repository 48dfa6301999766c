"""Our verdict on `order_by` lists is the real MLflow's: on recorded ones, and asked here and now."""

from __future__ import annotations

from itertools import islice
from typing import Any

import mlflow
import pytest
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.spans import Span
from mlq_grammar.verdict import judge_order_by
from support.cases import recorded_order_by
from support.oracle import Oracle
from support.order_by import order_by_lists

COUNT = 60
SEED = 20261124

SORTED = [entity for entity in ENTITIES if load(entity).order_by.reader]
LIVE = [
    entity
    for entity in SORTED
    if load(entity, mlflow.__version__).exists and load(entity, mlflow.__version__).order_by.reader
]


@pytest.mark.parametrize("entity", SORTED)
def test_recorded_lists(entity: str) -> None:
    cases = [case for case in recorded_order_by() if case.entity == entity]
    verdicts = [(case, judge_order_by(case.order_by, load(entity, case.mlflow))) for case in cases]

    assert [(case, verdict) for case, verdict in verdicts if verdict.ok is not case.ok] == []


def test_recorded_sentences() -> None:
    """Sets aside, which Python prints in an arbitrary order, and other first lines of long ones."""
    cases = [case for case in recorded_order_by() if case.error and "{" not in case.error]
    verdicts = ((case, judge_order_by(case.order_by, load(case.entity, case.mlflow))) for case in cases)
    lines = [(str(case.error).partition(": ")[2], str(verdict.message)) for case, verdict in verdicts]

    assert [(theirs, ours) for theirs, ours in lines if not ours.startswith(theirs[:350])] == []


@pytest.mark.parametrize("entity", LIVE)
def test_generated_lists(entity: str, oracle: Oracle) -> None:
    dialect = load(entity, mlflow.__version__)
    lists = islice(order_by_lists(entity, SEED, mlflow_version=mlflow.__version__), COUNT)
    verdicts = (
        (items, judge_order_by(items, dialect), oracle.order_by_verdict(entity, items)) for items in lists
    )

    assert [(items, theirs) for items, ours, theirs in verdicts if ours.ok is not theirs[0]] == []


@pytest.mark.parametrize(
    ("entity", "item", "count"),
    [
        ("runs", "metrics.a{}", 63),
        ("traces", "metadata.a{}", 63),
        ("experiments", "name", 1999),
    ],
)
def test_the_longest_list_that_still_runs(entity: str, item: str, count: int, oracle: Oracle) -> None:
    dialect = load(entity, mlflow.__version__)
    for n in (count, count + 1):
        items = [item.format(at) for at in range(n)]
        assert judge_order_by(items, dialect).ok is oracle.order_by_verdict(entity, items)[0] is (n == count)


@pytest.mark.parametrize(
    ("entity", "items", "index", "span"),
    [
        ("runs", ["start_time DESC", "accuracy DESC"], 1, "accuracy"),
        ("runs", ["start_time DECS"], 0, "start_time DECS"),
        ("runs", ["Metrics.a DESC"], 0, "Metrics"),
        ("runs", ["created", "metrics.a", "attr.start_time"], 2, "attr.start_time"),
        ("skills", ["version DESC"], 0, "version"),
        ("traces", ["span.name ASC"], 0, "span.name"),
        ("logged_models", [{"field_name": "name"}, {"field_name": "params.lr"}], 1, "params"),
    ],
)
def test_where_the_refusal_is(entity: str, items: list[Any], index: int, span: str) -> None:
    verdict = judge_order_by(items, load(entity))

    item = items[index]
    text = item["field_name"] if isinstance(item, dict) else item
    assert (verdict.ok, verdict.index) == (False, index)
    assert verdict.span is not None
    assert Span(*verdict.span).of(text) == span


@pytest.mark.parametrize(
    ("version", "ok"), [("2.13.0", False), ("2.14.0", True), ("3.16.0", True), ("3.17.0", False)]
)
def test_versions(version: str, ok: bool) -> None:
    """Traces are sorted by metadata since 2.14, by the reserved ones until 3.16."""
    items = ["metadata.`mlflow.trace.cost` DESC"]

    assert judge_order_by(items, load("traces", version)).ok is ok
