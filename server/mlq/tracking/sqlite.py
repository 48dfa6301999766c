"""Reads the keys of an MLflow database of SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlq.tracking.database import read_database
from mlq.tracking.protocol import StoreError
from mlq.tracking.sqlite_file import open_quietly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mlq.tracking.sqlite_file import QuietConnection

_CATALOGUE = """
    SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table'
"""
# The smallest key, then again and again the smallest one behind the last: one step of the index for each key.
_LOOSE_SCAN = """
    WITH RECURSIVE k({key}) AS (
        SELECT min({key}) FROM {table}
        UNION ALL
        SELECT (SELECT min({key}) FROM {table} WHERE {key} > k.{key}) FROM k WHERE k.{key} IS NOT NULL
    )
    SELECT {key} FROM k WHERE {key} IS NOT NULL
"""


def read_keys(
    path: Path, entity: str, experiments: Sequence[str], source: str, deadline: float
) -> dict[str, Any]:
    """Return the keys of an entity as JSON data for `KeyIndex.from_json`; raises `StoreError`.

    `deadline` is a time of `time.monotonic`.
    """
    try:
        return _read_once(path, entity, experiments, source, deadline)
    except StoreError as error:
        if error.kind != "busy":
            raise
    return _read_once(path, entity, experiments, source, deadline)


def _read_once(
    path: Path, entity: str, experiments: Sequence[str], source: str, deadline: float
) -> dict[str, Any]:
    with open_quietly(path, source, deadline) as connection:
        return read_database(_Sqlite(connection, source), entity, experiments)


class _Sqlite:
    mark = "?"

    def __init__(self, connection: QuietConnection, name: str) -> None:
        self.name = name
        self.fetch = connection.fetch

    def catalogue(self) -> Mapping[str, set[str]]:
        """Return the columns of each table."""
        catalogue: dict[str, set[str]] = {}
        for table, column in self.fetch(_CATALOGUE):
            catalogue.setdefault(table, set()).add(column)
        return catalogue

    def distinct(self, table: str, key: str) -> str:
        """Return a statement for the distinct keys of a table."""
        return _LOOSE_SCAN.format(table=table, key=key)
