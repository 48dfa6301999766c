"""The installed MLflow as judge: its SQL store on a fresh SQLite file, the whole path that a server takes."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

Search = Callable[[str], Any]


class Oracle:
    """Asks MLflow whether it runs a filter; about 200 filters a second."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        os.environ.setdefault("DO_NOT_TRACK", "true")
        warnings.filterwarnings("ignore", module="mlflow")
        logging.getLogger("mlflow").setLevel(logging.CRITICAL)
        logging.getLogger("alembic").setLevel(logging.CRITICAL)
        self._searches = _searches(f"sqlite:///{folder}/oracle.db", str(folder))

    def verdict(self, entity: str, text: str) -> tuple[bool, str | None]:
        """Return whether MLflow runs the filter, and the first line of its message where it does not."""
        try:
            self._searches[entity](text)
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
        "runs": lambda text: tracking.search_runs(["0"], text, ViewType.ALL, 1),
        "experiments": lambda text: tracking.search_experiments(ViewType.ALL, 1, text),
        "traces": lambda text: tracking.search_traces(["0"], text, 1),
        "logged_models": lambda text: tracking.search_logged_models(["0"], text, max_results=1),
        "evaluation_datasets": lambda text: tracking.search_datasets(["0"], text, 1),
        "issues": lambda text: tracking.search_issues("0", text, 1),
        "trace_metrics": SearchTraceMetricsUtils.parse_search_filter,
        "registered_models": lambda text: registry.search_registered_models(text, 1),
        "model_versions": lambda text: registry.search_model_versions(text, 1),
        "prompts": lambda text: registry.search_prompts(text, 1),
        "mcp_servers": lambda text: tracking.search_mcp_servers(text, 1),
        "mcp_server_versions": lambda text: tracking.search_mcp_server_versions("a/b", text, 1),
        "mcp_access_endpoints": lambda text: tracking.search_mcp_access_endpoints(filter_string=text),
    }
