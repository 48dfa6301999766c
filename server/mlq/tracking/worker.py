"""The process that reads stores: requests in, answers out, one line of JSON each; it ends with its input.

It uses the standard library alone, so that it starts in some hundredths of a second, and may be killed at any
time: a disk or a server that hangs in a system call can be left in no other way.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

from mlq.keys.parts import parts_of
from mlq.tracking.database_uri import DatabaseUri
from mlq.tracking.protocol import Answer, Request, Store, StoreError
from mlq.tracking.stamps import stamp_of
from mlq.tracking.uri import FolderUri, ForeignUri, HttpUri, parse_uri, show_uri

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from mlq.keys.matches import Count, Question
    from mlq.tracking.http_server import Server


_SHARE_OF_STAMP = 0.2


def main() -> None:
    """Answer the requests on standard input until it ends."""
    answers = _take_standard_output()
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        for answer in answers_to(requests.get()):
            answers.write(answer.to_line())
            if answer.is_last or "picture" in (answer.part or ()):
                answers.flush()


def answers_to(line: str) -> Iterator[Answer]:
    """Answer one request; never raises."""
    try:
        request = Request.from_line(line)
    except ValueError as error:
        yield Answer(0, error=StoreError("internal", str(error)))
        return
    try:
        if request.questions:
            counts = count_matches(request.store, request.entity, request.questions, request.deadline)
            yield Answer(request.id, counts=counts)
        else:
            yield from _pictures(request)
    except StoreError as error:
        yield Answer(request.id, error=error)
    except MemoryError:
        yield Answer(request.id, error=StoreError("internal", f"{show_uri(request.store.uri)} is too large"))
    except Exception as error:  # noqa: BLE001 - an unforeseen fault of one store must not cost the others
        # The text of an unforeseen exception may hold anything, a password too.
        sys.stderr.write("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")
        message = f"{show_uri(request.store.uri)} cannot be read: unforeseen {type(error).__name__}"
        yield Answer(request.id, error=StoreError("internal", message))


def _pictures(request: Request) -> Iterator[Answer]:
    """Answer with a picture, then another each time that more is known; with none if all is as it was."""
    deadline = time.monotonic() + request.deadline
    stamp = ""
    if request.known is not None:
        # A server that hangs must leave enough of the time to say so.
        stamp = stamp_of(request.store, request.entity, os.environ, _SHARE_OF_STAMP * request.deadline)
    if stamp and stamp == request.known:
        yield Answer(request.id, stamp=stamp)
        return
    for picture in read_keys(request.store, request.entity, deadline):
        for part in parts_of(picture):
            yield Answer(request.id, part, is_last=False)
    yield Answer(request.id, stamp=stamp)


def read_keys(store: Store, entity: str, deadline: float) -> Iterator[dict[str, Any]]:
    """Yield the keys of an entity of a store as JSON data for `KeyIndex.from_json`; raises `StoreError`.

    The first picture comes soon; each later one tells more. `deadline` is a time of `time.monotonic`.
    """
    uri = parse_uri(store.uri, store.folder)
    source = show_uri(store.uri)
    if isinstance(uri, (ForeignUri, HttpUri)):
        from mlq.tracking import http

        yield from http.read_keys(_server(store, uri, deadline), entity, store.experiments, deadline)
        return
    if isinstance(uri, DatabaseUri):
        from mlq.tracking.database import read_database
        from mlq.tracking.database_server import open_server

        with open_server(uri, source, deadline, store.python) as database:
            yield from read_database(database, entity, store.experiments)
        return
    # A bare path names a folder. That of a database is read all the same: what else could be meant?
    if isinstance(uri, FolderUri) and not uri.path.is_file():
        from mlq.tracking import file_store

        yield file_store.read_keys(uri.path, entity, store.experiments, source, deadline)
        return
    from mlq.tracking import sqlite

    yield from sqlite.read_keys(uri.path, entity, store.experiments, source, deadline)


def count_matches(
    store: Store, entity: str, questions: Sequence[Question], seconds: float
) -> tuple[Count | None, ...]:
    """Return how many each filter matches, None for one that cannot be told; raises `StoreError`."""
    deadline = time.monotonic() + seconds
    uri = parse_uri(store.uri, store.folder)
    source = show_uri(store.uri)
    if isinstance(uri, (ForeignUri, HttpUri)):
        from mlq.tracking import http_counts

        server = _server(store, uri, deadline)
        return http_counts.count_matches(server, entity, store.experiments, questions, deadline)
    if isinstance(uri, DatabaseUri):
        from mlq.tracking import counting
        from mlq.tracking.database_server import open_server

        with open_server(uri, source, deadline, store.python) as database:
            return counting.count_matches(database, entity, store.experiments, questions)
    if isinstance(uri, FolderUri) and not uri.path.is_file():
        raise StoreError("unsupported", f"{source} is a folder of files: MLflow 3.13 and later search none")
    from mlq.tracking import sqlite

    return sqlite.count_matches(uri.path, entity, store.experiments, questions, source, deadline)


def _server(store: Store, uri: ForeignUri | HttpUri, deadline: float) -> Server:
    """Return what is asked: a server, or MLflow's client where only that can reach the store."""
    source = show_uri(store.uri)
    if isinstance(uri, HttpUri):
        from mlq.tracking.credentials import is_signed_by_plugin
        from mlq.tracking.http_server import HttpServer

        if not is_signed_by_plugin(os.environ):
            return HttpServer(uri, source, deadline, os.environ)
    from mlq.tracking.mlflow_server import MlflowServer

    return MlflowServer(store.uri.strip(), source, deadline, store.python)


def _take_standard_output() -> TextIO:
    """Return standard output and put standard error in its place: nobody else may write between answers."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    return answers


def _listen(requests: queue.SimpleQueue[str]) -> None:
    # Whoever asked is gone when the input ends; an answer still being made, perhaps forever, is of no use.
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
