"""Filters that stand in no file: those of `--filter` and `--jsonl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.cli.checked import NotJudgedError

if TYPE_CHECKING:
    from mlq.findings import Finding
    from mlq.hosts.region import FilterRegion


def check_bare(text: str, entity: str, mlflow_version: str | None) -> list[Finding]:
    """Return the findings of one filter; raise `NotJudgedError` where this MLflow has no such search."""
    from mlq.ide.check import check, dialect_of

    dialect = dialect_of(entity, mlflow_version)
    if dialect is None or not dialect.exists:
        raise NotJudgedError(f"MLflow {mlflow_version} does not search {entity}")
    return check(text, entity=entity, mlflow_version=mlflow_version)


def region_of(text: str, entity: str) -> FilterRegion:
    """Return the region that is the whole text."""
    from mlq.hosts.region import FilterRegion, OffsetMap, Piece

    whole = Span(0, len(text))
    return FilterRegion(
        entity=entity,
        api="",
        text=text,
        start=0,
        end=len(text),
        line=1,
        column=1,
        shape="text",
        is_static=True,
        map=OffsetMap((Piece(whole, whole),)),
    )
