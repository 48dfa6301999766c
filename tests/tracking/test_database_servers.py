"""Stores on real servers of PostgreSQL and MariaDB: the same picture as of SQLite, and nothing is written."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mlq.semantics.questions import question
from mlq.tracking import database_server
from mlq.tracking.client import fetch_counts_once
from mlq.tracking.database_server import open_server
from mlq.tracking.database_uri import parse_database_uri
from mlq.tracking.protocol import Store, StoreError
from mlq.tracking.schema import ENTITIES
from mlq_grammar.dialect import load
from support import database_servers, stores
from support.database_servers import LOGIN
from support.many_filters import Pools, running_filters
from support.stores import free_port
from support.tracking import hang, raw_server, read, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlq.tracking.database import Database

PRODUCTS = {"postgresql": database_servers.postgresql, "mariadb": database_servers.mariadb}
CHURN: Pools = {
    "metric": {"auc": (0.7, 0.8, 0.9), "val-acc": (0.8,), "none": (1,)},
    "parameter": {"model": ("xgboost", "XGBoost", "logreg"), "max depth": ("4", "6"), "Model": ("xgboost",)},
    "tag": {"team": ("growth", "Growth"), "reviewed by": ("ada", "Ada"), "stage": ("production",)},
    "attribute": {"status": ("FINISHED", "finished", "RUNNING"), "run_name": ("xgboost-00", "XGBoost-01")},
    "dataset": {"name": ("customers", "Customers"), "context": ("training", "Training")},
}
DATABASES = ("churn", "assistant", "large", "old")


@pytest.fixture(scope="module")
def files(
    churn_folder: Path, assistant_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """Stores of SQLite, by the names of the databases that they are copied to."""
    large = Path(shutil.copy(churn_folder / "mlflow.db", tmp_path_factory.mktemp("large")))
    stores.make_large(large)
    old = large.with_name("old.db")
    # As MLflow 2.3 made it: without datasets, traces, logged models and much else.
    stores.make_old_store(old, "3500859a5d39")
    folders = {"churn": churn_folder, "assistant": assistant_folder}
    return {**{name: folder / "mlflow.db" for name, folder in folders.items()}, "large": large, "old": old}


@pytest.fixture(scope="module", params=PRODUCTS)
def server_uri(request: pytest.FixtureRequest, files: Mapping[str, Path]) -> Iterator[str]:
    """The start of the URIs of one server's databases."""
    with PRODUCTS[request.param](*DATABASES) as start:
        database_servers.copy_stores({start + name: file for name, file in files.items()})
        yield start


@pytest.fixture
def database(server_uri: str) -> Iterator[Database]:
    uri = parse_database_uri(f"{server_uri}churn")
    assert uri
    with open_server(uri, "the store", time.monotonic() + 10) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("old", "runs"),
        ("old", "traces"),
        ("large", "runs"),
        ("churn", "runs"),
        *(("assistant", entity) for entity in ENTITIES),
    ],
)
def test_the_picture_is_that_of_sqlite(
    server_uri: str, files: Mapping[str, Path], name: str, entity: str
) -> None:
    on_server = read(f"{server_uri}{name}", entity=entity)
    in_file = read(f"sqlite:///{files[name]}", entity=entity)
    assert on_server.source == f"{server_uri}{name}".replace(LOGIN, "***")
    assert (on_server.seen, on_server.complete) == (in_file.seen, in_file.complete)
    assert on_server.kinds == in_file.kinds
    assert on_server.listed == in_file.listed


def test_keys_of_one_experiment(server_uri: str) -> None:
    assert read(f"{server_uri}churn", "churn-v2").seen == 18
    assert "has no experiment named 'chrun'" in refusal(f"{server_uri}churn", "chrun")


def test_filters_match_as_many_as_in_sqlite(server_uri: str, files: Mapping[str, Path]) -> None:
    made = (question(text, load("runs")) for text in running_filters(load("runs"), CHURN, seed=1))
    # Whether a key is missing MLflow asks without BINARY: there MariaDB takes `Model` for `model`.
    asked = list(islice((each for each in made if each and "Model IS" not in each.filter), 60))
    on_server = fetch_counts_once(Store(f"{server_uri}churn"), "runs", asked)
    in_file = fetch_counts_once(Store(f"sqlite:///{files['churn']}"), "runs", asked)
    assert on_server == in_file
    assert len({count and count.number for count in on_server.values()}) > 5


def test_nothing_can_be_written(database: Database) -> None:
    for statement in ("DELETE FROM runs", "CREATE TABLE mine (a int)", "UPDATE runs SET name = 'mine'"):
        with pytest.raises(StoreError, match=r"cannot be read: .*(read-only|READ ONLY)"):
            database.fetch(statement)
    assert database.fetch("SELECT count(*) FROM runs WHERE name = 'mine'") == [(0,)]


