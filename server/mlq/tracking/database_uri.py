"""The URI of a database server, read as SQLAlchemy reads it for MLflow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

# User and password may hold anything but what ends them: a password may have a slash or a question mark.
_URI = re.compile(
    r"""
    (?P<scheme>[\w+]+)://
    (?:(?P<user>[^:/]*)(?::(?P<password>[^@]*))?@)?
    (?:\[(?P<address>[^/?]+)\]|(?P<host>[^/:?]+))?
    (?::(?P<port>\d*))?
    (?:/(?P<database>[^?]*))?
    (?:\?(?P<options>.*))?
    """,
    re.VERBOSE,
)
_HOST_AND_PORT = re.compile(r"(?P<host>[^/]*?):(?P<port>\d*)")


@dataclass(frozen=True, slots=True)
class DatabaseUri:
    """A database on a server: `dialect` such as postgresql, `driver` the one that is asked for, if any.

    `host` and `port` are lists with commas where several servers are named. `secrets` are the texts of it
    that nobody may be shown.
    """

    dialect: str
    driver: str = ""
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    host: str | None = None
    port: str | None = None
    database: str | None = None
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def secrets(self) -> list[str]:
        """The password and all options that are long enough to be one, the longest first."""
        texts = [self.password or "", *(value for _, value in self.options if len(value) > 5)]
        return sorted(filter(None, texts), key=len, reverse=True)


def parse_database_uri(uri: str) -> DatabaseUri | None:
    """Return what a URI of a database says; None where SQLAlchemy would take it for none."""
    match = _URI.fullmatch(uri)
    if match is None:
        return None
    dialect, _, driver = match["scheme"].lower().partition("+")
    pairs = parse_qsl(match["options"] or "", keep_blank_values=False)
    host, port = _hosts([value for key, value in pairs if key == "host"])
    return DatabaseUri(
        dialect,
        driver,
        _decoded(match["user"]),
        _decoded(match["password"]),
        host or match["host"] or match["address"],
        port or match["port"] or None,
        _decoded(match["database"]) or None,
        tuple((key, value) for key, value in pairs if key != "host"),
    )


def _hosts(values: list[str]) -> tuple[str, str]:
    """Return the hosts and the ports of an option for the host, which may be given for several servers."""
    servers = [server for value in values for server in value.split(",")]
    matches = [_HOST_AND_PORT.fullmatch(server) for server in servers]
    hosts = [match["host"] if match else server for match, server in zip(matches, servers, strict=True)]
    ports = ",".join(match["port"] if match else "" for match in matches)
    return ",".join(hosts), ports if ports.strip(",") else ""


def _decoded(text: str | None) -> str | None:
    return None if text is None else unquote(text)
