"""What each search API's filter language has, read from `dialects/*.toml` as one version of MLflow has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from typing import Any, Literal

from mlq_grammar import sqlparse
from mlq_grammar.entities import ENTITIES as ENTITIES
from mlq_grammar.releases import NEWEST, OLDEST, numbers
from mlq_grammar.sentences import sentences
from mlq_grammar.tables import as_of, table

ValueKind = Literal["text", "number"]

JOINS_SINCE = "0.4.4"
"""The sqlparse since which MLflow puts IN and IS NULL together itself; older ones know IN, not IS NULL."""


@dataclass(frozen=True, slots=True)
class Checks:
    """How MLflow judges a clause on a key: which values it takes, and its sentence for each refusal.

    `takes` holds any of `quoted`, `list`, `number`; `number` is `text` where MLflow keeps a number as
    written. `named` are the comparators that MLflow's sentence lists, which may be more than the key
    really has: `bad_comparator` is for the others, `bad_use` for one of the named. `free` are the
    comparators that need no table of their own in the query; each other clause joins `joins` tables. A
    clause deepens the query's condition by `depth`, and makes it at least as deep as `base` if it comes
    first or later; `null_depth` and `null_base` say so of IS NULL. `before_value`, `after_value`,
    `in_store` name the steps of `verdict/` that come then.
    """

    takes: frozenset[str] = frozenset({"quoted"})
    number: str = "text"
    named: tuple[str, ...] = ()
    is_case_free: bool = True
    before_value: tuple[str, ...] = ()
    after_value: tuple[str, ...] = ()
    in_store: tuple[str, ...] = ()
    free: tuple[str, ...] = ("IS NULL", "IS NOT NULL")
    joins: int = 0
    depth: int = 1
    base: tuple[int, int] = (0, 0)
    null_depth: int = 1
    null_base: tuple[int, int] = (0, 0)
    bad_value: str = ""
    bad_list: str = ""
    bad_number: str = ""
    bad_empty: str = ""
    bad_comparator: str = ""
    bad_use: str = ""
    bad_null: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What can be compared: an attribute, or any key of an open family such as `metrics`.

    `comparators` are in canonical spelling (`IS NOT NULL`), in the order in which people should be offered
    them; `values` are the known values of an enumerated key, for completion: MLflow checks none of them.
    A key with `is_prefix` stands for all names that begin with its own, such as `attributes.` on spans.
    """

    name: str
    value: ValueKind
    comparators: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    takes_list: bool = False
    values: tuple[str, ...] = ()
    is_prefix: bool = False
    checks: Checks = Checks()

    def stands_for(self, name: str) -> bool:
        """Whether a name in a filter means this key."""
        if self.is_prefix:
            return name.startswith(self.name)
        return name == self.name or name in self.aliases


