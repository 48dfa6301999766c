"""What a tracking server answers to each search, and which keys and values are in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from mlq.tracking.tally import Tally

API = "/api/2.0/mlflow"
API_3 = "/api/3.0/mlflow"
_IS_PROMPT = "tags.`mlflow.prompt.is_prompt` = 'true'"


@dataclass(frozen=True, slots=True)
class Search:
    """One search of the REST API: where it is, in which list its answer has what it found, and its keys.

    `in_experiments` makes the part of the body that names experiments; None where the search knows none.
    `id_of` returns what tells an entry of the answer from the others, `began` when it began, in milliseconds,
    where the search has the newest first. `view` is the field that chooses between what is active and what is
    deleted, if there is one; `by_chance` the part of the body that orders them without meaning.
    `spans` are the keys of spans that the server counts by itself, with its words for them. A search by GET
    takes its body as a query.
    """

    path: str
    found: str
    id_of: Callable[[dict[str, Any]], object]
    count: Callable[[dict[str, Any], Tally], None]
    in_experiments: Callable[[Sequence[str]], dict[str, Any]] | None = None
    by_chance: Mapping[str, Any] | None = None
    filter: str = ""
    is_get: bool = False
    filter_field: str = "filter"
    view: str = ""
    spans: Mapping[str, str] | None = None
    began: Callable[[dict[str, Any]], int | None] = lambda _: None

    def query(self, body: Mapping[str, Any]) -> str:
        """Return the path of a search by GET."""
        return f"{self.path}?{urlencode(body, quote_via=quote)}"


def object_of(data: dict[str, Any], field: str) -> dict[str, Any]:
    """Return an object in an answer; MLflow leaves empty ones out."""
    value = data.get(field)
    return value if isinstance(value, dict) else {}


def objects_of(data: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the objects in a list of an answer; MLflow leaves empty lists out."""
    value = data.get(field)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _add_entries(tally: Tally, kind: str, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        tally.add(kind, entry.get("key"), entry.get("value"))


def _add_numbers(tally: Tally, kind: str, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        tally.add_number(kind, entry.get("key"), entry.get("value"))


def _add_fields(tally: Tally, kind: str, data: dict[str, Any], **fields: str) -> None:
    for key, field in fields.items():
        if data.get(field):
            tally.add(kind, key, data[field])


def _run(run: dict[str, Any], tally: Tally) -> None:
    data = object_of(run, "data")
    _add_numbers(tally, "metric", objects_of(data, "metrics"))
    _add_entries(tally, "parameter", objects_of(data, "params"))
    _add_entries(tally, "tag", objects_of(data, "tags"))
    _add_fields(tally, "attribute", object_of(run, "info"), run_name="run_name", user_id="user_id")
    for used in objects_of(object_of(run, "inputs"), "dataset_inputs"):
        _add_fields(tally, "dataset", object_of(used, "dataset"), name="name", digest="digest")
        for tag in objects_of(used, "tags"):
            if tag.get("key") == "mlflow.data.context":
                tally.add("dataset", "context", tag.get("value"))


def _named(entry: dict[str, Any], tally: Tally) -> None:
    _add_fields(tally, "attribute", entry, name="name", run_id="run_id", source_path="source")
    _add_entries(tally, "tag", objects_of(entry, "tags"))


def _logged_model(model: dict[str, Any], tally: Tally) -> None:
    info, data = object_of(model, "info"), object_of(model, "data")
    _add_numbers(tally, "metrics", objects_of(data, "metrics"))
    _add_entries(tally, "params", objects_of(data, "params"))
    _add_entries(tally, "tags", objects_of(info, "tags"))
    names = {"name": "name", "model_type": "model_type", "source_run_id": "source_run_id"}
    _add_fields(tally, "attributes", info, **names)


def _trace(trace: dict[str, Any], tally: Tally) -> None:
    tags, metadata = object_of(trace, "tags"), object_of(trace, "trace_metadata")
    for key, value in tags.items():
        tally.add("tag", key, value)
    for key, value in metadata.items():
        tally.add("request_metadata", key, value)
    _add_fields(tally, "attribute", tags, name="mlflow.traceName")
    _add_fields(tally, "attribute", metadata, run_id="mlflow.sourceRun")
    for assessment in objects_of(trace, "assessments"):
        for kind in ("feedback", "expectation"):
            if kind in assessment:
                value = object_of(assessment, kind).get("value")
                # A filter compares text with text, and the rest with its JSON.
                text = value if isinstance(value, str) else json.dumps(value)
                tally.add(kind, assessment.get("assessment_name"), text)


def _evaluation_dataset(dataset: dict[str, Any], tally: Tally) -> None:
    names = {"name": "name", "created_by": "created_by", "last_updated_by": "last_updated_by"}
    _add_fields(tally, "attribute", dataset, **names)
    try:
        tags = json.loads(dataset.get("tags") or "{}")
    except (TypeError, ValueError):
        return
    for key, value in tags.items() if isinstance(tags, dict) else ():
        tally.add("tag", key, value)


def _field(name: str, inside: str = "") -> Callable[[dict[str, Any]], object]:
    return lambda entry: str((object_of(entry, inside) if inside else entry).get(name))


def _version(entry: dict[str, Any]) -> object:
    return str(entry.get("name")), str(entry.get("version"))


def _start_time(run: dict[str, Any]) -> int | None:
    began = object_of(run, "info").get("start_time")
    return began if isinstance(began, int) else None


def _some_of(experiment_ids: Sequence[str]) -> dict[str, Any]:
    return {"experiment_ids": list(experiment_ids)}


def _locations(experiment_ids: Sequence[str]) -> dict[str, Any]:
    experiments = [{"experiment_id": each} for each in experiment_ids]
    return {"locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": each} for each in experiments]}


# The ids of runs are drawn by lot.
_BY_RUN_ID = {"order_by": ["attributes.run_id ASC"]}


_MODELS = f"{API}/registered-models/search"

_SPANS = {"name": "span_name", "type": "span_type"}

SEARCHES: Mapping[str, Search] = {
    "runs": Search(
        f"{API}/runs/search",
        "runs",
        _field("run_id", "info"),
        _run,
        _some_of,
        _BY_RUN_ID,
        view="run_view_type",
        began=_start_time,
    ),
    "experiments": Search(
        f"{API}/experiments/search", "experiments", _field("experiment_id"), _named, view="view_type"
    ),
    "registered_models": Search(_MODELS, "registered_models", _field("name"), _named, is_get=True),
    "prompts": Search(_MODELS, "registered_models", _field("name"), _named, filter=_IS_PROMPT, is_get=True),
    "model_versions": Search(f"{API}/model-versions/search", "model_versions", _version, _named, is_get=True),
    "logged_models": Search(
        f"{API}/logged-models/search", "models", _field("model_id", "info"), _logged_model, _some_of
    ),
    "traces": Search(
        f"{API_3}/traces/search", "traces", _field("trace_id"), _trace, _locations, spans=_SPANS
    ),
    "evaluation_datasets": Search(
        f"{API_3}/datasets/search",
        "datasets",
        _field("dataset_id"),
        _evaluation_dataset,
        filter_field="filter_string",
    ),
}
"""By the names of the dialects; of the others MLflow keeps no keys of people's own."""
