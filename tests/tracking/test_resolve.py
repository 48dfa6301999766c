"""Which store the keys come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.tracking.resolve import resolve_uri

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = {"MLFLOW_TRACKING_URI": "http://ada:hunter2@host:5000"}


def test_setting_wins(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").touch()
    assert resolve_uri("sqlite:///a.db", VARIABLE, tmp_path, trusted=True) == (
        "sqlite:///a.db",
        "keys from sqlite:///a.db (setting)",
    )


def test_then_the_variable_and_its_password_is_masked(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").touch()
    assert resolve_uri(None, VARIABLE, tmp_path, trusted=False) == (
        "http://ada:hunter2@host:5000",
        "keys from http://***@host:5000 (MLFLOW_TRACKING_URI)",
    )


def test_then_the_database_in_a_trusted_folder(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").touch()
    assert resolve_uri("", {"MLFLOW_TRACKING_URI": ""}, tmp_path, trusted=True) == (
        "sqlite:///mlflow.db",
        f"keys from sqlite:///mlflow.db (found in {tmp_path})",
    )


def test_database_in_a_folder_that_is_not_trusted_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").touch()
    uri, reason = resolve_uri(None, {}, tmp_path, trusted=False)
    assert uri is None
    assert reason == f"no keys: mlflow.db in {tmp_path} is not read until the workspace is trusted"


def test_nothing_to_read(tmp_path: Path) -> None:
    uri, reason = resolve_uri(None, {}, tmp_path, trusted=True)
    assert (uri, reason) == (
        None,
        f"no keys: no tracking URI set, no MLFLOW_TRACKING_URI, no mlflow.db and no mlruns in {tmp_path}",
    )
    assert resolve_uri(None, {}, None, trusted=True)[0] is None
    assert not list(tmp_path.glob("*.db"))


def test_a_store_of_files_is_what_older_releases_make(tmp_path: Path) -> None:
    (tmp_path / "mlruns").mkdir()
    assert resolve_uri(None, {}, tmp_path, trusted=True)[0] == "./mlruns"
    assert resolve_uri(None, {}, tmp_path, trusted=False)[0] is None
    (tmp_path / "mlflow.db").touch()
    assert resolve_uri(None, {}, tmp_path, trusted=True)[0] == "sqlite:///mlflow.db"
