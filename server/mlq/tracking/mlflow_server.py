"""Asks a store that only MLflow's own client can reach: Databricks, signed requests, stores of plugins.

The client runs under the project's interpreter, where mlflow and its plugins are, and answers as a tracking
server would. It is never given a path or a database: MLflow creates, migrates and writes into those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from mlq.tracking.bridge import BridgeError, bridge
from mlq.tracking.protocol import StoreError, one_line

if TYPE_CHECKING:
    from mlq.tracking.bridge import Bridge

_ENVIRON = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    # By its own choice MLflow would try for minutes.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT": "10",
    # An experiment of this name would be made where there is none.
    "MLFLOW_EXPERIMENT_NAME": "",
    "MLFLOW_EXPERIMENT_ID": "",
}
_MAX_TEXT = 120
_NEEDS_LOGIN = {"PERMISSION_DENIED", "UNAUTHENTICATED", "CUSTOMER_UNAUTHORIZED"}
_NOT_THERE = {"RESOURCE_DOES_NOT_EXIST", "NOT_FOUND"}


class MlflowServer:
    """A store behind MLflow's client, with the questions of `HttpServer`; raises `StoreError` likewise."""

    def __init__(self, uri: str, source: str, deadline: float, python: str) -> None:
        self.name = source
        self._deadline = deadline
        if not python:
            raise StoreError("no-driver", f"{source} needs the project's Python, with mlflow; none is known")
        try:
            self._bridge: Bridge = bridge(python, "searches", **_ENVIRON)
        except BridgeError:
            raise StoreError("no-driver", f"{source} needs mlflow, and {python} does not start") from None
        if self._ask({"store": uri})["mlflow"] is None:
            raise StoreError("no-driver", f"{source} needs mlflow, which {python} does not have")

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask with a body."""
        return self._ask({"path": path, "body": body})

    def get(self, path: str) -> dict[str, Any]:
        """Ask with a query."""
        parts = urlsplit(path)
        return self._ask({"path": parts.path, "body": dict(parse_qsl(parts.query))})

    def version(self) -> str:
        """Return nothing: the version of the client is not that of the server."""
        return ""

    def close(self) -> None:
        """Keep the interpreter for the next time."""

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._bridge.ask(request, self._deadline)
        except TimeoutError:
            raise StoreError("timeout", f"{self.name} does not answer in time") from None
        except BridgeError:
            raise StoreError("unreadable", f"{self.name}: the project's Python ended early") from None
        if "error" in answer:
            raise self._explained(answer["error"])
        return answer

    def _explained(self, error: dict[str, Any]) -> StoreError:
        """Say what went wrong by the kind of error: its text may hold a whole page, or what was sent."""
        code, kind = str(error.get("code", "")), one_line(str(error.get("type", "")), _MAX_TEXT)
        if code in _NEEDS_LOGIN:
            return StoreError("needs-login", f"{self.name} refuses the login that MLflow has for it ({code})")
        if code in _NOT_THERE:
            return StoreError("no-such-thing", f"{self.name} has no such thing ({code})")
        if kind.startswith("Unsupported"):
            return StoreError("unsupported", f"the project's MLflow knows no such kind of store: {self.name}")
        said = " ".join(part for part in (kind, code if code.replace("_", "").isalnum() else "") if part)
        return StoreError("bad-answer", f"{self.name} cannot be read by the project's MLflow ({said})")
