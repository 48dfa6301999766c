"""An MLflow store in which every comparison tells.

Some have a key and some do not, texts differ in case alone or hold wildcards, metrics are no numbers or
infinite, and some runs, and one experiment, are deleted.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any, TypeVar

from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    Metric,
    Param,
    RunTag,
    TraceInfo,
    TraceLocation,
    TraceState,
)
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

if TYPE_CHECKING:
    from pathlib import Path

Value = TypeVar("Value")

RUNS = 21
STARTED = 1_700_000_000_000
NAMES = ("Bold-crab", "bold-crab", "x%y", "é")
METRICS = {"auc": (0.0, 0.5, math.nan, 0.9), "loss": (math.inf, -1.0, 0.0, 3.0)}
PARAMS = {"model": ("XGBoost", "xgboost", "100%", "10_0"), "lr": ("0.1", "0.10", "1e-1")}
TAGS = {"team": ("Growth", "growth", "ops"), "note": ("a_b", "axb", "A_B", "it's", "É", "é")}


def make_counted_store(folder: Path) -> None:
    """Make the store in an empty folder."""
    client = MlflowClient(f"sqlite:///{folder}/mlflow.db")
    dice = random.Random(1)
    experiments = [
        client.create_experiment("First", tags={"team": "Growth"}),
        client.create_experiment("second 100%", tags={"team": "growth", "note": "a_b"}),
        client.create_experiment("gone", tags={"team": "ops"}),
    ]
    for number in range(RUNS):
        _log_run(client, experiments[number % len(experiments)], number, dice)
    client.delete_experiment(experiments[-1])
    _register(client, dice)
    for number in range(4):
        _log_model(client, experiments[number % 2], dice)
    traces = SqlAlchemyStore(f"sqlite:///{folder}/mlflow.db", str(folder))
    for number in range(8):
        traces.start_trace(_trace(experiments[number % 2], number, dice))


def _log_run(client: MlflowClient, experiment_id: str, number: int, dice: random.Random) -> None:
    started = STARTED + 1000 * number
    tags = _some(TAGS, dice)
    run_id = client.create_run(experiment_id, started, tags, dice.choice(NAMES)).info.run_id
    client.log_batch(
        run_id,
        [Metric(key, value, 1, 0) for key, value in _some(METRICS, dice).items()],
        [Param(key, value) for key, value in _some(PARAMS, dice).items()],
        [RunTag("even", "yes")] if number % 2 == 0 else [],
    )
    for digest in range(dice.choice([0, 0, 1, 2])):
        dataset = Dataset(dice.choice(["customers", "Customers"]), str(digest), "local", "x")
        context = InputTag("mlflow.data.context", dice.choice(["training", "eval"]))
        client.log_inputs(run_id, [DatasetInput(dataset, [context] if dice.random() < 0.7 else [])])
    if number % 5:
        client.set_terminated(run_id, dice.choice(["FINISHED", "FAILED"]), started + 60_000)
    if number % 7 == 0:
        client.delete_run(run_id)


def _some(values: dict[str, tuple[Value, ...]], dice: random.Random) -> dict[str, Value]:
    return {key: dice.choice(choices) for key, choices in values.items() if dice.random() < 0.7}


def _register(client: MlflowClient, dice: random.Random) -> None:
    for name in ("Bot", "bot", "b_t"):
        client.create_registered_model(name, tags={"task": dice.choice(["Chat", "chat"])})
        for version in range(3):
            tags = {"ok": dice.choice(["Yes", "yes", "no"])} if version else {}
            client.create_model_version(name, f"s3://M/{version}", tags=tags)
    for name in ("greeting", "farewell"):
        client.create_prompt(name, tags={"language": dice.choice(["en", "EN"])})
        client.create_prompt_version(name, "Hello {{name}}")


def _trace(experiment_id: str, number: int, dice: random.Random) -> TraceInfo:
    where: Any = TraceLocation.from_experiment_id(experiment_id)
    return TraceInfo(
        f"tr-{number}",
        where,
        STARTED + 1000 * number,
        dice.choice([TraceState.OK, TraceState.ERROR]),
        execution_duration=dice.choice([None, 5, 90]),
        tags={**_some(TAGS, dice), **_some({"mlflow.traceName": ("answer", "Answer")}, dice)},
        trace_metadata=_some({"mlflow.trace.session": ("a", "b"), "mlflow.user": ("ada", "Ada")}, dice),
    )


def _log_model(client: MlflowClient, experiment_id: str, dice: random.Random) -> None:
    model = client.create_logged_model(
        experiment_id,
        name=dice.choice(["bot", "Bot"]),
        params={"temperature": dice.choice(["0.1", "0.10"])},
        tags={"stage": dice.choice(["dev", "DEV"])},
        model_type="agent",
    )
    run = client.create_run(experiment_id)
    for step in range(2):
        client.log_metric(run.info.run_id, "accuracy", 0.9 + step / 10, step=step, model_id=model.model_id)
    client.delete_run(run.info.run_id)
    client.finalize_logged_model(model.model_id, "READY")
