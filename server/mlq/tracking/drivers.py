"""The drivers of Python for database servers, and how each is told where to connect: a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mlq.tracking.database_uri import DatabaseUri

CONNECT_TIMEOUT = 3


@dataclass(frozen=True, slots=True)
class Driver:
    """A module by PEP 249; `arguments` are those of its `connect`.

    `is_autocommit_set` tells that autocommit is an attribute of the connection instead of an argument.
    """

    module: str
    arguments: Callable[[DatabaseUri], dict[str, Any]]
    is_autocommit_set: bool = False


def choices(uri: DatabaseUri) -> list[Driver]:
    """Return the drivers for a database, the one that its URI asks for before the others."""
    known = DRIVERS[uri.dialect]
    asked_for = known.get(uri.driver)
    others = [driver for driver in known.values() if driver is not asked_for]
    return others if asked_for is None else [asked_for, *others]


def _libpq(uri: DatabaseUri) -> dict[str, Any]:
    # What is not for libpq is for the driver, and changes how it behaves.
    options = {key: value for key, value in uri.options if key not in _OF_PSYCOPG}
    where = {"user": uri.user, "password": uri.password, "host": uri.host, "port": uri.port}
    return {
        **options,
        **_given(where),
        **_given({"dbname": uri.database}),
        "connect_timeout": CONNECT_TIMEOUT,
    }


def _psycopg(uri: DatabaseUri) -> dict[str, Any]:
    # A pooler would keep a prepared statement for somebody else.
    return {**_libpq(uri), "autocommit": True, "prepare_threshold": None}


def _pg8000(uri: DatabaseUri) -> dict[str, Any]:
    options = dict(uri.options)
    is_socket = (uri.host or "").startswith("/")
    where = {
        "user": uri.user or options.get("user") or "",
        "password": uri.password,
        "host": None if is_socket else uri.host,
        "port": int(uri.port or 5432),
        "unix_sock": f"{uri.host}/.s.PGSQL.{uri.port or 5432}" if is_socket else None,
        "database": uri.database,
        "timeout": CONNECT_TIMEOUT,
        "ssl_context": _SSL_MODES.get(options.get("sslmode", "prefer"), True),
    }
    return _given(where)


def _mysql(uri: DatabaseUri) -> dict[str, Any]:
    options = dict(uri.options)
    tls: dict[str, Any] = {name: options[f"ssl_{name}"] for name in _TLS_FILES if f"ssl_{name}" in options}
    if "ssl_check_hostname" in options:
        tls["check_hostname"] = options["ssl_check_hostname"].lower() in _TRUE
    return {
        **_mysql_server(uri),
        **_given({"ssl": tls or None, "read_default_file": options.get("read_default_file")}),
        "charset": options.get("charset", "utf8mb4"),
        "connect_timeout": CONNECT_TIMEOUT,
        # A server may ask a client for its files.
        "local_infile": 0,
    }


def _mysql_connector(uri: DatabaseUri) -> dict[str, Any]:
    tls = {key: value for key, value in uri.options if key.removeprefix("ssl_") in _TLS_FILES}
    return {
        **_mysql_server(uri),
        **tls,
        "connection_timeout": CONNECT_TIMEOUT,
        "allow_local_infile": False,
    }


def _mysql_server(uri: DatabaseUri) -> dict[str, Any]:
    where = {
        "user": uri.user,
        "password": uri.password,
        "host": uri.host,
        "port": int(uri.port) if uri.port else None,
        "database": uri.database,
        "unix_socket": dict(uri.options).get("unix_socket"),
    }
    return {**_given(where), "autocommit": True}


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in arguments.items() if value is not None}


_OF_PSYCOPG = frozenset(
    {
        "async",
        "async_",
        "autocommit",
        "connection_factory",
        "conninfo",
        "context",
        "cursor_factory",
        "dsn",
        "prepare_threshold",
        "row_factory",
    }
)
_SSL_MODES = {"disable": False, "allow": None, "prefer": None}
_TLS_FILES = ("ca", "capath", "cert", "cipher", "key")
_TRUE = frozenset({"1", "on", "true", "y", "yes"})

DRIVERS: Mapping[str, Mapping[str, Driver]] = {
    "postgresql": {
        "psycopg2": Driver("psycopg2", _libpq, is_autocommit_set=True),
        "psycopg": Driver("psycopg", _psycopg),
        "pg8000": Driver("pg8000.dbapi", _pg8000, is_autocommit_set=True),
    },
    "mysql": {
        "mysqldb": Driver("MySQLdb", _mysql),
        "pymysql": Driver("pymysql", _mysql),
        "mysqlconnector": Driver("mysql.connector", _mysql_connector),
    },
}
"""By dialect and driver, as SQLAlchemy names them in a URI; the first one of a dialect is its usual one."""

PACKAGES: Mapping[str, str] = {"postgresql": "psycopg2-binary", "mysql": "pymysql"}
"""What to install for a dialect, where there is no driver."""
