"""The recorded verdicts of the real MLflow, from the shared folder beside the repository."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


@cache
def recorded(name: str) -> tuple[Case, ...]:
    """Return all cases of `cases` or `versions`; skip the test where the recordings are not to be had."""
    path = SHARED / "oracle" / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no recorded verdicts at {path}; set MLQ_SHARED")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(Case(**json.loads(line)) for line in lines)
