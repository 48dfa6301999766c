"""Finds MLflow's filters in Python files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts import evidence
from mlq.hosts.python.hits import hits_of

if TYPE_CHECKING:
    from mlq.hosts.modules import Modules
    from mlq.hosts.region import FilterRegion

_OTHER = re.compile(r"#\s*mlq:\s*\w|mlflow/[\w-]+/search\b")
LONGEST = 2_000_000
"""The most code points of Python that are parsed: a tree takes up to 150 bytes for each."""


@lru_cache(maxsize=32)
def regions(text: str, modules: Modules = ()) -> tuple[FilterRegion, ...]:
    """Return the filters of a Python file in order; never raises, whatever the text and the modules."""
    if len(text) > LONGEST or not is_worth_parsing(text):
        return ()
    # This needs tree-sitter, which most files do not.
    from mlq.hosts.python.finding import found

    return found(text, hits_of(text), modules)


def problem(text: str) -> str:
    """Return why a text that may hold filters is not read; empty where it is."""
    if len(text) <= LONGEST or not is_worth_parsing(text):
        return ""
    return f"longer than {LONGEST // 1_000_000} MB, the most that is read of a file with searches in it"


def is_worth_parsing(text: str) -> bool:
    """Whether there may be a filter in a text: most files have none."""
    return evidence.in_python(text) and bool(hits_of(text) or _OTHER.search(text))


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in: between its quotes, and in no hole."""
    return next((region for region in regions(text) if region.place_of(offset) is not None), None)
