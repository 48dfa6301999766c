"""Tracking URIs, as MLflow reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.tracking.protocol import StoreError
from mlq.tracking.uri import FolderUri, ForeignUri, HttpUri, SqliteUri, parse_uri, show_uri

FILES = {
    "sqlite:///mlflow.db": "/work dir/mlflow.db",
    "sqlite:///sub/mlflow.db": "/work dir/sub/mlflow.db",
    "sqlite:////data/mlflow.db": "/data/mlflow.db",
    "sqlite+pysqlite:////data/mlflow.db": "/data/mlflow.db",
    "SQLITE:////data/mlflow.db": "/data/mlflow.db",
    "sqlite:////data/a%20b.db?timeout=5": "/data/a b.db",
    "  sqlite:////data/mlflow.db ": "/data/mlflow.db",
}


@pytest.mark.parametrize(("uri", "path"), FILES.items())
def test_databases(uri: str, path: str) -> None:
    assert parse_uri(uri, "/work dir") == SqliteUri(Path(path))


def test_databases_are_where_sqlalchemy_finds_them() -> None:
    from sqlalchemy.engine import make_url

    for uri, path in FILES.items():
        if "://" in uri and uri == uri.strip() and not uri.startswith("SQL"):
            assert str(Path("/work dir", make_url(uri).database or "")) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    {
        "mlruns": "/work dir/mlruns",
        "./mlruns": "/work dir/mlruns",
        "/data/mlruns": "/data/mlruns",
        "file:mlruns": "/work dir/mlruns",
        "file:///data/ml%20runs": "/data/ml runs",
        "file://localhost/data/mlruns": "/data/mlruns",
    }.items(),
)
def test_folders(uri: str, path: str) -> None:
    assert parse_uri(uri, "/work dir") == FolderUri(Path(path))


SERVERS = {
    "http://localhost:5000": HttpUri("http", "localhost", 5000),
    "https://mlflow.example/": HttpUri("https", "mlflow.example", 443),
    "HTTP://Example.com/pre/fix/": HttpUri("http", "example.com", 80, "/pre/fix"),
    "https://ada:p%40ss@h/a b": HttpUri("https", "h", 443, "/a%20b", "ada", "p@ss"),
    "http://[::1]:5000": HttpUri("http", "::1", 5000),
}


@pytest.mark.parametrize(("uri", "expected"), SERVERS.items())
def test_servers(uri: str, expected: HttpUri) -> None:
    assert parse_uri(uri) == expected


REFUSED = {
    "mssql+pymssql://u:hunter2@db/m?p=hunter2": "not supported yet: SQL Server stores (mssql+pymssql://***@db/m?***)",
    "postgresql://u:hunter2@db:port/m": "this is no address of a database: postgresql://***@db:port/m",
    "postgres://u:hunter2@db/m": "MLflow knows no postgres:, only postgresql: (postgres://***@db/m)",
    "file://host/data/mlruns": "this is no address of a folder: file://host/data/mlruns",
    "": "no tracking URI is given",
    "sqlite://": "a store in memory belongs to the process that made it",
    "sqlite:///:memory:": "a store in memory belongs to the process that made it",
    "http://": "this is no address of a tracking server: http://",
    "http://h:port": "this is no address of a tracking server: http://h:port",
    "http://a b": "this is no address of a tracking server: http://a b",
    "http://u:hun/ter2@h": "this is no address of a tracking server: http://***@h",
}


@pytest.mark.parametrize(("uri", "message"), REFUSED.items())
def test_other_uris_are_refused(uri: str, message: str) -> None:
    with pytest.raises(StoreError) as raised:
        parse_uri(uri)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("uri", "scheme"),
    {
        "databricks": "databricks",
        "databricks://profile": "databricks",
        "databricks-uc": "databricks-uc",
        "uc:profile": "uc",
        "arn:aws:sagemaker:eu-west-1:1:mlflow-app/a": "arn",
    }.items(),
)
def test_stores_that_only_mlflow_reaches(uri: str, scheme: str) -> None:
    assert parse_uri(uri) == ForeignUri(scheme)


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("sqlite:///mlflow.db", "sqlite:///mlflow.db"),
        ("sqlite:////home/me@here/mlflow.db", "sqlite:////home/me@here/mlflow.db"),
        ("http://host:5000/x", "http://host:5000/x"),
        ("http://ada:hunter2@host", "http://***@host"),
        ("http://ada:hun@ter2@host", "http://***@host"),
        ("http://ada:hun/ter2@host", "http://***@host"),
        ("http://host/?token=hunter2", "http://host/?***"),
        ("http://ho\nst", "http://ho st"),
    ],
)
def test_shown_uris_hold_no_secrets(uri: str, shown: str) -> None:
    assert show_uri(uri) == shown
