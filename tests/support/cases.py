"""The recorded verdicts of the real MLflow, from the shared folder beside the repository."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("MLQ_SHARED", Path(__file__).parents[3] / "shared"))


@dataclass(frozen=True, slots=True)
class Case:
    """One filter, asked of one MLflow: `ok` is None where that version has no such search."""

    mlflow: str
    entity: str
    filter: str
    ok: bool | None
    error: str | None


@dataclass(frozen=True, slots=True)
class OrderCase:
    """One `order_by` list, asked of one MLflow; logged models take dicts."""

    mlflow: str
    entity: str
    order_by: list[Any]
    ok: bool
    error: str | None


@cache
def recorded(name: str) -> tuple[Case, ...]:
    """Return all cases of `cases` or `versions`; skip the test where the recordings are not to be had."""
    return tuple(Case(**line) for line in _lines(name))


@cache
def recorded_order_by() -> tuple[OrderCase, ...]:
    """Return all recorded lists; skip the test where they are not to be had."""
    return tuple(OrderCase(**line) for line in _lines("order_by"))


def _lines(name: str) -> Iterator[dict[str, Any]]:
    path = SHARED / "oracle" / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no recorded verdicts at {path}; set MLQ_SHARED")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
