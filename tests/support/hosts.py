"""Checks on the filters that are found in files."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mlq.hosts import find_filters
from mlq.hosts.region import FilterRegion
from mlq_grammar.spans import Span
from support import marks

SHARED = Path(os.environ.get("MLQ_SHARED", Path(__file__).parents[3] / "shared"))


def check(source: str, *, path: str = "file.py") -> list[FilterRegion]:
    """Check that the filters found are the marked ones: the span is the expression's, the text `api: filter`.

    Without marks, nothing must be found.
    """
    marked = marks.read(source)
    found = find_filters(marked.text, path=path)
    assert [(Span(region.start, region.end), f"{region.api}: {region.text}") for region in found] == [
        *marked.marks
    ]
    for region in found:
        check_map(region, marked.text)
    return found


def texts(source: str, *, path: str = "file.py") -> list[str]:
    """Return the texts of the filters found, in order."""
    return [region.text for region in find_filters(source, path=path)]


def check_map(region: FilterRegion, source: str) -> None:
    """Check what holds for every region: each character maps into the expression, in order, and back."""
    last = region.start
    for offset in range(len(region.text)):
        outer = region.map.to_outer(Span(offset, offset + 1))
        assert last <= outer.start < outer.end <= region.end, (offset, outer)
        assert region.map.to_inner(outer.start) == offset
        assert region.to_source(offset) == outer.start
        last = outer.end
    assert region.map.to_inner(region.to_source(len(region.text))) == len(region.text)
    assert source[region.start : region.end]


@cache
def sites() -> tuple[dict[str, Any], ...]:
    """Return the call sites read in public code; skip the test where they are not to be had."""
    path = SHARED / "corpus" / "sites.jsonl"
    if not path.exists():
        pytest.skip(f"needs {path}")
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
