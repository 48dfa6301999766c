"""Opens SQLite files without a trace: nothing is made, written, or locked for longer than a statement."""

from __future__ import annotations

import sqlite3
import stat
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlq.tracking.protocol import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BUSY_TIMEOUT = 0.2
# While a statement reads, no writer can commit; MLflow waits for 20 s before it gives up.
STATEMENT_TIMEOUT = 1.0

_MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = 2
_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 1_000


@dataclass(frozen=True, slots=True)
class FileState:
    """What of a database file and its companions tells whether, and how, it may be opened."""

    is_write_ahead: bool
    stamp: tuple[int, int]
    wal_stamp: tuple[int, int] | None
    has_shared_memory: bool


class QuietConnection:
    """A read-only connection whose every statement is complete, short and over before the deadline."""

    def __init__(self, connection: sqlite3.Connection, source: str, deadline: float) -> None:
        self._connection = connection
        self._source = source
        self._deadline = deadline
        self._limit = deadline
        connection.set_progress_handler(self._is_over, _STEPS_BETWEEN_LOOKS_AT_THE_CLOCK)

    def fetch(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows; raises `StoreError` of kind timeout, busy, unreadable or not-a-store."""
        try:
            return self._fetch(statement, parameters)
        except sqlite3.Error as error:
            if "locked" not in str(error):
                raise _explained(error, self._source) from error
        try:
            return self._fetch(statement, parameters)
        except sqlite3.Error as error:
            raise _explained(error, self._source) from error

    def _fetch(self, statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        self._limit = min(self._deadline, time.monotonic() + STATEMENT_TIMEOUT)
        return self._connection.execute(statement, parameters).fetchall()

    def _is_over(self) -> bool:
        return time.monotonic() > self._limit


def file_state(path: Path, source: str) -> FileState:
    """Look at a database file without opening it as one; raises `StoreError` where it is none."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise StoreError("not-a-store", f"{source} is a folder, not a database")
        if not stat.S_ISREG(status.st_mode):
            raise StoreError("not-a-store", f"{source} is not a file")
        with path.open("rb") as file:
            header = file.read(20)
    except FileNotFoundError as error:
        raise StoreError("missing", f"{source} does not exist") from error
    except OSError as error:
        raise StoreError("unreadable", f"{source} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise StoreError("missing", f"{source} is no name of a file") from error
    if not header:
        raise StoreError("not-a-store", f"{source} is empty")
    if not header.startswith(_MAGIC) or len(header) < 20:
        raise StoreError("not-a-store", f"{source} is not an SQLite database")
    return FileState(
        is_write_ahead=_WRITE_AHEAD in header[18:20],
        stamp=(status.st_size, status.st_mtime_ns),
        wal_stamp=_stamp(_companion(path, "-wal")),
        has_shared_memory=_companion(path, "-shm").exists(),
    )


@contextmanager
def open_quietly(path: Path, source: str, deadline: float) -> Iterator[QuietConnection]:
    """Open a database to read it; raises `StoreError`, also at the end where the file changed meanwhile.

    `deadline` is a time of `time.monotonic`.
    """
    before = file_state(path, source)
    options = _options(before, source)
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{options}", uri=True, timeout=BUSY_TIMEOUT, isolation_level=None
        )
    except sqlite3.Error as error:
        raise _explained(error, source) from error
    with closing(connection):
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        quiet = QuietConnection(connection, source, deadline)
        # A foreign database may hold views and triggers that call functions.
        quiet.fetch("PRAGMA trusted_schema = OFF")
        yield quiet
    # SQLite was told that nobody writes: what was read holds only if that was so.
    if "immutable" in options and file_state(path, source) != before:
        raise StoreError("busy", f"{source} changed while it was read")


def _options(state: FileState, source: str) -> str:
    """Choose the way of opening that sees all that is committed and makes no file."""
    if not state.is_write_ahead:
        return "mode=ro"
    if state.wal_stamp is not None and state.has_shared_memory:
        return "mode=ro&readonly_shm=1"
    if state.wal_stamp is None or state.wal_stamp[0] == 0:
        return "mode=ro&immutable=1"
    # To read the log, SQLite would have to make the file of shared memory.
    raise StoreError(
        "busy", f"{source} was left by a writer that died; MLflow mends it when it opens it next"
    )


def _companion(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _explained(error: sqlite3.Error, source: str) -> StoreError:
    # By message, since Python 3.10 gives no error codes.
    message = str(error)
    for said, kind, explanation in _EXPLANATIONS:
        if said in message:
            return StoreError(kind, f"{source} {explanation}")
    return StoreError("unreadable", f"{source} cannot be read: {message}")


_EXPLANATIONS = (
    ("interrupted", "timeout", "takes too long to read"),
    ("locked", "busy", "is locked by a writer"),
    ("not a database", "not-a-store", "is not an SQLite database"),
    ("malformed", "unreadable", "is damaged"),
    ("readonly database", "busy", "was left by a writer that died; MLflow mends it when it opens it next"),
    ("unable to open", "unreadable", "cannot be opened"),
)
