"""Stores of SQLite: what is read of them, and that they are left as they were."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import stores
from support.stores import make_old_store, snapshot
from support.tracking import keys, read, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

METRICS = ["AUC ROC", "auc", "f1", "train/loss", "val-acc", "val_loss"]


def uri(store: Path) -> str:
    return f"sqlite:///{store}"


def execute(store: Path, script: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(script)


@contextmanager
def left_alone(store: Path) -> Iterator[None]:
    """Check that bytes, times and the listing of the store's folder are the same afterwards."""
    before = snapshot(store.parent)
    yield
    assert snapshot(store.parent) == before


def test_keys_and_values_of_the_whole_store(churn_store: Path) -> None:
    with left_alone(churn_store):
        index = read(uri(churn_store))
    assert (index.source, index.seen, index.complete) == (uri(churn_store), 36, True)
    assert keys(index)["metric"] == METRICS
    assert keys(index)["parameter"] == ["batch_size", "learning_rate", "max depth", "model", "optimizer.name"]
    assert index.keys("parameter")["model"].count == 36
    assert index.keys("parameter")["model"].values == ("xgboost", "lightgbm", "logreg")
    assert index.keys("metric")["auc"].count == 34
    assert index.keys("metric")["auc"].values == ()
    assert index.keys("tag")["stage"].values == ("candidate", "experimental", "production")
    assert "xgboost-00" in index.keys("attribute")["run_name"].values
    assert index.keys("dataset")["name"].values == ("customers",)
    assert index.keys("dataset")["context"].values == ("training",)


def test_most_used_keys_come_first(churn_store: Path) -> None:
    index = read(uri(churn_store))
    assert next(iter(index.keys("metric"))) == "train/loss"
    assert list(index.keys("tag"))[-1] == "reviewed by"


def test_values_that_never_repeat_are_left_out(churn_store: Path) -> None:
    assert read(uri(churn_store)).keys("tag")["mlflow.source.git.commit"].values == ()


def test_keys_of_one_experiment(churn_store: Path) -> None:
    execute(
        churn_store,
        """
        INSERT INTO params (key, value, run_uuid)
        SELECT 'only_v2', 'x', run_uuid FROM runs JOIN experiments USING (experiment_id)
        WHERE experiments.name = 'churn-v2'
    """,
    )
    assert read(uri(churn_store), "churn").seen == 18
    assert "only_v2" not in read(uri(churn_store), "churn").keys("parameter")
    assert read(uri(churn_store), "churn-v2").keys("parameter")["only_v2"].count == 18
    assert read(uri(churn_store), "churn-v2", "gone").seen == 18
    assert read(uri(churn_store), "2").kinds == read(uri(churn_store), "churn-v2").kinds, "by its id"


def test_experiment_without_runs_has_no_keys(churn_store: Path) -> None:
    index = read(uri(churn_store), "Default")
    assert (index.seen, index.complete, keys(index)) == (0, True, {})


def test_unknown_experiment_is_named(churn_store: Path) -> None:
    assert refusal(uri(churn_store), "chrun") == f"{uri(churn_store)} has no experiment named 'chrun'"


def test_keys_of_deleted_runs_are_not_offered(churn_store: Path) -> None:
    assert "legacy_score" not in read(uri(churn_store)).keys("metric")


@pytest.fixture
def large_store(churn_store: Path) -> Path:
    """The churn store with 1,500 older runs: param `old` in the oldest, metric `gone` in deleted ones."""
    stores.make_large(churn_store)
    return churn_store


def test_newest_thousand_runs_are_counted_and_other_keys_follow(large_store: Path) -> None:
    with left_alone(large_store):
        index = read(uri(large_store))
    assert (index.seen, index.complete) == (1000, False)
    assert index.keys("parameter")["model"].count == 36
    assert index.keys("parameter")["old"].count == 0
    assert index.keys("parameter")["seed"].values == ()
    assert "gone" not in index.keys("metric")
    assert list(index.keys("parameter"))[-1] == "old"


# How the store lies on the disk.


def test_relative_path_starts_in_the_folder(churn_store: Path) -> None:
    assert read("sqlite:///mlflow.db", folder=churn_store.parent).source == "sqlite:///mlflow.db"


@pytest.mark.parametrize("name", ["a b.db", "100%25.db", "x#y.db", "größe-日本.db", "a&mode=rwc.db"])
def test_file_name_is_taken_literally(churn_store: Path, name: str) -> None:
    store = churn_store.rename(churn_store.with_name(name))
    with left_alone(store):
        assert read(uri(store).replace("%", "%25")).seen == 36


def test_folder_that_cannot_be_written(churn_store: Path) -> None:
    churn_store.chmod(0o444)
    churn_store.parent.chmod(0o555)
    with left_alone(churn_store):
        assert read(uri(churn_store)).seen == 36
    churn_store.parent.chmod(0o755)


# Writers.


@pytest.fixture
def wal_store(churn_store: Path) -> Path:
    """The churn store in WAL mode, with nobody writing."""
    execute(churn_store, "PRAGMA journal_mode = WAL")
    assert list(snapshot(churn_store.parent)) == ["mlflow.db"]
    return churn_store


