"""Reads the keys of an MLflow database of SQLite, whatever version of MLflow made it.

The cost is bounded whatever the size: the newest runs by their ids, the rest by steps of an index.
Nothing is asked of tables or columns that the catalogue does not show: MLflow adds some in every release.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mlq.tracking.protocol import StoreError
from mlq.tracking.sqlite_file import open_quietly
from mlq.tracking.tally import MAX_KEYS, MAX_VALUE_LENGTH, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mlq.tracking.sqlite_file import QuietConnection

    Catalogue = Mapping[str, set[str]]

MAX_RUNS = 1_000
# Few enough for a statement of some milliseconds, and for SQLite's limit of 999 parameters.
_RUNS_A_STATEMENT = 100

_KEY_TABLES = {"metric": "latest_metrics", "parameter": "params", "tag": "tags"}
_DATASET_TABLES = ("inputs", "datasets", "input_tags")
_ATTRIBUTES = {"run_name": "name", "user_id": "user_id"}

_CATALOGUE = """
    SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table'
"""
_NEWEST_RUNS = """
    SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' AND {condition}
    ORDER BY start_time DESC LIMIT ?
"""
# The newest of each experiment, then the second newest of each: busy experiments do not crowd out the others.
_NEWEST_RUNS_IN_TURN = """
    SELECT run_uuid, row_number() OVER (PARTITION BY experiment_id ORDER BY start_time DESC) AS turn
    FROM runs WHERE lifecycle_stage = 'active' AND {condition}
    ORDER BY turn, start_time DESC LIMIT ?
"""
_EXPERIMENT_IDS = "SELECT experiment_id FROM experiments WHERE name IN ({marks})"
_KEYS_AND_VALUES = "SELECT key, {value} FROM {table} WHERE run_uuid IN ({marks})"
_COLUMN = "SELECT {column} FROM runs WHERE run_uuid IN ({marks})"
_DATASETS = """
    SELECT d.name, d.digest, t.value
    FROM inputs AS i
    JOIN datasets AS d ON d.dataset_uuid = i.source_id
    LEFT JOIN input_tags AS t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'
    WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id IN ({marks})
"""
# The smallest key, then again and again the smallest one behind the last: one step of the index for each key.
_LOOSE_SCAN = """
    WITH RECURSIVE k(key) AS (
        SELECT min(key) FROM {table}
        UNION ALL
        SELECT (SELECT min(key) FROM {table} WHERE key > k.key) FROM k WHERE k.key IS NOT NULL
    )
    SELECT key FROM k WHERE key IS NOT NULL
"""
_OF_AN_ACTIVE_RUN = """
    AND EXISTS (
        SELECT 1 FROM {table} AS t CROSS JOIN runs AS r
        WHERE t.key = k.key AND r.run_uuid = t.run_uuid AND r.lifecycle_stage = 'active'
    )
