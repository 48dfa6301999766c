"""Talks to a database through a driver of this interpreter.

Requests: `{"connect": [[module, arguments, is_autocommit_set], …]}` is answered with `{"module": …}`, the
first one that can be imported, or null where there is none; `{"run": statement, "parameters": […]}` with
`{"rows": […]}`; `{"close": true}` with `{}`.
"""

from __future__ import annotations

import importlib
from typing import Any

_connection: Any = None


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer a request; raises what the driver raises."""
    if "connect" in request:
        return {"module": _connect(request["connect"])}
    if "run" in request:
        return {"rows": _run(request["run"], request["parameters"])}
    _close()
    return {}


def _connect(choices: list[tuple[str, dict[str, Any], bool]]) -> str | None:
    global _connection
    _close()
    for name, arguments, is_autocommit_set in choices:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        _connection = module.connect(**arguments)
        if is_autocommit_set:
            _connection.autocommit = True
        return name
    return None


def _run(statement: str, parameters: list[Any]) -> list[Any]:
    cursor = _connection.cursor()
    try:
        if parameters:
            cursor.execute(statement, parameters)
        else:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []
    finally:
        cursor.close()


def _close() -> None:
    global _connection
    connection, _connection = _connection, None
    if connection is not None:
        connection.close()