def write_in_wal(
    store: Path, is_written: multiprocessing.synchronize.Event, may_end: multiprocessing.synchronize.Event
) -> None:
    """Commit a key to the write-ahead log, and keep the connection open."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE latest_metrics SET key = 'fresh' WHERE key = 'auc'")
        connection.commit()
        is_written.set()
        may_end.wait(60)


@contextmanager
def wal_writer(store: Path) -> Iterator[None]:
    processes = multiprocessing.get_context("spawn")
    is_written, may_end = processes.Event(), processes.Event()
    writer = processes.Process(target=write_in_wal, args=(store, is_written, may_end))
    writer.start()
    try:
        assert is_written.wait(60)
        yield
    finally:
        may_end.set()
        writer.join()


def test_wal_store_without_writer_is_left_alone(wal_store: Path) -> None:
    with left_alone(wal_store):
        assert keys(read(uri(wal_store)))["metric"] == METRICS


def test_wal_store_with_a_writer_shows_what_is_committed(wal_store: Path) -> None:
    with wal_writer(wal_store):
        assert len(snapshot(wal_store.parent)) == 3
        with left_alone(wal_store):
            assert "fresh" in read(uri(wal_store)).keys("metric")


def test_wal_left_by_a_dead_writer_is_not_touched(wal_store: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / "mlflow.db"
    crashed.parent.mkdir()
    with wal_writer(wal_store):
        shutil.copy(wal_store, crashed)
        shutil.copy(f"{wal_store}-wal", f"{crashed}-wal")
    with left_alone(crashed):
        assert "a writer that died" in refusal(uri(crashed))


def test_writer_that_has_not_committed_is_no_hindrance(churn_store: Path) -> None:
    with closing(sqlite3.connect(churn_store, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM latest_metrics")
        assert keys(read(uri(churn_store)))["metric"] == METRICS
        writer.execute("ROLLBACK")


def test_locked_store_is_given_up_soon(churn_store: Path) -> None:
    with closing(sqlite3.connect(churn_store, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert refusal(uri(churn_store)) == f"{uri(churn_store)} is locked by a writer"
        writer.execute("ROLLBACK")
    assert read(uri(churn_store)).seen == 36


def test_no_time_is_no_answer(large_store: Path) -> None:
    assert refusal(uri(large_store), deadline=0.0) == f"{uri(large_store)} takes too long to read"


# What is no store of this MLflow.


@pytest.mark.parametrize("revision", ["3500859a5d39", "0584bdc529eb"])
def test_store_of_an_older_mlflow_is_read_and_not_migrated(tmp_path: Path, revision: str) -> None:
    (tmp_path / "old").mkdir()
    store = tmp_path / "old" / "mlflow.db"
    make_old_store(store, revision)
    with left_alone(store):
        index = read(uri(store), "churn")
    assert keys(index)["metric"] == ["auc"]
    assert index.keys("parameter")["model"].values == ("xgboost",)
    assert keys(index)["tag"] == ["team"]


def test_tables_of_a_future_mlflow_are_passed_over(churn_store: Path) -> None:
    execute(
        churn_store,
        """
        ALTER TABLE params RENAME TO run_params;
        ALTER TABLE runs ADD COLUMN mood TEXT;
        UPDATE alembic_version SET version_num = 'ffffffffffff';
    """,
    )
    index = read(uri(churn_store))
    assert keys(index)["metric"] == METRICS
    assert not index.keys("parameter")


def test_missing_store_is_not_made(tmp_path: Path) -> None:
    missing = uri(tmp_path / "nowhere" / "mlflow.db")
    assert refusal(missing) == f"{missing} does not exist"
    assert not (tmp_path / "nowhere").exists()


def a_folder(path: Path) -> None:
    path.mkdir()


def an_empty_file(path: Path) -> None:
    path.touch()


def a_text(path: Path) -> None:
    path.write_text("SQLite is a fine thing\n" * 1000)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_foreign_database(path: Path) -> None:
    execute(path, "CREATE TABLE runs (distance); CREATE TABLE marathons (city)")


def a_database_without_tables(path: Path) -> None:
    execute(path, "PRAGMA user_version = 1")


NO_STORES = {
    a_folder: "is a folder",
    an_empty_file: "is empty",
    a_text: "is not an SQLite database",
    a_pipe: "is not a file",
    a_foreign_database: "is not a store of MLflow",
    a_database_without_tables: "is not a store of MLflow",
}


@pytest.mark.parametrize(("make", "expected"), NO_STORES.items(), ids=[make.__name__ for make in NO_STORES])
def test_what_is_no_store_is_said_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], expected: str
) -> None:
    (tmp_path / "folder").mkdir()
    store = tmp_path / "folder" / "mlflow.db"
    make(store)
    with left_alone(store):
        assert expected in refusal(uri(store))


def test_damaged_stores_are_said_to_be_so(churn_store: Path) -> None:
    content = churn_store.read_bytes()
    churn_store.write_bytes(content[:5000] + b"\xff" * 20_000 + content[25_000:50_000])
    with left_alone(churn_store):
        assert "is damaged" in refusal(uri(churn_store))


def test_hostile_names_come_through_as_text(churn_store: Path) -> None:
    execute(
        churn_store,
        """
        UPDATE params SET key = 'a"`b' || char(10) || '🚀' WHERE key = 'model';
        UPDATE params SET key = CAST(x'66ff6f' AS TEXT) WHERE key = 'batch_size';
        UPDATE params SET value = printf('%.300c', 'x') WHERE key = 'learning_rate';
        UPDATE params SET value = 'two' || char(10) || 'lines' WHERE key = 'max depth';
        UPDATE params SET value = '' WHERE key = 'optimizer.name';
    """,
    )
    index = read(uri(churn_store))
    parameters = index.keys("parameter")
    assert parameters['a"`b\n🚀'].values == ("xgboost", "lightgbm", "logreg")
    assert parameters["f\N{REPLACEMENT CHARACTER}o"].count == 36
    for unofferable in ("learning_rate", "max depth", "optimizer.name"):
        assert (parameters[unofferable].count, parameters[unofferable].values) == (36, ())
