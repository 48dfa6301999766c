"""Where MLflow's searches look in its databases: the column that each key of a filter is compared with.

Each row is what MLflow's SQL store does (sqlalchemy_store.py of 3.17.2, tracking and registry), and is held
against the real one by `tests/tracking/test_counts.py`. A key that has no row here is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

IS_PROMPT = "mlflow.prompt.is_prompt"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the value of a key stands, in SQL.

    `value` is a column of what is searched, which is called `e`, or of rows of `source`, which `tie` ties to
    it. `key` is the column with the key's name; without one, the place is that of one key alone, or of the
    one called `named`. `is_nan` is the column that marks a number as none.
    """

    value: str
    source: str = ""
    tie: str = ""
    key: str = ""
    named: str = ""
    is_nan: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search looks through: rows of `table`, called `e`, the newest by `newest`.

    `views` are the conditions on what is active and what is deleted; a view that a search has not is missing.
    `keys` are the places of single keys, None where MLflow's query is another one, `types` those of all other
    keys of a type. `prompts` is the table of
    tags that tells prompts from models: MLflow finds the first only where a filter asks for them.
    """

    table: str
    newest: str
    views: Mapping[str, str]
    keys: Mapping[tuple[str, str], Place | None]
    types: Mapping[str, Place] = field(default_factory=dict)
    is_in_experiments: bool = False
    prompts: str = ""

    def place(self, type_: str, name: str) -> Place | None:
        """Return where a key's value stands; None where that is not known."""
        return self.keys[type_, name] if (type_, name) in self.keys else self.types.get(type_)


def _columns(type_: str, *same: str, **others: str) -> dict[tuple[str, str], Place]:
    named = {name: name for name in same} | others
    return {(type_, name): Place(f"e.{column}") for name, column in named.items()}


def _rows(table: str, tie: str, key: str = "key", value: str = "value", is_nan: str = "") -> Place:
    return Place(f"t.{value}", f"{table} AS t", tie, f"t.{key}", is_nan=is_nan)


_STAGES = {"active": "e.lifecycle_stage = 'active'", "deleted": "e.lifecycle_stage = 'deleted'"}
_OF_RUN = "t.run_uuid = e.run_uuid"
_OF_MODEL = "t.name = e.name"
_OF_VERSION = "t.name = e.name AND t.version = e.version"
_OF_TRACE = "t.request_id = e.request_id"
_OF_LOGGED = "t.model_id = e.model_id"
_INPUT = "datasets AS d JOIN inputs AS i ON i.source_id = d.dataset_uuid"
_CONTEXT = f"{_INPUT} JOIN input_tags AS t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'"
_USED = "i.destination_id = e.run_uuid"

SEARCHES: Mapping[str, Searched] = {
    "runs": Searched(
        "runs",
        "start_time",
        _STAGES,
        {
            **_columns("attribute", "status", "user_id", "artifact_uri", "start_time", "end_time"),
            **_columns("attribute", run_id="run_uuid"),
            # MLflow looks for the name in the tag of it, since older versions filled no column.
            ("attribute", "run_name"): Place(
                "t.value", "tags AS t", _OF_RUN, key="t.key", named="mlflow.runName"
            ),
            ("dataset", "name"): Place("d.name", _INPUT, _USED),
            ("dataset", "digest"): Place("d.digest", _INPUT, _USED),
            ("dataset", "context"): Place("t.value", _CONTEXT, _USED),
        },
        {
            "metric": _rows("latest_metrics", _OF_RUN, is_nan="t.is_nan"),
            "parameter": _rows("params", _OF_RUN),
            "tag": _rows("tags", _OF_RUN),
        },
        is_in_experiments=True,
    ),
    "experiments": Searched(
        "experiments",
        "last_update_time",
        _STAGES,
        _columns("attribute", "name", "experiment_id", "creation_time", "last_update_time"),
        {"tag": _rows("experiment_tags", "t.experiment_id = e.experiment_id")},
    ),
    "registered_models": Searched(
        "registered_models",
        "last_updated_time",
        {"active": "1 = 1"},
        _columns("attribute", "name"),
        {"tag": _rows("registered_model_tags", _OF_MODEL)},
        prompts="registered_model_tags",
    ),
    "prompts": Searched(
        "registered_models",
        "last_updated_time",
        {"active": "1 = 1"},
        _columns("attribute", "name"),
        {"tag": _rows("registered_model_tags", _OF_MODEL)},
        prompts="registered_model_tags",
    ),
    "model_versions": Searched(
        "model_versions",
        "creation_time",
        {"active": "e.current_stage <> 'Deleted_Internal'"},
        _columns("attribute", "name", "run_id", source_path="source", version_number="version"),
        {"tag": _rows("model_version_tags", _OF_VERSION)},
        prompts="model_version_tags",
    ),
    "logged_models": Searched(
        "logged_models",
        "creation_timestamp_ms",
        {"active": "e.lifecycle_stage <> 'deleted'"},
        _columns(
            "attributes",
            "name",
            "model_id",
            "model_type",
            "source_run_id",
            "status",
            "status_message",
            "artifact_location",
            "lifecycle_stage",
            "creation_timestamp_ms",
            "last_updated_timestamp_ms",
        ),
        {
            "metrics": _rows("logged_model_metrics", _OF_LOGGED, "metric_name", "metric_value"),
            "params": _rows("logged_model_params", _OF_LOGGED, "param_key", "param_value"),
            "tags": _rows("logged_model_tags", _OF_LOGGED, "tag_key", "tag_value"),
        },
        is_in_experiments=True,
    ),
    "traces": Searched(
        "trace_info",
        "timestamp_ms",
        {"active": "1 = 1"},
        {
            **_columns("attribute", "status", "request_id", "client_request_id", "timestamp_ms"),
            **_columns("attribute", "execution_time_ms"),
            ("attribute", "end_time_ms"): Place("(e.timestamp_ms + coalesce(e.execution_time_ms, 0))"),
            # These have columns of their own since 3.17; a database without them is not counted in.
            ("tag", "mlflow.traceName"): Place("e.trace_name"),
            ("request_metadata", "mlflow.trace.session"): Place("e.session_id"),
            **dict.fromkeys(
                [
                    ("tag", "mlflow.linkedPrompts"),
                    ("request_metadata", "mlflow.sourceRun"),
                    ("request_metadata", "mlflow.trace.tokenUsage"),
                    ("request_metadata", "mlflow.trace.cost"),
                ]
            ),
        },
        {
            "tag": _rows("trace_tags", _OF_TRACE),
            "request_metadata": _rows("trace_request_metadata", _OF_TRACE),
        },
        is_in_experiments=True,
    ),
}
"""By the names of the dialects."""
