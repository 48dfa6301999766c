"""What is known of a store's keys and values: a frozen picture, made by `tracking`, read by `ide`."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_KEYS: Mapping[str, KeyInfo] = MappingProxyType({})


class Numbers(NamedTuple):
    """The finite numbers that a key has, one of each of those looked at.

    `latest` is that of the newest one; `histogram` counts them in equal steps from `least` to `greatest`.
    """

    least: float
    median: float
    greatest: float
    latest: float
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key: how many of those looked at have it, and its values, the most used first.

    `count` is 0 for a key that the store has but none of these. `values` is empty for metrics and for keys
    whose values are nearly all different; `is_enumerated` tells that these are all its values. `numbers` is
    for metrics alone.
    """

    name: str
    count: int = 0
    values: tuple[str, ...] = ()
    numbers: Numbers | None = None
    is_enumerated: bool = False


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The keys of an entity of a store, such as its runs or traces, by the kinds that its dialect names.

    `source` names the store for people, without credentials; `mlflow_version` is the version of the server
    that has it, empty for a store without one. `seen` is the number of runs, traces or the like looked at,
    and `complete` tells whether these were all there are. `listed` are the kinds of which all keys are here;
    of another kind, a key that is not here is only a key not seen. Within a kind the most used come first.
    """

    source: str = ""
    seen: int = 0
    complete: bool = False
    kinds: Mapping[str, Mapping[str, KeyInfo]] = field(default_factory=lambda: MappingProxyType({}))
    mlflow_version: str = ""
    listed: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """The number of keys of all kinds."""
        return sum(len(keys) for keys in self.kinds.values())

    def is_listed(self, kind: str) -> bool:
        """Tell whether all keys of a kind are here."""
        return self.complete or kind in self.listed

    def keys(self, kind: str) -> Mapping[str, KeyInfo]:
        """Return the keys of one kind by name; empty where none is known."""
        return self.kinds.get(kind, _NO_KEYS)

    @classmethod
    def from_json(cls, data: Any) -> KeyIndex:
        """Return the index that `to_json` described. Raises `ValueError` for data of another shape."""
        try:
            kinds = {kind: _keys_from_json(keys) for kind, keys in data["kinds"].items()}
            return cls(
                source=str(data["source"]),
                seen=int(data["seen"]),
                complete=bool(data["complete"]),
                kinds=MappingProxyType(kinds),
                mlflow_version=str(data.get("mlflow_version", "")),
                listed=frozenset(map(str, data["listed"])),
            )
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


def _keys_from_json(keys: Any) -> Mapping[str, KeyInfo]:
    return MappingProxyType({str(name): _key_from_json(str(name), *rest) for name, *rest in keys})


def _key_from_json(name: str, count: Any, values: Any, is_enumerated: Any, numbers: Any) -> KeyInfo:
    spread = _numbers_from_json(*numbers) if numbers else None
    return KeyInfo(name, int(count), tuple(map(str, values)), spread, bool(is_enumerated))


def _numbers_from_json(least: Any, median: Any, greatest: Any, latest: Any, histogram: Any) -> Numbers:
    return Numbers(float(least), float(median), float(greatest), float(latest), tuple(map(int, histogram)))


def _key_to_json(key: KeyInfo) -> list[Any]:
    return [key.name, key.count, list(key.values), key.is_enumerated, key.numbers and list(key.numbers)]


NO_KEYS = KeyIndex()
