"""Finds MLflow's filters in Python files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mlq.hosts import evidence
from mlq.hosts.apis import APIS, Api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.hosts.modules import Modules
    from mlq.hosts.region import FilterRegion

_NAMES = "|".join(sorted(APIS, key=len, reverse=True))
_CALL = re.compile(rf"\b({_NAMES})\s*(?:(\()|,)")
_ALIAS = re.compile(rf"\b({_NAMES})[ \t]+as[ \t]+(\w+)")
_ASSIGNED = re.compile(
    rf"\b(\w+)[ \t]*=[ \t]*(?:(?:functools\.)?partial\([ \t]*)?[\w.()]*\b({_NAMES})[ \t]*(?:,|\)|$)",
    re.MULTILINE,
)
_OTHER = re.compile(r"#\s*mlq:\s*\w|mlflow/[\w-]+/search\b")
LONGEST = 2_000_000
"""The most code points of Python that are parsed: a tree takes up to 150 bytes for each."""
_MOST_CALLS = 5_000  # more are no program; keeps the time for a hostile file bounded


class Hit(NamedTuple):
    """A name that may be an API's, in a call of it or where it is handed on."""

    start: int
    end: int
    api: Api
    is_called: bool


@lru_cache(maxsize=32)
def regions(text: str, modules: Modules = ()) -> tuple[FilterRegion, ...]:
    """Return the filters of a Python file in order; never raises, whatever the text and the modules."""
    if len(text) > LONGEST or not is_worth_parsing(text):
        return ()
    # This needs tree-sitter, which most files do not.
    from mlq.hosts.python.finding import found

    return found(text, sorted(hits_of(text), key=lambda hit: hit.start)[:_MOST_CALLS], modules)


def problem(text: str) -> str:
    """Return why a text that may hold filters is not read; empty where it is."""
    if len(text) <= LONGEST or not is_worth_parsing(text):
        return ""
    return f"longer than {LONGEST // 1_000_000} MB, the most that is read of a file with searches in it"


def is_worth_parsing(text: str) -> bool:
    """Whether there may be a filter in a text: most files have none."""
    return evidence.in_python(text) and (any(True for _ in hits_of(text)) or bool(_OTHER.search(text)))


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in: between its quotes, and in no hole."""
    return next((region for region in regions(text) if region.place_of(offset) is not None), None)


def hits_of(text: str) -> Iterator[Hit]:
    """Yield the names in a text that may be an API's."""
    for found in _CALL.finditer(text):
        yield Hit(*found.span(1), APIS[found[1]], bool(found[2]))
    aliases = {(name, alias) for alias, name in _ASSIGNED.findall(text)} | set(_ALIAS.findall(text))
    for name, alias in aliases:
        if alias not in APIS:
            for found in re.finditer(rf"\b({re.escape(alias)})\s*(?:(\()|,)", text):
                yield Hit(*found.span(1), APIS[name], bool(found[2]))