"""


def read_keys(path: Path, experiments: Sequence[str], source: str, deadline: float) -> dict[str, Any]:
    """Return the keys of a database as JSON data for `KeyIndex.from_json`; raises `StoreError`.

    Counts and values are those of the newest 1,000 active runs of the experiments. Where there are more runs,
    the other keys of the whole store follow, with count 0. `deadline` is a time of `time.monotonic`.
    """
    try:
        return _read_once(path, experiments, source, deadline)
    except StoreError as error:
        if error.kind != "busy":
            raise
    return _read_once(path, experiments, source, deadline)


def _read_once(path: Path, experiments: Sequence[str], source: str, deadline: float) -> dict[str, Any]:
    with open_quietly(path, source, deadline) as connection:
        catalogue = _catalogue(connection)
        if not {"run_uuid", "experiment_id", "lifecycle_stage", "start_time"} <= catalogue.get("runs", set()):
            raise StoreError("not-a-store", f"{source} is not a store of MLflow: it has no table of runs")
        tally = Tally()
        runs = _newest_runs(connection, experiments, source)
        _count_runs(connection, catalogue, (runs or [])[:MAX_RUNS], tally)
        is_complete = runs is not None and tally.runs == len(runs)
        if not is_complete:
            _add_other_keys(connection, catalogue, tally)
        if not is_complete and tally.is_empty:
            raise StoreError("timeout", f"{source} takes too long to read")
        return tally.to_json(source, complete=is_complete)


def _catalogue(connection: QuietConnection) -> Catalogue:
    catalogue: dict[str, set[str]] = {}
    for table, column in connection.fetch(_CATALOGUE):
        catalogue.setdefault(table, set()).add(column)
    return catalogue


def _newest_runs(connection: QuietConnection, experiments: Sequence[str], source: str) -> list[str] | None:
    """Return the ids of the newest active runs, one more than is read if there are more; None if too slow."""
    condition, experiment_ids = "1", list[Any]()
    if experiments:
        experiment_ids = _experiment_ids(connection, experiments, source)
        condition = f"experiment_id IN ({_marks(experiment_ids)})"
    in_turn = [] if len(experiment_ids) == 1 else [_NEWEST_RUNS_IN_TURN]
    for statement in (*in_turn, _NEWEST_RUNS):
        with _passing_over_timeouts():
            return _first(
                connection.fetch(statement.format(condition=condition), [*experiment_ids, MAX_RUNS + 1])
            )
    return None


def _experiment_ids(connection: QuietConnection, names: Sequence[str], source: str) -> list[Any]:
    experiment_ids = _first(connection.fetch(_EXPERIMENT_IDS.format(marks=_marks(names)), names))
    if not experiment_ids:
        raise StoreError("no-experiment", f"{source} has no experiment named {', '.join(map(repr, names))}")
    return experiment_ids


def _count_runs(connection: QuietConnection, catalogue: Catalogue, runs: list[str], tally: Tally) -> None:
    """Count the keys and values of as many of these runs as there is time for."""
    with _passing_over_timeouts():
        for start in range(0, len(runs), _RUNS_A_STATEMENT):
            some = runs[start : start + _RUNS_A_STATEMENT]
            _count_some(connection, catalogue, some, tally)
            tally.runs += len(some)


def _count_some(connection: QuietConnection, catalogue: Catalogue, runs: list[str], tally: Tally) -> None:
    marks = _marks(runs)
    for kind, table in _readable_key_tables(catalogue):
        # A longer value could not be offered.
        value = (
            "NULL" if kind == "metric" else f"CASE WHEN length(value) <= {MAX_VALUE_LENGTH} THEN value END"
        )
        for key, text in connection.fetch(
            _KEYS_AND_VALUES.format(value=value, table=table, marks=marks), runs
        ):
            tally.add(kind, key, text)
    for attribute, column in _ATTRIBUTES.items():
        if column in catalogue["runs"]:
            for (text,) in connection.fetch(_COLUMN.format(column=column, marks=marks), runs):
                tally.add("attribute", attribute, text)
    if catalogue.keys() >= set(_DATASET_TABLES):
        for name, digest, context in connection.fetch(_DATASETS.format(marks=marks), runs):
            tally.add_dataset(name, digest, context)


def _add_other_keys(connection: QuietConnection, catalogue: Catalogue, tally: Tally) -> None:
    """Add the keys of all runs, of active ones only where that can be told in time."""
    for kind, table in _readable_key_tables(catalogue):
        for condition in (_OF_AN_ACTIVE_RUN, ""):
            statement = f"{_LOOSE_SCAN} {condition} LIMIT {MAX_KEYS}".format(table=table)
            with _passing_over_timeouts():
                for key in _first(connection.fetch(statement)):
                    tally.add_unseen(kind, key)
                break


@contextmanager
def _passing_over_timeouts() -> Iterator[None]:
    """Go on behind the block where a statement in it takes too long."""
    try:
        yield
    except StoreError as error:
        if error.kind != "timeout":
            raise


def _readable_key_tables(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        (kind, table)
        for kind, table in _KEY_TABLES.items()
        if {"key", "value", "run_uuid"} <= catalogue.get(table, set())
    ]


def _first(rows: list[tuple[Any, ...]]) -> list[Any]:
    return [row[0] for row in rows]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
