"""URIs of database servers, as SQLAlchemy reads them, and what each driver is told."""

from __future__ import annotations

import pytest
from mlq.tracking.database_uri import DatabaseUri, parse_database_uri
from mlq.tracking.drivers import choices
from sqlalchemy.engine import make_url

URIS = [
    "postgresql://ada:pw@host/mlflow",
    "postgresql://ada:p%40s%2Fs+x@host:5432/mlflow?sslmode=require",
    "postgresql://ada:p/w?x#y:z@host/mlflow",
    "postgresql://ada:@host/mlflow",
    "postgresql://ada@/mlflow",
    "postgresql://host",
    "postgresql:///mlflow?application_name=a%20b+c&connect_timeout=",
    "postgresql://[::1]:5433/mlflow",
    "mysql+pymysql://ada%40corp:pw@host:3307/mlflow?charset=utf8mb4&ssl_ca=/ca.pem",
    "mysql://ada:pw@host/mlflow?unix_socket=/run/mysqld/mysqld.sock",
]


def parsed(uri: str) -> DatabaseUri:
    found = parse_database_uri(uri)
    assert found
    return found


@pytest.mark.parametrize("uri", URIS)
def test_uris_are_read_as_sqlalchemy_reads_them(uri: str) -> None:
    ours, theirs = parsed(uri), make_url(uri)
    assert "+".join(filter(None, (ours.dialect, ours.driver))) == theirs.drivername
    assert (ours.user, ours.password, ours.host) == (theirs.username, theirs.password, theirs.host)
    assert (ours.port, ours.database) == (str(theirs.port) if theirs.port else None, theirs.database)
    assert dict(ours.options) == dict(theirs.query)


@pytest.mark.parametrize("uri", ["postgresql://host:port/mlflow", "postgresql:host", "post gres://host"])
def test_what_is_no_uri(uri: str) -> None:
    assert parse_database_uri(uri) is None


def test_hosts_of_the_options() -> None:
    assert parsed("postgresql:///m?host=/run/postgresql").host == "/run/postgresql"
    several = parsed("postgresql:///m?host=a:1&host=b:2")
    assert (several.host, several.port) == ("a,b", "1,2")


def test_passwords_and_options_are_in_no_representation() -> None:
    assert "hunter2" not in repr(parsed("postgresql://u:hunter2@h/m?sslpassword=hunter2"))


def arguments(uri: str) -> dict[str, object]:
    """Return what the driver that a URI asks for is told."""
    return choices(parsed(uri))[0].arguments(parsed(uri))


def test_driver_of_the_uri_comes_first_and_the_usual_one_where_none_is_named() -> None:
    def modules(uri: str) -> list[str]:
        return [driver.module for driver in choices(parsed(uri))]

    assert modules("postgresql://h/m") == ["psycopg2", "psycopg", "pg8000.dbapi"]
    assert modules("postgresql+pg8000://h/m") == ["pg8000.dbapi", "psycopg2", "psycopg"]
    assert modules("postgresql+odd://h/m") == ["psycopg2", "psycopg", "pg8000.dbapi"]
    assert modules("mysql+pymysql://h/m")[0] == "pymysql"


def test_options_for_libpq_are_passed_on_and_the_drivers_own_are_not() -> None:
    given = arguments(
        "postgresql://ada@h/m?sslmode=require&dsn=x&options=-csearch_path%3Dml&connect_timeout=900"
    )
    assert given["sslmode"] == "require"
    assert given["options"] == "-csearch_path=ml"
    assert given["connect_timeout"] == 3
    assert "dsn" not in given


@pytest.mark.parametrize(
    ("mode", "context"), [("disable", False), ("prefer", None), ("require", True), ("verify-full", True)]
)
def test_tls_of_a_driver_without_libpq(mode: str, context: object) -> None:
    assert arguments(f"postgresql+pg8000://h/m?sslmode={mode}").get("ssl_context") is context


def test_tls_of_mysql() -> None:
    uri = "mysql+{}://h/m?ssl_ca=/ca.pem&ssl_check_hostname=false&init_command=DELETE+FROM+runs"
    assert arguments(uri.format("pymysql"))["ssl"] == {"ca": "/ca.pem", "check_hostname": False}
    assert arguments(uri.format("mysqlconnector"))["ssl_ca"] == "/ca.pem"
    assert "init_command" not in arguments(uri.format("pymysql"))


@pytest.mark.parametrize(
    ("driver", "option"),
    [("mysqldb", "local_infile"), ("pymysql", "local_infile"), ("mysqlconnector", "allow_local_infile")],
)
def test_servers_of_mysql_may_not_ask_for_our_files(driver: str, option: str) -> None:
    assert not arguments(f"mysql+{driver}://h/m?{option}=1")[option]