@dataclass(frozen=True, slots=True)
class Family:
    """Keys under common prefixes. `type` is MLflow's own word for it, `prefixes[0]` the usual prefix, if any.

    `keys` lists a closed family; None means that any key may follow, each like `pattern` but for the `known`
    ones. `is_bare` tells whether the keys may stand without a prefix. `bad_key` is MLflow's sentence for a
    key that a closed family lacks, which it notices at the `stage` `key`, `clause` or `store`; `refused` is
    the one for every use of a family that parses and is refused later. `nan_is_zero` tells that MLflow finds
    what is no number as if it were 0.
    """

    type: str
    prefixes: tuple[str, ...]
    pattern: Key
    keys: tuple[Key, ...] | None = None
    known: tuple[Key, ...] = ()
    is_bare: bool = False
    stage: str = "key"
    bad_key: str = ""
    refused: str = ""
    nan_is_zero: bool = False
    _named: dict[str, Key] = field(init=False, repr=False, compare=False)
    _begun: tuple[Key, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """List the keys by their names: each condition looks one up."""
        listed = self.listed
        names = [name for key in listed for name in (key.name, *key.aliases)]
        named = {name: next(key for key in listed if key.stands_for(name)) for name in names}
        object.__setattr__(self, "_named", named)
        object.__setattr__(self, "_begun", tuple(key for key in listed if key.is_prefix))

    @property
    def listed(self) -> tuple[Key, ...]:
        """The keys that have a row of their own."""
        return self.known if self.keys is None else self.keys

    def key(self, name: str) -> Key | None:
        """Return the key of this name or alias; None where a closed family has no such key."""
        found = self._named.get(name)
        if found is None and self._begun:
            found = next((key for key in self._begun if key.stands_for(name)), None)
        return self.pattern if found is None and self.keys is None else found

    @property
    def names(self) -> tuple[str, ...]:
        """The names and aliases of a closed family's keys."""
        return tuple(name for key in self.keys or () for name in (key.name, *key.aliases))


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a search API does with a filter around its clauses: switches of the steps in `verdict/`.

    `reader` names how clauses are read; `rewrite` a step on the text before anything else; `words` are bare
    words that are names here although sqlparse takes them for keywords; `joins` are the clauses that MLflow
    puts together itself; `strips` tells which quotes a key loses, `strips_first` whether before it is looked
    up; `routes` are keys that mean one of another family: key, type (or none), name; `depth` is that of a
    query without clauses; `steps` look at all clauses together; `class_attributes` are names on logged models
    that are no columns.
    """

    reader: str = "search"
    rewrite: str = ""
    words: tuple[str, ...] = ()
    joins: tuple[str, ...] = ("IN", "NULL")
    separators: tuple[str, ...] = ("AND",)
    lists: str = "literal"
    strips: tuple[str, ...] = ("quotes", "backticks")
    strips_first: bool = True
    prefix_in_backticks: bool = True
    routes: tuple[tuple[str, str, str], ...] = ()
    steps: tuple[str, ...] = ()
    class_attributes: tuple[str, ...] = ()
    depth: int = 4
    bad_clause: str = ""
    bad_prefix: str = ""
    bad_null: str = ""
    bad_left: str = ""


@dataclass(frozen=True, slots=True)
class OrderBy:
    """What a search API sorts by: the rows of `verdict/order_by.py`.

    `reader` names how an item is read; it is empty where the API has no `order_by`. `columns` are the names
    that are sorted by, the usual ones first; `aliases` those that mean another one. `families` are the types
    of keys that are sorted by too: each key of them or, with `is_closed`, those named like a column. `strips`
    tells which quotes a column without a prefix loses, `rewrite` is a step on an item before anything else.
    `reserved` are keys, by their type, that are refused, `absent` columns that the database lacks. Each item
    makes `terms` of the query's, and each of `ties` one more where it is not sorted by.
    """

    reader: str = ""
    columns: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    families: tuple[str, ...] = ()
    is_closed: bool = False
    strips: tuple[str, ...] = ()
    rewrite: str = ""
    reserved: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    terms: int = 1
    ties: tuple[str, ...] = ()
    bad_column: str = ""
    bad_family: str = ""
    bad_duplicate: str = ""
    bad_reserved: str = ""
    bad_absent: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The filter language of one search API in one version of MLflow; `exists` is whether it has the API.

    `sqlparse_version` is the release of sqlparse that reads the filters: one of `sqlparse.RELEASES`.
    """

    entity: str
    mlflow_version: str
    families: tuple[Family, ...]
    sqlparse_version: str = sqlparse.NEWEST
    exists: bool = True
    syntax: Syntax = Syntax()
    order_by: OrderBy = OrderBy()
    bare: Family | None = field(init=False, repr=False, compare=False)
    _opened: dict[str, Family] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """List the families by their prefixes; `bare` is the one whose keys need none."""
        bare = next((family for family in self.families if family.is_bare), None)
        opened = {prefix: family for family in reversed(self.families) for prefix in family.prefixes}
        object.__setattr__(self, "bare", bare)
        object.__setattr__(self, "_opened", opened)

    def family(self, prefix: str) -> Family | None:
        """Return the family that this prefix opens, None for an unknown one. Case matters, as in MLflow."""
        return self._opened.get(prefix)


def load(entity: str, mlflow_version: str | None = None, sqlparse_version: str | None = None) -> Dialect:
    """Return an entity's dialect as this version of MLflow (default: the newest known) has it.

    `sqlparse_version` is the sqlparse beside it, by default the newest, which every MLflow allows. Raises
    `KeyError` for an entity that has no table.
    """
    if entity not in ENTITIES:
        raise KeyError(entity)
    beside = sqlparse.nearest(sqlparse_version) if sqlparse_version else sqlparse.NEWEST
    return _load(entity, mlflow_version or NEWEST, beside)


@lru_cache(maxsize=256)
def _load(entity: str, mlflow_version: str, sqlparse_version: str) -> Dialect:
    at = numbers(mlflow_version)
    rows = as_of(table(entity), at)
    families: tuple[Family, ...] = tuple(_family(row) for row in rows.get("family", ()))
    return Dialect(
        entity=entity,
        mlflow_version=mlflow_version,
        families=families,
        sqlparse_version=sqlparse_version,
        exists=at >= numbers(rows.get("first", "0")),
        syntax=_syntax(rows.get("syntax", {}), sqlparse_version),
        order_by=_filled(OrderBy, rows.get("order_by", {})),
    )


def _syntax(row: dict[str, Any], sqlparse_version: str) -> Syntax:
    filled: Syntax = _filled(Syntax, row)
    joins_itself = sqlparse.holds(sqlparse_version, since=JOINS_SINCE)
    return filled if joins_itself else replace(filled, joins=())


@cache
def changes(entity: str) -> tuple[str, ...]:
    """Return the versions in which an entity's filter language changed, the oldest known first."""
    found = {OLDEST, *_versions_in(table(entity))}
    return tuple(sorted(found, key=numbers))


def _versions_in(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _versions_in(item)
    elif isinstance(node, dict):
        yield from (name for name in node if name[0].isdigit())
        for name, value in node.items():
            if name in ("since", "until", "first"):
                yield value
            yield from _versions_in(value)


def _family(row: dict[str, Any]) -> Any:
    rows = row.pop("key", None)
    own = {each.name for each in fields(Family)}
    shared = {name: value for name, value in row.items() if name not in own}
    keys = tuple(_key({**shared, **key}) for key in rows or ())
    is_open = rows is None or row.pop("is_open", False)
    listed = {"known": keys} if is_open else {"keys": keys}
    pattern = _key({"name": "", **shared})
    return _filled(Family, {**row, "pattern": pattern, **listed})


def _key(row: dict[str, Any]) -> Key:
    comparators = row.get("comparators", ())
    checks = _filled(Checks, {"named": comparators, **row})
    takes_list = "list" in checks.takes and bool({"IN", "NOT IN"} & set(comparators))
    filled: Key = _filled(Key, {"value": "text", "comparators": (), **row, "checks": checks})
    return replace(filled, takes_list=takes_list)


def _filled(shape: type[Any], row: dict[str, Any]) -> Any:
    """Make a dataclass of a row's fields: lists become tuples, names of sentences the sentences."""
    known = [each.name for each in fields(shape) if each.name in row]
    return shape(**{name: _value(name, row[name]) for name in known})


def _value(name: str, value: Any) -> Any:
    if name == "takes":
        return frozenset(value)
    if isinstance(value, list):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    if value and (name.startswith("bad_") or name == "refused"):
        return sentences()[value]
    return value
