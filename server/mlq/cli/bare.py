"""Filters that stand in no file: those of `--filter` and `--jsonl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.cli.checked import NotJudgedError

if TYPE_CHECKING:
    from mlq.findings import Finding
    from mlq.hosts.region import FilterRegion
    from mlq.ide.check import Judge


def check_bare(text: str, entity: str, judge: Judge) -> list[Finding]:
    """Return the findings of one filter."""
    from mlq.ide.check import checked

    return list(checked(text, entity, judge))


def check_order_by(items: list[object], entity: str, mlflow_version: str | None) -> list[tuple[int, Finding]]:
    """Return the findings of an `order_by` list, each with the item's place in it, from 0.

    Offsets are the item's; on logged models, whose items are dicts, those of its `field_name`. Raises
    `NotJudgedError` where the search has no `order_by`.
    """
    from mlq.ide.check import Judge, dialect_of
    from mlq.ide.order_by import check_order_by as check

    dialect = dialect_of(entity, Judge(mlflow_version))
    if dialect is None or not dialect.order_by.reader:
        raise NotJudgedError(f"MLflow's search of {entity} takes no order_by")
    found = check(items, entity=entity, mlflow_version=mlflow_version)
    return [(each.item, each.finding) for each in found]


def check_searched(entity: str, judge: Judge) -> None:
    """Raise `NotJudgedError` where this MLflow does not have the search: it says nothing of its filters."""
    from mlq.ide.check import dialect_of

    dialect = dialect_of(entity, judge)
    if dialect is None or not dialect.exists:
        raise NotJudgedError(f"MLflow {judge.mlflow_version} does not search {entity}")


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
