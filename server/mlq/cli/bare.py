"""Filters that stand in no file: those of `--filter` and `--jsonl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.cli.checked import NotJudgedError

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect

    from mlq.findings import Finding
    from mlq.hosts.region import FilterRegion


def check_bare(text: str, entity: str, mlflow_version: str | None) -> list[Finding]:
    """Return the findings of one filter; raise `NotJudgedError` where this MLflow has no such search."""
    from mlq.ide.check import check

    _searched(entity, mlflow_version)
    return check(text, entity=entity, mlflow_version=mlflow_version)


def check_order_by(items: list[object], entity: str, mlflow_version: str | None) -> list[tuple[int, Finding]]:
    """Return the findings of an `order_by` list, each with the item's place in it, from 0.

    Offsets are the item's; on logged models, whose items are dicts, those of its `field_name`. Raises
    `NotJudgedError` where this MLflow has no such search, or its search no `order_by`.
    """
    from mlq.ide.order_by import check_order_by as check

    if not _searched(entity, mlflow_version).order_by.reader:
        raise NotJudgedError(f"MLflow's search of {entity} takes no order_by")
    found = check(items, entity=entity, mlflow_version=mlflow_version)
    return [(each.item, each.finding) for each in found]


def _searched(entity: str, mlflow_version: str | None) -> Dialect:
    """Return the dialect of a search; raise `NotJudgedError` where this MLflow does not have it."""
    from mlq.ide.check import dialect_of

    dialect = dialect_of(entity, mlflow_version)
    if dialect is None or not dialect.exists:
        raise NotJudgedError(f"MLflow {mlflow_version} does not search {entity}")
    return dialect


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
