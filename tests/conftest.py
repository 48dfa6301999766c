"""Fixtures for all rooms."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from support import stores
from support.oracle import Oracle


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