def test_slow_statements_are_given_up_and_the_next_one_works(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_server, "STATEMENT_TIMEOUT", 0.2)
    sleep = "pg_sleep" if database.product.name == "PostgreSQL" else "sleep"
    with pytest.raises(StoreError) as raised:
        database.fetch(f"SELECT {sleep}(30)")
    assert raised.value.kind == "timeout"
    assert database.fetch("SELECT count(*) FROM experiments") == [(3,)]


def test_parameters_are_never_part_of_the_statement(database: Database) -> None:
    hostile = "'; DROP TABLE runs; -- \\' %s"
    statement = f"SELECT count(*) FROM runs WHERE name = {database.product.mark}"
    assert database.fetch(statement, [hostile]) == [(0,)]


def test_wrong_password_is_told_without_it(server_uri: str) -> None:
    wrong = f"{server_uri}churn".replace(LOGIN, "ada:hunter2")
    message = refusal(wrong)
    assert message.endswith("refuses the user and password that it was given")
    assert "hunter2" not in message


def test_unknown_database_is_told(server_uri: str) -> None:
    assert refusal(f"{server_uri}nothing").endswith("/nothing does not exist on its server")


def test_foreign_database_is_told(server_uri: str) -> None:
    name = "postgres" if server_uri.startswith("postgresql") else "mysql"
    assert "is not a store of MLflow" in refusal(f"{server_uri}{name}")


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
def test_server_that_is_down(scheme: str) -> None:
    shown = f"{scheme}://***@127.0.0.1:{free_port()}/m"
    message = refusal(shown.replace("***", "ada:hunter2"))
    assert message == f"{shown} refuses connections: is the server running?"


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
def test_unknown_host(scheme: str) -> None:
    message = refusal(f"{scheme}://ada:hunter2@no-such-host.invalid/m")
    assert message.endswith("cannot be reached: no machine of this name is known")


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
def test_server_that_hangs_learns_no_more_than_it_must_and_neither_does_the_machine(scheme: str) -> None:
    commands: list[bytes] = []

    def look_around(connection: socket.socket) -> None:
        commands.extend(path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))
        hang(connection)

    with raw_server(look_around) as address:
        uri = address.replace("http://", f"{scheme}://ada:hunter2@")
        message = refusal(f"{uri}/m", deadline=4.0)
    assert message.endswith("does not answer in time")
    assert any(b"driver.py" in command for command in commands)
    assert not any(b"hunter2" in command for command in commands)


# Drivers.


@pytest.mark.parametrize("driver", ["psycopg2", "psycopg", "pg8000"])
@pytest.mark.parametrize("server_uri", ["postgresql"], indirect=True)
def test_drivers_of_postgresql(server_uri: str, driver: str) -> None:
    uri = server_uri.replace("postgresql:", f"postgresql+{driver}:")
    assert read(f"{uri}churn").kinds == read(f"{server_uri}churn").kinds
    assert "refuses the user and password" in refusal(f"{uri}churn".replace(LOGIN, "ada:hunter2"))
    assert "does not exist on its server" in refusal(f"{uri}nothing")
    down = uri.rpartition(":")[0] + f":{free_port()}/m"
    assert "refuses connections" in refusal(down)


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """An interpreter with no packages at all."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    return tmp_path / "bare" / "bin" / "python"


@pytest.mark.parametrize("server_uri", ["postgresql"], indirect=True)
def test_a_driver_of_the_project_is_used_and_ours_where_it_has_none(
    server_uri: str, bare_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = f"{server_uri}churn"
    for python in (bare_python, bare_python.with_name("gone"), Path("/bin/false")):
        assert read(uri, python=python).seen == 36
    ours = sys.executable
    monkeypatch.setattr(sys, "executable", str(bare_python))
    assert read(uri, python=ours).seen == 36


@pytest.mark.parametrize(
    ("scheme", "advice"),
    [
        ("postgresql", "a Python driver for PostgreSQL: pip install psycopg2-binary or mlq-lsp[postgresql]"),
        ("mysql", "a Python driver for MySQL: pip install pymysql or mlq-lsp[mysql]"),
    ],
)
def test_without_any_driver_it_is_said_what_to_install(
    scheme: str, advice: str, bare_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(bare_python))
    assert refusal(f"{scheme}://ada:hunter2@127.0.0.1:1/m") == f"{scheme}://***@127.0.0.1:1/m needs {advice}"


@pytest.mark.parametrize("server_uri", ["postgresql"], indirect=True)
def test_sockets(server_uri: str) -> None:
    port = server_uri.rpartition(":")[2].rstrip("/")
    folder = next(path.parent for path in Path(tempfile.gettempdir()).glob(f"mlq-*/.s.PGSQL.{port}"))
    for driver in ("psycopg2", "pg8000"):
        assert read(f"postgresql+{driver}://{LOGIN}@:{port}/churn?host={folder}").seen == 36
