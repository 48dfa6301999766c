"""The rules of `order_by` lists: each by its own example, and all of them against the real MLflow."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import mlflow
import pytest
from mlq.findings import apply
from mlq.rules import order_by
from mlq.rules.order_by import ORDER_RULES
from mlq.rules.order_by.engine import findings
from mlq.rules.order_by.rule import OrderRule
from mlq_grammar.dialect import ENTITIES, load
from mlq_grammar.verdict import judge_order_by
from mlq_grammar.verdict.order_by import text_of
from support.cases import recorded_order_by
from support.marks import read
from support.oracle import Oracle
from support.order_by import order_by_lists

FOLDER = Path(str(order_by.__file__)).parent
SHARED = {"engine", "item", "rule"}

each_rule = pytest.mark.parametrize("rule", ORDER_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def _items(lines: str) -> list[Any]:
    """Return the items of an example, one a line."""
    return [json.loads(line) if line.startswith("{") else line for line in lines.splitlines()]


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: OrderRule) -> None:
    marked = read(rule.wrong)
    items = _items(marked.text)
    starts = [sum(len(item) + 1 for item in items[:at]) for at in range(len(items))]

    found = findings(items, load(rule.entity))

    places = [(starts[at] + each.start, starts[at] + each.end) for at, each, _ in found]
    assert places == [tuple(span) for span in marked.spans]
    assert [(each.code, each.severity) for _, each, _ in found] == [(rule.code, rule.severity)]


@each_rule
def test_right_is_silent(rule: OrderRule) -> None:
    assert findings(_items(rule.right), load(rule.entity)) == []


@each_rule
def test_the_fix_makes_wrong_right(rule: OrderRule) -> None:
    items = _items(read(rule.wrong).text)
    for at, finding, cuts in findings(items, load(rule.entity)):
        if finding.fixes:
            items[at] = apply(finding.fixes[0].edits, items[at])
            assert items == _items(rule.right)
        if cuts:
            assert _cut(items[at], cuts) == _items(rule.right)


def _cut(text: str, cuts: Any) -> list[str]:
    ends = [*(cut.start for cut in cuts), len(text)]
    starts = [0, *(cut.end for cut in cuts)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@each_rule
def test_the_real_mlflow_agrees(rule: OrderRule, oracle: Oracle) -> None:
    wrong_runs, message = oracle.order_by_verdict(rule.entity, _items(read(rule.wrong).text))
    right_runs, why = oracle.order_by_verdict(rule.entity, _items(rule.right))

    assert wrong_runs == (rule.severity != "error"), message
    assert right_runs, why


def test_every_module_of_a_rule_is_listed() -> None:
    modules = {path.stem for path in FOLDER.glob("[a-z]*.py")} - SHARED

    assert {rule.check.__module__.rpartition(".")[2] for rule in ORDER_RULES} == modules
    assert [rule.code for rule in ORDER_RULES] == sorted({rule.code for rule in ORDER_RULES})


@pytest.mark.parametrize(
    ("entity", "item", "codes", "fixed"),
    [
        ("runs", "Metrics.a descending;", "MLQ851 MLQ852 MLQ856", "metrics.a DESC"),
        ("runs", "startTime desc", "MLQ851", "start_time desc"),
        ("runs", "run name", "MLQ851", "run_name"),
        ("runs", "dataset.name", "MLQ851", None),
        ("runs", "start_time DECS", "MLQ852", "start_time DESC"),
        ("runs", "metrics.a NULLS LAST", "MLQ852", "metrics.a"),
        ("runs", "metrics.a desc nulls first", "MLQ852", "metrics.a DESC"),
        ("runs", "metrics.a ASC DESC", "MLQ852", None),
        ("runs", "-metrics.a", "MLQ852", "metrics.a DESC"),
        ("runs", "DESC metrics.a", "MLQ852", "metrics.a DESC"),
        ("runs", "end_timeDESC", "MLQ852", "end_time DESC"),
        ("runs", "metrics.a b DESC", "MLQ853", "metrics.`a b` DESC"),
        ("runs", "tags.`x", "MLQ853", "tags.`x`"),
        ("runs", "ORDER BY start_time", "MLQ856", "start_time"),
        ("runs", "metrics.a > 1", "MLQ856", "metrics.a"),
        ("runs", "", "MLQ850", None),
        ("runs", "tags.`a DESC`", "MLQ858", "tags.`a` DESC"),
        ("registered_models", "`name`", "MLQ853", "name"),
        ("registered_models", "attribute.name", "MLQ851", "name"),
        ("mcp_server_versions", "version", "MLQ853", "`version` ASC"),
        ("mcp_server_versions", "version DESC", "MLQ853", "`version` DESC"),
        ("experiments", "tags.a", "MLQ851", None),
        ("traces", "span.name", "MLQ851", None),
    ],
)
def test_what_is_said_of_an_item(entity: str, item: str, codes: str, fixed: str | None) -> None:
    found = [finding for _, finding, _ in findings([item], load(entity))]
    edits = [edit for finding in found for fix in finding.fixes for edit in fix.edits]

    assert " ".join(sorted(finding.code for finding in found)) == codes
    assert (apply(edits, item) if edits else None) == fixed


@pytest.mark.parametrize("entity", ENTITIES)
def test_an_error_is_reported_exactly_where_mlflow_refuses(entity: str) -> None:
    lists = list(islice(order_by_lists(entity, 7), 150))
    lists += [case.order_by for case in recorded_order_by() if case.entity == entity]
    for items in lists:
        found = findings(items, load(entity))

        assert (
            any(each.severity == "error" for _, each, _ in found)
            is not judge_order_by(items, load(entity)).ok
        )
        for at, each, _ in found:
            assert 0 <= each.start <= each.end <= len(text_of(items[at]))


def test_the_real_mlflow_accepts_what_the_fixes_make(oracle: Oracle) -> None:
    cases = [
        case for case in recorded_order_by() if not case.ok and load(case.entity, mlflow.__version__).exists
    ]
    refused = []
    for case in cases[:600]:
        for at, item in enumerate(case.order_by):
            found = [finding for _, finding, _ in findings([item], load(case.entity, mlflow.__version__))]
            errors = [finding for finding in found if finding.severity == "error"]
            if errors and isinstance(item, str) and all(finding.fixes for finding in errors):
                edits = [edit for finding in errors for edit in finding.fixes[0].edits]
                better = apply(edits, item)
                ok, message = oracle.order_by_verdict(case.entity, [better])
                refused += [] if ok else [(case.entity, at, item, better, message)]
    assert refused == []


def test_hostile_lists_and_items_are_answered_shortly() -> None:
    assert len(findings(["accuracy"] * 1_000, load("runs"))) == 200
    assert [each.code for _, each, _ in findings(["x " * 20_000], load("runs"))] == ["MLQ850"]
