"""Make an MLflow store of all that has keys: `python tests/support/assistant_store.py FOLDER`.

It writes FOLDER/mlflow.db, with a registered model, a prompt, traces of an assistant, a logged model and an
evaluation dataset, and keys that only quotes can name.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# A trace that is still on its way cannot be assessed.
os.environ["MLFLOW_ENABLE_ASYNC_TRACE_LOGGING"] = "false"

import mlflow
from mlflow import MlflowClient

TRACES = 3


def write_assistant_store(folder: Path) -> None:
    """Write the store into an empty folder."""
    os.chdir(folder)
    mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
    client = MlflowClient()
    artifacts = (folder / "artifacts").as_uri()
    experiment_id = client.create_experiment("assistant", artifacts, {"team": "support", "data set": "v2"})
    mlflow.set_experiment("assistant")
    _register(client)
    for number in range(TRACES):
        _trace(number)
    _log_model(client, experiment_id)
    mlflow.genai.create_dataset(name="golden answers", experiment_id=[experiment_id], tags={"version": "1"})


def _register(client: MlflowClient) -> None:
    client.create_registered_model("support bot", tags={"task": "chat"})
    client.create_model_version("support bot", "s3://models/a", tags={"validated by": "ada"})
    client.create_model_version("support bot", "s3://models/b", tags={"validated by": "grace"})
    mlflow.genai.register_prompt("greeting", "Hello {{name}}", tags={"language": "en"})


def _trace(number: int) -> None:
    with mlflow.start_span(name="answer", span_type="AGENT"):
        mlflow.update_current_trace(tags={"user-id": f"u{number}", "stage": "prod"})
        for _ in range(2):
            with mlflow.start_span(name="call model", span_type="LLM"):
                pass
    trace_id = mlflow.get_last_active_trace_id()
    assert trace_id
    mlflow.log_feedback(trace_id=trace_id, name="correctness", value="yes" if number else "no")
    mlflow.log_feedback(trace_id=trace_id, name="score", value=0.5 * number)
    mlflow.log_feedback(trace_id=trace_id, name="is polite", value=bool(number))
    mlflow.log_expectation(trace_id=trace_id, name="answer", value="Paris")


def _log_model(client: MlflowClient, experiment_id: str) -> None:
    model = mlflow.initialize_logged_model(
        name="bot", params={"temperature": "0.1"}, tags={"stage": "dev"}, model_type="agent"
    )
    run = client.create_run(experiment_id)
    client.log_metric(run.info.run_id, "accuracy", 0.9, model_id=model.model_id)
    mlflow.finalize_logged_model(model.model_id, "READY")


if __name__ == "__main__":
    write_assistant_store(Path(sys.argv[1]))
