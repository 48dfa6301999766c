"""A small store of the real MLflow with something of each kind, and what a filter finds there."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JANUARY, FEBRUARY = 1704067200000, 1706745600000  # the first of each in 2024, in milliseconds


class SurprisingStore:
    """Says which runs, models and so on a filter finds, by their names."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
        from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking

        uri = f"sqlite:///{folder}/surprising.db"
        self._tracking, self._registry = Tracking(uri, str(folder)), Registry(uri)
        self._fill()

    def found(self, entity: str, text: str) -> list[str]:
        """Return the names of what MLflow finds, sorted; raise what MLflow raises."""
        return sorted(self._searches()[entity](text))

    def _searches(self) -> dict[str, Callable[[str], list[str]]]:
        from mlflow.entities import ViewType

        tracking, registry = self._tracking, self._registry
        return {
            "runs": lambda text: [
                run.info.run_name for run in tracking.search_runs(["0"], text, ViewType.ALL, 100)
            ],
            "traces": lambda text: [trace.trace_id for trace in tracking.search_traces(["0"], text, 100)[0]],
            "logged_models": lambda text: [
                model.name for model in tracking.search_logged_models(["0"], text, max_results=100)
            ],
            "evaluation_datasets": lambda text: [
                dataset.name for dataset in tracking.search_datasets(["0"], text, 100)
            ],
            "issues": lambda text: [issue.name for issue in tracking.search_issues("0", text, 100)],
            "mcp_servers": lambda text: [server.name for server in tracking.search_mcp_servers(text, 100)],
            "experiments": lambda text: [
                experiment.name for experiment in tracking.search_experiments(ViewType.ALL, 100, text)
            ],
            "prompts": lambda text: [prompt.name for prompt in registry.search_prompts(text, 100)],
            "registered_models": lambda text: [
                model.name for model in registry.search_registered_models(text, 100)
            ],
            "model_versions": lambda text: [
                version.name for version in registry.search_model_versions(text, 100)
            ],
        }

    def _fill(self) -> None:
        run_id = self._run("first", JANUARY, {"auc": 0.8, "n": 5.0}, {"team": "growth", "owner": "Bob's"})
        self._run("second", FEBRUARY, {"auc": 0.95, "n": 12.0, "loss": float("inf")}, {"mlflow.user": "ada"})
        self._dataset(run_id, "data\\new")
        self._model("forest", run_id)
        self._trace("chat", JANUARY, 100, {"mlflow.traceName": "chat", "name": "own"}, "r1")
        self._trace("plan", FEBRUARY, 900, {"mlflow.traceName": "plan", "run_id": "r1"}, "r2")
        self._span("chat", JANUARY, {"model": "gpt"})
        self._tracking.create_dataset("questions", {"team": "growth"}, ["0"])
        self._tracking.create_issue("0", "slow", "Answers are slow")
        for name, stars in (("org/small", "9"), ("org/large", "12")):
            self._tracking.create_mcp_server(name)
            self._tracking.set_mcp_server_tag(name, "stars", stars)
        self._prompt("greeting", "of experiment_id = '5'")
        self._registry.create_registered_model("churn")
        self._registry.create_model_version("churn", "file:///churn")

    def _run(self, name: str, start: int, metrics: dict[str, float], tags: dict[str, str]) -> str:
        from mlflow.entities import Metric, Param, RunStatus, RunTag

        run = self._tracking.create_run("0", "ada", start, [], name)
        run_id: str = run.info.run_id
        self._tracking.log_batch(
            run_id,
            [Metric(key, value, start, 0) for key, value in metrics.items()],
            [Param("model", "xgb.large")],
            [RunTag(key, value) for key, value in tags.items()],
        )
        self._tracking.update_run_info(run_id, RunStatus.FINISHED, start + 1000, None)
        return run_id

    def _dataset(self, run_id: str, name: str) -> None:
        from mlflow.entities import Dataset, DatasetInput

        dataset = Dataset(name, "1", "local", "{}")
        self._tracking.log_inputs(run_id, [DatasetInput(dataset, [])])

    def _model(self, name: str, run_id: str) -> None:
        from mlflow.entities import LoggedModelParameter, LoggedModelTag, Metric

        made = self._tracking.create_logged_model("0", name, run_id)
        tags, params = [LoggedModelTag("team", "it's")], [LoggedModelParameter("lr", "0.1")]
        self._tracking.set_logged_model_tags(made.model_id, tags)
        self._tracking.log_logged_model_params(made.model_id, params)
        self._tracking.log_metric(
            run_id, Metric("gap", float("inf"), 5, 0, model_id=made.model_id, run_id=run_id)
        )

    def _trace(self, name: str, start: int, took: int, tags: dict[str, str], run: str) -> None:
        from mlflow.entities import TraceInfo, TraceLocation, TraceState

        where: Any = TraceLocation.from_experiment_id("0")
        metadata = {"mlflow.sourceRun": run}
        self._tracking.start_trace(
            TraceInfo(
                name, where, start, TraceState.OK, execution_duration=took, tags=tags, trace_metadata=metadata
            )
        )

    def _span(self, trace: str, start: int, attributes: dict[str, str]) -> None:
        from mlflow.entities import Span
        from opentelemetry.sdk.trace import ReadableSpan
        from opentelemetry.trace import SpanContext

        written = {"mlflow.traceRequestId": trace, **attributes}
        self._tracking.log_spans(
            "0",
            [
                Span(
                    ReadableSpan(
                        "ask",
                        SpanContext(1, 1, is_remote=False),
                        attributes={key: json.dumps(value) for key, value in written.items()},
                        start_time=start * 1_000_000,
                        end_time=(start + 100) * 1_000_000,
                    )
                )
            ],
        )

    def _prompt(self, name: str, note: str) -> None:
        from mlflow.entities.model_registry import RegisteredModelTag

        tags = [RegisteredModelTag("mlflow.prompt.is_prompt", "true"), RegisteredModelTag("note", note)]
        self._registry.create_registered_model(name, tags)
