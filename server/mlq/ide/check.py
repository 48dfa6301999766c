"""One filter and its findings: what `mlq.check` answers, and what every other feature asks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mlq_grammar.dialect import Dialect, load

from mlq.findings import Finding
from mlq.rules.engine import findings


class Judge(NamedTuple):
    """Which MLflow judges, and the sqlparse beside it; None stands for the newest known."""

    mlflow_version: str | None = None
    sqlparse_version: str | None = None


NEWEST = Judge()


def check(
    filter: str,  # noqa: A002  # the public name says what it takes
    *,
    entity: str = "runs",
    mlflow_version: str | None = None,
    sqlparse_version: str | None = None,
) -> list[Finding]:
    """Return what is wrong with a filter, in the order of the text, in offsets of the filter.

    `entity` is what is searched (`runs`, `model_versions`, …); `mlflow_version` the MLflow that judges,
    default the newest known, and `sqlparse_version` the sqlparse beside it, default the newest. Raises
    `ValueError` for an entity that mlq does not know.
    """
    dialect = dialect_of(entity, Judge(mlflow_version, sqlparse_version))
    if dialect is None:
        raise ValueError(f"mlq does not know how MLflow searches {entity!r}")
    return findings(filter, dialect)


@lru_cache(maxsize=64)
def dialect_of(entity: str, judge: Judge = NEWEST) -> Dialect | None:
    """Return the dialect of an entity; None where mlq has no table of it."""
    try:
        return load(entity, *judge)
    except KeyError:
        return None


@lru_cache(maxsize=512)
def checked(text: str, entity: str, judge: Judge) -> tuple[Finding, ...]:
    """Return the findings of a filter, remembered by its text; none where the entity is not known."""
    dialect = dialect_of(entity, judge)
    return tuple(findings(text, dialect)) if dialect else ()
