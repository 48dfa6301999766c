"""Make a small, realistic MLflow store: `python tests/support/churn_store.py FOLDER` writes FOLDER/mlflow.db.

The demo and the tests read it. It holds two experiments of churn models, with keys of every shape that a
filter has to write differently: plain, with a slash, a hyphen, a dot and a space.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENTS = ("churn", "churn-v2")
RUNS_OF_EACH = 18
STORE = "mlflow.db"

_BASE_AUC = {"xgboost": 0.86, "lightgbm": 0.84, "logreg": 0.74}
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class ChurnRun:
    """What one run logs; `age` is in milliseconds before now."""

    name: str
    age: int
    status: str
    params: dict[str, str]
    metrics: dict[str, float]
    tags: dict[str, str]


def churn_runs(experiment: str, how_many: int = RUNS_OF_EACH) -> list[ChurnRun]:
    """Return the runs of an experiment, the oldest first; the same ones on every call."""
    dice = random.Random(experiment)
    return [_churn_run(dice, number, how_many) for number in range(how_many)]


def _churn_run(dice: random.Random, number: int, how_many: int) -> ChurnRun:
    model = ("xgboost", "xgboost", "lightgbm", "logreg")[number % 4]
    status = {how_many - 1: "RUNNING", how_many // 2: "FAILED"}.get(number, "FINISHED")
    auc = round(_BASE_AUC[model] + dice.uniform(-0.05, 0.09), 4)
    user = ("ada", "grace", "linus")[number % 3]
    return ChurnRun(
        name=f"{model}-{number:02d}",
        age=(how_many - number) * 7 * _HOUR,
        status=status,
        params={
            "model": model,
            "batch_size": str(dice.choice((32, 64, 128))),
            "learning_rate": str(dice.choice((0.01, 0.03, 0.1))),
            "max depth": str(dice.choice((4, 6, 8))),
            "optimizer.name": dice.choice(("adam", "sgd")),
        },
        metrics={"train/loss": round(dice.uniform(0.2, 0.6), 4)}
        | (_final_metrics(dice, auc) if status != "FAILED" else {}),
        tags={
            "team": ("growth", "retention")[number % 2],
            "stage": ("experimental", "candidate", "production")[number % 3],
            "data-version": f"2024-0{1 + number % 3}",
            "mlflow.user": user,
            "mlflow.source.name": "train.py",
            "mlflow.source.type": "LOCAL",
            "mlflow.source.git.commit": f"{dice.getrandbits(160):040x}",
        },
    )


def _final_metrics(dice: random.Random, auc: float) -> dict[str, float]:
    return {
        "auc": auc,
        "AUC ROC": auc,
        "f1": round(auc - dice.uniform(0.05, 0.12), 4),
        "val-acc": round(auc - dice.uniform(0.0, 0.05), 4),
        "val_loss": round(dice.uniform(0.25, 0.7), 4),
    }


def write_churn_store(folder: Path) -> str:
    """Write the store, unless the folder has one already, and return its tracking URI."""
    folder = folder.resolve()
    store = folder / STORE
    if not store.exists():
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
        # MLflow makes its folder of artifacts where it stands.
        os.chdir(folder)
        unfinished = folder / f"{STORE}.unfinished"
        unfinished.unlink(missing_ok=True)
        _fill(f"sqlite:///{unfinished}", folder)
        unfinished.replace(store)
    return f"sqlite:///{store}"


def _fill(uri: str, folder: Path) -> None:
    from mlflow import MlflowClient

    client = MlflowClient(tracking_uri=uri)
    for name in EXPERIMENTS:
        experiment_id = client.create_experiment(
            name, artifact_location=(folder / "artifacts" / name).as_uri()
        )
        for run in churn_runs(name):
            _log_run(client, experiment_id, run)
    _log_deleted_run(client, experiment_id)


def _log_run(client: MlflowClient, experiment_id: str, run: ChurnRun) -> None:
    from mlflow.entities import Metric, Param, RunTag

    started = int(time.time() * 1000) - run.age
    run_id = client.create_run(experiment_id, started, run_name=run.name, tags=run.tags).info.run_id
    client.log_batch(
        run_id,
        [Metric(key, value, started + 60_000, 0) for key, value in run.metrics.items()],
        [Param(key, value) for key, value in run.params.items()],
        [RunTag("reviewed by", "ada")] if run.tags["stage"] == "production" else [],
    )
    if run.tags["stage"] != "experimental":
        _log_dataset(client, run_id, run.tags["data-version"])
    if run.status != "RUNNING":
        client.set_terminated(run_id, run.status, started + _HOUR)


def _log_dataset(client: MlflowClient, run_id: str, version: str) -> None:
    from mlflow.entities import Dataset, DatasetInput, InputTag

    dataset = Dataset(
        "customers", version.replace("-", ""), "local", f'{{"path": "customers-{version}.csv"}}'
    )
    client.log_inputs(run_id, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])


def _log_deleted_run(client: MlflowClient, experiment_id: str) -> None:
    run_id = client.create_run(experiment_id, run_name="mistake").info.run_id
    client.log_metric(run_id, "legacy_score", 1.0)
    client.delete_run(run_id)


if __name__ == "__main__":
    sys.stdout.write(f"{write_churn_store(Path(sys.argv[1]))}\n")
