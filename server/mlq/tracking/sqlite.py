"""Reads the keys of an MLflow database of SQLite, and counts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mlq.tracking.conditions import Product
from mlq.tracking.counting import count_matches as count_in_database
from mlq.tracking.database import read_database
from mlq.tracking.protocol import StoreError
from mlq.tracking.sqlite_file import open_quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mlq.keys.matches import Count, Question
    from mlq.tracking.sqlite_file import QuietConnection

Found = TypeVar("Found")

_CATALOGUE = """
    SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table'
"""
# The smallest key, then again and again the smallest one behind the last: one step of the index for each key.
_LOOSE_SCAN = """
    WITH RECURSIVE k({key}) AS (
        SELECT min({key}) FROM {table} WHERE {key} > ?
        UNION ALL
        SELECT (SELECT min({key}) FROM {table} WHERE {key} > k.{key}) FROM k WHERE k.{key} IS NOT NULL
    )
    SELECT {key} FROM k WHERE {key} IS NOT NULL
"""


def read_keys(
    path: Path, entity: str, experiments: Sequence[str], source: str, deadline: float
) -> Iterator[dict[str, Any]]:
    """Yield the keys of an entity, ever more of them, as JSON data for `KeyIndex.from_json`.

    `deadline` is a time of `time.monotonic`. Raises `StoreError`.
    """
    try:
        yield from _read_once(path, entity, experiments, source, deadline)
    except StoreError as error:
        if error.kind != "busy":
            raise
        yield from _read_once(path, entity, experiments, source, deadline)


def _read_once(
    path: Path, entity: str, experiments: Sequence[str], source: str, deadline: float
) -> Iterator[dict[str, Any]]:
    with open_quietly(path, source, deadline) as connection:
        yield from read_database(_Sqlite(connection, source), entity, experiments)


def count_matches(
    path: Path,
    entity: str,
    experiments: Sequence[str],
    questions: Sequence[Question],
    source: str,
    deadline: float,
) -> tuple[Count | None, ...]:
    """Return how many match each question, None where that cannot be told; raises `StoreError`."""

    def count(database: _Sqlite) -> tuple[Count | None, ...]:
        # MLflow says so of its own connections: LIKE minds case, as on the other databases.
        database.fetch("PRAGMA case_sensitive_like = ON")
        return count_in_database(database, entity, experiments, questions)

    return _asked(path, source, deadline, count)


def _asked(path: Path, source: str, deadline: float, ask: Callable[[_Sqlite], Found]) -> Found:
    """Ask a database, once more where a writer was in the way."""
    try:
        return _asked_once(path, source, deadline, ask)
    except StoreError as error:
        if error.kind != "busy":
            raise
    return _asked_once(path, source, deadline, ask)


def _asked_once(path: Path, source: str, deadline: float, ask: Callable[[_Sqlite], Found]) -> Found:
    with open_quietly(path, source, deadline) as connection:
        return ask(_Sqlite(connection, source))


class _Sqlite:
    mark = "?"
    product = Product("?", {"ILIKE": "lower({column}) LIKE lower({value})"})

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
        """Return a statement for the distinct keys of a table behind one that is its parameter."""
        return _LOOSE_SCAN.format(table=table, key=key)
