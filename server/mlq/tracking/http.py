"""Reads the keys of a tracking server: no endpoint lists them, so the newest runs or the like are read.

The newest 20 of each experiment first: what they use is nearly all that is in use. Then some by chance, which
find the keys of older ones sooner than page after page would.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mlq.tracking.http_answers import API, API_3, SEARCHES, Search, object_of, objects_of
from mlq.tracking.protocol import StoreError
from mlq.tracking.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlq.tracking.http_server import Server

MAX_SEEN = 1_000
MAX_EXPERIMENTS = 100
_FIRST_PAGE = 20
_LATER_PAGE = 100
_RANDOM_PAGE = 300
# Of the time until the deadline, what may pass before no further page is asked for.
_SHARE_OF_TIME = 0.4


def read_keys(
    server: Server, entity: str, experiments: Sequence[str], deadline: float
) -> Iterator[dict[str, Any]]:
    """Yield the keys of a server's newest runs or the like, ever more, as JSON data for `KeyIndex.from_json`.

    `deadline` is a time of `time.monotonic`. Closes the server. Raises `StoreError`.
    """
    stop = time.monotonic() + _SHARE_OF_TIME * (deadline - time.monotonic())
    with closing(server):
        tally, version = Tally(), None
        for is_complete in _read(server, SEARCHES.get(entity), experiments, tally, stop):
            version = server.version() if version is None else version
            yield {**tally.to_json(server.name, complete=is_complete), "mlflow_version": version}


def _read(
    server: Server, search: Search | None, experiments: Sequence[str], tally: Tally, stop: float
) -> Iterator[bool]:
    """Count what a search finds; yield now and then, and at last, whether that was all there is."""
    if search is None:
        yield True
    elif search.in_experiments is None:
        yield from _sample(server, search, [{}], tally, stop)
    else:
        ids, are_all = experiment_ids(server, experiments)
        bodies = [search.in_experiments([experiment_id]) for experiment_id in ids]
        everywhere = search.in_experiments(ids)
        spans: dict[str, dict[str, int]] | None = None
        for is_complete in _sample(server, search, bodies, tally, stop, everywhere):
            if spans is None:
                spans = dict(_spans(server, search, ids))
            for key, values in spans.items():
                tally.note_counted("span", key, values)
            yield is_complete and are_all


def _spans(server: Server, search: Search, ids: list[str]) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the keys of spans, each with how often it has which value; none before MLflow 3.9."""
    count = {"metric_name": "span_count", "aggregations": [{"aggregation_type": "COUNT"}]}
    for key, word in (search.spans or {}).items():
        asked = {"experiment_ids": ids, "view_type": "SPANS", "dimensions": [word], "max_results": MAX_SEEN}
        try:
            answer = server.post(f"{API_3}/traces/metrics", {**count, **asked})
        except StoreError:
            return
        values = Counter[str]()
        for point in objects_of(answer, "data_points"):
            number = object_of(point, "values").get("COUNT")
            if isinstance(number, (int, float)):
                values[str(object_of(point, "dimensions").get(word, ""))] = int(number)
        yield key, values


def experiment_ids(server: Server, names: Sequence[str]) -> tuple[list[str], bool]:
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


def _experiments_called(server: Server, name_or_id: str) -> list[dict[str, Any]]:
    value = quote(name_or_id, safe="")
    found = _experiment_at(server, f"get-by-name?experiment_name={value}")
    if not found and name_or_id.isdecimal():
        found = _experiment_at(server, f"get?experiment_id={value}")
    return found


def _experiment_at(server: Server, question: str) -> list[dict[str, Any]]:
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


@dataclass(frozen=True, slots=True)
class _Page:
    body: dict[str, Any]
    size: int = _FIRST_PAGE
    token: str = ""

    def ask(self, server: Server, search: Search) -> dict[str, Any]:
        only = {search.filter_field: search.filter} if search.filter else {}
        page = {"page_token": self.token} if self.token else {}
        body = {**self.body, **only, "max_results": self.size, **page}
        return server.get(search.query(body)) if search.is_get else server.post(search.path, body)

    def next(self, answer: dict[str, Any]) -> list[_Page]:
        token = answer.get("next_page_token")
        return [_Page(self.body, _LATER_PAGE, str(token))] if token and self.size != _RANDOM_PAGE else []


def _sample(
    server: Server,
    search: Search,
    bodies: list[dict[str, Any]],
    tally: Tally,
    stop: float,
    everywhere: dict[str, Any] | None = None,
) -> Iterator[bool]:
    """Count what is found, a page of each experiment in turn; yield, ever more seldom, whether that was all.

    Behind the newest of each come some by chance, and then the next pages.
    """
    pages = deque(_Page(body) for body in bodies)
    seen: set[object] = set()
    started = due = time.monotonic()
    newest_left = len(pages)
    while pages and tally.seen < MAX_SEEN:
        page = pages.popleft()
        try:
            answer = page.ask(server, search)
        except StoreError:
            if not tally.seen:
                raise
            yield False
            return
        _count(search, answer, tally, seen)
        pages += page.next(answer)
        newest_left -= 1
        if newest_left == 0 and pages and search.by_chance and everywhere:
            pages.appendleft(_Page({**everywhere, **search.by_chance}, _RANDOM_PAGE))
        now = time.monotonic()
        if now > stop:
            break
        if now >= due and pages:
            due = now + (now - started)
            yield False
    yield not pages


def _count(search: Search, answer: dict[str, Any], tally: Tally, seen: set[object]) -> None:
    for entry in objects_of(answer, search.found):
        # Pages shift while runs arrive.
        if (name := search.id_of(entry)) not in seen:
            seen.add(name)
            tally.seen += 1
            search.count(entry, tally)
