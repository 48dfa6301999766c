"""What is known of a store's keys and values: a frozen picture, made by `tracking`, read by `ide`."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_KEYS: Mapping[str, KeyInfo] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key: how many of the runs looked at have it, and its values, the most used first.

    `count` is 0 for a key that the store has but none of these runs. `values` is empty for metrics and for
    keys whose values are nearly all different.
    """

    name: str
    count: int = 0
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The keys of a store by kind: metric, parameter, tag, attribute, dataset, as the dialects name them.

    `source` names the store for people, without credentials; `mlflow_version` is the version of the server
    that has it, empty for a store without one. `runs` is the number of runs looked at, and
    `complete` tells whether these were all there are. A key that is not here is only a key not seen.
    Within a kind the most used keys come first.
    """

    source: str = ""
    runs: int = 0
    complete: bool = False
    kinds: Mapping[str, Mapping[str, KeyInfo]] = field(default_factory=lambda: MappingProxyType({}))
    mlflow_version: str = ""

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
                runs=int(data["runs"]),
                complete=bool(data["complete"]),
                kinds=MappingProxyType(kinds),
                mlflow_version=str(data.get("mlflow_version", "")),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no picture of a store's keys") from error

    def to_json(self) -> dict[str, Any]:
        """Return the index as plain JSON data: a key is `[name, count, [value, …]]`."""
        kinds = {
            kind: [[key.name, key.count, list(key.values)] for key in keys.values()]
            for kind, keys in self.kinds.items()
        }
        data = {"source": self.source, "runs": self.runs, "complete": self.complete, "kinds": kinds}
        return {**data, "mlflow_version": self.mlflow_version} if self.mlflow_version else data


def _keys_from_json(keys: Any) -> Mapping[str, KeyInfo]:
    return MappingProxyType(
        {str(name): KeyInfo(str(name), int(count), tuple(map(str, values))) for name, count, values in keys}
    )


NO_KEYS = KeyIndex()
