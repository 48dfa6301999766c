"""Answers searches of MLflow's REST API by the MLflow of this interpreter, for stores that only it can reach.

Requests: `{"store": URI}` is answered with `{"mlflow": version}`, null where there is no MLflow; `{"path",
"body"}` with what a tracking server would answer, as far as keys are concerned.
"""

from __future__ import annotations

import json
from typing import Any

_client: Any = None
_IS_ACTIVE = {"ACTIVE_ONLY": 1, "DELETED_ONLY": 2, "ALL": 3}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer a request; raises what MLflow raises."""
    if "store" in request:
        return {"mlflow": _connect(request["store"])}
    found: dict[str, Any] = _ANSWERS[request["path"].rpartition("mlflow/")[2]](request["body"])
    return found


def _connect(uri: str) -> str | None:
    global _client
    try:
        import mlflow
    except ImportError:
        return None
    # Databricks keeps models elsewhere than runs.
    scheme, _, rest = uri.partition(":")
    is_databricks = scheme in {"databricks", "databricks-uc"}
    end = f":{rest}" if rest else ""
    tracking, registry = (f"databricks{end}", f"databricks-uc{end}") if is_databricks else (uri, uri)
    _client = mlflow.MlflowClient(tracking, registry)
    version: str = mlflow.__version__
    return version


def _search(method: str, found: str, describe: Any, **fixed: Any) -> Any:
    def answer_search(body: dict[str, Any]) -> dict[str, Any]:
        token = {"page_token": body["page_token"]} if body.get("page_token") else {}
        order = {"order_by": body["order_by"]} if body.get("order_by") else {}
        text = body.get("filter") or body.get("filter_string")
        query = {"filter_string": text} if text else {}
        view = body.get("run_view_type") or body.get("view_type")
        if view:
            query["run_view_type" if "run_view_type" in body else "view_type"] = _IS_ACTIVE[view]
        page = getattr(_client, method)(
            **_places(body), **query, **order, **fixed, max_results=int(body["max_results"]), **token
        )
        return {found: [describe(entry) for entry in page], "next_page_token": page.token or ""}

    return answer_search


def _places(body: dict[str, Any]) -> dict[str, Any]:
    """Return the experiments that a body names, in either of its ways."""
    locations = [place["mlflow_experiment"]["experiment_id"] for place in body.get("locations", ())]
    ids = body.get("experiment_ids") or locations
    return {"experiment_ids": ids} if ids else {}


def _experiment(body: dict[str, Any]) -> dict[str, Any]:
    if "experiment_name" in body:
        found = _client.get_experiment_by_name(body["experiment_name"])
    else:
        found = _client.get_experiment(body["experiment_id"])
    return {"experiment": _named(found)} if found else {}


def _pairs(values: Any) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in dict(values or {}).items()]


def _fields(entity: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(entity, name, None) for name in names}


def _run(run: Any) -> dict[str, Any]:
    data = {name: _pairs(getattr(run.data, name)) for name in ("metrics", "params", "tags")}
    inputs = getattr(getattr(run, "inputs", None), "dataset_inputs", None) or []
    datasets = [
        {
            "dataset": _fields(used.dataset, "name", "digest"),
            "tags": [_fields(tag, "key", "value") for tag in used.tags],
        }
        for used in inputs
    ]
    info = _fields(run.info, "run_id", "run_name", "user_id", "start_time")
    return {"info": info, "data": data, "inputs": {"dataset_inputs": datasets}}


def _named(entity: Any) -> dict[str, Any]:
    fields = _fields(entity, "experiment_id", "name", "version", "run_id", "source")
    # MLflow keeps to itself the tag that tells a prompt from a model.
    return {**fields, "tags": _pairs(getattr(entity, "_tags", entity.tags))}


def _logged_model(model: Any) -> dict[str, Any]:
    info = _fields(model, "model_id", "name", "model_type", "source_run_id")
    metrics = [_fields(metric, "key", "value") for metric in model.metrics or []]
    data = {"metrics": metrics, "params": _pairs(model.params)}
    return {"info": {**info, "tags": _pairs(model.tags)}, "data": data}


def _trace(trace: Any) -> dict[str, Any]:
    info = trace.info
    metadata = getattr(info, "trace_metadata", None) or getattr(info, "request_metadata", None)
    return {
        "trace_id": getattr(info, "trace_id", None) or info.request_id,
        "tags": dict(info.tags or {}),
        "trace_metadata": dict(metadata or {}),
        "assessments": [_assessment(each) for each in getattr(info, "assessments", None) or []],
    }


def _assessment(assessment: Any) -> dict[str, Any]:
    made = {"assessment_name": assessment.name}
    for kind in ("feedback", "expectation"):
        value = getattr(assessment, kind, None)
        if value is not None:
            made[kind] = {"value": value.value}
    return made


def _dataset(dataset: Any) -> dict[str, Any]:
    fields = _fields(dataset, "dataset_id", "name", "created_by", "last_updated_by")
    return {**fields, "tags": json.dumps(dict(dataset.tags or {}))}


_ANSWERS = {
    "runs/search": _search("search_runs", "runs", _run),
    "experiments/search": _search("search_experiments", "experiments", _named),
    "experiments/get-by-name": _experiment,
    "experiments/get": _experiment,
    "registered-models/search": _search("search_registered_models", "registered_models", _named),
    "model-versions/search": _search("search_model_versions", "model_versions", _named),
    "logged-models/search": _search("search_logged_models", "models", _logged_model),
    "traces/search": _search("search_traces", "traces", _trace, include_spans=False),
    "datasets/search": _search("search_datasets", "datasets", _dataset),
}
