"""One filter and its findings: what `mlq.check` answers, and what every other feature asks."""

from __future__ import annotations

from functools import lru_cache

from mlq_grammar.dialect import Dialect, load

from mlq.findings import Finding
from mlq.rules.engine import findings


def check(filter: str, *, entity: str = "runs", mlflow_version: str | None = None) -> list[Finding]:  # noqa: A002  # the public name says what it takes
    """Return what is wrong with a filter, in the order of the text, in offsets of the filter.

    `entity` is what is searched (`runs`, `model_versions`, …); `mlflow_version` the MLflow that judges,
    default the newest known. Raises `ValueError` for an entity that mlq does not know.
    """
    dialect = dialect_of(entity, mlflow_version)
    if dialect is None:
        raise ValueError(f"mlq does not know how MLflow searches {entity!r}")
    return findings(filter, dialect)


@lru_cache(maxsize=64)
def dialect_of(entity: str, mlflow_version: str | None = None) -> Dialect | None:
    """Return the dialect of an entity; None where mlq has no table of it."""
    try:
        return load(entity, mlflow_version)
    except KeyError:
        return None


@lru_cache(maxsize=512)
def checked(text: str, entity: str, mlflow_version: str | None) -> tuple[Finding, ...]:
    """Return the findings of a filter, remembered by its text; none where the entity is not known."""
    dialect = dialect_of(entity, mlflow_version)
    return tuple(findings(text, dialect)) if dialect else ()
