"""What a query found, as a table: who it is, and the keys that the query speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mlq.cli.frame import printable, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlq.queries import Query

Row = dict[str, str]

# What tells one from another, whatever kind of thing it is.
_IDENTITY = ("run_id", "experiment_id", "trace_id", "model_id", "dataset_id", "name", "version", "status")
_DIRECTION = re.compile(r"\s+(ASC|DESC)\s*$", re.IGNORECASE)


def columns_of(entity: Any, query: Query) -> Row:
    """Return what to show of an MLflow entity, by column."""
    if query.entity != "runs":
        present = {name: getattr(entity, name, None) for name in _IDENTITY}
        return {name: str(value) for name, value in present.items() if value not in (None, "")}
    info, data = entity.info, entity.data
    row = {"run_id": info.run_id, "run_name": info.run_name or "", "status": info.status}
    stores = {"metric": data.metrics, "parameter": data.params, "tag": data.tags}
    for kind, name, label in _keys(query):
        if kind in stores:
            row[label] = str(stores[kind].get(name, ""))
    return row


def _keys(query: Query) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the name and the label of each key that the query sorts or filters by."""
    from mlq_grammar.dialect import load

    from mlq.semantics.meaning import resolve

    dialect = load(query.entity)
    orders = (_DIRECTION.sub("", text) for text in query.order_by)
    for text in (*orders, query.filter):
        for condition in resolve(text, dialect).conditions:
            subject = condition.subject
            if subject and subject.family:
                yield subject.family.type, subject.name, subject.label


def print_table(rows: Sequence[Row]) -> None:
    """Print rows under their columns, in the order in which the columns first come."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    shown = [[printable(cell) for cell in line] for line in lines]
    widths = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    for line in shown if rows else []:
        cells = [cell + " " * (space - width(cell)) for cell, space in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())
    print(f"\n{len(rows)} found" if rows else "nothing found")
