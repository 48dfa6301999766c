"""Tracking URIs: which kind of store one names, and how to show it without its secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from mlq.tracking.database_uri import DatabaseUri, parse_database_uri
from mlq.tracking.protocol import StoreError, one_line

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
# Up to the last @, since a password that nobody encoded may hold a slash or another @.
_USERINFO = re.compile(r"(?<=//).*@")
_DATABASES = frozenset({"postgresql", "mysql"})


@dataclass(frozen=True, slots=True)
class SqliteUri:
    """A database file, as an absolute path."""

    path: Path


@dataclass(frozen=True, slots=True)
class FolderUri:
    """A folder of files, as an absolute path."""

    path: Path


@dataclass(frozen=True, slots=True)
class HttpUri:
    """A tracking server. `path` is where its API starts, without a slash at the end."""

    scheme: str
    host: str
    port: int
    path: str = ""
    user: str | None = None
    password: str | None = None

    @property
    def netloc(self) -> str:
        """Return host and port as they stand in a URL, without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == _DEFAULT_PORT[self.scheme]
        return host if is_usual else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class ForeignUri:
    """A store that only MLflow's own client knows how to reach: Databricks, or a plugin's."""

    scheme: str


_DEFAULT_PORT = {"http": 80, "https": 443}


def parse_uri(uri: str, folder: str = "") -> SqliteUri | FolderUri | HttpUri | DatabaseUri | ForeignUri:
    """Return which store a tracking URI names; relative paths start in `folder`.

    Raises `StoreError` for kinds of store that cannot be read yet and for what is no URI.
    """
    uri = uri.strip()
    scheme = _scheme(uri)
    if scheme in {"http", "https"}:
        return _http_uri(uri)
    if scheme.split("+")[0] == "sqlite":
        return SqliteUri(_sqlite_path(uri, folder))
    if not uri:
        raise StoreError("unsupported", "no tracking URI is given")
    if not scheme:
        return FolderUri(_absolute(uri, folder))
    if scheme == "file":
        return FolderUri(_file_path(uri, folder))
    if scheme.split("+")[0] in _DATABASES:
        return _database_uri(uri)
    if scheme == "postgres":
        raise StoreError("unsupported", f"MLflow knows no postgres:, only postgresql: ({show_uri(uri)})")
    if scheme.split("+")[0] == "mssql":
        raise StoreError("unsupported", f"not supported yet: SQL Server stores ({show_uri(uri)})")
    return ForeignUri(scheme)


def show_uri(uri: str) -> str:
    """Return a tracking URI for people: user, password and options are masked."""
    uri = one_line(uri)
    if _scheme(uri).split("+")[0] in {"", "sqlite", "file"}:
        return uri
    return re.sub(r"[?#].*", "?***", _USERINFO.sub("***@", uri))


def _scheme(uri: str) -> str:
    # One letter and a colon is a drive of Windows; these two words need no colon.
    if uri in {"databricks", "databricks-uc"}:
        return uri
    match = _SCHEME.match(uri)
    return match[1].lower() if match else ""


def _sqlite_path(uri: str, folder: str) -> Path:
    _, separator, rest = uri.partition(":///")
    path = unquote(rest.partition("?")[0])
    if not separator or path in {"", ":memory:"}:
        raise StoreError("unsupported", "a store in memory belongs to the process that made it")
    return _absolute(path, folder)


def _file_path(uri: str, folder: str) -> Path:
    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = None
    if parts is None or parts.netloc not in {"", "localhost"}:
        raise StoreError("unsupported", f"this is no address of a folder: {show_uri(uri)}")
    path = unquote(parts.path)
    # `file:///C:/mlruns`
    return _absolute(path[1:] if re.match(r"/[A-Za-z]:", path) else path, folder)


def _absolute(path: str, folder: str) -> Path:
    return Path(folder).expanduser().absolute() / path


def _database_uri(uri: str) -> DatabaseUri:
    parsed = parse_database_uri(uri)
    if parsed is None:
        raise StoreError("unsupported", f"this is no address of a database: {show_uri(uri)}")
    return parsed


def _http_uri(uri: str) -> HttpUri:
    try:
        parts = urlsplit(uri)
        port = parts.port or _DEFAULT_PORT[parts.scheme]
    except ValueError:
        parts = None
    if parts is None or not parts.hostname or not re.fullmatch(r"[\w.:%-]+", parts.hostname):
        raise StoreError("unsupported", f"this is no address of a tracking server: {show_uri(uri)}")
    user, password = parts.username, parts.password
    return HttpUri(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port,
        path=quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~"),
        user=None if user is None else unquote(user),
        password=None if password is None else unquote(password),
    )
