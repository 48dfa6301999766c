"""Reads the keys of a tracking server: no endpoint lists them, so newest runs of each experiment are read.

The newest 20 of each experiment first: what they use is nearly all that is in use.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mlq.tracking.http_server import HttpServer
from mlq.tracking.protocol import StoreError
from mlq.tracking.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlq.tracking.uri import HttpUri

MAX_RUNS = 1_000
MAX_EXPERIMENTS = 100
_FIRST_PAGE = 20
_LATER_PAGE = 100
# Of the time until the deadline, what may pass before no further page is asked for.
_SHARE_OF_TIME = 0.4


def read_keys(
    uri: HttpUri, experiments: Sequence[str], source: str, deadline: float, environ: Mapping[str, str]
) -> dict[str, Any]:
    """Return the keys of a server's newest runs as JSON data for `KeyIndex.from_json`; raises `StoreError`.

    `deadline` is a time of `time.monotonic`; credentials and certificates are those that `environ` names.
    """
    started = time.monotonic()
    with closing(HttpServer(uri, source, deadline, environ)) as server:
        experiment_ids, are_all = _experiment_ids(server, experiments, source)
        tally = Tally()
        stop = started + _SHARE_OF_TIME * (deadline - started)
        is_complete = _sample(server, experiment_ids, tally, stop)
        keys = tally.to_json(source, complete=is_complete and are_all)
        return {**keys, "mlflow_version": server.version()}


def _experiment_ids(server: HttpServer, names: Sequence[str], source: str) -> tuple[list[str], bool]:
    """Return the experiments to look at, and whether these are all of those asked for."""
    if not names:
        body = {"max_results": MAX_EXPERIMENTS, "order_by": ["last_update_time DESC"]}
        answer = server.post("/experiments/search", body)
        return _ids(_objects(answer, "experiments")), not answer.get("next_page_token")
    found = [experiment for name in names for experiment in _experiments_named(server, name)]
    if not found:
        raise StoreError("no-experiment", f"{source} has no experiment named {', '.join(map(repr, names))}")
    return _ids(found), True


def _experiments_named(server: HttpServer, name: str) -> list[dict[str, Any]]:
    try:
        answer = server.get(f"/experiments/get-by-name?experiment_name={quote(name, safe='')}")
    except StoreError as error:
        if error.kind == "no-such-thing":
            return []
        raise
    experiment = answer.get("experiment")
    return [experiment] if isinstance(experiment, dict) else []


def _ids(experiments: list[dict[str, Any]]) -> list[str]:
    return [str(experiment["experiment_id"]) for experiment in experiments if "experiment_id" in experiment]


def _sample(server: HttpServer, experiment_ids: list[str], tally: Tally, stop: float) -> bool:
    """Count runs, a page of each experiment in turn; returns whether these were all runs."""
    pages: deque[tuple[str, str | None]] = deque((experiment_id, None) for experiment_id in experiment_ids)
    seen: set[str] = set()
    while pages and tally.runs < MAX_RUNS:
        experiment_id, token = pages.popleft()
        try:
            answer = _runs(server, experiment_id, token)
        except StoreError:
            if not tally.runs:
                raise
            return False
        for run in _objects(answer, "runs"):
            _count(run, seen, tally)
        if answer.get("next_page_token"):
            pages.append((experiment_id, str(answer["next_page_token"])))
        if time.monotonic() > stop:
            break
    return not pages


def _runs(server: HttpServer, experiment_id: str, token: str | None) -> dict[str, Any]:
    body: dict[str, Any] = {
        "experiment_ids": [experiment_id],
        "max_results": _LATER_PAGE if token else _FIRST_PAGE,
    }
    if token:
        body["page_token"] = token
    return server.post("/runs/search", body)


def _count(run: dict[str, Any], seen: set[str], tally: Tally) -> None:
    info, data = _object(run, "info"), _object(run, "data")
    # Pages shift while runs arrive.
    run_id = str(info.get("run_id"))
    if run_id in seen:
        return
    seen.add(run_id)
    tally.runs += 1
    for metric in _objects(data, "metrics"):
        tally.add("metric", metric.get("key"))
    for kind, field in (("parameter", "params"), ("tag", "tags")):
        for entry in _objects(data, field):
            tally.add(kind, entry.get("key"), entry.get("value"))
    tally.add("attribute", "run_name", info.get("run_name"))
    tally.add("attribute", "user_id", info.get("user_id"))
    for used in _objects(_object(run, "inputs"), "dataset_inputs"):
        context = (
            tag.get("value") for tag in _objects(used, "tags") if tag.get("key") == "mlflow.data.context"
        )
        dataset = _object(used, "dataset")
        tally.add_dataset(dataset.get("name"), dataset.get("digest"), next(context, None))


def _object(data: dict[str, Any], field: str) -> dict[str, Any]:
    value = data.get(field)
    return value if isinstance(value, dict) else {}


def _objects(data: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the objects in a list of an answer; MLflow leaves empty lists out."""
    value = data.get(field)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
