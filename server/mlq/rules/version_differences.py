"""Which versions of MLflow may judge a condition otherwise than ours: told from the tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise

from mlq_grammar.dialect import Checks, Dialect, Key, Syntax, changes, load
from mlq_grammar.releases import numbers

from mlq.semantics.meaning import Subject

Facts = tuple[object, ...]

# Operators, joints and fields of the tables, each with what a text must hold to have a use for it.
_SIGNS = {
    "IS NULL": "NULL",
    "IS NOT NULL": "NULL",
    "NULL": "NULL",
    "bad_null": "NULL",
    "IN": "IN",
    "NOT IN": "IN",
    "LIKE": "LIKE",
    "ILIKE": "ILIKE",
    "RLIKE": "RLIKE",
    "lists": "(",
    "bad_list": "(",
    "TIMESTAMP": "TIMESTAMP",
    "datasets-alone": " AND ",
    "span-window": " AND ",
}


@dataclass(frozen=True, slots=True)
class Other:
    """The dialect of other releases than ours; `limit` is the one with which they began or ended."""

    dialect: Dialect
    limit: str
    is_newer: bool


@lru_cache(maxsize=64)
def others(entity: str, mlflow_version: str, sqlparse_version: str) -> tuple[Other, ...]:
    """Return one dialect for each span of releases that judge alike: the newer first, the nearest first."""
    at, versions = numbers(mlflow_version), changes(entity)
    newer = [version for version in versions if numbers(version) > at]
    older = versions[: len(versions) - len(newer)]
    found = [Other(load(entity, version, sqlparse_version), version, is_newer=True) for version in newer]
    # The last of the older ones is the span that we are in; each ends where the next begins.
    ended = reversed(tuple(pairwise(older)))
    found += [
        Other(load(entity, version, sqlparse_version), following, is_newer=False)
        for version, following in ended
    ]
    return tuple(other for other in found if other.dialect.exists)


def differing(text: str, subject: Subject, dialect: Dialect) -> tuple[Other, ...]:
    """Return the others that may have another verdict on a condition whose left side is the subject."""
    upper = text.upper()
    unused = tuple(word for word, sign in _SIGNS.items() if sign not in upper)
    prefix = subject.prefix if subject.prefix or subject.span != subject.name_span else None
    versions = (dialect.mlflow_version, dialect.sqlparse_version)
    name = subject.name if _is_listed(subject.name, dialect.entity, versions) else ""
    return _differing(dialect.entity, versions, prefix, name, unused)


def _is_listed(name: str, entity: str, versions: tuple[str, str]) -> bool:
    """Whether a table of any version has a key of this name; all other names are alike to all of them."""
    names, beginnings = _listed(entity, versions)
    return name in names or name.lower() in names or name.startswith(beginnings)


@lru_cache(maxsize=64)
def _listed(entity: str, versions: tuple[str, str]) -> tuple[frozenset[str], tuple[str, ...]]:
    dialects = [load(entity, *versions), *(other.dialect for other in others(entity, *versions))]
    keys = [key for dialect in dialects for family in dialect.families for key in family.listed]
    routes = [name for dialect in dialects for name, _, _ in dialect.syntax.routes]
    names = [name for key in keys for name in (key.name, *key.aliases)]
    return frozenset([*names, *routes]), tuple(key.name for key in keys if key.is_prefix)


@lru_cache(maxsize=1024)
def _differing(
    entity: str, versions: tuple[str, str], prefix: str | None, name: str, unused: tuple[str, ...]
) -> tuple[Other, ...]:
    ours = _facts(load(entity, *versions), prefix, name, unused)
    found = others(entity, *versions)
    return tuple(other for other in found if _facts(other.dialect, prefix, name, unused) != ours)


def _facts(dialect: Dialect, prefix: str | None, name: str, unused: tuple[str, ...]) -> Facts:
    """Return all that decides on such a condition in a dialect; its sentences do not."""
    family = dialect.bare if prefix is None else dialect.family(prefix.strip("`"))
    if family is None:
        return ()
    keys = [family.key(name), *_routed(dialect, name)]
    kind = (family.type, family.stage, bool(family.refused))
    return (kind, _values(dialect.syntax, unused), *(_of_key(key, unused) for key in keys))


def _routed(dialect: Dialect, name: str) -> Iterator[Key | None]:
    for route, type_, target in dialect.syntax.routes:
        if route == name.lower():
            yield from (family.key(target) for family in dialect.families if family.type == type_)


def _of_key(key: Key | None, unused: tuple[str, ...]) -> Facts:
    if key is None:
        return ()
    comparators = tuple(name for name in key.comparators if name not in unused)
    return (key.name, key.value, comparators, key.values, *_values(key.checks, unused))


def _values(row: Checks | Syntax, unused: tuple[str, ...]) -> Facts:
    """Return the fields of a row that the text has a use for; of a sentence, whether there is one."""
    return tuple(
        _value(field.name, getattr(row, field.name), unused)
        for field in fields(row)
        if field.name not in unused
    )


def _value(name: str, value: object, unused: tuple[str, ...]) -> object:
    if name.startswith("bad_"):
        return bool(value)
    return tuple(item for item in value if item not in unused) if isinstance(value, tuple) else value
