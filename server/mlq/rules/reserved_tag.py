"""MLQ511: a tag that MLflow sets under another name."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule, replace
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
    ("traces", "request_metadata"): (
        "mlflow.trace.session",
        "mlflow.trace.user",
        "mlflow.sourceRun",
        "mlflow.source.name",
        "mlflow.source.git.commit",
    ),
}
# How else people write them, in small letters and without dots and underscores.
_NICKNAMES = {
    "gitcommit": "mlflow.source.git.commit",
    "mlflowgitcommit": "mlflow.source.git.commit",
    "gitbranch": "mlflow.source.git.branch",
    "mlflowgitbranch": "mlflow.source.git.branch",
    "mlflownote": "mlflow.note.content",
    "mlflowsource": "mlflow.source.name",
    "mlflowparentrun": "mlflow.parentRunId",
    "mlflowsession": "mlflow.trace.session",
}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.family or subject.family.type not in {"tag", "request_metadata"}:
            continue
        names = _names(meaning.dialect.entity, subject.family.type)
        meant = names.get(_shape(subject.name))
        if not meant or meant == subject.name:
            continue
        message = f"MLflow itself sets {meant}, not {subject.name}. Do you mean that?"
        yield Report(
            subject.name_span, message, replace(f"Use {meant}", subject.name_span, write_key(meant) or meant)
        )


def _names(entity: str, type_: str) -> dict[str, str]:
    """Return the reserved names by every shape in which people write them."""
    found = _BY_SHAPE.get((entity, type_))
    return found if found is not None else {}


def _shape(name: str) -> str:
    return name.replace("_", "").replace(".", "").lower()


def _shapes(names: tuple[str, ...]) -> dict[str, str]:
    shapes = {shape: name for shape, name in _NICKNAMES.items() if name in names}
    for name in names:
        shapes[_shape(name)] = name
        shapes.setdefault(_shape(name.removeprefix("mlflow.")), name)
    return shapes


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
)
