"""Whether a store may have changed, at the cost of a look at two files or of its newest runs.

A store without a cheap sign has none, and is read anew from time to time.
"""

from __future__ import annotations

import json
import time
from contextlib import closing
from hashlib import blake2b
from typing import TYPE_CHECKING

from mlq.tracking.protocol import Store, StoreError
from mlq.tracking.uri import FolderUri, HttpUri, SqliteUri, parse_uri, show_uri

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of runs that go on, the newest are those that log keys of which nobody knows yet.
_NEWEST = 10


def stamp_of(store: Store, entity: str, environ: Mapping[str, str], seconds: float) -> str:
    """Return what stays the same as long as a store does; empty where nothing cheap tells in this time."""
    try:
        uri = parse_uri(store.uri, store.folder)
        if isinstance(uri, HttpUri):
            return _of_server(uri, store, environ, time.monotonic() + seconds) if entity == "runs" else ""
        if isinstance(uri, SqliteUri) or (isinstance(uri, FolderUri) and uri.path.is_file()):
            from mlq.tracking.sqlite_file import file_state

            state = file_state(uri.path, "")
            return f"{state.stamp} {state.wal_stamp}"
    except StoreError:
        # Whoever reads the store will say why.
        return ""
    return ""


def _of_server(uri: HttpUri, store: Store, environ: Mapping[str, str], deadline: float) -> str:
    """Return a digest of the newest runs' ids, states and keys, not of their values: these change always."""
    from mlq.tracking.credentials import is_signed_by_plugin
    from mlq.tracking.http import experiment_ids
    from mlq.tracking.http_answers import SEARCHES, object_of, objects_of
    from mlq.tracking.http_server import HttpServer

    search = SEARCHES["runs"]
    if search.in_experiments is None or is_signed_by_plugin(environ):
        return ""
    with closing(HttpServer(uri, show_uri(store.uri), deadline, environ)) as server:
        ids, _ = experiment_ids(server, store.experiments)
        answer = server.post(search.path, {**search.in_experiments(ids), "max_results": _NEWEST})
    shown = []
    for run in objects_of(answer, search.found):
        data = object_of(run, "data")
        keys = [
            [str(each.get("key")) for each in objects_of(data, kind)]
            for kind in ("metrics", "params", "tags")
        ]
        shown.append([search.id_of(run), str(object_of(run, "info").get("status")), keys])
    return blake2b(json.dumps(shown).encode(), digest_size=16).hexdigest()
