"""The TOML tables that come with the package, and what of them holds in a release of MLflow."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from mlq_grammar.releases import numbers

_FOLDER = Path(__file__).parent / "dialects"


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table of an entity, or that of the sentences: `messages`. It must not be changed."""
    return read(_FOLDER / f"{name}.toml")


def read(path: Path) -> dict[str, Any]:
    """Return a table as it is written."""
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    rows: dict[str, Any] = toml.loads(path.read_text(encoding="utf-8"))
    return rows


def as_of(node: Any, at: tuple[int, ...]) -> Any:
    """Return what of a table holds in a release.

    A row with `since` or `until` holds only from, or only before, that release; `{is = …, since = …}` is such
    an item of a list; `{"2.3.0" = …, "3.18.0" = …}` is a value that changed in these releases.
    """
    if isinstance(node, list):
        return [as_of(item, at) for item in node if _holds(item, at)]
    if not isinstance(node, dict):
        return node
    if "is" in node:
        return node["is"]
    if node and all(name[0].isdigit() for name in node):
        begun = [name for name in node if numbers(name) <= at] or list(node)[:1]
        return as_of(node[max(begun, key=numbers)], at)
    return {name: as_of(value, at) for name, value in node.items() if name not in ("since", "until")}


def _holds(row: Any, at: tuple[int, ...]) -> bool:
    if not isinstance(row, dict):
        return True
    return numbers(row.get("since", "0")) <= at and ("until" not in row or at < numbers(row["until"]))
