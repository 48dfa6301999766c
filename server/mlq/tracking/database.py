"""Reads the keys of an MLflow database, whatever version of MLflow made it and whatever product it is.

The cost is bounded whatever the size: the newest runs by their ids, the rest by steps of an index.
Nothing is asked of tables or columns that the catalogue does not show: MLflow adds some in every release.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from mlq.tracking.products import Product
from mlq.tracking.protocol import StoreError
from mlq.tracking.schema import ENTITIES, Entity, KeyTable
from mlq.tracking.tally import MAX_VALUE_LENGTH, Tally

MAX_SEEN = 1_000
# So many give first keys at once, and have nearly all keys that are in use.
_FIRST = 100
# While a statement reads, no writer can commit.
_KEYS_A_STATEMENT = 5_000
# A million keys take as long, and half the time is for handing them on.
_SECONDS_FOR_OTHERS = 5.0

_NEWEST = "SELECT {id} FROM {table} WHERE {condition} ORDER BY {newest} DESC LIMIT {limit}"
# The newest of each experiment, then the second newest of each: busy experiments do not crowd out the others.
_NEWEST_IN_TURN = """
    SELECT {id}, row_number() OVER (PARTITION BY experiment_id ORDER BY {newest} DESC) AS turn
    FROM {table} WHERE {condition}
    ORDER BY turn, {newest} DESC LIMIT {limit}
"""
_EXPERIMENT_IDS = "SELECT experiment_id FROM experiments WHERE name IN ({names}) OR experiment_id IN ({ids})"
_ID = re.compile(r"[0-9]{1,18}")
_KEYS_AND_VALUES = "SELECT {owner}, {key}, {value} FROM {table} WHERE {where} AND {owner} IN ({marks})"
_OF_AN_ACTIVE_ONE = """
    AND EXISTS (
        SELECT 1 FROM {table} AS t CROSS JOIN {owners} AS r
        WHERE t.{key} = k.{key} AND r.{id} = t.{owner} AND r.{where}
    )
"""


class Fetch(Protocol):
    """Asks a database, which it can only read."""

    def __call__(self, statement: str, parameters: Sequence[Any] = (), /) -> list[tuple[Any, ...]]:
        """Return all rows; raises `StoreError`."""


@dataclass(frozen=True, slots=True)
class Database:
    """A connection that only reads; `name` is for people."""

    name: str
    product: Product
    fetch: Fetch

    def catalogue(self) -> Mapping[str, set[str]]:
        """Return the columns of each table."""
        catalogue: dict[str, set[str]] = {}
        for table, column in self.fetch(self.product.catalogue):
            catalogue.setdefault(table, set()).add(column)
        return catalogue

    def marks(self, values: Sequence[Any]) -> str:
        """Return what stands for parameters in a statement, with commas between."""
        return ", ".join([self.product.mark] * len(values))


def read_database(database: Database, entity: str, experiments: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the keys of an entity as JSON data for `KeyIndex.from_json`, ever more; raises `StoreError`.

    Counts and values are those of the newest 1,000 active runs, or the like, of the experiments. Where there
    are more, the other keys of the whole store follow, with count 0.
    """
    catalogue = database.catalogue()
    if "experiment_id" not in catalogue.get("runs", set()):
        raise StoreError("not-a-store", f"{database.name} is not a store of MLflow: it has no table of runs")
    found, tally = ENTITIES.get(entity), Tally()
    if found is None or not found.is_in(catalogue):
        yield tally.to_json(database.name, complete=True)
        return
    tables = [table for table in found.keys if table.is_in(catalogue)]
    is_within = experiments and found.is_in_experiments
    within = experiment_ids(database, experiments) if is_within else None
    newest = _newest(database, found, within, _FIRST)
    if newest and len(newest) == _FIRST:
        _count(database, tables, newest, tally)
        if tally.seen:
            yield tally.to_json(database.name, complete=False)
        tally = Tally()
    owners = _newest_in_turn(database, found, within)
    _count(database, tables, (owners or [])[:MAX_SEEN], tally)
    is_complete = owners is not None and tally.seen == len(owners)
    if not is_complete:
        if not tally.is_empty:
            yield tally.to_json(database.name, complete=False)
        _add_other_keys(database, found, tables, tally)
    if not is_complete and tally.is_empty:
        raise StoreError("timeout", f"{database.name} takes too long to read")
    yield tally.to_json(database.name, complete=is_complete)


