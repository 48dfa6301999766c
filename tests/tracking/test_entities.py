"""Keys of all that MLflow searches: read from a database, from a server, and taken by the real MLflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mlflow import MlflowClient
from support.stores import snapshot
from support.tracking import keys, read

if TYPE_CHECKING:
    from pathlib import Path

    from mlq.keys.index import KeyIndex

SEEN = {
    "runs": 1,
    "experiments": 2,
    "registered_models": 1,
    "prompts": 1,
    "model_versions": 2,
    "logged_models": 1,
    "traces": 3,
    "evaluation_datasets": 1,
}


@pytest.fixture
def from_file(assistant_folder: Path, entity: str) -> KeyIndex:
    before = snapshot(assistant_folder)
    index = read(f"sqlite:///{assistant_folder}/mlflow.db", entity=entity)
    assert snapshot(assistant_folder) == before
    return index


@pytest.mark.parametrize(("entity", "seen"), SEEN.items())
def test_a_database_has_the_keys_of_each(from_file: KeyIndex, seen: int) -> None:
    assert (from_file.seen, from_file.complete) == (seen, True)
    assert keys(from_file)


@pytest.mark.parametrize("entity", ["issues", "trace_metrics", "mcp_servers"])
def test_of_what_has_no_keys_of_peoples_own_none_are_read(from_file: KeyIndex) -> None:
    assert keys(from_file) == {}


@pytest.mark.parametrize("entity", ["traces"])
def test_keys_of_traces(from_file: KeyIndex) -> None:
    assert {"user-id", "stage"} <= set(from_file.keys("tag"))
    assert from_file.keys("tag")["user-id"].values == ("u0", "u1", "u2")
    assert "mlflow.source.name" in from_file.keys("request_metadata")
    assert from_file.keys("request_metadata")["mlflow.traceInputs"].values == ()
    assert from_file.keys("feedback")["correctness"].values == ("yes", "no")
    assert from_file.keys("feedback")["is polite"].values == ("true", "false")
    assert from_file.keys("feedback")["score"].values == ("0.0", "0.5", "1.0")
    assert from_file.keys("expectation")["answer"].values == ("Paris",)
    assert from_file.keys("attribute")["name"].values == ("answer",)
    assert from_file.keys("span")["name"].values == ("call model", "answer")
    # A trace with two spans is one trace.
    assert from_file.keys("span")["name"].count == 3


@pytest.mark.parametrize("entity", ["logged_models"])
def test_keys_of_logged_models(from_file: KeyIndex) -> None:
    assert keys(from_file)["metrics"] == ["accuracy"]
    numbers = from_file.keys("metrics")["accuracy"].numbers
    assert numbers
    assert (numbers.least, numbers.latest) == (0.9, 0.9)
    assert from_file.keys("params")["temperature"].values == ("0.1",)
    assert from_file.keys("tags")["stage"].values == ("dev",)
    assert from_file.keys("attributes")["model_type"].values == ("agent",)


@pytest.mark.parametrize("entity", ["registered_models"])
def test_a_prompt_is_no_registered_model(from_file: KeyIndex) -> None:
    assert from_file.keys("attribute")["name"].values == ("support bot",)


@pytest.mark.parametrize("entity", SEEN)
def test_a_server_has_the_same_keys(from_file: KeyIndex, assistant_server: str, entity: str) -> None:
    over_http = read(assistant_server, entity=entity)
    assert (over_http.seen, over_http.complete) == (from_file.seen, from_file.complete)
    assert over_http.kinds == from_file.kinds


@pytest.mark.parametrize("entity", ["traces"])
def test_mlflow_finds_traces_by_the_values_offered(from_file: KeyIndex, assistant_folder: Path) -> None:
    client = MlflowClient(f"sqlite:///{assistant_folder}/mlflow.db")
    experiment = client.get_experiment_by_name("assistant")
    assert experiment
    for kind in ("feedback", "expectation", "span"):
        for key in from_file.keys(kind).values():
            for value in key.values:
                filter_string = f"{kind}.`{key.name}` = '{value}'"
                assert client.search_traces([experiment.experiment_id], filter_string), filter_string
