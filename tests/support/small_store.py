"""A database with the tables of MLflow that keys are read from, made in a moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = """
    CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT);
    CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, user_id TEXT, status TEXT, start_time INTEGER,
        lifecycle_stage TEXT, experiment_id INTEGER);
    CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
    CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
    CREATE TABLE latest_metrics (key TEXT, value REAL, timestamp INTEGER, step INTEGER, is_nan INTEGER,
        run_uuid TEXT, PRIMARY KEY (key, run_uuid));
    CREATE INDEX index_params_run_uuid ON params (run_uuid);
    CREATE INDEX index_tags_run_uuid ON tags (run_uuid);
    CREATE INDEX index_latest_metrics_run_uuid ON latest_metrics (run_uuid);
    INSERT INTO experiments VALUES (1, 'churn', 'active');
    INSERT INTO runs VALUES ('aa', 'first', 'ada', 'FINISHED', 1, 'active', 1);
"""


def make_small_store(store: Path, *params: str) -> Path:
    """Make a store of one run with these params; their values are secrets that nobody may tell."""
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(_TABLES)
    log_params(store, *params)
    return store


def log_params(store: Path, *params: str) -> None:
    """Add params to the run, as a training job does."""
    with closing(sqlite3.connect(store)) as connection, connection:
        rows = [(name, "hunter2") for name in params]
        connection.executemany("INSERT INTO params VALUES (?, ?, 'aa')", rows)
