"""The stores that this room's tests share: made once a session, and copied where a test changes them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import stores

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _no_mlflow_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep what the person who runs the tests has set, and their credentials, out of them."""
    for name in (
        "MLFLOW_TRACKING_URI",
        "MLFLOW_TRACKING_USERNAME",
        "MLFLOW_TRACKING_PASSWORD",
        "MLFLOW_TRACKING_TOKEN",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def churn_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the churn store as MLflow made it; tests that change it take `churn_store`."""
    folder = tmp_path_factory.mktemp("churn")
    stores.make_churn_store(folder)
    return folder


@pytest.fixture(scope="session")
def assistant_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the assistant's store as MLflow made it."""
    folder = tmp_path_factory.mktemp("assistant")
    stores.make_assistant_store(folder)
    return folder


@pytest.fixture
def churn_store(churn_folder: Path, tmp_path: Path) -> Path:
    """A copy of the churn store, alone in its folder."""
    (tmp_path / "store").mkdir()
    return Path(shutil.copy(churn_folder / "mlflow.db", tmp_path / "store"))


@pytest.fixture(scope="session")
def server(churn_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real `mlflow server` on a copy of the churn store."""
    copy = shutil.copy(churn_folder / "mlflow.db", tmp_path_factory.mktemp("server"))
    with stores.mlflow_server(Path(copy)) as address:
        yield address


@pytest.fixture(scope="session")
def assistant_server(assistant_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real `mlflow server` on a copy of the assistant's store."""
    copy = shutil.copy(assistant_folder / "mlflow.db", tmp_path_factory.mktemp("server"))
    with stores.mlflow_server(Path(copy)) as address:
        yield address
