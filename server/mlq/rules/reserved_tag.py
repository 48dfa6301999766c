"""MLQ511: a tag that MLflow sets under another name."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.findings import Edit, Fix
from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning

# What MLflow itself sets, by entity and type of key.
_RESERVED = {
    ("runs", "tag"): (
        "mlflow.user",
        "mlflow.runName",
        "mlflow.parentRunId",
        "mlflow.source.name",
        "mlflow.source.type",
        "mlflow.source.git.commit",
        "mlflow.source.git.branch",
        "mlflow.source.git.repoURL",
        "mlflow.note.content",
    ),
    ("experiments", "tag"): ("mlflow.note.content",),
    ("traces", "tag"): ("mlflow.traceName",),
    ("traces", "request_metadata"): ("mlflow.trace.session", "mlflow.trace.user", "mlflow.sourceRun"),
}
# Other words for them, in the shape of `_shape`.
_NICKNAMES = {
    "mlflowgitcommit": "mlflow.source.git.commit",
    "mlflowgitbranch": "mlflow.source.git.branch",
    "mlflowsource": "mlflow.source.name",
    "mlflownote": "mlflow.note.content",
    "mlflowparentrun": "mlflow.parentRunId",
    "mlflowsession": "mlflow.trace.session",
}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.family or subject.family.type not in {"tag", "request_metadata"}:
            continue
        name = subject.name
        meant = _meant(name, meaning.dialect.entity, subject.family.type)
        if meant and meant != name:
            written = write_key(meant) or meant
            fix = Fix(f"Use {meant}", [Edit(*subject.name_span, written)], safe=False)
            yield Report(
                subject.name_span, f"MLflow itself sets {meant}, not {name}. Is that what you mean?", fix
            )


def _meant(name: str, entity: str, type_: str) -> str | None:
    """Return the reserved name that a name nearly is: without `mlflow.`, or spelt otherwise behind it."""
    shapes = _BY_SHAPE.get((entity, type_), {})
    if name[:6].lower() == "mlflow":
        return shapes.get(_shape(name))
    meant = f"mlflow.{name}"
    return meant if meant in _RESERVED.get((entity, type_), ()) else None


def _shape(name: str) -> str:
    return name.replace("_", "").replace(".", "").lower()


def _shapes(names: tuple[str, ...]) -> dict[str, str]:
    nicknames = {shape: name for shape, name in _NICKNAMES.items() if name in names}
    return nicknames | {_shape(name): name for name in names}


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    names = [name for (entity, _), names in _RESERVED.items() if entity == dialect.entity for name in names]
    return ("MLFLOW", *(name.removeprefix("mlflow.").upper() for name in names)) if names else None


_BY_SHAPE = {of: _shapes(names) for of, names in _RESERVED.items()}

RULE = Rule(
    code="MLQ511",
    name="reserved-tag",
    severity="information",
    summary="A tag that MLflow sets stands under another name",
    why="""MLflow keeps what it knows of a run in tags that begin with `mlflow.`: the user, the parent run,
the source and its commit. A tag of nearly this name exists only if somebody set it.""",
    wrong="""\
tags.user = 'ada'
     ^^^^""",
    right="tags.mlflow.user = 'ada'",
    check=check,
    signs=signs,
)