def _newest(
    database: Database,
    entity: Entity,
    within: Sequence[Any] | None,
    limit: int,
    form: str = _NEWEST,
) -> list[Any] | None:
    """Return the ids of the newest; None if too slow."""
    condition = entity.where
    if within is not None:
        condition += f" AND experiment_id IN ({database.marks(within)})"
    statement = form.format(
        id=entity.id, table=entity.table, condition=condition, newest=entity.newest, limit=limit
    )
    with _passing_over_timeouts():
        return [row[0] for row in database.fetch(statement, within or ())]
    return None


def _newest_in_turn(database: Database, entity: Entity, within: Sequence[Any] | None) -> list[Any] | None:
    """Return the ids of those to look at, one more than that if there are more; None if too slow."""
    if entity.is_in_experiments and len(within or ()) != 1:
        found = _newest(database, entity, within, MAX_SEEN + 1, _NEWEST_IN_TURN)
        if found is not None:
            return found
    return _newest(database, entity, within, MAX_SEEN + 1)


def experiment_ids(database: Database, names: Sequence[str]) -> list[Any]:
    """Return the ids of these experiments; raises `StoreError` where there is none of them."""
    # Databases differ in whether they compare a number with a text.
    ids = [int(name) for name in names if _ID.fullmatch(name)]
    statement = _EXPERIMENT_IDS.format(names=database.marks(names), ids=database.marks(ids) or "NULL")
    rows = database.fetch(statement, [*names, *ids])
    if not rows:
        unknown = ", ".join(map(repr, names))
        raise StoreError("no-experiment", f"{database.name} has no experiment named {unknown}")
    return [row[0] for row in rows]


def _count(database: Database, tables: Sequence[KeyTable], owners: list[Any], tally: Tally) -> None:
    """Count the keys and values of as many of these as there is time for."""
    with _passing_over_timeouts():
        for start in range(0, len(owners), database.product.batch):
            some = owners[start : start + database.product.batch]
            for table in tables:
                _count_some(database, table, some, tally)
            tally.seen += len(some)


def _count_some(database: Database, table: KeyTable, owners: list[Any], tally: Tally) -> None:
    # A longer value could not be offered.
    value = table.sql(table.value)
    short = f"CASE WHEN {database.product.length}({value}) <= {MAX_VALUE_LENGTH} THEN {value} END"
    statement = _KEYS_AND_VALUES.format(
        owner=table.sql(table.owner),
        key=table.sql(table.key),
        value=value if table.is_number else short,
        table=table.table,
        where=table.where or "1 = 1",
        marks=database.marks(owners),
    )
    age = {owner: place for place, owner in enumerate(owners)}
    for owner, key, found in sorted(
        database.fetch(statement, owners), key=lambda row: age.get(row[0], len(age))
    ):
        if table.is_number:
            tally.add_number(table.kind, key, found, owner)
        elif found or not table.is_named:
            tally.add(table.kind, key, _text(found) if table.is_json else found, owner)


def _text(value: Any) -> Any:
    """Return the text that a filter compares with a value kept as JSON."""
    try:
        data = json.loads(value)
    except (TypeError, ValueError):
        return value
    return data if isinstance(data, str) else value


def _add_other_keys(database: Database, entity: Entity, tables: Sequence[KeyTable], tally: Tally) -> None:
    """Add the keys of all, of active ones only where that can be told in time."""
    stop = time.monotonic() + _SECONDS_FOR_OTHERS
    for table in tables:
        if table.is_scannable and _add_pages(database, entity, table, tally, stop):
            tally.note_listed(table.kind)


def _add_pages(database: Database, entity: Entity, table: KeyTable, tally: Tally, stop: float) -> bool:
    """Add a table's keys, some by each statement, so that each is short; return whether these are all."""
    active = _OF_AN_ACTIVE_ONE.format(
        table=table.table,
        owners=entity.table,
        key=table.sql(table.key),
        id=entity.id,
        owner=table.owner,
        where=entity.where,
    )
    product, key, last = database.product, table.sql(table.key), ""
    scan = product.distinct.format(table=table.table, key=key, mark=product.mark)
    for condition in (active, ""):
        statement = f"{scan} {condition} {product.order.format(key=key)} LIMIT {_KEYS_A_STATEMENT}"
        with _passing_over_timeouts():
            while not tally.is_full and time.monotonic() < stop:
                keys = database.fetch(statement, [last])
                for (key,) in keys:
                    tally.add_unseen(table.kind, key)
                if len(keys) < _KEYS_A_STATEMENT:
                    return True
                last = keys[-1][0]
            return False
    return False


@contextmanager
def _passing_over_timeouts() -> Iterator[None]:
    """Go on behind the block where a statement in it takes too long."""
    try:
        yield
    except StoreError as error:
        if error.kind != "timeout":
            raise
