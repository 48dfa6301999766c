"""Reads the keys of an MLflow database of SQLite, and counts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mlq.tracking.counting import count_matches as count_in_database
from mlq.tracking.database import Database, read_database
from mlq.tracking.products import SQLITE
from mlq.tracking.protocol import StoreError
from mlq.tracking.sqlite_file import open_quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mlq.keys.matches import Count, Question

Found = TypeVar("Found")


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
        yield from read_database(Database(source, SQLITE, connection.fetch), entity, experiments)


def count_matches(
    path: Path,
    entity: str,
    experiments: Sequence[str],
    questions: Sequence[Question],
    source: str,
    deadline: float,
) -> tuple[Count | None, ...]:
    """Return how many match each question, None where that cannot be told; raises `StoreError`."""

    def count(database: Database) -> tuple[Count | None, ...]:
        # MLflow says so of its own connections: LIKE minds case, as on the other databases.
        database.fetch("PRAGMA case_sensitive_like = ON")
        return count_in_database(database, entity, experiments, questions)

    return _asked(path, source, deadline, count)


def _asked(path: Path, source: str, deadline: float, ask: Callable[[Database], Found]) -> Found:
    """Ask a database, once more where a writer was in the way."""
    try:
        return _asked_once(path, source, deadline, ask)
    except StoreError as error:
        if error.kind != "busy":
            raise
    return _asked_once(path, source, deadline, ask)


def _asked_once(path: Path, source: str, deadline: float, ask: Callable[[Database], Found]) -> Found:
    with open_quietly(path, source, deadline) as connection:
        return ask(Database(source, SQLITE, connection.fetch))
