"""Finds MLflow's filters in Python files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mlq.hosts import evidence
from mlq.hosts.apis import APIS, Api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.hosts.region import FilterRegion

_NAMES = "|".join(sorted(APIS, key=len, reverse=True))
_CALL = re.compile(rf"\b({_NAMES})\s*(?:(\()|,)")
_ALIAS = re.compile(rf"\b({_NAMES})[ \t]+as[ \t]+(\w+)")
_OTHER = re.compile(r"#\s*mlq:\s*\w|mlflow/[\w-]+/search\b")
_MOST_CALLS = 5_000  # more are no program; keeps the time for a hostile file bounded


class Hit(NamedTuple):
    """A name that may be an API's, in a call of it or where it is handed on."""

    start: int
    end: int
    api: Api
    is_called: bool


@lru_cache(maxsize=32)
def regions(text: str) -> tuple[FilterRegion, ...]:
    """Return the filters of a Python file in order; never raises, whatever the text."""
    if not evidence.in_python(text):
        return ()
    hits = sorted(hits_of(text), key=lambda hit: hit.start)[:_MOST_CALLS]
    if not hits and not _OTHER.search(text):
        return ()
    # This needs tree-sitter, which most files do not.
    from mlq.hosts.python.finding import found

    return found(text, hits)


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in: between its quotes, and in no hole."""
    return next((region for region in regions(text) if region.place_of(offset) is not None), None)


def hits_of(text: str) -> Iterator[Hit]:
    """Yield the names in a text that may be an API's."""
    for found in _CALL.finditer(text):
        yield Hit(*found.span(1), APIS[found[1]], bool(found[2]))
    for name, alias in set(_ALIAS.findall(text)):
        if alias not in APIS:
            for found in re.finditer(rf"\b({re.escape(alias)})\s*(?:(\()|,)", text):
                yield Hit(*found.span(1), APIS[name], bool(found[2]))
