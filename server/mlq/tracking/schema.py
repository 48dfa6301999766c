"""Where MLflow's databases keep the keys of each search: tables and columns, whose names never changed.

Tables and columns were added over the years (facts on releases since 2.3): what a catalogue does not show
is left out, one row of these tables at a time. In expressions, `key` stands in quotes: some products have a
word of this name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Where keys of a kind are: `key` and `value` are columns of `table`, `owner` that of what has them.

    A key in single quotes is always this one, such as a run's name, and counts where it has a value. `where`
    picks rows. `is_scannable` tells whether the primary key begins with the key, so that the next key is one
    step of an index. `is_number` tells a metric, `is_json` that values are kept as JSON. `columns` are those
    that an expression needs besides.
    """

    kind: str
    table: str
    key: str
    value: str
    owner: str
    where: str = ""
    is_scannable: bool = False
    is_number: bool = False
    is_json: bool = False
    columns: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Tell whether it is about one key that it names itself."""
        return self.key.startswith("'")

    def sql(self, part: str) -> str:
        """Return the key, the value or the owner as it stands in a statement."""
        return f'"{part}"' if part.isidentifier() else part

    @property
    def tables(self) -> list[str]:
        """The tables that it reads."""
        return [part.split()[0] for part in self.table.split("JOIN ")]

    def is_in(self, catalogue: Mapping[str, set[str]]) -> bool:
        """Tell whether a database has all of it."""
        if not all(table in catalogue for table in self.tables):
            return False
        named = {name for name in (self.key, self.value, self.owner) if name.isidentifier()}
        return {*named, *self.columns} <= set().union(*(catalogue[table] for table in self.tables))


@dataclass(frozen=True, slots=True)
class Entity:
    """What a search finds: rows of `table`, each named by `id`, the newest by `newest`.

    `where` picks those that MLflow's search shows by default. `is_in_experiments` tells whether each belongs
    to an experiment.
    """

    table: str
    id: str
    newest: str
    keys: tuple[KeyTable, ...]
    where: str = "1 = 1"
    is_in_experiments: bool = False
    columns: tuple[str, ...] = ()

    def is_in(self, catalogue: Mapping[str, set[str]]) -> bool:
        """Tell whether a database has it."""
        named = {name for name in (self.id, self.newest) if name.isidentifier()}
        experiment = {"experiment_id"} if self.is_in_experiments else set()
        return {*named, *experiment, *self.columns} <= catalogue.get(self.table, set())


def _names(kind: str, table: str, owner: str, **columns: str) -> tuple[KeyTable, ...]:
    return tuple(KeyTable(kind, table, f"'{key}'", column, owner) for key, column in columns.items())


_INPUTS = "inputs AS i JOIN datasets AS d ON d.dataset_uuid = i.source_id"
_INPUT_TAGS = "inputs AS i JOIN input_tags AS t ON t.input_uuid = i.input_uuid"
_IS_INPUT = "i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
_PROMPTS = """
    SELECT name FROM registered_model_tags
    WHERE "key" = 'mlflow.prompt.is_prompt' AND lower(value) = 'true'
