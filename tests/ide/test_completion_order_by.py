"""Completion in the items of `order_by` lists, at `$0` in a Python file."""

from __future__ import annotations

import pytest
from mlq.findings import Edit, apply
from mlq.ide.analysis import Analysis
from mlq.ide.model import CompletionItem, Document
from support.ide import CHURN, index
from support.marks import read

MODELS = index(metrics={"accuracy": (), "F1 score": ()}, params={"temperature": ("0.1",)})
COLUMNS = ["start_time", "end_time", "run_name", "status", "run_id", "user_id", "artifact_uri"]


def offered(source: str) -> tuple[str, list[CompletionItem]]:
    marked = read(f"import mlflow\nmlflow.{source}")
    assert marked.cursor is not None
    keys = {"runs": CHURN, "logged_models": MODELS}
    analysis = Analysis(Document(marked.text, "python"), keys=keys)
    return marked.text, list(analysis.completion(marked.cursor).items)


def labels(source: str) -> list[str]:
    return [item.label for item in offered(source)[1]]


@pytest.mark.parametrize("item", ["$0", "met$0", "metrics.a$0", "metrics.$0 DESC", "$0start_time ASC"])
def test_columns_come_before_the_keys_of_the_store(item: str) -> None:
    found = labels(f'search_runs(order_by=["{item}"])')
    assert found[: len(COLUMNS)] == COLUMNS
    assert found[len(COLUMNS) :][:2] == ["metrics.auc", "metrics.val loss"]
    assert {"params.max depth", "tags.team"} <= set(found)


def test_behind_a_key_stand_the_directions() -> None:
    assert labels('search_runs(order_by=["metrics.auc $0"])') == ["DESC", "ASC"]
    assert labels('search_runs(order_by=["start_time DESC", "metrics.`val loss` de$0"])') == ["DESC", "ASC"]


@pytest.mark.parametrize("item", ["metrics.auc DESC $0", "nonsense.key $0", "metrics.auc, $0"])
def test_nothing_is_offered_that_mlflow_would_refuse(item: str) -> None:
    assert labels(f'search_runs(order_by=["{item}"])') == []


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        ('order_by=["$0"]', "metrics.val loss", 'order_by=["metrics.`val loss`"]'),
        ('order_by=["metrics.v$0 ASC"]', "metrics.val loss", 'order_by=["metrics.`val loss` ASC"]'),
        ("order_by=['metrics.auc $0']", "DESC", "order_by=['metrics.auc DESC']"),
        ("order_by=['metrics.auc a$0']", "ASC", "order_by=['metrics.auc ASC']"),
    ],
)
def test_what_is_chosen_takes_the_place_of_the_word(before: str, label: str, after: str) -> None:
    text, items = offered(f"search_runs({before})")
    (chosen,) = [item for item in items if item.label == label]
    changed = apply([Edit(chosen.span.start, chosen.span.end, chosen.text)], text)
    assert changed == f"import mlflow\nmlflow.search_runs({after})"


def test_logged_models_are_sorted_by_dicts_without_a_direction() -> None:
    call = 'search_logged_models(order_by=[{"field_name": "%s"}])'
    assert {"metrics.accuracy", "metrics.F1 score", "name"} <= set(labels(call % "c$0"))
    assert "params.temperature" not in labels(call % "c$0")
    assert labels(call % "metrics.accuracy $0") == []
