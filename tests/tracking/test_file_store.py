"""Stores of files: what is read of them, and that hostile ones do no harm."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.stores import make_file_store, snapshot
from support.tracking import keys, read, refusal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files") / "mlruns"
    make_file_store(folder)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A copy of a store that MLflow made."""
    return Path(shutil.copytree(made, tmp_path / "mlruns"))


def _run_with(store: Path, key: str) -> Path:
    (found,) = [path.parents[1] for path in store.rglob(key)]
    return found


def test_keys_and_values_of_runs(store: Path) -> None:
    before = snapshot(store)
    index = read(store.as_uri())
    assert snapshot(store) == before
    assert (index.seen, index.complete) == (2, True)
    assert keys(index)["metric"] == ["broken", "train/loss"]
    numbers = index.keys("metric")["train/loss"].numbers
    assert numbers
    assert numbers.latest == 0.25
    assert index.keys("metric")["broken"].numbers is None
    assert index.keys("parameter")["model"].values == ("xgboost",)
    assert index.keys("parameter")["notes"].values == ()
    assert "gone" not in index.keys("parameter"), "only a deleted run has it"
    assert index.keys("tag")["data set"].values == ("v2",)
    assert "bold: crab" in index.keys("attribute")["run_name"].values


def test_keys_of_one_experiment(store: Path) -> None:
    by_name = read(store.as_uri(), "other")
    assert keys(by_name)["parameter"] == ["only other"]
    [folder] = (meta.parent for meta in store.glob("*/meta.yaml") if "name: other" in meta.read_text())
    assert read(store.as_uri(), folder.name) == by_name
    assert "no experiment named 'churn'" in refusal(store.as_uri(), "churn")


def test_keys_of_experiments(store: Path) -> None:
    index = read(store.as_uri(), entity="experiments")
    assert index.keys("attribute")["name"].values == ("Default", "churn: é", "other")
    assert index.keys("tag")["team"].values == ("growth",)


def test_nothing_is_claimed_of_what_it_cannot_read(store: Path) -> None:
    index = read(store.as_uri(), entity="traces")
    assert (index.seen, index.complete) == (0, False)


@pytest.mark.parametrize("uri", ["mlruns", "./mlruns", "file:mlruns"])
def test_a_relative_folder_starts_where_the_settings_say(store: Path, uri: str) -> None:
    assert read(uri, folder=store.parent).seen == 2


def test_links_are_not_followed(store: Path, tmp_path: Path) -> None:
    run = _run_with(store, "model")
    (tmp_path / "secret").write_text("hunter2", encoding="utf-8")
    (run / "params" / "link").symlink_to(tmp_path / "secret")
    (run / "params" / "loop").symlink_to(run)
    assert sorted(read(store.as_uri()).keys("parameter")) == ["model", "notes", "only other"]


def test_what_is_odd_is_passed_over(store: Path) -> None:
    run = _run_with(store, "model")
    os.mkfifo(run / "params" / "pipe")
    (run / "params" / "binary").write_bytes(b"\xff\xfe")
    (run / "metrics" / "empty").touch()
    (run / "metrics" / "text").write_text("no number\n", encoding="utf-8")
    (store / "not an experiment").mkdir()
    (run.parent / "not-a-run").mkdir()
    broken = run.parent / ("f" * 32)
    broken.mkdir()
    (broken / "meta.yaml").write_text('lifecycle_stage: active\nrun_name: "torn', encoding="utf-8")
    index = read(store.as_uri())
    assert index.seen == 3
    assert sorted(index.keys("parameter")) == ["binary", "model", "notes", "only other"]
    assert index.keys("parameter")["binary"].values == ()
    assert {"empty", "text"} <= set(index.keys("metric"))


def test_a_folder_that_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "mlruns").mkdir()
    uri = (tmp_path / "mlruns").as_uri()
    assert refusal(uri) == f"{uri} is not a store of MLflow: it holds no experiment"
    assert refusal(f"{uri}-2") == f"{uri}-2 does not exist"
