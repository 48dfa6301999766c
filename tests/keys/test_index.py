"""A picture of a store's keys, and the JSON data that stands for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.keys.table import KeyInfo

CHURN = {
    "source": "sqlite:///mlflow.db",
    "seen": 36,
    "complete": True,
    "listed": ["metric"],
    "kinds": {
        "metric": [["auc", 34, [], False, [0.7, 0.8, 0.9, 0.85, [1, 0, 0, 0, 0, 0, 3, 30]]]],
        "parameter": [["model", 36, ["xgboost", "logreg"], True, None]],
    },
}


def test_index_comes_from_json() -> None:
    index = KeyIndex.from_json(CHURN)
    assert (index.source, index.seen, index.complete) == ("sqlite:///mlflow.db", 36, True)
    assert index.keys("metric")["auc"].numbers == (0.7, 0.8, 0.9, 0.85, (1, 0, 0, 0, 0, 0, 3, 30))
    assert index.keys("parameter")["model"] == KeyInfo("model", 36, ("xgboost", "logreg"), is_enumerated=True)
    assert index.keys("parameter")["model"].values == ("xgboost", "logreg")
    assert not index.keys("tag")


def test_index_survives_json() -> None:
    assert json.loads(json.dumps(KeyIndex.from_json(CHURN).to_json())) == CHURN
    assert KeyIndex.from_json(NO_KEYS.to_json()) == NO_KEYS


@pytest.mark.parametrize(
    "data", [None, [], {}, CHURN | {"kinds": []}, CHURN | {"kinds": {"metric": [["auc"]]}}]
)
def test_other_data_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="picture"):
        KeyIndex.from_json(data)
