"""Fixtures for all rooms."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mlq.crashes import heard_by
from support import stores
from support.oracle import Oracle


@pytest.fixture(autouse=True)
def loud() -> Iterator[None]:
    """Let a rule that crashes fail the test, which people would only see logged."""

    def fail(_: str, error: Exception) -> None:
        raise error

    with heard_by(fail):
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the cache of whoever runs the tests out of them, and theirs out of it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """The installed MLflow, asked in this process."""
    return Oracle(tmp_path_factory.mktemp("oracle"))


@pytest.fixture(scope="session")
def read_only_churn(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the churn store, made once for all workers; nobody may change it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "churn"
    folder.mkdir(exist_ok=True)
    with Path(folder, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stores.make_churn_store(folder)
    return folder
