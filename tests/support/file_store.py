"""Make a store of files with the real MLflow: `python tests/support/file_store.py FOLDER`."""

from __future__ import annotations

import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

from mlflow import MlflowClient


def write_file_store(folder: str) -> None:
    """Write two experiments and three runs, one of them deleted, with names that files and YAML dislike."""
    client = MlflowClient(f"file://{folder}")
    first = client.create_experiment("churn: é", tags={"team": "growth"})
    second = client.create_experiment("other")
    run = client.create_run(first, run_name="bold: crab").info.run_id
    for step, loss in enumerate((0.5, 0.25)):
        client.log_metric(run, "train/loss", loss, step=step)
    client.log_metric(run, "broken", float("nan"))
    client.log_param(run, "model", "xgboost")
    client.log_param(run, "notes", "x" * 5_000)
    client.set_tag(run, "data set", "v2")
    deleted = client.create_run(first).info.run_id
    client.log_param(deleted, "gone", "1")
    client.delete_run(deleted)
    client.log_param(client.create_run(second).info.run_id, "only other", "1")


if __name__ == "__main__":
    write_file_store(sys.argv[1])