"""
_VERSION = "name || '/' || version"
_MODEL_TAGS = KeyTable("tag", "registered_model_tags", "key", "value", "name")

ENTITIES: Mapping[str, Entity] = {
    "runs": Entity(
        "runs",
        "run_uuid",
        "start_time",
        (
            KeyTable(
                "metric",
                "latest_metrics",
                "key",
                "CASE WHEN is_nan THEN NULL ELSE value END",
                "run_uuid",
                is_scannable=True,
                is_number=True,
                columns=("value", "is_nan"),
            ),
            KeyTable("parameter", "params", "key", "value", "run_uuid", is_scannable=True),
            KeyTable("tag", "tags", "key", "value", "run_uuid", is_scannable=True),
            *_names("attribute", "runs", "run_uuid", run_name="name", user_id="user_id"),
            KeyTable("dataset", _INPUTS, "'name'", "d.name", "i.destination_id", _IS_INPUT),
            KeyTable("dataset", _INPUTS, "'digest'", "d.digest", "i.destination_id", _IS_INPUT),
            KeyTable(
                "dataset",
                _INPUT_TAGS,
                "'context'",
                "t.value",
                "i.destination_id",
                f"{_IS_INPUT} AND t.name = 'mlflow.data.context'",
            ),
        ),
        "lifecycle_stage = 'active'",
        is_in_experiments=True,
        columns=("lifecycle_stage",),
    ),
    "experiments": Entity(
        "experiments",
        "experiment_id",
        "experiment_id",
        (
            KeyTable("tag", "experiment_tags", "key", "value", "experiment_id", is_scannable=True),
            *_names("attribute", "experiments", "experiment_id", name="name"),
        ),
        "lifecycle_stage = 'active'",
        is_in_experiments=True,
        columns=("lifecycle_stage",),
    ),
    "registered_models": Entity(
        "registered_models",
        "name",
        "last_updated_time",
        (_MODEL_TAGS, *_names("attribute", "registered_models", "name", name="name")),
        f"name NOT IN ({_PROMPTS})",
    ),
    "prompts": Entity(
        "registered_models",
        "name",
        "last_updated_time",
        (_MODEL_TAGS, *_names("attribute", "registered_models", "name", name="name")),
        f"name IN ({_PROMPTS})",
    ),
    "model_versions": Entity(
        "model_versions",
        _VERSION,
        "creation_time",
        (
            KeyTable("tag", "model_version_tags", "key", "value", _VERSION, columns=("name", "version")),
            *_names(
                "attribute", "model_versions", _VERSION, name="name", run_id="run_id", source_path="source"
            ),
        ),
        f"current_stage <> 'Deleted_Internal' AND name NOT IN ({_PROMPTS})",
        columns=("name", "version", "current_stage"),
    ),
    "logged_models": Entity(
        "logged_models",
        "model_id",
        "creation_timestamp_ms",
        (
            KeyTable(
                "metrics", "logged_model_metrics", "metric_name", "metric_value", "model_id", is_number=True
            ),
            KeyTable("params", "logged_model_params", "param_key", "param_value", "model_id"),
            KeyTable("tags", "logged_model_tags", "tag_key", "tag_value", "model_id"),
            *_names(
                "attributes",
                "logged_models",
                "model_id",
                name="name",
                model_type="model_type",
                source_run_id="source_run_id",
            ),
        ),
        "lifecycle_stage = 'active'",
        is_in_experiments=True,
        columns=("lifecycle_stage",),
    ),
    "traces": Entity(
        "trace_info",
        "request_id",
        "timestamp_ms",
        (
            KeyTable("tag", "trace_tags", "key", "value", "request_id", is_scannable=True),
            KeyTable(
                "request_metadata", "trace_request_metadata", "key", "value", "request_id", is_scannable=True
            ),
            # Since 3.17 the name is no tag any more.
            *_names("attribute", "trace_info", "request_id", name="trace_name"),
            *_names("tag", "trace_info", "request_id", **{"mlflow.traceName": "trace_name"}),
            KeyTable(
                "attribute", "trace_tags", "'name'", "value", "request_id", "\"key\" = 'mlflow.traceName'"
            ),
            KeyTable(
                "attribute",
                "trace_request_metadata",
                "'run_id'",
                "value",
                "request_id",
                "\"key\" = 'mlflow.sourceRun'",
            ),
            *(
                KeyTable(
                    kind,
                    "assessments",
                    "name",
                    "value",
                    "trace_id",
                    f"assessment_type = '{kind}'",
                    is_json=True,
                )
                for kind in ("feedback", "expectation")
            ),
            *_names("span", "spans", "trace_id", name="name", type="type"),
        ),
        is_in_experiments=True,
    ),
    "evaluation_datasets": Entity(
        "evaluation_datasets",
        "dataset_id",
        "last_update_time",
        (
            KeyTable("tag", "evaluation_dataset_tags", "key", "value", "dataset_id"),
            *_names(
                "attribute",
                "evaluation_datasets",
                "dataset_id",
                name="name",
                created_by="created_by",
                last_updated_by="last_updated_by",
            ),
        ),
    ),
}
"""By the names of the dialects; of the others MLflow keeps no keys of people's own."""
