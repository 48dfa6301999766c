"""Checks of features inside one filter: marked text in, the text after the edit out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mlq.findings import Edit, apply
from mlq.ide.completion import complete
from mlq.ide.hover import hover
from mlq.keys.index import KeyIndex
from mlq.keys.table import KeyInfo, KeyTable
from mlq_grammar.dialect import load
from support.marks import read

if TYPE_CHECKING:
    from mlq.ide.model import CompletionItem, Hover

RUNS = 36


def index(**kinds: dict[str, tuple[str, ...]]) -> KeyIndex:
    """Return a picture of a store, where all runs have each key: `index(tag={"team": ("growth",)})`."""
    return KeyIndex(
        "sqlite:///mlflow.db",
        RUNS,
        complete=True,
        kinds=MappingProxyType(
            {
                kind: KeyTable.of(_key(name, values) for name, values in keys.items())
                for kind, keys in kinds.items()
            }
        ),
    )


def _key(name: str, values: tuple[str, ...]) -> KeyInfo:
    return KeyInfo(name, RUNS, values, is_enumerated=bool(values))


CHURN = index(
    metric={"auc": (), "val loss": (), "train/loss": (), "in": ()},
    parameter={
        "model": ("xgboost", "lightgbm", "logreg"),
        "max depth": ("4", "8"),
        "note": ("it's", "a\"b'c"),
    },
    tag={"team": ("growth", "retention"), "mlflow.user": ("ada", "grace")},
    attribute={"run_name": ("bold-crab-1",), "run_id": ("0a1b", "2c3d")},
    dataset={"name": ("customers",)},
)


def items(
    source: str, known: KeyIndex = CHURN, *, entity: str = "runs", mlflow_version: str | None = None
) -> list[CompletionItem]:
    """Return what is offered at `$0`, in order."""
    marked = read(source)
    assert marked.cursor is not None
    return list(complete(marked.text, marked.cursor, load(entity, mlflow_version), known).items)


def labels(source: str, known: KeyIndex = CHURN) -> list[str]:
    """Return the labels of what is offered at `$0`, in order."""
    return [item.label for item in items(source, known)]


def accept(source: str, label: str, known: KeyIndex = CHURN) -> str:
    """Return the text after the item of this label was chosen at `$0`."""
    offered = items(source, known)
    (chosen,) = [item for item in offered if item.label == label]
    return apply([Edit(chosen.span.start, chosen.span.end, chosen.text)], read(source).text)


def hovered(source: str, known: KeyIndex = CHURN) -> tuple[str, str] | None:
    """Return the part of the text that the hover at `$0` speaks of, and what it says."""
    marked = read(source)
    assert marked.cursor is not None
    found: Hover | None = hover(marked.text, marked.cursor, load("runs"), known)
    return (found.span.of(marked.text), found.markdown) if found else None
