"""Reads the keys of a tracking server: no endpoint lists them, so the newest runs or the like are read.

The newest 20 of each experiment first: what they use is nearly all that is in use.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mlq.tracking.http_answers import API, SEARCHES, Search, object_of, objects_of
from mlq.tracking.http_server import HttpServer
from mlq.tracking.protocol import StoreError
from mlq.tracking.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlq.tracking.uri import HttpUri

MAX_SEEN = 1_000
MAX_EXPERIMENTS = 100
_FIRST_PAGE = 20
_LATER_PAGE = 100
# Of the time until the deadline, what may pass before no further page is asked for.
_SHARE_OF_TIME = 0.4


def read_keys(
    uri: HttpUri,
    entity: str,
    experiments: Sequence[str],
    source: str,
    deadline: float,
    environ: Mapping[str, str],
) -> dict[str, Any]:
    """Return the keys of a server's newest runs, or the like, as JSON data for `KeyIndex.from_json`.

    `deadline` is a time of `time.monotonic`; credentials and certificates are those that `environ` names.
    Raises `StoreError`.
    """
    stop = time.monotonic() + _SHARE_OF_TIME * (deadline - time.monotonic())
    with closing(HttpServer(uri, source, deadline, environ)) as server:
        tally = Tally()
        is_complete = _read(server, SEARCHES.get(entity), experiments, tally, stop)
        keys = tally.to_json(source, complete=is_complete)
        return {**keys, "mlflow_version": server.version()}


def _read(
    server: HttpServer, search: Search | None, experiments: Sequence[str], tally: Tally, stop: float
) -> bool:
    """Count what a search finds; returns whether that was all there is."""
    if search is None:
        return True
    if search.in_experiments is None:
        return _sample(server, search, [{}], tally, stop)
    ids, are_all = experiment_ids(server, experiments)
    bodies = [search.in_experiments([experiment_id]) for experiment_id in ids]
    return _sample(server, search, bodies, tally, stop) and are_all


def experiment_ids(server: HttpServer, names: Sequence[str]) -> tuple[list[str], bool]:
    """Return the experiments to look at, and whether these are all of those asked for."""
    if not names:
        body = {"max_results": MAX_EXPERIMENTS, "order_by": ["last_update_time DESC"]}
        answer = server.post(f"{API}/experiments/search", body)
        return _ids(objects_of(answer, "experiments")), not answer.get("next_page_token")
    found = [experiment for name in names for experiment in _experiments_called(server, name)]
    if not found:
        unknown = ", ".join(map(repr, names))
        raise StoreError("no-experiment", f"{server.name} has no experiment named {unknown}")
    return _ids(found), True


def _experiments_called(server: HttpServer, name_or_id: str) -> list[dict[str, Any]]:
    value = quote(name_or_id, safe="")
    found = _experiment_at(server, f"get-by-name?experiment_name={value}")
    if not found and name_or_id.isdecimal():
        found = _experiment_at(server, f"get?experiment_id={value}")
    return found


def _experiment_at(server: HttpServer, question: str) -> list[dict[str, Any]]:
    try:
        answer = server.get(f"{API}/experiments/{question}")
    except StoreError as error:
        if error.kind == "no-such-thing":
            return []
        raise
    experiment = object_of(answer, "experiment")
    return [experiment] if experiment else []


def _ids(experiments: list[dict[str, Any]]) -> list[str]:
    return [str(experiment["experiment_id"]) for experiment in experiments if "experiment_id" in experiment]


def _sample(
    server: HttpServer, search: Search, bodies: list[dict[str, Any]], tally: Tally, stop: float
) -> bool:
    """Count what is found, a page of each experiment in turn; returns whether that was all."""
    pages: deque[tuple[dict[str, Any], str]] = deque((body, "") for body in bodies)
    seen: set[object] = set()
    while pages and tally.seen < MAX_SEEN:
        body, token = pages.popleft()
        try:
            answer = _page(server, search, body, token)
        except StoreError:
            if not tally.seen:
                raise
            return False
        for entry in objects_of(answer, search.found):
            # Pages shift while runs arrive.
            if (name := search.id_of(entry)) not in seen:
                seen.add(name)
                tally.seen += 1
                search.count(entry, tally)
        if answer.get("next_page_token"):
            pages.append((body, str(answer["next_page_token"])))
        if time.monotonic() > stop:
            break
    return not pages


def _page(server: HttpServer, search: Search, where: dict[str, Any], token: str) -> dict[str, Any]:
    size = {"max_results": _LATER_PAGE if token else _FIRST_PAGE}
    page = {"page_token": token} if token else {}
    only = {search.filter_field: search.filter} if search.filter else {}
    body = {**where, **only, **size, **page}
    return server.get(search.query(body)) if search.is_get else server.post(search.path, body)
