"""What is known of a store's keys and values: a frozen picture, made by `tracking`, read by `ide`."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mlq.keys.table import KeyInfo, KeyTable, Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NO_KEYS = KeyTable()


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The keys of an entity of a store, such as its runs or traces, by the kinds that its dialect names.

    `source` names the store for people, without credentials; `mlflow_version` is the version of the server
    that has it, empty for a store without one. `seen` is the number of runs, traces or the like looked at,
    and `complete` tells whether these were all there are. `listed` are the kinds of which all keys are here;
    of another kind, a key that is not here is only a key not seen. Within a kind the most used come first.
    `digest` is the same for pictures that tell the same, and `stamp` stays as long as the store does; both
    are empty where that is not known.
    """

    source: str = ""
    seen: int = 0
    complete: bool = False
    kinds: Mapping[str, KeyTable] = field(default_factory=lambda: MappingProxyType({}))
    mlflow_version: str = ""
    listed: frozenset[str] = frozenset()
    digest: str = field(default="", compare=False)
    stamp: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """The number of keys of all kinds."""
        return sum(len(keys) for keys in self.kinds.values())

    def is_listed(self, kind: str) -> bool:
        """Tell whether all keys of a kind are here."""
        return self.complete or kind in self.listed

    def keys(self, kind: str) -> KeyTable:
        """Return the keys of one kind by name; empty where none is known."""
        return self.kinds.get(kind, _NO_KEYS)

    @classmethod
    def from_json(cls, data: Any) -> KeyIndex:
        """Return the index that `to_json` described. Raises `ValueError` for data of another shape."""
        try:
            tables = {kind: KeyTable.of(keys_from_json(keys)) for kind, keys in data["kinds"].items()}
            return index_of(data, tables)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no picture of a store's keys") from error

    def to_json(self) -> dict[str, Any]:
        """Return the index as JSON data: a key is `[name, count, [value, …], is_enumerated, numbers]`."""
        kinds = {kind: [_key_to_json(key) for key in keys.values()] for kind, keys in self.kinds.items()}
        data = {
            "source": self.source,
            "seen": self.seen,
            "complete": self.complete,
            "listed": sorted(self.listed),
            "kinds": kinds,
        }
        return {**data, "mlflow_version": self.mlflow_version} if self.mlflow_version else data


def index_of(head: Any, tables: Mapping[str, KeyTable], digest: str = "") -> KeyIndex:
    """Return the index of these keys; `head` is JSON data as of `to_json`, whatever its kinds are."""
    return KeyIndex(
        source=str(head["source"]),
        seen=int(head["seen"]),
        complete=bool(head["complete"]),
        kinds=MappingProxyType(dict(tables)),
        mlflow_version=str(head.get("mlflow_version", "")),
        listed=frozenset(map(str, head["listed"])),
        digest=digest,
    )


def keys_from_json(keys: Any) -> Iterable[KeyInfo]:
    """Return the keys that `to_json` described. Raises `TypeError` or `ValueError` for other data."""
    return [_key_from_json(str(name), *rest) for name, *rest in keys]


def _key_from_json(name: str, count: Any, values: Any, is_enumerated: Any, numbers: Any) -> KeyInfo:
    spread = _numbers_from_json(*numbers) if numbers else None
    return KeyInfo(name, int(count), tuple(map(str, values)), spread, bool(is_enumerated))


def _numbers_from_json(least: Any, median: Any, greatest: Any, latest: Any, histogram: Any) -> Numbers:
    return Numbers(float(least), float(median), float(greatest), float(latest), tuple(map(int, histogram)))


def _key_to_json(key: KeyInfo) -> list[Any]:
    return [key.name, key.count, list(key.values), key.is_enumerated, key.numbers and list(key.numbers)]


NO_KEYS = KeyIndex()
