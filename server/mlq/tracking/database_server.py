"""Opens an MLflow database on a server, such as PostgreSQL, through a Python driver and read-only."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from mlq.tracking.bridge import Bridge, BridgeError, bridge
from mlq.tracking.database import Database
from mlq.tracking.database_errors import explained
from mlq.tracking.drivers import PACKAGES, choices
from mlq.tracking.products import SERVERS, Product
from mlq.tracking.protocol import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlq.tracking.database_uri import DatabaseUri

# What a statement may take of the server's time.
STATEMENT_TIMEOUT = 2.0
# A server that keeps to the limit of a statement needs this to say so.
_GRACE = 0.5


@contextmanager
def open_server(uri: DatabaseUri, source: str, deadline: float, python: str = "") -> Iterator[Database]:
    """Open a database to read it; raises `StoreError`.

    The driver is one of the interpreter `python`, else one of our own. `deadline` is a time of
    `time.monotonic`.
    """
    connection = _connect(uri, source, deadline, python)
    try:
        yield Database(source, connection.product, connection.fetch)
    finally:
        connection.close()


def _connect(uri: DatabaseUri, source: str, deadline: float, python: str) -> ServerConnection:
    for interpreter in filter(None, (python, sys.executable)):
        with suppress(BridgeError):
            connection = ServerConnection(bridge(interpreter, "driver"), uri, source, deadline)
            if connection.connect():
                return connection
    kind, package = SERVERS[uri.dialect][-1].name, PACKAGES[uri.dialect]
    advice = f"pip install {package} or mlq-lsp[{uri.dialect}]"
    raise StoreError("no-driver", f"{source} needs a Python driver for {kind}: {advice}")


class ServerConnection:
    """A connection that can only read, each statement of which is over at the deadline at the latest."""

    def __init__(self, asked: Bridge, uri: DatabaseUri, source: str, deadline: float) -> None:
        self._bridge = asked
        self._uri = uri
        self._source = source
        self._deadline = deadline
        self._limit: float | None = None
        self.product: Product = SERVERS[uri.dialect][-1]

    def connect(self) -> bool:
        """Connect by the first driver that is there, and return whether one is; raises `BridgeError` too."""
        drivers = [
            [driver.module, driver.arguments(self._uri), driver.is_autocommit_set]
            for driver in choices(self._uri)
        ]
        if self._ask({"connect": drivers}, self._deadline)["module"] is None:
            return False
        relatives = SERVERS[self._uri.dialect]
        if len(relatives) > 1:
            version = str(self._run("SELECT version()")[0][0])
            self.product = next(product for product in relatives if product.sign in version)
        return True

    def fetch(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows; raises `StoreError`."""
        try:
            self._prepare()
            return [tuple(row) for row in self._run(statement, parameters)]
        except StoreError:
            # In PostgreSQL, nothing else may follow in the same transaction.
            self._limit = None
            raise
        except BridgeError:
            raise StoreError("unreadable", f"the Python driver for {self._source} ended early") from None

    def close(self) -> None:
        """Disconnect, and keep the interpreter for the next time."""
        try:
            self._bridge.ask({"close": True}, time.monotonic() + _GRACE)
        except (BridgeError, TimeoutError):
            self._bridge.close()

    def _prepare(self) -> None:
        """Begin a transaction, unless there is one, and bound the time of the next statement."""
        limit = min(STATEMENT_TIMEOUT, self._deadline - time.monotonic())
        if limit <= 0:
            raise StoreError("timeout", f"{self._source} takes too long to read")
        statements = ["ROLLBACK", *self.product.session] if self._limit is None else []
        if limit != self._limit:
            statements.append(self.product.limit.format(seconds=limit, milliseconds=int(limit * 1000) + 1))
        for statement in statements:
            self._run(statement)
        self._limit = limit

    def _run(self, statement: str, parameters: Sequence[Any] = ()) -> list[list[Any]]:
        end = min(self._deadline, time.monotonic() + STATEMENT_TIMEOUT) + _GRACE
        rows: list[list[Any]] = self._ask({"run": statement, "parameters": list(parameters)}, end)["rows"]
        return rows

    def _ask(self, request: dict[str, Any], end: float) -> dict[str, Any]:
        try:
            answer = self._bridge.ask(request, end)
        except TimeoutError:
            raise StoreError("timeout", f"{self._source} does not answer in time") from None
        if "error" in answer:
            raise explained(answer["error"], self._source, self._uri.secrets)
        return answer
