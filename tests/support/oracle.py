"""The installed MLflow as judge: its SQL store on a fresh SQLite file, the whole path that a server takes."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

Search = Callable[[str | None, list[Any] | None], Any]


class Oracle:
    """Asks MLflow whether it runs a filter; about 200 filters a second."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        os.environ.setdefault("DO_NOT_TRACK", "true")
        warnings.filterwarnings("ignore", module="mlflow")
        logging.getLogger("mlflow").setLevel(logging.CRITICAL)
        logging.getLogger("alembic").setLevel(logging.CRITICAL)
        self.uri = f"sqlite:///{folder}/oracle.db"
        self._searches = _searches(self.uri, str(folder))

    def verdict(self, entity: str, text: str) -> tuple[bool, str | None]:
        """Return whether MLflow runs the filter, and the first line of its message where it does not."""
        return self._ask(entity, text, None)

    def order_by_verdict(self, entity: str, items: list[Any]) -> tuple[bool, str | None]:
        """Return whether MLflow sorts by the list, and the first line of its message where it does not."""
        return self._ask(entity, None, items)

    def run(self, source: str) -> str | None:
        """Run Python that searches the store by `mlflow`; return the first line of what is raised, if any."""
        import mlflow

        # MLflow's own way to set it cannot be taken back, and would rule the tests behind.
        with patch.dict(os.environ, MLFLOW_TRACKING_URI=self.uri):
            try:
                exec(compile(source, "call.py", "exec"), {"mlflow": mlflow})
            except Exception as error:  # noqa: BLE001  # whatever MLflow raises is its answer
                return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
        return None

    def _ask(self, entity: str, text: str | None, order: list[Any] | None) -> tuple[bool, str | None]:
        try:
            self._searches[entity](text, order)
        except Exception as error:  # noqa: BLE001  # whatever MLflow raises is its answer
            return False, (str(error).splitlines() or [""])[0]
        return True, None


def _searches(uri: str, folder: str) -> dict[str, Search]:
    from mlflow.entities import ViewType
    from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking
    from mlflow.utils.search_utils import SearchTraceMetricsUtils

    tracking, registry = Tracking(uri, folder), Registry(uri)
    return {
        "runs": lambda text, order: tracking.search_runs(["0"], text, ViewType.ALL, 1, order),
        "experiments": lambda text, order: tracking.search_experiments(ViewType.ALL, 1, text, order),
        "traces": lambda text, order: tracking.search_traces(["0"], text, 1, order),
        "logged_models": lambda text, order: tracking.search_logged_models(
            ["0"], text, max_results=1, order_by=order
        ),
        "evaluation_datasets": lambda text, order: tracking.search_datasets(["0"], text, 1, order),
        "issues": lambda text, _: tracking.search_issues("0", text, 1),
        "trace_metrics": lambda text, _: SearchTraceMetricsUtils.parse_search_filter(text or ""),
        "registered_models": lambda text, order: registry.search_registered_models(text, 1, order),
        "model_versions": lambda text, order: registry.search_model_versions(text, 1, order),
        "prompts": lambda text, order: registry.search_prompts(text, 1, order),
        "mcp_servers": lambda text, order: tracking.search_mcp_servers(text, 1, order_by=order),
        "mcp_server_versions": lambda text, order: tracking.search_mcp_server_versions(
            "a/b", text, 1, order_by=order
        ),
        "mcp_access_endpoints": lambda text, order: tracking.search_mcp_access_endpoints(
            filter_string=text, order_by=order
        ),
    }
