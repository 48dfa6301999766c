"""Filters in files of keys and values: which keys hold one, and of which entity, whatever the syntax."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.apis import APIS, OTHER_OWNERS, SEARCHES
from mlq.hosts.embedding import Embedding, joined
from mlq.hosts.region import FilterRegion, Hole
from mlq.hosts.valued import Value, region_of
from mlq.text import LineIndex

FILTER_KEY = "filter_string"
Path = tuple[str, ...]
FilterKeys = tuple[tuple[str, str], ...]
"""Keys that a setting calls filters: `evaluation.where`, and the entity of each."""

_OURS = "mlflow"
_WORD = re.compile(r"[a-z]\w*", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w-]+[./:])*(\w+)")
_ALIASES = {"datasets": "evaluation_datasets", "models": "registered_models"}
_NAMES = {
    **{name: api.entity for name, api in APIS.items()},
    **_ALIASES,
    **{entity: entity for entity in SEARCHES},
    **{entity.removesuffix("s"): entity for entity in SEARCHES},
}
_DEFAULT_ENTITY = "runs"
# What templates of all kinds leave open.
_OPEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{\{.*?\}\}|\$\{.*?\}|\$\w+|\{\w*\}", re.DOTALL)
_SHELL = re.compile(r"\bmlflow\b.*--filter-string|\bpython[\d.]*\s+-", re.DOTALL)


class Entry(NamedTuple):
    """A key with a plain value. `path` are the keys that lead to it, with `#0` for a place in a list."""

    path: Path
    text: str
    read: Callable[[], Value | None]

    @property
    def keys(self) -> Path:
        """The keys alone."""
        return tuple(key for key in self.path if not key.startswith("#"))


def regions(text: str, entries: Iterable[Entry], keys: FilterKeys) -> tuple[FilterRegion, ...]:
    """Return the filters among the entries of a file, in order."""
    entries = tuple(entries)
    around = _said(entries)
    lines = LineIndex(text)
    found: list[FilterRegion] = []
    for entry in entries:
        entity = _named(entry, keys) or _entity(entry, around, is_ours=_OURS in text.lower())
        value = entry.read() if entity else None
        if value and value.text.strip():
            found.append(region_of(_opened(value), entity, lines))
    return tuple(sorted(found, key=lambda region: region.start))


def embeddings(entries: Iterable[Entry]) -> Iterator[Embedding]:
    """Yield the shell commands among the entries of a file, as far as they may hold filters."""
    for entry in entries:
        if _SHELL.search(entry.text):
            value = entry.read()
            if value:
                yield joined("shellscript", value.stretches)


def may_be_named(text: str, keys: FilterKeys) -> bool:
    """Whether a text has the last part of a key that a setting names."""
    return any(key.rpartition(".")[2] in text for key, _ in keys)


def _named(entry: Entry, keys: FilterKeys) -> str:
    """Return the entity that a setting names for a key: `where`, or with more of the way to it."""
    for key, entity in keys:
        wanted = tuple(key.split("."))
        if entry.keys[-len(wanted) :] == wanted:
            return entity
    return ""


class _Said(NamedTuple):
    """What a stretch of a file tells of the filters in it: an entity, and whether they are MLflow's."""

    entity: str
    is_ours: bool | None


def _said(entries: Iterable[Entry]) -> dict[Path, _Said]:
    """Return by path what the keys and plain values beside each other tell."""
    beside: dict[Path, set[str]] = defaultdict(set)
    for entry in entries:
        for at, key in enumerate(entry.path):
            beside[entry.path[:at]].add(key)
        beside[entry.path[:-1]].add(entry.text)
    return {path: _told(sorted(words)) for path, words in beside.items()}


def _told(words: list[str]) -> _Said:
    return _Said(_said_entity(words), _said_owner(words))


def _entity(entry: Entry, around: dict[Path, _Said], *, is_ours: bool) -> str:
    """Return what a filter searches that MLflow is given; empty where the key is not one of MLflow's.

    The word alone proves nothing: what stands nearest to it and names a library says whose it is.
    """
    if entry.keys[-1:] != (FILTER_KEY,):
        return ""
    said: list[_Said] = []
    for depth in range(len(entry.path) - 1, -1, -1):
        said += [around[entry.path[:depth]], _told(list(entry.path[depth - 1 : depth]))]
    owner = next((each.is_ours for each in said if each.is_ours is not None), is_ours)
    entity = next((each.entity for each in said if each.entity), _DEFAULT_ENTITY)
    return entity if owner else ""


def _said_entity(said: Iterable[str]) -> str:
    names = (_NAME.fullmatch(each) for each in said)
    return next((_NAMES[name[1]] for name in names if name and name[1] in _NAMES), "")


def _said_owner(said: Iterable[str]) -> bool | None:
    words = {word for each in said for found in _WORD.finditer(each.lower()) for word in found[0].split("_")}
    if _OURS in words:
        return True
    return False if words & OTHER_OWNERS else None


def _opened(value: Value) -> Value:
    """Return a value with holes where a template is to be filled in."""
    gaps = tuple(Hole(Span(*found.span()), source=found[0]) for found in _OPEN.finditer(value.text))
    return value._replace(gaps=gaps)
