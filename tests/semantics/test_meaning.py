"""What a clause names and compares with: keys as MLflow finds them, values by their spelling."""

from __future__ import annotations

import pytest
from mlq.semantics.meaning import resolve
from mlq_grammar.dialect import load

RUNS = load("runs")

SUBJECTS = {
    "metrics.auc > 1": ("metric", "metrics", "auc", ""),
    "metric.`val acc` > 1": ("metric", "metric", "val acc", "`"),
    "`metrics`.auc > 1": ("metric", "`metrics`", "auc", ""),
    "params.a.b.c = 'x'": ("parameter", "params", "a.b.c", ""),
    "tags.\"a\" = 'x'": ("tag", "tags", "a", '"'),
    "status = 'x'": ("attribute", "", "status", ""),
    "attr.status = 'x'": ("attribute", "attr", "status", ""),
    "`run name` = 'x'": ("attribute", "", "run name", "`"),
    "dataset.name = 'x'": ("dataset", "dataset", "name", ""),
    "metrics.AUC ROC > 1": ("metric", "metrics", "AUC ROC", ""),
    "model.auc > 1": (None, "model", "auc", ""),
}

VALUES = {
    "a = 'x'": "text",
    'a = "x"': "text",
    "a = 0.5": "number",
    "a = 1e+5": "number",
    "a = xgboost": "word",
    "a = my model": "word",
    "a = NULL": "null",
    "a = None": "null",
    "a IN ('x')": "list",
    "a IN ['x']": "brackets",
    "a > metrics.b": "key",
    "a > now()": "function",
    "a > 1 + 1": "expression",
    "a = 'x": "text",
}


@pytest.mark.parametrize(("text", "expected"), SUBJECTS.items())
def test_the_left_side_is_cut_at_its_first_dot(text: str, expected: tuple[str | None, str, str, str]) -> None:
    [condition] = resolve(text, RUNS).conditions
    subject = condition.subject
    assert subject

    family = subject.family.type if subject.family else None
    assert (family, subject.prefix, subject.name, subject.quote) == expected
    assert subject.name in subject.name_span.of(text)
    assert subject.prefix_span.of(text) == subject.prefix


@pytest.mark.parametrize(("text", "kind"), VALUES.items())
def test_the_value_is_told_by_its_spelling(text: str, kind: str) -> None:
    [condition] = resolve(text, RUNS).conditions

    assert condition.value
    assert condition.value.kind == kind


def test_an_alias_is_the_key_that_it_stands_for() -> None:
    [condition] = resolve("created > 1", RUNS).conditions

    assert condition.subject
    assert condition.subject.key
    assert condition.subject.key.name == "start_time"
    assert condition.operator_fits
